"""What is said of a day, put into models of hours and of days of running."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from enms_core.domain.baseline import Baseline, Equation, Grain, Model, Term
from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.domain.catalogue import Driver, DriverPlace
from enms_core.domain.errors import StorageUnavailable
from enms_core.services.baseline_conditions import predict_conditions
from enms_core.services.baseline_predict import predict_said
from enms_core.settings import Settings
from enms_core.storage.store import Store
from tests.unit.answers.common import CATALOGUE
from tests.unit.trained_models import BOILER, TEMPERATURE, baseline, driver_statistics

DEGREES = "heating_degree_days"
WORKED = "operating_hours"
HEATED = Term(DEGREES, 24.0, "heating", 15.0)


WEATHER = DriverPlace("site_weather", TEMPERATURE, owner="factory_id")
KNOWN = replace(
    CATALOGUE,
    drivers=(
        Driver(BOILER.source.id, DEGREES, "CUSTOM", WEATHER),
        Driver(BOILER.source.id, TEMPERATURE, "AVG", WEATHER),
    ),
)


def stored(grain: Grain, *terms: Term) -> Baseline:
    return baseline(made=Model(Equation(grain, 10.0, terms)), of=BOILER)


def told(known: Baseline, said: dict[str, float], hours: float | None = None) -> Prediction:
    found = predict_conditions(BOILER, known, said, KNOWN, hours)
    assert isinstance(found, Prediction)
    return found


def test_degree_days_that_are_said_are_a_days_also_for_a_model_of_hours() -> None:
    """10 K day in 24 hours; 5 degrees are as many below 15."""
    known = stored("hour", HEATED)

    said = told(known, {DEGREES: 10.0})

    assert said.expected == pytest.approx(10 + 24 * 10 / 24)
    assert said.expected == told(known, {TEMPERATURE: 5.0}).expected
    assert said.hours_a_day is None


@pytest.mark.parametrize("said", [{DEGREES: 10.0}, {TEMPERATURE: 5.0}])
def test_a_model_of_days_has_the_degree_days_of_its_hours_of_running(
    said: dict[str, float],
) -> None:
    """16 of 24 hours."""
    found = told(stored("day", HEATED), said, 16.0)

    assert found.expected == pytest.approx(10 + 24 * 10 * 16 / 24)
    assert found.hours_a_day == 16.0


def test_hours_of_running_that_are_said_go_before_the_usual_ones() -> None:
    found = told(stored("day", HEATED, Term(WORKED, 2.0)), {DEGREES: 10.0, WORKED: 6.0}, 16.0)

    assert found.expected == pytest.approx(10 + 24 * 10 * 6 / 24 + 2 * 6)
    assert found.hours_a_day == 6.0


def test_hours_that_were_stored_with_the_model_ask_no_database() -> None:
    """16 of 24 hours; a store that is not connected answers nothing."""
    known = stored("day", HEATED)
    known = replace(known, model=replace(known.model, hours_a_day=16.0))

    found = asyncio.run(predict_said(BOILER, known, {DEGREES: 10.0}, Store(Settings()), KNOWN))

    assert isinstance(found, Prediction)
    assert found.expected == pytest.approx(10 + 24 * 10 * 16 / 24)
    with pytest.raises(StorageUnavailable):
        asyncio.run(
            predict_said(BOILER, stored("day", HEATED), {DEGREES: 1.0}, Store(Settings()), KNOWN)
        )


def ranged() -> Baseline:
    known = stored("hour", Term("steam_kg", 0.5))
    return replace(
        known, model=replace(known.model, drivers=(driver_statistics("steam_kg", 0.0, 400.0),))
    )


@pytest.mark.parametrize("value", [1e308, -1e308, 4.01e8])
def test_values_a_million_times_beyond_are_refused(value: float) -> None:
    found = predict_conditions(BOILER, ranged(), {"steam_kg": value})

    assert isinstance(found, CannotPredict)
    assert (found.reason, found.drivers) == ("beyond", ("steam_kg",))


def test_values_less_far_are_answered_as_outside() -> None:
    assert told(ranged(), {"steam_kg": 3.99e8}).extent == "outside"


def test_a_model_that_knows_no_range_refuses_what_nobody_counts_in() -> None:
    found = predict_conditions(BOILER, stored("hour", Term("steam_kg", 0.5)), {"steam_kg": 1e300})

    assert isinstance(found, CannotPredict)
    assert found.reason == "beyond"
