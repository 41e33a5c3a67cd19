from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t as student

from enms_core.analysis.cusum import cusum
from enms_core.domain.baseline import Equation, Model, ModelStatistics, Term
from tests.unit.baselines.made_tables import FIRST_HOUR, PRODUCTION, made

MODEL = Model(Equation("hour", 10.0, (Term("units", 2.0),)))


def with_statistics(model: Model, rmse: float, samples: int = 1000, rho: float = 0.0) -> Model:
    """As if it was trained on so many samples of use 40, whose coefficients are known exactly."""
    parameters = 1 + len(model.equation.terms)
    statistics = ModelStatistics(
        samples=samples,
        parameters=parameters,
        r2=0.9,
        adjusted_r2=0.9,
        rmse=rmse,
        mae=rmse,
        cvrmse_percent=100.0 * rmse / 40.0,
        f_value=100.0,
        f_p_value=0.0,
        durbin_watson=2.0 * (1.0 - rho),
        rho=rho,
        effective_samples=samples * (1.0 - rho) / (1.0 + rho),
        condition_number=1.0,
        bic=0.0,
    )
    nothing = tuple((0.0,) * parameters for _ in range(parameters))
    return replace(model, statistics=statistics, parameter_covariance=nothing)


def test_rests_add_up_and_the_band_grows_with_the_root_of_their_number() -> None:
    """Expected 30, 34, 38; actual 31, 33, 41: rests 1, -1, 3. With s = 2 and rho = 0.5 errors are
    worth a third of as many: the band of n hours is k · 2 · √(3 n)."""
    table = made([31.0, 33.0, 41.0], {"units": [10.0, 12.0, 14.0]}, (PRODUCTION,))
    model = with_statistics(MODEL, rmse=2.0, samples=90, rho=0.5)

    found = cusum(model, table)

    assert found.hours.tolist() == [FIRST_HOUR, FIRST_HOUR + 1, FIRST_HOUR + 2]
    assert found.values.tolist() == [1.0, 0.0, 3.0]
    # 90 (1 - 0.5) / (1 + 0.5) = 30 independent samples, less two parameters.
    k = student.ppf(0.975, 28)
    assert found.band is not None
    assert found.band == pytest.approx(k * 2.0 * np.sqrt(3.0 * np.array([1, 2, 3])))
    assert found.band[0] == pytest.approx(7.096, abs=0.001)


def test_without_statistics_there_is_no_band() -> None:
    table = made([31.0], {"units": [10.0]}, (PRODUCTION,))

    found = cusum(MODEL, table)

    assert found.values.tolist() == [1.0]
    assert found.band is None


def test_hours_that_cannot_be_compared_are_left_out() -> None:
    table = made([31.0, 33.0, 41.0, 30.0], {"units": [10.0, np.nan, 14.0, 10.0]}, (PRODUCTION,))
    table = replace(table, running=np.array([1.0, 1.0, 1.0, 0.5]))

    assert cusum(MODEL, table).hours.tolist() == [FIRST_HOUR, FIRST_HOUR + 2]


def test_nothing_changed_stays_in_the_band_nineteen_times_of_twenty() -> None:
    inside = []
    for seed in range(200):
        errors = np.random.default_rng(seed).normal(0.0, 2.0, 240)
        found = cusum(with_statistics(MODEL, 2.0), made(30.0 + errors, {"units": np.full(240, 10)}))
        assert found.band is not None
        inside.append(abs(found.values[-1]) <= found.band[-1])

    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)
