"""Averages over time, by numbers worked out by hand."""

from __future__ import annotations

import doctest
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis import average
from enms_core.analysis.average import (
    average_per_day,
    purchased_average,
    source_average,
    step_of_average,
)
from enms_core.domain.period import Period
from enms_core.domain.question import Step
from enms_core.domain.use import SourceUse
from tests.unit.catalogues import demo_catalogue

CATALOGUE = demo_catalogue()
BERLIN = ZoneInfo("Europe/Berlin")
DAY_S = 86_400.0


def use(
    quantity: float,
    days: float,
    covered_days: float | None = None,
    source: str = "electricity",
    has_meter: bool = True,
) -> tuple[SourceUse, float]:
    """A use over days of 24 hours, and their number."""
    carrier = CATALOGUE.source(source)
    covered_s = (days if covered_days is None else covered_days) * DAY_S
    return SourceUse(
        source=carrier,
        quantity=quantity,
        energy_kwh=None if carrier.kwh_per_unit is None else quantity * carrier.kwh_per_unit,
        readings=96,
        covered_seconds=covered_s,
        expected_seconds=days * DAY_S if has_meter else None,
        first=None,
        last=None,
        asked_seconds=days * DAY_S,
        read_seconds=covered_s if has_meter else None,
    ), days


def test_a_constant_use_is_its_own_average() -> None:
    found = source_average([use(24.0 * 7, 7)])
    assert (found.per_day, found.per_hour) == (24.0, 1.0)


def test_time_without_readings_does_not_count_as_zero() -> None:
    """240 kilowatt hours in eight of ten days are thirty a day."""
    found = source_average([use(240.0, 10, covered_days=8)])
    assert (found.per_day, found.per_hour) == (30.0, 1.25)


def test_the_average_of_machines_is_the_average_of_their_sum() -> None:
    found = source_average([use(70.0, 7), use(700.0, 7)])
    assert (found.per_day, found.per_hour) == (110.0, pytest.approx(110.0 / 24))


def test_a_machine_that_began_later_is_averaged_over_its_own_time() -> None:
    """Ten a day all week, and twenty a day on the last two days: thirty a day together."""
    found = source_average([use(70.0, 7), use(40.0, 7, covered_days=2)])
    assert found.per_day == pytest.approx(30.0)


def test_a_machine_without_readings_is_left_out() -> None:
    silent = SourceUse(CATALOGUE.source("electricity"), 0.0, None, 0, 0.0, DAY_S, None, None)
    found = source_average([use(70.0, 7), (silent, 7.0)])
    assert found.per_day == 10.0


def test_without_any_reading_there_is_no_average() -> None:
    silent = SourceUse(CATALOGUE.source("electricity"), 0.0, None, 0, 0.0, DAY_S, None, None)
    found = source_average([(silent, 7.0)])
    assert (found.per_day, found.per_hour) == (None, None)


def test_without_a_registered_meter_all_of_the_time_is_taken_as_measured() -> None:
    found = source_average([use(48.0, 2, covered_days=0, has_meter=False)])
    assert (found.per_day, found.per_hour) == (24.0, 1.0)


def test_a_day_of_25_hours_is_one_day() -> None:
    assert average_per_day(250.0, 1.0, covered_share=1.0) == 250.0


def test_less_than_a_day_is_not_stretched_to_one() -> None:
    assert average_per_day(100.0, 0.4, covered_share=1.0) is None


def test_purchased_sources_are_averaged_together_in_kilowatt_hours() -> None:
    gas = CATALOGUE.source("natural_gas").kwh_per_unit
    assert gas is not None
    found = purchased_average([use(70.0, 7), use(7.0, 7, source="natural_gas")])
    assert (found.source, found.unit) == (None, "kWh")
    assert found.per_day == pytest.approx(10.0 + gas)


def test_together_is_unknown_where_a_source_cannot_be_converted() -> None:
    assert purchased_average([use(70.0, 7), use(7.0, 7, source="compressed_air")]).per_day is None


@pytest.mark.parametrize(
    ("start", "end", "days", "asked", "step"),
    [
        ("2026-11-09", "2026-11-16", 7.0, None, "day"),
        ("2026-11-16", "2026-11-18T10:00", 2.4, None, "day"),
        ("2026-11-17", "2026-11-18", 1.0, None, "hour"),
        ("2026-10-25", "2026-10-26", 1.0, None, "hour"),
        # A night touches two days and is none.
        ("2026-11-16T22:00", "2026-11-17T06:00", 1 / 3, None, "hour"),
        ("2026-11-17", "2026-11-18", 1.0, "day", "day"),
        ("2026-11-09", "2026-11-16", 7.0, "hour", "hour"),
        ("2026-11-18", "2026-11-18T10:00", 10 / 24, "day", "hour"),
    ],
)
def test_days_are_told_of_more_than_a_day(
    start: str, end: str, days: float, asked: Step | None, step: Step
) -> None:
    moments = (datetime.fromisoformat(each).replace(tzinfo=BERLIN) for each in (start, end))
    assert step_of_average(asked, Period(*moments), days) == step


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(average).failed == 0
