"""One side of a comparison: measured over its period, cut where the other one still runs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.analysis.measure import merged
from enms_core.domain.answer import Refusal
from enms_core.domain.measure import Figure, Measured
from enms_core.domain.period import EmptyPeriod, PeriodPhrase, utc
from enms_core.domain.question import Question
from enms_core.domain.same_hours import Cut, cut_to_running
from enms_core.services.context import Context
from enms_core.services.measures import Measure


@dataclass(frozen=True)
class Asked:
    """A side as a question of its own, and the period that it is compared with."""

    question: Question
    other: PeriodPhrase | None = None


@dataclass(frozen=True)
class MeasuredSide:
    """is_cut: it is counted up to the time that both periods have reached."""

    asked: Asked
    measured: Measured
    is_cut: bool = False


async def measure_side(asked: Asked, measure: Measure, context: Context) -> MeasuredSide | Refusal:
    """The figures of one side, or why there are none.

    A cut is made in the wall time of each zone, so the machines of each are measured by themselves.
    """
    question = asked.question
    zones = _by_zone(question.scope.machine_ids, context)
    cuts = {zone: _cut(asked, zone, context) for zone in zones}
    if not any(cuts.values()):
        found = await measure(question, context)
        return MeasuredSide(asked, found) if isinstance(found, Measured) else found
    parts = await asyncio.gather(
        *(_measure_cut(question, ids, cuts[zone], measure, context) for zone, ids in zones.items())
    )
    known = [part for part in parts if isinstance(part, Measured)]
    refusals = [part for part in parts if not isinstance(part, Measured)]
    if not known:
        return replace(refusals[0], question=question)
    silent = [_silent(refusal, context) for refusal in refusals]
    return MeasuredSide(asked, merged([*known, *silent]), is_cut=True)


def _by_zone(machine_ids: Sequence[UUID], context: Context) -> dict[str, tuple[UUID, ...]]:
    catalogue = context.catalogue
    zones: dict[str, tuple[UUID, ...]] = {}
    for id_ in machine_ids:
        name = catalogue.factory(catalogue.machine(id_).factory_id).timezone
        zones[name] = (*zones.get(name, ()), id_)
    return zones


def _cut(asked: Asked, zone: str, context: Context) -> Cut | None:
    """Where the side's period ends in a zone, if one of the two still runs there."""
    if asked.other is None:
        return None
    period, other = asked.question.period, asked.other
    at = (context.now, ZoneInfo(zone), context.week_start, _intervals_s(asked, context))
    cut = cut_to_running(other, period, *at)
    if cut is not None:
        return cut
    beside = cut_to_running(period, other, *at)
    return None if beside is None else replace(beside, phrase=period, now=beside.running_now)


def _intervals_s(asked: Asked, context: Context) -> set[int]:
    """Intervals of the meters that serve in one of the two periods [s]."""
    ids = asked.question.scope.machine_ids
    phrases = [phrase for phrase in (asked.question.period, asked.other) if phrase is not None]
    try:
        periods = [context.local_period(phrase, ids) for phrase in phrases]
    except EmptyPeriod:
        return set()
    return {
        meter.nominal_interval_seconds
        for meter in context.catalogue.meters
        if meter.machine_id in ids
        for period in periods
        if meter.valid_from < utc(period.end)
        and (meter.valid_to is None or meter.valid_to > utc(period.start))
    }


async def _measure_cut(
    question: Question,
    machine_ids: tuple[UUID, ...],
    cut: Cut | None,
    measure: Measure,
    context: Context,
) -> Measured | Refusal:
    """The machines of one zone, as if it were the time that the period is cut at."""
    scope = replace(question.scope, machine_ids=machine_ids)
    if cut is None:
        return await measure(replace(question, scope=scope), context)
    asked = replace(question, scope=scope, period=cut.phrase)
    return await measure(asked, replace(context, now=cut.now))


def _silent(refusal: Refusal, context: Context) -> Measured:
    """The machines of a zone that cannot be told, beside those that can."""
    question = refusal.question
    return Measured(
        period=context.local_period(question.period, question.scope.machine_ids),
        figures=tuple(Figure(each, reason="no_readings") for each in context.machines(question)),
    )
