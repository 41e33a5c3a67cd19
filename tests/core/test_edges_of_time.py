"""Periods that have not begun at a site, begin this moment, or are shorter than an interval."""

from __future__ import annotations

from datetime import datetime

import pytest

from enms_core.domain.answer import NotBegun
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.services.energy import answer_energy
from tests.core.answering import Works, works_on
from tests.core.conftest import execute
from tests.core.test_two_sites import TWO_SITES

MORNING = PeriodPhrase("daily", from_minute=6 * 60, to_minute=12 * 60, of=TODAY)
NOON = datetime.fromisoformat("2026-11-18T10:00+01:00")


@pytest.fixture
def works(empty_url: str) -> Works:
    execute(empty_url, TWO_SITES)
    return works_on(empty_url)


def test_a_morning_that_comes_later_at_a_site_lacks_no_readings(works: Works) -> None:
    """Four hours of 1 kWh in Berlin, where it is ten; three in the morning in Chicago."""
    told = works.ask(answer_energy, works.question(period=MORNING), NOON)

    assert told.data["quantity"] == 4.0
    assert told.data["coverage_percent"] == 100.0
    assert [each["machine"] for each in told.data["machines"]] == ["Lathe-1"]
    assert [issue.data() for issue in told.answer.issues] == [
        {"code": "period.not_begun", "sites": "Lake Works"}
    ]
    assert told.speech.endswith("That time has not begun yet at lake works.")


def test_at_midnight_today_has_just_begun(works: Works) -> None:
    midnight = datetime.fromisoformat("2026-11-18T00:00+01:00")

    told = works.ask(answer_energy, works.question("Lathe-1"), midnight)

    assert isinstance(told.answer, NotBegun)
    assert told.answer.is_just_begun
    assert told.speech.startswith("That time has only just begun")


def test_tomorrow_has_not_just_begun(works: Works) -> None:
    tomorrow = PeriodPhrase("unit", unit="day", offset=1)

    told = works.ask(answer_energy, works.question("Lathe-1", period=tomorrow), NOON)

    assert told.answer == NotBegun(question=told.answer.question)


def test_a_reading_of_an_hour_is_not_told_of_less(works: Works) -> None:
    """From 7:30 to 8:15: the reading of eight o'clock reaches to nine."""
    cut = PeriodPhrase("daily", from_minute=7 * 60 + 30, to_minute=8 * 60 + 15, of=TODAY)

    told = works.ask(answer_energy, works.question("Lathe-1", period=cut), NOON)

    assert told.answer.outcome == "no_data"
    assert told.speech == "The readings of electricity are too far apart for so short a time."


def test_a_meter_whose_end_was_not_noted_does_not_hide_that_half_is_missing(works: Works) -> None:
    """By the minute from 18 November on, and only read once an hour: 1 of 60 is there."""
    execute(
        works.url,
        "INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,"
        " unit, valid_from) SELECT '00000000-0000-0000-0000-0000000000a1', id, 60, 'interval',"
        " 'start', unit, '2026-11-18T00:00+01:00' FROM energy_sources WHERE name = 'electricity'",
    )
    replaced = works_on(works.url)

    told = replaced.ask(answer_energy, replaced.question("Lathe-1"), NOON)

    assert told.data["coverage_percent"] == pytest.approx(100 / 60)
    assert "readings.coverage_low" in [issue.code for issue in told.answer.issues]
