"""Every number about what machines draw, against SQL of our own, on the demo plant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import psycopg
import pytest

from enms_core.domain.answer import NotBegun, SourceNotUsed
from enms_core.domain.power import PowerAnswer, Rate, RateUnknown
from tests.conftest import PLANT_NOW
from tests.core.oracle.case import AIR, ALL, DEMO, GAS, HALL, POWER, STEAM, TODAY, UNITS, US
from tests.core.oracle.power import power
from tests.core.oracle.same import differences
from tests.core.power_cases import MOMENTS, OVER_TIME, PowerCase
from tests.core.power_truth import Last, last_readings
from tests.core.service_desk import Desk


@pytest.fixture(scope="module")
def desk(plant_url: str) -> Iterator[Desk]:
    made = Desk(plant_url)
    yield made
    made.close()


each_case = pytest.mark.parametrize("case", OVER_TIME, ids=str)


def assert_is_the_truth(
    desk: Desk, connection: psycopg.Connection, case: PowerCase, metric: str
) -> None:
    """Together and of each machine: the rate, its time, and how much of it was read."""
    sources = () if case.source == POWER else (case.source,)
    answer = desk.ask("power", *case.machines, metric=metric, period=case.period, sources=sources)
    assert isinstance(answer, PowerAnswer)
    assert differences(answer.data(), power(case.asked(metric), connection).data) == []


@each_case
def test_a_mean_is_what_was_used_over_the_hours_that_were_read(
    desk: Desk, plant_connection: psycopg.Connection, case: PowerCase
) -> None:
    assert_is_the_truth(desk, plant_connection, case, "average")


@each_case
def test_a_peak_is_the_highest_block_of_the_sum(
    desk: Desk, plant_connection: psycopg.Connection, case: PowerCase
) -> None:
    assert_is_the_truth(desk, plant_connection, case, "peak")


@each_case
def test_a_minimum_is_the_lowest_complete_block_of_the_sum(
    desk: Desk, plant_connection: psycopg.Connection, case: PowerCase
) -> None:
    assert_is_the_truth(desk, plant_connection, case, "minimum")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("machines", [("Compressor-1",), DEMO, ALL], ids=len)
def test_what_is_drawn_now_is_the_sum_of_the_current_readings(
    desk: Desk, plant_connection: psycopg.Connection, machines: tuple[str, ...], moment: str
) -> None:
    now = datetime.fromisoformat(moment)
    truths = last_readings(plant_connection, POWER, machines, now)

    answer = desk.ask("power", *machines, metric="latest", now=now)

    assert isinstance(answer, PowerAnswer)
    assert list(map(_seen, answer.machines)) == [
        (name, pytest.approx(truth.rate), truth.time, (now - truth.until).total_seconds())
        for name in machines
        if (truth := truths.get(name)) is not None
    ]
    current = {name for name, truth in truths.items() if _is_current(truth, now)}
    (rate,) = answer.rates
    assert rate.is_current == bool(current)
    assert rate.rate == pytest.approx(sum(truths[name].rate for name in current or truths))
    assert _left_out(answer) == {name for name in machines if name not in (current or truths)}


def _seen(rate: Rate) -> tuple[object, ...]:
    assert rate.machine is not None
    assert rate.time is not None
    # Python takes no time that a clock change repeats for equal to one in another zone.
    return rate.machine.name, rate.rate, rate.time.astimezone(timezone.utc), rate.age_seconds


def _is_current(truth: Last, now: datetime) -> bool:
    return now - truth.until <= timedelta(minutes=15)


def _left_out(answer: PowerAnswer) -> set[str]:
    """Names of machines that are said not to be in the sum."""
    return {
        machine.name
        for issue in answer.issues
        if issue.code == "power.left_out"
        for machine in issue.machines
    }


@pytest.mark.parametrize(("source", "machine"), [(GAS, "Boiler-1"), (STEAM, "Boiler-1"),
                                                 (AIR, "Compressor-1")])  # fmt: skip
def test_a_flow_is_told_when_it_is_named(
    desk: Desk, plant_connection: psycopg.Connection, source: str, machine: str
) -> None:
    truth = last_readings(plant_connection, source, [machine], PLANT_NOW)[machine]

    answer = desk.ask("power", machine, metric="latest", sources=(source,))

    assert answer.data()["rate"] == pytest.approx(truth.rate)
    assert (answer.data()["unit"], answer.data()["power_kw"]) == (f"{UNITS[source]}/h", None)


def test_gas_and_steam_are_not_in_what_a_boiler_draws(desk: Desk) -> None:
    for metric in ("latest", "average", "peak", "minimum"):
        sources = desk.ask("power", "Boiler-1", metric=metric).data()["sources"]
        assert isinstance(sources, list)
        assert [each["energy_source"] for each in sources] == [POWER]


@pytest.mark.parametrize("metric", ["peak", "minimum"])
@pytest.mark.parametrize("period", [None, "right now"])
def test_an_extreme_without_a_period_is_that_of_today(
    desk: Desk, plant_connection: psycopg.Connection, metric: str, period: str | None
) -> None:
    today = PowerCase(HALL, "today", TODAY).asked(metric)

    answer = desk.ask("power", *HALL, metric=metric, period=period)

    assert differences(answer.data(), power(today, plant_connection).data) == []


def test_an_average_without_a_period_is_that_of_today(
    desk: Desk, plant_connection: psycopg.Connection
) -> None:
    today = PowerCase(HALL, "today", TODAY).asked("average")

    answer = desk.ask("power", *HALL, metric="average")

    assert differences(answer.data(), power(today, plant_connection).data) == []
    assert "today" in desk.said(answer)


def test_the_latest_of_a_past_time_is_its_mean(desk: Desk) -> None:
    latest, mean = (
        desk.ask("power", "HVAC-Main", metric=metric, period="yesterday").data()
        for metric in ("latest", "average")
    )
    assert latest == mean


def test_the_time_of_a_common_peak_is_told_in_the_zone_of_the_machines(desk: Desk) -> None:
    peaks = [
        desk.ask("power", *machines, metric="peak", period="yesterday").data()["time"]
        for machines in (DEMO, US, ALL)
    ]
    assert [str(time)[-6:] for time in peaks] == ["+01:00", "-06:00", "+01:00"]


def test_the_hour_that_comes_twice_keeps_its_own_blocks(
    desk: Desk, plant_connection: psycopg.Connection
) -> None:
    """At twenty past two, before and after the clocks went back: another last reading each."""
    times = [
        desk.ask("power", "HVAC-Main", now=datetime.fromisoformat(moment)).data()["time"]
        for moment in MOMENTS[2:4]
    ]
    assert times == ["2026-10-25T02:15:00+02:00", "2026-10-25T02:15:00+01:00"]


def test_a_gap_is_told_with_a_peak(desk: Desk) -> None:
    answer = desk.ask("power", "Compressor-1", metric="peak", period="on the 21st of july 2026")
    assert [issue.code for issue in answer.issues] == ["readings.coverage_low"]
    assert "may be higher" in desk.said(answer)


def test_a_machine_without_current_readings_is_not_in_the_sum_and_is_named(desk: Desk) -> None:
    answer = desk.ask("power", now=datetime(2026, 9, 15, 12, 7, tzinfo=timezone.utc))
    assert "injection molding one" in desk.said(answer)


def test_an_old_reading_is_told_with_its_age(desk: Desk) -> None:
    now = datetime(2026, 9, 15, 12, 7, tzinfo=timezone.utc)
    answer = desk.ask("power", "Injection-Molding-1", now=now)

    assert answer.outcome == "answered"
    assert answer.data()["is_current"] is False
    assert answer.data()["age_seconds"] == 14 * 3600 + 7 * 60
    assert "fourteen hours ago" in desk.said(answer)
    assert "right now" not in desk.said(answer)


def test_what_has_no_meter_or_has_not_begun_has_no_power(desk: Desk) -> None:
    assert isinstance(desk.ask("power", "Conveyor-A", sources=(STEAM,)), SourceNotUsed)
    assert isinstance(desk.ask("power", "Conveyor-A", metric="peak", period="tomorrow"), NotBegun)


def test_less_than_a_block_has_no_peak(desk: Desk) -> None:
    answer = desk.ask("power", "HVAC-Main", metric="peak", period="in the last 10 minutes")

    assert isinstance(answer, RateUnknown)
    assert (answer.outcome, answer.interval_seconds) == ("no_data", 900)


def test_an_answer_rests_on_the_readings_of_its_period(
    desk: Desk, plant_connection: psycopg.Connection
) -> None:
    evidence = desk.ask("power", "Conveyor-A", metric="peak", period="last week").evidence()
    assert (evidence.readings, evidence.coverage_percent) == (7 * 96, 100.0)

    evidence = desk.ask("power", *DEMO).evidence()
    assert evidence.readings == len(DEMO)
    assert evidence.last == datetime(2026, 11, 18, 9, 6, tzinfo=timezone.utc)
