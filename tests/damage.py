"""Damaged variants of a good meter file, the same each run, and what their lines say.

A variant says in its own lines what of it can be stored: `said` reads a line without any of the
product's code.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from tests.damage_kinds import (
    BEYOND_READING,
    COLUMNS,
    DAMAGES,
    EACH_KIND,
    ENCODINGS,
    GERMAN,
    PLAIN,
    Writing,
)

ZONE = ZoneInfo("Europe/Berlin")
INTERVAL = timedelta(minutes=15)
# Ten days with the clock change of spring, which has no 2:00 to 2:45.
FIRST = datetime(2018, 3, 20, tzinfo=ZONE)
ROWS = 956
FIRST_ROWS = 200
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Variant:
    """A file. encoding: in which its lines are read, None where they are beyond reading."""

    kind: str
    seed: int
    writing: Writing
    content: bytes
    encoding: str | None

    @property
    def name(self) -> str:
        return f"{self.kind} {self.seed}"

    @property
    def is_table(self) -> bool:
        """Whether it must be read, row by row."""
        return self.kind not in BEYOND_READING

    @property
    def is_good_enough(self) -> bool:
        """Whether it must be stored, with nothing said of how it is written: at most 1 % of its
        rows say nothing, and as few of the first ones, from which the rest is guessed."""
        if not self.is_table:
            return False
        rows = list(self.filled_lines().values())
        return all(
            sum(said(row, self.writing) is None for row in part) <= len(part) / 100
            for part in (rows, rows[:FIRST_ROWS])
        )

    def lines(self) -> list[str] | None:
        """Its lines, from the first; None where a program could not read them either."""
        content = self.content
        if content.startswith(b"\x1f\x8b"):
            try:
                content = gzip.decompress(content)
            except (OSError, EOFError, ValueError):
                return None
        if self.encoding is None:
            return None
        text = content.decode(self.encoding, "replace").removeprefix("\ufeff")
        return re.split(r"\r\n|\n|\r", text)

    def filled_lines(self) -> dict[int, str]:
        """The lines after the header that are not blank, by their number from 1."""
        lines = self.lines()
        assert lines is not None
        delimiter, name = self.writing.delimiter, COLUMNS[self.writing][0]
        cells = (map(str.strip, line.split(delimiter)) for line in lines)
        header = next(at for at, each in enumerate(cells) if name in each)
        numbered = enumerate(lines[header + 1 :], header + 2)
        return {at: line for at, line in numbered if line.strip().strip(delimiter)}


def good_lines(writing: Writing) -> list[str]:
    """The file before it is damaged, its header first."""
    chance = random.Random(7)
    starts = [FIRST.astimezone(timezone.utc) + each * INTERVAL for each in range(ROWS)]
    notes = ["", "ok", "größer"]
    return [
        writing.header,
        *(
            writing.line(start.astimezone(ZONE), chance.uniform(0.5, 60), chance.choice(notes))
            for start in starts
        ),
    ]


def said(line: str, writing: Writing) -> tuple[datetime, float] | None:
    """The instant and the amount that a line says; None where it says none."""
    cells = line.split(writing.delimiter)
    if len(cells) < 3 or any(cell.strip() for cell in cells[3:]):
        return None
    amount = cells[1].strip()
    if writing.decimal == ",":
        amount = amount.replace(",", ".") if "." not in amount else "none"
    if not NUMBER.fullmatch(amount):
        return None
    try:
        stamp = _stamp(cells[0].strip(), writing)
        aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=ZONE)
        return aware.astimezone(timezone.utc), float(amount)
    except (ValueError, OverflowError):
        return None


def _stamp(text: str, writing: Writing) -> datetime:
    try:
        return datetime.strptime(text, writing.time_format)
    except ValueError:
        if writing is not PLAIN:
            raise
        return datetime.fromisoformat(text)  # seconds, an offset


def variants() -> Iterator[Variant]:
    """Every kind of damage, nine times, half in each writing."""
    for kind, damage in DAMAGES.items():
        for seed in range(EACH_KIND):
            writing = (PLAIN, GERMAN)[seed % 2]
            damaged = damage(good_lines(writing), writing, random.Random(f"{kind} {seed}"))
            encoding: str | None = ENCODINGS.get(kind, writing.encoding)
            if isinstance(damaged, list):
                damaged = "\n".join([*damaged, ""]).encode(encoding or "utf-8", "replace")
            yield Variant(kind, seed, writing, damaged, encoding)
