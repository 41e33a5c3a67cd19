"""What state machines are in now."""

from __future__ import annotations

from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.machine_status import MachineState, MachineStatusAnswer, NoStatus
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.storage.status import status_at


async def answer_machine_status(question: Question, context: Context) -> Answer:
    """The status of the machines at now, by their history."""
    states = await states_of(question, context)
    issues = status_issues([state.machine.name for state in states if state.status is None])
    if not any(state.status for state in states):
        return NoStatus(question=question, issues=issues)
    return MachineStatusAnswer(question=question, machines=states, issues=issues)


async def states_of(question: Question, context: Context) -> tuple[MachineState, ...]:
    """The state of each machine of a question; without a status where no history tells it."""
    catalogue, ids = context.catalogue, question.scope.machine_ids
    found = await status_at(context.store.readings, ids, context.now)
    return tuple(
        MachineState(
            machine=machine,
            status=found.get(machine.id),
            now=context.now.astimezone(catalogue.factory(machine.factory_id).zone),
        )
        for machine in map(catalogue.machine, ids)
    )


def status_issues(without: list[str]) -> tuple[DataIssue, ...]:
    """That nothing is known of some machines."""
    facts = {"machines": ", ".join(without)}
    return (DataIssue("status.none", dict(facts)),) if without else ()
