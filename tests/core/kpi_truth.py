"""The KPIs of a machine of the demo plant, worked out row by row without the product's SQL."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

Row = dict[str, Any]
Connection = psycopg.Connection[Row]
QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)
FEED_WATER_KJ_KG = 376.812
TABLES = {
    "electricity": ("energy_readings", "energy_kwh", "1"),
    "natural_gas": ("natural_gas_readings", "consumption_m3", "calorific_value_mj_m3"),
    "steam": ("steam_readings", "consumption_kg", "enthalpy_kj_kg"),
    "compressed_air": ("compressed_air_end_use_readings", "consumption_m3", "1"),
}


@dataclass(frozen=True)
class KpiTruth:
    """Values by the names of the columns of calculate_all_kpis."""

    machine_id: UUID
    values: dict[str, Any]


@dataclass(frozen=True)
class Reading:
    time: datetime
    quantity: float
    energy_kwh: float | None
    seconds: float


def walked_kpis(
    connection: Connection, machine: str, start: datetime, end: datetime, source: str | None
) -> KpiTruth:
    """The KPIs of one source, or of electricity and gas where the machine has them."""
    row = _one(connection, "SELECT * FROM machines WHERE name = %s", machine)
    site = _one(connection, "SELECT * FROM factories WHERE id = %s", row["factory_id"])
    bound = (row["id"], start, end)
    wanted = [source] if source else ["electricity", "natural_gas"]
    sources = {
        s["name"]: s
        for s in _rows(connection, "SELECT * FROM energy_sources")
        if s["name"] in wanted
    }
    meters = {name: _meters(connection, row["id"], s["id"]) for name, s in sources.items()}
    used = {
        name: _readings(connection, name, s, meters[name], bound)
        for name, s in sources.items()
        if meters[name]
    }
    made = _rows(
        connection,
        "SELECT time, production_count AS made FROM production_data "
        "WHERE machine_id = %s AND time >= %s AND time < %s",
        *bound,
    )
    energy = _sum([r.energy_kwh for readings in used.values() for r in readings])
    tariffs = {name: _tariffs(connection, site["id"], sources[name]) for name in used}
    emissions = sum(
        r.quantity * sources[name]["carbon_intensity"]
        for name, readings in used.items()
        for r in readings
    )
    spans = [_span(meters[name], used[name], start, end) for name in used]
    values = {
        "energy_kwh": energy,
        "readings": sum(map(len, used.values())),
        "production_count": sum(m["made"] for m in made) if made else None,
        "coverage_percent": 100 * sum(s[1] for s in spans) / sum(s[0] for s in spans),
        "energy_cost": _cost(used, tariffs, ZoneInfo(site["timezone"])),
        "cost_basis": "tariff" if all("id" in t[0] for t in tariffs.values()) else "flat",
        "emissions_kg_co2e": emissions,
        "carbon_intensity_kg_per_kwh": emissions / energy if energy else None,
        "sec_kwh_per_unit": _sec(list(used.values()), made, start, end),
        **_demand([used[n] for n in used if sources[n]["unit"] == "kWh"], start, end),
    }
    return KpiTruth(row["id"], values)


def _rows(connection: Connection, sql: str, *values: object) -> list[Row]:
    return connection.execute(sql.encode(), values or None).fetchall()


def _one(connection: Connection, sql: str, *values: object) -> Row:
    return _rows(connection, sql, *values)[0]


def _meters(connection: Connection, machine_id: UUID, source_id: UUID) -> list[Row]:
    sql = """
        SELECT nominal_interval_seconds AS seconds, valid_from, valid_to FROM meters
        WHERE machine_id = %s AND energy_source_id = %s
    """
    return _rows(connection, sql, machine_id, source_id)


def _tariffs(connection: Connection, site_id: UUID, source: Row) -> list[Row]:
    sql = "SELECT * FROM energy_tariffs WHERE factory_id = %s AND energy_source_id = %s"
    return _rows(connection, sql, site_id, source["id"]) or [
        {"rate_per_unit": source["cost_per_unit"], "start_time": time(0), "end_time": time(0)}
    ]


def _readings(
    connection: Connection, name: str, source: Row, meters: list[Row], bound: tuple[Any, ...]
) -> list[Reading]:
    table, quantity, content = TABLES[name]
    sql = f"""
        SELECT time, {quantity} AS quantity, {content}::double precision AS content FROM {table}
        WHERE machine_id = %s AND time >= %s AND time < %s ORDER BY time
    """
    return [
        Reading(
            row["time"],
            row["quantity"],
            _energy_kwh(name, row["quantity"], row["content"], source),
            next(float(m["seconds"]) for m in meters if _serves(m, row["time"])),
        )
        for row in _rows(connection, sql, *bound)
    ]


def _energy_kwh(name: str, quantity: float, content: float | None, source: Row) -> float | None:
    if name == "compressed_air":
        return None
    if name == "electricity":
        return quantity
    if content is None:
        return quantity * float(source["kwh_per_unit"])
    if name == "steam":
        return quantity * (content - FEED_WATER_KJ_KG) / 3600
    return quantity * content / 3.6


def _serves(meter: Row, moment: datetime) -> bool:
    return meter["valid_from"] <= moment and (meter["valid_to"] or moment + HOUR) > moment


def _span(
    meters: list[Row], readings: list[Reading], start: datetime, end: datetime
) -> tuple[float, float]:
    """Seconds that should have been told of, and that were: interval by interval."""
    times = {reading.time for reading in readings}
    expected = covered = metered = 0.0
    for meter in meters:
        since, until = max(start, meter["valid_from"]), min(end, meter["valid_to"] or end)
        if since >= until:
            continue
        metered += (until - since).total_seconds()
        step = timedelta(seconds=meter["seconds"])
        slot = _floor(since - timedelta(microseconds=1), step) + step
        while slot + step <= until:
            expected += meter["seconds"]
            covered += meter["seconds"] * (slot in times)
            slot += step
    return expected + (end - start).total_seconds() - metered, covered


def _cost(used: dict[str, list[Reading]], tariffs: dict[str, list[Row]], zone: ZoneInfo) -> Decimal:
    cost = Decimal(0)
    for name, readings in used.items():
        for reading in readings:
            rate = _rate(tariffs[name], reading.time, zone)
            cost += Decimal(repr(reading.quantity)) * Decimal(repr(rate))
    return cost


def _rate(tariffs: list[Row], moment: datetime, zone: ZoneInfo) -> float:
    now = moment.astimezone(zone).time()
    for tariff in tariffs:
        start, end = tariff["start_time"], tariff["end_time"]
        if (start <= now < end) if start < end else (now >= start or now < end):
            return float(tariff["rate_per_unit"])
    raise AssertionError(f"no tariff at {moment}")


def _sec(
    used: list[list[Reading]], made: list[Row], start: datetime, end: datetime
) -> float | None:
    """Over the whole hours in which each source is complete and something tells production."""
    units: dict[datetime, float] = defaultdict(float)
    for row in made:
        units[_floor(row["time"], HOUR)] += row["made"]
    hours = {h for h in units if start <= h and h + HOUR <= end}
    blocks = [_blocks(readings, HOUR) for readings in used]
    for block in blocks:
        hours &= {h for h, group in block.items() if sum(r.seconds for r in group) >= 3600}
    output = sum(units[hour] for hour in hours)
    energy = _sum([r.energy_kwh for hour in hours for block in blocks for r in block[hour]])
    return energy / output if energy is not None and output else None


def _demand(used: list[list[Reading]], start: datetime, end: datetime) -> dict[str, Any]:
    if not used:
        return dict.fromkeys(["peak_demand_kw", "peak_time", "load_factor"])
    (readings,) = used
    whole = {
        begun: group
        for begun, group in _blocks(readings, QUARTER).items()
        if start <= begun and begun + QUARTER <= end
    }
    rates = {begun: 4 * sum(r.quantity for r in group) for begun, group in whole.items()}
    peak_time = max(rates, key=lambda begun: (rates[begun], -begun.timestamp()))
    complete = [b for b, group in whole.items() if sum(r.seconds for r in group) >= 900]
    energy_kwh = sum(r.quantity for begun in complete for r in whole[begun])
    return {
        "peak_demand_kw": rates[peak_time],
        "peak_time": peak_time,
        "load_factor": energy_kwh / (rates[peak_time] * len(complete) * 0.25),
    }


def _blocks(readings: list[Reading], step: timedelta) -> dict[datetime, list[Reading]]:
    blocks: dict[datetime, list[Reading]] = defaultdict(list)
    for reading in readings:
        blocks[_floor(reading.time, step)].append(reading)
    return blocks


def _floor(moment: datetime, step: timedelta) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    return epoch + (moment - epoch) // step * step


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
