"""From what machines used to their figures: who has none, and what is doubtful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from enms_core.analysis.measure import clock_hours
from enms_core.domain.answer import NoReadings
from enms_core.domain.measure import Amount, Figure, Lack, Measured, Reason
from enms_core.domain.question import Question
from enms_core.domain.use import MachineUse, evidence_of
from enms_core.services.asked import has_unreadable
from enms_core.services.context import Context
from enms_core.services.usage import Usage


def measured_of_usage(
    usage: Usage, context: Context, figure: Callable[[MachineUse], Figure]
) -> Measured:
    """The figure of each machine that has readings, and why the others have none."""
    found = [
        figure(use) if _is_read(use) else of_machine(use, (), "no_readings")
        for use in usage.machines
    ]
    return Measured(
        period=usage.period,
        figures=(
            *(_marked(each, usage.question, context) for each in found),
            *unmetered(usage.question, context),
        ),
        issues=usage.issues,
        evidence=evidence_of(usage.totals),
    )


def of_machine(
    use: MachineUse,
    amounts: tuple[Amount, ...],
    reason: Reason | None = None,
    *,
    partial: Lack | None = None,
    apart: tuple[Amount, ...] = (),
) -> Figure:
    """A machine's figure with the length of its own period and the coverage of its readings."""
    expected = [each.expected_seconds for each in use.uses if each.expected_seconds is not None]
    return Figure(
        machine=use.machine,
        amounts=amounts,
        hours=sum(period.hours for period in use.periods),
        clock_hours=clock_hours(use.periods),
        covered_seconds=sum(each.covered_seconds for each in use.uses),
        expected_seconds=sum(expected) if len(expected) == len(use.uses) else None,
        partial=partial,
        apart=apart,
        reason=reason,
    )


def _is_read(use: MachineUse) -> bool:
    return any(each.readings for each in use.uses)


def _marked(figure: Figure, question: Question, context: Context) -> Figure:
    """Partial, where a source of the machine cannot be read."""
    if has_unreadable(question, figure.machine.id, context):
        return replace(figure, partial="readings")
    return figure


def nobody(question: Question, context: Context) -> NoReadings:
    """The answer to a question about no machine."""
    return NoReadings(
        question=question,
        period=context.local_period(question.period, ()),
        sources=(),
        first=None,
        last=None,
    )


def unmetered(question: Question, context: Context) -> list[Figure]:
    """Machines that no meter is registered for, or none that can be read."""
    return [
        Figure(
            each,
            reason="unreadable" if has_unreadable(question, each.id, context) else "not_metered",
        )
        for each in context.machines(question)
        if not context.catalogue.sources_of(each.id)
    ]
