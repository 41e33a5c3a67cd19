"""The most that a counter can have used, by its history: what is more is a wrong sample."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from enms_core.analysis.survey import RANK, TIMES_OF_USUAL
from enms_core.storage.imports.readings_table import ReadingsTable
from enms_core.storage.registers import EnergySourceRow
from enms_core.storage.rollup_sql import HOUR, quote

# A history with a weekend in it.
ENOUGH_HOURS = 7 * 24
KNOWN_FOR = timedelta(hours=1)

# The fourth highest use in an hour of each machine that has a history.
USUAL = f"""
SELECT machine_id, (array_agg(used ORDER BY used DESC))[{RANK}] AS rate
FROM (SELECT r.machine_id, r.{{used}} AS used FROM {{hours}} AS r
      WHERE r.machine_id = ANY ($1::uuid[]){{carrier}} AND r.{{used}} > 0) AS h
GROUP BY machine_id HAVING count(*) >= {ENOUGH_HOURS}
"""

# Tables of whose kind no rollup can be made have none.
IS_THERE = """
SELECT to_regclass($1) IS NOT NULL
"""


class HighestRates:
    """Looks limits up, and again after an hour; the same limit as a file's (`CounterSurvey`)."""

    def __init__(self) -> None:
        self._known: dict[tuple[UUID, UUID], float | None] = {}
        self._since: datetime | None = None

    def forget_old(self, now: datetime) -> None:
        """Forget what was looked up an hour ago."""
        if self._since is None or now - self._since > KNOWN_FOR:
            self._known.clear()
            self._since = now

    async def of(
        self,
        connection: asyncpg.Connection,
        source: EnergySourceRow,
        table: ReadingsTable,
        machines: Iterable[UUID],
    ) -> dict[UUID, float | None]:
        """By machine the most that it can use [unit of the source per hour]; None where its history
        is too short to judge."""
        wanted = list(machines)
        new = [each for each in wanted if (source.id, each) not in self._known]
        if new:
            found = await _usual(connection, source, table, new)
            self._known |= {(source.id, each): found.get(each) for each in new}
        return {each: self._known[source.id, each] for each in wanted}


async def _usual(
    connection: asyncpg.Connection,
    source: EnergySourceRow,
    table: ReadingsTable,
    machines: list[UUID],
) -> dict[UUID, float]:
    hours, used = HOUR.view(source.readings_table), quote(f"{source.consumption_column}_sum")
    if not await connection.fetchval(IS_THERE, hours):
        return {}
    rows = await connection.fetch(table.filled(USUAL, hours=hours, used=used), machines)
    return {row["machine_id"]: TIMES_OF_USUAL * row["rate"] for row in rows}
