"""Which baselines there are."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.baseline_answers import BaselineList, NoSeu
from enms_core.domain.question import Question
from enms_core.services.asked import named_sources
from enms_core.services.baseline_versions import versions_asked
from enms_core.services.context import Context


async def answer_baseline_list(question: Question, context: Context) -> Answer:
    """The versions of each SEU asked about, and the SEUs that have none."""
    known = await versions_asked(question, context)
    if not known:
        sources = named_sources(question, context)
        return NoSeu(
            question=question,
            source=sources[0] if len(sources) == 1 else None,
            machines=context.machines(question),
        )
    return BaselineList(
        question=question,
        trained=tuple(each for each in known if each.versions),
        without=tuple(each.of for each in known if not each.versions),
    )
