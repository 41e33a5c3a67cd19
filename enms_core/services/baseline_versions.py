"""The stored versions of baselines that a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import BaselinesOfSeu, VersionUnknown
from enms_core.domain.baseline_asking import OffersTraining
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS, TRAINING
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.context import Context
from enms_core.services.driver_suggestions import suggestions
from enms_core.services.seus import one_seu, question_about, seus_asked
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.storage.baselines import baselines_of, shown_baselines_of


async def versions_asked(question: Question, context: Context) -> tuple[BaselinesOfSeu, ...]:
    """The versions of the SEU that a question names. Of several, also of those that have none,
    those that a list shows: reading every version of a factory takes longer than an answer may."""
    asked = seus_asked(question, context)
    return await _versions(asked, context, is_whole=len(asked) == 1)


async def _versions(
    asked: Sequence[SeuOfSource], context: Context, is_whole: bool
) -> tuple[BaselinesOfSeu, ...]:
    read = baselines_of if is_whole else shown_baselines_of
    found = await read(context.store.readings, [of.seu.id for of in asked])
    return tuple(
        BaselinesOfSeu(of, in_local_time(found.get(of.seu.id, ()), of, context.catalogue))
        for of in asked
    )


def in_local_time(
    versions: Sequence[Baseline], of: SeuOfSource, catalogue: Catalogue
) -> tuple[Baseline, ...]:
    """Versions with their periods in the machines' zone."""
    zone = catalogue.zone_of(of.seu.machine_ids)
    return tuple(
        replace(
            each,
            period=each.period
            and Period(each.period.start.astimezone(zone), each.period.end.astimezone(zone)),
        )
        for each in versions
    )


async def versions_of_one(
    question: Question, context: Context, is_whole: bool = True
) -> BaselinesOfSeu | Answer:
    """The versions of the one SEU that is meant, rather one that has some. is_whole: not only the
    active one and the newest."""
    asked = await _versions(seus_asked(question, context), context, is_whole=False)
    trained = [each.of.seu.id for each in asked if each.versions]
    of = one_seu(question, context, trained)
    if not isinstance(of, SeuOfSource):
        return of
    if is_whole:
        asked = await _versions((of,), context, is_whole=True)
    return next(each for each in asked if each.of == of)


async def versions_or_offer(
    question: Question, context: Context, is_whole: bool = True
) -> BaselinesOfSeu | Answer:
    """The same, of an SEU that has some; or the offer to train one."""
    known = await versions_of_one(question, context, is_whole)
    if isinstance(known, BaselinesOfSeu) and not known.versions:
        return await offer_training(known, context)
    return known


def version_of(known: BaselinesOfSeu, number: int, question: Question) -> Baseline | VersionUnknown:
    """A version by its number."""
    found = next((each for each in known.versions if each.version == number), None)
    return found or VersionUnknown(
        question=question,
        of=known.of,
        asked=number,
        versions=known.numbers,
    )


async def offer_training(known: BaselinesOfSeu, context: Context) -> OffersTraining:
    """That there is no baseline to answer with, and that one can be trained."""
    of = known.of
    span = await known_span(of, context.store, context.catalogue, context.now)
    period = last_twelve_months(context.now, span) if span is not None else None
    return OffersTraining(
        question=question_about(TRAINING, of, INTENTS[TRAINING].period),
        need="offer",
        of=of,
        offered=await suggestions(of, period, context) if period is not None else (),
        has_inactive=bool(known.versions),
    )


@dataclass(frozen=True)
class InUse:
    """The version that answers."""

    of: SeuOfSource
    baseline: Baseline


async def baseline_in_use(question: Question, context: Context) -> InUse | Answer:
    """The active version of the one SEU that is meant, or the offer to train one."""
    known = await versions_of_one(question, context, is_whole=False)
    if not isinstance(known, BaselinesOfSeu):
        return known
    if known.active is None:
        return await offer_training(known, context)
    return InUse(known.of, known.active)
