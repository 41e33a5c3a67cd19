"""Local days and hours of a period, and what was used in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum
from zoneinfo import ZoneInfo

from enms_core.analysis.energy import sum_or_none, total
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.period import Period, PeriodPhrase, utc
from enms_core.domain.question import Step
from enms_core.domain.series import (
    DayProfile,
    Point,
    Series,
    Stretch,
    TypicalHour,
    is_complete,
)
from enms_core.domain.use import SourceUse
from enms_core.domain.wall_time import floor, hours_of

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
HOURS_OF_DAY = 24


@dataclass(frozen=True)
class MachineSeries:
    """What one machine used of one source, stretch by stretch, in its factory's own days."""

    stretches: tuple[Stretch, ...]
    uses: tuple[SourceUse, ...]


def stretches_of(
    periods: Sequence[Period], phrase: PeriodPhrase, step: Step
) -> tuple[Stretch, ...]:
    """The local days or hours of a period, in order of time; the first and last may be cut.

    periods: what `phrase` means in the zone of the machines. Of daily hours ("every night") each
    day's hours are one day.
    """
    return tuple(stretch for period in periods for stretch in _stretches(period, phrase, step))


def days_in(stretches: Sequence[Stretch]) -> float:
    """Number of local days: each counts by the part of its own 23, 24 or 25 hours that is in."""
    return fsum(stretch.share for stretch in stretches)


def _stretches(period: Period, phrase: PeriodPhrase, step: Step) -> Iterable[Stretch]:
    if step == "hour":
        return _hours(period)
    return (_daily_hours(period, phrase),) if phrase.kind == "daily" else _days(period)


def _days(period: Period) -> Iterator[Stretch]:
    zone = _zone(period)
    midnight = floor(period.start.replace(tzinfo=None, fold=0), "day", 0)
    while (start := _at(midnight, zone)) < utc(period.end):
        whole = Period(start.astimezone(zone), _at(midnight + DAY, zone).astimezone(zone))
        yield _cut(whole, period)
        midnight += DAY


def _hours(period: Period) -> Iterator[Stretch]:
    """Hours of the wall clock as they pass: one that a clock change repeats comes twice."""
    zone = _zone(period)
    start = period.start.replace(minute=0, second=0, microsecond=0)
    while utc(start) < utc(period.end):
        whole = Period(start, (utc(start) + HOUR).astimezone(zone))
        yield _cut(whole, period)
        start = whole.end


def _daily_hours(period: Period, phrase: PeriodPhrase) -> Stretch:
    """One day's hours; they are whole but where now cuts them."""
    zone = _zone(period)
    day = floor(period.start.replace(tzinfo=None, fold=0), "day", 0)
    end = _at(hours_of(day, phrase)[1], zone).astimezone(zone)
    return _cut(Period(period.start, end), period)


def _cut(whole: Period, period: Period) -> Stretch:
    start = max(whole.start, period.start, key=utc)
    end: datetime = min(whole.end, period.end, key=utc)
    is_whole = utc(start) == utc(whole.start) and utc(end) == utc(whole.end)
    inside = Period(start, end)
    return Stretch(inside, 1.0 if is_whole else inside.hours / whole.hours)


def _zone(period: Period) -> ZoneInfo:
    assert isinstance(period.start.tzinfo, ZoneInfo)
    return period.start.tzinfo


def _at(wall: datetime, zone: ZoneInfo) -> datetime:
    return utc(wall.replace(tzinfo=zone))


def combined(
    source: EnergySource, machines: Sequence[MachineSeries], labels: Sequence[Stretch]
) -> Series:
    """What machines used together: of factories in several zones, the first day of each is added to
    the first day of the others, and so on. A stretch that one of them has not is not whole.

    labels: the stretches as they are told, at least as many as any of the machines has.
    """
    return Series(
        source,
        tuple(_point(label.period, machines, place) for place, label in enumerate(labels)),
    )


def _point(period: Period, machines: Sequence[MachineSeries], place: int) -> Point:
    reached = [each for each in machines if place < len(each.uses)]
    if not reached:
        return Point(period, None, None, None, is_whole=False)
    summed = total([each.uses[place] for each in reached])
    all_whole = all(each.stretches[place].is_whole for each in reached)
    return Point(
        period=period,
        quantity=summed.quantity if summed.readings else None,
        energy_kwh=summed.energy_kwh,
        coverage_percent=summed.coverage_percent,
        is_whole=all_whole and len(reached) == len(machines),
    )


def purchased_series(series: Sequence[Series]) -> Series:
    """The energy of purchased sources together [kWh]; unknown where that of one is.

    The coverage is that of the least complete source.
    """
    by_place = zip(*(each.points for each in series), strict=True)
    return Series(None, tuple(map(_together, by_place)))


def _together(points: Sequence[Point]) -> Point:
    energy_kwh = sum_or_none([point.energy_kwh for point in points])
    known = [point.coverage_percent for point in points if point.coverage_percent is not None]
    return Point(
        period=points[0].period,
        quantity=energy_kwh,
        energy_kwh=energy_kwh,
        coverage_percent=min(known) if len(known) == len(points) else None,
        is_whole=all(point.is_whole for point in points),
    )


def typical_day(source: EnergySource, machines: Sequence[MachineSeries]) -> DayProfile:
    """The mean of each hour of the wall clock over the complete hours of each machine, added up.

    The average of a sum is the sum of the averages, so a machine that began later counts with the
    days on which it was measured.
    """
    by_machine = [_by_hour(each) for each in machines]
    return DayProfile(
        source,
        tuple(
            _typical(hour, [hours.get(hour, []) for hours in by_machine])
            for hour in range(HOURS_OF_DAY)
        ),
    )


def purchased_day(profiles: Sequence[DayProfile]) -> DayProfile:
    """The typical day of purchased sources together [kWh]; unknown where that of one is."""
    by_hour = zip(*(each.hours for each in profiles), strict=True)
    return DayProfile(None, tuple(map(_typical_together, by_hour)))


def _by_hour(machine: MachineSeries) -> dict[int, list[SourceUse]]:
    """A machine's uses in complete hours, by the hour of the wall clock."""
    found: dict[int, list[SourceUse]] = {}
    for stretch, use in zip(machine.stretches, machine.uses, strict=True):
        if stretch.is_whole and use.readings and is_complete(use.coverage_percent):
            found.setdefault(stretch.period.start.hour, []).append(use)
    return found


def _typical(hour: int, machines: Sequence[Sequence[SourceUse]]) -> TypicalHour:
    return TypicalHour(
        hour,
        sum_or_none([_mean([use.quantity for use in uses]) for uses in machines]),
        sum_or_none([_mean([use.energy_kwh for use in uses]) for uses in machines]),
        min(len(uses) for uses in machines),
    )


def _typical_together(hours: Sequence[TypicalHour]) -> TypicalHour:
    energy_kwh = sum_or_none([hour.energy_kwh for hour in hours])
    return TypicalHour(hours[0].hour, energy_kwh, energy_kwh, min(hour.days for hour in hours))


def _mean(values: Sequence[float | None]) -> float | None:
    whole = sum_or_none(values)
    return whole / len(values) if values and whole is not None else None
