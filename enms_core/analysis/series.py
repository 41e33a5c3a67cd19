"""Local days and hours of a period, and what was used in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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


# A machine's stretch of a key, and what it used in it.
_Reached = tuple[Stretch, SourceUse]


def stretches_of(
    periods: Sequence[Period], phrase: PeriodPhrase, step: Step
) -> tuple[Stretch, ...]:
    """The local days or hours of a period, in order of time; the first and last may be cut.

    periods: what `phrase` means in the zone of the machines; hours go by the clock that they are
    written in. Of daily hours ("every night") each day's hours are one day.
    """
    return tuple(stretch for period in periods for stretch in _stretches(period, phrase, step))


def on_clock(periods: Sequence[Period], zone: ZoneInfo) -> tuple[Period, ...]:
    """The same stretches, written in the wall time of a zone."""
    return tuple(Period(p.start.astimezone(zone), p.end.astimezone(zone)) for p in periods)


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
        yield _cut(whole, period, midnight.date())
        midnight += DAY


def _hours(period: Period) -> Iterator[Stretch]:
    """Hours of the wall clock as they pass: one that a clock change repeats comes twice."""
    zone = _zone(period)
    start = period.start.replace(minute=0, second=0, microsecond=0)
    while utc(start) < utc(period.end):
        whole = Period(start, (utc(start) + HOUR).astimezone(zone))
        yield _cut(whole, period, max(utc(start), utc(period.start)))
        start = whole.end


def _daily_hours(period: Period, phrase: PeriodPhrase) -> Stretch:
    """One day's hours; they are whole but where now cuts them."""
    zone = _zone(period)
    day = floor(period.start.replace(tzinfo=None, fold=0), "day", 0)
    end = _at(hours_of(day, phrase)[1], zone).astimezone(zone)
    return _cut(Period(period.start, end), period, day.date())


def _cut(whole: Period, period: Period, key: date) -> Stretch:
    start = max(whole.start, period.start, key=utc)
    end: datetime = min(whole.end, period.end, key=utc)
    is_whole = utc(start) == utc(whole.start) and utc(end) == utc(whole.end)
    inside = Period(start, end)
    return Stretch(inside, 1.0 if is_whole else inside.hours / whole.hours, key)


def _zone(period: Period) -> ZoneInfo:
    assert isinstance(period.start.tzinfo, ZoneInfo)
    return period.start.tzinfo


def _at(wall: datetime, zone: ZoneInfo) -> datetime:
    return utc(wall.replace(tzinfo=zone))


def labels_of(
    told: Sequence[Stretch], machines: Iterable[Sequence[Stretch]]
) -> tuple[Stretch, ...]:
    """The stretches that any of the machines has, each once and in order of time.

    told: as they are in the zone that the answer is told in, which has not all of them: where it is
    still yesterday there is no today.
    """
    found: dict[date, Stretch] = {}
    for stretches in machines:
        found |= {each.key: each for each in stretches if each.key not in found}
    found |= {each.key: each for each in told if each.key in found}
    return tuple(found[key] for key in sorted(found))


def combined(
    source: EnergySource, machines: Sequence[MachineSeries], labels: Sequence[Stretch]
) -> Series:
    """What machines used together: of sites in several zones, their days of one date, and their
    hours of one instant. So the points add up to what was used over the period, and hours that are
    in it at one site alone are points of that site alone.

    labels: the stretches as they are told, with all that any of the machines has.
    """
    by_key: dict[date, list[_Reached]] = {}
    for each in machines:
        for reached in zip(each.stretches, each.uses, strict=True):
            by_key.setdefault(reached[0].key, []).append(reached)
    told = [label for label in labels if label.key in by_key]
    return Series(
        source, tuple(_point(each.period, by_key[each.key], len(machines)) for each in told)
    )


def _point(period: Period, reached: Sequence[_Reached], machines: int) -> Point:
    summed = total([use for _, use in reached])
    has_all = len(reached) == machines
    return Point(
        period=period,
        quantity=summed.quantity if summed.readings else None,
        energy_kwh=summed.energy_kwh,
        coverage_percent=summed.coverage_percent,
        is_whole=has_all and all(stretch.is_whole for stretch, _ in reached),
        is_of_all_sites=has_all,
    )


def purchased_series(series: Sequence[Series]) -> Series:
    """The energy of purchased sources together [kWh]; unknown where that of one is.

    The coverage is that of the least complete source.
    """
    by_time: dict[datetime, list[Point]] = {}
    for point in (point for each in series for point in each.points):
        by_time.setdefault(utc(point.period.start), []).append(point)
    return Series(None, tuple(_together(by_time[at], len(series)) for at in sorted(by_time)))


def _together(points: Sequence[Point], sources: int) -> Point:
    has_all = len(points) == sources
    energy_kwh = sum_or_none([point.energy_kwh for point in points])
    known = [point.coverage_percent for point in points if point.coverage_percent is not None]
    return Point(
        period=points[0].period,
        quantity=energy_kwh,
        energy_kwh=energy_kwh,
        coverage_percent=min(known) if len(known) == len(points) else None,
        is_whole=has_all and all(point.is_whole for point in points),
        is_of_all_sites=has_all and all(point.is_of_all_sites for point in points),
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
