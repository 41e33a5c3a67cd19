"""Words of names that stand together, and which machines have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enms_core.language.name_forms import NamePart
from enms_core.language.names import NamedMachine, NameLexicon

MOST_PARTS = 6
Parts = Sequence[NamePart | None]


@dataclass(frozen=True)
class Run:
    """Words of names before word `last` of a sentence, and the machines that have all of them."""

    words: tuple[str, ...]
    last: int
    machines: tuple[NamedMachine, ...]
    is_plural: bool = False


class RunReader:
    """Finds runs of words that point at machines of one catalogue."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._machines = lexicon.machines
        self._words = frozenset[str]().union(*(each.words for each in lexicon.machines))
        self._heads = frozenset[str]().union(*(each.heads for each in lexicon.machines))
        self._narrowing = lexicon.narrowing
        self._qualities, self._generic = lexicon.qualities, lexicon.generic

    def at(self, parts: Parts, first: int) -> Run | None:
        """The longest run from a word on that has a word which names a machine alone. It may fit
        no machine: "the main boiler". It ends where the name of another begins: "boiler, pump"."""
        run = Run((), first, self._machines)
        while len(run.words) < MOST_PARTS:
            longer = self._with_next(run, parts)
            if longer is None or self._begins_another(run, longer, parts):
                break
            run = longer
        return run if self._has_head(run.words) else self._of_quality(run, parts)

    def _of_quality(self, run: Run, parts: Parts) -> Run | None:
        """A word for any machine behind one that says what it is like: "the hydraulic unit"."""
        part = parts[run.last] if run.last < len(parts) else None
        if part is None or part.is_plural or part.words[-1] not in self._generic:
            return None
        is_named = bool(run.words) and self._qualities.issuperset(run.words)
        return replace(run, last=part.last) if is_named and run.machines else None

    def _with_next(self, run: Run, parts: Parts) -> Run | None:
        part = parts[run.last] if run.last < len(parts) else None
        if part is None or not part.is_clear or not all(map(self._belongs, part.words)):
            return None
        fitting = tuple(each for each in run.machines if each.words.issuperset(part.words))
        return Run((*run.words, *part.words), part.last, fitting, run.is_plural or part.is_plural)

    def _belongs(self, word: str) -> bool:
        return word in self._words or word in self._narrowing

    def _begins_another(self, run: Run, longer: Run, parts: Parts) -> bool:
        """Whether the words that no machine has beside the run are a name of their own."""
        if longer.machines or not run.machines or not self._has_head(run.words):
            return False
        other = Run((), run.last, self._machines)
        for _ in range(MOST_PARTS):
            following = self._with_next(other, parts)
            if following is None or not following.machines:
                return False
            if self._has_head(following.words):
                return True
            other = following
        return False

    def _has_head(self, words: Sequence[str]) -> bool:
        return not self._heads.isdisjoint(words)
