"""Two questions in one sentence: "status and cost of the boiler", "what did compressor one use
yesterday and is it running now".

The sentence is parted at a joining word. Both parts must be questions by themselves, or the first
one nothing but the name of a figure that takes machines and time from the second. Everything else
is one question: two machines, two times, two carriers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from enms_core.domain.intents import COMPARISON, RANKING
from enms_core.domain.question import Question, Recalled, Understanding
from enms_core.language.follow_ups import FollowUpReader
from enms_core.language.heard import Heard
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable

# Understands a text after an answer, as one question.
Single = Callable[[str, Recalled | None], Understanding]
# A name or a subject in these may have an "and" in it; what they change is done one by one.
APART = frozenset(
    {
        COMPARISON,
        "explain_term",
        "help",
        "repeat",
        "baseline_train",
        "baseline_activate",
        "baseline_compare",
        "baseline_predict",
        "anomaly_resolve",
        "alert_subscribe",
        "alert_stop",
        "target_set",
        "action_plan_create",
        "action_plan_update",
        "report",
    }
)
OF_NAMES = frozenset({"unknown_machine", "unknown_source"})


class TwoQuestionsReader:
    """Parts sentences of one language."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        follow_ups: FollowUpReader,
    ) -> None:
        self._follow_ups = follow_ups
        # The rest is told to build on the first question, whichever word joins them.
        self._and = next(iter(words["joining"]), "")
        self._joining = PhraseTable({"and": words["joining"]}, numbers)
        self._openings = PhraseTable({"opening": words["joining_question"]}, numbers)
        self._comparing = PhraseTable({"comparing": words["comparing"]}, numbers)

    def read(self, heard: Heard, recalled: Recalled | None, single: Single) -> Understanding | None:
        """The first question with the words of the rest; None where there is but one."""
        texts = heard.sentence.texts
        joints = self._joining.find(texts)
        if not joints or self._comparing.find(texts):
            return None
        for joint in joints:
            if joint.first > 0 and self._opens(texts[joint.last :]):
                first = self._parted(heard, joint, recalled, single)
                if first is not None:
                    return first
        return None

    def _opens(self, texts: Sequence[str]) -> bool:
        """Whether words begin a question of their own, by its name or by a word that asks."""
        return bool(texts) and (
            self._openings.at(texts, 0) is not None or self._follow_ups.opens_with_name(texts)
        )

    def _parted(
        self, heard: Heard, joint: PhraseMatch, recalled: Recalled | None, single: Single
    ) -> Understanding | None:
        words, text = heard.sentence.words, heard.text
        left = text[words[0].start : words[joint.first - 1].end]
        right = text[words[joint.last].start : words[-1].end]
        if self._follow_ups.only_names(heard.sentence.texts[: joint.first]):
            shared = self._sharing(left, right, recalled, single)
            if shared is not None:
                return shared
        first = single(left, recalled)
        if first.question is None or not _is_asked(first):
            return None
        second = single(f"{self._and} {right}", Recalled(first.question, first.question.named))
        if second.question is None or not _is_asked(second):
            return None
        is_two = _differ(first.question, second.question)
        return replace(first, rest=f"{self._and} {right}") if is_two else None

    def _sharing(
        self, left: str, right: str, recalled: Recalled | None, single: Single
    ) -> Understanding | None:
        """ "Status and cost of the boiler": what the first part asks, of the machines and at the
        time of the second. Where that is asked back, the first part waits."""
        whole = single(right, recalled)
        if whole.question is None or not _is_asked(whole):
            return None
        left = f"{self._and} {left}"
        first = single(left, Recalled(whole.question, whole.question.named))
        if first.question is None or not _is_asked(first):
            return None
        if not _differ(first.question, whole.question):
            return None
        if whole.outcome != "answered":
            return replace(whole, rest=left)
        return replace(first, rest=f"{self._and} {right}")


def _is_asked(understood: Understanding) -> bool:
    """Whether a part is a question that we know, but for the names in it."""
    question = understood.question
    if question is None or question.intent in APART:
        return False
    is_open = understood.choices or understood.source_choices
    return understood.outcome in ("answered", *OF_NAMES) or bool(is_open)


def _differ(one: Question, other: Question) -> bool:
    """Whether two questions are not answered by one answer."""
    return one.intent != other.intent or (one.intent == RANKING and one.metric != other.metric)
