"""Stored models that fit together no longer: their equation is used, their statistics are not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from enms_core.domain.baseline import Model
from enms_core.storage.model_json import model_from, model_json
from tests.core.baseline_cases import model

NAN, INF = float("nan"), float("inf")


def read(kept: Model) -> Model | None:
    """A model that was stored as text."""
    return model_from(json.loads(json.dumps(model_json(kept))))


def with_statistics(**changed: Any) -> Model:
    kept = model()
    assert kept.statistics is not None
    return replace(kept, statistics=replace(kept.statistics, **changed))


def with_range(**changed: Any) -> Model:
    first, second = model().drivers
    return replace(model(), drivers=(first, replace(second, **changed)))


SOUND = {
    "as it was": model(),
    "no covariance": replace(model(), parameter_covariance=()),
    "no drivers": replace(model(), drivers=()),
    "drivers in another order": replace(model(), drivers=model().drivers[::-1]),
    "an exact fit": with_statistics(rmse=0.0, f_value=INF, durbin_watson=NAN, bic=-INF, r2=1.0),
    "no mean use": with_statistics(cvrmse_percent=INF),
    "hours of running": replace(model(), hours_a_day=16.5),
    "correlations": with_statistics(autocorrelation=((1, 0.5), (24, -0.25)), spread_slope=0.5),
}
BROKEN = {
    "one of three parameters": replace(model(), parameter_covariance=((1.0,),)),
    "two of three": replace(model(), parameter_covariance=((1.0, 0.0), (0.0, 1.0))),
    "rows of two": replace(model(), parameter_covariance=((1.0, 0.0),) * 3),
    "an uneven row": replace(
        model(), parameter_covariance=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0))
    ),
    "an empty row": replace(model(), parameter_covariance=((),)),
    "covariance is no number": replace(
        model(), parameter_covariance=((1.0, 0.0, 0.0), (0.0, 1.0, NAN), (0.0, NAN, 1.0))
    ),
    "a variance below zero": replace(
        model(), parameter_covariance=((-1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    ),
    "rmse below zero": with_statistics(rmse=-0.1),
    "rmse is no number": with_statistics(rmse=NAN),
    "rmse without end": with_statistics(rmse=INF),
    "as many samples as parameters": with_statistics(samples=4),
    "no samples": with_statistics(samples=0),
    "less parameters than coefficients": with_statistics(parameters=2),
    "no samples' worth": with_statistics(effective_samples=0.0),
    "samples' worth is no number": with_statistics(effective_samples=NAN),
    "rho is no number": with_statistics(rho=NAN),
    "slope is no number": with_statistics(spread_slope=INF),
    "a slope without a mean use": with_statistics(spread_slope=0.5, cvrmse_percent=0.0),
    "correlation is no number": with_statistics(autocorrelation=((1, NAN),)),
    "a lag of nothing": with_statistics(autocorrelation=((0, 1.0), (1, 0.5))),
    "lags in disorder": with_statistics(autocorrelation=((24, 0.1), (1, 0.5))),
    "a lag twice": with_statistics(autocorrelation=((1, 0.5), (1, 0.5))),
    "a mean that is no number": with_range(mean=NAN),
    "a range without end": with_range(maximum=INF),
    "a range turned round": with_range(minimum=5.0),
    "a deviation that is no number": with_range(standard_deviation=NAN),
    "no hours of running": replace(model(), hours_a_day=0.0),
    "hours of running are no number": replace(model(), hours_a_day=NAN),
    "a day too long": replace(model(), hours_a_day=25.5),
    "another driver": with_range(driver="humidity"),
    "a driver too few": replace(model(), drivers=model().drivers[:1]),
}


@pytest.mark.parametrize("kept", SOUND.values(), ids=SOUND)
def test_a_model_that_fits_together_is_read_as_it_was(kept: Model) -> None:
    assert repr(read(kept)) == repr(kept)


@pytest.mark.parametrize("kept", BROKEN.values(), ids=BROKEN)
def test_of_a_model_that_does_not_fit_together_the_equation_is_left(kept: Model) -> None:
    assert read(kept) == Model(model().equation)


def test_a_model_whose_equation_is_no_number_is_none() -> None:
    assert read(replace(model(), equation=replace(model().equation, intercept=NAN))) is None
