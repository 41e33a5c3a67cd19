"""Figures side by side: what two of them differ by, and which of several is the highest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum, isclose

from enms_core.analysis.coverage import DAY_SECONDS
from enms_core.analysis.demand import SECONDS_PER_HOUR
from enms_core.analysis.measure import combined
from enms_core.analysis.ranking import is_low
from enms_core.domain.comparison import SAME_PERCENT, Compared, Difference, Value
from enms_core.domain.measure import (
    LACK_OF,
    MAKES_NOTHING,
    Amount,
    Figure,
    Kind,
    Lack,
    Measured,
)

HOURS_PER_DAY = 24.0
HOUR_SECONDS = 3_600


@dataclass(frozen=True)
class Total:
    """A side's figures added up.

    values: by kind. lengths_s: the lengths of its machines' periods [s], clock_lengths_s: on the
    clocks of their sites; those of sites in several zones can differ.
    """

    values: dict[Kind, Value]
    lengths_s: frozenset[int]
    clock_lengths_s: frozenset[int]

    @property
    def days(self) -> frozenset[int]:
        """Calendar days of the periods; part of a day is one."""
        return frozenset(max(1, round(length / DAY_SECONDS)) for length in self.clock_lengths_s)


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
        lengths_s=_seconds(each.hours for each, amounts in told if amounts),
        clock_lengths_s=_seconds(each.clock_hours for each, amounts in told if amounts),
    )


def _seconds(hours: Iterable[float]) -> frozenset[int]:
    return frozenset(round(each * SECONDS_PER_HOUR) for each in hours)


def must_stand_apart(sides: Sequence[Sequence[Figure]]) -> bool:
    """Whether energy as a whole is not known of some machine, so that each source is compared."""
    reasons = {figure.reason for figures in sides for figure in figures}
    return "energy_content_unknown" in reasons


def lacks_of(measured: Measured, found: Sequence[Compared]) -> tuple[Lack, ...]:
    """What is missing in a side so much that its figure may be far off, or that the difference may
    be nothing but what is missing."""
    lacks = [lack for each in measured.figures if (lack := _lack(each))]
    if is_low(measured.coverage_percent) or _hides(measured.coverage_percent, found):
        lacks.append("readings")
    return tuple(dict.fromkeys(lacks))


def _lack(figure: Figure) -> Lack | None:
    if figure.reason is None:
        return figure.partial
    return None if figure.reason in MAKES_NOTHING else LACK_OF.get(figure.reason, "readings")


def _hides(coverage_percent: float | None, found: Sequence[Compared]) -> bool:
    """Whether what is missing would make a difference as large as one found, in percent of what is
    there."""
    if not coverage_percent:
        return False
    missing = 100.0 * (100.0 - coverage_percent) / coverage_percent
    differences = [each.difference.percent for each in found if each.difference is not None]
    bounds = [max(abs(percent), SAME_PERCENT) for percent in differences if percent is not None]
    return any(missing > bound or isclose(missing, bound) for bound in bounds)


def differ_by_hours(totals: Sequence[Total]) -> bool:
    """Whether one period has another length at some sites: where it runs, it began elsewhere hours
    ago."""
    lengths = [length for total in totals for length in total.clock_lengths_s]
    return bool(lengths) and max(lengths) - min(lengths) > HOUR_SECONDS


def compared(totals: Sequence[Total], *, is_even: bool = True) -> tuple[Compared, ...]:
    """The sides by each kind of amount, in the order in which the kinds first appear.

    Where the periods differ in their number of days, figures that grow with time are judged per day
    (rule 10). Nothing is made up to a day from a part of one, and a day of 23 or 25 hours is a day.
    is_even: whether the sides can be judged at all; else they only stand beside each other.
    """
    kinds = dict.fromkeys(kind for total in totals for kind in total.values)
    return tuple(_compared(kind, totals, is_even) for kind in kinds)


def _per_day(kind: Kind, told: Sequence[tuple[Figure, Sequence[Amount]]]) -> float:
    """The sum of the machines' values for each day of their own periods."""
    return fsum(
        amount.value * HOURS_PER_DAY / figure.hours
        for figure, amounts in told
        for amount in amounts
        if amount.kind == kind
    )


def _compared(kind: Kind, totals: Sequence[Total], is_even: bool) -> Compared:
    values = tuple(total.values.get(kind) for total in totals)
    has_lengths = _differ(kind, totals) and all(
        value is None or value.per_day is not None for value in values
    )
    if not is_even:
        return Compared(kind, values, is_of_other_length=has_lengths)
    days = {total.days for total in totals if kind in total.values}
    plain = Compared(kind, values, is_per_day=has_lengths and len(days) > 1)
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
        is_of_other_length=has_lengths and not plain.is_per_day,
    )


def _differ(kind: Kind, totals: Sequence[Total]) -> bool:
    """Whether the periods differ in length, by their hours and by the clock."""
    told = [total for total in totals if kind in total.values]
    lengths = {total.lengths_s for total in told}
    return len(lengths) > 1 and len({total.clock_lengths_s for total in told}) > 1


def _difference(judged: Sequence[float | None]) -> Difference | None:
    """First minus second; nothing but for two figures. Energy that was fed back is no percentage,
    and nothing is one of it."""
    if len(judged) != 2 or judged[0] is None or judged[1] is None:
        return None
    amount = judged[0] - judged[1]
    has_percent = judged[1] > 0 and judged[0] >= 0
    return Difference(amount, 100.0 * amount / judged[1] if has_percent else None)
