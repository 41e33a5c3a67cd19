"""When machines were offline, how much they ran and when they usually do, against other SQL."""

from __future__ import annotations

from datetime import datetime

import pytest

from enms_core.domain.period import PeriodPhrase
from enms_core.services.status_history import answer_status_history
from tests.conftest import PLANT_NOW
from tests.core.answering import Works, works_on
from tests.core.oracle.case import DEMO, OCTOBER
from tests.core.status_cases import (
    AMERICAN,
    CALENDAR,
    HOUR,
    MIDNIGHT,
    PHRASES,
    THE_DAY_BEFORE,
    alive,
    history,
)
from tests.core.status_truth import BY_MODE, HOURLY, OFFLINE, RUNNING, asked, in_windows, windows_of


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Works:
    return works_on(plant_url)


@pytest.mark.parametrize(
    ("machine", "when"),
    [
        (machine, when)
        for machine in ("Boiler-1", "Compressor-1", "HVAC-Main", AMERICAN)
        for when, (_berlin, chicago) in CALENDAR.items()
        if machine != AMERICAN or chicago
    ],
)
def test_uptime_and_time_offline_are_what_the_database_adds_up(
    plant: Works, machine: str, when: str
) -> None:
    windows = windows_of(CALENDAR[when][machine == AMERICAN])
    question = plant.question(machine, period=PHRASES[when], metric="offline")

    (told,) = plant.ask(answer_status_history, question).data["machines"]

    by_mode = {row[0]: row[1] for row in in_windows(plant.url, BY_MODE, machine, windows)}
    assert {m["mode"]: m["seconds"] for m in told["modes"]} == pytest.approx(by_mode)
    ((running, known),) = in_windows(plant.url, RUNNING, machine, windows)
    assert (told["running_seconds"], told["known_seconds"]) == (running, known)
    assert told["uptime_percent"] == pytest.approx(100 * running / known)
    offline = in_windows(plant.url, OFFLINE, machine, windows)
    found = [
        (datetime.fromisoformat(e["start"]), datetime.fromisoformat(e["end"]), e["seconds"])
        for e in told["offline_events"]
    ]
    assert found == offline
    assert told["offline_seconds"] == sum(row[2] for row in offline)
    assert told["unknown_seconds"] == 0.0


def test_several_machines_are_told_each_by_its_own_days(plant: Works) -> None:
    machines = ("Boiler-1", AMERICAN, "HVAC-EU-North")
    question = plant.question(*machines, period=THE_DAY_BEFORE, metric="uptime")

    told = plant.ask(answer_status_history, question)

    for each in told.data["machines"]:
        windows = windows_of(CALENDAR["yesterday"][each["machine"] == AMERICAN])
        ((running, _),) = in_windows(plant.url, RUNNING, each["machine"], windows)
        assert each["running_seconds"] == running
    assert told.speech.startswith("Running yesterday: ")
    assert told.answer.evidence().status_changes > 0


def test_a_history_that_begins_within_the_period_leaves_the_rest_unknown(
    workshop_url: str,
) -> None:
    """Known from 18:00 on: running for three hours, then off; six hours of twenty four."""
    workshop = history(workshop_url, (18, "running"), (21, "off"))
    question = workshop.question("Lathe-7", period=THE_DAY_BEFORE, metric="uptime")

    told = workshop.ask(answer_status_history, question)

    (of,) = told.data["machines"]
    assert (of["uptime_percent"], of["known_seconds"]) == (50.0, 6 * 3600.0)
    assert of["unknown_seconds"] == 18 * 3600.0
    assert told.speech == (
        "Lathe seven ran for fifty percent of the time yesterday, three hours in all."
        " The status of eighteen hours of that time is not known, so it is not counted."
    )


def test_a_period_before_the_history_has_no_status(workshop_url: str) -> None:
    workshop = history(workshop_url, (30, "running"))
    question = workshop.question("Lathe-7", period=THE_DAY_BEFORE)

    told = workshop.ask(answer_status_history, question)

    assert told.answer.outcome == "no_data"
    assert told.speech == "I have no status of lathe seven yesterday."


def test_times_offline_are_told_with_the_longest(workshop_url: str) -> None:
    workshop = history(
        workshop_url, (-5, "running"), (2, "fault"), (3, "running"), (8, "fault"),
        (9, "maintenance"), (12, "idle"), (13, "running"),
    )  # fmt: skip
    question = workshop.question("Lathe-7", period=THE_DAY_BEFORE)

    told = workshop.ask(answer_status_history, question)

    (of,) = told.data["machines"]
    assert [(e["mode"], e["seconds"]) for e in of["offline_events"]] == [
        ("fault", 3600.0),
        (None, 4 * 3600.0),
    ]
    assert told.speech == (
        "Lathe seven was offline two times yesterday, for five hours in all."
        " The longest time was four hours. It was out of order and in maintenance then, and that"
        " began yesterday at eight a m."
    )


def test_a_time_offline_from_before_until_now_is_told_as_such(workshop_url: str) -> None:
    alive(workshop_url)
    workshop = history(workshop_url, (-5, "off"))

    told = workshop.ask(answer_status_history, workshop.question("Lathe-7"))

    (of,) = told.data["machines"]
    assert of["offline_events"] == [
        {
            "start": "2026-11-18T00:00:00+01:00",
            "end": "2026-11-18T10:07:30+01:00",
            "mode": "off",
            "seconds": 10 * 3600 + 450.0,
        }
    ]
    assert told.speech == (
        "Lathe seven was offline once today, for ten point one hours."
        " It was switched off, already when that time began. It still is offline."
    )


def test_one_breakdown_over_the_same_hours_of_three_days_is_one(workshop_url: str) -> None:
    """Broken from Tuesday 10:00 to Thursday 11:00; asked for eight to noon: 2 + 4 + 3 hours."""
    workshop = history(workshop_url, (-24, "running"), (10, "fault"), (59, "running"))
    mornings = PeriodPhrase(
        "daily", from_minute=8 * 60, to_minute=12 * 60, of=PeriodPhrase("unit", unit="week")
    )
    question = workshop.question("Lathe-7", period=mornings)

    told = workshop.ask(answer_status_history, question, PLANT_NOW + 72 * HOUR)

    (of,) = told.data["machines"]
    assert [(e["start"], e["end"], e["seconds"]) for e in of["offline_events"]] == [
        ("2026-11-17T10:00:00+01:00", "2026-11-19T11:00:00+01:00", 9 * 3600.0)
    ]


def test_a_future_period_has_not_begun(plant: Works) -> None:
    question = plant.question("Boiler-1", period=PeriodPhrase("unit", unit="day", offset=1))

    told = plant.ask(answer_status_history, question)

    assert told.answer.outcome == "no_data"


@pytest.mark.parametrize("machine", [*DEMO])
def test_the_usual_week_is_what_each_hour_of_it_adds_up_to(plant: Works, machine: str) -> None:
    """October has a day of 25 hours."""
    question = plant.question(
        machine, period=PHRASES["October"], period_said=True, metric="pattern"
    )

    told = plant.ask(answer_status_history, question)

    ((start, stop),) = windows_of(OCTOBER)
    bound = {"machine": machine, "start": start, "stop": stop, "zone": "Europe/Berlin"}
    hourly = {int(row[0]): row[1] for row in asked(plant.url, HOURLY, **bound)}
    pattern = told.data["pattern"]
    assert pattern["hourly_shares"] == pytest.approx([hourly[hour] for hour in range(168)])
    usual = [
        (day * 24 + int(window["starts_at"][:2]) + hour) % 168
        for window in pattern["windows"]
        for day in window["weekdays"]
        for hour in range(window["hours"])
    ]
    assert sorted(usual) == [hour for hour in range(168) if hourly[hour] >= 0.5]


def test_the_usual_week_of_the_last_four_weeks_is_told_where_none_was_said(plant: Works) -> None:
    told = plant.ask(answer_status_history, plant.question("HVAC-EU-North", metric="pattern"))

    assert told.answer.period is not None
    assert told.answer.period.hours == 28 * 24 + 1  # the clocks went back
    assert told.speech.endswith("That is what the history shows over the last four weeks.")


def test_six_days_are_too_short_for_a_pattern(workshop_url: str) -> None:
    workshop = history(workshop_url, (-5 * 24, "running"), (0, "off"))
    question = workshop.question("Lathe-7", metric="pattern")

    told = workshop.ask(answer_status_history, question)

    assert told.data["pattern"] is None
    assert told.speech == (
        "The history of lathe seven is too short for a pattern. It takes at least seven whole days."
    )


def test_a_planted_schedule_is_said(workshop_url: str) -> None:
    """Monday to Friday from six to two in the afternoon, for four weeks up to now."""
    changes = [
        (day * 24 + hour, mode)
        for day in range(-36, 1)
        if (day + 1) % 7 < 5  # day 0 is a Tuesday
        for hour, mode in ((6, "running"), (14, "off"))
    ]
    workshop = history(workshop_url, *changes)

    told = workshop.ask(answer_status_history, workshop.question("Lathe-7", metric="pattern"))

    assert told.speech == (
        "Lathe seven usually runs on weekdays from six a m to two p m."
        " That is what the history shows over the last four weeks."
    )


def test_time_after_the_last_sign_of_life_is_not_known(workshop_url: str) -> None:
    """Running, and never heard of again after the midnight that ends 17 November."""
    workshop = history(workshop_url, (0, "running"))
    two_days = PeriodPhrase("past", unit="day", count=2)
    question = workshop.question("Lathe-7", period=two_days, metric="uptime")

    told = workshop.ask(answer_status_history, question, MIDNIGHT + 48 * HOUR)

    (of,) = told.data["machines"]
    assert (of["running_seconds"], of["known_seconds"]) == (24 * 3600.0, 24 * 3600.0)
    assert of["unknown_seconds"] == 24 * 3600.0
    assert "I last heard of lathe seven " in told.speech
    assert "twenty four hours of that time is not known" in told.speech


def test_nothing_is_known_of_a_period_after_the_last_sign_of_life(workshop_url: str) -> None:
    workshop = history(workshop_url, (0, "running"))
    later = PLANT_NOW + 400 * 24 * HOUR

    for metric in ("uptime", "offline"):
        question = workshop.question("Lathe-7", period=THE_DAY_BEFORE, metric=metric)
        assert workshop.ask(answer_status_history, question, later).answer.outcome == "no_data"
