"""Who is to do something: names of persons in sentences about plans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from enms_core.language.numbers import NumberReader, canonical_value
from enms_core.language.phrases import PhraseTable, behind, covered
from enms_core.language.sentence import MACHINE, SLOTS
from enms_core.language.tokens import words_in

LONGEST_NAME = 4


class PersonReader:
    """Finds the words of a sentence that name a person, in one language."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        persons: Collection[str],
        known_words: Collection[str],
    ) -> None:
        """persons: words of names that people may have. known_words: words of the language."""

        def table(name: str) -> PhraseTable:
            return PhraseTable({name: words[name]}, numbers)

        self.given_names = frozenset(words_in(words["person_name"]))
        self.evidence = table("person_evidence")
        self.pointing = frozenset((*words["article"], *words["plan_pointing"]))
        self.no_person = self.pointing.union(words["plan_stop"], words["person_stop"])
        self._frame = frozenset(words["plan_frame"])
        self._persons = self.given_names.union(persons)
        self._known_words = frozenset(known_words)
        self._titles = table("person_title")
        self._before = table("person_before")
        self._after = table("person_after")

    def with_title(self, texts: Sequence[str]) -> frozenset[int]:
        """A person with a title, "Mrs Weaver": the word behind it is a name, even of a machine."""
        for title in self._titles.find(texts):
            last = title.last
            if last < len(texts) and self._may_be_name(texts[last]):
                follows = texts[last + 1 : last + 2]
                is_named = bool(follows) and self._is_strange(follows[0])
                return frozenset(range(title.first, last + 1 + is_named))
        return frozenset()

    def find(self, texts: Sequence[str], gone: frozenset[int]) -> frozenset[int]:
        """The words that look most like a name, where somebody is said to do it; else a given
        name. gone: positions of words that say something else."""
        if not self.evidence.find(texts):
            known = (i for i, word in enumerate(texts) if word in self.given_names)
            return frozenset([i for i in known if i not in gone][:1])
        found: list[frozenset[int]] = []
        for match in self._before.find(texts):
            first = behind(texts, match.last, self.pointing)
            reach = range(first, min(len(texts), first + LONGEST_NAME))
            found.append(self._name(texts, reach, gone))
        for match in self._after.find(texts):
            backwards = range(match.first - 1, max(-1, match.first - 1 - LONGEST_NAME), -1)
            found.append(self._name(texts, backwards, gone))
        named = [(self._likeness(texts, run), min(run), run) for run in found if run]
        return max(named, key=lambda each: each[:2])[2] if named else frozenset()

    def _may_be_name(self, word: str) -> bool:
        is_free = word not in self.no_person and word not in self._frame
        return is_free and (word == MACHINE or (word not in SLOTS and word.isalpha()))

    def _is_strange(self, word: str) -> bool:
        """Whether a word may be a name, and is none of the language."""
        return word.isalpha() and word not in self._known_words and word not in SLOTS

    def _likeness(self, texts: Sequence[str], run: frozenset[int]) -> float:
        """How much some words look like a name: those known for names most, then those not known
        at all."""
        known = sum(texts[i] in self._persons for i in run)
        strange = sum(texts[i] not in self._known_words for i in run)
        return max(known, strange / 2) / len(run)

    def _name(
        self, texts: Sequence[str], places: Iterable[int], gone: Collection[int]
    ) -> frozenset[int]:
        """The words from a place on, in either direction, that may be a person's name."""
        taken = frozenset(gone) | covered(self.evidence.find(texts))
        run: list[int] = []
        for index in places:
            word = texts[index]
            is_number = canonical_value(word) is not None
            if index in taken or word in self.no_person or word in SLOTS or is_number:
                break
            run.append(index)
        return frozenset(run)
