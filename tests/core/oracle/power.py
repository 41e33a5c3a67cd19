"""What machines draw: the latest readings, the mean, and the extreme quarter hours of a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import psycopg

from tests.core.energy_truth import ROWS, by_source, rows, truths_of
from tests.core.oracle.case import POWER, UNITS, Case
from tests.core.oracle.expected import Data, Expected

RATES = {
    POWER: "power_kw",
    "natural_gas": "flow_rate_m3h",
    "steam": "flow_rate_kg_h",
    "compressed_air": "flow_rate_m3h",
}
CURRENT = timedelta(minutes=15)
PEAKS = ("peak", "peak_demand")
# The last reading before an instant, with the interval of the meter that was in service.
LATEST = """
SELECT r.{rate}, r.time, meters.nominal_interval_seconds
FROM {table} AS r JOIN energy_sources AS s ON s.name = %(source)s
LEFT JOIN meters ON meters.machine_id = r.machine_id AND meters.energy_source_id = s.id
     AND r.time >= meters.valid_from AND r.time < coalesce(meters.valid_to, 'infinity')
WHERE r.machine_id = (SELECT id FROM machines WHERE name = %(machine)s) AND r.time = (
    SELECT max(time) FROM {table}
    WHERE machine_id = (SELECT id FROM machines WHERE name = %(machine)s) AND time < %(now)s
)
"""
# Amount and hours of the readings of a stretch: each stands for the interval of its meter.
MEASURED = """
SELECT coalesce(sum(r.{amount}), 0), coalesce(sum(meters.nominal_interval_seconds) / 3600.0, 0)
FROM {table} AS r JOIN machines AS m ON m.id = r.machine_id AND m.name = %(machine)s
JOIN energy_sources AS s ON s.name = %(source)s
JOIN meters ON meters.machine_id = m.id AND meters.energy_source_id = s.id
     AND r.time >= meters.valid_from AND r.time < coalesce(meters.valid_to, 'infinity')
WHERE r.time >= %(start)s AND r.time < %(end)s
"""
# The whole quarter hours of a stretch that have readings: the rate of the machines together, and
# how much of the block the readings of each of them cover.
BLOCKS = """
SELECT date_bin('15 minutes', r.time, 'epoch') AS block, sum(r.{amount}) * 4,
       sum(meters.nominal_interval_seconds) = 900 * %(count)s
FROM {table} AS r JOIN machines AS m ON m.id = r.machine_id AND m.name = ANY(%(machines)s)
JOIN energy_sources AS s ON s.name = %(source)s
JOIN meters ON meters.machine_id = m.id AND meters.energy_source_id = s.id
     AND r.time >= meters.valid_from AND r.time < coalesce(meters.valid_to, 'infinity')
WHERE r.time >= date_bin('15 minutes', %(start)s + interval '15 minutes - 1 microsecond', 'epoch')
      AND r.time < date_bin('15 minutes', %(end)s, 'epoch')
GROUP BY 1 ORDER BY 1
"""


def power(case: Case, connection: psycopg.Connection) -> Expected:
    """The rate of each source, of the machines together and one by one."""
    sources = [POWER] if case.sources is None else list(case.sources)
    made = {"latest": _latest, "average": _average}.get(str(case.metric), _extreme)
    found = [made(case, source, connection) for source in sources]
    together = [each[0] for each in found]
    data: Data = {
        "metric": "peak" if case.metric in PEAKS else case.metric,
        **(together[0] if len(together) == 1 else {}),
        "sources": together,
        "machines": [each for of_source in found for each in of_source[1:]],
    }
    said = [(each["rate"], str(each["unit"]).removesuffix("/h")) for each in together]
    told = [each["time"] for each in together if case.metric in (*PEAKS, "minimum")]
    return Expected(data, tuple(said), at=tuple(told))


def _latest(case: Case, source: str, connection: psycopg.Connection) -> list[Data]:
    """The sum of the machines that have a reading of now (or of the newest one's time)."""
    sql = LATEST.format(table=ROWS[source][0], rate=RATES[source])
    told: list[tuple[str, float, datetime, timedelta]] = []
    for machine in case.machines:
        bound = {"machine": machine, "source": source, "now": case.at}
        rate, time, seconds = rows(connection, sql, bound)[0]
        told.append((machine, rate, time, timedelta(seconds=seconds)))
    newest = max(told, key=lambda each: each[2] + each[3])
    moment = case.at if _age(newest, case.at) <= CURRENT else newest[2] + newest[3]
    counted = [each for each in told if _age(each, moment) <= CURRENT]
    whole = _now(source, sum(each[1] for each in counted), newest, case.at)
    return [whole, *({**_now(source, each[1], each, case.at), "machine": each[0]} for each in told)]


def _age(reading: tuple[str, float, datetime, timedelta], at: datetime) -> timedelta:
    return max(timedelta(), at - reading[2] - reading[3])


def _now(
    source: str, rate: float, newest: tuple[str, float, datetime, timedelta], now: datetime
) -> Data:
    age = _age(newest, now)
    return _rate(source, rate) | {
        "time": newest[2],
        "age_seconds": age.total_seconds(),
        "is_current": age <= CURRENT,
        "interval_seconds": int(newest[3].total_seconds()),
    }


def _average(case: Case, source: str, connection: psycopg.Connection) -> list[Data]:
    """Over the time that readings stand for; that of machines together is the sum of theirs."""
    table, amount, _ = ROWS[source]
    truths = truths_of(case, connection)
    machines = [name for name, of in truths if of == source]
    rates = {}
    for name in machines:
        used = hours = 0.0
        for start, end in case.stretches(name):
            bound = {"machine": name, "source": source, "start": start, "end": end}
            sums = rows(connection, MEASURED.format(table=table, amount=amount), bound)[0]
            used, hours = used + sums[0], hours + float(sums[1])
        rates[name] = used / hours
    whole = {"coverage_percent": by_source(truths)[source].coverage_percent}
    return [
        _rate(source, sum(rates.values())) | whole,
        *(
            _rate(source, rate)
            | {"machine": name, "coverage_percent": truths[name, source].coverage_percent}
            for name, rate in rates.items()
        ),
    ]


def _extreme(case: Case, source: str, connection: psycopg.Connection) -> list[Data]:
    """The highest or lowest quarter hour of the machines together, then of each by itself."""
    truths = truths_of(case, connection)
    machines = [name for name in case.machines if source in case.sources_of(name)]
    whole = {"coverage_percent": by_source(truths)[source].coverage_percent}
    return [
        _block(case, source, machines, connection) | whole,
        *(
            _block(case, source, [name], connection)
            | {"machine": name, "coverage_percent": truths[name, source].coverage_percent}
            for name in machines
        ),
    ]


def _block(
    case: Case, source: str, machines: Sequence[str], connection: psycopg.Connection
) -> Data:
    """The first of the extreme blocks; a lowest one has all its readings."""
    table, amount, _ = ROWS[source]
    blocks = []
    for start, end in case.stretches("" if case.berlin else machines[0]):
        bound = {"machines": machines, "source": source, "count": len(machines)}
        sql = BLOCKS.format(table=table, amount=amount)
        blocks += rows(connection, sql, bound | {"start": start, "end": end})
    if case.metric in PEAKS:
        extreme = max(blocks, key=lambda block: block[1])
    else:
        extreme = min((block for block in blocks if block[2]), key=lambda block: block[1])
    return _rate(source, extreme[1]) | {"time": extreme[0], "interval_seconds": 900}


def _rate(source: str, rate: float) -> Data:
    unit = UNITS[source]
    return {
        "energy_source": source,
        "rate": rate,
        "unit": "kW" if unit == "kWh" else f"{unit}/h",
        "power_kw": rate if unit == "kWh" else None,
        "time": None,
        "age_seconds": None,
        "is_current": None,
        "interval_seconds": None,
        "coverage_percent": None,
    }
