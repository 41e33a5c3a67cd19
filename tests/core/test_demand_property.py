"""Demand against a walk over all rows: any meters, zone and window, whatever the rollups know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.demand import demand_window
from enms_core.domain.catalogue import Carrier, EnergySource
from enms_core.domain.power import BlockRate, Demand, DemandWindow
from enms_core.storage.power import coincident_demand, machine_demands
from tests.core.naive import EPOCH, QUARTER, SECOND, Layout, micros, within
from tests.core.query_states import (
    DAYS,
    STATES,
    Table,
    benches,
    filled,
    first_reading,
    near,
    periods,
)
from tests.core.rollup_bench import MACHINES, POWER, UTILITY, Bench, Chance, on_one_bench

# A third source of the shared table, of a column that its rollup tells no covered time of.
GAMMA = """
INSERT INTO energy_sources (name, unit, readings_table, consumption_column, carrier_column,
                            carrier_value)
VALUES ('gamma', 'pieces', 'utility_readings', 'items', 'carrier', 'a')
"""
SOURCES = {
    "electricity": (POWER, "energy_kwh", None),
    "alpha": (UTILITY, "amount", Carrier("carrier", "a")),
    "gamma": (UTILITY, "items", Carrier("carrier", "a")),
}
METER = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from, valid_to)
VALUES (%s, %s, %s, 'interval', 'start', 'any', %s, %s)
"""


@dataclass(frozen=True)
class Metered:
    """A meter in service from `since` until `until`; another serves from then on."""

    machine: str
    interval_s: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Case:
    """What is stored, and over which window it is asked."""

    chance: Chance
    meters: tuple[Metered, ...]
    window: DemandWindow
    machines: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One block of a walk; start [µs]."""

    rate: float
    start: int
    is_complete: bool


@st.composite
def meters(draw: st.DrawFn, since: datetime) -> tuple[Metered, ...]:
    """For some machines one meter, or two that follow each other at a quarter hour."""
    found: list[Metered] = []
    for machine in MACHINES:
        count = draw(st.sampled_from((0, 1, 1, 2)))
        change = since + timedelta(minutes=15 * draw(st.integers(1, 300)))
        for number in range(count):
            interval_s = draw(st.sampled_from((97, 300, 900, 1200, 1800, 3600, 86_400)))
            begun, ended = (since, change) if number == 0 else (change, None)
            found.append(Metered(machine, interval_s, begun, ended if count == 2 else None))
    return tuple(found)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    name, day = draw(st.sampled_from(DAYS))
    begun = first_reading(day)
    return Case(
        chance=Chance(
            seed=draw(st.integers(0, 10_000)),
            count=draw(st.integers(0, 300)),
            step_seconds=draw(st.sampled_from((97, 300, 900, 3600))),
            gaps=draw(st.sampled_from((0.0, 0.3, 0.9))),
            nulls=draw(st.sampled_from((0.0, 0.3))),
            start=begun,
        ),
        meters=draw(meters(begun)),
        window=draw(windows(ZoneInfo(name), day)),
        machines=draw(st.sampled_from((MACHINES, MACHINES[:1], MACHINES[1:]))),
    )


def windows(zone: ZoneInfo, day: date) -> st.SearchStrategy[DemandWindow]:
    lengths_s = st.sampled_from((900, 900, 1200, 1800, 3600, 86_400))
    return st.builds(demand_window, periods(zone, day), lengths_s)


@pytest.fixture(scope="module")
def by_state(server_url: str, empty_template: str) -> Iterator[Mapping[str, Bench]]:
    with benches(server_url, empty_template) as found:
        for bench in {bench.url: bench for bench in found.values()}.values():
            bench.execute(GAMMA)
        found["refreshed"].ensure()
        yield found


def source_of(bench: Bench, name: str) -> EnergySource:
    layout, column, carrier = SOURCES[name]
    id_ = bench.value("SELECT id FROM energy_sources WHERE name = %s", name)
    assert isinstance(id_, UUID)
    return EnergySource(id_, name, "any", True, layout.table, column, carrier=carrier)


def in_eighths(layout: Layout, column: str, chance: Chance) -> Table:
    """Readings whose sums are exact, and often equal."""
    columns, rows = chance.rows(layout)
    place = columns.index(column)

    def eighths(row: tuple[Any, ...]) -> tuple[object, ...]:
        value = row[place]
        coarse = value if value is None or column == "items" else round(value / 8) / 8
        return (*row[:place], coarse, *row[place + 1 :])

    return columns, [eighths(row) for row in rows]


@pytest.mark.parametrize("name", SOURCES)
@on_one_bench(100)
@given(case=cases(), state=st.sampled_from(STATES))
def test_demand_is_what_a_walk_over_all_rows_finds(
    by_state: Mapping[str, Bench], name: str, case: Case, state: str
) -> None:
    bench = by_state[state]
    source, (layout, column, carrier) = source_of(bench, name), SOURCES[name]
    bench.execute("DELETE FROM meters")
    for meter in case.meters:
        values = (meter.interval_s, meter.since, meter.until)
        bench.execute(METER, meter.machine, source.id, *values)
    rows = filled(bench, layout, in_eighths(layout, column, case.chance), state)
    if carrier is not None:
        rows = rows[rows[carrier.column] == carrier.value]
    asked = [UUID(machine) for machine in case.machines]

    readings, window = bench.store.readings, case.window
    together = bench.loop.run(coincident_demand(readings, source, asked, window), 20)
    each = bench.loop.run(machine_demands(readings, source, asked, window), 20)

    walked = {machine: walk(rows, column, machine, case) for machine in case.machines}
    assert_demand(together, common(walked), case.window)
    assert {str(machine) for machine in each} == {m for m, blocks in walked.items() if blocks}
    for machine, demand in each.items():
        assert_demand(demand, walked[str(machine)].values(), case.window)


def walk(rows: pd.DataFrame, column: str, machine: str, case: Case) -> dict[int, Block]:
    """The blocks of one machine by their number."""
    window = case.window
    mine = within(rows[rows["owner"] == machine], window.start, window.end)
    mine = mine[mine[column].notna()]
    begun = (mine["micros"] - micros(window.start)) // (window.interval_seconds * SECOND)
    return {
        int(number): block_of(readings, column, machine, case)
        for number, readings in mine.groupby(begun)
    }


def block_of(readings: pd.DataFrame, column: str, machine: str, case: Case) -> Block:
    length_s = case.window.interval_seconds
    covered_s = sum(interval_s(case.meters, machine, moment) for moment in readings["micros"])
    is_counted_by_quarters = case.window.is_whole and length_s % 900 == 0
    start = int(readings["micros"].min())
    return Block(
        rate=float(readings[column].sum())
        * 3600
        / (max(covered_s, length_s) if length_s > 3600 and case.window.is_whole else length_s),
        start=start // QUARTER * QUARTER if is_counted_by_quarters else start,
        is_complete=case.window.is_whole and covered_s >= length_s,
    )


def interval_s(meters: Sequence[Metered], machine: str, moment: int) -> int:
    """How long a reading stands for; 0 where nothing tells it."""
    serving = (
        meter.interval_s
        for meter in meters
        if meter.machine == machine
        and micros(meter.since) <= moment
        and (meter.until is None or moment < micros(meter.until))
    )
    return next(serving, 0)


def common(walked: Mapping[str, Mapping[int, Block]]) -> list[Block]:
    """The blocks of all machines together."""
    found = []
    for number in sorted({number for blocks in walked.values() for number in blocks}):
        parts = [blocks[number] for blocks in walked.values() if number in blocks]
        is_complete = len(parts) == len(walked) and all(part.is_complete for part in parts)
        start = min(part.start for part in parts)
        found.append(Block(sum(part.rate for part in parts), start, is_complete))
    return found


def assert_demand(found: Demand, expected: Sequence[Block], window: DemandWindow) -> None:
    blocks = sorted(expected, key=lambda block: block.start)
    complete = [block for block in blocks if block.is_complete]
    assert found.window == window
    assert_block(found.peak, max(blocks, key=lambda block: block.rate, default=None))
    assert_block(found.minimum, min(complete, key=lambda block: block.rate, default=None))


def assert_block(found: BlockRate | None, expected: Block | None) -> None:
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.rate == near(expected.rate)
    assert found.start == EPOCH + timedelta(microseconds=expected.start)
