"""What the last answer of a conversation rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from enms_core.domain.answer import Answer
from enms_core.domain.evidence import Evidence
from enms_core.domain.evidence_answer import EvidenceAnswer, NothingToProve
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.services.context import Context


async def answer_evidence(question: Question, context: Context) -> Answer:
    """The evidence of the last answer; of an answer about evidence it is the same again."""
    if context.evidence is None:
        return NothingToProve(question=question)
    return EvidenceAnswer(question=question, basis=context.evidence, now=context.now)


def local_evidence(answer: Answer, context: Context) -> Evidence:
    """An answer's evidence with its times in the zone of the machines that it is about."""
    evidence = answer.evidence()
    zone = context.catalogue.zone_of(answer.question.scope.machine_ids)
    first, last = _local(evidence.first, zone), _local(evidence.last, zone)
    models = tuple(replace(each, period=_stretch(each.period, zone)) for each in evidence.models)
    return replace(evidence, first=first, last=last, models=models)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment is not None else None


def _stretch(period: Period | None, zone: ZoneInfo) -> Period | None:
    if period is None:
        return None
    return Period(period.start.astimezone(zone), period.end.astimezone(zone))
