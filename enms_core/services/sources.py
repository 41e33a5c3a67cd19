"""Which energy sources there are, their significant uses, and what drives them."""

from __future__ import annotations

from collections.abc import Iterator

from enms_core.domain.answer import Answer, DataIssue, SourceNotUsed
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.listing import (
    DriverList,
    SeuEntry,
    SeuList,
    SourceDrivers,
    SourceList,
    SourceUsers,
)
from enms_core.domain.question import Question
from enms_core.services.context import Context


async def answer_energy_source_list(question: Question, context: Context) -> Answer:
    """The energy sources of the machines; where sources were named, the machines that have them."""
    users = tuple(_users(question, context))
    if not users:
        return source_not_used(question, context)
    return SourceList(question=question, sources=users, issues=unreadable_issues(question, context))


def source_not_used(question: Question, context: Context) -> SourceNotUsed:
    """That none of the machines has the sources named, with those they have; or has any at all."""
    available = {
        source.name: source
        for machine_id in question.scope.machine_ids
        for source in context.catalogue.sources_of(machine_id)
    }
    return SourceNotUsed(
        question=question,
        asked=named_sources(question, context),
        available=tuple(available.values()),
        issues=unreadable_issues(question, context),
    )


def _users(question: Question, context: Context) -> Iterator[SourceUsers]:
    catalogue = context.catalogue
    machines = [catalogue.machine(machine_id) for machine_id in question.scope.machine_ids]
    for source in catalogue.sources:
        users = tuple(each for each in machines if source in catalogue.sources_of(each.id))
        if users and (not question.sources or source.name in question.sources):
            yield SourceUsers(source, users)


def unreadable_issues(question: Question, context: Context) -> tuple[DataIssue, ...]:
    """That readings of some sources of the machines cannot be used, whoever buys or makes them."""
    names = dict.fromkeys(
        each.source
        for each in context.catalogue.unreadable
        if each.machine_id in question.scope.machine_ids
        and (not question.sources or each.source in question.sources)
    )
    return (DataIssue("sources.unreadable", {"sources": ", ".join(names)}),) if names else ()


async def answer_seu_list(question: Question, context: Context) -> SeuList:
    """The significant energy uses of the machines, and of the sources where they were named."""
    return SeuList(
        question=question,
        seus=tuple(_seus(question, context)),
        sources=named_sources(question, context),
        issues=unreadable_issues(question, context),
    )


def _seus(question: Question, context: Context) -> Iterator[SeuEntry]:
    catalogue = context.catalogue
    sources = {source.id: source for source in catalogue.sources}
    for seu in catalogue.seus:
        source = sources[seu.energy_source_id]
        is_asked = not question.sources or source.name in question.sources
        if is_asked and set(seu.machine_ids) & set(question.scope.machine_ids):
            yield SeuEntry(seu, source, tuple(map(catalogue.machine, seu.machine_ids)))


async def answer_driver_list(question: Question, context: Context) -> DriverList:
    """What may drive the use of the sources named; of all of them where none was."""
    sources = named_sources(question, context) or context.catalogue.sources
    return DriverList(
        question=question,
        sources=tuple(_drivers(source, context) for source in sources),
    )


def _drivers(source: EnergySource, context: Context) -> SourceDrivers:
    catalogue = context.catalogue
    return SourceDrivers(
        source,
        tuple(each for each in catalogue.drivers if each.energy_source_id == source.id),
        tuple(each for each in catalogue.refused_drivers if each.energy_source_id == source.id),
    )


def named_sources(question: Question, context: Context) -> tuple[EnergySource, ...]:
    """The energy sources that a question names."""
    return tuple(each for each in context.catalogue.sources if each.name in question.sources)
