"""Which significant energy use (SEU) a question about baselines is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.asking import AsksWhich
from enms_core.domain.baseline_answers import NoSeu
from enms_core.domain.catalogue import Catalogue, Seu
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Scope
from enms_core.domain.seu import SeuOfSource
from enms_core.services.context import Context


def all_seus(catalogue: Catalogue) -> tuple[SeuOfSource, ...]:
    """Every SEU, in the register's order."""
    return tuple(seu_of_source(seu, catalogue) for seu in catalogue.seus)


def seu_of_source(seu: Seu, catalogue: Catalogue) -> SeuOfSource:
    source = next(each for each in catalogue.sources if each.id == seu.energy_source_id)
    return SeuOfSource(seu, source, tuple(map(catalogue.machine, seu.machine_ids)))


def question_about(intent: str, of: SeuOfSource, period: PeriodPhrase) -> Question:
    """A question about one SEU that nobody put into words."""
    return Question(intent, scope_of(of), period, (of.source.name,))


def scope_of(of: SeuOfSource) -> Scope:
    """One SEU, and none of the others that its machines are part of."""
    return Scope("machines", of.seu.machine_ids, seu_id=of.seu.id)


def seus_asked(question: Question, context: Context) -> tuple[SeuOfSource, ...]:
    """The SEU that was named; else those of the machines, and of the energy sources where they were
    named. One that spans more machines than were named is one of them."""
    ids, named = set(question.scope.machine_ids), question.scope.seu_id
    return tuple(
        of
        for of in all_seus(context.catalogue)
        if (of.seu.id == named if named is not None else ids & set(of.seu.machine_ids))
        and (not question.sources or of.source.name in question.sources)
    )


def one_seu(
    question: Question, context: Context, preferred: Collection[UUID] = ()
) -> SeuOfSource | Answer:
    """The SEU that is meant, or what is asked back or told where there is not one.

    preferred: ids of SEUs that may be meant rather than the others, as those with a baseline.
    """
    asked = seus_asked(question, context)
    if not asked:
        return no_seu(question, context)
    found = _narrowed(asked, question, preferred)
    return found[0] if len(found) == 1 else _which(found, question)


def _narrowed(
    asked: Sequence[SeuOfSource], question: Question, preferred: Collection[UUID]
) -> Sequence[SeuOfSource]:
    """Those that fit best: of just the machines named, preferred ones, the only purchased."""
    ids = set(question.scope.machine_ids)
    found = [of for of in asked if set(of.seu.machine_ids) == ids] or list(asked)
    found = [of for of in found if of.seu.id in preferred] or found
    purchased = [of for of in found if of.source.is_purchased]
    # Where there is a choice, what is produced is one of it.
    is_meant = preferred and not question.sources and len(purchased) == 1
    return purchased if is_meant else found


def _which(found: Sequence[SeuOfSource], question: Question) -> AsksWhich:
    """The machine first, then the source."""
    machines = {of.seu.machine_ids: None for of in found}
    if len(machines) > 1:
        choices = tuple(dict.fromkeys(id_ for ids in machines for id_ in ids))
        nobody = replace(question, scope=Scope("machines", ()), confirmed=False)
        return AsksWhich(question=nobody, need="machine", choices=choices)
    sources = tuple(dict.fromkeys(of.source.name for of in found))
    waiting = replace(question, confirmed=False)
    return AsksWhich(question=waiting, need="energy_source", source_choices=sources)


def no_seu(question: Question, context: Context) -> NoSeu:
    """That nothing is registered of what is asked about."""
    sources = [each for each in context.catalogue.sources if each.name in question.sources]
    return NoSeu(
        question=question,
        source=sources[0] if len(sources) == 1 else None,
        machines=context.machines(question),
    )
