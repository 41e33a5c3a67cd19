"""What can be asked, with an example about a machine that there is."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.help import HelpAnswer
from enms_core.domain.question import Question
from enms_core.services.context import Context


async def answer_help(question: Question, context: Context) -> Answer:
    """Help on a subject, or an overview; with the machine that was named in its examples."""
    named = context.machines(question) if question.scope.kind == "machines" else ()
    machine = next(iter((*named, *context.catalogue.home_machines)), None)
    name = machine.name if machine is not None else None
    return HelpAnswer(question=question, topic=question.topic, machine=name)
