"""The SEUs that a question about performance is about, with their baselines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.baseline_answers import BaselinesOfSeu
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.asked import begun, not_begun, not_begun_issues, periods_of
from enms_core.services.baseline_versions import in_local_time
from enms_core.services.context import Context
from enms_core.services.seus import no_seu, seus_asked
from enms_core.storage.baselines import shown_baselines_of


@dataclass(frozen=True)
class AskedSeus:
    """SEUs at whose sites the period has begun. issues: that it has not at others."""

    seus: tuple[SeuOfSource, ...]
    issues: tuple[DataIssue, ...] = ()


def asked_seus(question: Question, context: Context) -> AskedSeus | Answer:
    """The SEUs of a question, or that there is none or nothing to tell of yet."""
    periods = periods_of(question, context)
    if periods is None:
        return not_begun(question, context)
    seus = seus_of(question, context)
    if not seus:
        return no_seu(question, context)
    machines = context.machines(question)
    there = {machine.id for machine in begun(machines, periods, context)}
    return AskedSeus(
        tuple(of for of in seus if there & set(of.seu.machine_ids)),
        not_begun_issues(machines, periods, context),
    )


def seus_of(question: Question, context: Context) -> tuple[SeuOfSource, ...]:
    """The SEUs of the sources that a question names, else of those purchased, else of all: what is
    produced here is told where it is asked for."""
    asked = _within(seus_asked(question, context), question)
    purchased = tuple(of for of in asked if of.source.is_purchased)
    return asked if question.sources else purchased or asked


def _within(asked: Sequence[SeuOfSource], question: Question) -> tuple[SeuOfSource, ...]:
    """Without those that span machines beyond the ones named, where others tell all of these."""
    named = set(question.scope.machine_ids)
    own = [of for of in asked if set(of.seu.machine_ids) <= named]
    told = {(of.source.id, id_) for of in own for id_ in of.seu.machine_ids}
    return tuple(
        of
        for of in asked
        if of in own
        or any((of.source.id, id_) not in told for id_ in named & set(of.seu.machine_ids))
    )


def shared_issues(
    seus: Sequence[SeuOfSource], counted: Sequence[SeuOfSource]
) -> tuple[DataIssue, ...]:
    """That some SEUs are in no sum, because their machines are counted already."""
    names = tuple(of.seu.name for of in seus if of not in counted)
    return (DataIssue("seus.shared", names={"uses": names}),) if names else ()


async def versions_of(seus: Sequence[SeuOfSource], context: Context) -> tuple[BaselinesOfSeu, ...]:
    """The active version of each SEU and the newest, by one query."""
    found = await shown_baselines_of(context.store.readings, [of.seu.id for of in seus])
    catalogue = context.catalogue
    return tuple(
        BaselinesOfSeu(of, in_local_time(found.get(of.seu.id, ()), of, catalogue)) for of in seus
    )
