"""When a measure pays off: "what is the payback if the repair costs two thousand euros"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from enms_core.domain.intents import INTENTS, PLANNING, SAVING
from enms_core.domain.question import OpenQuestion, Question, Recalled, Scope, Understanding
from enms_core.language.costs import CostReader, SaidCost
from enms_core.language.heard import Heard
from enms_core.language.model import LanguageModel
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.questions import with_time_of
from enms_core.language.sentence import MACHINE, Sentence
from enms_core.language.tokens import words_in

OFFER, CONFIRMATION = "offer", "confirmation"
# Answers after which "it" that costs something is what is to be done.
OF_MEASURES = frozenset({SAVING, PLANNING, "performance", "root_cause"})
SMALL = ("payback_small", "follow_up_small", "follow_up_words", "number_about", "article")


class PaybackTalk:
    """Reads it in one language."""

    def __init__(self, model: LanguageModel) -> None:
        words, numbers = model.files.vocabulary, model.numbers
        self._costs = CostReader(model)
        self._asked = PhraseTable({"payback": words.get("payback_asked", ())}, numbers)
        self._yes = PhraseTable({"yes": words["confirm_yes"]}, numbers)
        self._small = frozenset(words_in(each for name in SMALL for each in words.get(name, ())))

    def read(
        self, heard: Heard, open_question: OpenQuestion | None, recalled: Recalled | None
    ) -> Understanding | None:
        """What is asked or told of a cost; None where it is about anything else."""
        sentence = heard.sentence
        if sentence.periods or sentence.sources:
            return None
        said, asked = self._costs.read(sentence, heard.text), self._asked.find(sentence.texts)
        waits = _waiting(open_question)
        is_of_cost = said is not None and (said.is_framed or waits is not None)
        if not (asked or is_of_cost):
            return None
        yes = covered(match for match in self._yes.find(sentence.texts) if not match.first)
        known = covered(asked) | yes | (said.taken if said is not None else frozenset())
        if not self._is_all(sentence.texts, known):
            return None
        if waits is not None and not sentence.machines:
            return _changed(waits, said, is_accepted=bool(yes) and not asked)
        return self._of_machines(sentence, said, recalled, is_alone=not asked)

    def _of_machines(
        self,
        sentence: Sentence,
        said: SaidCost | None,
        recalled: Recalled | None,
        is_alone: bool,
    ) -> Understanding | None:
        """Of the machine that is named, or that the answer before was about. is_alone: a cost is
        told, and nothing asked."""
        named = tuple(id_ for each in sentence.machines for id_ in each.mention.machine_ids)
        if not named and (recalled is None or recalled.question.intent not in OF_MEASURES):
            return None
        if named and is_alone:
            return None
        ids = named or _told(recalled)
        question = Question(
            SAVING,
            Scope("machines", ids),
            INTENTS[SAVING].period,
            cost=said.cost if said is not None else None,
            of_payback=True,
        )
        if recalled is not None and not named:
            question = replace(
                with_time_of(recalled, question), suspected=recalled.question.suspected
            )
        if len(ids) == 1:
            return Understanding("answered", 1.0, question, is_follow_up=True)
        return Understanding("clarify", 1.0, question, choices=ids, need="machine")

    def _is_all(self, texts: Sequence[str], said: frozenset[int]) -> bool:
        return all(
            index in said or word in self._small or word == MACHINE
            for index, word in enumerate(texts)
        )


def _told(recalled: Recalled | None) -> tuple[UUID, ...]:
    if recalled is None:
        return ()
    return recalled.machine_ids or recalled.question.scope.machine_ids


def _waiting(asked: OpenQuestion | None) -> OpenQuestion | None:
    """The offer of a plan, or the plan that waits for a yes."""
    is_plan = asked is not None and asked.question.intent == PLANNING
    return asked if asked is not None and is_plan and asked.need in (OFFER, CONFIRMATION) else None


def _changed(waits: OpenQuestion, said: SaidCost | None, is_accepted: bool) -> Understanding | None:
    """The plan that waits with what it costs; of an offer, first when that pays off."""
    plan = waits.question
    cost = said.cost if said is not None else plan.cost
    if waits.need == CONFIRMATION or is_accepted:
        if said is None:
            return None
        return Understanding("answered", 1.0, replace(plan, cost=cost, confirmed=False))
    question = replace(plan, intent=SAVING, cost=cost, of_payback=True)
    return Understanding("answered", 1.0, question, is_follow_up=True)
