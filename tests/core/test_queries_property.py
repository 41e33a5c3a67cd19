"""Every sum of readings against pandas: any zone and period, whatever the rollups know by then."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.domain.catalogue import Carrier, EnergyContent, EnergySource
from enms_core.storage.consumption import Segment, SegmentUse, consumption
from enms_core.storage.segments import sums
from enms_core.storage.series import consumption_between, quantities_between
from tests.conftest import Asker, own_database
from tests.core.naive import Layout, Use, micros, use, within
from tests.core.query_states import DAYS, STATES, filled, first_reading, near
from tests.core.rollup_bench import (
    GAS,
    M1,
    MACHINES,
    POWER,
    UTILITY,
    Bench,
    Chance,
    bench_on,
    on_one_bench,
)

MakeAsker = Callable[..., Asker]


def source(layout: Layout, quantity: str, **more: Any) -> EnergySource:
    return EnergySource(UUID(int=1), "any", "any", True, layout.table, quantity, **more)


GAS_COLUMN = "calorific_value_mj_m3"
A, B = Carrier("carrier", "a"), Carrier("carrier", "b")
SOURCES = {
    "flat": (POWER, source(POWER, "energy_kwh", kwh_per_unit=1.0)),
    "unknown": (POWER, source(POWER, "energy_kwh")),
    "content": (GAS, source(GAS, "consumption_m3", content=EnergyContent(GAS_COLUMN, "MJ", 0.0))),
    "content or flat": (
        GAS,
        source(
            GAS,
            "consumption_m3",
            kwh_per_unit=10.2,
            content=EnergyContent(GAS_COLUMN, "kJ", 376.812),
        ),
    ),
    "shared, content": (
        UTILITY,
        source(UTILITY, "amount", content=EnergyContent("heat", "MJ", 1.5), carrier=A),
    ),
    "shared, flat": (UTILITY, source(UTILITY, "amount", kwh_per_unit=0.5, carrier=B)),
    "shared, other column": (UTILITY, source(UTILITY, "items", kwh_per_unit=2.0, carrier=A)),
    "shared by another column": (
        UTILITY,
        source(UTILITY, "amount", kwh_per_unit=2.0, carrier=Carrier("is_estimated", "true")),
    ),
    "not in the rollup": (
        UTILITY,
        source(UTILITY, "amount", content=EnergyContent("temperature", "MJ", -20.0), carrier=B),
    ),
}

chances = st.builds(
    Chance,
    seed=st.integers(0, 10_000),
    count=st.integers(0, 300),
    step_seconds=st.sampled_from((97, 900, 1800, 3600)),
    gaps=st.sampled_from((0.0, 0.3, 0.9)),
    nulls=st.sampled_from((0.0, 0.0, 0.3, 1.0)),
)


@st.composite
def edges(draw: st.DrawFn, zone: ZoneInfo, day: date) -> list[datetime]:
    """Instants in rising order: local midnights, Mondays, whole hours, or odd ones."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    midnight += timedelta(days=draw(st.integers(-2, 2)))
    first = midnight.astimezone(timezone.utc)
    count = draw(st.integers(1, 8))
    kind = draw(st.sampled_from(("days", "weeks", "hours", "quarters", "odd")))
    if kind in ("days", "weeks"):
        length = timedelta(days=1 if kind == "days" else 7)
        return [midnight + n * length for n in range(count + 1)]
    if kind == "odd":
        offsets = draw(st.lists(st.integers(0, 864_000), min_size=2, max_size=9, unique=True))
        return [first + timedelta(seconds=n, microseconds=n % 3) for n in sorted(offsets)]
    step = timedelta(minutes=60 if kind == "hours" else 15)
    return [first + n * step for n in range(count + 1)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Chance, list[datetime]]:
    name, day = draw(st.sampled_from(DAYS))
    return replace(draw(chances), start=first_reading(day)), draw(edges(ZoneInfo(name), day))


@pytest.fixture(scope="module")
def with_rollups(server_url: str, empty_template: str) -> Iterator[Bench]:
    with own_database(server_url, empty_template) as url, bench_on(url) as bench:
        yield bench


@pytest.fixture(scope="module")
def without_rollups(server_url: str, empty_template: str) -> Iterator[Bench]:
    with own_database(server_url, empty_template) as url, bench_on(url) as bench:
        bench.execute("TRUNCATE energy_sources CASCADE")
        bench.ensure()
        assert bench.value("SELECT array_agg(readings_table) FROM enms.rollups") == [
            "production_data"
        ]
        yield bench


def rows_of(rows: pd.DataFrame, asked: EnergySource, machine: str) -> pd.DataFrame:
    chosen = rows[rows["owner"] == machine]
    if asked.carrier is None:
        return chosen
    return chosen[chosen[asked.carrier.column].astype(str).str.lower() == asked.carrier.value]


def expected_use(rows: pd.DataFrame, asked: EnergySource) -> Use:
    """Row by row: by its own energy content, else by the flat factor, else unknown."""
    per_unit = {"MJ": 3.6, "kJ": 3600.0}

    def kwh(row: dict[str, Any]) -> float | None:
        quantity, content = float(row[asked.consumption_column]), asked.content
        if content is not None and not pd.isna(row[content.column]):
            return quantity * (row[content.column] - content.reference) / per_unit[content.unit]
        return None if asked.kwh_per_unit is None else quantity * asked.kwh_per_unit

    return use(rows, asked.consumption_column, kwh)


def assert_use(found: SegmentUse, expected: Use) -> None:
    assert found.quantity == near(expected.quantity)
    assert found.energy_kwh == (None if expected.energy_kwh is None else near(expected.energy_kwh))
    assert found.readings == expected.readings
    assert (found.first and micros(found.first)) == expected.first
    assert (found.last and micros(found.last)) == expected.last


@pytest.mark.parametrize("name", SOURCES)
@on_one_bench(50)
@given(case=cases(), state=st.sampled_from(STATES))
def test_consumption_is_what_the_rows_sum_up_to(
    with_rollups: Bench,
    without_rollups: Bench,
    name: str,
    case: tuple[Chance, list[datetime]],
    state: str,
) -> None:
    bench = without_rollups if state == "no rollup" else with_rollups
    (layout, asked), (chance, moments) = SOURCES[name], case
    rows = filled(bench, layout, chance.rows(layout), state)
    segments = [
        Segment(UUID(machine), start, end)
        for machine in MACHINES
        for start, end in pairwise(moments)
    ]
    readings = bench.store.readings
    found = bench.loop.run(consumption(readings, asked, segments), 20)
    between = bench.loop.run(
        consumption_between(readings, asked, [UUID(machine) for machine in MACHINES], moments), 20
    )
    alone = bench.loop.run(
        quantities_between(readings, asked, [UUID(machine) for machine in MACHINES], moments), 20
    )
    in_order = [each for machine in MACHINES for each in between[UUID(machine)]]
    quantities = [float(each) for machine in MACHINES for each in alone[UUID(machine)]]
    for segment, one, other, quantity in zip(segments, found, in_order, quantities, strict=True):
        mine = rows_of(rows, asked, str(segment.machine_id))
        expected = expected_use(within(mine, segment.start, segment.end), asked)
        assert_use(one, expected)
        assert_use(other, expected)
        assert np.isnan(quantity) if not expected.readings else quantity == other.quantity


@on_one_bench(50)
@given(case=cases(), state=st.sampled_from(STATES))
def test_sums_of_columns_are_what_the_rows_sum_up_to(
    with_rollups: Bench,
    without_rollups: Bench,
    case: tuple[Chance, list[datetime]],
    state: str,
) -> None:
    bench = without_rollups if state == "no rollup" else with_rollups
    chance, moments = case
    rows = filled(bench, UTILITY, chance.rows(UTILITY), state)
    segment = Segment(UUID(M1), moments[0], moments[-1])
    (found,) = bench.loop.run(
        sums(bench.store.readings, UTILITY.table, ["items", "amount"], [segment]), 20
    )
    mine = within(rows[rows["owner"] == M1], segment.start, segment.end)
    for position, column in enumerate(("items", "amount")):
        total, count = found.values[2 * position : 2 * position + 2]
        assert (total or 0.0) == near(float(mine[column].sum()))
        assert (count or 0.0) == mine[column].count()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("minutes", [0, 45, 53])
def test_a_reading_at_the_start_counts_and_one_at_the_end_does_not(
    with_rollups: Bench, without_rollups: Bench, state: str, minutes: int
) -> None:
    bench = without_rollups if state == "no rollup" else with_rollups
    start = datetime(2026, 3, 29, 5, minutes, tzinfo=timezone.utc)
    end, instant = start + timedelta(hours=3), timedelta(microseconds=1)
    values = {start - instant: 1, start: 2, end - instant: 4, end: 8, end + instant: 16}
    bench.execute("TRUNCATE energy_readings")
    readings = [(moment, M1, value) for moment, value in values.items()]
    for part, states in ((readings[:3], STATES[:2]), (readings[3:], STATES[:1])):
        bench.copy("energy_readings", ("time", "machine_id", "energy_kwh"), part)
        if state in states:
            bench.refresh()
    _, asked = SOURCES["flat"]
    segment = Segment(UUID(M1), start, end)
    (found,) = bench.loop.run(consumption(bench.store.readings, asked, [segment]), 20)
    between = bench.loop.run(
        consumption_between(bench.store.readings, asked, [UUID(M1)], [start, end]), 20
    )
    assert found == SegmentUse(6.0, 6.0, 2, start, end - instant)
    assert between == {UUID(M1): [found]}


# The site and its machine as a person speaks of them.
LATHE = f"""
UPDATE machines SET name = 'Lathe-7', type = 'lathe' WHERE id = '{M1}';
DELETE FROM meters;
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '{M1}', id, 1800, 'interval', 'start', 'kWh', '2026-01-01T00:00Z'
FROM energy_sources WHERE name = 'electricity'
"""


@pytest.mark.parametrize(("zone", "day"), DAYS)
def test_an_answer_for_a_day_is_what_the_rows_of_that_day_sum_up_to(
    with_rollups: Bench, engine_on: MakeAsker, zone: str, day: date
) -> None:
    bench = with_rollups
    bench.execute(LATHE)
    bench.execute("UPDATE factories SET timezone = %s", zone)
    chance = Chance(7, 300, 1800, 0.1, start=first_reading(day))
    rows = filled(bench, POWER, chance.rows(POWER), "half refreshed")
    local = pd.to_datetime(rows["micros"], unit="us", utc=True).dt.tz_convert(zone).dt.date
    asker = engine_on(bench.url)
    for offset in random.Random(day.toordinal()).sample(range(5), 3):
        asked = day + timedelta(days=offset)
        said = f"how much electricity did lathe seven use on {asked:%B} {asked.day}"
        reply = asker.ask(said, now=datetime(2026, 12, 1, tzinfo=timezone.utc))
        of_day = rows[(rows["owner"] == M1) & (local == asked)]
        assert reply.data["quantity"] == near(float(of_day["energy_kwh"].sum()))
        assert len(of_day) > 5
