"""What the classifier sees of a masked sentence: its words, its letters, and what they mean.

Four views, each a list of features: words and pairs of words side by side; groups of letters;
meanings (slots and concepts of the thesaurus) with pairs of them; and the course of the sentence,
meaning after meaning. Words that no sentence had when the model was fitted are one unknown word;
their meaning is still seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, pairwise

from enms_core.language.concepts import Thesaurus
from enms_core.language.sentence import MACHINE, SLOTS

UNKNOWN_WORD = "unk"
PAIR = "~"
LETTERS = 4  # of a group
OPENING = 2  # how many words say what kind of question it is
START, END = "^", "$"
AFTER = ">"
REACH = 3  # how far apart two meanings of the course may stand to be a pair


@dataclass(frozen=True)
class Wording:
    """words: with unknown ones masked. meanings: each once, in the order of their names. course:
    for each word what it means, or the word itself."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]
    course: tuple[str, ...]


class WordingReader:
    """Words masked sentences for the classifier of a language.

    articles: before a machine they are left out. The templates name machines by a slot that has
    none, and a command to a machine names it as people do: the article would tell who wrote it.
    """

    def __init__(self, thesaurus: Thesaurus, articles: Collection[str] = ()) -> None:
        self._thesaurus = thesaurus
        self._articles = frozenset(articles)

    def read(self, masked: Sequence[str], known: frozenset[str] | None = None) -> Wording:
        """known: the words not to be masked; None for all."""
        words = [
            word for word, following in pairwise((*masked, "")) if self._counts(word, following)
        ]
        concepts = self._thesaurus.find(words)
        found = set(chain.from_iterable(concepts)).union(word for word in words if word in SLOTS)
        kept = tuple(word if known is None or word in known else UNKNOWN_WORD for word in words)
        course = (each[0] if each else word for each, word in zip(concepts, kept, strict=True))
        return Wording(kept, tuple(sorted(found)), tuple(course))

    def _counts(self, word: str, following: str) -> bool:
        return following != MACHINE or word not in self._articles


def near_words(seen: Wording) -> Iterator[str]:
    """Words, and pairs of words side by side."""
    yield from seen.words
    yield from (f"{word}{PAIR}{following}" for word, following in pairwise(seen.words))


def letters(seen: Wording) -> Iterator[str]:
    """Groups of letters within a word, its borders marked by blanks."""
    for word in seen.words:
        yield from _letters_of(word)


@lru_cache(maxsize=20_000)
def _letters_of(word: str) -> tuple[str, ...]:
    bordered = f" {word} "
    return tuple(
        bordered[start : start + LETTERS] for start in range(max(1, len(bordered) - LETTERS + 1))
    )


def meanings(seen: Wording) -> Iterator[str]:
    """Meanings, each pair of them, and each with the words that the sentence begins with."""
    yield from seen.meanings
    for one, other in combinations(seen.meanings, 2):
        yield f"{one}{PAIR}{other}"
    for word in sorted(set(seen.words[:OPENING])):
        yield from (f"{meaning}{PAIR}{START}{word}" for meaning in seen.meanings)


def course(seen: Wording) -> Iterator[str]:
    """What is meant first, next and last: meanings, pairs near each other, and three in a row."""
    steps = (START, *seen.course, END)
    yield from steps
    for first, step in enumerate(steps):
        yield from (f"{step}{AFTER}{later}" for later in steps[first + 1 : first + 1 + REACH])
    for triple in zip(steps, steps[1:], steps[2:], strict=False):
        yield AFTER.join(triple)


VIEWS: tuple[Callable[[Wording], Iterator[str]], ...] = (near_words, letters, meanings, course)
