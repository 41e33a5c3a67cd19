"""Sentences about the plan that was just told of: "who is responsible?", "mark it completed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import OpenQuestion, Question, Recalled, Scope, Understanding
from enms_core.language.details import Details
from enms_core.language.heard import Heard
from enms_core.language.model import LanguageModel
from enms_core.language.period_due import due_day
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.plan_asked import OF_A_PLAN, PlanAskedReader
from enms_core.language.sentence import SLOTS
from enms_core.language.slots import SlotReader
from enms_core.language.tokens import words_in, words_of

CREATE, LIST, UPDATE = "action_plan_create", "action_plan_list", "action_plan_update"
OF_PLANS = frozenset({CREATE, LIST, UPDATE})
CONFIRMATION = "confirmation"
BEGUN = "in_progress"
# Words that name no plan; then further ones beside what is asked or changed.
NAMELESS = ("plan_stop", "plan_frame", "plan_pointing", "plan_noun", "article")
SMALL = (
    *NAMELESS,
    "follow_up_small",
    "follow_up_words",
    "person_evidence",
    "person_before",
    "person_after",
    "plan_talk_small",
)


class PlanTalk:
    """Reads them in one language, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue, slots: SlotReader) -> None:
        words = model.files.vocabulary
        ids = tuple(machine.id for machine in catalogue.home_machines)
        self._everything = Scope("all", ids, is_said=False)
        self._slots = slots
        self._asked = PlanAskedReader(words, model.numbers)
        self._starts = PhraseTable({"start": words.get("plan_start", ())}, model.numbers)
        self._asking = frozenset(words["question_word"])
        self._nameless = frozenset(words_in(each for name in NAMELESS for each in words[name]))
        self._small = frozenset(words_in(each for name in SMALL for each in words[name]))

    def read(
        self, heard: Heard, open_question: OpenQuestion | None, recalled: Recalled | None
    ) -> Understanding | None:
        """What is asked or changed of that plan; None where it is about anything else."""
        waits = _waiting(open_question)
        last = waits or (recalled.question if recalled is not None else None)
        sentence = heard.sentence
        if last is None or last.intent not in OF_PLANS or sentence.machines or sentence.sources:
            return None
        texts = sentence.texts
        if not self._asking.isdisjoint(texts[:1]):
            return self._question(heard, last) if waits is None else None
        begun = self._begun(heard, last) if waits is None else None
        return begun or self._change(heard, last, waits)

    def _begun(self, heard: Heard, last: Question) -> Understanding | None:
        """That the plan is begun: "start it"."""
        texts = heard.sentence.texts
        said = covered(self._starts.find(texts))
        if not said or heard.sentence.periods or not self._is_all(texts, said):
            return None
        question = replace(self._about(UPDATE, last), progress=BEGUN)
        return Understanding("answered", 1.0, question, is_follow_up=True)

    def _question(self, heard: Heard, last: Question) -> Understanding | None:
        texts = heard.sentence.texts
        said = self._asked.read(texts)
        if said.asked not in OF_A_PLAN or not self._is_all(texts, said.taken):
            return None
        if self._names_plan(self._slots.read(heard.sentence, LIST, heard.text).details):
            return None
        question = self._about(LIST, last)
        return Understanding(
            "answered", 1.0, replace(question, plan_asked=said.asked), is_follow_up=True
        )

    def _change(self, heard: Heard, last: Question, waits: Question | None) -> Understanding | None:
        sentence = heard.sentence
        details = self._slots.read(sentence, UPDATE, heard.text).details
        days = [due_day(phrase) for phrase in said_periods(sentence.periods)]
        due = next((day for day in reversed(days) if day is not None), None)
        is_any = details.person or details.progress or due
        is_other = self._names_plan(details)
        if not is_any or is_other or not self._is_all(sentence.texts, details.taken):
            return None
        if waits is None:
            changed = _changed(self._about(UPDATE, last), details, due)
            return Understanding("answered", 1.0, changed, is_follow_up=True)
        if waits.intent == CREATE and details.progress:
            return None
        return Understanding("answered", 1.0, _changed(waits, details, due))

    def _names_plan(self, said: Details) -> bool:
        """Whether a plan is named, and not only pointed at."""
        return not self._nameless.issuperset(words_of(said.plan or ""))

    def _about(self, intent: str, last: Question) -> Question:
        """A question about the plan of another one; empty words where several were told of."""
        known = INTENTS[intent]
        return Question(intent, self._everything, known.period, plan=last.plan or "")

    def _is_all(self, texts: Sequence[str], said: frozenset[int]) -> bool:
        """Whether every word says what is asked or changed, or is small."""
        return all(
            index in said or word in self._small or word in SLOTS
            for index, word in enumerate(texts)
        )


def _waiting(asked: OpenQuestion | None) -> Question | None:
    """The plan that waits for a yes."""
    is_plan = asked is not None and asked.question.intent in OF_PLANS
    return asked.question if asked is not None and is_plan and asked.need == CONFIRMATION else None


def _changed(question: Question, said: Details, due: PeriodPhrase | None) -> Question:
    return replace(
        question,
        person=said.person or question.person,
        progress=said.progress or question.progress,
        date=due or question.date,
        confirmed=False,
    )
