"""The estimator of energy baselines among scikit-learn's, and what it refuses."""

from __future__ import annotations

import doctest
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.model_selection import TimeSeriesSplit, cross_val_score
from sklearn.utils.estimator_checks import check_estimator

from enms_core.analysis import fit_quality
from enms_core.analysis.least_squares import SingularDesign
from enms_core.analysis.regression import EnergyRegression
from tests.unit.baselines.simulated_years import four_drivers


def test_a_use_that_never_varies_is_explained_by_nothing() -> None:
    fit = EnergyRegression().fit(np.arange(6.0)[:, None], np.full(6, 7.0))

    assert fit.predict([[100.0]]) == pytest.approx([7.0])
    assert fit.r2_ == 0.0
    assert fit.intercept_ == pytest.approx(7.0)


def test_dependent_drivers_are_named() -> None:
    design, target = four_drivers(50)

    with pytest.raises(SingularDesign) as caught:
        EnergyRegression().fit(np.column_stack([design, design[:, 0] - design[:, 3]]), target)

    assert caught.value.columns == (4,)


def test_positions_have_to_rise_and_to_be_as_many_as_samples() -> None:
    design, target = four_drivers(50)

    with pytest.raises(ValueError, match="rise"):
        EnergyRegression().fit(design, target, position=np.zeros(50))
    with pytest.raises(ValueError, match="inconsistent"):
        EnergyRegression().fit(design, target, position=np.arange(49))


def test_it_keeps_the_conventions_of_scikit_learn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkipTestWarning)
        check_estimator(EnergyRegression())


def test_it_works_inside_scikit_learn() -> None:
    design, target = four_drivers()

    scores = cross_val_score(EnergyRegression(), design, target, cv=TimeSeriesSplit(3))
    copy = clone(EnergyRegression(extra_parameters=1, fit_intercept=False))

    assert (scores > 0.8).all()
    assert copy.get_params() == {"extra_parameters": 1, "fit_intercept": False}
    with pytest.raises(NotFittedError):
        copy.predict(design)


def test_names_of_a_table_are_kept_and_checked() -> None:
    design, target = four_drivers()
    table = pd.DataFrame(design, columns=list("abcd"))

    fit = EnergyRegression().fit(table, target)

    assert fit.feature_names_in_.tolist() == list("abcd")
    with pytest.raises(ValueError, match="feature names"):
        fit.predict(table.rename(columns={"a": "z"}))


def test_the_doctests_hold() -> None:
    assert doctest.testmod(fit_quality).failed == 0
