"""Strings that no well-meaning person says: random ones, and ones made to break something.

The same strings each run. Benchmarks use them too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from tests.hostile_pieces import (
    COMBINING,
    CONTROLS,
    EMOJI,
    INVISIBLE,
    LOOKALIKES,
    MARKER,
    NUMBERS,
    PAYLOADS,
    PLACES,
    SCRIPTS,
    TURNS,
    WHENS,
)
from tests.spoken_answers import questions

SEED = 50001
LONG = 100_000


@dataclass(frozen=True)
class Hostile:
    """A string and what kind it is of."""

    kind: str
    text: str


def hostile_strings() -> list[Hostile]:
    """All of them, at least ten thousand, well mixed."""
    chance = random.Random(SEED)
    made = [Hostile(kind, text) for kind, make in KINDS.items() for text in make(chance)]
    chance.shuffle(made)
    return made


def said_well() -> list[str]:
    """Real questions of all intents, the first of each conversation."""
    return [asked.said.split("; ")[0] for asked in questions()]


def _random(chance: random.Random) -> Iterator[str]:
    """Characters of every plane, halves of surrogate pairs and unassigned ones among them."""
    for plane in range(17):
        first = plane << 16
        for _ in range(330):
            size = chance.randint(1, 60)
            yield "".join(chr(chance.randrange(first, first + 0x10000)) for _ in range(size))
    for _ in range(1_000):
        size = chance.randint(1, 40)
        yield "".join(chr(chance.randrange(0xD800, 0xE000)) for _ in range(size))


def _ascii(chance: random.Random) -> Iterator[str]:
    for _ in range(800):
        yield "".join(chr(chance.randrange(0x80)) for _ in range(chance.randint(0, 80)))


def _injected(_chance: random.Random) -> Iterator[str]:
    for place, payload in product(PLACES, PAYLOADS):
        yield place.replace("{}", payload)


def _numbers(_chance: random.Random) -> Iterator[str]:
    for place, number in product(PLACES, NUMBERS):
        yield place.replace("{}", number)


def _periods(chance: random.Random) -> Iterator[str]:
    for said, when in product(chance.sample(said_well(), 15), WHENS):
        yield f"{said} {when}"


def _inserted(pieces: Sequence[str]) -> Callable[[random.Random], Iterator[str]]:
    """Real questions with such characters in their midst, also inside words."""

    def make(chance: random.Random) -> Iterator[str]:
        for _ in range(2):
            for said in said_well():
                letters = list(said)
                for _ in range(chance.randint(1, 12)):
                    letters.insert(chance.randrange(len(letters) + 1), chance.choice(pieces))
                yield "".join(letters)

    return make


def _lookalikes(chance: random.Random) -> Iterator[str]:
    """Names and words in letters of other scripts, in part or all."""
    for said in said_well():
        words = said.split()
        place = chance.randrange(len(words))
        yield said.translate(LOOKALIKES)
        yield " ".join(w.translate(LOOKALIKES) if chance.random() < 0.3 else w for w in words)
        yield " ".join([*words[:place], chance.choice(SCRIPTS), *words[place:]])
        yield "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in said)


def _mutated(chance: random.Random) -> Iterator[str]:
    """Real questions with words swapped, doubled, dropped, borrowed, cut."""
    for _ in range(4):
        for said in said_well():
            words = said.split()
            for _ in range(chance.randint(1, 4)):
                chance.choice(MUTATIONS)(words, chance)
            yield " ".join(words)


def _swap(words: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one], words[other] = words[other], words[one]


def _double(words: list[str], chance: random.Random) -> None:
    words.insert(chance.randrange(len(words)), chance.choice(words))


def _drop(words: list[str], chance: random.Random) -> None:
    if len(words) > 1:
        words.pop(chance.randrange(len(words)))


def _borrow(words: list[str], chance: random.Random) -> None:
    words.insert(chance.randrange(len(words)), chance.choice(TURNS))


def _cut(words: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(words))
    words[place] = words[place][: chance.randint(1, len(words[place]))]


def _joined(chance: random.Random) -> Iterator[str]:
    """Several questions run into one."""
    for _ in range(100):
        yield chance.choice((" ", " and ", "? ", "")).join(chance.sample(said_well(), 3))


def _letters(chance: random.Random) -> Iterator[str]:
    """Typing errors: letters exchanged, in words that carry the sense."""
    for _ in range(3):
        for said in said_well():
            letters = list(said)
            for _ in range(chance.randint(1, 6)):
                letters[chance.randrange(len(letters))] = chance.choice(
                    "abcdefghijklmnopqrstuvwxyz-'"
                )
            yield "".join(letters)


def _deep(_chance: random.Random) -> Iterator[str]:
    """Brackets and clauses in each other."""
    for pair, depth in product(("()", "[]", "{}", "<>", '""', "''"), (10, 400, 2_000)):
        yield f"how much energy did {pair[0] * depth}compressor one{pair[1] * depth} use"
    for clause in (
        "and the ",
        "of the ",
        "compared with ",
        "not ",
        "before the ",
        "and yesterday ",
    ):
        for times in (5, 50, 390):
            yield f"how much energy did {clause * times}boiler one use"


def _huge(chance: random.Random) -> Iterator[str]:
    """A hundred thousand characters of one thing, and of all things."""
    pieces = (
        *("a", "9", "(", "{", "'", "-", " ", "\x00", "\u0301", "\u202e", "😀", "\ud800", "ﷺ"),
        *("and ", "energy ", "compressor one ", "compressor one and ", "boiler one, ", "one "),
        *("how much energy ", "yesterday ", "from monday to ", "machine ", "9 ", "a\u0301 "),
        *("million ", "compressor e u ", "compare ", "the ", "c o m p r e s s o r ", f"{MARKER} "),
        *("more than ", "hundred ", "2026-01-01 ", "14:30 ", "kilowatt hours ", "1,000,"),
    )
    for piece in pieces:
        yield (piece * (LONG // len(piece) + 1))[:LONG]
    words = [word for said in said_well() for word in said.split()]
    for size in (LONG, 50_000, 3_900):
        yield " ".join(chance.choice(words) for _ in range(size // 5))[:size]
        yield "".join(chr(chance.randrange(0x3000)) for _ in range(size))
        yield "how much energy did compressor one use yesterday " + "x" * size


def _real(_chance: random.Random) -> Iterator[str]:
    """For comparison, and because what is hostile may meet what is not."""
    yield from said_well()


KINDS: dict[str, Callable[[random.Random], Iterator[str]]] = {
    "real": _real,
    "random": _random,
    "ascii": _ascii,
    "injected": _injected,
    "numbers": _numbers,
    "periods": _periods,
    "control": _inserted(CONTROLS),
    "invisible": _inserted(INVISIBLE),
    "emoji": _inserted(EMOJI),
    "combining": _inserted(COMBINING),
    "scripts": _inserted(SCRIPTS),
    "lookalikes": _lookalikes,
    "mutated": _mutated,
    "joined": _joined,
    "letters": _letters,
    "deep": _deep,
    "huge": _huge,
}
MUTATIONS = (_swap, _double, _drop, _borrow, _cut)
