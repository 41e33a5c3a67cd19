"""Which change, if any, explains a series of days best: candidates beside the model's drivers.

Candidates are weighed by Schwarz's criterion with n' in place of n (Schwarz 1978, Annals of
Statistics 6, 461-464): exp(-BIC / 2) is near the chance that each is the true one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtr

from enms_core.analysis.autocorrelation import lag_one_correlation
from enms_core.analysis.change_shapes import Shape
from enms_core.analysis.daily_rests import DailyRests
from enms_core.analysis.hourly_table import Floats, Ints
from enms_core.analysis.orthonormal import beside, orthonormal

# Of squared errors, a share that is what roundings leave.
ROUNDING = 1e-12
TINY = float(np.finfo(np.float64).tiny)
# What is left of a candidate beside the drivers (in squares) to be told apart from them.
LEFT = 1e-6
MOST_RHO = 0.9


@dataclass(frozen=True)
class Fitted:
    """The candidates of a shape, each fitted beside the drivers. size: their coefficients. square:
    what is left of each beside the drivers (sum of squares). gain: what each takes off the sum of
    squared errors. weight: chance of each among all candidates of all shapes and none."""

    shape: Shape
    size: Floats
    square: Floats
    gain: Floats
    weight: Floats


@dataclass(frozen=True)
class Scan:
    """fits: one per shape. squares: sum of squared errors without a change. none: the chance that
    there is none. independent: n'. freedom: n' less the parameters with a change."""

    fits: tuple[Fitted, ...]
    squares: float
    none: float
    independent: float
    freedom: float


def scan(rests: DailyRests, shapes: Sequence[Shape], known: Floats, ahead: int = 2) -> Scan:
    """known: days x columns of changes that are allowed for already. ahead: so many changes more
    may lie in the series; what they leave tells how errors hang together, else they would seem to
    do so for months."""
    base = np.column_stack([rests.columns, known])
    basis = orthonormal(base)
    errors = beside(rests.rest, basis)
    bare = [_beside(shape, basis, errors) for shape in shapes]
    left = _left(shapes, bare, basis, errors, ahead + 1)
    independent = _independent_share(rests, left) * len(rests)
    return _weighed(shapes, bare, float(errors @ errors), independent, base.shape[1])


def _beside(shape: Shape, basis: Floats, errors: Floats) -> tuple[Floats, Floats]:
    """Squares of the candidates less what the drivers hold of them; products with the errors."""
    whole, products = shape.squares(), shape.products(np.column_stack([basis, errors]))
    square = whole - np.square(products[:-1]).sum(axis=0)
    return np.where(square > LEFT * whole, square, np.inf), products[-1]


def _left(
    shapes: Sequence[Shape],
    bare: Sequence[tuple[Floats, Floats]],
    basis: Floats,
    errors: Floats,
    count: int,
) -> Floats:
    """The errors beside the best candidate, the best one beside that, and so on."""
    squares = [square for square, _ in bare]
    products = [product for _, product in bare]
    for _ in range(count):
        gains = [np.square(p) / s for p, s in zip(products, squares, strict=True)]
        likeliest = max(range(len(gains)), key=lambda at: float(gains[at].max()))
        column = beside(shapes[likeliest].column(int(gains[likeliest].argmax())), basis)
        length = float(np.sqrt(column @ column))
        if not length > 0.0:
            break
        basis = np.column_stack([basis, column / length])
        errors = beside(errors, basis)
        both = np.column_stack([basis[:, -1], errors])
        along = [shape.products(both) for shape in shapes]
        squares = [_less(s, np.square(each[0])) for s, each in zip(squares, along, strict=True)]
        products = [each[1] for each in along]
    return errors


def _less(square: Floats, taken: Floats) -> Floats:
    """Squares less what another column holds of them; none is left of one that depends on it."""
    left: Floats = np.where(square - taken > LEFT * square, square - taken, np.inf)
    return left


def _weighed(
    shapes: Sequence[Shape],
    bare: Sequence[tuple[Floats, Floats]],
    squares: float,
    independent: float,
    parameters: int,
) -> Scan:
    gains = [np.square(product) / square for square, product in bare]
    logs = [_log_chance(gain, squares, independent) for gain in gains]
    nothing = -0.5 * independent * np.log(max(squares, TINY))
    top = max([nothing, *(float(each.max()) for each in logs)])
    weights = [np.exp(each - top) for each in logs]
    total = float(np.exp(nothing - top)) + sum(float(each.sum()) for each in weights)
    fits = tuple(
        Fitted(shape, product / square, square, gain, weight / total)
        for shape, (square, product), gain, weight in zip(shapes, bare, gains, weights, strict=True)
    )
    freedom = max(independent - parameters - 1.0, 1.0)
    return Scan(fits, squares, float(np.exp(nothing - top)) / total, independent, freedom)


def _log_chance(gain: Floats, squares: float, independent: float) -> Floats:
    """-BIC / 2 of each candidate; a shape's chance is spread evenly over its candidates."""
    left = np.maximum(squares - gain, max(ROUNDING * squares, TINY))
    price = 0.5 * np.log(independent) + np.log(len(gain))
    of_each: Floats = -0.5 * independent * np.log(left) - price
    return of_each


def _independent_share(rests: DailyRests, errors: Floats) -> float:
    """n' / n = (1 - rho) / (1 + rho); where errors of days fade slower than a first-order process,
    rho is the one that those two days apart tell."""
    following = lag_one_correlation(errors, rests.day)
    slower = float(np.sqrt(max(_two_days_apart(errors, rests.day), 0.0)))
    rho = min(max(following, slower, 0.0), MOST_RHO)
    return (1.0 - rho) / (1.0 + rho)


def _two_days_apart(errors: Floats, day: Ints) -> float:
    """Correlation of the errors of days with one in between."""
    track = np.zeros(int(day[-1] - day[0]) + 1)
    there = np.zeros(len(track), dtype=np.bool_)
    track[day - day[0]], there[day - day[0]] = errors, True
    pairs = int((there[2:] & there[:-2]).sum())
    square = float(errors @ errors) / len(errors)
    product = float(track[2:] @ track[:-2])
    return product / pairs / square if pairs and square else 0.0


def chance_of_none(found: Scan, fitted: Fitted) -> float:
    """p of the greatest of many t values, one per candidate, if nothing changed.

    P(|t| > m) + V exp(-z² / 2) / √(2π): V is the way that |t| goes up and down from candidate to
    candidate, z the normal value as rare as m (Davies 1987, Biometrika 74, 33-43). As many times
    that as shapes were tried, at most 1.
    """
    if not found.squares > 0.0:
        return 1.0
    left = np.maximum(found.squares - fitted.gain, ROUNDING * found.squares)
    t_values = np.sqrt(fitted.gain / left * found.freedom)
    single = max(2.0 * float(stdtr(found.freedom, -t_values.max())), TINY)
    way = float(np.abs(np.diff(t_values)).sum())
    bound = single + way * float(np.exp(-0.5 * ndtri(single / 2.0) ** 2)) / np.sqrt(2.0 * np.pi)
    return min(1.0, float(bound) * len(found.fits))
