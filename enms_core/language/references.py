"""Words that point at the machines of the answer before: "it", "both", "the second one"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from enms_core.domain.intents import RANKING
from enms_core.domain.question import Recalled, ScopeKind
from enms_core.language.machines import Mention, MentionKind
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable
from enms_core.language.sentence import Sentence, SpottedMachines
from enms_core.language.tokens import Token

# How a scope is named again.
KINDS: Mapping[ScopeKind, MentionKind] = {
    "all": "everything",
    "site": "site",
    "group": "group",
    "machines": "machine",
}
CONCEPTS = ("one", "several", "two", "which", "not")


class ReferenceReader:
    """Finds them in a sentence and tells whom they mean."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        self._table = PhraseTable({name: words[f"reference_{name}"] for name in CONCEPTS})
        self._numbers = numbers
        self._last = frozenset(words["choice_last"])
        self._nouns = frozenset(words["reference_noun"])
        self._articles = frozenset(words["article"])
        self._joining = frozenset(words["reference_after"])

    def find(
        self, tokens: Sequence[Token], sentence: Sentence, recalled: Recalled
    ) -> list[SpottedMachines]:
        """The references of an utterance. `sentence`: what it names by itself; behind a name "it"
        is the machine of that name ("... more than it did"), unless it is joined to it."""
        texts = [token.text for token in tokens]
        named = [each for each in sentence.machines if each.mention.kind != "choice"]
        first_name = min((each.start for each in named), default=tokens[-1].end)
        found = []
        for first, last, mention in self._mentions(tokens, texts, recalled):
            before = texts[first - 1 : first]
            if tokens[first].start < first_name or self._joining.intersection(before):
                span = (tokens[first].start, tokens[last - 1].end)
                if not any(_overlap(span, each) for each in named):
                    found.append(SpottedMachines(mention, *span, is_reference=True))
        return found

    def _mentions(
        self, tokens: Sequence[Token], texts: Sequence[str], recalled: Recalled
    ) -> list[tuple[int, int, Mention]]:
        ordinals = self._ordinals(tokens, texts, recalled)
        taken = {index for first, last, _ in ordinals for index in range(first, last)}
        found = list(ordinals)
        for match in self._table.find(texts):
            mention = _meant(match, recalled)
            if mention is not None and not taken.intersection(range(match.first, match.last)):
                found.append((mention.first, mention.last, mention))
        return sorted(found, key=lambda each: each[0])

    def _ordinals(
        self, tokens: Sequence[Token], texts: Sequence[str], recalled: Recalled
    ) -> list[tuple[int, int, Mention]]:
        """ "The second one", or "the second" at the end: by the order in which they were told."""
        told = recalled.machine_ids
        found = []
        for index in range(1, len(tokens)):
            place = self._place(tokens, index, len(told))
            is_last_word = index + 1 == len(tokens)
            has_noun = not is_last_word and texts[index + 1] in self._nouns
            if place is None or texts[index - 1] not in self._articles:
                continue
            if is_last_word or has_noun:
                chosen = (told[place - 1],)
                mention = Mention(index - 1, index + 1 + has_noun, "machine", chosen)
                found.append((mention.first, mention.last, mention))
        return found

    def _place(self, tokens: Sequence[Token], index: int, places: int) -> int | None:
        if places < 2:
            return None
        if tokens[index].text in self._last:
            return places
        read = self._numbers.read(tokens, index)
        if read is None or read[0].kind != "ordinal" or not 1 <= read[0].value <= places:
            return None
        return int(read[0].value)


def _meant(match: PhraseMatch, recalled: Recalled) -> Mention | None:
    """Whom a phrase means; None where it cannot be meant: "both" of three machines."""
    told = recalled.machine_ids
    if match.concept == "not" or (match.concept == "two" and len(told) != 2):
        return None
    if match.concept == "which":  # the word for them is the last: "which" stays
        is_one_of_several = len(told) > 1
        return Mention(match.last - 1, match.last, "machine", told) if is_one_of_several else None
    if match.concept == "one" and len(told) > 1 and recalled.question.intent == RANKING:
        return Mention(match.first, match.last, "choice", told)
    return _mention(match, told, recalled)


def _mention(match: PhraseMatch, told: tuple[UUID, ...], recalled: Recalled) -> Mention | None:
    scope = recalled.question.scope
    if told and set(told) != set(scope.machine_ids):
        return Mention(match.first, match.last, "machine", told)
    if not scope.machine_ids:
        return None
    kind = KINDS[scope.kind]
    return Mention(match.first, match.last, kind, scope.machine_ids, scope.label)


def _overlap(span: tuple[int, int], other: SpottedMachines) -> bool:
    return span[0] < other.end and other.start < span[1]
