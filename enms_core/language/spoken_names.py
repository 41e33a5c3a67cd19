"""Names as they are said: "Compressor-EU-1" is "compressor E U one"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enms_core.language.name_words import JOINED, entries_of
from enms_core.language.tokens import entry_words, tokenize

SPELLED_LENGTH = 2
LONGEST_NUMBER = 4  # digits of a name that are said as one number
DIGITS = re.compile(r"\d+")
SOURCES = "source_"


@dataclass(frozen=True)
class _Said:
    """A part of a name. is_joined: it is said in one word with the part beside it."""

    text: str
    is_word: bool = False
    is_joined: bool = False


class SpokenNames:
    """Says names in one language: common words of names in its own words, all others as they are.

    count: a whole number in words.
    """

    def __init__(
        self, vocabulary: Mapping[str, tuple[str, ...]], count: Callable[[int], str]
    ) -> None:
        self._count = count
        entries = entries_of(vocabulary) | {
            name.removeprefix(SOURCES): phrases
            for name, phrases in vocabulary.items()
            if name.startswith(SOURCES)
        }
        self._own = {entry_words(entry): entry for own in entries.values() for entry in own}
        self._spoken = {tuple(word.split("_")): own[0] for word, own in entries.items() if own}
        self._longest = max(map(len, [*self._own, *self._spoken]), default=0)
        # Where nouns have capitals, names keep those that they are written with.
        self._has_capitals = any(map(str.istitle, self._spoken.values()))

    def said(self, name: str) -> str:
        """A name in words; a name without letters and digits as it is written."""
        spoken = [token for token in tokenize(name) if any(map(str.isalnum, token.text))]
        texts = [token.text for token in spoken]
        written = [name[token.start : token.end] for token in spoken]
        parts: list[_Said] = []
        position = 0
        while position < len(texts):
            part, position = self._part(texts, written, position)
            parts.append(part)
        return " ".join(_in_one_word(parts)) or name

    def _part(self, texts: Sequence[str], written: Sequence[str], first: int) -> tuple[_Said, int]:
        for last in range(min(len(texts), first + self._longest), first, -1):
            phrase = tuple(texts[first:last])
            entry = self._spoken.get(phrase) or self._own.get(phrase)
            if entry is not None:
                return self._of_entry(entry), last
        text = written[first]
        runs = DIGITS.findall(texts[first])
        if runs:
            return _Said(" ".join(map(self._digits, runs))), first + 1
        if text.isupper():
            return _Said(_spelled(text)), first + 1
        word = text if self._has_capitals else text.lower()
        return _Said(word, is_word=len(text) > 1), first + 1

    def _of_entry(self, entry: str) -> _Said:
        is_joined = entry.endswith(JOINED)
        words = " ".join(map(_spelled, entry.removesuffix(JOINED).split()))
        return _Said(words, is_word=not entry.isupper(), is_joined=is_joined)

    def _digits(self, run: str) -> str:
        """A number in a name; a serial number digit by digit."""
        if len(run) > LONGEST_NUMBER or run.startswith("0"):
            return " ".join(self._count(int(digit)) for digit in run)
        return self._count(int(run))


def _spelled(word: str) -> str:
    """A short abbreviation letter by letter."""
    return " ".join(word) if word.isupper() and len(word) <= SPELLED_LENGTH else word


def _in_one_word(parts: Sequence[_Said]) -> list[str]:
    """The words of a name, with each part that is joined in one word with the word after it, or
    else before it: "Haupt-" and "Lüftung" are "Hauptlüftung"."""
    words: list[str] = []
    is_open = False
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        if is_open:
            words[-1] += part.text.lower()
        elif part.is_joined and not (following and following.is_word) and _joins(parts, index):
            words[-1] = part.text + words[-1][:1].lower() + words[-1][1:]
            continue
        else:
            words.append(part.text)
        is_open = part.is_joined and following is not None and following.is_word
    return words


def _joins(parts: Sequence[_Said], index: int) -> bool:
    """Whether the part before can take one in front of it."""
    return index > 0 and parts[index - 1].is_word and not parts[index - 1].is_joined
