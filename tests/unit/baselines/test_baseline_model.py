from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enms_core.analysis.baseline_model import (
    LinearlyDependent,
    NoSpread,
    TooFewSamplesError,
    design_of,
    train_model,
)
from enms_core.analysis.hourly_table import DriverSpec
from enms_core.domain.baseline import Equation, Grain, Model, ModelStatistics, ModelWarning, Term
from tests.unit.baselines.demo_tables import demo_seus
from tests.unit.baselines.made_tables import HEATING, PRODUCTION, TEMPERATURE, made, made_year, part

# Use 11, 13, 20, 27, 29 at 0, 10, 20, 30, 40 units: 10 + 0.5 units, errors 1, -2, 0, 2, -1.
FIVE_HOURS = made(
    [11.0, 13.0, 20.0, 27.0, 29.0], {"units": [0.0, 10.0, 20.0, 30.0, 40.0]}, (PRODUCTION,)
)


def statistics_of(model: Model) -> ModelStatistics:
    assert model.statistics is not None
    return model.statistics


def test_a_model_of_five_hours_computed_by_hand() -> None:
    model = train_model(FIVE_HOURS, ["units"], enough=10)
    found, units = statistics_of(model), model.of("units")

    assert model.equation.intercept == pytest.approx(10.0)
    assert model.equation.terms[0].coefficient == pytest.approx(0.5)
    # Errors squared sum up to 10, the use about its mean of 20 to 260.
    assert found.r2 == pytest.approx(1.0 - 10.0 / 260.0)
    assert found.rmse == pytest.approx((10.0 / 3.0) ** 0.5)
    assert found.cvrmse_percent == pytest.approx(100.0 * (10.0 / 3.0) ** 0.5 / 20.0)
    # (1·-2 + -2·0 + 0·2 + 2·-1) / 4 over 10 / 5.
    assert found.rho == pytest.approx(-0.5)
    assert units is not None
    assert units.standard_error == pytest.approx((10.0 / 3.0 / 1000.0) ** 0.5)
    assert (units.mean, units.minimum, units.maximum) == (20.0, 0.0, 40.0)


def test_every_statistic_is_there_and_the_verdict_too() -> None:
    model = train_model(made_year(), ["units", "outdoor"])
    found = statistics_of(model)

    assert model.verdict is not None
    assert model.verdict.is_valid
    assert model.verdict.warnings == ()
    assert (found.samples, found.parameters) == (2400, 3)
    assert [each.driver for each in model.drivers] == ["units", "outdoor"]
    assert all(
        each.p_value < 1e-6 and each.vif == pytest.approx(1.0, abs=0.01) for each in model.drivers
    )
    assert np.shape(model.parameter_covariance) == (3, 3)
    assert found.out_of_time_r2 == pytest.approx(found.r2, abs=0.03)
    assert found.out_of_time_cvrmse_percent == pytest.approx(found.cvrmse_percent, rel=0.1)
    assert found.out_of_time_nmbe_percent == pytest.approx(0.0, abs=1.0)
    assert model.sampling is not None
    assert model.sampling.samples == 2400


def test_the_last_fifth_is_judged_by_a_fit_of_the_rest_alone() -> None:
    table = made_year()
    changed = table.quantity.copy()
    changed[1920:] *= 1.10

    model = train_model(replace(table, quantity=changed), ["units", "outdoor"])

    # Ten percent more than expected is 1 - 1 / 1.1 of what was used.
    assert statistics_of(model).out_of_time_nmbe_percent == pytest.approx(9.1, abs=0.3)


def test_half_of_enough_hours_are_trained_with_a_warning_and_fewer_not_at_all() -> None:
    table = made_year()

    model = train_model(part(table, 0, 999), ["units"])
    with pytest.raises(TooFewSamplesError) as refused:
        train_model(part(table, 0, 499), ["units"])

    assert model.verdict is not None
    assert [each.warning for each in model.verdict.warnings] == ["few_samples"]
    assert (refused.value.needed, refused.value.sampling.samples) == (500, 499)


@pytest.mark.parametrize(("base", "is_sure"), [(12.0, True), (60.0, False)])
def test_a_base_temperature_at_the_edge_of_what_was_seen_is_warned_of(
    base: float, is_sure: bool
) -> None:
    table = made_year()
    outdoor = table.drivers["outdoor"]
    use = 20.0 + 0.8 * np.maximum(base - outdoor, 0.0)
    use += np.random.default_rng(9).normal(0.0, 0.1, len(use))
    heated = made(use, {"heating": outdoor}, (HEATING,))

    fitted = train_model(heated, ["heating"])
    given = train_model(heated, ["heating"], base_temperatures={"heating": base})

    assert fitted.verdict is not None and given.verdict is not None
    at_edge = [each for each in fitted.verdict.warnings if each.warning == "base_at_edge"]
    [term] = fitted.equation.terms
    assert at_edge == (
        [] if is_sure else [ModelWarning("base_at_edge", "heating", term.base_temperature_degc)]
    )
    assert "base_at_edge" not in {each.warning for each in given.verdict.warnings}


def test_a_use_or_a_driver_that_never_changes_is_refused_by_name() -> None:
    table = made_year()
    flat = {**table.drivers, "outdoor": np.full(len(table), 3.0)}

    with pytest.raises(NoSpread) as use:
        train_model(replace(table, quantity=np.full(len(table), 4.0)), ["units"])
    with pytest.raises(NoSpread) as driver:
        train_model(replace(table, drivers=flat), ["units", "outdoor"])

    assert use.value.drivers == ()
    assert driver.value.drivers == ("outdoor",)


def test_drivers_that_say_the_same_are_refused_by_name() -> None:
    table = made_year()
    twice = {**table.drivers, "dozens": table.drivers["units"] / 12.0}
    specs = {**table.specs, "dozens": DriverSpec("dozens")}

    with pytest.raises(LinearlyDependent) as refused:
        train_model(replace(table, drivers=twice, specs=specs), ["units", "dozens"])

    assert refused.value.drivers == ("dozens",)


def test_a_model_needs_a_driver_and_counts_one_named_twice_once() -> None:
    with pytest.raises(ValueError, match="driver"):
        train_model(made_year(), [])
    assert train_model(made_year(), ["units", "units"]).equation.drivers == ("units",)


def heated() -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    chance = np.random.default_rng(9)
    outdoor = chance.normal(8.0, 7.0, 2400)
    use = 10.0 + 2.0 * np.maximum(15.0 - outdoor, 0.0) + chance.normal(0.0, 1.0, 2400)
    return outdoor, use


def test_a_base_temperature_that_is_fitted_counts_as_a_parameter() -> None:
    outdoor, use = heated()
    table = made(use, {"heating": outdoor}, (HEATING,))

    fitted = train_model(table, ["heating"])
    given = train_model(table, ["heating"], base_temperatures={"heating": 15.0})

    term = fitted.equation.terms[0]
    assert term.kind == "heating"
    assert term.base_temperature_degc == pytest.approx(15.0, abs=0.4)
    assert term.coefficient == pytest.approx(48.0, rel=0.03)
    assert given.equation.terms[0].base_temperature_degc == 15.0
    assert statistics_of(fitted).parameters == 3
    assert statistics_of(given).parameters == 2


def test_a_model_of_days_is_one_of_sums_and_means() -> None:
    table = made_year()

    model = train_model(table, ["units", "outdoor"], grain="day")
    units, outdoor = model.of("units"), model.of("outdoor")

    assert statistics_of(model).samples == 100
    # 24 times an hour's 20, an hour's 0.5 for each unit, and 0.8 for each of 24 hours.
    assert model.equation.intercept == pytest.approx(480.0, rel=0.1)
    assert [term.coefficient for term in model.equation.terms] == pytest.approx(
        [0.5, 19.2], rel=0.08
    )
    assert units is not None
    assert outdoor is not None
    assert units.mean == pytest.approx(24.0 * table.drivers["units"].mean())
    assert outdoor.mean == pytest.approx(table.drivers["outdoor"].mean())


@pytest.mark.parametrize(("grain", "hours"), [("day", 16.0), ("hour", None)])
def test_a_model_of_days_with_degree_days_keeps_the_hours_that_these_are_of(
    grain: Grain, hours: float | None
) -> None:
    """The machine runs 16 hours of each day."""
    temperature = np.random.default_rng(3).normal(8.0, 5.0, 24 * 120)
    use = 5.0 + np.maximum(0.0, 15.0 - temperature) / 24
    table = made(use, {"heating": temperature, "outdoor": temperature}, (HEATING, TEMPERATURE))
    table = replace(table, running=(np.arange(len(use)) % 24 < 16).astype(np.float64))

    assert train_model(table, ["heating"], grain).hours_a_day == hours
    assert train_model(table, ["outdoor"], grain).hours_a_day is None


def test_the_design_of_an_equation_has_its_drivers_in_its_order() -> None:
    terms = (Term("heating", 1.0, "heating", 15.0), Term("units", 1.0))
    table = made(
        [1.0, 1.0], {"units": [3.0, np.nan], "heating": [3.0, 27.0]}, (HEATING, PRODUCTION)
    )

    found = design_of(Equation("hour", 0.0, terms), table)

    np.testing.assert_array_equal(found, [[0.5, 3.0], [0.0, np.nan]])


def test_degree_days_of_a_day_are_summed_and_means_are_not() -> None:
    outdoor = np.repeat([3.0, 27.0], 12)
    table = made(np.ones(24), {"heating": outdoor, "outdoor": outdoor}, (HEATING, TEMPERATURE))
    terms = (Term("heating", 1.0, "heating", 15.0), Term("outdoor", 1.0))

    np.testing.assert_allclose(design_of(Equation("day", 0.0, terms), table), [[6.0, 15.0]])


def test_the_same_table_gives_the_same_model_to_the_last_digit() -> None:
    seu = demo_seus(1)[0]
    drivers = ["production_count", "outdoor_temp_c"]

    assert train_model(seu.table, drivers) == train_model(seu.table, drivers)
