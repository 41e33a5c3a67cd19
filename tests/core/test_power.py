"""Latest readings and demand in the database, by hand and by a naive walk over all rows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

import pytest

from enms_core.analysis.demand import demand_window, diversity_factor, local_months
from enms_core.domain.period import Period
from enms_core.domain.power import BlockRate, Demand, DemandWindow
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.power import coincident_demand
from enms_core.storage.rollups import ensure
from enms_core.storage.store import Store
from tests.conftest import PLANT_NOW, run_on
from tests.core.conftest import execute, rows
from tests.core.demand_asking import DAY, QUARTER_S, asked
from tests.core.works import MACHINES, SHARE_TABLE, A, B, add, add_meter, at

HOUR_S = 3600


@pytest.fixture
def works_url(empty_url: str) -> str:
    execute(empty_url, MACHINES)
    return empty_url


def test_peaks_are_of_blocks_and_the_common_peak_is_of_the_sum(works_url: str) -> None:
    """A has 1, 5, 2, 4 kWh and B 6, 1, 5, 1: A peaks with 20 kW, B with 24, both with 28."""
    for machine, energies_kwh in ((A, (1, 5, 2, 4)), (B, (6, 1, 5, 1))):
        add_meter(works_url, machine, QUARTER_S)
        add(works_url, machine, 15, *energies_kwh)

    found = asked(works_url, [A, B])

    assert found.together.window.interval_seconds == QUARTER_S
    assert found.together == Demand(DAY, BlockRate(28.0, at(0)), BlockRate(20.0, at(45)))
    assert found.by_machine == {
        A: Demand(DAY, BlockRate(20.0, at(15)), BlockRate(4.0, at(0))),
        B: Demand(DAY, BlockRate(24.0, at(0)), BlockRate(4.0, at(15))),
    }
    peaks = [each.peak.rate for each in found.by_machine.values() if each.peak]
    assert diversity_factor(peaks, 28.0) == pytest.approx(44 / 28)


def test_a_block_with_gaps_counts_with_what_it_has_and_is_no_minimum(works_url: str) -> None:
    """Fifteen minutes of 0.2 kWh; then seven, as many gaps, and a last one of 0.9; then nothing."""
    add_meter(works_url, A, 60)
    add(works_url, A, 1, *[0.2] * 15, *[0.2] * 7, *[None] * 7, 0.9)

    found = asked(works_url, [A])

    (peak, minimum) = (found.together.peak, found.together.minimum)
    assert peak is not None and minimum is not None
    assert (peak.rate, peak.start) == (pytest.approx(12.0), at(0))
    assert (minimum.rate, minimum.start) == (pytest.approx(12.0), at(0))


def test_a_common_block_is_complete_only_with_every_machine(works_url: str) -> None:
    for machine, energies_kwh in ((A, (1, 1, 1)), (B, (2, None, 2))):
        add_meter(works_url, machine, QUARTER_S)
        add(works_url, machine, 15, *energies_kwh)

    found = asked(works_url, [A, B])

    assert found.together == Demand(DAY, BlockRate(12.0, at(0)), BlockRate(12.0, at(0)))
    assert found.by_machine[B].minimum == BlockRate(8.0, at(0))


def test_an_hourly_meter_has_a_demand_of_an_hour(works_url: str) -> None:
    """40 kWh in an hour are 40 kW, and not 160."""
    add_meter(works_url, A, HOUR_S)
    add(works_url, A, 60, 30, 40, 20)
    add_meter(works_url, B, QUARTER_S)
    add(works_url, B, 15, *[1] * 8, *[5] * 4)

    hours = DemandWindow(DAY.start, DAY.end, HOUR_S)

    found = asked(works_url, [A, B], hours)

    highest, lowest = BlockRate(40.0, at(60)), BlockRate(20.0, at(120))
    assert found.by_machine[A] == Demand(hours, highest, lowest)
    assert found.together == Demand(hours, BlockRate(44.0, at(60)), BlockRate(34.0, at(0)))


def test_intervals_of_twenty_minutes_are_blocks_of_their_own(works_url: str) -> None:
    """Two readings that begin in neighbouring quarter hours do not meet in one block."""
    twenty_s = 1200
    add_meter(works_url, A, twenty_s)
    add(works_url, A, 20, 4, 5, 3, None, 2)
    window = DemandWindow(DAY.start, DAY.end, twenty_s)

    found = asked(works_url, [A], window)

    highest, lowest = BlockRate(15.0, at(20)), BlockRate(6.0, at(80))
    assert found.by_machine[A] == Demand(window, highest, lowest)
    assert found.together == Demand(window, highest, lowest)


def test_a_daily_meter_counts_its_days_over_a_clock_change(works_url: str) -> None:
    """Local midnights around 29 March in Berlin: the day of 23 hours is no double day."""
    add_meter(works_url, A, 86_400)
    for day, energy_kwh in enumerate((240.0, 264.0, 288.0, 240.0)):
        start = datetime.fromisoformat(f"2026-03-{28 + day}T00:00")
        execute(works_url, READING_BERLIN, A, start, energy_kwh)
    local = datetime.fromisoformat("2026-03-28T00:00+01:00")
    window = demand_window(Period(local, local + timedelta(days=4)), 86_400)

    found = asked(works_url, [A], window)

    assert found.together.peak is not None
    # 29 and 30 March share a block of 48 hours: (264 + 288) kWh / 48 h
    assert found.together.peak.rate == pytest.approx(11.5)


READING_BERLIN = """
INSERT INTO energy_readings (machine_id, time, energy_kwh)
VALUES (%s, %s::timestamp AT TIME ZONE 'Europe/Berlin', %s)
"""


def test_less_than_a_block_is_read_from_the_rows_within(works_url: str) -> None:
    """From minute 3 to 10 there are seven rows of 0.1 kWh; that of minute 10 is not there yet."""
    add_meter(works_url, A, 60)
    add(works_url, A, 1, *[9.9] * 3, *[0.1] * 7, *[9.9] * 5)

    found = asked(works_url, [A], demand_window(Period(at(3), at(10)), QUARTER_S))

    assert found.together.peak is not None
    assert found.together.peak.rate == pytest.approx(0.7 * 4)
    assert found.together.minimum is None


def test_each_window_has_its_own_peak(works_url: str) -> None:
    add_meter(works_url, A, QUARTER_S)
    add(works_url, A, 15, 1, 2, 3, 4, 5, 6, 7)

    starts = (60, 0, 600)
    found = [asked(works_url, [A], DemandWindow(at(m), at(m + 30), QUARTER_S)) for m in starts]

    assert [each.together.peak for each in found] == [
        BlockRate(24.0, at(75)),
        BlockRate(8.0, at(15)),
        None,
    ]
    assert found[2].by_machine == {}


def test_what_is_metered_in_cubic_meters_has_a_rate_in_cubic_meters(works_url: str) -> None:
    add_meter(works_url, A, QUARTER_S, "natural_gas")
    execute(
        works_url,
        "INSERT INTO natural_gas_readings (machine_id, time, consumption_m3) VALUES (%s, %s, 3)",
        A,
        at(0),
    )

    found = asked(works_url, [A], source="natural_gas")

    assert found.together.peak == BlockRate(12.0, at(0))


def test_carriers_that_share_a_table_have_demands_of_their_own(works_url: str) -> None:
    execute(works_url, SHARE_TABLE)
    for source in ("electricity", "compressed_air"):
        add_meter(works_url, A, QUARTER_S, source)
    add(works_url, A, 15, 1, 2)
    execute(
        works_url,
        "INSERT INTO energy_readings (machine_id, time, energy_kwh, energy_type)"
        " SELECT machine_id, time, 100, 'compressed_air' FROM energy_readings WHERE time = %s",
        at(0),
    )
    run_on(works_url, ensure)

    power, air = (
        asked(works_url, [A], source=source).together
        for source in ("electricity", "compressed_air")
    )

    assert power.peak == BlockRate(8.0, at(15))
    assert air.peak == BlockRate(400.0, at(0))
    cut = DemandWindow(at(0), at(10), QUARTER_S, is_whole=False)
    assert asked(works_url, [A], cut).together.peak == BlockRate(4.0, at(0))


@pytest.mark.parametrize("refreshed", [False, True])
def test_demand_is_what_a_walk_over_all_rows_finds(works_url: str, refreshed: bool) -> None:
    """Two days of minutes with gaps, of two machines."""
    chance = random.Random(20261117)
    used: dict[UUID, list[float | None]] = {
        machine: [chance.random() if chance.random() > 0.01 else None for _ in range(2 * 1440)]
        for machine in (A, B)
    }
    for machine, energies_kwh in used.items():
        add_meter(works_url, machine, 60)
        add(works_url, machine, 1, *energies_kwh)
    window = demand_window(Period(at(7), at(2000)), QUARTER_S)

    found = asked(works_url, [A, B], window, refreshed=refreshed)

    assert (window.start, window.end) == (at(15), at(1995))
    together = [[*chain(*pair)] for pair in zip(*map(blocks, used.values()), strict=True)]
    assert_extremes(found.together, together)
    for machine, energies_kwh in used.items():
        assert_extremes(found.by_machine[machine], blocks(energies_kwh))


def blocks(energies_kwh: Sequence[float | None]) -> list[list[float | None]]:
    return [list(energies_kwh[minute : minute + 15]) for minute in range(15, 1995, 15)]


def assert_extremes(found: Demand, expected: Sequence[Sequence[float | None]]) -> None:
    rates = [4 * sum(each for each in block if each is not None) for block in expected]
    complete = [rate for rate, block in zip(rates, expected, strict=True) if None not in block]
    assert found.peak is not None and found.minimum is not None
    assert found.peak.rate == pytest.approx(max(rates), rel=1e-9)
    assert found.peak.start == at(15 + 15 * rates.index(max(rates)))
    assert found.minimum.rate == pytest.approx(min(complete), rel=1e-9)
    assert found.minimum.start == at(15 + 15 * rates.index(min(complete)))


# Monthly peaks of the demo plant in SQL of its own: quarters of an hour by wall clock.
MONTHLY_PEAKS = """
SELECT max(kwh) * 4 FROM (
    SELECT date_trunc('month', time AT TIME ZONE 'Europe/Berlin') AS month, sum(energy_kwh) AS kwh
    FROM energy_readings JOIN machines ON machines.id = machine_id
    WHERE name IN ('HVAC-Main', 'Compressor-1')
      AND time >= '2026-01-01T00:00+01:00' AND time < '2026-11-18T10:00+01:00'
    GROUP BY month, floor(extract(epoch FROM time) / 900)
) AS quarter GROUP BY month ORDER BY month
"""


def test_the_demo_plants_monthly_peaks_are_those_of_its_rows(plant_url: str) -> None:
    since = datetime.fromisoformat("2026-01-01T00:00+01:00")

    async def work(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        machines = [m for m in catalogue.machines if m.name in ("HVAC-Main", "Compressor-1")]
        zone = catalogue.zone_of(machine.id for machine in machines)
        months = local_months(Period(since, PLANT_NOW), zone)
        windows = [demand_window(month, QUARTER_S) for month in months]
        ids = [machine.id for machine in machines]
        source = catalogue.source("electricity")
        return [await coincident_demand(store.readings, source, ids, each) for each in windows]

    found = run_on(plant_url, work)

    assert isinstance(found, list)
    peaks = [each.peak.rate for each in found]
    assert peaks == pytest.approx([row[0] for row in rows(plant_url, MONTHLY_PEAKS)])
    assert len(peaks) == 11
