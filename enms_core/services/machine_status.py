"""What state machines are in now."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.catalogue import Machine
from enms_core.domain.machine_status import MachineState, MachineStatusAnswer, NoStatus
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.services.last_signs import last_signs, sign_before, stale_issues
from enms_core.storage.status import status_at


async def answer_machine_status(question: Question, context: Context) -> Answer:
    """The status of the machines at now, by their history."""
    states = await states_of(question, context)
    stale = [state.machine for state in states if state.status and state.last_sign]
    without = [state.machine for state in states if state.status is None]
    issues = status_issues(without) + stale_issues(stale)
    if not any(state.status for state in states):
        return NoStatus(question=question, issues=issues)
    return MachineStatusAnswer(question=question, machines=states, issues=issues)


async def states_of(question: Question, context: Context) -> tuple[MachineState, ...]:
    """The state of each machine of a question; without a status where no history tells it, and
    with the last sign of life where that is too old to tell the present."""
    catalogue, ids = context.catalogue, question.scope.machine_ids
    found = await status_at(context.store.readings, ids, context.now)
    signs = await last_signs(ids, context)
    return tuple(
        MachineState(
            machine=machine,
            status=found.get(machine.id),
            now=context.now.astimezone(catalogue.factory(machine.factory_id).zone),
            last_sign=sign_before(context.now, signs.get(machine.id), machine, context),
        )
        for machine in context.machines(question)
    )


def status_issues(without: Sequence[Machine]) -> tuple[DataIssue, ...]:
    """That nothing is known of some machines."""
    return (DataIssue("status.none", machines=tuple(without)),) if without else ()
