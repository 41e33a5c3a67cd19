"""The KPIs of a machine, worked out row by row from a database without the product's SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.core.kpi_walk import Quantities, Reading, Row, Source, Walk, meter_at

Connection = psycopg.Connection[dict[str, Any]]
FEED_WATER_KJ_KG = 376.812
TABLES = {
    "electricity": ("energy_readings", "energy_kwh", "1"),
    "natural_gas": ("natural_gas_readings", "consumption_m3", "calorific_value_mj_m3"),
    "steam": ("steam_readings", "consumption_kg", "enthalpy_kj_kg"),
    "compressed_air": ("compressed_air_end_use_readings", "consumption_m3", "1"),
}
PURCHASED = ("electricity", "natural_gas")
METERS = """
SELECT nominal_interval_seconds AS seconds, valid_from, valid_to FROM meters
WHERE machine_id = %s AND energy_source_id = %s
"""
TARIFFS = """
SELECT * FROM energy_tariffs WHERE factory_id = %s AND energy_source_id = %s ORDER BY id
"""
FACTORS = """
SELECT * FROM carbon_factors
WHERE energy_source_id = %s AND (region IS NULL OR lower(region) = lower(%s))
"""
MADE = """
SELECT time, production_count AS made FROM production_data
WHERE machine_id = %s AND time >= %s AND time < %s
"""


@dataclass(frozen=True)
class KpiTruth:
    """Values by the names of the columns of calculate_all_kpis."""

    machine_id: UUID
    values: dict[str, Any]


def walked_kpis(
    connection: Connection, machine: str, start: datetime, end: datetime, source: str | None
) -> KpiTruth:
    """The KPIs of one source, or of electricity and gas where the machine has them."""
    row = _one(connection, "SELECT * FROM machines WHERE name = %s", machine)
    site = _one(connection, "SELECT * FROM factories WHERE id = %s", row["factory_id"])
    names = [source] if source else PURCHASED
    loaded = [_source(connection, name, row["id"], site, start, end) for name in names]
    sources = [each for each in loaded if each.meters]
    walk = Walk(site, start, end, sources, _made(connection, row["id"], start, end))
    return KpiTruth(row["id"], walk.values())


def near(value: object) -> object:
    """What equals a number up to rounding, and zero exactly; what is no number stays as it is."""
    if isinstance(value, Decimal):
        return pytest.approx(value, rel=Decimal("1e-9"), abs=Decimal(0))
    return pytest.approx(value, rel=1e-9, abs=0.0) if isinstance(value, float) else value


def _rows(connection: Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    return connection.execute(sql.encode(), values or None).fetchall()


def _one(connection: Connection, sql: str, *values: object) -> Row:
    return _rows(connection, sql, *values)[0]


def _source(
    connection: Connection, name: str, machine_id: UUID, site: Row, start: datetime, end: datetime
) -> Source:
    row = _one(connection, "SELECT * FROM energy_sources WHERE name = %s", name)
    meters = _rows(connection, METERS, machine_id, row["id"])
    bound = (machine_id, start, end)
    return Source(
        row=row,
        meters=meters,
        tariffs=_rows(connection, TARIFFS, site["id"], row["id"]),
        factors=_rows(connection, FACTORS, row["id"], site["country"]),
        readings=_readings(connection, row, meters, bound) if meters else (),
    )


def _readings(
    connection: Connection, source: Row, meters: list[dict[str, Any]], bound: tuple[Any, ...]
) -> list[Reading]:
    table, quantity, content = TABLES[source["name"]]
    sql = f"""
        SELECT time, {quantity} AS quantity, {content}::double precision AS content FROM {table}
        WHERE machine_id = %s AND time >= %s AND time < %s ORDER BY time
    """
    readings = []
    for row in _rows(connection, sql, *bound):
        meter = meter_at(meters, row["time"])
        assert meter is not None
        energy_kwh = _energy_kwh(source, row["quantity"], row["content"])
        readings.append(Reading(row["time"], row["quantity"], energy_kwh, meter["seconds"]))
    return readings


def _energy_kwh(source: Row, quantity: float, content: float | None) -> float | None:
    if source["name"] == "compressed_air":
        return None
    if source["name"] == "electricity":
        return quantity
    if content is None:
        flat = source["kwh_per_unit"]
        return None if flat is None else quantity * float(flat)
    if source["name"] == "steam":
        return quantity * (content - FEED_WATER_KJ_KG) / 3600
    return quantity * content / 3.6


def _made(connection: Connection, machine_id: UUID, start: datetime, end: datetime) -> Quantities:
    found = _rows(connection, MADE, machine_id, start, end)
    return [(row["time"], row["made"]) for row in found]
