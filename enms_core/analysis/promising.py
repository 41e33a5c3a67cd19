"""Which of many candidates are worth comparing all with all.

The sets of up to four grow with the fourth power of the number of candidates, so of many only the
most promising ones compete; nothing is lost of a use that few of them explain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, zip_longest

import numpy as np

from enms_core.analysis.degree_days import NOTHING_LEFT
from enms_core.analysis.hourly_table import Floats, Ints
from enms_core.analysis.subset_search import Columns

# So many candidates, and sets of their columns, are compared all with all.
MANY = 12
MANY_SETS = 200_000


def promising(columns: Columns, most: int) -> Columns:
    """The columns of the candidates that are worth comparing in sets of up to `most`: all, or of
    many those that explain most alone, one after the other, or beside the best pair of those with
    several columns (heating and cooling need each other)."""
    ranked = sorted(set(columns.of))
    if len(ranked) > MANY or _sets_of(columns, ranked, most) > MANY_SETS:
        ranked = _ranked(columns)[:MANY]
    while _sets_of(columns, ranked, most) > MANY_SETS:
        ranked.pop()
    places = [at for at, candidate in enumerate(columns.of) if candidate in ranked]
    values = columns.values[:, [0, *(at + 1 for at in places), -1]]
    return Columns(values, tuple(columns.of[at] for at in places), columns.tuned)


def _sets_of(columns: Columns, candidates: Sequence[int], most: int) -> int:
    """How many sets of up to `most` columns of different candidates there are."""
    sizes = Counter(columns.of)
    amounts = [1] + [0] * most
    for candidate in candidates:
        for size in range(most, 0, -1):
            amounts[size] += amounts[size - 1] * sizes[candidate]
    return sum(amounts)


def _ranked(columns: Columns) -> list[int]:
    """Candidates, the most promising first: the first of each order, then the second, ..."""
    values = columns.values[:, 1:]
    scalar = values.T @ values
    of = np.array(columns.of)
    alone = [int(each) for each in of[np.argsort(-np.square(scalar[:-1, -1]), kind="stable")]]
    orders = (_forward(scalar, of, ()), _forward(scalar, of, _best_pair(columns, scalar)), alone)
    ranks = chain.from_iterable(zip_longest(*map(dict.fromkeys, orders)))
    return [candidate for candidate in dict.fromkeys(ranks) if candidate is not None]


def _forward(scalar: Floats, of: Ints, first: Sequence[int]) -> list[int]:
    """Candidates in the order in which each explains most beside those before it."""
    left = scalar.copy()
    is_free = np.ones(len(of), dtype=np.bool_)
    order: list[int] = []
    for step in range(MANY):
        length = np.diagonal(left)[:-1]
        usable = is_free & (length > NOTHING_LEFT)
        if not usable.any():
            break
        gains = np.where(usable, np.square(left[:-1, -1]) / np.where(usable, length, 1.0), -1.0)
        at = first[step] if step < len(first) else int(np.argmax(gains))
        order.append(int(of[at]))
        is_free &= of != of[at]
        left = left - np.outer(left[:, at], left[at]) / left[at, at]
    return order


def _best_pair(columns: Columns, scalar: Floats) -> tuple[int, ...]:
    """The two columns, of two candidates that have several, that explain most together."""
    places = np.array([at for at, each in enumerate(columns.of) if each in columns.tuned], np.int64)
    of = np.array(columns.of)[places]
    one, other = (places[each] for each in np.nonzero(of[:, None] < of[None, :]))
    shared = scalar[one, other]
    differ = 1.0 - np.square(shared) > NOTHING_LEFT
    one, other, shared = one[differ], other[differ], shared[differ]
    if not len(one):
        return ()
    tells, tells_too = scalar[one, -1], scalar[other, -1]
    gains = np.square(tells) + np.square(tells_too) - 2.0 * shared * tells * tells_too
    best = int(np.argmax(gains / (1.0 - np.square(shared))))
    return int(one[best]), int(other[best])
