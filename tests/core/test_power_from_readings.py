"""Demand where no rollup serves, and where several sources share a table."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from enms_core.analysis.demand import demand_window
from enms_core.domain.period import Period
from enms_core.domain.power import BlockRate, Demand, DemandWindow
from enms_core.storage.rollups import ensure
from tests.conftest import run_on
from tests.core.conftest import execute, rows
from tests.core.demand_asking import DAY, asked
from tests.core.works import MACHINES, A, B, add, add_meter, at

LONG_NAME = "e" * 60
# What keeps a source from having a rollup: its readings are a view; its column has a name that
# leaves no room for those of the rollup.
UNROLLED = {
    "a view": """
        CREATE VIEW metered AS SELECT time, machine_id, energy_kwh FROM energy_readings;
        UPDATE energy_sources SET readings_table = 'metered', rate_column = NULL
        WHERE name = 'electricity'""",
    "a long name": f"""
        ALTER TABLE energy_readings ADD {LONG_NAME} real;
        UPDATE energy_readings SET {LONG_NAME} = energy_kwh;
        UPDATE energy_sources SET consumption_column = '{LONG_NAME}', rate_column = NULL
        WHERE name = 'electricity'""",
}

SERVING = f"""
SELECT FROM enms.rollups WHERE readings_table = 'metered' OR shape::text LIKE '%{LONG_NAME}%'
"""


@pytest.fixture
def works_url(empty_url: str) -> str:
    execute(empty_url, MACHINES)
    return empty_url


def unroll(url: str, how: str) -> None:
    execute(url, UNROLLED[how])
    run_on(url, ensure)
    assert rows(url, SERVING) == []


@pytest.mark.parametrize("how", UNROLLED)
def test_demand_needs_no_rollup(works_url: str, how: str) -> None:
    """A has 1, 5, 2, 4 kWh and B 6, 1, nothing, 1: A peaks with 20 kW, B with 24, both with 28."""
    for machine, energies_kwh in ((A, (1, 5, 2, 4)), (B, (6, 1, None, 1))):
        add_meter(works_url, machine, 900)
        add(works_url, machine, 15, *energies_kwh)
    unroll(works_url, how)

    found = asked(works_url, [A, B])

    assert found.together == Demand(DAY, BlockRate(28.0, at(0)), BlockRate(20.0, at(45)))
    assert found.by_machine[A] == Demand(DAY, BlockRate(20.0, at(15)), BlockRate(4.0, at(0)))
    assert found.by_machine[B] == Demand(DAY, BlockRate(24.0, at(0)), BlockRate(4.0, at(15)))


def test_a_daily_meter_without_a_rollup_counts_its_days_over_a_clock_change(works_url: str) -> None:
    """29 and 30 March in Berlin share a block of 48 hours: (264 + 288) kWh / 48 h."""
    add_meter(works_url, A, 86_400)
    local = datetime.fromisoformat("2026-03-28T00:00+01:00")
    for hours, energy_kwh in ((0, 240.0), (24, 264.0), (47, 288.0), (71, 240.0)):
        execute(works_url, READING, A, local + timedelta(hours=hours), energy_kwh)
    unroll(works_url, "a view")

    found = asked(works_url, [A], demand_window(Period(local, local + timedelta(days=4)), 86_400))

    start = local + timedelta(hours=24)
    assert found.together.peak == BlockRate(pytest.approx(11.5), start)


READING = "INSERT INTO energy_readings (machine_id, time, energy_kwh) VALUES (%s, %s, %s)"


def test_a_block_begins_at_the_same_quarter_hour_with_and_without_a_rollup(works_url: str) -> None:
    add_meter(works_url, A, 60)
    execute(works_url, READING, A, at(20), 3.0)
    with_rollup = asked(works_url, [A])
    unroll(works_url, "a view")

    assert asked(works_url, [A]) == with_rollup
    assert with_rollup.together.peak == BlockRate(12.0, at(15))


# Reactive energy stands in the same rows, and its meter is newer.
REACTIVE = """
ALTER TABLE energy_readings ADD IF NOT EXISTS reactive_kvarh double precision;
UPDATE energy_readings SET reactive_kvarh = 2 * energy_kwh;
INSERT INTO energy_sources (name, unit, readings_table, consumption_column)
VALUES ('reactive', 'kvarh', 'energy_readings', 'reactive_kvarh');
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT machine_id, s.id, {interval_s}, 'interval', 'start', 'kvarh', '2026-02-01Z'
FROM meters, energy_sources AS s WHERE s.name = 'reactive'
"""


@pytest.mark.parametrize("interval_s", [900, 1200])
def test_another_sources_meter_does_not_make_a_block_incomplete(
    works_url: str, interval_s: int
) -> None:
    minutes = interval_s // 60
    add_meter(works_url, A, interval_s)
    add(works_url, A, minutes, 1, 2)
    execute(works_url, REACTIVE.format(interval_s=60))
    run_on(works_url, ensure)
    window = DemandWindow(DAY.start, DAY.end, interval_s)

    power, reactive = (
        asked(works_url, [A], window, source).together for source in ("electricity", "reactive")
    )

    an_hour = 60 / minutes
    lowest, highest = BlockRate(an_hour, at(0)), BlockRate(2 * an_hour, at(minutes))
    assert power == Demand(window, highest, lowest)
    highest = BlockRate(4 * an_hour, at(minutes))
    assert reactive == Demand(window, highest, None)


@pytest.mark.parametrize("how", [None, "a view"])
def test_a_reading_that_is_no_number_is_a_missing_one(works_url: str, how: str | None) -> None:
    add_meter(works_url, A, 900)
    add(works_url, A, 15, 1, float("nan"), 3, float("inf"))
    if how is not None:
        unroll(works_url, how)

    found = asked(works_url, [A])

    highest, lowest = BlockRate(12.0, at(30)), BlockRate(4.0, at(0))
    assert found.together == Demand(DAY, highest, lowest)
    cut = DemandWindow(at(0), at(20), 1800, is_whole=False)
    assert asked(works_url, [A], cut).together.peak == BlockRate(2.0, at(0))
