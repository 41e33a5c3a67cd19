"""Which of two models is better, and whether they are the same."""

from __future__ import annotations

from math import isclose

from enms_core.domain.baseline import Equation, Model
from enms_core.domain.baseline_comparison import DecidedBy

# Models of which the figures differ by less than this share of them are as good.
ALIKE = 0.05
# Coefficients that differ by less than this share of them come from the same samples.
SAME = 1e-9


def better_of(first: Model, second: Model) -> tuple[int | None, DecidedBy]:
    """The position of the better of two models (None: as good) and what decided.

    One that is valid is better than one that is not; else the one that predicted better what it had
    not seen, else the one that explains more for its size.
    """
    valid = [model.verdict is not None and model.verdict.is_valid for model in (first, second)]
    one, other = first.statistics, second.statistics
    if one is None or other is None:
        return None, "unknown"
    if valid[0] != valid[1]:
        return valid.index(True), "validity"
    if first.equation.grain != second.equation.grain:
        return None, "unknown"  # errors of hours and of days are no match for each other
    errors = (one.out_of_time_cvrmse_percent, other.out_of_time_cvrmse_percent)
    if errors[0] is not None and errors[1] is not None:
        return _lower(errors[0], errors[1]), "out_of_time"
    return _lower(-one.adjusted_r2, -other.adjusted_r2), "adjusted_r2"


def _lower(first: float, second: float) -> int | None:
    if abs(first - second) <= ALIKE * max(abs(first), abs(second)):
        return None
    return 0 if first < second else 1


def are_same(first: Equation, second: Equation) -> bool:
    """Whether two equations are the same but for the order of their drivers."""
    one, other = _numbers(first), _numbers(second)
    return one.keys() == other.keys() and all(
        isclose(value, other[name], rel_tol=SAME) for name, value in one.items()
    )


def _numbers(equation: Equation) -> dict[tuple[str, ...], float]:
    """All numbers of an equation, by what they are of."""
    found: dict[tuple[str, ...], float] = {(equation.grain,): equation.intercept}
    for term in equation.terms:
        found[(term.driver, term.kind)] = term.coefficient
        if term.base_temperature_degc is not None:
            found[(term.driver, term.kind, "base")] = term.base_temperature_degc
    return found
