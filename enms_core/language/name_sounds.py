"""Which word of a name was meant by a word that nobody knows: by its sound and its spelling.

Only towards words of names, and never from a word of the language. What could be two of them is
unclear, which is an answer of its own: somebody has to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rapidfuzz.distance import OSA

from enms_core.language.remembering import remembered

SOUND = "sound_"
SHORTEST = 4  # letters; a shorter word is never taken for another
SHORT = 5  # up to so many letters two may be swapped, or one written twice or once
LONG = 9  # letters from which on two of them may be wrong
SAME_SOUND = 0.5  # counts as half a wrong letter
MOST_SEEN = 2_000


class Sounds:
    """How words of one language sound: `sound_f` lists spellings of one sound."""

    def __init__(self, vocabulary: Mapping[str, tuple[str, ...]]) -> None:
        self._sound_of = {
            spelling: f"<{name.removeprefix(SOUND)}>"
            for name, spellings in sorted(vocabulary.items())
            if name.startswith(SOUND)
            for spelling in spellings
        }
        self._longest = max(map(len, self._sound_of), default=1)

    def key(self, word: str) -> tuple[str, ...]:
        """The sounds of a word in their order; a sound that comes twice running is one."""
        sounds: list[str] = []
        position = 0
        while position < len(word):
            spelling = self._spelling(word, position)
            sound = self._sound_of.get(spelling, spelling)
            if sounds[-1:] != [sound]:
                sounds.append(sound)
            position += len(spelling)
        return tuple(sounds)

    def _spelling(self, word: str, first: int) -> str:
        for last in range(min(len(word), first + self._longest), first + 1, -1):
            if word[first:last] in self._sound_of:
                return word[first:last]
        return word[first]


class NameSpelling:
    """Corrects towards the words of the names of one catalogue.

    names: each word and what it stands for. known_words: words of the language.
    """

    def __init__(
        self, names: Mapping[str, str], known_words: Iterable[str], sounds: Sounds
    ) -> None:
        self._sounds = sounds
        self._names = names
        self._spelt = _by_beginning(names)
        self._known = _by_beginning(known_words)
        self._sounding: dict[tuple[str, ...], list[str]] = {}
        for name in sorted(names):
            self._sounding.setdefault(sounds.key(name), []).append(name)
        self._seen: dict[str, tuple[str, ...]] = {}

    def meant(self, token: str) -> tuple[str, ...]:
        """Words that may be meant by one that is neither a name's nor the language's: none, one,
        or several where it is unclear; one of each meaning."""
        return remembered(self._seen, token, self._found, MOST_SEEN)

    def is_near(self, token: str) -> bool:
        """Whether a word is all but one letter a word of a name, though too short to be sure."""
        return len(token) >= SHORTEST and (
            bool(self.meant(token))
            or any(OSA.distance(token, name, score_cutoff=1) <= 1 for name in self._names)
        )

    def nearly(self, token: str) -> tuple[str, ...]:
        """Words that a short one may be meant for, where its place says that it is a name."""
        if len(token) < SHORTEST - 1 or not token.isalpha() or self._is_nearer_to_known(token, 1):
            return ()
        return self._distinct(
            name
            for name in self._beginning_like(token)
            if len(name) >= SHORTEST and OSA.distance(token, name, score_cutoff=1) <= 1
        )

    def _found(self, token: str) -> tuple[str, ...]:
        if len(token) < SHORTEST or not token.isalpha():
            return ()
        wrong = {name: SAME_SOUND for name in self._alike(token)}
        for name in self._beginning_like(token):
            distance = _wrong_letters(token, name)
            if distance is not None:
                wrong.setdefault(name, distance)
        if not wrong or self._is_nearer_to_known(token, min(wrong.values())):
            return ()
        return self._distinct(sorted(wrong, key=lambda name: (wrong[name], name)))

    def _distinct(self, names: Iterable[str]) -> tuple[str, ...]:
        """The first name of each meaning."""
        first_of: dict[str, str] = {}
        for name in names:
            first_of.setdefault(self._names[name], name)
        return tuple(first_of.values())

    def _beginning_like(self, token: str) -> Iterator[str]:
        """Names with the same first letter, or with the first two the other way round."""
        yield from self._spelt.get(token[0], ())
        if token[0] != token[1]:
            swapped = token[1] + token[0]
            yield from (each for each in self._spelt.get(token[1], ()) if each[:2] == swapped)

    def _alike(self, token: str) -> list[str]:
        return self._sounding.get(self._sounds.key(token), []) if len(token) >= SHORT else []

    def _is_nearer_to_known(self, token: str, distance: float) -> bool:
        """Whether a word of the language is as near: "pressur" is no press."""
        return any(
            OSA.distance(token, word, score_cutoff=int(distance)) <= distance
            for word in self._known.get(token[0], ())
        )


def _wrong_letters(token: str, name: str) -> int | None:
    """How many letters of a name are wrong; None where it would be too many for its length."""
    if len(name) <= SHORT:
        is_swapped = sorted(token) == sorted(name) and OSA.distance(token, name) == 1
        is_doubled = len(token) >= SHORT and _single(token) == _single(name)
        return 1 if is_swapped or is_doubled else None
    most = 2 if len(name) >= LONG else 1
    distance = OSA.distance(token, name, score_cutoff=most)
    return distance if distance <= most else None


def _single(word: str) -> str:
    """A word with each letter once that is written twice running."""
    return "".join(letter for letter, _ in groupby(word))


def _by_beginning(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first letter, which a misspelt word shares."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word[:1], []).append(word)
    return {letter: tuple(each) for letter, each in found.items()}
