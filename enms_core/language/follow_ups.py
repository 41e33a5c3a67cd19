"""Sentences that build on the answer before: "and yesterday", "what about the boiler", "why".

Such a sentence has nothing but words that tie it to that answer, small words, and slots. It takes
from the answer what it does not say. One word beside these makes it a question of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.intents import ENERGY, EXPLAINING, INTENTS, KPI, OF_CONVERSATION
from enms_core.domain.question import Recalled
from enms_core.language.files import LanguageFiles
from enms_core.language.metrics import metric_words
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable, covered
from enms_core.language.sentence import HORIZON, MACHINE, PERIOD, SOURCE, UNIT, Sentence
from enms_core.language.slots import SlotReader, Slots
from enms_core.language.terms_told import term_told
from enms_core.language.times_ahead import told_at
from enms_core.language.times_before import TimesBeforeReader
from enms_core.language.tokens import tokenize
from enms_core.language.two_times import TwoTimesReader
from enms_core.language.whole import WholeReader

NAMED_SLOTS = frozenset({MACHINE, PERIOD, HORIZON, SOURCE})
PREFIX = "follow_up_"
# What a figure is of: the words for it name the question about it.
OF_QUANTITY = ("energy", "power", "cost", "carbon", "production")
# Whose figure may be another: in kilowatt hours they are of energy.
OF_FIGURES = frozenset({"ranking", "comparison"})
# Words of these point back by themselves: "why".
POINTING = "pointing"
# Answers that are lists, of which "go on" asks for the rest.
LISTS = frozenset(
    {"ranking", "machine_list", "machine_status", "energy_source_list", "seu_list", "driver_list"}
)
# Answers about a model, which what it is like is asked of.
OF_MODELS = frozenset(name for name in INTENTS if name.startswith("baseline_"))
MODEL_ASKED = "baseline_explain"
POINTING_BACK = frozenset({"root_cause", "opportunities", "comparison", "performance", "evidence"})
# These ask about what was told, and nothing where nothing was told.
OF_ANSWERS = frozenset({"root_cause", "performance"})
# Aspects that one figure alone has: "what was the peak" can only be of power.
_ASPECTS = [metric for intent in OF_QUANTITY for metric in INTENTS[intent].metrics]
OF_ONE_FIGURE = frozenset(metric for metric in _ASPECTS if _ASPECTS.count(metric) == 1)


@dataclass(frozen=True)
class FollowUp:
    """What a sentence asks, where it is about the answer before. changes: whether by its words it
    asks something else than that answer did. is_rest: the rest of a list is wanted. names_figure:
    whether it names the figure itself ("the cost"). metric: the aspect that the answer before
    tells of another question. topic: the term of that answer, where its meaning is asked for.
    is_titled: whether words of no list are taken for the title of a plan."""

    intent: str
    changes: bool = False
    is_rest: bool = False
    names_figure: bool = False
    metric: str | None = None
    topic: str | None = None
    is_titled: bool = False


class FollowUpReader:
    """Tells in one language whether a sentence builds on the answer before."""

    def __init__(self, files: LanguageFiles, numbers: NumberReader, slots: SlotReader) -> None:
        words = files.vocabulary
        self._slots = slots
        self._numbers = numbers
        self._marks = PhraseTable(
            {"mark": words["follow_up"], POINTING: words["follow_up_that"]}, numbers
        )
        self._before = TimesBeforeReader(words)
        self._two_times = TwoTimesReader(words, numbers)
        self._times = PhraseTable({"time": words["reference_period"]}, numbers)
        self._alone = PhraseTable({"alone": words.get("follow_up_alone", ())}, numbers)
        self._whole = WholeReader(words)
        self._small = frozenset(words["follow_up_small"])
        self._asking = frozenset(words["question_word"])
        self._question_words = PhraseTable({"words": words["follow_up_words"]}, numbers)
        self._meaning = PhraseTable({"meaning": words["follow_up_meaning"]}, numbers)
        asked = (*words["model_asked"], *words["model_training"])
        self._model = PhraseTable({"model": asked}, numbers)
        self._rest = PhraseTable({"rest": (*words["in_full"], *words["in_full_alone"])}, numbers)
        named = {
            name.removeprefix(PREFIX): phrases
            for name, phrases in sorted(words.items())
            if name.startswith(PREFIX) and name.removeprefix(PREFIX) in INTENTS
        }
        figures = {intent: words[f"metric_{intent}"] for intent in OF_QUANTITY}
        # Its aspects have names that no other question has.
        indicators = [
            phrase for metric in INTENTS[KPI].metrics for phrase in metric_words(KPI, metric, words)
        ]
        named[KPI] = (*named.get(KPI, ()), *indicators)
        self._named = PhraseTable({**named, **figures}, numbers)

    def begins(self, sentence: Sentence) -> bool:
        """Whether a sentence, complete or not, begins with a word that ties it to the last."""
        mark = self._marks.at(sentence.texts, self._opening(sentence.texts))
        return mark is not None and mark.concept != POINTING

    def marks(self, sentence: Sentence) -> frozenset[int]:
        """The words that tie it to what was said before."""
        return covered(self._marks.find(sentence.texts))

    def only_names(self, texts: Sequence[str]) -> bool:
        """Whether words name a figure, at some time, and no machine: "status", "the cost today"."""
        named = self._names_in(texts)
        said = covered([*named, *self._question_words.find(texts)])
        slots = NAMED_SLOTS - {MACHINE}
        return bool(named) and all(
            index in said or word in slots or word in self._small
            for index, word in enumerate(texts)
        )

    def opens_with_name(self, texts: Sequence[str]) -> bool:
        """Whether words begin with the name of a figure: "the cost of ..."."""
        return self._named.at(texts, self._opening(texts)) is not None

    def asks(self, sentence: Sentence) -> bool:
        """Whether it has a word that asks, as whole questions have."""
        return not self._asking.isdisjoint(sentence.texts)

    def names_nothing(self, sentence: Sentence) -> bool:
        """Whether no figure, machine, source or time is named, and nothing asked by a verb."""
        named = [m for m in self._names_in(sentence.texts) if m.concept not in POINTING_BACK]
        slots = NAMED_SLOTS.intersection(sentence.texts)
        return not named and not slots and not self.asks(sentence)

    def names_its_time(self, sentence: Sentence) -> bool:
        """Whether it means the time of the answer before: "then", "in the same week"."""
        return not sentence.periods and bool(self._times.find(sentence.texts))

    def time_words(self, sentence: Sentence) -> frozenset[int]:
        return covered(self._times.find(sentence.texts))

    def read(
        self, sentence: Sentence, text: str, recalled: Recalled, is_tied: bool = False
    ) -> FollowUp | None:
        """What is asked; None where the sentence stands by itself. is_tied: words before it tie it
        to the answer before."""
        ties = is_tied or self._ties(sentence)
        if self._two_times.are_compared(sentence) and not ties:
            return None
        last = recalled.question.intent
        if last in LISTS and self._is_only(self._rest, sentence):
            return FollowUp(last, is_rest=True)
        if last in OF_MODELS and self._asks_of_model(sentence, text):
            return FollowUp(MODEL_ASKED, last != MODEL_ASKED)
        if self._is_only(self._meaning, sentence):
            return FollowUp(EXPLAINING, topic=term_told(recalled.question))
        before, metric = told_at(sentence, recalled.question)
        # An aspect of the same question comes before another question of that name.
        for intent in self._candidates(sentence, before):
            if self._is_covered(sentence, text, intent, before, ties):
                names = any(each.concept == intent for each in self._names_in(sentence.texts))
                aspect = metric if intent == before else None
                titled = self._slots.read(sentence, intent, text).details.plan is not None
                return FollowUp(
                    intent, intent != last, names_figure=names, metric=aspect, is_titled=titled
                )
        return None

    def only_points(self, sentence: Sentence) -> bool:
        """Whether a sentence says nothing without an answer before it: "why", "and yesterday"."""
        pointing = [m for m in self._names_in(sentence.texts) if m.concept in OF_ANSWERS]
        alone = self._alone.find(sentence.texts)
        said = covered([*pointing, *alone, *self._marks.find(sentence.texts)])
        names_subject = not {MACHINE, SOURCE, UNIT}.isdisjoint(sentence.texts)
        return not names_subject and self._all_but_small(sentence, said)

    def is_loose(self, sentence: Sentence, text: str, intent: str) -> bool:
        """Whether a sentence that is taken for an intent can only be understood with an answer
        before it."""
        if not self._ties(sentence) or intent in OF_CONVERSATION:
            return False
        marks = self._marks.find(sentence.texts)
        pointing = [match for match in marks if match.concept == POINTING]
        if pointing == marks and self._whole.points_at_nothing(sentence, pointing):
            return False
        figures = self._figures(sentence, text, intent)
        if self._whole.is_whole(sentence, intent, figures, pointing):
            return False
        intents = self._candidates(sentence, ENERGY)
        return any(self._is_covered(sentence, text, each, None, True) for each in intents)

    def _asks_of_model(self, sentence: Sentence, text: str) -> bool:
        """Whether nothing is asked but what the model of the answer is like. In the words as said:
        "it" is the model, and not the machine that it is taken for elsewhere."""
        if self._is_only(self._model, sentence):
            return True
        texts = self._numbers.canonical(tokenize(text))
        found = self._model.find(texts)
        said = covered([*found, *self._marks.find(texts)])
        return bool(found) and all(i in said or word in self._small for i, word in enumerate(texts))

    def _is_only(self, table: PhraseTable, sentence: Sentence) -> bool:
        """Whether nothing is asked for but what the words of a list name."""
        named = table.find(sentence.texts)
        said = covered([*named, *self._marks.find(sentence.texts)])
        return bool(named) and self._all_but_small(sentence, said)

    def _candidates(self, sentence: Sentence, before: str) -> list[str]:
        """Intents that the sentence may be of, the likeliest first."""
        named = [match.concept for match in self._names_in(sentence.texts)]
        pointing = [intent for intent in named if intent in POINTING_BACK]
        if UNIT in sentence.texts and before not in OF_FIGURES:
            before = ENERGY
        if before in OF_FIGURES and {MACHINE, PERIOD}.issubset(sentence.texts):
            return list(dict.fromkeys([*pointing, *named, before, *OF_QUANTITY]))
        return list(dict.fromkeys([*pointing, before, *named, *OF_QUANTITY]))

    def _is_covered(
        self, sentence: Sentence, text: str, intent: str, last: str | None, ties: bool
    ) -> bool:
        """Whether a sentence is tied to the answer before and has no word beside what it asks.

        last: the intent of that answer. ties: whether words tie it to that."""
        slots = self._slots.read(sentence, intent, text)
        named = [match for match in self._names_in(sentence.texts) if match.concept == intent]
        before = self._before.find(sentence)
        taken = self._taken(sentence, slots, intent)
        said = taken | covered(
            [*named, *self._marks.find(sentence.texts), *self._times.find(sentence.texts)]
        )
        if before is not None:
            said |= frozenset(range(before.first, before.last))
        is_unit = UNIT in sentence.texts and intent in (ENERGY, *OF_FIGURES)
        says_what = bool(taken or named or is_unit)
        if ties or says_what:
            said |= covered(self._question_words.find(sentence.texts))
        if not (says_what or before is not None or NAMED_SLOTS.intersection(sentence.texts)):
            return False
        stands_alone = self._asks_by_itself(sentence, slots, intent, last)
        of_figure = any(m.concept in OF_QUANTITY for m in self._names_in(sentence.texts))
        points_back = intent in POINTING_BACK and (bool(named) or not of_figure)
        is_tied = ties or points_back or not stands_alone or _refers(sentence, intent)
        return is_tied and self._all_but_small(sentence, said)

    def _taken(self, sentence: Sentence, slots: Slots, intent: str) -> frozenset[int]:
        """The words of slots; not those that name another figure, where they tell no aspect of this
        one: the number in "CO2" counts nothing."""
        if slots.metric is not None:
            return slots.taken
        others = covered(
            match
            for match in self._names_in(sentence.texts)
            if match.concept in OF_QUANTITY and match.concept != intent
        )
        return slots.taken - (others - slots.details.taken)

    def _ties(self, sentence: Sentence) -> bool:
        """Whether a word at its beginning or end, or "that", ties it to the answer before; between
        two names "and" does not."""
        opening, end = self._opening(sentence.texts), len(sentence.texts)
        return any(
            match.first <= opening or match.last == end or match.concept == POINTING
            for match in self._marks.find(sentence.texts)
        )

    def _names_in(self, texts: Sequence[str]) -> list[PhraseMatch]:
        """Names of figures, but none inside of words that tie: "tell me more about"."""
        ties = [range(each.first, each.last) for each in self._marks.find(texts)]
        return [
            each
            for each in self._named.find(texts)
            if not any(each.first in tie and len(tie) > each.last - each.first for tie in ties)
        ]

    def _opening(self, texts: Sequence[str]) -> int:
        """Where words begin that say something: "okay, and ..."."""
        return next((i for i, word in enumerate(texts) if word not in self._small), 0)

    def _asks_by_itself(
        self, sentence: Sentence, slots: Slots, intent: str, last: str | None
    ) -> bool:
        """Whether words name what is asked, so that a sentence without a tie is complete. An aspect
        alone is none: it is one of the answer before, or of the only figure that has it."""
        more = POINTING_BACK if last is None or last in OF_QUANTITY else {*POINTING_BACK, last}
        if any(match.concept not in more for match in self._names_in(sentence.texts)):
            return True
        is_aspect = slots.metric is not None and (intent == last or slots.metric in OF_ONE_FIGURE)
        return bool(slots.taken) and not is_aspect

    def _figures(self, sentence: Sentence, text: str, intent: str) -> frozenset[int]:
        """The words that name a figure, or an aspect that only one figure has."""
        named = self._names_in(sentence.texts)
        figures = covered(match for match in named if match.concept not in POINTING_BACK)
        slots = self._slots.read(sentence, intent, text)
        return figures | (slots.taken if slots.metric in OF_ONE_FIGURE else frozenset())

    def _all_but_small(self, sentence: Sentence, said: frozenset[int]) -> bool:
        return all(
            index in said or word in NAMED_SLOTS or word == UNIT or word in self._small
            for index, word in enumerate(sentence.texts)
        )


def _refers(sentence: Sentence, intent: str) -> bool:
    """Whether "it" ties a sentence to the answer before: a question that has no time of its own can
    take nothing wrong from it."""
    has_time = INTENTS[intent].takes("period")
    return not has_time and any(spotted.is_reference for spotted in sentence.machines)
