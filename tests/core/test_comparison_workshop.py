"""Comparisons of one machine over two days of numbers that are known by hand."""

from __future__ import annotations

import pytest

from enms_core.domain.intents import YESTERDAY
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
