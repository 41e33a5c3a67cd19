"""Machines in the order of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.measure import Amount, Kind, Lack, LeftOut
from enms_core.domain.question import Order, Outcome, Threshold


@dataclass(frozen=True)
class RankedItem:
    """A machine in a ranking.

    share_percent: of the total, None where that is not known. lack: what is missing in its
    figure, so that it may stand at a wrong place.
    """

    rank: int
    machine: Machine
    amount: Amount
    share_percent: float | None = None
    lack: Lack | None = None

    @property
    def is_incomplete(self) -> bool:
        return self.lack is not None

    def data(self) -> dict[str, object]:
        return {
            "rank": self.rank,
            "machine": self.machine.name,
            "value": self.amount.value,
            **self.amount.kind.data(),
            "share_percent": self.share_percent,
            "is_incomplete": self.is_incomplete,
        }


@dataclass(frozen=True)
class Ranking:
    """Amounts of one kind in order. total: of all machines that were measured, not only of those
    asked for; None for figures that are no sums. machines: how many were ranked. incomplete: all
    whose figures lack something, also those that are not among the items: they might belong there.
    """

    kind: Kind
    items: tuple[RankedItem, ...]
    total: float | None
    machines: int
    incomplete: tuple[RankedItem, ...] = ()

    def data(self) -> dict[str, object]:
        return {
            **self.kind.data(),
            "total": self.total,
            "machines": self.machines,
            "incomplete": [item.machine.name for item in self.incomplete],
        }


@dataclass(frozen=True, kw_only=True)
class RankingAnswer(Answer):
    """One ranking for each kind of amount: money in two currencies is ranked twice.

    lowest_first: whether low figures rank before high ones. count: how many were asked for, None
    for all of them.
    """

    metric: str
    order: Order
    lowest_first: bool = False
    rankings: tuple[Ranking, ...]
    left_out: tuple[LeftOut, ...] = ()
    count: int | None = None
    threshold: Threshold | None = None
    basis: Evidence

    @property
    def items(self) -> tuple[RankedItem, ...]:
        return tuple(item for ranking in self.rankings for item in ranking.items)

    def data(self) -> dict[str, object]:
        """The contract's `data`; `unit` (or `currency`) and `total` where there is one ranking."""
        only = self.rankings[0] if len(self.rankings) == 1 else None
        return {
            "metric": self.metric,
            "order": self.order,
            **({} if only is None else only.kind.data()),
            "items": [item.data() for item in self.items],
            "left_out": [each.data() for each in self.left_out],
            "total": None if only is None else only.total,
            "rankings": [ranking.data() for ranking in self.rankings],
            "count_asked": self.count,
            "threshold": self.threshold.data() if self.threshold else None,
        }

    def evidence(self) -> Evidence:
        return self.basis

    @property
    def told(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(item.machine.id for item in self.items))


@dataclass(frozen=True, kw_only=True)
class ThresholdUnfit(Answer):
    """A bound that the figure cannot be held against: in another unit, or of a change.

    kinds: what it can be held against.
    """

    metric: str
    threshold: Threshold
    kinds: tuple[Kind, ...]
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {
            "metric": self.metric,
            "threshold": self.threshold.data(),
            "fits": [kind.data() for kind in self.kinds],
        }

    @property
    def is_change(self) -> bool:
        return self.threshold.op in ("less", "more")
