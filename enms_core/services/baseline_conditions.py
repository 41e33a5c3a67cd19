"""What should be used at spoken conditions: "at five hundred units and twenty five degrees"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enms_core.analysis.prediction import DriversMissing, predict_at
from enms_core.analysis.training_hours import OPERATING_HOURS
from enms_core.domain.baseline import Baseline, Equation, Model, Term
from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.domain.catalogue import Catalogue, Driver
from enms_core.domain.seu import SeuOfSource
from enms_core.services.predictions import CONFIDENCE, cannot, predicted

HOURS_OF_DAY = 24.0
# Times the greatest value a model has seen: beyond that a value is none of this world.
BEYOND = 1e6


def predict_conditions(
    of: SeuOfSource,
    baseline: Baseline,
    conditions: Mapping[str, float],
    catalogue: Catalogue | None = None,
    hours_a_day: float | None = None,
) -> Prediction | CannotPredict:
    """The use of one running hour (day). catalogue: where it is given, a temperature tells the
    degree days that are made of it as well. hours_a_day: of running, for models of days; 24 where
    it is not told."""
    equation = baseline.model.equation
    hours = _hours_a_day(equation, conditions, hours_a_day)
    names = _names(of, equation, conditions, catalogue)
    told = {
        term.driver: _value(term, names[term.driver], conditions[names[term.driver]], hours)
        for term in equation.terms
        if term.driver in names
    }
    far = _far_beyond(baseline.model, told)
    if far:
        return cannot(of, baseline, far, "beyond")
    try:
        point = predict_at(baseline.model, told, CONFIDENCE)
    except DriversMissing as error:
        return cannot(of, baseline, error.drivers)
    means = {each.driver: each.mean for each in baseline.model.drivers}
    return replace(
        predicted(of, baseline, point),
        conditions={name: told.get(name, means.get(name, 0.0)) for name in equation.drivers},
        assumed=point.assumed,
        unused=tuple(name for name in conditions if name not in names.values()),
        hours_a_day=hours if _tells_degree_days(equation, told) else None,
    )


def has_degree_days(equation: Equation) -> bool:
    """Whether a model of days has degree days, which count for hours of running only."""
    return equation.grain == "day" and any(term.kind != "value" for term in equation.terms)


def _tells_degree_days(equation: Equation, told: Mapping[str, float]) -> bool:
    kinds = {term.driver: term.kind for term in equation.terms}
    return equation.grain == "day" and any(kinds[name] != "value" for name in told)


def _hours_a_day(equation: Equation, conditions: Mapping[str, float], usual: float | None) -> float:
    """The hours that degree days of a sample are of: as said, else as usual."""
    if equation.grain == "hour":
        return 1.0
    said = conditions.get(OPERATING_HOURS) if OPERATING_HOURS in equation.drivers else None
    hours = HOURS_OF_DAY if usual is None else usual
    return min(max(hours if said is None else said, 0.0), HOURS_OF_DAY)


def _far_beyond(model: Model, told: Mapping[str, float]) -> tuple[str, ...]:
    """Drivers that are told so far from all the model has seen that only a slip can be meant."""
    greatest = {
        each.driver: max(abs(each.minimum), abs(each.maximum)) or 1.0 for each in model.drivers
    }
    # Of models without statistics the range is not known: any value that people count in may be.
    return tuple(
        name for name, value in told.items() if abs(value) > BEYOND * greatest.get(name, BEYOND)
    )


def _names(
    of: SeuOfSource,
    equation: Equation,
    conditions: Mapping[str, float],
    catalogue: Catalogue | None,
) -> dict[str, str]:
    """The condition that tells each driver of the equation, of those that are told."""
    registered = () if catalogue is None else catalogue.drivers
    drivers = {each.name: each for each in registered if each.energy_source_id == of.source.id}
    said = {term.driver: _said_as(term, conditions, drivers) for term in equation.terms}
    return {driver: name for driver, name in said.items() if name is not None}


def _said_as(
    term: Term, conditions: Mapping[str, float], drivers: Mapping[str, Driver]
) -> str | None:
    """The condition that tells a term: its driver, or for degree days the temperature that they are
    made of."""
    if term.driver in conditions or term.kind == "value":
        return term.driver if term.driver in conditions else None
    own = drivers.get(term.driver)
    alike = (name for name in conditions if name in drivers and _is_alike(drivers[name], own))
    return next(alike, None)


def _is_alike(one: Driver, other: Driver | None) -> bool:
    """Whether two drivers are made of the same readings."""
    if other is None or one.place.column is None:
        return False
    return (one.place.table, one.place.column) == (other.place.table, other.place.column)


def _value(term: Term, name: str, said: float, hours: float) -> float:
    """A condition as the term takes it: degree days are said of a day and count for some hours."""
    if term.kind == "value":
        return said
    degrees = said
    if name != term.driver and term.base_temperature_degc is not None:
        beyond = term.base_temperature_degc - said
        degrees = max(0.0, beyond if term.kind == "heating" else -beyond)
    return degrees * hours / HOURS_OF_DAY
