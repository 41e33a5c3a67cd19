"""All small sets of candidate columns, fitted at once from their scalar products.

A candidate has one column, or one for each base temperature it may be counted from; a set of
candidates is as good as its best columns. Nothing is fitted to samples: every sum of squares comes
from one matrix of scalar products, of blocks of time for the judgement on samples left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from enms_core.analysis.degree_days import explained
from enms_core.analysis.hourly_table import Floats, Ints

BLOCKS = 5


@dataclass(frozen=True)
class Columns:
    """values: samples x columns, with a column of ones first and the target last, the others scaled
    to mean 0 and length 1. of: the candidate of each column between these. tuned: candidates of
    several columns, whose choice counts as a parameter."""

    values: Floats
    of: tuple[int, ...]
    tuned: frozenset[int]


@dataclass(frozen=True)
class Fitted:
    """A set of candidates: its best columns (positions), how much of the target's variation they
    leave [0..1], and its parameters with the intercept."""

    candidates: tuple[int, ...]
    columns: tuple[int, ...]
    left: float
    parameters: int


def columns_of(candidates: Sequence[Sequence[Floats]], target: Floats) -> Columns:
    """candidates: of each its columns. Columns that never vary are left out."""
    kept = [
        (at, column)
        for at, columns in enumerate(candidates)
        for column in map(standardised, columns)
        if column is not None
    ]
    of_target = standardised(target)
    if of_target is None:
        raise ValueError("the target never varies")
    values = np.column_stack([np.ones(len(target)), *(column for _, column in kept), of_target])
    tuned = frozenset(at for at, columns in enumerate(candidates) if len(columns) > 1)
    return Columns(values, tuple(at for at, _ in kept), tuned)


def search(columns: Columns, most: int) -> dict[tuple[int, ...], Fitted]:
    """Every set of up to `most` candidates with its best columns."""
    values = columns.values[:, 1:]
    scalar = values.T @ values
    found: dict[tuple[int, ...], Fitted] = {(): Fitted((), (), 1.0, 1)}
    for size in range(1, min(most, len(set(columns.of))) + 1):
        sets = list(_sets(columns, size))
        picked = np.array([chosen for _, chosen in sets], dtype=np.int64)
        left = np.maximum(1.0 - explained(scalar, picked), 0.0)
        # The best last, so that it is the one kept; of equals the first.
        for at in np.argsort(-left[::-1], kind="stable"):
            names, chosen = sets[len(sets) - 1 - int(at)]
            parameters = 1 + size + len(columns.tuned.intersection(names))
            found[names] = Fitted(names, chosen, float(left[len(sets) - 1 - int(at)]), parameters)
    return found


def left_out_error(columns: Columns, chosen: Fitted, blocks: int = BLOCKS) -> float:
    """Sum of squared errors of each block of time as a fit of all the others tells it.

    As a share of the target's variation.
    """
    picked = [0, *(column + 1 for column in chosen.columns), columns.values.shape[1] - 1]
    values = columns.values[:, picked]
    parts = [part.T @ part for part in np.array_split(values, blocks)]
    whole = np.sum(parts, axis=0)
    return float(sum(_error(whole - part, part) for part in parts))


def told_within(columns: Columns, chosen: Fitted, block: Ints) -> Floats:
    """How much each column of a set tells within blocks of time, where all that is constant in a
    block is taken out: the variation it explains beside the others over what all of them leave,
    with the sign of its coefficient there against that over all the time.

    block: of each sample, ascending from 0.
    """
    picked = [column + 1 for column in chosen.columns]
    values = columns.values[:, [*picked, columns.values.shape[1] - 1]]
    means = np.array([np.bincount(block, weights=column) for column in values.T]).T
    means /= np.maximum(np.bincount(block), 1)[:, None]
    inside = values - means[block]
    within, left = _coefficients(inside.T @ inside)
    over_all, _ = _coefficients(values.T @ values)
    inverse = np.linalg.pinv((inside.T @ inside)[:-1, :-1])
    explained_alone = np.square(within) / np.maximum(np.diagonal(inverse), np.finfo(float).tiny)
    told: Floats = np.sign(within * over_all) * explained_alone / max(left, np.finfo(float).tiny)
    return told


def _coefficients(scalar: Floats) -> tuple[Floats, float]:
    """Of the last column on the others, and what they leave of it."""
    solved = np.linalg.lstsq(scalar[:-1, :-1], scalar[:-1, -1], rcond=None)[0]
    return np.asarray(solved, dtype=np.float64), float(scalar[-1, -1] - solved @ scalar[:-1, -1])


def residuals(columns: Columns, chosen: Fitted) -> Floats:
    """Of the fit of a set's columns."""
    design = columns.values[:, [0, *(column + 1 for column in chosen.columns)]]
    target = columns.values[:, -1]
    basis, _ = np.linalg.qr(design)
    left: Floats = target - basis @ (basis.T @ target)
    return left


def _error(fitted_on: Floats, judged_on: Floats) -> float:
    inner, with_target = fitted_on[:-1, :-1], fitted_on[:-1, -1]
    solved = np.linalg.lstsq(inner, with_target, rcond=None)[0]
    errors = np.append(-solved, 1.0)
    return float(errors @ judged_on @ errors)


def _sets(columns: Columns, size: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Sets of candidates with one column of each."""
    places: dict[int, list[int]] = {}
    for place, candidate in enumerate(columns.of):
        places.setdefault(candidate, []).append(place)
    for names in combinations(sorted(places), size):
        for chosen in product(*(places[name] for name in names)):
            yield names, chosen


def standardised(column: Floats) -> Floats | None:
    """Scaled to mean 0 and length 1; None where it never varies."""
    centred = column - column.mean()
    length = float(np.sqrt(centred @ centred))
    if not length > 1e-9 * float(np.abs(column).max()) * np.sqrt(len(column)):
        return None
    scaled: Floats = centred / length
    return scaled
