"""Reading a meter's CSV file: stamps to interval starts in UTC, values to numbers.

The file is read as a stream, never as a whole. A stamp may tell the start or the end of its
interval, in local time or with an offset, in the order in which a meter wrote it.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from io import TextIOWrapper
from pathlib import Path
from typing import Literal, TextIO
from zoneinfo import ZoneInfo

from enms_core.domain.errors import ImportFailed

# Tried on every stamp of the file; a file that fits several needs --time-format.
TIME_FORMATS = (
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d/%m/%y %H:%M",
    "%m/%d/%y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%y %H:%M",
)
ISO = "ISO 8601"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class FileFormat:
    """How to read a file. None: found from the file; for timezone, that of the factory."""

    timezone: str | None = None
    stamp: Literal["start", "end"] = "start"
    time_column: str | None = None
    value_column: str | None = None
    time_format: str | None = None
    delimiter: str = ","
    decimal: str = "."


@dataclass(frozen=True)
class FileReading:
    """One row: the start of its interval (UTC), its value in the file's unit, its line."""

    start: datetime
    value: float
    line: int


@dataclass(frozen=True)
class _RawRow:
    stamp: str
    value: str
    line: int


class MeterFile:
    """A CSV file, plain or gzip, of one meter."""

    def __init__(self, path: Path, file_format: FileFormat, zone: ZoneInfo) -> None:
        self._path = path
        self._format = file_format
        self._zone = zone
        self.time_format = file_format.time_format or self._found_time_format()
        self.interval = self._found_interval()

    def readings(self) -> Iterator[FileReading]:
        """Rows in the order of the file; rows without a value are left out."""
        for stamp, row in self._stamped():
            if row.value.strip():
                yield FileReading(self._start(stamp), self._value(row), row.line)

    def _start(self, stamp: datetime) -> datetime:
        """Where the interval of a stamp begins. A day before midnight is the midnight before it,
        23, 24 or 25 hours away; shorter intervals are counted as they pass."""
        if self._format.stamp == "start":
            return stamp
        if self.interval % DAY:
            return stamp - self.interval
        return (stamp.astimezone(self._zone) - self.interval).astimezone(timezone.utc)

    def _value(self, row: _RawRow) -> float:
        text = row.value.strip()
        if self._format.decimal == ",":
            text = text.replace(".", "").replace(",", ".")
        try:
            value = float(text)
        except ValueError as error:
            raise ImportFailed(f"{row.value!r} is not a number", row.line) from error
        if not 0 <= value < float("inf"):
            raise ImportFailed(f"{row.value!r} is no amount of energy", row.line)
        return value

    def _stamped(self) -> Iterator[tuple[datetime, _RawRow]]:
        """Each row with its stamp as an instant in UTC."""
        previous: datetime | None = None
        before: datetime | None = None
        for row in self._rows():
            written = self._parsed(row)
            if self._is_end_of_day(written, previous):
                written += DAY
            else:
                previous = written
            before = self._instant(written, before, row.line)
            yield before, row

    def _parsed(self, row: _RawRow) -> datetime:
        text = row.stamp.strip()
        try:
            if self.time_format == ISO:
                return datetime.fromisoformat(text.replace("Z", "+00:00"))
            return datetime.strptime(text, self.time_format)
        except ValueError as error:
            raise ImportFailed(f"{row.stamp!r} is not a time ({self.time_format})", row.line) from (
                error
            )

    def _is_end_of_day(self, written: datetime, previous: datetime | None) -> bool:
        """Whether 0:00 stands for 24:00: an interval's end, written after its own day's rows."""
        return (
            self._format.stamp == "end"
            and written.time() == time(0)
            and previous is not None
            and previous.date() == written.date()
            and previous > written
        )

    def _instant(self, written: datetime, before: datetime | None, line: int) -> datetime:
        """A stamp as UTC. The hour that a clock change repeats is told apart by the order."""
        if written.tzinfo is not None:
            return written.astimezone(timezone.utc)
        local = written.replace(tzinfo=self._zone)
        first = local.astimezone(timezone.utc)
        if first.astimezone(self._zone).replace(tzinfo=None) != written:
            raise ImportFailed(f"{written} was skipped by a clock change", line)
        if before is not None and first <= before:
            return local.replace(fold=1).astimezone(timezone.utc)
        return first

    def _found_time_format(self) -> str:
        fitting = [ISO, *TIME_FORMATS]
        for row in self._rows():
            fitting = [each for each in fitting if _fits(row.stamp.strip(), each)]
            if not fitting:
                raise ImportFailed(f"{row.stamp!r} is not a time that I know", row.line)
        if len(fitting) > len(TIME_FORMATS):
            raise ImportFailed("there are no rows in the file")
        if len(fitting) > 1:
            raise ImportFailed(f"the times fit {' and '.join(fitting)}: say which")
        return fitting[0]

    def _found_interval(self) -> timedelta:
        """The most frequent distance between a stamp and the next."""
        distances: Counter[timedelta] = Counter()
        backwards = 0
        before: datetime | None = None
        for stamp, _row in self._stamped():
            if before is not None and stamp > before:
                distances[stamp - before] += 1
            backwards += before is not None and stamp < before
            before = stamp
        if backwards > sum(distances.values()):
            raise ImportFailed("the times run backwards: sort the file, oldest first")
        if not distances:
            raise ImportFailed("fewer than two rows: no interval can be found")
        return distances.most_common(1)[0][0]

    def _rows(self) -> Iterator[_RawRow]:
        with self._opened() as file:
            reader = csv.reader(file, delimiter=self._format.delimiter)
            try:
                header = [name.strip() for name in next(reader, [])]
                time_index = self._index(header, self._format.time_column, 0)
                value_index = self._index(header, self._format.value_column, 1)
                if any(_fits(header[time_index], each) for each in (ISO, *TIME_FORMATS)):
                    raise ImportFailed("the first line is a reading: a header is needed", 1)
                for cells in reader:
                    if not any(cell.strip() for cell in cells):
                        continue
                    if len(cells) <= max(time_index, value_index):
                        raise ImportFailed("a row has too few columns", reader.line_num)
                    yield _RawRow(cells[time_index], cells[value_index], reader.line_num)
            except csv.Error as error:
                raise ImportFailed(str(error), reader.line_num) from error

    def _index(self, header: list[str], name: str | None, default: int) -> int:
        if name is not None and name not in header:
            raise ImportFailed(f"no column {name!r}; there are {', '.join(header)}", 1)
        if name is None and default >= len(header):
            raise ImportFailed(f"the header has no column {default + 1}", 1)
        return default if name is None else header.index(name)

    @contextmanager
    def _opened(self) -> Iterator[TextIO]:
        try:
            with self._path.open("rb") as raw:
                packed = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                stream = gzip.GzipFile(fileobj=raw) if packed else raw
                with TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
                    yield text
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise ImportFailed(f"{self._path.name} cannot be read: {error}") from error


def _fits(text: str, time_format: str) -> bool:
    try:
        if time_format == ISO:
            datetime.fromisoformat(text.replace("Z", "+00:00"))
        else:
            datetime.strptime(text, time_format)
    except ValueError:
        return False
    return True
