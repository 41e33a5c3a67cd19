"""What is known of a baseline in few words: verdict, equation, samples."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from enms_cli.tables import number, p_value
from enms_core.domain.baseline import (
    Baseline,
    Equation,
    Model,
    ModelWarning,
    RuleBroken,
    Sampling,
    Term,
)
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource

SAMPLES = {"hour": "hours", "day": "days"}
LEFT_OUT = {
    "stopped": "stopped",
    "not_running": "not running",
    "incomplete": "incomplete",
    "backfill": "filled in later",
    "driver_missing": "a driver unknown",
}
RULES = {
    "f_test": "the drivers together explain nothing sure: p of F {value}, below {bound} is needed",
    "driver_p_value": "{driver} explains nothing sure: p {value}, below {bound} is needed",
    "one_driver_p_value": "no driver explains enough for sure: p {value}, below {bound} is needed",
    "r2": "R² {value}, at least {bound} is needed",
    "driver_range": "{driver} is beyond what was trained: {value}, bound {bound}",
}
WARNINGS = {
    "negative_coefficient": "{driver} lowers the use, for no physical reason",
    "negative_intercept": "the use without drivers is below zero: {value}",
    "no_production_driver": "no driver tells what was made",
    "collinear": "{driver} can hardly be told from the other drivers: {value}",
    "few_samples": "few samples: {value}",
    "base_at_edge": "{driver} count from {value} °C, at the edge of what was seen: not sure",
}


def verdict(model: Model) -> str:
    """Valid, not valid, or unknown."""
    if model.verdict is None:
        return "statistics unknown"
    return "valid" if model.verdict.is_valid else "not valid"


def doubts(model: Model) -> list[str]:
    """A line for each rule that is broken, and for each warning."""
    if model.verdict is None:
        return []
    broken = [f"rule broken: {_rule(each)}" for each in model.verdict.broken]
    return [*broken, *(f"warning: {_warning(each)}" for each in model.verdict.warnings)]


def _rule(rule: RuleBroken) -> str:
    said = number if rule.rule in ("r2", "driver_range") else p_value
    return RULES[rule.rule].format(
        driver=rule.driver or "a driver", value=said(rule.value), bound=number(rule.bound)
    )


def _warning(warning: ModelWarning) -> str:
    return WARNINGS[warning.warning].format(
        driver=warning.driver or "a driver", value=number(warning.value)
    )


def equation_line(equation: Equation, of: SeuOfSource) -> str:
    """The equation with its unit."""
    terms = "".join(
        f" {'-' if term.coefficient < 0 else '+'} {number(abs(term.coefficient))} * {driver(term)}"
        for term in equation.terms
    )
    what = f"{of.source.name} [{of.source.unit}] of one {equation.grain}"
    return f"{what} = {number(equation.intercept)}{terms}"


def driver(term: Term) -> str:
    """A driver's name; of degree days with the temperature that they are counted from."""
    if term.base_temperature_degc is None:
        return term.driver
    return f"{term.driver} (base {number(term.base_temperature_degc)} °C)"


def samples_line(sampling: Sampling | None, grain: str) -> str:
    """How many samples there are, of how many hours, and why the others are none."""
    if sampling is None:
        return "unknown"
    left_out = [
        f"{number(count)} {LEFT_OUT[reason]}" for reason, count in sampling.left_out.items()
    ]
    counted = number(sampling.samples)
    if grain == "hour":
        counted += f" of {number(sampling.hours_in_period)}"
    told = f"{counted} {SAMPLES[grain]}"
    return f"{told}; left out: {', '.join(left_out)}" if left_out else told


def period_line(period: Period | None) -> str:
    """A period in its local time."""
    if period is None:
        return "unknown"
    zone = getattr(period.start.tzinfo, "key", None) or period.start.strftime("UTC%z")
    return f"{period.start:%Y-%m-%d %H:%M} to {period.end:%Y-%m-%d %H:%M} {zone}"


def moment_words(moment: datetime | None, zone: ZoneInfo) -> str:
    """An instant in a zone."""
    return "unknown" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"


def heading(of: SeuOfSource, baseline: Baseline) -> str:
    """Which version it is, and what it is worth."""
    active = "active" if baseline.is_active else "not active"
    return f"{of.seu.name}, version {baseline.version}: {active}, {verdict(baseline.model)}"
