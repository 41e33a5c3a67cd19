"""Models as other programs leave them in columns: which can be used, and as what."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.baseline import Equation, Term
from enms_core.domain.period import Period
from enms_core.storage.adopted_models import equation_of, grain_of, period_of

VIENNA = ZoneInfo("Europe/Vienna")
MADE, WARM = Term("made", 0.4), Term("warm", -2.0)


@pytest.mark.parametrize(
    ("coefficients", "names", "intercept", "found"),
    [
        ({"made": 0.4}, ["made"], 12.5, (12.5, MADE)),
        ({"warm": -2, "made": 0.4}, ["made", "warm"], 1, (1.0, MADE, WARM)),
        ({"made": 0.4, "warm": -2}, None, 1, (1.0, MADE, WARM)),
        ([0.4, -2], ["made", "warm"], 1, (1.0, MADE, WARM)),
        (0.4, ["made"], 1, (1.0, MADE)),
        ({"made": "0.4"}, ["made"], "12.5", (12.5, MADE)),
        ('{"made": 0.4}', '["made"]', None, (0.0, MADE)),
        ("[0.4, -2]", ["made", "warm"], None, (0.0, MADE, WARM)),
        ({"made": 0.4, "intercept": 3}, ["made"], None, (3.0, MADE)),
        ({"made": 0.4, "const": 3}, ["const", "made"], None, (3.0, MADE)),
        ({"made": 0.4, "Intercept": 3}, ["made"], 5, (5.0, MADE)),
        ({"made": 0.4, "warm": -2}, ["made"], 1, (1.0, MADE, WARM)),
        (
            {"heating_degree_days": 1.5},
            ["heating_degree_days"],
            1,
            (1.0, Term("heating_degree_days", 1.5, "heating", 18.0)),
        ),
    ],
)
def test_coefficients_of_any_form_are_an_equation(
    coefficients: object, names: object, intercept: object, found: tuple[float | Term, ...]
) -> None:
    constant, *terms = found

    assert equation_of(coefficients, names, intercept, "day") == Equation(
        "day",
        constant,  # type: ignore[arg-type]
        tuple(terms),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("coefficients", "names", "intercept"),
    [
        (None, None, None),
        ({}, [], 12.5),
        ({"intercept": 3}, ["intercept"], None),
        ([0.4, -2], ["made"], 1),
        ([0.4], None, 1),
        ([], [], 1),
        ({"made": 0.4}, ["made", "warm"], 1),
        ({"made": None}, ["made"], 1),
        ({"made": "NaN"}, ["made"], 1),
        ({"made": "inf"}, ["made"], 1),
        ({"made": True}, ["made"], 1),
        ({"made": {"value": 1}}, ["made"], 1),
        ({"made": [1]}, ["made"], 1),
        ({"made": "much"}, ["made"], 1),
        ({"made": 10**400}, ["made"], 1),
        ({"made": 0.4}, ["made"], "NaN"),
        ({"made": 0.4}, ["made"], "none"),
        ("no json", ["made"], 1),
        ([None], ["made"], 1),
        (0.4, [], 1),
        ([0.4, -2], ["made", None], 1),
    ],
)
def test_what_is_no_whole_equation_is_none(
    coefficients: object, names: object, intercept: object
) -> None:
    assert equation_of(coefficients, names, intercept, "hour") is None


def test_degree_days_that_a_column_tells_are_a_value_like_others() -> None:
    told = equation_of({"heating_degree_days": 1.5}, None, 1, "day", computed=())

    assert told == Equation("day", 1.0, (Term("heating_degree_days", 1.5),))


def year() -> Period:
    return Period(datetime(2025, 1, 1, tzinfo=VIENNA), datetime(2026, 1, 1, tzinfo=VIENNA))


@pytest.mark.parametrize(
    ("samples", "grain"),
    [(365, "day"), (300, "day"), ("365", "day"), (8760, "hour"), (1000, "hour"), (None, "hour")],
)
def test_the_grain_is_told_by_the_number_of_samples(samples: object, grain: str) -> None:
    assert grain_of(samples, year()) == grain
    assert grain_of(samples, None) == "hour"


def test_a_period_of_days_is_that_of_the_site_with_its_last_day() -> None:
    told = period_of(date(2025, 1, 1), date(2025, 12, 31), VIENNA, is_to_last_day=True)

    assert told == year()


def test_a_period_without_a_zone_is_in_that_of_the_site() -> None:
    told = period_of(datetime(2025, 1, 1), datetime(2026, 1, 1), VIENNA, is_to_last_day=True)

    assert told is not None
    assert told.start == datetime(2024, 12, 31, 23, tzinfo=timezone.utc)
    assert told.end - told.start == timedelta(days=365)


@pytest.mark.parametrize(
    ("start", "end"),
    [(None, None), (date(2025, 1, 1), None), (date(2025, 2, 1), date(2025, 1, 1)), ("2025", 2026)],
)
def test_a_period_that_is_none_is_not_told(start: object, end: object) -> None:
    assert period_of(start, end, VIENNA, is_to_last_day=True) is None
