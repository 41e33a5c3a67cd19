"""Energy on average, by day, by hour, and its trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enms_core.analysis.average import (
    purchased_average,
    source_average,
    step_of_average,
    uses_by_source,
)
from enms_core.analysis.energy import add_up
from enms_core.analysis.series import (
    combined,
    days_in,
    purchased_day,
    purchased_series,
    stretches_of,
    typical_day,
)
from enms_core.analysis.trend import step_of_trend, trend_of
from enms_core.domain.answer import DataIssue
from enms_core.domain.energy import (
    AverageAnswer,
    EnergyAnswer,
    EnergyCourse,
    SeriesAnswer,
    SeriesTooLong,
    TrendAnswer,
    TypicalDayAnswer,
)
from enms_core.domain.period import utc
from enms_core.domain.question import Step
from enms_core.domain.series import Series
from enms_core.services.context import Context
from enms_core.services.energy_series import UsageSeries, series_of
from enms_core.services.usage import Usage

DAY_HOURS = 24
# Nobody goes through more hours one by one: longer periods are told as their typical day.
MAX_HOURS_ONE_BY_ONE = 14 * DAY_HOURS
# Longer series, and those of more machines, take longer than a person waits.
MAX_POINTS = 40_000
MAX_HOURS: Mapping[Step, int] = {"hour": 400 * DAY_HOURS, "day": 800 * DAY_HOURS}


def average(usage: Usage, total: EnergyAnswer) -> AverageAnswer:
    """Mean use per day or per hour of each source; from the usage alone, nothing is asked again."""
    phrase = usage.question.period
    days = {
        machine.machine.id: days_in(stretches_of(machine.periods, phrase, "day"))
        for machine in usage.machines
    }
    by_source = uses_by_source(usage.machines, days)
    everything = [each for uses in by_source.values() for each in uses]
    return AverageAnswer(
        question=usage.question,
        period=usage.period,
        issues=usage.issues,
        total=total,
        step=step_of_average(usage.question.step, usage.period, min(days.values())),
        averages=tuple(map(source_average, by_source.values())),
        together=purchased_average(everything) if add_up(usage.totals) else None,
    )


async def by_step(usage: Usage, total: EnergyAnswer, step: Step, context: Context) -> EnergyCourse:
    """Use day by day or hour by hour.

    Hours of more than 14 days are told as the typical day. There is no series by the hour beyond
    400 days, none by the day beyond 800, and none of more points than a person waits for.
    """
    if _is_too_long(usage, step):
        return _too_long(usage, total, step)
    found = await series_of(usage, step, context)
    if step == "hour" and usage.period.hours > MAX_HOURS_ONE_BY_ONE:
        return _typical_day(usage, total, found)
    series = _combined(found)
    return SeriesAnswer(
        question=usage.question,
        period=usage.period,
        issues=(*usage.issues, *found.issues, *_issues_of_sites(series, step)),
        total=total,
        step=step,
        series=series,
        together=purchased_series(series) if _add_up(usage, found) else None,
    )


def _issues_of_sites(series: Sequence[Series], step: Step) -> list[DataIssue]:
    """That only some of the sites have some of the hours or days in the period."""
    apart = {utc(p.period.start) for each in series for p in each.points if not p.is_of_all_sites}
    return [DataIssue("series.some_sites", {"step": step, "points": len(apart)})] if apart else []


async def trend(usage: Usage, total: EnergyAnswer, context: Context) -> EnergyCourse:
    """Whether use rose or fell, by complete local days; by hours where there are few days."""
    step = step_of_trend(usage.period)
    if _is_too_long(usage, step):
        return _too_long(usage, total, step)
    found = await series_of(usage, step, context)
    series = _combined(found)
    together = purchased_series(series) if _add_up(usage, found) else None
    return TrendAnswer(
        question=usage.question,
        period=usage.period,
        issues=usage.issues + found.issues,
        total=total,
        step=step,
        series=series,
        trends=tuple(trend_of(each, step) for each in series),
        together=trend_of(together, step) if together is not None else None,
    )


def _typical_day(usage: Usage, total: EnergyAnswer, found: UsageSeries) -> TypicalDayAnswer:
    profiles = tuple(typical_day(*each) for each in found.by_source.items())
    return TypicalDayAnswer(
        question=usage.question,
        period=usage.period,
        issues=usage.issues + found.issues,
        total=total,
        step="hour",
        typical_days=profiles,
        together=purchased_day(profiles) if _add_up(usage, found) else None,
    )


def _is_too_long(usage: Usage, step: Step) -> bool:
    hours = usage.period.hours
    meters = sum(use.readings > 0 for machine in usage.machines for use in machine.uses)
    points = meters * hours / (1 if step == "hour" else DAY_HOURS)
    return hours > MAX_HOURS[step] or points > MAX_POINTS


def _too_long(usage: Usage, total: EnergyAnswer, step: Step) -> SeriesTooLong:
    return SeriesTooLong(
        question=usage.question, period=usage.period, issues=usage.issues, total=total, step=step
    )


def _combined(found: UsageSeries) -> tuple[Series, ...]:
    return tuple(
        combined(source, machines, found.labels) for source, machines in found.by_source.items()
    )


def _add_up(usage: Usage, found: UsageSeries) -> bool:
    return add_up(usage.totals) and not found.too_coarse
