"""Each rule is broken by a model that keeps all the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enms_core.analysis.hourly_table import DriverSpec
from enms_core.analysis.model_validity import judge
from enms_core.domain.baseline import (
    DriverStatistics,
    Equation,
    Model,
    ModelStatistics,
    ModelWarning,
    RuleBroken,
    Term,
)
from tests.unit.baselines.made_tables import HEATING, PRODUCTION, TEMPERATURE

SPECS = {"units": PRODUCTION, "outdoor": TEMPERATURE, "heating": HEATING}


def driver(name: str, **changes: Any) -> DriverStatistics:
    known: dict[str, Any] = {
        "standard_error": 0.01,
        "t_value": 50.0,
        "p_value": 0.001,
        "t_value_ols": 60.0,
        "p_value_ols": 0.0001,
        "vif": 1.1,
        "mean": 100.0,
        "standard_deviation": 20.0,
        "minimum": 70.0,
        "maximum": 130.0,
    }
    return DriverStatistics(name, **{**known, **changes})


GOOD = Model(
    equation=Equation("hour", 9.0, (Term("units", 0.5), Term("outdoor", 0.3))),
    statistics=ModelStatistics(
        samples=5000,
        parameters=3,
        r2=0.9,
        adjusted_r2=0.9,
        rmse=2.0,
        mae=1.5,
        cvrmse_percent=4.0,
        f_value=500.0,
        f_p_value=1e-9,
        durbin_watson=1.2,
        rho=0.4,
        effective_samples=2140.0,
        condition_number=1.5,
        bic=20_000.0,
    ),
    drivers=(driver("units"), driver("outdoor")),
    parameter_covariance=((1.0, 0.0, 0.0), (0.0, 1e-4, 0.0), (0.0, 0.0, 1e-4)),
)


def with_statistics(**changes: Any) -> Model:
    assert GOOD.statistics is not None
    return replace(GOOD, statistics=replace(GOOD.statistics, **changes))


def with_drivers(*drivers: DriverStatistics) -> Model:
    return replace(GOOD, drivers=drivers)


def with_terms(*terms: Term, intercept: float = 9.0) -> Model:
    return replace(GOOD, equation=Equation("hour", intercept, terms))


def test_a_good_model_is_valid_without_a_word() -> None:
    verdict = judge(GOOD, SPECS)

    assert verdict.is_valid
    assert verdict.warnings == ()


def test_a_model_that_may_be_chance_is_not_valid() -> None:
    assert judge(with_statistics(f_p_value=0.10), SPECS).broken == (
        RuleBroken("f_test", 0.10, 0.10),
    )
    assert judge(with_statistics(f_p_value=0.0999), SPECS).is_valid


def test_a_model_that_explains_less_than_half_is_not_valid() -> None:
    assert judge(with_statistics(r2=0.4999), SPECS).broken == (RuleBroken("r2", 0.4999, 0.5),)
    assert judge(with_statistics(r2=0.5), SPECS).is_valid


def test_one_driver_that_may_be_chance_makes_a_model_not_valid() -> None:
    doubtful = with_drivers(driver("units"), driver("outdoor", p_value=0.20))

    assert judge(doubtful, SPECS).broken == (RuleBroken("driver_p_value", 0.20, 0.20, "outdoor"),)
    assert judge(with_drivers(driver("units"), driver("outdoor", p_value=0.19)), SPECS).is_valid


def test_one_driver_at_least_must_be_sure() -> None:
    unsure = with_drivers(driver("units", p_value=0.15), driver("outdoor", p_value=0.10))

    assert judge(unsure, SPECS).broken == (RuleBroken("one_driver_p_value", 0.10, 0.10, "outdoor"),)


@pytest.mark.parametrize(("mean", "bound"), [(161.0, 160.0), (39.0, 40.0)])
def test_a_mean_of_the_reporting_period_far_from_the_training_is_not_valid(
    mean: float, bound: float
) -> None:
    # 100 ± 3 · 20 reaches further than 70 to 130.
    verdict = judge(GOOD, SPECS, reporting_means={"units": mean})

    assert verdict.broken == (RuleBroken("driver_range", mean, bound, "units"),)
    assert judge(GOOD, SPECS, reporting_means={"units": 159.0, "outdoor": 41.0}).is_valid


def test_a_mean_inside_the_range_is_valid_beyond_three_standard_deviations_too() -> None:
    wide = with_drivers(driver("units", maximum=500.0), driver("outdoor"))

    assert judge(wide, SPECS, reporting_means={"units": 400.0}).is_valid


def test_what_is_no_number_breaks_its_rule() -> None:
    nan = float("nan")
    model = replace(with_statistics(f_p_value=nan), drivers=(driver("units", p_value=nan),))

    rules = [each.rule for each in judge(model, SPECS).broken]

    assert rules == ["f_test", "driver_p_value", "one_driver_p_value"]


def test_a_count_that_lowers_the_use_is_warned_of_and_a_temperature_is_not() -> None:
    falling = with_terms(Term("units", -0.5), Term("outdoor", -0.3))

    verdict = judge(falling, SPECS)

    assert verdict.is_valid
    assert verdict.warnings == (ModelWarning("negative_coefficient", "units", -0.5),)


def test_heating_that_lowers_the_use_is_warned_of() -> None:
    model = with_terms(Term("units", 0.5), Term("heating", -2.0, "heating", 16.0))

    assert judge(model, SPECS).warnings == (ModelWarning("negative_coefficient", "heating", -2.0),)


def test_an_intercept_is_warned_of_where_it_is_surely_negative() -> None:
    terms = GOOD.equation.terms

    # Its standard error is 1: -1.2 may be chance.
    assert judge(with_terms(*terms, intercept=-1.2), SPECS).warnings == ()
    assert judge(with_terms(*terms, intercept=-1.4), SPECS).warnings == (
        ModelWarning("negative_intercept", value=-1.4),
    )


def test_a_model_without_production_is_warned_of() -> None:
    verdict = judge(GOOD, {"units": DriverSpec("units"), "outdoor": TEMPERATURE})

    assert verdict.warnings == (ModelWarning("no_production_driver"),)


def test_drivers_that_tell_each_other_are_warned_of() -> None:
    model = with_drivers(driver("units", vif=12.0), driver("outdoor", vif=9.9))

    assert judge(model, SPECS).warnings == (ModelWarning("collinear", "units", 12.0),)


def test_few_samples_are_warned_of() -> None:
    assert judge(with_statistics(samples=999), SPECS).warnings == (
        ModelWarning("few_samples", value=999),
    )
    assert judge(with_statistics(samples=999), SPECS, enough=900).warnings == ()


def test_a_base_temperature_at_the_edge_is_warned_of() -> None:
    model = with_terms(Term("units", 0.5), Term("heating", 2.0, "heating", 16.0))

    assert judge(model, SPECS, at_edge=("heating",)).warnings == (
        ModelWarning("base_at_edge", "heating", 16.0),
    )
    assert judge(model, SPECS).warnings == ()


def test_a_model_without_statistics_is_not_judged() -> None:
    with pytest.raises(ValueError, match="statistics"):
        judge(replace(GOOD, statistics=None), SPECS)
