"""What is told of meters of every kind, by numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from enms_core.domain.answer import NoReadings
from enms_core.domain.power import RateUnknown
from tests.core.conftest import execute
from tests.core.power_truth import issues_of, told
from tests.core.service_desk import MakeDesk, opened_desks
from tests.core.works import MACHINES, A, B, add, add_meter, at

MINUTE_S, QUARTER_S, HOUR_S = 60, 900, 3600
GAS_READING = """
INSERT INTO natural_gas_readings (machine_id, time, consumption_m3) VALUES (%s, %s, %s)
"""


@pytest.fixture
def works_url(empty_url: str) -> str:
    execute(empty_url, MACHINES)
    return empty_url


@pytest.fixture
def desk(works_url: str) -> Iterator[MakeDesk]:
    """Opens a desk once the database is as the test wants it."""
    with opened_desks(works_url) as make:
        yield make


@pytest.mark.parametrize(("interval_s", "step"), [(MINUTE_S, 1), (QUARTER_S, 15), (HOUR_S, 60)])
def test_a_reading_is_of_now_until_a_quarter_hour_after_its_interval(
    works_url: str, desk: MakeDesk, interval_s: int, step: int
) -> None:
    """Two readings of 6 kW; the second ends after two steps."""
    add_meter(works_url, A, interval_s)
    add(works_url, A, step, *[6.0 * interval_s / HOUR_S] * 2)
    asked = desk()

    for minute, is_current in ((2 * step, True), (2 * step + 15, True), (2 * step + 16, False)):
        data = asked.ask("power", "Lathe-1", now=at(minute)).data()
        assert data["rate"] == pytest.approx(6.0)
        assert data["age_seconds"] == 60.0 * (minute - 2 * step)
        assert (data["is_current"], data["interval_seconds"]) == (is_current, interval_s)


def test_meters_of_a_minute_and_of_an_hour_are_summed(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, MINUTE_S)
    add(works_url, A, 1, *[0.1] * 70)
    add_meter(works_url, B, HOUR_S)
    add(works_url, B, 60, 30.0)

    answer = told(desk().ask("power", "Lathe-1", "Lathe-2", now=at(70)))

    assert answer.data()["rate"] == pytest.approx(36.0)
    assert (answer.data()["interval_seconds"], issues_of(answer)) == (HOUR_S, [])


def test_a_machine_that_fell_silent_is_left_out_and_named(works_url: str, desk: MakeDesk) -> None:
    for machine, count in ((A, 8), (B, 2)):
        add_meter(works_url, machine, QUARTER_S)
        add(works_url, machine, 15, *[2.5] * count)
    asked = desk()

    answer = told(asked.ask("power", "Lathe-1", "Lathe-2", now=at(121)))

    assert answer.data()["rate"] == pytest.approx(10.0)
    assert [each.is_current for each in answer.machines] == [True, False]
    assert issues_of(answer) == [
        {"code": "power.left_out", "energy_source": "electricity", "machines": "Lathe-2"}
    ]
    assert answer.basis.readings == 1


def test_machines_that_all_fell_silent_together_are_summed_as_of_then(
    works_url: str, desk: MakeDesk
) -> None:
    for machine in (A, B):
        add_meter(works_url, machine, QUARTER_S)
        add(works_url, machine, 15, 1.0, 2.0)
    asked = desk()

    answer = told(asked.ask("power", "Lathe-1", "Lathe-2", now=at(150)))

    assert answer.data()["rate"] == pytest.approx(16.0)
    assert (answer.data()["is_current"], answer.data()["age_seconds"]) == (False, 7200.0)
    assert asked.said(answer) == (
        "The last reading of lathe one and lathe two was sixteen kilowatts of electricity,"
        " two hours ago."
    )


def test_a_machine_without_a_meter_is_named(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, QUARTER_S)
    add(works_url, A, 15, 1.0)

    answer = told(desk().ask("power", "Lathe-1", "Lathe-3", now=at(16)))

    assert issues_of(answer) == [{"code": "machines.not_metered", "machines": "Lathe-3"}]


def test_a_meter_without_readings_is_told_as_such(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, QUARTER_S)
    asked = desk()

    answer = asked.ask("power", "Lathe-1", now=at(16))

    assert isinstance(answer, NoReadings)
    assert asked.said(answer) == "There are no readings of lathe one right now."


def test_an_hourly_meter_has_an_hourly_peak_and_says_so(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, HOUR_S)
    add(works_url, A, 60, 30.0, 40.0, 20.0)
    asked = desk()

    answer = asked.ask("power", "Lathe-1", metric="peak", period="today", now=at(180))

    assert answer.data()["rate"] == pytest.approx(40.0)
    assert (answer.data()["time"], answer.data()["interval_seconds"]) == (
        "2026-11-17T02:00:00+01:00",
        HOUR_S,
    )
    assert asked.said(answer) == (
        "Lathe one peaked at forty kilowatts of electricity today, at two a m."
        " The meters tell it as means over one hour."
        " Readings for one hour are missing, so the true figure may be higher."
    )


def test_a_peak_of_an_hourly_meter_needs_a_whole_hour(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, HOUR_S)
    add(works_url, A, 60, 30.0, 40.0)

    asked = desk()
    answer = asked.ask("power", "Lathe-1", metric="peak", period="in the last hour", now=at(90))

    assert answer.outcome == "no_data"
    assert [issue.code for issue in answer.issues] == ["readings.longer_than_period"]
    assert not any(isinstance(value, float) for value in answer.data().values())
    assert "too far apart" in asked.said(answer)


def test_without_a_complete_block_there_is_no_minimum(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, MINUTE_S)
    add(works_url, A, 1, *[0.1] * 10)
    asked = desk()

    minimum = asked.ask("power", "Lathe-1", metric="minimum", period="today", now=at(30))
    peak = asked.ask("power", "Lathe-1", metric="peak", period="today", now=at(30))

    assert isinstance(minimum, RateUnknown)
    assert peak.data()["rate"] == pytest.approx(4.0)


def test_a_silent_machine_does_not_hide_the_minimum_of_the_others(
    works_url: str, desk: MakeDesk
) -> None:
    for machine in (A, B):
        add_meter(works_url, machine, QUARTER_S)
    add(works_url, A, 15, 2.0, 1.0, 3.0)

    answer = told(
        desk().ask("power", "Lathe-1", "Lathe-2", metric="minimum", period="today", now=at(45))
    )

    assert answer.data()["rate"] == pytest.approx(4.0)
    assert {"code": "readings.machine_missing", "machines": "Lathe-2"} in issues_of(answer)


def test_each_machine_has_its_own_extreme_beside_the_common_one(
    works_url: str, desk: MakeDesk
) -> None:
    """A has 1 and 5 kWh, B 6 and 1: A peaks with 20 kW, B with 24, both with 28."""
    for machine, energies_kwh in ((A, (1, 5)), (B, (6, 1))):
        add_meter(works_url, machine, QUARTER_S)
        add(works_url, machine, 15, *energies_kwh)

    answer = told(
        desk().ask("power", "Lathe-1", "Lathe-2", metric="peak", period="today", now=at(30))
    )

    assert answer.data()["rate"] == pytest.approx(28.0)
    assert [each.rate for each in answer.machines] == [pytest.approx(20.0), pytest.approx(24.0)]


def test_a_machine_that_burns_gas_only_is_told_by_its_flow(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, QUARTER_S, "natural_gas")
    execute(works_url, GAS_READING, A, at(0), 3.0)
    asked = desk()

    answer = asked.ask("power", "Lathe-1", now=at(20))

    assert (answer.data()["rate"], answer.data()["unit"]) == (pytest.approx(12.0), "m³/h")
    assert asked.said(answer) == (
        "Lathe one is drawing twelve cubic meters an hour of natural gas right now."
    )


def test_beside_a_machine_that_burns_gas_only_all_gas_is_told(
    works_url: str, desk: MakeDesk
) -> None:
    """A sum of gas that leaves out the gas of one of the machines would be a wrong one."""
    for machine in (A, B):
        add_meter(works_url, machine, QUARTER_S, "natural_gas")
        execute(works_url, GAS_READING, machine, at(0), 3.0)
    add_meter(works_url, B, QUARTER_S)
    add(works_url, B, 15, 2.0)

    answer = told(desk().ask("power", "Lathe-1", "Lathe-2", now=at(20)))

    assert {each.source.name: each.rate for each in answer.rates} == {
        "electricity": pytest.approx(8.0),
        "natural_gas": pytest.approx(24.0),
    }


IN_MEGAWATT_HOURS = """
ALTER TABLE energy_readings ADD energy double precision;
UPDATE energy_readings SET energy = energy_kwh;
UPDATE energy_sources SET unit = 'MWh', consumption_column = 'energy', rate_column = NULL
WHERE name = 'electricity'
"""


def test_a_source_in_megawatt_hours_has_a_power_in_megawatts(
    works_url: str, desk: MakeDesk
) -> None:
    add_meter(works_url, A, QUARTER_S)
    add(works_url, A, 15, 0.5)
    execute(works_url, IN_MEGAWATT_HOURS)
    asked = desk()

    answer = asked.ask("power", "Lathe-1", now=at(20))

    assert answer.data()["unit"] == "MW"
    assert (answer.data()["rate"], answer.data()["power_kw"]) == (2.0, 2000.0)
    assert "two megawatts" in asked.said(answer)


def test_readings_from_now_on_do_not_exist(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, QUARTER_S)
    add(works_url, A, 15, 1.0, 2.0, 9.0)
    asked = desk()
    now = datetime(2026, 11, 17, 0, 30, tzinfo=timezone.utc)

    assert asked.ask("power", "Lathe-1", now=now).data()["rate"] == pytest.approx(8.0)
    for metric, kw in (("peak", 8.0), ("average", 6.0)):
        found = asked.ask("power", "Lathe-1", metric=metric, period="today", now=now)
        assert found.data()["rate"] == pytest.approx(kw)
