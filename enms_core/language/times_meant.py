"""Times that a sentence means otherwise than they are worded: "wait until tonight" is tonight, "the
difference between May and June" is two times and no stretch from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from enms_core.domain.intents import COMPARISON, INTENTS
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodMatch
from enms_core.language.phrases import PhraseTable
from enms_core.language.sentence import HORIZON, PERIOD, Sentence
from enms_core.language.tokens import Token, words_of


class TimesMeantReader:
    """Reads them in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._between = frozenset(words.get("period_between", ()))
        self._comparing = PhraseTable({"comparing": words["comparing"]}, numbers)
        self._against = PhraseTable({"against": words.get("comparing_against", ())}, numbers)
        self._waiting = PhraseTable({"waiting": words.get("waiting", ())}, numbers)

    def read(self, sentence: Sentence, text: str, intent: str) -> Sentence:
        """The sentence of an intent with its times as they are meant."""
        if intent == COMPARISON and len(sentence.periods) == 1:
            return replace(sentence, periods=tuple(self._sides(sentence, text)))
        if intent == COMPARISON and self._is_reversed(sentence):
            return replace(sentence, periods=tuple(reversed(sentence.periods)))
        if INTENTS[intent].takes("horizon") and self._waiting.find(sentence.texts):
            return replace(sentence, periods=tuple(map(_begun, sentence.periods)))
        return sentence

    def _sides(self, sentence: Sentence, text: str) -> Iterator[PeriodMatch]:
        """What stands on both sides of the "and" behind "between"; else the time as it is."""
        (match,) = sentence.periods
        place = next(word for word in sentence.words if word.text in (PERIOD, HORIZON))
        start, end = match.phrase.start, match.phrase.end
        are_sides = self._is_between(place, text) or self._is_compared(sentence, place)
        if start is None or end is None or not are_sides:
            yield match
        else:
            yield replace(match, phrase=start)
            yield replace(match, phrase=end)

    def _is_reversed(self, sentence: Sentence) -> bool:
        """Whether what is compared with is said first: "relative to May, what did June cost"."""
        places = [i for i, word in enumerate(sentence.texts) if word in (PERIOD, HORIZON)]
        against = {match.last for match in self._against.find(sentence.texts)}
        return len(places) == 2 and places[0] in against and places[1] not in against

    def _is_compared(self, sentence: Sentence, place: Token) -> bool:
        """Whether the time is all that is compared: "compare October to September"."""
        verbs = {match.last for match in self._comparing.find(sentence.texts)}
        return len(sentence.machines) < 2 and sentence.words.index(place) in verbs

    def _is_between(self, place: Token, text: str) -> bool:
        return not self._between.isdisjoint(words_of(text[place.start : place.end]))


def _begun(match: PeriodMatch) -> PeriodMatch:
    """The time until which is waited."""
    phrase = match.phrase
    return replace(match, phrase=phrase.of) if phrase.kind == "until" and phrase.of else match
