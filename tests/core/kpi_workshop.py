"""A workshop with one lathe, for KPIs that are worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import dict_row

from enms_core.storage.rollups import ensure
from tests.conftest import run_on
from tests.core.conftest import execute

LATHE = "00000000-0000-0000-0000-0000000000a1"
WORKS = "00000000-0000-0000-0000-00000000000f"
REGISTERS = """
INSERT INTO factories (id, name, timezone, currency, country)
VALUES (%(works)s, 'Works', 'Europe/Berlin', 'EUR', 'DE');
INSERT INTO machines (id, factory_id, name, type) VALUES (%(lathe)s, %(works)s, 'Lathe', 'lathe');
"""
METER = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from, valid_to)
SELECT %s, id, %s, 'interval', 'start', unit, %s, %s FROM energy_sources WHERE name = %s
"""
TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from, valid_to, demand_charge_per_kw)
SELECT %s, id, 'any', %s, %s, %s, %s, %s, %s, %s, %s FROM energy_sources WHERE name = 'electricity'
"""
FACTOR = """
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, valid_to)
SELECT id, %s, %s, %s, %s FROM energy_sources WHERE name = 'electricity'
"""
EVERY_DAY = list(range(7))
LONG_AGO = "2020-01-01 00:00Z"
SUMMER = ("2026-06-01 00:00+02", "2026-06-02 00:00+02")  # a Monday


class Workshop:
    """One lathe, and what a test says about it. Rollups exist, and are not refreshed."""

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(url) as connection:
            for statement in REGISTERS.split(";\n")[:-1]:
                connection.execute(statement.encode(), {"works": WORKS, "lathe": LATHE})
        run_on(url, ensure)

    def meter(
        self, seconds: int, source: str = "electricity", since: str = LONG_AGO, until: Any = None
    ) -> None:
        execute(self.url, METER, LATHE, seconds, since, until, source)

    def read(self, first: str, values: Sequence[float], minutes: int = 15, **row: Any) -> None:
        """Readings from an instant on; row: table, column and the values of further columns."""
        table = row.pop("table", "energy_readings")
        names = ["machine_id", "time", row.pop("column", "energy_kwh"), *row]
        start = datetime.fromisoformat(first)
        with psycopg.connect(self.url) as connection:
            connection.cursor().executemany(
                f"INSERT INTO {table} ({', '.join(names)}) "
                f"VALUES ({', '.join(['%s'] * len(names))})".encode(),
                [
                    (LATHE, start + n * timedelta(minutes=minutes), value, *row.values())
                    for n, value in enumerate(values)
                ],
            )

    def make(self, first: str, counts: Sequence[float], minutes: int = 15) -> None:
        self.read(first, counts, minutes, table="production_data", column="production_count")

    def tariff(
        self,
        rate: float,
        start: str = "00:00",
        end: str = "00:00",
        since: str = LONG_AGO,
        until: str | None = None,
        weekdays: Sequence[int] = EVERY_DAY,
        currency: str = "EUR",
        per_kw: float | None = None,
    ) -> None:
        days = list(weekdays)
        execute(self.url, TARIFF, WORKS, rate, currency, days, start, end, since, until, per_kw)

    def factor(self, factor: float, region: str | None, since: str, until: Any = None) -> None:
        execute(self.url, FACTOR, region, factor, since, until)

    def ask(self, kpi: str, start: str, end: str, source: str | None = None) -> Any:
        return kpis(self.url, kpi, LATHE, start, end, source)[kpi]

    def all(self, start: str, end: str, source: str | None = None) -> dict[str, Any]:
        return kpis(self.url, "all_kpis", LATHE, start, end, source)


def kpis(
    url: str, kpi: str, machine: object, start: object, end: object, source: str | None = None
) -> dict[str, Any]:
    """The row of a function; the only column of those that have one stands under the KPI's name."""
    ask = f"SELECT * FROM enms.calculate_{kpi}(%s, %s, %s, %s)"
    with psycopg.connect(url, row_factory=dict_row) as connection:
        row = connection.execute(ask.encode(), (machine, start, end, source)).fetchone()
    assert row is not None
    return row if len(row) > 1 else {kpi: next(iter(row.values()))}
