"""What a fit tells, as the domain names it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enms_core.analysis.energy_fit import EnergyFit
from enms_core.analysis.error_shape import ErrorShape, error_shape
from enms_core.analysis.fit_quality import residual_quantiles
from enms_core.analysis.hourly_samples import HourlySamples
from enms_core.domain.baseline import DriverStatistics, Equation, Model, ModelStatistics, Term


@dataclass(frozen=True)
class OutOfTime:
    """How well the last samples are predicted by a fit of those before them."""

    r2: float | None = None
    cvrmse_percent: float | None = None
    nmbe_percent: float | None = None


def model_of(
    samples: HourlySamples, terms: tuple[Term, ...], fit: EnergyFit, later: OutOfTime
) -> Model:
    """A model with its statistics, not judged yet."""
    coefficients = fit.coefficients.tolist()
    with_coefficients = tuple(
        replace(term, coefficient=value) for term, value in zip(terms, coefficients, strict=True)
    )
    equation = Equation(samples.grain, fit.intercept, with_coefficients)
    expected, independent = samples.use - fit.residuals, fit.following.effective_samples
    shape = error_shape(fit.residuals, expected, samples.position, independent)
    return Model(
        equation=equation,
        statistics=_statistics(fit, later, shape),
        drivers=_driver_statistics(samples, equation, fit),
        parameter_covariance=tuple(map(tuple, fit.covariance.tolist())),
    )


def _statistics(fit: EnergyFit, later: OutOfTime, shape: ErrorShape) -> ModelStatistics:
    known = fit.quality
    return ModelStatistics(
        samples=len(fit.residuals),
        parameters=fit.parameters,
        r2=known.r2,
        adjusted_r2=known.adjusted_r2,
        rmse=known.rmse,
        mae=known.mae,
        cvrmse_percent=known.cvrmse_percent,
        f_value=known.f_value,
        f_p_value=known.f_p_value,
        durbin_watson=fit.following.durbin_watson,
        rho=fit.following.rho,
        effective_samples=fit.following.effective_samples,
        condition_number=fit.condition_number,
        bic=known.bic,
        out_of_time_r2=later.r2,
        out_of_time_cvrmse_percent=later.cvrmse_percent,
        out_of_time_nmbe_percent=later.nmbe_percent,
        residual_quantiles=residual_quantiles(fit.residuals),
        autocorrelation=shape.autocorrelation,
        spread_slope=shape.spread_slope,
    )


def _driver_statistics(
    samples: HourlySamples, equation: Equation, fit: EnergyFit
) -> tuple[DriverStatistics, ...]:
    return tuple(
        DriverStatistics(
            driver=term.driver,
            standard_error=float(fit.standard_errors[at]),
            t_value=float(fit.judged.t_values[at]),
            p_value=float(fit.judged.p_values[at]),
            t_value_ols=float(fit.as_independent.t_values[at]),
            p_value_ols=float(fit.as_independent.p_values[at]),
            vif=float(fit.vif[at]) if len(equation.terms) > 1 else None,
            mean=float(column.mean()),
            standard_deviation=float(column.std(ddof=1)),
            minimum=float(column.min()),
            maximum=float(column.max()),
        )
        for at, term in enumerate(equation.terms)
        for column in [samples.column(term)]
    )
