"""What the classifier sees of a masked sentence: its words, its letters, and what they mean.

Three views, each a list of features: words and pairs of words that stand near each other, groups of
letters, and meanings (slots and concepts of the thesaurus) with pairs of them. Words that no
sentence had when the model was fitted are one unknown word; their meaning is still seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from enms_core.language.concepts import Thesaurus
from enms_core.language.sentence import SLOTS

UNKNOWN_WORD = "unk"
PAIR = "~"
REACH = 4  # how far apart two words may stand to be a pair
LETTERS = range(2, 6)
OPENING = 2  # how many words say what kind of question it is
START = "^"


@dataclass(frozen=True)
class Wording:
    """words: with unknown ones masked. meanings: each once, in the order of their names."""

    words: tuple[str, ...]
    meanings: tuple[str, ...]


def wording(words: Sequence[str], thesaurus: Thesaurus, known: frozenset[str] | None) -> Wording:
    """The wording of a masked sentence. known: the words not to be masked; None for all."""
    found = {concept for concepts in thesaurus.find(words) for concept in concepts}
    found.update(word for word in words if word in SLOTS)
    kept = (word if known is None or word in known else UNKNOWN_WORD for word in words)
    return Wording(tuple(kept), tuple(sorted(found)))


def near_words(seen: Wording) -> Iterator[str]:
    """Words, and pairs of words that stand near each other, in the order said."""
    yield from seen.words
    for index, word in enumerate(seen.words):
        for other in seen.words[index + 1 : index + 1 + REACH]:
            yield f"{word}{PAIR}{other}"


def letters(seen: Wording) -> Iterator[str]:
    """Groups of letters within a word, its borders marked by blanks."""
    for word in seen.words:
        yield from _letters_of(word)


@lru_cache(maxsize=20_000)
def _letters_of(word: str) -> tuple[str, ...]:
    bordered = f" {word} "
    return tuple(
        bordered[start : start + length]
        for length in LETTERS
        for start in range(max(1, len(bordered) - length + 1))
    )


def meanings(seen: Wording) -> Iterator[str]:
    """Meanings, each pair of them, and each with the words that the sentence begins with."""
    yield from seen.meanings
    for one, other in combinations(seen.meanings, 2):
        yield f"{one}{PAIR}{other}"
    for word in sorted(set(seen.words[:OPENING])):
        yield from (f"{meaning}{PAIR}{START}{word}" for meaning in seen.meanings)


VIEWS: tuple[Callable[[Wording], Iterator[str]], ...] = (near_words, letters, meanings)
