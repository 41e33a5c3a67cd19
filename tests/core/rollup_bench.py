"""What the tests of rollups and queries share: tables of every kind, and a bench for them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import psycopg
from hypothesis import HealthCheck, settings

from enms_core.services.background import BackgroundLoop
from enms_core.settings import Settings
from enms_core.storage import rollups
from enms_core.storage.rollups import RefreshReport
from enms_core.storage.store import Store
from tests.core.naive import HOUR, QUARTER, Layout, assert_same, load, rollup, services, stored

SITE = "00000000-0000-0000-0000-00000000000f"
M1, M2, M3 = (f"00000000-0000-0000-0000-0000000000a{n}" for n in (1, 2, 3))
MACHINES = (M1, M2, M3)
START = datetime(2026, 3, 28, tzinfo=timezone.utc)


def on_one_bench(max_examples: int) -> settings:
    """Examples that follow each other on one database, the same in every run, however slow."""
    return settings(
        max_examples=max_examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


# A site with three machines, and a table of a customer that two carriers share, with everything
# that a rollup can keep. The third carrier in it is no source's.
PLANT = f"""
INSERT INTO factories (id, name, timezone) VALUES ('{SITE}', 'Works', 'Europe/Berlin');
INSERT INTO machines (id, factory_id, name, type)
SELECT ('00000000-0000-0000-0000-0000000000a' || n)::uuid, '{SITE}', 'Machine ' || n, 'press'
FROM generate_series(1, 3) AS n;
CREATE TABLE utility_readings (
    time timestamptz NOT NULL, machine_id uuid NOT NULL, carrier text, amount double precision,
    items integer, rate double precision, temperature double precision, heat double precision,
    is_estimated boolean NOT NULL DEFAULT false, data_source text NOT NULL DEFAULT 'meter',
    UNIQUE NULLS NOT DISTINCT (machine_id, time, carrier)
);
INSERT INTO energy_sources (name, unit, kwh_per_unit, readings_table, consumption_column,
    rate_column, energy_content_column, energy_content_unit, carrier_column, carrier_value)
VALUES ('alpha', 'kg', NULL, 'utility_readings', 'amount', 'rate', 'heat', 'MJ', 'carrier', 'a'),
       ('beta', 'kg', 0.5, 'utility_readings', 'amount', 'rate', NULL, NULL, 'carrier', 'b');
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, source_table,
                                    source_column, aggregation_function)
SELECT id, feature, 'numeric', place, field, called
FROM energy_sources, (VALUES
    ('alpha', 'items', 'utility_readings', 'items', 'SUM'),
    ('alpha', 'hottest', 'utility_readings', 'temperature', 'MAX'),
    ('electricity', 'outdoor', 'site_weather', 'outdoor_temp_c', 'AVG')
) AS f (source, feature, place, field, called)
WHERE name = source;
"""
# Meters that change in time and end; machine 3 and some carriers have none.
METERS = f"""
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from, valid_to)
SELECT machine::uuid, id, seconds, 'interval', 'start', 'kg', since::timestamptz, till::timestamptz
FROM energy_sources, (VALUES
    ('alpha', '{M1}', 900, '2026-03-01T00:00Z', '2026-03-28T17:20Z'),
    ('alpha', '{M1}', 60, '2026-03-28T17:20Z', NULL),
    ('beta', '{M1}', 600, '2026-03-28T03:00:07Z', '2026-03-29T03:00Z'),
    ('alpha', '{M2}', 3600, '2026-03-28T12:00Z', '2026-03-29T00:10Z'),
    ('alpha', '{M2}', 1800, '2026-03-29T00:10Z', '2026-03-29T14:25Z'),
    ('natural_gas', '{M1}', 3600, '2026-03-01T00:00Z', NULL)
) AS m (source, machine, seconds, since, till)
WHERE name = source;
"""

UTILITY = Layout(
    "utility_readings",
    keys=("carrier",),
    carrier="carrier",
    measure="amount",
    content="heat",
    summed=("amount", "items"),
    averaged=("rate", "temperature"),
    is_marked=True,
)
GAS = Layout(
    "natural_gas_readings",
    measure="consumption_m3",
    content="calorific_value_mj_m3",
    summed=("consumption_m3",),
    averaged=("flow_rate_m3h",),
)
POWER = Layout(
    "energy_readings",
    measure="energy_kwh",
    summed=("energy_kwh",),
    averaged=("power_kw",),
    is_marked=True,
)
PRODUCTION = Layout(
    "production_data",
    summed=("production_count", "good_count", "reject_count", "downtime_seconds"),
)
WEATHER = Layout(
    "site_weather", owner="factory_id", keys=("is_forecast",), averaged=("outdoor_temp_c",)
)


@dataclass(frozen=True)
class Chance:
    """Readings by chance, the same for the same numbers.

    step_seconds: usual distance of two readings; gaps and nulls: shares of readings that are left
    out, and of values that are not known.
    """

    seed: int = 1
    count: int = 240
    step_seconds: int = 900
    gaps: float = 0.2
    nulls: float = 0.2
    start: datetime = START

    def times(self, draw: random.Random) -> list[datetime]:
        """Instants, some of them a second or a microsecond off their step."""
        times = set()
        for n in range(self.count):
            if draw.random() >= self.gaps:
                off = draw.choice((0, 0, 0, 0, 1, -1, 1_000_000, 61_000_000))
                step = timedelta(seconds=n * self.step_seconds, microseconds=off)
                times.add(self.start + step)
        return sorted(times)

    def rows(self, layout: Layout) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Columns and rows of a table."""
        draw = random.Random(self.seed)
        marks = ("is_estimated", "data_source") if layout.is_marked else ()
        more = [layout.content] if layout.content else []
        values = [*layout.summed, *layout.averaged, *more]
        rows: list[tuple[object, ...]] = []
        for moment in self.times(draw):
            owner = SITE if layout.owner == "factory_id" else draw.choice(MACHINES)
            keys = [_key(key, draw) for key in layout.keys]
            marked = [draw.random() < 0.2, draw.choice(("meter", "backfill", "import"))]
            numbers = [self._value(name, layout, draw) for name in values]
            rows.append((moment, owner, *keys, *marked[: len(marks)], *numbers))
        return ("time", layout.owner, *layout.keys, *marks, *values), rows

    def _value(self, name: str, layout: Layout, draw: random.Random) -> float | None:
        is_required = name == layout.summed[0] and layout is not UTILITY if layout.summed else False
        if not is_required and draw.random() < self.nulls:
            return None
        if name == "items":
            return draw.randrange(100)
        return round(draw.uniform(-20, 40) if "temp" in name else draw.uniform(0, 90), 3)


def _key(key: str, draw: random.Random) -> object:
    return draw.random() < 0.3 if key == "is_forecast" else draw.choice(("a", "a", "b", "c", None))


class Bench:
    """A database whose readings and registers a test changes, and whose rollups it compares."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = psycopg.connect(url, autocommit=True)
        self.loop = BackgroundLoop()
        self.store = Store(Settings(database_url=url))
        self.loop.run(self.store.connect(), 10)

    def execute(self, statement: str, *values: object) -> psycopg.Cursor:
        return self.connection.execute(statement.encode(), values or None)

    def value(self, statement: str, *values: object) -> object:
        row = self.execute(statement, *values).fetchone()
        assert row is not None
        return row[0]

    def fill(self, layout: Layout, chance: Chance) -> None:
        """Write readings by COPY."""
        columns, rows = chance.rows(layout)
        self.copy(layout.table, columns, rows)

    def copy(self, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def ensure(self) -> None:
        self.loop.run(rollups.ensure(self.store), 30)

    def refresh(self) -> RefreshReport:
        return self.loop.run(rollups.refresh(self.store), 60)

    def notes(self, layout: Layout) -> int:
        count = self.value(
            "SELECT count(*) FROM enms.dirty_ranges WHERE readings_table = %s", layout.table
        )
        assert isinstance(count, int)
        return count

    def assert_exact(self, layout: Layout) -> None:
        """Both views are what the rows say, refreshed or not."""
        self._compare(layout, "")

    def assert_refreshed(self, layout: Layout) -> None:
        """What is stored is what the rows say, and nothing is due."""
        assert self.notes(layout) == 0
        self._compare(layout, "_data")
        self._compare(layout, "")

    def _compare(self, layout: Layout, suffix: str) -> None:
        rows, meters = load(self.connection, layout), services(self.connection, layout)
        for name, width in (("15min", QUARTER), ("1hour", HOUR)):
            relation = ("enms", f"{layout.table}_{name}{suffix}")
            expected = rollup(rows, meters, layout, width)
            assert_same(stored(self.connection, relation, layout), expected)

    def close(self) -> None:
        self.connection.close()
        self.loop.run(self.store.close(), 10)
        self.loop.stop()


@contextmanager
def bench_on(url: str) -> Iterator[Bench]:
    """A bench on a database with our schema and nothing in it: the plant and its rollups."""
    bench = Bench(url)
    try:
        bench.execute(PLANT)
        bench.execute(METERS)
        bench.ensure()
        yield bench
    finally:
        bench.close()
