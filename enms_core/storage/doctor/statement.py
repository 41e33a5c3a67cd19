"""How a check is asked: its findings named, cut to the time asked about and to a number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from enms_core.domain.errors import QueryFailed
from enms_core.domain.finding import Finding
from enms_core.storage.database import Database

# Every check delivers code, factory, machine, start, end and facts, and may use $1 (since), $2
# (until), $3 (now) and `asked`. What a machine has above $4 findings of one code is counted only.
REPORT = """
WITH asked (since, until, now, most) AS (
    SELECT coalesce($1::timestamptz, '-infinity'), coalesce($2::timestamptz, 'infinity'),
           $3::timestamptz, $4::integer
), found (code, factory_id, machine_id, start_time, end_time, facts) AS (
    {check}
), counted AS (
    SELECT found.*,
           row_number() OVER (PARTITION BY code, factory_id, machine_id
                              ORDER BY start_time, end_time, facts::text) AS position,
           count(*) OVER (PARTITION BY code, factory_id, machine_id) AS total
    FROM found, asked
    WHERE coalesce(end_time, start_time, until) >= since
      AND coalesce(start_time, since) < until
)
SELECT c.code, f.name AS factory, coalesce(m.name, c.machine_id::text) AS machine,
       c.start_time, c.end_time, c.facts,
       CASE WHEN position = most THEN total - position ELSE 0 END AS more
FROM counted AS c
CROSS JOIN asked
LEFT JOIN machines AS m ON m.id = c.machine_id
LEFT JOIN factories AS f ON f.id = coalesce(c.factory_id, m.factory_id)
WHERE position <= most
ORDER BY c.code, factory, machine, position
"""


# A row `r` of the time asked about; as a condition on the column itself an index can serve it.
IN_SCOPE = """r.time >= coalesce($1, '-infinity'::timestamptz)
      AND r.time < coalesce($2, 'infinity'::timestamptz)"""


@dataclass(frozen=True)
class Scope:
    """What to examine: readings in [since, until), None where open, as seen at `now` (aware).

    limit: how many findings of one code are listed for a machine; the others are counted.
    """

    now: datetime
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 20

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise ValueError(f"limit must be 1 or more: {self.limit}")
        if any(each is not None and each.utcoffset() is None for each in self._times):
            raise ValueError("times must have a zone")
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise ValueError(f"until must be after since: {self.since} to {self.until}")

    @property
    def _times(self) -> tuple[datetime | None, ...]:
        return (self.now, self.since, self.until)


async def ask(
    database: Database, scope: Scope, table: str, check: str, *values: object
) -> Sequence[Finding]:
    """Findings of one check about a table; further values are $5 and so on.

    A check that the database refuses, as where an adopted table has a column of another type, is a
    finding itself: the other checks go on.
    """
    report = REPORT.format(check=check)
    try:
        rows = await database.fetch(
            report, scope.since, scope.until, scope.now, scope.limit, *values
        )
    except QueryFailed as error:
        return [Finding("check_refused", table, facts={"reason": error.reason})]
    return [_finding(table, row) for row in rows]


def any_of(conditions: Iterable[str]) -> str:
    """SQL that is true where one of the conditions is."""
    return "(" + " OR ".join(f"({condition})" for condition in conditions) + ")"


def _finding(table: str, row: asyncpg.Record) -> Finding:
    facts: dict[str, Any] = json.loads(row["facts"])
    return Finding(
        code=row["code"],
        table=table,
        factory=row["factory"],
        machine=row["machine"],
        start=row["start_time"],
        end=row["end_time"],
        facts=facts,
        more=row["more"],
    )
