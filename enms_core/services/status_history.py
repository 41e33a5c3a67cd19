"""When machines ran and when they were not to be had."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.analysis.pattern import week_pattern
from enms_core.analysis.silence import LastSign
from enms_core.analysis.status import (
    durations_by_mode,
    known_time,
    offline_events,
    running_time,
    status_stretches,
    unknown_after,
    within,
)
from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.machine_status import NoStatus
from enms_core.domain.period import Period, PeriodPhrase
from enms_core.domain.question import Question
from enms_core.domain.status import StatusChange, StatusStretch
from enms_core.domain.status_history import (
    HistoryMetric,
    MachineHistory,
    MachinePattern,
    PatternAnswer,
    StatusHistoryAnswer,
)
from enms_core.services.asked import not_begun, periods_of
from enms_core.services.context import Context
from enms_core.services.last_signs import last_signs, sign_before, stale_issues
from enms_core.services.machine_status import status_issues
from enms_core.storage.status import status_changes

# What a usual week is told from where no period was said.
LAST_FOUR_WEEKS = PeriodPhrase("past", unit="week", count=4)


@dataclass(frozen=True)
class Told:
    """A machine's history of a period: stretches reach from its first window to its last.

    last_sign: the last that was heard of it, where that is too long before the end of the period.
    """

    machine: Machine
    zone: ZoneInfo
    windows: tuple[Period, ...]
    stretches: tuple[StatusStretch, ...]
    changes: int
    last_sign: datetime | None

    @property
    def inside(self) -> tuple[StatusStretch, ...]:
        return within(self.stretches, self.windows)


async def answer_status_history(question: Question, context: Context) -> Answer:
    """When machines were offline (the default), how much they ran, or when they usually run."""
    if question.metric == "pattern" and not question.period_said:
        question = replace(question, period=LAST_FOUR_WEEKS)
    periods = periods_of(question, context)
    if periods is None:
        return not_begun(question, context)
    told = await told_of(periods, context)
    period = context.local_period(question.period, question.scope.machine_ids)
    without = [each.machine for each in told if not known_time(each.inside)]
    stale = [each.machine for each in told if each.last_sign is not None]
    issues = status_issues(without) + stale_issues(stale)
    if len(without) == len(told):
        return NoStatus(question=question, period=period, issues=issues)
    if question.metric == "pattern":
        usual = tuple(map(_pattern, told))
        return PatternAnswer(question=question, period=period, machines=usual, issues=issues)
    metric: HistoryMetric = "uptime" if question.metric == "uptime" else "offline"
    return StatusHistoryAnswer(
        question=question,
        period=period,
        metric=metric,
        machines=tuple(map(_history, told)),
        now=context.now,
        issues=issues,
    )


async def told_of(periods: Mapping[UUID, tuple[Period, ...]], context: Context) -> tuple[Told, ...]:
    """The histories of machines; one query for those whose period is the same."""
    spans = {id_: Period(cut[0].start, cut[-1].end) for id_, cut in periods.items()}
    alike: dict[Period, list[UUID]] = {}
    for machine_id, span in spans.items():
        alike.setdefault(span, []).append(machine_id)
    found = await asyncio.gather(
        *(status_changes(context.store.readings, ids, span) for span, ids in alike.items())
    )
    changes = {id_: told for each in found for id_, told in each.items()}
    signs = await last_signs(list(periods), context)
    return tuple(
        _one(machine, periods[machine.id], changes.get(machine.id, ()), signs, context)
        for machine in map(context.catalogue.machine, periods)
    )


def _one(
    machine: Machine,
    windows: tuple[Period, ...],
    changes: Sequence[StatusChange],
    signs: Mapping[UUID, LastSign],
    context: Context,
) -> Told:
    span = Period(windows[0].start, windows[-1].end)
    zone = context.catalogue.factory(machine.factory_id).zone
    stretches = status_stretches(changes, span)
    last = sign_before(span.end, signs.get(machine.id), machine, context)
    if last is not None:
        stretches = unknown_after(stretches, last)
    return Told(machine, zone, windows, stretches, len(changes), last)


def _history(told: Told) -> MachineHistory:
    asked = sum((each.duration for each in told.inside), timedelta())
    return MachineHistory(
        machine=told.machine,
        zone=told.zone,
        by_mode=durations_by_mode(told.inside),
        running=running_time(told.inside),
        unknown=asked - known_time(told.inside),
        offline=offline_events(told.stretches, told.windows),
        changes=told.changes,
        last_sign=told.last_sign,
    )


def _pattern(told: Told) -> MachinePattern:
    return MachinePattern(told.machine, week_pattern(told.inside, told.zone), told.changes)
