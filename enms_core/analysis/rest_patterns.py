"""In which hours a change of use shows: in all alike, only beyond working hours, the hotter it is.

Patterns compete on hours by Schwarz's criterion with n' in place of n, beside the model's drivers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import logsumexp

from enms_core.analysis.change_point import Change, Looked
from enms_core.analysis.compared_hours import Compared
from enms_core.analysis.error_shape import independent_share
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable, Ints
from enms_core.analysis.orthonormal import beside, orthonormal
from enms_core.analysis.regimes import clock_regimes
from enms_core.domain.causes import Regime

# alike: as much, or as much of the use, in all hours; off_times: only in nights and weekends;
# work_times: only in the others; heat: in proportion to the degrees above a base.
Pattern = Literal["alike", "off_times", "work_times", "heat", "none"]
# Hours of one kind must be so large a share for a pattern of them to be told from the others.
LEAST_SHARE = 0.02
# Bases of the temperature that are tried, as quantiles of it.
BASES = (0.1, 0.3, 0.5, 0.7)
LEFT = 1e-6
TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Patterns:
    """chances: of each pattern, 1 together. per_hour: extra use in each kind of hours since the
    change, as it shows there."""

    chances: Mapping[Pattern, float]
    per_hour: Mapping[Regime, float]


def progress_of(change: Change | None, hours: Ints) -> Floats:
    """How much of a change is there in each hour [0..1]; all, where it was always so."""
    if change is None:
        return np.ones(len(hours))
    end = change.hour if change.end_hour is None else change.end_hour
    if end == change.hour:
        return (hours >= change.hour).astype(np.float64)
    return np.asarray(np.clip((hours - change.hour) / (end - change.hour), 0.0, 1.0))


def patterns_of(change: Change | None, looked: Looked, table: HourlyTable) -> Patterns:
    """How a change shows beside the other changes; None: what was so in all hours."""
    compared = looked.compared
    part = progress_of(change, table.hours[compared.rows])
    regimes = {name: rows[compared.rows] for name, rows in clock_regimes(table).items()}
    heat = temperature(table)
    basis = orthonormal(_base(change, looked, table))
    rest = beside(compared.rest, basis)
    columns = dict(_columns(part, compared, regimes, None if heat is None else heat[compared.rows]))
    chances = _chances(columns, basis, rest, table.hours[compared.rows])
    return Patterns(chances, _per_hour(part, regimes, basis, rest))


def temperature(table: HourlyTable) -> Floats | None:
    """Mean outdoor temperature of each hour, where degree days are registered; gaps are filled."""
    for name, spec in table.specs.items():
        column = table.drivers.get(name)
        if spec.kind != "value" and column is not None and np.isfinite(column).any():
            known = np.isfinite(column)
            return np.interp(table.hours, table.hours[known], column[known])
    return None


def _base(change: Change | None, looked: Looked, table: HourlyTable) -> Floats:
    """What is fitted beside a pattern: the drivers and all other changes; of what was always so,
    nothing, since the drivers would take it up."""
    compared = looked.compared
    if change is None:
        return np.zeros((len(compared), 0))
    hours = table.hours[compared.rows]
    others = [_filled(table.drivers[name][compared.rows]) for name in looked.others]
    known = [progress_of(each, hours) for each in looked.changes if each is not change]
    changed = [column for each in known for column in (each, each * compared.expected)]
    ones = np.ones((len(compared), 1))
    columns = [column[:, None] for column in (*others, *changed)]
    return np.column_stack([ones, compared.design, *columns])


def _filled(column: Floats) -> Floats:
    known = np.isfinite(column)
    return np.where(known, column, column[known].mean())


def _columns(
    part: Floats, compared: Compared, regimes: Mapping[Regime, Bools], heat: Floats | None
) -> Iterator[tuple[Pattern, list[Floats]]]:
    use = compared.expected
    off = regimes["nights"] | regimes["weekends"]
    yield "alike", [part, part * use]
    since = part > 0.0
    if min(off[since].mean(), 1.0 - off[since].mean()) >= LEAST_SHARE:
        yield "off_times", [part * off, part * use * off]
        yield "work_times", [part * ~off, part * use * ~off]
    if heat is not None and np.ptp(heat[since]) > 0.0:
        bases = np.quantile(heat[since], BASES)
        yield "heat", [part * np.maximum(heat - base, 0.0) for base in bases]


def _chances(
    columns: Mapping[Pattern, Sequence[Floats]], basis: Floats, rest: Floats, hours: Ints
) -> dict[Pattern, float]:
    gains = {name: [_gain(each, basis, rest) for each in many] for name, many in columns.items()}
    likeliest = max(gains, key=lambda name: max(gains[name]))
    best = columns[likeliest][int(np.argmax(gains[likeliest]))]
    share = independent_share(_errors(best, basis, rest), hours)
    return schwarz_chances(float(rest @ rest), gains, max(len(rest) * share, 2.0))


def schwarz_chances(
    squares: float, gains: Mapping[Pattern, Sequence[float]], independent: float
) -> dict[Pattern, float]:
    """exp(-BIC / 2) of each pattern and of none, as shares of their sum. gains: what each variant
    of a pattern takes off the sum of squared errors; a pattern's chance is spread over them.

    >>> round(schwarz_chances(10.0, {"alike": [2.0]}, 20.0)["alike"], 4)
    0.6756
    """
    logs: dict[Pattern, float] = {"none": -0.5 * independent * float(np.log(max(squares, TINY)))}
    for name, many in gains.items():
        left = np.maximum(squares - np.array(many), TINY)
        mean = logsumexp(-0.5 * independent * np.log(left)) - np.log(len(many))
        logs[name] = float(mean - 0.5 * np.log(independent))
    total = logsumexp(list(logs.values()))
    return {name: float(np.exp(each - total)) for name, each in logs.items()}


def _gain(column: Floats, basis: Floats, rest: Floats) -> float:
    """What a column takes off the sum of squared errors."""
    left = beside(column, basis)
    square = float(left @ left)
    return float(left @ rest) ** 2 / square if square > LEFT * float(column @ column) else 0.0


def _errors(column: Floats, basis: Floats, rest: Floats) -> Floats:
    left = beside(column, basis)
    square = float(left @ left)
    errors: Floats = rest - left * (float(left @ rest) / square if square > 0.0 else 0.0)
    return errors


def _per_hour(
    part: Floats, regimes: Mapping[Regime, Bools], basis: Floats, rest: Floats
) -> dict[Regime, float]:
    """The extra use in each kind of hours, fitted together."""
    present = [name for name, rows in regimes.items() if (part * rows).any()]
    columns = np.column_stack([part * regimes[name] for name in present])
    left = beside(columns, basis)
    sizes, *_ = np.linalg.lstsq(left, rest, rcond=None)
    return {name: float(size) for name, size in zip(present, sizes, strict=True)}
