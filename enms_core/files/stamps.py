"""Times as they are written in a file, as wall time and offset: many at once.

Each different date and each different time of day is read once and remembered: reading codes is
slow, and a file of ten million rows has some thousand of either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

import numpy as np
from numpy.typing import NDArray

from enms_core.domain.imports import MOST_REJECTED_PERCENT, TableFormat
from enms_core.files.stamp_codes import coded_form
from enms_core.files.stamp_forms import ISO_FORM, Form, TimeOfDay, epoch_form

ISO = "ISO 8601"
# Times since 1970 in UTC, and how many microseconds their unit has.
EPOCHS = {"epoch s": 1_000_000, "epoch ms": 1_000}

# What a spreadsheet's date becomes, beside which the time of day stands in a cell of its own.
MIDNIGHT = " 00:00:00"

# A time outside of these years is damaged text. It also tells 201801311315 from milliseconds.
EARLIEST_US = int(np.datetime64(datetime(1980, 1, 1), "us").astype(np.int64))
LATEST_US = int(np.datetime64(datetime(2100, 1, 1), "us").astype(np.int64))

_REMEMBERED = 100_000
_NONE_US = -(2**61)  # added to any other time it is still before the earliest one
_GLANCE = 20


def stamp_texts(columns: Mapping[str, Sequence[str]], table_format: TableFormat) -> Sequence[str]:
    """Each row's time as one text; empty where the row has none at all.

    >>> columns = {"Datum": ["01.03.2026"], "Zeit": ["0:15"]}
    >>> stamp_texts(columns, TableFormat(time_column="Datum", clock_column="Zeit"))
    ['01.03.2026 0:15']
    """
    days = columns[table_format.time_column or ""]
    if table_format.clock_column is None:
        return days
    clocks = columns[table_format.clock_column]
    return [_joined(day, clock) for day, clock in zip(days, clocks, strict=True)]


def _joined(day: str, clock: str) -> str:
    return f"{day.strip().removesuffix(MIDNIGHT)} {clock.strip()}".strip()


@dataclass(frozen=True)
class ParsedStamps:
    """Wall time [µs since 1970 by the writer's clock], and its offset from UTC where written.

    offset_us counts only where has_offset, wall_us only where not bad.
    """

    wall_us: NDArray[np.int64]
    offset_us: NDArray[np.int64]
    has_offset: NDArray[np.bool_]
    bad: NDArray[np.bool_]


class _Remembered(dict[str, int]):
    """Microseconds by text; a text that is new is read."""

    def __init__(self, read: Callable[[str], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> int:
        found = self[text] = self._read(text)
        return found


class StampParser:
    """Reads times that are all written in one way.

    time_format: strptime's codes, "ISO 8601", "epoch s" or "epoch ms"; 24:00 is the next day's
    midnight. Raises ImportFailed for codes that tell no time.
    """

    def __init__(self, time_format: str) -> None:
        self._form = _form_of(time_format)
        self._dates = _Remembered(self._date_us)
        self._times = _Remembered(self._time_us)
        self._offsets: dict[str, int] = {}

    def parse(self, texts: Sequence[str]) -> ParsedStamps:
        """Each text's time. What is no time, or one before 1980 or after 2099, is bad."""
        cut = self._form.cut
        pieces = [cut(text) for text in texts]
        count = len(pieces)
        wall_us = _array((self._dates[day] for day, _ in pieces), count)
        wall_us += _array((self._times[clock] for _, clock in pieces), count)
        offset_us, has_offset = self._offsets_of([clock for _, clock in pieces])
        bad = (wall_us < EARLIEST_US) | (wall_us >= LATEST_US)
        self._forget()
        return ParsedStamps(wall_us, offset_us, has_offset, bad)

    def _offsets_of(self, clocks: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        if not self._offsets:
            return np.zeros(len(clocks), np.int64), np.zeros(len(clocks), np.bool_)
        offsets = self._offsets
        offset_us = _array((offsets.get(clock, _NONE_US) for clock in clocks), len(clocks))
        return offset_us, offset_us != _NONE_US

    def _date_us(self, text: str) -> int:
        found = self._form.date_us(text)
        return _NONE_US if found is None else found

    def _time_us(self, text: str) -> int:
        found: TimeOfDay | None = self._form.time_of_day(text)
        if found is None:
            return _NONE_US
        if found.offset_us is not None:
            self._offsets[text] = found.offset_us
        return found.wall_us

    def _forget(self) -> None:
        """Stamps that are all different, as those with fractions, must not fill the memory."""
        if len(self._dates) + len(self._times) > _REMEMBERED:
            self._dates.clear()
            self._times.clear()
            self._offsets.clear()


def _array(values: Iterable[int], count: int) -> NDArray[np.int64]:
    return np.fromiter(values, np.int64, count)


def _form_of(time_format: str) -> Form:
    """The form of ISO 8601, of an epoch or of strptime's codes; ImportFailed for other codes."""
    if time_format == ISO:
        return ISO_FORM
    if time_format in EPOCHS:
        return epoch_form(EPOCHS[time_format])
    return coded_form(time_format)


def _candidates() -> tuple[str, ...]:
    """Year first, day first, and month first where anybody writes so: never with points."""
    marks = {
        "/": ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%Y/%m/%d", "%y/%m/%d"),
        "-": (
            "%d-%m-%Y", "%m-%d-%Y", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d", "%d-%b-%Y", "%d-%b-%y",
        ),
        ".": ("%d.%m.%Y", "%d.%m.%y", "%Y.%m.%d", "%y.%m.%d"),
    }  # fmt: skip
    clocks = ("", " %H", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
    dates = [each for forms in marks.values() for each in forms]
    written = [day + clock for day, clock in product(dates, clocks)]
    return (ISO, *written, "%Y-%m-%d %H", "%Y%m%d%H%M", "%Y%m%d%H%M%S", *EPOCHS)


CANDIDATES = _candidates()


def fitting_formats(texts: Sequence[str], candidates: Sequence[str] = CANDIDATES) -> list[str]:
    """The candidates in which these times may be written; empty texts say nothing.

    Those that read the most of them: one 31/01 tells that the day is first, and one damaged row
    tells nothing. None where even those cannot read more than a file may lack.
    """
    written = [text for text in texts if text.strip()]
    parsers = {each: StampParser(each) for each in candidates}
    glance = written[:_GLANCE]
    likely = [each for each in candidates if not parsers[each].parse(glance).bad.all()]
    bad = {each: int(parsers[each].parse(written).bad.sum()) for each in likely}
    fewest = min(bad.values(), default=0)
    if fewest > len(written) * MOST_REJECTED_PERCENT / 100:
        return []
    return [each for each in likely if bad[each] == fewest]
