"""All that is known of a baseline as text: each figure with what it means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from enms_cli.baseline_words import (
    doubts,
    driver,
    equation_line,
    heading,
    moment_words,
    period_line,
    samples_line,
)
from enms_cli.tables import number, p_value, table
from enms_core.domain.baseline import Baseline, DriverStatistics, Model, ModelStatistics
from enms_core.domain.seu import SeuOfSource

Told = tuple[str, Callable[[ModelStatistics], str], str]

# Name, figure, meaning. {unit}: of the energy source, {grain}: hour or day.
STATISTICS: tuple[Told, ...] = (
    ("samples n", lambda s: number(s.samples), "{grain}s that it was trained on"),
    ("parameters p", lambda s: number(s.parameters), "coefficients, intercept, fitted bases"),
    ("R²", lambda s: number(s.r2), "share of the variation that the drivers explain"),
    ("adjusted R²", lambda s: number(s.adjusted_r2), "the same, less what more drivers always add"),
    ("RMSE [{unit}]", lambda s: number(s.rmse), "typical error, with n - p"),
    ("MAE [{unit}]", lambda s: number(s.mae), "mean size of the error"),
    ("CV(RMSE) [%]", lambda s: number(s.cvrmse_percent), "RMSE as a share of the mean use"),
    ("F", lambda s: number(s.f_value), "all drivers together against none"),
    ("p of F", lambda s: p_value(s.f_p_value), "chance of such an F if no driver mattered"),
    (
        "Durbin-Watson",
        lambda s: number(s.durbin_watson),
        "2: errors of adjacent {grain}s unrelated",
    ),
    ("rho", lambda s: number(s.rho), "correlation of errors of adjacent {grain}s"),
    ("n'", lambda s: number(s.effective_samples), "independent samples that n are worth"),
    ("condition number", lambda s: number(s.condition_number), "below 30: drivers tell apart well"),
    ("BIC", lambda s: number(s.bic), "lower is better, on the same samples"),
    ("out-of-time R²", lambda s: number(s.out_of_time_r2), "of the last part, not trained on"),
    (
        "out-of-time CV(RMSE) [%]",
        lambda s: number(s.out_of_time_cvrmse_percent),
        "error there as a share of the mean use",
    ),
    (
        "out-of-time NMBE [%]",
        lambda s: number(s.out_of_time_nmbe_percent),
        "bias there: above zero, more was used than expected",
    ),
)
DRIVER_COLUMNS = (
    "driver", "coefficient", "std. error", "t", "p", "t OLS", "p OLS", "VIF",
    "mean", "std. dev.", "min", "max",
)  # fmt: skip
LEGEND = (
    "std. error, t OLS, p OLS: least squares. t, p: GLSAR(1), sound for related errors{daily}.",
    "VIF: how much the other drivers blur the coefficient; above 10 they can hardly be told apart.",
)


def sheet(of: SeuOfSource, baseline: Baseline, zone: ZoneInfo) -> list[str]:
    """The lines of `enms baseline show`; times are told in the zone."""
    model = baseline.model
    lines = [heading(of, baseline), "", *table(_facts(of, baseline, zone), left=2), ""]
    lines += [equation_line(model.equation, of), *doubts(model), ""]
    lines += table([DRIVER_COLUMNS, *_coefficients(model)])
    if model.statistics is None:
        return [*lines, "", "statistics unknown: the model was not trained here"]
    daily = ", on daily sums" if model.equation.grain == "hour" else ""
    lines += [*(line.format(daily=daily) for line in LEGEND), ""]
    lines += _statistics(model.statistics, of.source.unit, model.equation.grain)
    return [*lines, "", *_residuals(model.statistics, of.source.unit)]


def statistic_names(unit: str, grain: str) -> list[str]:
    """What `statistic_values` tells."""
    return [name.format(unit=unit, grain=grain) for name, _, _ in STATISTICS]


def statistic_values(statistics: ModelStatistics | None) -> list[str]:
    """The figures of a model in the order of `statistic_names`."""
    return ["-" if statistics is None else value(statistics) for _, value, _ in STATISTICS]


def _facts(of: SeuOfSource, baseline: Baseline, zone: ZoneInfo) -> list[tuple[str, str]]:
    model = baseline.model
    trained = moment_words(baseline.created_at, zone)
    return [
        ("energy source", f"{of.source.name} [{of.source.unit}]"),
        ("machines", ", ".join(machine.name for machine in of.machines)),
        ("baseline period", period_line(baseline.period)),
        ("trained", f"{trained} by {baseline.trained_by or 'unknown'}"),
        ("samples", samples_line(model.sampling, model.equation.grain)),
    ]


def _statistics(statistics: ModelStatistics, unit: str, grain: str) -> list[str]:
    meanings = [meaning.format(unit=unit, grain=grain) for _, _, meaning in STATISTICS]
    names, values = statistic_names(unit, grain), statistic_values(statistics)
    width = max(map(len, values))
    figures = [value.rjust(width) for value in values]
    return table(list(zip(names, figures, meanings, strict=True)), left=3)


def _coefficients(model: Model) -> list[Sequence[str]]:
    error = number(model.intercept_standard_error)
    blank = [""] * (len(DRIVER_COLUMNS) - 3)
    rows: list[Sequence[str]] = [["intercept", number(model.equation.intercept), error, *blank]]
    for term in model.equation.terms:
        figures = _driver_figures(model.of(term.driver))
        rows.append([driver(term), number(term.coefficient), *figures])
    return rows


def _driver_figures(known: DriverStatistics | None) -> list[str]:
    if known is None:
        return ["-"] * (len(DRIVER_COLUMNS) - 2)
    return [
        number(known.standard_error),
        number(known.t_value),
        p_value(known.p_value),
        number(known.t_value_ols),
        p_value(known.p_value_ols),
        number(known.vif),
        number(known.mean),
        number(known.standard_deviation),
        number(known.minimum),
        number(known.maximum),
    ]


def _residuals(statistics: ModelStatistics, unit: str) -> list[str]:
    """Quantiles of actual - expected."""
    if not statistics.residual_quantiles:
        return []
    shares = [f"{share:.0%}" for share, _ in statistics.residual_quantiles]
    values = [number(value) for _, value in statistics.residual_quantiles]
    name = f"[{unit}]"
    return [
        "residuals (actual - expected), share of the samples below",
        *table([["", *shares], [name, *values]]),
    ]
