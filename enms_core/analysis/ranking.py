"""Machines in the order of a figure: who used the most, who lies beyond a bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from enms_core.analysis.bounds import HOLDS, bound_in
from enms_core.analysis.doubts import LOW_COVERAGE_PERCENT
from enms_core.domain.catalogue import Machine
from enms_core.domain.measure import Amount, Figure, Kind, Lack
from enms_core.domain.question import Threshold
from enms_core.domain.ranking import RankedItem, Ranking


@dataclass(frozen=True)
class Wanted:
    """What is told of a ranking: the first `count` (None: all) of those that `threshold` lets by.

    has_total: whether the figures of machines can be added. has_shares: whether the total is then
    that of all machines.
    """

    lowest_first: bool = False
    count: int | None = None
    threshold: Threshold | None = None
    has_total: bool = True
    has_shares: bool = True


def rankings(figures: Sequence[Figure], wanted: Wanted) -> tuple[Ranking, ...]:
    """One ranking for each kind of amount, in the order in which the kinds first appear.

    Equal values stand in the order of the names. Kinds that the threshold is no bound of are left
    out.
    """
    return tuple(
        _ranking(kind, figures, wanted) for kind in kinds_of(figures) if _is_wanted(kind, wanted)
    )


def kinds_of(figures: Iterable[Figure]) -> tuple[Kind, ...]:
    """The kinds of amounts, each once."""
    return tuple(dict.fromkeys(amount.kind for each in figures for amount in each.amounts))


def lack_of(figure: Figure) -> Lack | None:
    """What is missing so much that it has to be said."""
    return "readings" if is_low(figure.coverage_percent) else figure.partial


def is_low(coverage_percent: float | None) -> bool:
    """Whether readings cover too little of a period to compare it with another (rule 7)."""
    return coverage_percent is not None and coverage_percent < LOW_COVERAGE_PERCENT


def _is_wanted(kind: Kind, wanted: Wanted) -> bool:
    return wanted.threshold is None or bound_in(kind, wanted.threshold) is not None


def _ranking(kind: Kind, figures: Sequence[Figure], wanted: Wanted) -> Ranking:
    found = [(each, amount) for each in figures for amount in each.amounts if amount.kind == kind]
    found.sort(key=lambda pair: _place(pair[0].machine, pair[1], wanted.lowest_first))
    total = fsum(amount.value for _, amount in found) if wanted.has_total else None
    is_whole = not any(lack_of(each) or amount.value < 0 for each, amount in found)
    whole = total if wanted.has_shares and is_whole else 0
    items = tuple(
        RankedItem(
            rank=place,
            machine=figure.machine,
            amount=amount,
            share_percent=100.0 * amount.value / whole if whole else None,
            lack=lack_of(figure),
        )
        for place, (figure, amount) in enumerate(found, 1)
    )
    kept = [item for item in items if _holds(item.amount, wanted.threshold)]
    incomplete = tuple(item for item in items if item.is_incomplete)
    return Ranking(kind, tuple(kept[: wanted.count]), total, len(items), incomplete)


def _place(machine: Machine, amount: Amount, lowest_first: bool) -> tuple[float, str]:
    return (amount.value if lowest_first else -amount.value), machine.name


def _holds(amount: Amount, threshold: Threshold | None) -> bool:
    if threshold is None:
        return True
    bound = bound_in(amount.kind, threshold)
    return bound is not None and HOLDS[threshold.op](amount.value, bound)
