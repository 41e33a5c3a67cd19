"""Least squares in fractions, without a rounding: what a fit's digits are counted against."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = list[list[Fraction]]


class Certified(NamedTuple):
    """The numbers of a fit; the intercept first where there is one."""

    coefficients: Floats
    standard_errors: Floats


def exact_fit(design: Floats, target: Floats, has_intercept: bool) -> Certified:
    """Normal equations solved in fractions of the very doubles given; rounded once, at the end."""
    first = [Fraction(1)] if has_intercept else []
    rows = [first + [Fraction(value) for value in row] for row in design.tolist()]
    values = [Fraction(value) for value in target.tolist()]
    columns = list(zip(*rows, strict=True))
    squares = [[_product(one, other) for other in columns] for one in columns]
    inverse = _inverse(squares)
    moments = [_product(column, values) for column in columns]
    coefficients = [_product(row, moments) for row in inverse]
    residuals = [y - _product(row, coefficients) for row, y in zip(rows, values, strict=True)]
    variance = _product(residuals, residuals) / (len(rows) - len(columns))
    errors = [_root(variance * inverse[place][place]) for place in range(len(columns))]
    return Certified(np.array([float(each) for each in coefficients]), np.array(errors))


def _product(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


def _inverse(matrix: Rows) -> Rows:
    """Gauss and Jordan; no pivoting for size is needed without roundings."""
    size = len(matrix)
    rows = [[*row, *(Fraction(int(a == b)) for b in range(size))] for a, row in enumerate(matrix)]
    for place in range(size):
        pivot = rows[place][place]
        rows[place] = [value / pivot for value in rows[place]]
        for other in range(size):
            factor = rows[other][place]
            if other != place and factor:
                pairs = zip(rows[other], rows[place], strict=True)
                rows[other] = [value - factor * one for value, one in pairs]
    return [row[size:] for row in rows]


def _root(square: Fraction) -> float:
    with localcontext() as context:
        context.prec = 60
        return float((Decimal(square.numerator) / Decimal(square.denominator)).sqrt())


def digits(found: Floats, certified: Floats) -> float:
    """Correct digits of the worst of the numbers: -log10 of the relative error, of the absolute
    one where 0 is certified; at most 17."""
    by = np.where(certified == 0, 1.0, np.abs(certified))
    worst = float((np.abs(found - certified) / by).max())
    return -float(np.log10(max(worst, 1e-17)))
