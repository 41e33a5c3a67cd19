"""Comparisons of one machine over two days of numbers that are known by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import TODAY
from enms_core.services.comparison import answer_comparison
from tests.core.answering import Told, works_on
from tests.core.conftest import execute
from tests.core.measure_truth import UNKNOWN_GAS
from tests.core.service_desk import phrase

# The day before the workshop's known day: 24 hours of some kWh.
DAY_BEFORE = """
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT machine_id, time - interval '1 day', {kwh} FROM energy_readings;
"""


def compared(url: str) -> Told:
    """The workshop's known day against the one before."""
    works = works_on(url)
    before = phrase("on the 16th of November 2026")
    question = works.question("Lathe-7", period=YESTERDAY, compared_to=before)
    return works.ask(answer_comparison, question)


def test_energy_that_cannot_be_added_is_compared_source_by_source(workshop_url: str) -> None:
    execute(workshop_url, UNKNOWN_GAS)
    execute(workshop_url, DAY_BEFORE.format(kwh=2.0))

    told = compared(workshop_url)

    differences = {each["energy_source"]: each["difference"] for each in told.data["differences"]}
    assert differences == {"electricity": pytest.approx(12.0)} | {"natural_gas": None}
    assert "thirty six cubic meters of natural gas" in told.speech
    assert "each energy source is told by itself" in told.speech


def test_nothing_is_a_percentage_of_nothing(workshop_url: str) -> None:
    execute(workshop_url, DAY_BEFORE.format(kwh=0.0))

    told = compared(workshop_url)

    assert told.data["difference"] == pytest.approx(60.0)
    assert told.data["difference_percent"] is None
    assert "percent" not in told.speech


def test_nearly_the_same_is_said_to_be_the_same(workshop_url: str) -> None:
    execute(workshop_url, DAY_BEFORE.format(kwh=2.49))

    told = compared(workshop_url)

    assert told.data["difference_percent"] == pytest.approx(100 * 0.01 / 2.49)
    assert "about the same" in told.speech


def test_the_interval_that_is_open_now_counts_on_neither_side(workshop_url: str) -> None:
    """Equal hours: at ten to two yesterday's second hour is there, and today's is not yet."""
    execute(workshop_url, DAY_BEFORE.format(kwh=2.5))
    works = works_on(workshop_url)
    now = datetime.fromisoformat("2026-11-17T01:50+01:00")
    execute(workshop_url, "DELETE FROM energy_readings WHERE time >= '2026-11-17T01:00+01:00'")
    question = works.question("Lathe-7", period=TODAY, compared_to=YESTERDAY)

    told = works.ask(answer_comparison, question, now)

    assert [item["value"] for item in told.data["items"]] == [pytest.approx(2.5)] * 2
    assert "about the same" in told.speech
    assert "up to the same time" in told.speech


def test_part_of_a_day_is_not_held_against_a_week(workshop_url: str) -> None:
    execute(workshop_url, DAY_BEFORE.format(kwh=2.5))
    works = works_on(workshop_url)
    now = datetime.fromisoformat("2026-11-17T10:07+01:00")
    before = phrase("on the 16th of November 2026")
    question = works.question("Lathe-7", period=TODAY, compared_to=before)
    whole = works.ask(answer_comparison, question, now)
    weekly = works.question("Lathe-7", period=phrase("this week"), compared_to=TODAY)

    told = works.ask(answer_comparison, weekly, now)

    assert (whole.data["is_same_hours"], whole.data["is_so_far"]) == (True, False)
    assert (told.data["is_same_hours"], told.data["is_so_far"]) == (False, True)
    assert (told.data["difference"], told.data["is_per_day"]) == (None, False)
    assert "a day" not in told.speech
    assert "so far" in told.speech


def test_a_difference_no_larger_than_what_is_missing_is_no_difference(workshop_url: str) -> None:
    """Two equal days, and of one a twelfth of the readings is lost."""
    execute(workshop_url, DAY_BEFORE.format(kwh=2.5))
    lost = "('2026-11-16T03:00+01:00', '2026-11-16T15:00+01:00')"
    execute(workshop_url, f"DELETE FROM energy_readings WHERE time IN {lost}")

    told = compared(workshop_url)

    assert [item["is_incomplete"] for item in told.data["items"]] == [False, True]
    assert " percent " not in told.speech
    assert "so I give no percentage" in told.speech
