"""Residuals that follow one another: their lag-1 correlation, and t-tests that survive it.

`position` is the whole-numbered place of each sample in time (number of its hour or day), rising.
Samples are neighbours where it rises by one; between all others lies a gap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from enms_core.analysis.least_squares import LeastSquares

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A residual that follows the one before it closer than this hardly tells anything of its own.
STRONGEST = 0.99
# The search for the correlation ends where it moves less; it gains about two digits a round.
SETTLED = 1e-13
ROUNDS = 100
# Whitened columns of which so little is left (in squares) depend on each other.
LEFT = 1e-10


class Significance(NamedTuple):
    """t-tests of the coefficients of a fit, the intercept first where it has one; NaN where there
    are too few samples. rho: lag-1 correlation that was allowed for."""

    coefficients: Floats
    standard_errors: Floats
    t_values: Floats
    p_values: Floats
    rho: float
    degrees_of_freedom: int


def neighbours(position: Ints) -> Bools:
    """Of each sample but the last, whether the next one follows without a gap. Raises ValueError
    where positions do not rise.

    >>> neighbours(np.array([1, 2, 4])).tolist()
    [True, False]
    """
    steps = np.diff(position)
    if (steps <= 0).any():
        raise ValueError("positions must rise")
    follows: Bools = steps == 1
    return follows


def lag_one_correlation(residuals: Floats, position: Ints) -> float:
    """Yule-Walker estimate of residuals about their mean: mean product of neighbours over the mean
    square; 0 where there are no neighbours or all residuals are equal.

    >>> lag_one_correlation(np.array([1.0, -1.0, 1.0, -1.0]), np.array([1, 2, 3, 4]))
    -1.0
    """
    return _correlation(residuals, neighbours(position))


def _correlation(residuals: Floats, follows: Bools) -> float:
    around = residuals - residuals.mean()
    square = float(around @ around) / len(around)
    pairs = int(follows.sum())
    if not pairs or not square:
        return 0.0
    product = float((around[:-1] * follows) @ around[1:]) / pairs
    return product / square


def durbin_watson(residuals: Floats, position: Ints) -> float:
    """Sum of squared steps between neighbours over the sum of squares; near 2(1 - rho). Steps over
    gaps count as the mean of the others; NaN where there are no neighbours.

    >>> durbin_watson(np.array([1.0, -1.0, 1.0, -1.0]), np.array([1, 2, 3, 4]))
    3.0
    """
    follows = neighbours(position)
    pairs, square = int(follows.sum()), float(residuals @ residuals)
    if not pairs or not square:
        return float("nan")
    steps = np.diff(residuals)[follows]
    return float(steps @ steps) / square * len(follows) / pairs


def effective_samples(samples: int, rho: float) -> float:
    """How many independent samples tell as much: n' = n (1 - rho) / (1 + rho), between 1 and n.

    ASHRAE Guideline 14-2014, annex B.

    >>> effective_samples(300, 0.5)
    100.0
    """
    held = min(max(rho, 0.0), 1.0)
    return max(1.0, samples * (1 - held) / (1 + held))


def t_tests(coefficients: Floats, errors: Floats, freedom: int) -> tuple[Floats, Floats]:
    """t and two-sided p of coefficients against 0; NaN without degrees of freedom."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t_values: Floats = coefficients / errors
    if freedom <= 0:
        return np.full_like(t_values, np.nan), np.full_like(t_values, np.nan)
    return t_values, 2 * stdtr(freedom, -np.abs(t_values))


def autoregressive_significance(fit: LeastSquares, position: Ints) -> Significance:
    """t-tests of GLSAR(1): generalised least squares with residuals of which each follows the one
    before it, its coefficients and their correlation found in turns.

    Over a gap of k steps the correlation is rho^k; the first sample of all is left out. Without
    gaps that is Cochrane and Orcutt (1949) and statsmodels' GLSAR.iterative_fit; after a long gap a
    sample keeps Prais and Winsten's weight. Savin and White (1978), Econometrica 46, 59-67.
    """
    rho, squares = _settled(_Correlated.of(fit, position))
    columns, moments = squares[:-1, :-1], squares[:-1, -1]
    freedom = len(fit.residuals) - 1 - len(moments)
    if freedom <= 0 or not _is_solvable(columns):
        return _unknown(fit, rho)
    turn = np.linalg.solve(columns, moments)
    variance = max(float(squares[-1, -1] - moments @ turn), 0.0) / freedom
    root = fit.root @ np.linalg.inv(np.linalg.cholesky(columns)).T
    errors = np.sqrt(variance * np.square(root).sum(axis=1))
    found = fit.coefficients + fit.root @ turn
    return Significance(found, errors, *t_tests(found, errors, freedom), rho, freedom)


def _settled(samples: _Correlated) -> tuple[float, Floats]:
    """The correlation that its own coefficients leave in the residuals, and the squares and
    products of columns whitened by it."""
    turn: Floats = np.zeros(len(samples.means) - 1)
    last = np.inf
    for _ in range(ROUNDS):
        rho = samples.correlation(turn)
        squares = samples.whitened_squares(rho)
        if abs(rho - last) < SETTLED or not _is_solvable(squares[:-1, :-1]):
            break
        last = rho
        turn[:] = np.linalg.solve(squares[:-1, :-1], squares[:-1, -1])
    return rho, squares


class _Correlated(NamedTuple):
    """A fit's orthonormal columns and, last, its residuals, as sums over neighbours: all that a
    round of the search needs, so that it need not look at each sample again.

    before, after, across: squares and products of the earlier and the later of neighbours. sums:
    of both. gap_*: samples at both ends of the gaps, and how many steps these are long.
    """

    samples: int
    pairs: int
    means: Floats
    squares: Floats
    before: Floats
    after: Floats
    across: Floats
    sums: Floats
    gap_before: Floats
    gap_after: Floats
    gap_steps: Ints

    @classmethod
    def of(cls, fit: LeastSquares, position: Ints) -> _Correlated:
        follows = neighbours(position)
        columns = np.column_stack([fit.basis, fit.residuals])
        earlier, later = columns[:-1], columns[1:]
        before, after = earlier[follows], later[follows]
        return cls(
            samples=len(columns),
            pairs=len(before),
            means=columns.mean(axis=0),
            squares=columns.T @ columns,
            before=before.T @ before,
            after=after.T @ after,
            across=before.T @ after,
            sums=before.sum(axis=0) + after.sum(axis=0),
            gap_before=earlier[~follows],
            gap_after=later[~follows],
            gap_steps=np.diff(position)[~follows],
        )

    def correlation(self, turn: Floats) -> float:
        """Lag-1 correlation of the residuals after the coefficients were turned."""
        along = np.append(-turn, 1.0)
        mean = float(self.means @ along)
        square = float(along @ self.squares @ along) / self.samples - mean**2
        if not self.pairs or square <= 0:
            return 0.0
        product = float(along @ self.across @ along - mean * (self.sums @ along)) / self.pairs
        return min(max((product + mean**2) / square, -STRONGEST), STRONGEST)

    def whitened_squares(self, rho: float) -> Floats:
        """Squares and products of the columns after what each takes over from before is off."""
        power = float(rho) ** self.gap_steps
        weight = np.sqrt((1 - rho**2) / (1 - power**2))
        gaps = weight[:, None] * (self.gap_after - power[:, None] * self.gap_before)
        crossed = self.across + self.across.T
        squares: Floats = self.after - rho * crossed + rho**2 * self.before + gaps.T @ gaps
        return squares


def _is_solvable(squares: Floats) -> bool:
    values = np.linalg.eigvalsh(squares)
    return bool(values[0] > LEFT * values[-1])


def _unknown(fit: LeastSquares, rho: float) -> Significance:
    """Nothing can be said of the coefficients but themselves."""
    nothing = np.full(len(fit.coefficients), np.nan)
    freedom = max(fit.degrees_of_freedom - 1, 0)
    return Significance(fit.coefficients, nothing, nothing, nothing, rho, freedom)
