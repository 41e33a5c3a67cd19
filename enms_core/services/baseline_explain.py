"""What a baseline depends on, and how good it is."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Baseline, Model
from enms_core.domain.baseline_answers import (
    BaselineExplanation,
    BaselinesOfSeu,
    Influence,
    VersionUnknown,
)
from enms_core.domain.question import Question
from enms_core.services.baseline_versions import version_of, versions_or_offer
from enms_core.services.context import Context


async def answer_baseline_explain(question: Question, context: Context) -> Answer:
    """The active version, the newest where none is active, or the one that a number names."""
    known = await versions_or_offer(question, context, is_whole=question.count is not None)
    if not isinstance(known, BaselinesOfSeu):
        return known
    chosen: Baseline | VersionUnknown = known.active or known.versions[0]
    if question.count is not None:
        chosen = version_of(known, question.count, question)
    if isinstance(chosen, VersionUnknown):
        return chosen
    return BaselineExplanation(
        question=question,
        period=chosen.period,
        of=known.of,
        baseline=chosen,
        influences=influences(chosen.model),
    )


def influences(model: Model) -> tuple[Influence, ...]:
    """What each driver moves, the strongest first: its share of the sum of the variances that the
    drivers bring into the use, each as if the others stood still."""
    known = {each.driver: each.standard_deviation for each in model.drivers}
    variances = {
        term.driver: (term.coefficient * known[term.driver]) ** 2
        for term in model.equation.terms
        if term.driver in known
    }
    total = sum(variances.values())
    is_known = total > 0 and len(variances) == len(model.equation.terms)
    found = [
        Influence(
            term.driver,
            variances[term.driver] / total if is_known else None,
            term.coefficient,
        )
        for term in model.equation.terms
    ]
    return tuple(sorted(found, key=lambda each: -(each.share or 0.0)))
