"""What a sentence says about an action plan: which one, who does it, how far it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.numbers import NumberReader, canonical_value
from enms_core.language.phrases import PhraseMatch, PhraseTable, covered
from enms_core.language.quantities import PARTS
from enms_core.language.sentence import MACHINE, SLOTS, SOURCE, Sentence

STATUSES = ("planned", "in_progress", "completed", "cancelled")
LONGEST_NAME = 4
WHOLE = 100


@dataclass(frozen=True)
class SaidPlan:
    """plan, person: the words, without an article. progress: a status, or "40 %". taken: positions
    of the words that say all this; named: those of the plan's title."""

    plan: str | None = None
    person: str | None = None
    progress: str | None = None
    taken: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()


class PlanReader:
    """Reads plans, persons and progress in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], numbers: NumberReader) -> None:
        def table(*names: str) -> PhraseTable:
            return PhraseTable({name: words[name] for name in names}, numbers)

        self._nouns = table("plan_noun")
        self._endings = tuple(words["plan_noun_ending"])
        self._of = table("plan_of")
        self._titled = table("plan_titled")
        self._titles = frozenset((*words["article"], *words["plan_pointing"]))
        self._stops = frozenset((*self._titles, *words["plan_stop"]))
        self._evidence = table("person_evidence")
        self._before_person = table("person_before")
        self._after_person = table("person_after")
        self._no_person = frozenset((*self._stops, *words["person_stop"]))
        self._progress = table(*(f"progress_{status}" for status in STATUSES))
        self._percent = table("progress_percent")
        self._parts = table(*PARTS)

    def update(self, sentence: Sentence, text: str) -> SaidPlan:
        """What is to be changed of which plan."""
        progress, of_progress = self._how_far(sentence)
        named = self._plan(sentence, of_progress)
        person = self._person(sentence, of_progress | named)
        if not named:
            named = self._left(sentence, of_progress | person)
        return SaidPlan(
            plan=_said(named, sentence, text),
            person=_said(person, sentence, text),
            progress=progress,
            taken=of_progress | person | named,
            named=named,
        )

    def title(self, sentence: Sentence, text: str) -> SaidPlan:
        """What a new plan is to be called or about; a machine alone is no title."""
        for lead in self._titled.find(sentence.texts):
            first = self._skipped(sentence.texts, lead.last)
            last = self._end(sentence.texts, first)
            run = frozenset(range(first, last))
            if any(sentence.texts[index] not in SLOTS for index in run):
                return SaidPlan(plan=_said(run, sentence, text), taken=run, named=run)
        return SaidPlan()

    def _plan(self, sentence: Sentence, gone: Collection[int]) -> frozenset[int]:
        """The words of a plan's title around the word for a plan: "the air leak plan", "the plan
        for the boiler"."""
        texts = sentence.texts
        for noun in self._nouns.find(texts):
            first = noun.first
            while first and self._may_be_title(texts, first - 1, gone):
                first -= 1
            last = noun.last
            if last < len(texts) and canonical_value(texts[last]) is not None:
                last += 1
            of = self._of.at(texts, last)
            if of is not None:
                last = self._end(texts, self._skipped(texts, of.last), gone)
            if last - first > noun.last - noun.first:
                return frozenset(range(first, last))
        return frozenset(next(([i] for i, word in enumerate(texts) if self._ends(word)), ()))

    def _ends(self, word: str) -> bool:
        """Whether it is a plan with its title in one word: "Beleuchtungsplan"."""
        return any(word.endswith(ending) and word != ending for ending in self._endings)

    def _may_be_title(self, texts: Sequence[str], index: int, gone: Collection[int]) -> bool:
        word = texts[index]
        is_named = word not in SLOTS or word in (MACHINE, SOURCE)
        return index not in gone and word not in self._stops and is_named

    def _end(self, texts: Sequence[str], first: int, gone: Collection[int] = ()) -> int:
        last = first
        while last < len(texts) and self._may_be_title(texts, last, gone):
            last += 1
        return last

    def _skipped(self, texts: Sequence[str], first: int) -> int:
        while first < len(texts) and texts[first] in self._titles:
            first += 1
        return first

    def _left(self, sentence: Sentence, gone: Collection[int]) -> frozenset[int]:
        """Without the word for a plan: the first words that nothing else has taken up."""
        texts = sentence.texts
        nouns = covered(self._nouns.find(texts))
        evidence = covered(self._evidence.find(texts))
        taken = frozenset(gone) | nouns | evidence
        for first in range(len(texts)):
            last = self._end(texts, first, taken)
            if last > first:
                return frozenset(range(first, last))
        return frozenset()

    def _person(self, sentence: Sentence, gone: frozenset[int]) -> frozenset[int]:
        texts = sentence.texts
        if not self._evidence.find(texts):
            return frozenset()
        for match in self._before_person.find(texts):
            first = self._skipped(texts, match.last)
            run = self._name(texts, range(first, min(len(texts), first + LONGEST_NAME)), gone)
            if run:
                return run
        for match in self._after_person.find(texts):
            backwards = range(match.first - 1, max(-1, match.first - 1 - LONGEST_NAME), -1)
            run = self._name(texts, backwards, gone)
            if run:
                return run
        return self._left(sentence, gone | covered(self._evidence.find(texts)))

    def _name(
        self, texts: Sequence[str], places: Iterable[int], gone: Collection[int]
    ) -> frozenset[int]:
        """The words from a place on, in either direction, that may be a person's name."""
        taken = frozenset(gone) | covered(self._evidence.find(texts))
        run: list[int] = []
        for index in places:
            word = texts[index]
            is_number = canonical_value(word) is not None
            if index in taken or word in self._no_person or word in SLOTS or is_number:
                break
            run.append(index)
        return frozenset(run)

    def _how_far(self, sentence: Sentence) -> tuple[str | None, frozenset[int]]:
        texts = sentence.texts
        said = self._progress.find(texts)
        for percent in self._percent.find(texts):
            value = canonical_value(texts[percent.first - 1]) if percent.first else None
            if value is not None:
                share = range(percent.first - 1, percent.last)
                return f"{value:g} %", frozenset(share) | covered(said)
        for match in said:
            part = self._part_before(texts, match)
            if part is not None:
                return f"{WHOLE * PARTS[part.concept]:g} %", covered([part, *said])
        if not said:
            return None, frozenset()
        return said[0].concept.removeprefix("progress_"), covered(said)

    def _part_before(self, texts: Sequence[str], match: PhraseMatch) -> PhraseMatch | None:
        parts = self._parts.find(texts)
        return next(
            (part for part in parts if part.last == match.first and PARTS[part.concept] < 1), None
        )


def _said(places: frozenset[int], sentence: Sentence, text: str) -> str | None:
    if not places:
        return None
    return text[sentence.words[min(places)].start : sentence.words[max(places)].end]
