"""One turn of a conversation: an utterance with what it was taken for, and the reply to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from enms_core.domain.answer import Answer
from enms_core.domain.asking import AsksBack, AsksWhich
from enms_core.domain.baseline_answers import Trained
from enms_core.domain.baseline_asking import OffersTraining
from enms_core.domain.errors import StorageError, StorageUnavailable
from enms_core.domain.evidence_answer import EvidenceAnswer
from enms_core.domain.period import ImpossiblePeriod, Period, PeriodPhrase
from enms_core.domain.question import Outcome, Question, Understanding
from enms_core.language.files import load_language
from enms_core.language.render import Dialog, render
from enms_core.language.said_back import said_back
from enms_core.services.context import Context
from enms_core.services.evidence import local_evidence
from enms_core.services.features import WRITING
from enms_core.services.memory import SessionMemory
from enms_core.services.minds import Mind
from enms_core.services.reply import Reply, slots_of
from enms_core.services.request import Progress, Request


@dataclass(frozen=True)
class Turn:
    """`failure` is why the registers could not be read, where they could not. `resumed`: what was
    asked before a training was offered, to be answered now that there is a baseline."""

    request: Request
    mind: Mind
    context: Context
    memory: SessionMemory | None
    understanding: Understanding
    failure: StorageError | None = None
    resumed: Question | None = None

    @property
    def variant(self) -> int:
        """Which phrasing is due: another one each turn, the same for the same conversation."""
        return self.memory.turns if self.memory is not None else 0


def not_ours(request: Request) -> Reply:
    """The reply of a front whose engine is not open yet: other skills go on."""
    return Reply(request.utterance, request.lang, "not_understood")


def understood_reply(turn: Turn) -> Reply:
    """The reply as far as understanding goes, worded where no service will answer."""
    understanding, question = turn.understanding, turn.understanding.question
    period, compared_to, due = _periods(question, turn.context)
    catalogue = turn.context.catalogue
    reply = Reply(
        utterance=turn.request.utterance,
        lang=turn.request.lang,
        outcome=understanding.outcome,
        intent=question.intent if question is not None else None,
        confidence=understanding.confidence,
        slots=slots_of(question, catalogue, period, compared_to, due),
        choices=(
            *(catalogue.machine(id_).name for id_ in understanding.choices),
            *understanding.source_choices,
            *(understanding.offered if understanding.need == "drivers" else ()),
        ),
        unknown=understanding.unknown,
        told=question.named if question is not None else (),
    )
    if understanding.outcome == "answered":
        return reply
    return worded(turn, reply, turn.mind.speaker.say_not_answered(understanding))


def to_be_served(turn: Turn) -> Question | None:
    """The question that a service is to answer, if there is one: that is complete, or names a
    driver that is none, which its service tells with those that there are."""
    understanding, question = turn.understanding, turn.understanding.question
    if question is None or understanding.outcome == "answered":
        return question
    if understanding.outcome == "clarify" and understanding.need == "drivers":
        words = understanding.unknown or ""
        driver = turn.mind.interpreter.driver_named(words) or words
        return replace(question, drivers=(driver,), confirmed=False)
    return None


def answered_turn(turn: Turn, answer: Answer) -> tuple[Turn, Reply]:
    """A service's answer, worded, and the turn as it is remembered: where the service asks back,
    with the question that waits."""
    if isinstance(answer, AsksBack) and answer.outcome == "clarify":
        question = turn.understanding.question
        asked = question.intent if question is not None else None
        turn = replace(turn, understanding=_asked_back(turn.understanding, answer))
        if isinstance(answer, AsksWhich):
            return turn, understood_reply(turn)
        # What is offered instead is no other question of the person's.
        return turn, replace(answered_reply(turn, answer), intent=asked)
    if isinstance(answer, Trained) and answer.baseline.is_active:
        turn = replace(turn, resumed=_asked_first(turn))
    return turn, answered_reply(turn, answer)


def resumed_turn(turn: Turn, question: Question, memory: SessionMemory) -> Turn:
    """The same turn with what was asked first. memory: what is known by now."""
    understanding = Understanding("answered", turn.understanding.confidence, question)
    return replace(turn, understanding=understanding, memory=memory, resumed=None)


def _asked_first(turn: Turn) -> Question | None:
    """What led to the training that was asked for, where something did."""
    question = turn.understanding.question
    asked = turn.memory.open_question if turn.memory is not None else None
    first = asked.first_of(question) if asked is not None and question is not None else None
    # What changes something is asked for again, or not at all.
    return first if first is not None and first.intent not in WRITING else None


def _asked_back(understanding: Understanding, answer: AsksBack) -> Understanding:
    is_choice = isinstance(answer, AsksWhich)
    return Understanding(
        "clarify",
        understanding.confidence,
        answer.question,
        choices=answer.choices if isinstance(answer, AsksWhich) else (),
        source_choices=answer.source_choices if isinstance(answer, AsksWhich) else (),
        need=answer.need,
        rest=understanding.rest,
        offered=() if is_choice else answer.offered,
        first=understanding.question if isinstance(answer, OffersTraining) else None,
    )


def still_training(turn: Turn) -> Progress:
    """What is said while a training takes long."""
    dialogs: list[Dialog] = [("still_training", {})]
    return Progress((("still_training", {}),), turn.mind.speaker.text(dialogs, turn.variant))


def answered_reply(turn: Turn, answer: Answer) -> Reply:
    """A service's answer, worded."""
    evidence = local_evidence(answer, turn.context)
    reply = replace(
        understood_reply(turn),
        data=answer.data(),
        issues=tuple(issue.data() for issue in answer.issues),
        title=turn.mind.speaker.title(answer.question),
        evidence=evidence,
        told=answer.told,
    )
    dialogs = turn.mind.speaker.say(answer)
    if turn.context.verbosity == "full" and evidence.readings:
        basis = EvidenceAnswer(question=answer.question, basis=evidence, now=turn.context.now)
        if not isinstance(answer, EvidenceAnswer):
            dialogs += turn.mind.speaker.say(basis)
    return worded(turn, reply, dialogs, answer.outcome)


def passed_over(turn: Turn, words: str) -> Reply:
    """The reply to a part of an utterance that could not be made out."""
    heard = Understanding("clarify", 0.0, unknown=said_back(words))
    return understood_reply(replace(turn, understanding=heard))


def failed_reply(turn: Turn, error: StorageError) -> Reply:
    """The one sentence for a database that is away, or not as we need it."""
    unavailable = isinstance(error, StorageUnavailable)
    dialog = "database_unreachable" if unavailable else "database_failed"
    reply = replace(understood_reply(turn), issues=({"code": "storage", "reason": str(error)},))
    return worded(turn, reply, [(dialog, {})], "error")


def failed_inside(request: Request, error: Exception) -> Reply:
    """The one sentence for a fault of ours. Nothing that was made of the utterance is used: any of
    it may be what is at fault."""
    return Reply(
        utterance=request.utterance,
        lang=request.lang,
        outcome="error",
        dialogs=(("failed_inside", {}),),
        speech=render([("failed_inside", {})], load_language(request.lang)),
        issues=({"code": "failed_inside", "reason": type(error).__name__},),
    )


def worded(
    turn: Turn, reply: Reply, dialogs: Sequence[Dialog], outcome: Outcome | None = None
) -> Reply:
    """A reply with its dialogs and their text."""
    return replace(
        reply,
        outcome=outcome or reply.outcome,
        dialogs=tuple((name, dict(slots)) for name, slots in dialogs),
        speech=turn.mind.speaker.text(dialogs, turn.variant),
    )


def _periods(question: Question | None, context: Context) -> tuple[Period | None, ...]:
    """The period, the second one, and the day that something is due."""
    if question is None:
        return None, None, None
    ids = question.scope.machine_ids
    phrases = (question.period, question.compared_to, question.date)
    return tuple(_local(phrase, ids, context) for phrase in phrases)


def _local(
    phrase: PeriodPhrase | None, machine_ids: Sequence[UUID], context: Context
) -> Period | None:
    """A phrase in the machines' zone; None for a time that is not in the calendar or empty."""
    if phrase is None:
        return None
    try:
        return context.local_period(phrase, machine_ids)
    except ImpossiblePeriod:
        return None
