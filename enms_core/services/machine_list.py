"""Which machines there are."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.listing import MachineList
from enms_core.domain.question import Question
from enms_core.services.asked import named_sources, source_not_used
from enms_core.services.context import Context


async def answer_machine_list(question: Question, context: Context) -> Answer:
    """The machines of the question; where it names energy sources, those that have one of them."""
    catalogue = context.catalogue
    machines = [
        machine
        for machine in context.machines(question)
        if not question.sources or _has_any(machine, question, context)
    ]
    if question.sources and not machines:
        return source_not_used(question, context)
    return MachineList(
        question=question,
        machines=tuple((each, catalogue.factory(each.factory_id)) for each in machines),
        sources=named_sources(question, context),
    )


def _has_any(machine: Machine, question: Question, context: Context) -> bool:
    return any(
        source.name in question.sources for source in context.catalogue.sources_of(machine.id)
    )
