"""What machines made over a period: units, good and rejected ones, quality and downtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from enms_core.analysis.coverage import earliest, latest
from enms_core.analysis.production import production_issues, together
from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.catalogue import Machine
from enms_core.domain.period import Period
from enms_core.domain.production import (
    PRODUCTION_METRICS,
    MachineProduction,
    NoProduction,
    Production,
    ProductionAnswer,
    ProductionMetric,
)
from enms_core.domain.question import Question
from enms_core.services.asked import not_begun, periods_of
from enms_core.services.context import Context
from enms_core.storage.production import production_ranges, production_sums
from enms_core.storage.segments import segments_until

Ranges = Mapping[UUID, tuple[datetime, datetime]]


async def production_of(
    machines: Sequence[Machine], periods: Mapping[UUID, tuple[Period, ...]], context: Context
) -> Mapping[UUID, Production]:
    """What each machine made in its own stretches; machines without rows in them are left out."""
    segments = [
        segment
        for machine in machines
        for segment in segments_until(context.now, machine.id, periods[machine.id])
    ]
    sums = iter(await production_sums(context.store.readings, segments))
    made = {machine.id: together([next(sums) for _ in periods[machine.id]]) for machine in machines}
    return {machine_id: each for machine_id, each in made.items() if each.readings}


async def answer_production(question: Question, context: Context) -> Answer:
    """What was made over a period: by each machine that units are counted of, and together."""
    machines = context.machines(question)
    periods = periods_of(question, context)
    if periods is None:
        return not_begun(question, context)
    made = await production_of(machines, periods, context)
    silent = [machine.id for machine in machines if machine.id not in made]
    ranges = await production_ranges(context.store.readings, silent, context.now) if silent else {}
    if not made:
        return _no_production(question, ranges, context)
    found = tuple(
        MachineProduction(each, periods[each.id], made[each.id])
        for each in machines
        if each.id in made
    )
    return _answer(question, found, _left_out(question, silent, ranges, context), context)


def _answer(
    question: Question,
    machines: tuple[MachineProduction, ...],
    left_out: Sequence[DataIssue],
    context: Context,
) -> ProductionAnswer:
    metric = metric_of(question)
    whole = together(each.production for each in machines)
    return ProductionAnswer(
        question=question,
        period=context.local_period(question.period, question.scope.machine_ids),
        issues=(*production_issues(machines, metric), *left_out),
        outcome="no_data" if whole.value(metric) is None else "answered",
        metric=metric,
        together=whole,
        machines=machines,
        now=context.now,
    )


def metric_of(question: Question) -> ProductionMetric:
    """The aspect that is asked about; how many units, where none was named."""
    return next((metric for metric in PRODUCTION_METRICS if metric == question.metric), "units")


def _left_out(
    question: Question, silent: Sequence[UUID], ranges: Ranges, context: Context
) -> list[DataIssue]:
    """Machines that have rows at other times; those that have none are told where they were
    named."""
    paused = [machine_id for machine_id in silent if machine_id in ranges]
    uncounted = [machine_id for machine_id in silent if machine_id not in ranges]
    codes = {"production.machine_missing": paused}
    if question.scope.kind == "machines":
        codes["production.not_counted"] = uncounted
    return [
        DataIssue(code, machines=tuple(map(context.catalogue.machine, ids)))
        for code, ids in codes.items()
        if ids
    ]


def _no_production(question: Question, ranges: Ranges, context: Context) -> NoProduction:
    ids = question.scope.machine_ids
    zone = context.catalogue.zone_of(ids)
    first = earliest([first for first, _ in ranges.values()])
    last = latest([last for _, last in ranges.values()])
    return NoProduction(
        question=question,
        period=context.local_period(question.period, ids),
        first=first.astimezone(zone) if first else None,
        last=last.astimezone(zone) if last else None,
    )
