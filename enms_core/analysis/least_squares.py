"""Ordinary least squares that keeps its digits where columns nearly depend on each other.

Columns are centred (with an intercept only) and scaled by powers of two, then factored by QR; the
solution is mended once by its own residual in extended precision. Where the columns are badly
conditioned, the factor is mended as well: its inverse makes the columns nearly orthonormal, and
what is left of them is solved in extended precision (numpy's longdouble: 64 bits of digits on
x86-64, 113 on 64-bit Arm).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Extended = NDArray[np.longdouble]

# From this condition number of the scaled columns on, the factor is mended.
ILL_CONDITIONED = 100.0
# Blocks of so many numbers are factored on their own: larger ones are spread over threads that wait
# for each other at each column, a hundred times longer than they compute where cores are busy.
BLOCK = 8192
# A column counts as depending on those before it if less than so many roundings of it are left.
ROUNDINGS = 100.0


class SingularDesign(ValueError):
    """No unique fit: `columns` are constant beside an intercept, or sums of multiples of columns
    before them. constant: those of them that do not vary at all."""

    def __init__(self, columns: tuple[int, ...], constant: tuple[int, ...] = ()) -> None:
        super().__init__(f"columns {list(columns)} depend on the others")
        self.columns = columns
        self.constant = constant


@dataclass(frozen=True)
class LeastSquares:
    """A fit of n samples; p coefficients, the intercept first where there is one.

    standard_errors, covariance = sigma² (X'X)⁻¹, residuals, sigma with n - p degrees of freedom:
    NaN where n = p. basis: n orthonormal columns that span those of X, as many as p; root: of
    (X'X)⁻¹ = root root', so that X root = basis and the coefficients are root basis' target.
    """

    coefficients: Floats
    covariance: Floats
    residuals: Floats
    sigma: float
    degrees_of_freedom: int
    has_intercept: bool
    basis: Floats
    root: Floats

    @property
    def standard_errors(self) -> Floats:
        errors: Floats = self.sigma * np.sqrt(np.square(self.root).sum(axis=1))
        return errors


class _Columns(NamedTuple):
    """Centred, scaled columns, after one of ones where there is an intercept; the way back to
    coefficients in units."""

    scaled: Extended
    to_units: Extended
    # How many times larger a column was before it was centred, at most.
    lost: float


class _Factor(NamedTuple):
    """basis = scaled inverse, basis'basis = 1; in the precision that the columns need."""

    basis: Floats | Extended
    inverse: Floats | Extended


def fit_least_squares(design: Floats, target: Floats, has_intercept: bool = True) -> LeastSquares:
    """The coefficients that make the sum of squared residuals least, with their covariance.

    design: samples x drivers, without the column of ones. Raises SingularDesign where columns
    depend on each other or are more than the samples; ValueError where a number is not finite.

    Björck (1996), Numerical Methods for Least Squares Problems, 2.9: mending a solution.

    >>> fit = fit_least_squares(np.array([[1.0], [2.0], [3.0]]), np.array([3.0, 5.0, 7.0]))
    >>> fit.coefficients.round(12).tolist()
    [1.0, 2.0]
    """
    if not (np.isfinite(design).all() and np.isfinite(target).all()):
        raise ValueError("design and target must be finite")
    columns = _scaled(design, has_intercept)
    factor = _factored(columns, has_intercept)
    solution, residuals = _mended(columns.scaled, factor, target, has_intercept)
    freedom = len(target) - len(solution)
    sigma = float(np.sqrt(residuals @ residuals / freedom)) if freedom else float("nan")
    root = (columns.to_units @ factor.inverse).astype(np.float64)
    return LeastSquares(
        coefficients=(columns.to_units @ solution).astype(np.float64),
        covariance=sigma**2 * (root @ root.T),
        residuals=residuals.astype(np.float64),
        sigma=sigma,
        degrees_of_freedom=freedom,
        has_intercept=has_intercept,
        basis=factor.basis.astype(np.float64),
        root=root,
    )


def _scaled(design: Floats, has_intercept: bool) -> _Columns:
    """Powers of two scale without a rounding; in extended precision, centring hardly rounds.
    A column that does not vary becomes zeros."""
    design = np.asfortranarray(design, np.float64)
    samples, drivers = design.shape
    centres = design.mean(axis=0) if has_intercept else np.zeros(drivers)
    spread = np.abs(design - centres).max(axis=0, initial=0.0)
    largest = np.abs(design).max(axis=0, initial=0.0)
    varies = spread > ROUNDINGS * np.finfo(np.float64).eps * largest
    per_unit = (varies * np.ldexp(1.0, -np.frexp(spread)[1])).astype(np.longdouble)
    lost = float((largest * per_unit).max(initial=1.0))
    first = int(has_intercept)
    scaled = np.ones((samples, drivers + first), np.longdouble, order="F")
    np.subtract(design, centres, out=scaled[:, first:], dtype=np.longdouble)
    scaled[:, first:] *= per_unit
    to_units = np.diag(np.concatenate([np.ones(first, np.longdouble), per_unit]))
    if has_intercept:
        to_units[0, 1:] = -centres * per_unit
    return _Columns(scaled, to_units, lost)


def _factored(columns: _Columns, has_intercept: bool) -> _Factor:
    basis, triangle = _qr(columns.scaled.astype(np.float64, order="C"))
    lengths = np.sqrt(np.square(triangle).sum(axis=0))
    _refuse_dependent(triangle, lengths, columns.lost, has_intercept)
    inverse = np.linalg.inv(triangle)
    if np.linalg.cond(triangle / lengths) < ILL_CONDITIONED:
        return _Factor(basis, inverse)
    nearly = columns.scaled @ inverse.astype(np.longdouble)
    left = np.linalg.inv(np.linalg.cholesky((nearly.T @ nearly).astype(np.float64)))
    return _Factor(nearly @ left.T, inverse.astype(np.longdouble) @ left.T)


def _qr(matrix: Floats) -> tuple[Floats, Floats]:
    """Blocks of rows first, then their triangles (Demmel et al. 2012, tall and skinny QR)."""
    rows, width = matrix.shape
    height = max(BLOCK // max(width, 1), 4 * width)
    count = rows // height
    if count < 2:
        basis, triangle = np.linalg.qr(matrix)
        return basis, triangle
    cut = count * height
    bases, triangles = np.linalg.qr(matrix[:cut].reshape(count, height, width))
    upper, triangle = _qr(np.concatenate([triangles.reshape(-1, width), matrix[cut:]]))
    turned = bases @ upper[: count * width].reshape(count, width, width)
    return np.concatenate([turned.reshape(cut, width), upper[count * width :]]), triangle


def _refuse_dependent(triangle: Floats, lengths: Floats, lost: float, has_intercept: bool) -> None:
    """What is left of a column beside those before it is on the triangle's diagonal."""
    rows, width = triangle.shape
    left = np.zeros(width)
    left[:rows] = np.abs(np.diagonal(triangle))
    rounding = ROUNDINGS * np.finfo(np.float64).eps * lost
    dependent = np.flatnonzero(left <= rounding * lengths)
    if dependent.size:
        constant = np.flatnonzero(lengths == 0)
        first = int(has_intercept)
        raise SingularDesign(
            tuple(int(column) - first for column in dependent),
            tuple(int(column) - first for column in constant),
        )


def _mended(
    scaled: Extended, factor: _Factor, target: Floats, has_intercept: bool
) -> tuple[Extended, Floats]:
    """The solution, once mended by what its residual still holds of the columns; residuals. What
    the intercept takes of the target is set aside, so that it costs the residual no digits."""
    basis, inverse = factor
    level = target.mean() if has_intercept else 0.0
    centred = target.astype(np.longdouble) - level
    solution = inverse @ (basis.T @ centred.astype(basis.dtype))
    residuals = (centred - scaled @ solution).astype(basis.dtype)
    left = basis.T @ residuals
    mended = solution.astype(np.longdouble) + inverse @ left
    mended[: int(has_intercept)] += level
    return mended, residuals - basis @ left
