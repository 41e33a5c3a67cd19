"""Whether a model may be relied on (ISO 50001 practice, DOE Superior Energy Performance M&V).

A valid model passes every rule; warnings are told beside the verdict and decide nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from enms_core.analysis.hourly_table import DriverSpec
from enms_core.analysis.training_hours import ENOUGH
from enms_core.domain.baseline import (
    DriverStatistics,
    Model,
    ModelWarning,
    RuleBroken,
    Term,
    Verdict,
)

F_TEST_P = 0.10
EVERY_DRIVER_P = 0.20
ONE_DRIVER_P = 0.10
LEAST_R2 = 0.5
STANDARD_DEVIATIONS = 3.0
# A driver that the others tell this well has no coefficient of its own.
COLLINEAR_VIF = 10.0
# So many standard errors below zero an intercept is negative for sure (one-sided p of 0.10).
SURELY_NEGATIVE = 1.2816


def judge(
    model: Model,
    specs: Mapping[str, DriverSpec],
    reporting_means: Mapping[str, float] | None = None,
    enough: int | None = None,
    at_edge: Collection[str] = (),
) -> Verdict:
    """The verdict on a model with statistics. reporting_means: of drivers over the period that is
    reported on, where there is one. enough: samples from which on they are not few. at_edge:
    drivers whose fitted base temperature lies at the edge of the temperatures that were seen."""
    if model.statistics is None:
        raise ValueError("a model without statistics cannot be judged")
    broken = (*_of_the_model(model), *_of_drivers(model), *_of_ranges(model, reporting_means or {}))
    return Verdict(broken, tuple(_warnings(model, specs, enough, at_edge)))


def _of_the_model(model: Model) -> Iterator[RuleBroken]:
    """Comparisons are the other way round so that a NaN breaks the rule."""
    statistics = model.statistics
    assert statistics is not None
    if not statistics.f_p_value < F_TEST_P:
        yield RuleBroken("f_test", statistics.f_p_value, F_TEST_P)
    if not statistics.r2 >= LEAST_R2:
        yield RuleBroken("r2", statistics.r2, LEAST_R2)


def _of_drivers(model: Model) -> Iterator[RuleBroken]:
    for each in model.drivers:
        if not each.p_value < EVERY_DRIVER_P:
            yield RuleBroken("driver_p_value", each.p_value, EVERY_DRIVER_P, each.driver)
    surest = min(model.drivers, key=lambda each: each.p_value, default=None)
    if surest is None or not surest.p_value < ONE_DRIVER_P:
        value, driver = (None, None) if surest is None else (surest.p_value, surest.driver)
        yield RuleBroken("one_driver_p_value", value, ONE_DRIVER_P, driver)


def _of_ranges(model: Model, reporting_means: Mapping[str, float]) -> Iterator[RuleBroken]:
    for each in model.drivers:
        for mean in (each.mean, reporting_means.get(each.driver, each.mean)):
            bound = _bound_passed(each, mean)
            if bound is not None:
                yield RuleBroken("driver_range", mean, bound, each.driver)


def _bound_passed(driver: DriverStatistics, mean: float) -> float | None:
    """The end of what a mean may be, if it lies beyond it."""
    reach = STANDARD_DEVIATIONS * driver.standard_deviation
    low = min(driver.minimum, driver.mean - reach)
    high = max(driver.maximum, driver.mean + reach)
    if mean < low:
        return low
    return high if mean > high else None


def _warnings(
    model: Model, specs: Mapping[str, DriverSpec], enough: int | None, at_edge: Collection[str]
) -> Iterator[ModelWarning]:
    equation = model.equation
    for term in equation.terms:
        if term.coefficient < 0.0 and not _may_be_negative(term, specs):
            yield ModelWarning("negative_coefficient", term.driver, term.coefficient)
        if term.driver in at_edge:
            yield ModelWarning("base_at_edge", term.driver, term.base_temperature_degc)
    if _is_surely_negative(model):
        yield ModelWarning("negative_intercept", value=equation.intercept)
    if not any(driver in specs and specs[driver].is_production for driver in equation.drivers):
        yield ModelWarning("no_production_driver")
    for each in model.drivers:
        if each.vif is not None and not each.vif <= COLLINEAR_VIF:
            yield ModelWarning("collinear", each.driver, each.vif)
    samples = model.statistics.samples if model.statistics else 0
    if samples < (ENOUGH[equation.grain] if enough is None else enough):
        yield ModelWarning("few_samples", value=samples)


def _may_be_negative(term: Term, specs: Mapping[str, DriverSpec]) -> bool:
    """More heating or cooling never uses less; a temperature or a pressure may."""
    spec = specs.get(term.driver)
    return term.kind == "value" and (spec is None or spec.is_condition)


def _is_surely_negative(model: Model) -> bool:
    if not model.parameter_covariance:
        return model.equation.intercept < 0.0
    error = float(model.parameter_covariance[0][0]) ** 0.5
    return bool(model.equation.intercept < -SURELY_NEGATIVE * error)
