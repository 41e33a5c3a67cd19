"""KPIs in SQL against a walk over the readings: any zone, period, tariff and rollup."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.rows import dict_row

from tests.conftest import own_database
from tests.core.kpi_truth import near, walked_kpis
from tests.core.kpi_workshop import LATHE, WORKS, Workshop, kpis
from tests.core.rollup_bench import Bench, on_one_bench

# Zones whole, half and three quarter hours from UTC, on days around a change of the clocks.
DAYS = (
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/Chicago", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
)
STATES = ("refreshed", "half refreshed", "not refreshed")
CLOCKS = ("00:00", "02:15", "02:45", "06:00", "20:00", "22:30")
INTERVALS = (600, 900, 900, 1200, 1800, 3600)
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)
EMPTY = """
TRUNCATE energy_readings, natural_gas_readings, production_data;
DELETE FROM energy_tariffs; DELETE FROM carbon_factors; DELETE FROM meters;
"""
FLAT = """
UPDATE energy_sources SET cost_per_unit = %s, carbon_intensity = %s, kwh_per_unit = %s
WHERE name = %s
"""
METER = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from, valid_to)
SELECT %s, id, %s, 'interval', 'start', unit, %s, %s FROM energy_sources WHERE name = %s
"""
TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from, valid_to)
SELECT %s, id, 'any', %s, %s, %s, %s, %s, %s, %s FROM energy_sources WHERE name = %s
"""
FACTOR = """
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, valid_to)
SELECT id, %s, %s, %s, %s FROM energy_sources WHERE name = %s
"""
TABLES = {
    "electricity": ("energy_readings", "energy_kwh"),
    "natural_gas": ("natural_gas_readings", "consumption_m3"),
}


@dataclass(frozen=True)
class Case:
    """A period at a site, and everything else by chance: the same for the same seed."""

    zone: str
    start: datetime
    end: datetime
    seed: int
    sources: tuple[str, ...]
    state: str


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, day = draw(st.sampled_from(DAYS))
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    if draw(st.booleans()):
        start, end = midnight, midnight + timedelta(days=draw(st.integers(1, 2)))
    else:
        step = draw(st.sampled_from((1, 60, 900, 3600)))
        since = draw(st.integers(-86_400 // step, 86_400 // step)) * step
        length = draw(st.integers(1, 100_000 // step)) * step
        start = midnight.astimezone(timezone.utc) + timedelta(seconds=since)
        end = start + timedelta(seconds=length)
    sources = draw(st.sampled_from((("electricity",), ("natural_gas",), tuple(TABLES))))
    state, seed = draw(st.sampled_from(STATES)), draw(st.integers(0, 100_000))
    utc = timezone.utc  # within a zone, Python counts by the wall clock
    return Case(zone, start.astimezone(utc), end.astimezone(utc), seed, sources, state)


class Site:
    """The workshop, whose registers and readings are made anew for each case."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def fill(self, case: Case) -> None:
        """Write the registers and the readings, refreshing as far as the case says."""
        draw = random.Random(case.seed)
        self.bench.execute(EMPTY)
        self.bench.execute("UPDATE factories SET timezone = %s", case.zone)
        rows = _production(case, draw)
        for source in case.sources:
            interval = draw.choice(INTERVALS)
            self._meters(source, interval, case, draw)
            self._prices(source, case, draw)
            rows += _readings(source, interval, case, draw)
        late = 0.3 if case.state == "half refreshed" else 0.0
        first = [row for row in rows if draw.random() >= late]
        self._write(first)
        if case.state != "not refreshed":
            self.bench.refresh()
        self._write([row for row in rows if row not in first])

    def _meters(self, source: str, interval: int, case: Case, draw: random.Random) -> None:
        """One meter, or another from some instant on."""
        change = _hour(case, draw) if draw.random() < 0.3 else None
        self._meter(source, interval, None, change)
        if change is not None:
            self._meter(source, draw.choice(INTERVALS), change, None)

    def _meter(
        self, source: str, seconds: int, since: datetime | None, until: datetime | None
    ) -> None:
        self.bench.execute(METER, LATHE, seconds, since or LONG_AGO, until, source)

    def _prices(self, source: str, case: Case, draw: random.Random) -> None:
        price, factor = draw.choice((None, 0.15, 0.15)), draw.choice((None, 0.38, 0.38))
        kwh_per_unit = None if source == "electricity" else draw.choice((None, 10.2))
        self.bench.execute(FLAT, price, factor, kwh_per_unit, source)
        has_tariffs = draw.random() < 0.7
        if has_tariffs and draw.random() < 0.7:
            self._price(source, 0.237, "EUR", range(7), ("00:00", "00:00"), LONG_AGO, None)
        for _ in range(draw.randrange(1, 6) if has_tariffs else 0):
            self._tariff(source, case, draw)
        since = [_hour(case, draw) for _ in range(draw.choice((0, 1, 3)))]
        for moment in dict.fromkeys(since):
            region, until = draw.choice((None, "DE", "de", "FR")), _until(moment, draw)
            self.bench.execute(FACTOR, region, round(draw.random(), 3), moment, until, source)

    def _tariff(self, source: str, case: Case, draw: random.Random) -> None:
        since = draw.choice((case.start - timedelta(days=400), _hour(case, draw)))
        since += timedelta(minutes=draw.choice((0, 0, 7)))
        weekdays = sorted(draw.sample(range(7), draw.choice((7, 7, 7, 4))))
        currency = draw.choice(("EUR",) * 19 + ("USD",))
        rate, window = draw.choice((0.0, 0.1, 0.31)), (draw.choice(CLOCKS), draw.choice(CLOCKS))
        self._price(source, rate, currency, weekdays, window, since, _until(since, draw))

    def _price(
        self,
        source: str,
        rate: float,
        currency: str,
        weekdays: Sequence[int],
        window: tuple[str, str],
        since: datetime,
        until: datetime | None,
    ) -> None:
        days = list(weekdays)
        values = (WORKS, rate, currency, days, *window, since, until, source)
        self.bench.execute(TARIFF, *values)

    def _write(self, rows: list[tuple[object, ...]]) -> None:
        for source, (table, quantity) in TABLES.items():
            content = ["calorific_value_mj_m3"] if source == "natural_gas" else []
            chosen = [row[1:] for row in rows if row[0] == source]
            self.bench.copy(table, ["machine_id", "time", quantity, *content], chosen)
        made = [row[1:] for row in rows if row[0] == "production"]
        self.bench.copy("production_data", ["machine_id", "time", "production_count"], made)


def _hour(case: Case, draw: random.Random) -> datetime:
    """A whole hour of UTC near the period."""
    day = case.start.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(hours=draw.randrange(-12, 60))


def _until(since: datetime, draw: random.Random) -> datetime | None:
    return draw.choice((None, None, since + timedelta(minutes=draw.randrange(60, 5000))))


def _readings(
    source: str, interval: int, case: Case, draw: random.Random
) -> list[tuple[object, ...]]:
    """Around the period, with gaps; some a moment off their step, some idle."""
    rows: list[tuple[object, ...]] = []
    idle, gaps = draw.choice((0.0,) * 3 + (0.3,) * 3 + (1.0,)), draw.choice((0.0, 0.0, 0.1, 0.9))
    odd = draw.choice((0, 0, 0, 1, 1_000_000))
    for moment in _moments(case, draw.choice((interval, interval, interval, 900))):
        if draw.random() < gaps:
            continue
        quantity = 0.0 if draw.random() < idle else round(draw.uniform(0, 90), 3)
        known = draw.random() < 0.9
        content = [round(draw.uniform(30, 40), 2) if known else None]
        off = timedelta(microseconds=draw.choice((0, odd)))
        rows.append(
            (source, LATHE, moment + off, quantity, *(content if source != "electricity" else []))
        )
    return rows


def _production(case: Case, draw: random.Random) -> list[tuple[object, ...]]:
    gaps, most = draw.choice((0.0, 0.0, 0.3, 1.0)), draw.choice((0, 50, 50, 50))
    return [
        ("production", LATHE, moment, draw.randint(0, most))
        for moment in _moments(case, 1800)
        if draw.random() >= gaps
    ]


def _moments(case: Case, step_seconds: int) -> list[datetime]:
    """From some hours before the period to some after, at whole steps of the site's clock."""
    first = case.start.replace(minute=0, second=0, microsecond=0)
    if case.zone == "Asia/Kathmandu":
        first += timedelta(minutes=15)
    count = ((case.end - first).total_seconds() + 3 * 3600) // step_seconds
    return [first + n * timedelta(seconds=step_seconds) for n in range(-4, int(count))]


@pytest.fixture(scope="module")
def site(server_url: str, empty_template: str) -> Iterator[Site]:
    with own_database(server_url, empty_template) as url:
        Workshop(url)
        bench = Bench(url)
        yield Site(bench)
        bench.close()


@on_one_bench(100)
@given(case=cases())
def test_the_kpis_are_those_of_the_readings(site: Site, case: Case) -> None:
    site.fill(case)
    with psycopg.connect(site.bench.url, row_factory=dict_row) as connection:
        truth = walked_kpis(connection, "Lathe", case.start, case.end, None)
    told = kpis(site.bench.url, "all_kpis", LATHE, case.start, case.end)
    assert {name: told[name] for name in truth.values} == {
        name: near(value) for name, value in truth.values.items()
    }
