"""What is asked for of many SEUs at once: baselines are trained one at a time by voice."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.baseline_answers import EveryOneTrained
from enms_core.domain.baseline_asking import OffersOneByOne
from enms_core.domain.question import Question
from enms_core.services.baseline_versions import offer_training, versions_asked
from enms_core.services.context import Context


async def offer_one_by_one(question: Question, context: Context) -> Answer:
    """The SEUs that have no baseline, and the offer to begin with the first of them."""
    known = await versions_asked(question, context)
    without = [each for each in known if not each.versions]
    if not without:
        return EveryOneTrained(question=replace(question, confirmed=False))
    offer = await offer_training(without[0], context)
    return OffersOneByOne(
        question=offer.question,
        need=offer.need,
        of=offer.of,
        offered=offer.offered,
        without=tuple(each.of for each in without),
    )
