"""Files as loggers and utilities export them, small and of our own making."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from enms_core.domain.imports import FilePlan, ReadingsTarget, Site, TableFormat

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Write = Callable[[datetime, float], str]


def used(place: int) -> float:
    """What a machine used in an interval: more by day, never twice the same way."""
    return 12.0 + 9.0 * math.sin(place / 15) + (place * 7919 % 97) / 20


def table(
    header: str, write: Write, *, begin: str, step: timedelta = QUARTER, count: int = 960
) -> list[str]:
    """A header and rows: `write` makes one of its time and what was used."""
    first = datetime.fromisoformat(begin)
    return [header, *(write(first + step * place, used(place)) for place in range(count))]


def register(
    header: str, write: Write, *, begin: str, step: timedelta = QUARTER, count: int = 960
) -> list[str]:
    """The same of a counter, which goes up from a value of its own."""
    first, value, lines = datetime.fromisoformat(begin), 48_231.0, [header]
    for place in range(count):
        lines.append(write(first + step * place, value))
        value += used(place) / 4
    return lines


def german(value: float, digits: int = 2) -> str:
    """1234.5 as 1.234,50."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def saved(folder: Path, lines: Iterable[str], encoding: str = "utf-8", end: str = "\n") -> Path:
    """The file of some lines."""
    path = folder / "export.csv"
    path.write_bytes("".join(f"{line}{end}" for line in lines).encode(encoding))
    return path


def plan_of(
    path: Path, table_format: TableFormat | None = None, targets: Sequence[ReadingsTarget] = ()
) -> FilePlan:
    """A plan of which nobody said more than the machine and its source."""
    press = ReadingsTarget(machine="Press-3", source="electricity")
    return FilePlan(
        path=path,
        site=Site(name="Works", timezone="Europe/Berlin"),
        format=table_format or TableFormat(),
        targets=targets or (press,),
    )
