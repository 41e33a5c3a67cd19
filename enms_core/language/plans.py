"""What a sentence says about an action plan: which one, who does it, how far it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.numbers import NumberReader, canonical_value
from enms_core.language.persons import PersonReader
from enms_core.language.phrases import PhraseMatch, PhraseTable, behind, covered
from enms_core.language.quantities import PARTS
from enms_core.language.sentence import HORIZON, MACHINE, PERIOD, SLOTS, SOURCE, UNIT, Sentence

STATUSES = ("planned", "in_progress", "completed", "cancelled")
WHOLE = 100
# What parts the words of a title from others.
PARTING = frozenset({MACHINE, PERIOD, HORIZON, UNIT})


@dataclass(frozen=True)
class SaidPlan:
    """plan, person: the words, without an article. progress: a status, or "40 %". taken: positions
    of the words that say all this; named: those of the plan's title; of_person: those of a person
    with a title ("Mrs Weaver")."""

    plan: str | None = None
    person: str | None = None
    progress: str | None = None
    taken: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    of_person: frozenset[int] = frozenset()


class PlanReader:
    """Reads plans, persons and progress in one language."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        numbers: NumberReader,
        persons: PersonReader,
    ) -> None:
        def table(*names: str) -> PhraseTable:
            return PhraseTable({name: words[name] for name in names}, numbers)

        self._nouns = table("plan_noun")
        self._endings = tuple(words["plan_noun_ending"])
        self._of = table("plan_of")
        self._titled = table("plan_titled")
        self._begin = table("plan_begin")
        self._ends_title = table("plan_end")
        self._link = table("plan_link")
        self._verbs = frozenset(words["plan_verb"])
        self._frame = frozenset(words["plan_frame"])
        self._many = table("follow_up_action_plan_list")
        self._titles = persons.pointing
        self._stops = frozenset((*self._titles, *words["plan_stop"]))
        self._persons = persons
        self._progress = table(*(f"progress_{status}" for status in STATUSES))
        self._percent = table("progress_percent")
        self._half = table("progress_half")
        self._parts = table(*PARTS)

    def update(self, sentence: Sentence, text: str) -> SaidPlan:
        """What is to be changed of which plan."""
        progress, of_progress = self._how_far(sentence)
        titled = self._persons.with_title(sentence.texts)
        named = self._plan(sentence, of_progress | titled)
        person = titled or self._persons.find(sentence.texts, of_progress | named)
        if not named:
            verbs = {i for i, word in enumerate(sentence.texts) if word in self._verbs}
            gone = of_progress | person | verbs
            named = self._left(sentence, gone, self._stops | self._frame, MACHINE)
        if not person and self._persons.evidence.find(sentence.texts):
            gone = of_progress | named | covered(self._persons.evidence.find(sentence.texts))
            person = self._left(sentence, gone, self._persons.no_person | self._frame)
        return SaidPlan(
            plan=_said(named, sentence, text),
            person=_said(person, sentence, text),
            progress=progress,
            taken=of_progress | person | named,
            named=named,
            of_person=titled,
        )

    def named(self, sentence: Sentence, text: str, gone: Collection[int]) -> str | None:
        """The one plan that a question is about; that of a machine is told by the machine."""
        texts = sentence.texts
        run = self._plan(sentence, gone)
        is_many = any(index in run for index in covered(self._many.find(texts)))
        is_of_machine = any(texts[index] == MACHINE for index in run)
        nouns = covered(self._nouns.find(texts))
        is_bare = all(index in nouns or texts[index] in self._frame for index in run)
        return None if is_many or is_of_machine or is_bare else _said(run, sentence, text)

    def title(self, sentence: Sentence, text: str, gone: frozenset[int] = frozenset()) -> SaidPlan:
        """What a new plan is to be called or about; a machine alone is no title. What else is said
        of it beside machines and times says who is to do it. gone: positions of words that say
        something else."""
        person = self._persons.with_title(sentence.texts)
        gone |= person
        run = (
            self._titled_run(sentence, gone)
            or self._behind_noun(sentence.texts, gone)
            or self._left(sentence, gone, self._frame)
        )
        if not run:
            return SaidPlan(taken=person, of_person=person)
        beside = (i for i, word in enumerate(sentence.texts) if word not in SLOTS)
        return SaidPlan(
            plan=_said(run, sentence, text),
            taken=run | person | frozenset(beside),
            named=run,
            of_person=person,
        )

    def _behind_noun(self, texts: Sequence[str], gone: Collection[int]) -> frozenset[int]:
        """The words that stand at once behind the word for a plan: "action plan swap filters". A
        machine at their end is what the plan is for."""
        parted = frozenset(gone) | covered(
            [
                *self._nouns.find(texts),
                *self._ends_title.find(texts),
                *self._persons.evidence.find(texts),
            ]
        )
        parted |= {i for i, word in enumerate(texts) if word in self._persons.given_names}
        for noun in self._nouns.find(texts):
            word = texts[noun.last] if noun.last < len(texts) else PERIOD
            if word in self._frame or self._of.at(texts, noun.last) is not None:
                continue
            shift = {index - noun.last for index in parted}
            run = next(_runs(texts[noun.last :], shift, PARTING - {MACHINE}))
            places = range(noun.last, noun.last + run.stop)
            places = self._without_machine(texts, _trimmed(texts, places, self._frame))
            if _names(texts, places):
                return frozenset(places)
        return frozenset()

    def _without_machine(self, texts: Sequence[str], run: range) -> range:
        """A run without the machines at its end and what leads to them."""
        while len(run) > 1 and texts[run[-1]] == MACHINE:
            run = _trimmed(texts, run[:-1], self._frame)
        return run

    def _titled_run(self, sentence: Sentence, gone: Collection[int]) -> frozenset[int]:
        """The words behind "called", "to reduce" and the like."""
        for lead in self._titled.find(sentence.texts):
            first = behind(sentence.texts, lead.last, self._titles)
            last = self._end(sentence.texts, first, gone)
            ends = (match.first for match in self._ends_title.find(sentence.texts))
            last = min([last, *(end for end in ends if end > first)])
            trimmed = _trimmed(sentence.texts, range(first, last), self._frame)
            run = frozenset(self._without_machine(sentence.texts, trimmed))
            if any(sentence.texts[index] not in SLOTS for index in run):
                return run
        return frozenset()

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
                last = self._end_of_named(texts, of.last, gone) or last
            elif first == noun.first:  # "the plan heat recovery"
                last = self._end(texts, last, gone)
            if last - first > noun.last - noun.first:
                return frozenset(range(first, last))
        titles = (i for i, word in enumerate(texts) if self._ends(word))
        return frozenset([i for i in titles if self._nouns.at(texts, i) is None][:1])

    def _end_of_named(self, texts: Sequence[str], first: int, gone: Collection[int]) -> int:
        """Where the words end that a plan is for; 0 where there are none."""
        parted = frozenset((*gone, *covered(self._ends_title.find(texts))))
        run = next(_runs(texts[first:], {i - first for i in parted}, PARTING - {MACHINE}))
        named = _trimmed(texts[first:], run, self._stops | self._titles)
        return first + named.stop if named else 0

    def _ends(self, word: str) -> bool:
        """Whether it is a plan with its title in one word: "Beleuchtungsplan"."""
        return any(word.endswith(ending) and word != ending for ending in self._endings)

    def _may_be_title(self, texts: Sequence[str], index: int, gone: Collection[int]) -> bool:
        word = texts[index]
        is_named = word not in SLOTS or word in (MACHINE, SOURCE)
        is_free = word not in self._stops and word not in self._persons.given_names
        return index not in gone and is_free and is_named

    def _end(self, texts: Sequence[str], first: int, gone: Collection[int] = ()) -> int:
        last = first
        while last < len(texts):
            link = self._link.at(texts, last) if last > first else None
            behind = last if link is None else link.last
            if behind >= len(texts) or not self._may_be_title(texts, behind, gone):
                return last
            last = behind + 1
        return last

    def _left(
        self, sentence: Sentence, gone: Collection[int], frame: frozenset[str], named: str = ""
    ) -> frozenset[int]:
        """Without words that lead to it: the longest run that nothing else has taken up, between
        the words for a plan, machines and times, and without what frames it. named: a slot that
        may be a part of it."""
        texts = sentence.texts
        begins = covered(self._begin.find(texts))
        ends = self._ends_title.find(texts)
        parted = frozenset(gone) | begins | covered([*self._nouns.find(texts), *ends])
        behind_end = min((match.first for match in ends), default=len(texts))
        parting = PARTING - {named}
        runs = [_trimmed(texts, run, frame) for run in _runs(texts, parted, parting)]
        kept = [run for run in runs if _names(texts, run)]
        kept = kept or [run for run in runs if named in texts[run.start : run.stop]]
        before = [run for run in kept if run[0] < behind_end]
        return frozenset(max(before or kept, key=len, default=()))

    def _how_far(self, sentence: Sentence) -> tuple[str | None, frozenset[int]]:
        texts = sentence.texts
        said = self._progress.find(texts)
        for percent in self._percent.find(texts):
            value = canonical_value(texts[percent.first - 1]) if percent.first else None
            if value is not None:
                share = range(percent.first - 1, percent.last)
                return f"{value:g} %", frozenset(share) | covered(said)
        half = self._half.find(texts)
        if half:
            return f"{WHOLE / 2:g} %", covered([*half, *said])
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


def _runs(
    texts: Sequence[str], parted: Collection[int], parting: frozenset[str]
) -> Iterator[range]:
    """The stretches between slots and words that part them."""
    first = 0
    for index, word in enumerate((*texts, PERIOD)):
        if index in parted or word in parting:
            yield range(first, index)
            first = index + 1


def _trimmed(texts: Sequence[str], run: range, frame: frozenset[str]) -> range:
    """A run without the words at both ends that only frame it."""
    first, last = run.start, run.stop
    while first < last and texts[first] in frame:
        first += 1
    while first < last and texts[last - 1] in frame:
        last -= 1
    return range(first, last)


def _names(texts: Sequence[str], run: range) -> bool:
    """Whether a run has a word that is no number and no slot."""
    return any(texts[i] not in SLOTS and canonical_value(texts[i]) is None for i in run)


def _said(places: frozenset[int], sentence: Sentence, text: str) -> str | None:
    if not places:
        return None
    return text[sentence.words[min(places)].start : sentence.words[max(places)].end]
