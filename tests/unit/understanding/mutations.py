"""What recognisers and people do to sentences: typos, words left out or swapped, fillers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.unit.understanding.marked import Marked

FILLERS: Mapping[str, tuple[str, ...]] = {
    "en-us": ("uh", "um", "please", "hey", "well", "like"),
    "de-de": ("äh", "ähm", "bitte", "hallo", "also", "halt"),
}
SHORTEST_MISTYPED = 4
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Mutation = Callable[[Sequence[str], Sequence[int], random.Random], list[str] | None]


def mutations(
    sentences: Sequence[Marked], lang: str, count: int, chance: random.Random
) -> Iterator[tuple[Marked, str]]:
    """So many mutated texts, each with the sentence it came from; all kinds as often."""
    kinds: tuple[Mutation, ...] = (_typo, _left_out, _swapped, _with_filler(FILLERS[lang]))
    made = 0
    while made < count:
        said = sentences[made % len(sentences)]
        mutated = kinds[made % len(kinds)](said.text.split(), _free(said), chance)
        # Where a kind cannot be done to a sentence, a filler always can.
        words = mutated or _with_filler(FILLERS[lang])(said.text.split(), _free(said), chance)
        assert words is not None
        yield said, " ".join(words)
        made += 1


def _free(said: Marked) -> tuple[int, ...]:
    """The places of words that are no part of what is marked: without them the meaning stays."""
    taken: set[int] = set()
    position = 0  # in the text: a mark may end within a word ("yesterday's")
    for mark in said.marks:
        begin = said.text.index(mark.words, position)
        position = begin + len(mark.words)
        first = said.text[:begin].count(" ")
        taken.update(range(first, said.text[:position].count(" ") + 1))
    return tuple(index for index in range(len(said.text.split())) if index not in taken)


def _typo(words: Sequence[str], _free: Sequence[int], chance: random.Random) -> list[str] | None:
    """One letter of any word doubled, left out, exchanged or swapped with the next."""
    places = [i for i, word in enumerate(words) if len(word) >= SHORTEST_MISTYPED]
    if not places:
        return None
    place = chance.choice(places)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    mistyped = chance.choice(
        (
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice(LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return [*words[:place], mistyped, *words[place + 1 :]]


def _left_out(words: Sequence[str], free: Sequence[int], chance: random.Random) -> list[str] | None:
    if len(free) < 3:
        return None
    place = chance.choice(free)
    return [*words[:place], *words[place + 1 :]]


def _swapped(words: Sequence[str], free: Sequence[int], chance: random.Random) -> list[str] | None:
    pairs = [place for place in free if place + 1 in free]
    if not pairs:
        return None
    place = chance.choice(pairs)
    return [*words[:place], words[place + 1], words[place], *words[place + 2 :]]


def _with_filler(fillers: Sequence[str]) -> Mutation:
    def with_filler(
        words: Sequence[str], free: Sequence[int], chance: random.Random
    ) -> list[str] | None:
        places = [0, len(words), *free]
        place = chance.choice(places)
        return [*words[:place], chance.choice(fillers), *words[place:]]

    return with_filler
