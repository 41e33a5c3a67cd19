"""The estimator of energy baselines among those of scikit-learn: in its pipelines and searches."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import check_consistent_length, check_is_fitted, validate_data

from enms_core.analysis.energy_fit import EnergyFit, fit_energy
from enms_core.analysis.fit_quality import residual_quantiles

Floats = NDArray[np.float64]


class EnergyRegression(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """`fit_energy` with the conventions of scikit-learn.

    After `fit`, n samples, k drivers, p = k + intercept + extra_parameters:
    coef_, standard_errors_, t_values_ols_, p_values_ols_ (k): least squares, as if residuals were
    independent. t_values_, p_values_ (k): GLSAR(1), on sums of days where `day` was given; NaN
    where there are too few samples. intercept_; covariance_: s² (X'X)⁻¹, the intercept first.
    vif_ (k), condition_number_. r2_, adjusted_r2_, rmse_ (with n - p), mae_, cvrmse_percent_,
    f_value_, f_p_value_, bic_. durbin_watson_, rho_, effective_samples_: of residuals_ (n) that are
    neighbours. residual_quantiles_: pairs of a share and a residual.
    """

    def __init__(self, *, fit_intercept: bool = True, extra_parameters: int = 0) -> None:
        self.fit_intercept = fit_intercept
        self.extra_parameters = extra_parameters

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        *,
        position: ArrayLike | None = None,
        day: ArrayLike | None = None,
    ) -> EnergyRegression:
        """position, day, and what is raised: as for `fit_energy`."""
        design, target = validate_data(
            self, X, y, dtype=np.float64, y_numeric=True, ensure_min_samples=2
        )
        check_consistent_length(target, position, day)
        found = fit_energy(
            design,
            target.astype(np.float64),
            None if position is None else np.asarray(position, np.int64),
            None if day is None else np.asarray(day, np.int64),
            has_intercept=self.fit_intercept,
            extra_parameters=self.extra_parameters,
        )
        self._keep_fit(found)
        self._keep_quality(found)
        self._keep_significance(found)
        return self

    def predict(self, X: ArrayLike) -> Floats:
        """Expected use of each row of drivers."""
        check_is_fitted(self)
        design = validate_data(self, X, dtype=np.float64, reset=False)
        expected: Floats = design @ self.coef_ + self.intercept_
        return expected

    def predict_interval(
        self, X: ArrayLike, confidence: float = 0.90
    ) -> tuple[Floats, Floats, Floats]:
        """Expected use of each row, and the bounds between which a single measured one lies with
        this confidence: y ± t s sqrt(1 + x'(X'X)⁻¹x)."""
        expected = self.predict(X)
        design = np.asarray(X, np.float64)
        rows = np.column_stack([np.ones(len(design)), design]) if self.fit_intercept else design
        variances = self.rmse_**2 + np.einsum("ij,jk,ik->i", rows, self.covariance_, rows)
        freedom = self.n_samples_ - self.n_parameters_
        half = stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(variances)
        return expected, expected - half, expected + half

    def _keep_fit(self, found: EnergyFit) -> None:
        self.intercept_, self.coef_ = found.intercept, found.coefficients
        self.residuals_ = found.residuals
        self.residual_quantiles_ = residual_quantiles(found.residuals)
        self.n_samples_, self.n_parameters_ = len(found.residuals), found.parameters
        self.vif_, self.condition_number_ = found.vif, found.condition_number

    def _keep_quality(self, found: EnergyFit) -> None:
        told = found.quality
        self.r2_, self.adjusted_r2_ = told.r2, told.adjusted_r2
        self.rmse_, self.mae_, self.cvrmse_percent_ = told.rmse, told.mae, told.cvrmse_percent
        self.f_value_, self.f_p_value_, self.bic_ = told.f_value, told.f_p_value, told.bic
        self.rho_, self.durbin_watson_, self.effective_samples_ = found.following

    def _keep_significance(self, found: EnergyFit) -> None:
        self.covariance_, self.standard_errors_ = found.covariance, found.standard_errors
        self.t_values_ols_, self.p_values_ols_ = found.as_independent
        self.t_values_, self.p_values_ = found.judged
