"""Which energy sources there are, their significant uses, and what drives them."""

from __future__ import annotations

from collections.abc import Iterator

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.listing import (
    DriverList,
    SeuList,
    SourceDrivers,
    SourceList,
    SourceUsers,
)
from enms_core.domain.question import Question
from enms_core.services.asked import named_sources, source_not_used, unreadable_issues
from enms_core.services.context import Context
from enms_core.services.seus import seus_asked


async def answer_energy_source_list(question: Question, context: Context) -> Answer:
    """The energy sources of the machines; where sources were named, the machines that have them."""
    users = tuple(_users(question, context))
    if not users:
        return source_not_used(question, context)
    return SourceList(question=question, sources=users, issues=unreadable_issues(question, context))


def _users(question: Question, context: Context) -> Iterator[SourceUsers]:
    catalogue = context.catalogue
    machines = context.machines(question)
    for source in catalogue.sources:
        users = tuple(each for each in machines if source in catalogue.sources_of(each.id))
        if users and (not question.sources or source.name in question.sources):
            yield SourceUsers(source, users)


async def answer_seu_list(question: Question, context: Context) -> SeuList:
    """The significant energy uses of the machines, and of the sources where they were named."""
    return SeuList(
        question=question,
        seus=seus_asked(question, context),
        sources=named_sources(question, context),
        issues=unreadable_issues(question, context),
    )


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
