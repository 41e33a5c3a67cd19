"""Averages of use over time: weighted by the time that readings cover, never a mean of means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from enms_core.analysis.demand import mean_rate
from enms_core.analysis.energy import sum_or_none
from enms_core.domain.period import Period
from enms_core.domain.question import Step
from enms_core.domain.series import Average
from enms_core.domain.use import MachineUse, SourceUse

LONGEST_DAY_HOURS = 25.0
WHOLE_DAY = 1.0 - 1e-9

Quantity = Callable[[SourceUse], float | None]


def step_of_average(asked: Step | None, period: Period, days: float) -> Step:
    """What an average is told by: as asked, else days where the period is longer than any day.

    days: how many local days the period has. Hours where they are less than one: the rest of the
    day is not known.
    """
    if days < WHOLE_DAY:
        return "hour"
    return asked or ("day" if period.hours > LONGEST_DAY_HOURS else "hour")


def average_per_day(quantity: float, days: float, covered_share: float) -> float | None:
    """Use per local day, as if the time without readings had been like the rest.

    days: local days of the period, parts of a day as parts. covered_share: of the period's time
    that has readings, 0 to 1. None where no time has, or less than a day is asked about.

    >>> average_per_day(300.0, 4.0, 0.75)
    100.0
    """
    if covered_share <= 0 or days < WHOLE_DAY:
        return None
    return quantity / (days * covered_share)


def average_of(
    uses: Sequence[tuple[SourceUse, float]], quantity: Quantity
) -> tuple[float | None, float | None]:
    """Mean use of machines together, per day and per hour, from each one's use and local days.

    The average of a sum is the sum of the averages: each machine's is over the time that its own
    readings cover, so one that began later is not diluted by the time before. Machines without
    readings are left out, and not known where none has any.
    """
    found = [(use, days, quantity(use)) for use, days in uses if use.readings]
    if not found:
        return None, None
    per_day = [
        None if amount is None else average_per_day(amount, days, _covered_share(use))
        for use, days, amount in found
    ]
    per_hour = [
        None if amount is None else mean_rate(amount, use.told_seconds)
        for use, _days, amount in found
    ]
    return sum_or_none(per_day), sum_or_none(per_hour)


def source_average(uses: Sequence[tuple[SourceUse, float]]) -> Average:
    """The average of machines' uses of one energy source, each with its local days."""
    return Average(uses[0][0].source, *average_of(uses, lambda use: use.quantity))


def purchased_average(uses: Sequence[tuple[SourceUse, float]]) -> Average:
    """The average energy of several purchased sources together [kWh]."""
    return Average(None, *average_of(uses, lambda use: use.energy_kwh))


def uses_by_source(
    machines: Sequence[MachineUse], days_of: Mapping[UUID, float]
) -> dict[str, list[tuple[SourceUse, float]]]:
    """Each machine's use and its number of local days, by energy source.

    days_of: the number by machine, in its factory's own zone.
    """
    found: dict[str, list[tuple[SourceUse, float]]] = {}
    for machine in machines:
        for use in machine.uses:
            found.setdefault(use.source.name, []).append((use, days_of[machine.machine.id]))
    return found


def _covered_share(use: SourceUse) -> float:
    return use.told_seconds / use.asked_seconds if use.asked_seconds else 0.0
