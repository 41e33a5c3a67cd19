"""From an utterance to a question: classify what is left when the slots are found, demand
evidence that it is about energy, fill what was not said, ask back where it is ambiguous.

No database and no assistant here: the same text, catalogue and memory give the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import COMPARISON, EXPLAINING
from enms_core.domain.question import (
    ASKED_BY_SERVICE,
    NOT_UNDERSTOOD,
    OpenQuestion,
    Recalled,
    Understanding,
)
from enms_core.language.choosing import ChoiceReader
from enms_core.language.classify import Ranked
from enms_core.language.completing import Completer
from enms_core.language.corrections import Correction, CorrectionReader
from enms_core.language.driver_replies import CONFIRMATION, DriverReplyReader
from enms_core.language.evidence import EvidenceReader
from enms_core.language.follow_ups import FollowUp, FollowUpReader
from enms_core.language.heard import Heard
from enms_core.language.model import LanguageModel
from enms_core.language.open_questions import DRIVER_LIST, again, drivers_of, without
from enms_core.language.payback_talk import PaybackTalk
from enms_core.language.plan_talk import PlanTalk
from enms_core.language.references import ReferenceReader
from enms_core.language.refusals import RefusalReader
from enms_core.language.replies import ReplyReader
from enms_core.language.said_back import said_back
from enms_core.language.sentence import Sentence
from enms_core.language.slots import SlotReader
from enms_core.language.tokens import Token, tokenize, words_of
from enms_core.language.topics import TopicReader
from enms_core.language.two_questions import TwoQuestionsReader
from enms_core.language.two_times import TwoTimesReader
from enms_core.language.unknown_machine import UnknownMachineReader

HELP, REPEAT = "help", "repeat"
# An intent that the words name, whatever the classifier makes of them.
CERTAIN = 1.0


class Interpreter:
    """Understands one language over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._model = model
        words = model.files.vocabulary
        self._names = frozenset(_name_words(catalogue)) | model.words_of_names
        slots = SlotReader(model, catalogue)
        self._spotter = model.spotter(catalogue, model.classifier.known_words)
        choices = ChoiceReader(words, model.numbers, catalogue)
        self._references = ReferenceReader(words, choices, catalogue)
        self._follow_ups = FollowUpReader(model.files, model.numbers, slots)
        self._topics = TopicReader(model.files, model.numbers)
        self._strangers = UnknownMachineReader(model)
        self._completer = Completer(
            model, catalogue, slots, self._follow_ups, self._topics, self._strangers
        )
        self._refusals = RefusalReader(words)
        self._evidence = EvidenceReader(model.files, self._topics)
        self._two_times = TwoTimesReader(words, model.numbers)
        self._replies = ReplyReader(
            model, catalogue, slots, choices, self._follow_ups, self._topics, self._completer
        )
        self._plan_talk = PlanTalk(model, catalogue, slots)
        self._payback_talk = PaybackTalk(model)
        self._driver_names = DriverReplyReader(words, model.numbers, catalogue)
        self._corrections = CorrectionReader(words, model.numbers)
        self._two_questions = TwoQuestionsReader(words, model.numbers, self._follow_ups)

    def understand(
        self,
        text: str,
        open_question: OpenQuestion | None = None,
        recalled: Recalled | None = None,
    ) -> Understanding:
        """What an utterance asks.

        open_question: what we asked back in the turn before. recalled: the last answer of the
        conversation.
        """
        understood = _about_somebody(self._understood(text, open_question, recalled), text)
        if understood.unknown is None:
            return understood
        return replace(understood, unknown=said_back(understood.unknown))

    def driver_named(self, text: str) -> str | None:
        """The driver that some words name, be it one of the catalogue or not."""
        return self._driver_names.named(text)

    def _understood(
        self, text: str, open_question: OpenQuestion | None, recalled: Recalled | None
    ) -> Understanding:
        heard = self._heard(text)
        if not heard.tokens:
            return NOT_UNDERSTOOD
        found = self._read(heard, open_question, recalled)
        if open_question is None or open_question.need not in ASKED_BY_SERVICE:
            return found
        return self._beside(heard, found, open_question)

    def _beside(self, heard: Heard, found: Understanding, asked: OpenQuestion) -> Understanding:
        """What is understood while a service waits for a reply. What it proposed is told again
        where words for us are not understood: a yes after them would be to something else."""
        question, waits = found.question, asked.question
        if found == NOT_UNDERSTOOD:
            is_again = asked.need == CONFIRMATION and self._replies.is_to_us(heard, asked)
            return again(asked, waits) if is_again else found
        if question is not None and question.intent == REPEAT:
            return again(asked, waits)
        lists = question is not None and question.intent == DRIVER_LIST
        is_of_it = lists and waits.sources and not heard.sentence.sources
        return drivers_of(asked, question) if is_of_it else found

    def _read(
        self, heard: Heard, open_question: OpenQuestion | None, recalled: Recalled | None
    ) -> Understanding:
        of_payback = self._payback_talk.read(heard, open_question, recalled)
        if of_payback is not None:
            return of_payback
        of_plan = self._plan_talk.read(heard, open_question, recalled)
        if of_plan is not None:
            return of_plan
        reply = self._replies.read(heard, open_question) if open_question is not None else None
        is_whole = reply is not None and reply.is_whole
        # "No, with humidity too" is the reply to a service, and "no" itself is one.
        if not is_whole or open_question is None or open_question.need not in ASKED_BY_SERVICE:
            corrected = self._corrected(heard, open_question, recalled)
            if corrected is not None:
                return corrected
        if reply is not None and reply.is_whole:
            return reply.understanding
        first = self._two_questions.read(heard, recalled, self._single)
        asked = first or self._one_question(heard, recalled)
        is_reply = reply is not None and not self._corrections.denies(heard.sentence.texts)
        return reply.understanding if reply and is_reply and asked == NOT_UNDERSTOOD else asked

    def _heard(self, text: str) -> Heard:
        said = self._spotter.split(tokenize(text))
        strange = (token.text for token in said if self._spotter.may_be_name(token.text))
        tokens = self._model.speller.corrected(said, self._names.union(strange))
        return Heard(text, tokens, self._spotter.read(tokens))

    def _single(self, text: str, recalled: Recalled | None) -> Understanding:
        return self._one_question(self._heard(text), recalled)

    def _one_question(
        self, heard: Heard, recalled: Recalled | None, is_tied: bool = False
    ) -> Understanding:
        """What a sentence asks that is no reply. is_tied: it builds on the answer before."""
        sentence, text = heard.sentence, heard.text
        if self._refusals.refuses(sentence, text):
            return NOT_UNDERSTOOD
        if recalled is not None:
            sentence = self._with_references(heard.tokens, sentence, recalled)
            follow_up = self._follow_ups.read(sentence, text, recalled, is_tied)
            if follow_up is not None and not self._stands_alone(sentence, text, follow_up):
                return self._completer.follow_up(sentence, text, follow_up, recalled)
        return self._by_itself(sentence, text, recalled)

    def _stands_alone(self, sentence: Sentence, text: str, asked: FollowUp) -> bool:
        """Whether it is a question of its own, though it may be read as one that builds on the
        answer: as which site, or where it names another thing to do than a plan of that title."""
        if asked.is_titled and not asked.names_figure:
            best = self._intent(sentence, text, follows_answer=True)
            is_other = best is not None and best.intent != asked.intent
            return is_other or self._follow_ups.asks(sentence)
        return self._completer.stands_alone(sentence)

    def _corrected(
        self, heard: Heard, open_question: OpenQuestion | None, recalled: Recalled | None
    ) -> Understanding | None:
        """The question before with what is said instead; None where nothing is taken back."""
        correction = self._corrections.read(heard.sentence, heard.text)
        if correction is None or (open_question is None and recalled is None):
            return None
        meant = replace(self._heard(correction.text), corrects=True)
        found = None
        if open_question is not None:
            found = self._corrected_reply(meant, correction, open_question)
        elif recalled is not None and not meant.tokens:
            found = self._completer.without(recalled, self._named(correction.wrong, recalled))
        if found is None and meant.tokens:
            found = self._one_question(meant, recalled, is_tied=True)
        return None if found == NOT_UNDERSTOOD else found

    def _corrected_reply(
        self, meant: Heard, correction: Correction, asked: OpenQuestion
    ) -> Understanding | None:
        """The open question with what is said instead: of what we offered, or of anything else;
        then what we asked is asked again."""
        left = without(asked, self._replies.chosen(self._heard(correction.wrong), asked))
        if not meant.tokens:
            return self._replies.left(left) if left != asked else None
        reply = self._replies.read(meant, left)
        if reply is not None and reply.is_whole:
            meant_now = reply.understanding.question
            # What was taken back is not known: "wrong, go ahead".
            confirms = meant_now is not None and meant_now.confirmed
            return again(asked, asked.question) if confirms else reply.understanding
        if asked.need in ASKED_BY_SERVICE and self._replies.asks_in_return(meant):
            return None
        about = Recalled(asked.question, asked.question.named)
        changed = self._one_question(meant, about, is_tied=True)
        if changed.outcome == "answered" and changed.is_follow_up and changed.question is not None:
            return again(left, changed.question)
        return None

    def _named(self, text: str, recalled: Recalled) -> tuple[UUID, ...]:
        """The machines that some words name, or point at."""
        heard = self._heard(text)
        sentence = self._with_references(heard.tokens, heard.sentence, recalled)
        return tuple(id_ for each in sentence.machines for id_ in each.mention.machine_ids)

    def _by_itself(self, sentence: Sentence, text: str, recalled: Recalled | None) -> Understanding:
        """A sentence that names what it asks."""
        best = self._intent(sentence, text, recalled is not None)
        if best is None or (recalled is None and self._follow_ups.only_points(sentence)):
            return NOT_UNDERSTOOD
        if recalled is None and self._follow_ups.is_loose(sentence, text, best.intent):
            return self._completer.loose(sentence, text, best)
        return self._completer.complete(sentence, text, best, recalled)

    def _with_references(
        self, tokens: Sequence[Token], sentence: Sentence, recalled: Recalled
    ) -> Sentence:
        references = self._references.find(tokens, sentence, recalled)
        return self._spotter.read(tokens, references) if references else sentence

    def _intent(self, sentence: Sentence, text: str, follows_answer: bool) -> Ranked | None:
        """The intent, if there is one and the sentence gives evidence that it is ours."""
        if self._topics.asks_for_help(sentence):
            return Ranked(HELP, CERTAIN)
        if self._topics.asks_for_term(text):
            return Ranked(EXPLAINING, CERTAIN)
        if self._two_times.are_all(sentence):
            return Ranked(COMPARISON, CERTAIN)
        masked = [word.text for word in sentence.masked]
        for words in dict.fromkeys((tuple(self._strangers.masked(sentence)), tuple(masked))):
            judged = self._model.classifier.judge(words)
            best = judged.intents[0]
            if self._evidence.is_ours(judged, sentence, text, follows_answer):
                return best
            if best.intent == COMPARISON and self._two_times.names_side(sentence):
                return best
        explains = self._topics.asks_for_term(text, or_value=True)
        return Ranked(EXPLAINING, CERTAIN) if explains else None


def _about_somebody(understood: Understanding, text: str) -> Understanding:
    """What is understood; where names were said of which none means a machine, that they are
    unknown: a question is never answered as if it were about nobody."""
    question = understood.question
    if understood.outcome != "answered" or question is None:
        return understood
    named = [scope for scope in (question.scope, *question.parts) if scope.kind == "machines"]
    if all(scope.machine_ids or not scope.is_said for scope in named):
        return understood
    return replace(understood, outcome="unknown_machine", unknown=text)


def _name_words(catalogue: Catalogue) -> Iterator[str]:
    """Words of names that the database has: they are spelt as they are."""
    for machine in catalogue.machines:
        for name in (machine.name, machine.type, *machine.aliases):
            yield from words_of(name)
    of_factories = (factory.name for factory in catalogue.factories)
    of_sources = (source.name for source in catalogue.sources)
    of_seus = (seu.name for seu in catalogue.seus)
    for name in (*of_factories, *of_sources, *of_seus):
        yield from words_of(name)
