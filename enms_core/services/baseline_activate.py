"""Making another version of a baseline the active one, after a yes."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import Activated, BaselinesOfSeu, VersionUnknown
from enms_core.domain.baseline_asking import AsksToActivate
from enms_core.domain.question import Question
from enms_core.services.baseline_versions import in_local_time, version_of, versions_or_offer
from enms_core.services.context import Context
from enms_core.storage.baselines import activate_baseline


async def answer_baseline_activate(question: Question, context: Context) -> Answer:
    """What shall be activated, to be confirmed, or that it is active now."""
    known = await versions_or_offer(question, context)
    if not isinstance(known, BaselinesOfSeu):
        return known
    chosen = _chosen(known, question)
    if isinstance(chosen, VersionUnknown):
        return chosen
    whole = replace(question, sources=(known.of.source.name,), count=chosen.version)
    if chosen.is_active:
        return Activated(question=whole, of=known.of, baseline=chosen, before=chosen.version)
    if not question.confirmed:
        return AsksToActivate(
            question=whole, need="confirmation", of=known.of, chosen=chosen, active=known.active
        )
    done, before = await activate_baseline(
        context.store.registers, known.of, chosen.version, context.who
    )
    (active,) = in_local_time((done,), known.of, context.catalogue)
    return Activated(
        question=replace(whole, confirmed=False), of=known.of, baseline=active, before=before
    )


def _chosen(known: BaselinesOfSeu, question: Question) -> Baseline | VersionUnknown:
    """The version that is named; without a number the newest that is not active."""
    if question.count is not None:
        return version_of(known, question.count, question)
    inactive = [each for each in known.versions if not each.is_active]
    return inactive[0] if inactive else known.versions[0]
