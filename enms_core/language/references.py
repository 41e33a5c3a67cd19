"""Words that point at the machines of the answer before: "it", "both", "the second one"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import RANKING
from enms_core.domain.question import Recalled, ScopeKind
from enms_core.language.choosing import ChoiceReader, Chosen
from enms_core.language.mentions import Mention, MentionKind
from enms_core.language.phrases import PhraseMatch, PhraseTable
from enms_core.language.sentence import Sentence, SpottedMachines
from enms_core.language.tokens import Token, words_in

# How a scope is named again.
KINDS: Mapping[ScopeKind, MentionKind] = {
    "all": "everything",
    "site": "site",
    "group": "group",
    "machines": "machine",
}
CONCEPTS = ("one", "several", "two", "which", "that", "not")
OF_LAST_WORD = frozenset({"which", "that"})  # the last word of the phrase stands for the machines


class ReferenceReader:
    """Finds them in a sentence and tells whom they mean."""

    def __init__(
        self, words: Mapping[str, tuple[str, ...]], choices: ChoiceReader, catalogue: Catalogue
    ) -> None:
        self._table = PhraseTable({name: words.get(f"reference_{name}", ()) for name in CONCEPTS})
        self._behind = frozenset(words.get("reference_behind", ()))
        self._choices = choices
        self._catalogue = catalogue
        self._all_machines = tuple(machine.id for machine in catalogue.home_machines)
        self._nouns = frozenset(words["reference_noun"])
        units = (each for name, each in words.items() if name.startswith("unit_"))
        self._time_units = frozenset(words_in(chain.from_iterable(units)))
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
        for first, last, mention in self._mentions(tokens, texts, sentence, recalled):
            before = texts[first - 1 : first]
            if tokens[first].start < first_name or self._joining.intersection(before):
                span = (tokens[first].start, tokens[last - 1].end)
                if not any(_overlap(span, each) for each in named):
                    found.append(SpottedMachines(mention, *span, is_reference=True))
        return found

    def _mentions(
        self,
        tokens: Sequence[Token],
        texts: Sequence[str],
        sentence: Sentence,
        recalled: Recalled,
    ) -> list[tuple[int, int, Mention]]:
        chosen = self._chosen(tokens, texts, sentence, recalled)
        taken = frozenset(range(chosen.first, chosen.last)) if chosen else frozenset[int]()
        found = [(chosen.first, chosen.last, chosen)] if chosen else []
        for match in self._table.find(texts):
            if match.concept == "that" and not self._ends_name(texts, match.last):
                continue
            if match.concept == "two" and not self._means_machines(match, texts, sentence):
                continue
            mention = self._meant(match, recalled)
            if mention is not None and not taken.intersection(range(match.first, match.last)):
                found.append((mention.first, mention.last, mention))
        return sorted(found, key=lambda each: each[0])

    def _means_machines(self, match: PhraseMatch, texts: Sequence[str], sentence: Sentence) -> bool:
        """Whether "both" is of machines: not of the carriers or times of the sentence, or of a noun
        behind it."""
        are_others = len(sentence.sources) > 1 or len(sentence.periods) > 1
        if are_others or _is_in_time(match, sentence):
            return False
        return match.last >= len(texts) or texts[match.last] not in self._time_units

    def _chosen(
        self,
        tokens: Sequence[Token],
        texts: Sequence[str],
        sentence: Sentence,
        recalled: Recalled,
    ) -> Mention | None:
        """One machine by its place among those told, or by what sets it apart from its like."""
        told, others = recalled.machine_ids, self._others(recalled)
        chosen = self._counted(tokens, texts, sentence, told)
        chosen = chosen or self._choices.quality(tokens, told if len(told) > 1 else others)
        chosen = chosen or self._choices.other(texts, others)
        if chosen is None:
            return None
        kind: MentionKind = "machine" if len(chosen.choices) == 1 else "choice"
        return Mention(chosen.first, chosen.last, kind, chosen.choices)

    def _counted(
        self,
        tokens: Sequence[Token],
        texts: Sequence[str],
        sentence: Sentence,
        told: Sequence[UUID],
    ) -> Chosen[UUID] | None:
        """ "The second one", or "the second" where no noun can follow: by the order in which they
        were told."""
        if len(told) < 2:
            return None
        found = self._choices.ordered(tokens, sentence.periods, told, ("ordinal",))
        if found is None or found.first == 0:
            return None
        has_noun = texts[found.last - 1] in self._nouns
        ends = has_noun or self._ends_name(texts, found.last)
        if texts[found.first - 1] not in self._choices.articles or not ends:
            return None
        return Chosen(found.choices, found.first - 1, found.last)

    def _meant(self, match: PhraseMatch, recalled: Recalled) -> Mention | None:
        """Whom a phrase means. It is asked which where it cannot be meant: "both" of three."""
        told = recalled.machine_ids
        if match.concept == "not":
            return None
        if match.concept in OF_LAST_WORD:  # "which" stays
            match = replace(match, first=match.last - 1)
        if match.concept == "which":
            known = told or recalled.question.scope.machine_ids
            return _mention(match, told, recalled) if len(known) > 1 else None
        if match.concept == "two" and len(told) != 2:
            offered = told if len(told) > 1 else self._all_machines
            return Mention(match.first, match.last, "choice", offered)
        if match.concept == "one" and len(told) > 1 and recalled.question.intent == RANKING:
            return Mention(match.first, match.last, "choice", told)
        return _mention(match, told, recalled)

    def _ends_name(self, texts: Sequence[str], index: int) -> bool:
        """Whether the sentence ends there, or with a word before which no noun comes."""
        return self._behind.issuperset(texts[index : index + 1])

    def _others(self, recalled: Recalled) -> tuple[UUID, ...]:
        """The other machines of the kind of the one that was spoken of."""
        known = recalled.machine_ids or recalled.question.named
        # One that is registered no longer, as after a change of the database, has no others.
        kinds = [machine.type for machine in self._catalogue.machines if machine.id in known]
        if len(known) != 1 or not kinds:
            return ()
        return tuple(
            machine.id
            for machine in self._catalogue.machines
            if machine.type == kinds[0] and machine.id not in known
        )


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


def _is_in_time(match: PhraseMatch, sentence: Sentence) -> bool:
    """Whether words belong to a time: "the last two weeks"."""
    return any(
        time.first_token < match.last and match.first < time.end_token for time in sentence.periods
    )
