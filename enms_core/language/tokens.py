"""Words of an utterance with their places in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

MAX_TOKENS = 400
MOST_ENTRIES = 65_536  # of the word lists of some languages
MAX_CHARACTERS = 4_000  # bounds Unicode normalisation, which is not linear in combining marks

_TOKEN = re.compile(
    r"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])              # ISO date
    | [0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4}(?![0-9])  # written date
    | [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])    # time of day
    | (?:(?<![^\s(])[-\u2212])?[0-9]+(?:[.,][0-9]+)* # number, with its sign only after a blank
    | (?:[^\W\d_]|[\u0300-\u036f])+                  # word; marks without a composed letter stay
    | \d+                                            # digits of other scripts
    | [%°$£€]                                        # symbols that are units
    """,
    re.VERBOSE,
)
# Letters that are also written as two, where a keyboard or a recogniser lacks them.
_SPELLED_OUT = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00df": "ss"})
_ENDING_OTHERWISE = "\u03a3"  # a letter whose lower case depends on what follows
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc]s(?![^\W_])")


@dataclass(frozen=True)
class Token:
    """A word, number or unit symbol in lower case; `start` and `end` delimit it in the text."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> tuple[Token, ...]:
    """Split at blanks, punctuation, hyphens and between letters and digits ("3rd" is 3, rd).

    Dates (2026-03-01, 14.3.2026), times (14:30) and numbers (2.5, 2,5, -5) stay whole. An
    apostrophe-s is dropped ("boiler's" is boiler, "what's" is what); other apostrophes split.
    What lies beyond MAX_CHARACTERS or MAX_TOKENS is ignored.
    """
    plain, origins = _normalised(text[:MAX_CHARACTERS])
    spaced = _POSSESSIVE.sub("  ", plain)
    return tuple(
        Token(
            match[0].replace("\u2212", "-"), origins[match.start()][0], origins[match.end() - 1][1]
        )
        for match in islice(_TOKEN.finditer(spaced), MAX_TOKENS)
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of `tokenize` without their places; at once where blanks alone divide them."""
    plain = _lower(text) if len(text) <= MAX_TOKENS else None
    if plain is not None and plain.replace(" ", "").isalpha():
        return tuple(plain.split())
    return tuple(token.text for token in tokenize(text))


@lru_cache(maxsize=MOST_ENTRIES)
def entry_words(entry: str) -> tuple[str, ...]:
    """The words of an entry of a word list. Kept, as many readers have the same lists, and are made
    anew for each catalogue."""
    return words_of(entry)


def words_in(entries: Iterable[str]) -> Iterator[str]:
    """The words of some entries, one after the other."""
    return chain.from_iterable(map(entry_words, entries))


def spelled_out(text: str) -> str:
    """A word as it is written without umlauts: "fuenf"."""
    return text if text.isascii() else text.translate(_SPELLED_OUT)


def _normalised(text: str) -> tuple[str, list[tuple[int, int]]]:
    """NFKC and lower case, with the span in `text` that each character comes from."""
    lower = _lower(text)
    if lower is not None:
        return lower, [(index, index + 1) for index in range(len(text))]
    plain: list[str] = []
    origins: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        piece = unicodedata.normalize(
            "NFKC", unicodedata.normalize("NFKC", text[start:end]).lower()
        )
        plain.append(piece)
        origins += [(start, end)] * len(piece)
    return "".join(plain), origins


def _lower(text: str) -> str | None:
    """A text in lower case, where that takes each letter for itself; None where it does not."""
    plain = text.lower()
    if text.isascii():
        return plain
    is_normal = unicodedata.is_normalized("NFKC", text) and unicodedata.is_normalized("NFKC", plain)
    is_apart = len(plain) == len(text) and not any(map(unicodedata.combining, text))
    return plain if is_normal and is_apart and _ENDING_OTHERWISE not in text else None


def _clusters(text: str) -> list[tuple[int, int]]:
    """A base character with the combining marks after it."""
    bases = [i for i, char in enumerate(text) if i == 0 or not unicodedata.combining(char)]
    return list(zip(bases, [*bases[1:], len(text)], strict=True))
