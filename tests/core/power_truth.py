"""What machines drew, by SQL that shares nothing with the product's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import psycopg

from enms_core.domain.answer import Answer
from enms_core.domain.power import PowerAnswer

Stretches = Sequence[tuple[datetime, datetime]]
# Table, amount and rate of a row.
ROWS = {
    "electricity": ("energy_readings", "energy_kwh", "power_kw"),
    "natural_gas": ("natural_gas_readings", "consumption_m3", "flow_rate_m3h"),
    "steam": ("steam_readings", "consumption_kg", "flow_rate_kg_h"),
    "compressed_air": ("compressed_air_end_use_readings", "consumption_m3", "flow_rate_m3h"),
}
# Every reading with the meter that took it.
METERED = """
SELECT machines.name, r.time, r.{amount} AS amount, r.{rate} AS rate,
       m.nominal_interval_seconds AS seconds
FROM {table} AS r
JOIN machines ON machines.id = r.machine_id
JOIN energy_sources AS s ON s.name = %(source)s
JOIN meters AS m ON m.machine_id = r.machine_id AND m.energy_source_id = s.id
     AND r.time >= m.valid_from AND r.time < coalesce(m.valid_to, 'infinity')
WHERE machines.name = ANY(%(machines)s) AND r.time >= %(start)s AND r.time < %(end)s
"""
LAST = """
SELECT DISTINCT ON (name) name, time, rate, seconds FROM ({metered}) AS r ORDER BY name, time DESC
"""
MEANS = """
SELECT name, sum(amount) AS amount, sum(seconds) AS seconds FROM ({metered}) AS r GROUP BY name
"""
# Blocks by the clock: the sum of what was used in each, and whether every machine has all of it.
BLOCKS = """
SELECT time_bucket, 3600 * sum(amount) / %(block)s AS rate,
       count(*) = %(count)s AND min(seconds) >= %(block)s AS is_complete
FROM (
    SELECT name, floor(extract(epoch FROM time) / %(block)s) * %(block)s AS time_bucket,
           sum(amount) AS amount, sum(seconds) AS seconds
    FROM ({metered}) AS r GROUP BY name, time_bucket
) AS b
GROUP BY time_bucket ORDER BY time_bucket
"""


@dataclass(frozen=True)
class Last:
    """The last reading of a machine: its time, the end of its interval, its rate."""

    time: datetime
    until: datetime
    rate: float


def last_readings(
    connection: psycopg.Connection, source: str, machines: Sequence[str], now: datetime
) -> dict[str, Last]:
    """The last reading of each machine that began before an instant."""
    long_ago = datetime(2000, 1, 1, tzinfo=timezone.utc)
    rows = _rows(connection, LAST, source, machines, long_ago, now)
    return {
        str(name): Last(time, min(now, time + timedelta(seconds=seconds)), rate)
        for name, time, rate, seconds in rows
    }


def means(
    connection: psycopg.Connection, source: str, stretches: dict[str, Stretches]
) -> dict[str, float]:
    """Amount over the hours that the readings stand for, by machine."""
    found: dict[str, float] = {}
    for machine, own in stretches.items():
        rows = [row for each in own for row in _rows(connection, MEANS, source, [machine], *each)]
        seconds = float(sum(row[2] for row in rows))
        if seconds:
            found[machine] = 3600.0 * sum(row[1] for row in rows) / seconds
    return found


@dataclass(frozen=True)
class Extremes:
    """Highest block, and lowest of the complete ones, each with its start."""

    peak: tuple[float, datetime]
    minimum: tuple[float, datetime] | None


def extremes(
    connection: psycopg.Connection,
    source: str,
    machines: Sequence[str],
    stretches: Stretches,
    block_s: int = 900,
) -> Extremes:
    """Over the whole blocks inside of some stretches."""
    blocks = [
        block
        for start, end in stretches
        for block in _rows(
            connection, BLOCKS, source, machines, *_whole(start, end, block_s), block=block_s
        )
    ]
    complete = [block for block in blocks if block[2]]
    highest = max(blocks, key=lambda block: block[1])
    lowest = min(complete, key=lambda block: block[1], default=None)
    return Extremes(_told(highest), None if lowest is None else _told(lowest))


def _told(block: tuple) -> tuple[float, datetime]:  # type: ignore[type-arg]
    return float(block[1]), datetime.fromtimestamp(float(block[0]), timezone.utc)


def _whole(start: datetime, end: datetime, block_s: int) -> tuple[datetime, datetime]:
    first = -(-start.timestamp() // block_s) * block_s
    last = end.timestamp() // block_s * block_s
    return (
        datetime.fromtimestamp(first, timezone.utc),
        datetime.fromtimestamp(last, timezone.utc),
    )


def _rows(
    connection: psycopg.Connection,
    sql: str,
    source: str,
    machines: Sequence[str],
    start: datetime,
    end: datetime,
    block: int = 900,
) -> list[tuple]:  # type: ignore[type-arg]
    table, amount, rate = ROWS[source]
    metered = METERED.format(table=table, amount=amount, rate=rate)
    bound = {
        "source": source,
        "machines": list(machines),
        "start": start,
        "end": end,
        "block": block,
        "count": len(machines),
    }
    return connection.execute(sql.format(metered=metered).encode(), bound).fetchall()


def told(answer: Answer) -> PowerAnswer:
    """An answer that tells rates."""
    assert isinstance(answer, PowerAnswer)
    return answer


def issues_of(answer: PowerAnswer) -> list[dict[str, object]]:
    return [issue.data() for issue in answer.issues]
