"""What a question asks about: its stretches of time and energy sources, and what of them is untold.

A question that names energy sources asks about these; one that names none, about those purchased.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from enms_core.domain.answer import DataIssue, NotBegun, SourceNotUsed
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.period import EmptyPeriod, Period, is_future, resolve_all, utc
from enms_core.domain.question import Question
from enms_core.services.context import Context


def periods_of(question: Question, context: Context) -> Mapping[UUID, tuple[Period, ...]] | None:
    """The stretches of a question's period by machine, each cut in its factory's own zone.

    None where the period has not begun.
    """
    machines = context.machines(question)
    if _not_begun(question, machines, context):
        return None
    try:
        return {machine.id: _periods(question, machine, context) for machine in machines}
    except EmptyPeriod:
        return None


def begun(
    machines: Sequence[Machine], periods: Mapping[UUID, tuple[Period, ...]], context: Context
) -> tuple[Machine, ...]:
    """The machines where the period has begun: a morning comes later at a site further west."""
    return tuple(each for each in machines if utc(periods[each.id][0].start) < utc(context.now))


def not_begun_issues(
    machines: Sequence[Machine], periods: Mapping[UUID, tuple[Period, ...]], context: Context
) -> tuple[DataIssue, ...]:
    """That the period has not begun at some of the sites, so that nothing of them is told."""
    there = begun(machines, periods, context)
    sites = {each.factory_id: None for each in machines if each not in there}
    names = tuple(context.catalogue.factory(site).name for site in sites)
    return (DataIssue("period.not_begun", names={"sites": names}),) if names else ()


def not_begun(question: Question, context: Context) -> NotBegun:
    """That there is nothing to tell of a question without periods."""
    is_ahead = _not_begun(question, context.machines(question), context)
    is_daily = question.period.kind == "daily"
    return NotBegun(question=question, is_just_begun=not is_ahead and not is_daily)


def _periods(question: Question, machine: Machine, context: Context) -> tuple[Period, ...]:
    zone = context.catalogue.factory(machine.factory_id).zone
    return resolve_all(question.period, context.now, zone, context.week_start)


def _not_begun(question: Question, machines: Sequence[Machine], context: Context) -> bool:
    zones = {context.catalogue.factory(machine.factory_id).zone for machine in machines}
    return bool(zones) and all(
        is_future(question.period, context.now, zone, context.week_start) for zone in zones
    )


def named_sources(question: Question, context: Context) -> tuple[EnergySource, ...]:
    """The energy sources that a question names."""
    return tuple(each for each in context.catalogue.sources if each.name in question.sources)


def asked_sources(question: Question, machine: Machine, context: Context) -> list[EnergySource]:
    """The machine's sources that the question asks about."""
    return [
        source
        for source in context.catalogue.sources_of(machine.id)
        if _is_asked(question, source.name, source.is_purchased)
    ]


def has_unreadable(question: Question, machine_id: UUID, context: Context) -> bool:
    """Whether the question asks about a source of the machine whose readings are unusable."""
    return any(
        _is_asked(question, each.source, each.is_purchased)
        for each in context.catalogue.unreadable_of(machine_id)
    )


def _is_asked(question: Question, source: str, is_purchased: bool) -> bool:
    return source in question.sources if question.sources else is_purchased


def source_not_used(
    question: Question, context: Context, *, purchased_only: bool = False
) -> SourceNotUsed:
    """That none of the machines has the sources asked about, with those they have; or has any."""
    available = {
        source.name: source
        for machine_id in question.scope.machine_ids
        for source in context.catalogue.sources_of(machine_id)
    }
    return SourceNotUsed(
        question=question,
        asked=named_sources(question, context),
        available=tuple(available.values()),
        issues=unreadable_issues(question, context, purchased_only=purchased_only),
    )


def unreadable_issues(
    question: Question, context: Context, *, purchased_only: bool = False
) -> tuple[DataIssue, ...]:
    """That readings of sources that the question asks about cannot be used.

    purchased_only: where it names none, only of sources that are purchased, else of all.
    """
    names = dict.fromkeys(
        each.source
        for each in context.catalogue.unreadable
        if each.machine_id in question.scope.machine_ids
        and _is_asked(question, each.source, each.is_purchased or not purchased_only)
    )
    return (DataIssue("sources.unreadable", names={"sources": tuple(names)}),) if names else ()


def unmetered_issues(question: Question, context: Context) -> tuple[DataIssue, ...]:
    """That machines add nothing because no meter at all is registered for them."""
    catalogue = context.catalogue
    machines = tuple(
        machine
        for machine in context.machines(question)
        if not catalogue.sources_of(machine.id) and not catalogue.unreadable_of(machine.id)
    )
    return (DataIssue("machines.not_metered", machines=machines),) if machines else ()
