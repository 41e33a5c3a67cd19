"""Figures side by side: what two of them differ by, and which of several is the highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from enms_core.analysis.measure import combined
from enms_core.analysis.ranking import is_low
from enms_core.domain.comparison import Compared, Difference, Value
from enms_core.domain.measure import MAKES_NOTHING, Amount, Figure, Kind, Measured

HOURS_PER_DAY = 24.0


@dataclass(frozen=True)
class Total:
    """A side's figures added up.

    values: by kind. lengths_s: the lengths of its machines' periods [s]; those of sites in several
    zones can differ.
    """

    values: dict[Kind, Value]
    lengths_s: frozenset[int]


def total_of(figures: Sequence[Figure], grows: bool, apart: bool = False) -> Total:
    """The figures of one side together. grows: a longer period has more of it, so that it is told
    per day as well. apart: energy sources are not added."""
    told = [(each, each.apart if apart else each.amounts) for each in figures]
    sums = combined(amount for _, amounts in told for amount in amounts)
    return Total(
        values={
            total.kind: Value(total.value, _per_day(total.kind, told) if grows else None)
            for total in sums
        },
        lengths_s=frozenset(round(each.hours * 3600) for each, amounts in told if amounts),
    )


def must_stand_apart(sides: Sequence[Sequence[Figure]]) -> bool:
    """Whether energy as a whole is not known of some machine, so that each source is compared."""
    reasons = {figure.reason for figures in sides for figure in figures}
    return "energy_content_unknown" in reasons


def is_side_incomplete(measured: Measured) -> bool:
    """Whether so much is missing in a side that its figure may be far off."""
    return is_low(measured.coverage_percent) or any(
        each.is_partial or (each.reason is not None and each.reason not in MAKES_NOTHING)
        for each in measured.figures
    )


def compared(totals: Sequence[Total]) -> tuple[Compared, ...]:
    """The sides by each kind of amount, in the order in which the kinds first appear.

    Where the periods differ in length, figures that grow with time are judged per day (rule 10).
    """
    kinds = dict.fromkeys(kind for total in totals for kind in total.values)
    return tuple(_compared(kind, totals) for kind in kinds)


def _per_day(kind: Kind, told: Sequence[tuple[Figure, Sequence[Amount]]]) -> float:
    """The sum of the machines' values for each day of their own periods."""
    return fsum(
        amount.value * HOURS_PER_DAY / figure.hours
        for figure, amounts in told
        for amount in amounts
        if amount.kind == kind
    )


def _compared(kind: Kind, totals: Sequence[Total]) -> Compared:
    values = tuple(total.values.get(kind) for total in totals)
    lengths = {total.lengths_s for total in totals if kind in total.values}
    grows = all(value is None or value.per_day is not None for value in values)
    plain = Compared(kind, values, is_per_day=grows and len(lengths) > 1)
    judged = [plain.judged(place) for place in range(len(values))]
    known = [(figure, place) for place, figure in enumerate(judged) if figure is not None]
    several = len(known) > 1
    return Compared(
        kind,
        values,
        difference=_difference(judged),
        highest=max(known, key=lambda each: each[0])[1] if several else None,
        lowest=min(known, key=lambda each: each[0])[1] if several else None,
        is_per_day=plain.is_per_day,
    )


def _difference(judged: Sequence[float | None]) -> Difference | None:
    """First minus second; nothing but for two figures."""
    if len(judged) != 2 or judged[0] is None or judged[1] is None:
        return None
    amount = judged[0] - judged[1]
    return Difference(amount, 100.0 * amount / judged[1] if judged[1] else None)
