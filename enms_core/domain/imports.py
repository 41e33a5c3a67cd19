"""Bringing readings in: what a file may hold, where its columns go, and what became of them.

A `FilePlan` says everything that reading and storing one file needs; a guess fills what nobody
said, and a report tells what was stored, what was refused and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Literal

Kind = Literal["interval", "counter", "power"]
Stamp = Literal["start", "end"]
Decimal = Literal[".", ","]

# A column that nobody named: it is to be found from the file.
UNSAID = ""

# So much of a file may be refused; beyond it nothing is stored.
MOST_REJECTED_PERCENT = 1.0
# Counters and power values are carried over a gap of this length, not over a longer one.
LARGEST_GAP = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class TableFormat:
    """How the text of a file is read. None: to be found from the file.

    time_format: strptime's, or "ISO 8601", "epoch s", "epoch ms". timezone: IANA name of stamps
    without an offset; None is the factory's. stamp: which end of its interval a stamp tells.
    clock_column: the time of day, where it stands apart from the date; the two texts are read as
    one, with a space between. is_descending: the newest row comes first. is_zone_said: somebody
    chose the zone, whatever the stamps look like.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: Decimal | None = None
    sheet: str | None = None
    time_column: str | None = None
    clock_column: str | None = None
    time_format: str | None = None
    timezone: str | None = None
    stamp: Stamp | None = None
    is_descending: bool | None = None
    is_zone_said: bool | None = None


@dataclass(frozen=True)
class RowFilter:
    """The rows of one meter in a file of several: those with `value` in `column`."""

    column: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """The factory that a file belongs to; made where it is new, which needs its time zone.

    name None: the factory in which the machine is registered.
    """

    name: str | None = None
    timezone: str | None = None
    currency: str | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where one column of a file goes. unit None: the unit in which it is stored.

    column: UNSAID to be found. interval: of what is stored, None to be found; what tells moments
    (weather, a machine's state) has none.
    """

    column: str = UNSAID
    unit: str | None = None
    rows: RowFilter | None = None
    interval: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class ReadingsTarget(Target):
    """Readings of a machine's energy source.

    kind: interval = amount of each interval; counter = a register that goes up; power = rate;
    None to be found.
    serial_column: of counters, names the meter, so that a new one is no jump. register_digits:
    whole digits of the register before it rolls over; None where nobody knows. seu: also make
    one, so named. kwh_per_unit: energy in one of the source's units, where the source does not tell
    it and the file is in a unit of energy; for this import only. highest_rate: of counters, the use
    up to which a rise is real [source's unit per hour]; None: as far as the file shows.
    """

    machine: str
    machine_type: str = "machine"
    source: str
    kind: Kind | None = None
    largest_gap: timedelta = LARGEST_GAP
    register_digits: int | None = None
    serial_column: str | None = None
    seu: str | None = None
    kwh_per_unit: float | None = None
    highest_rate: float | None = None


@dataclass(frozen=True, kw_only=True)
class ProductionTarget(Target):
    """Pieces made by a machine; quantity is a column of production_data."""

    machine: str
    machine_type: str = "machine"
    quantity: str = "production_count"


@dataclass(frozen=True, kw_only=True)
class StatusTarget(Target):
    """What a machine does; words: text of the file → running, idle, maintenance, fault or off."""

    machine: str
    machine_type: str = "machine"
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WeatherTarget(Target):
    """Weather of the site; quantity is a column of site_weather."""

    quantity: str


@dataclass(frozen=True, kw_only=True)
class FilePlan:
    """One file, how to read it, and where its columns go."""

    path: Path
    site: Site
    format: TableFormat
    targets: Sequence[Target]


def writable(text: str) -> str:
    r"""A text that can be printed and stored: a byte of a file's name that is no UTF-8 is spelled.

    >>> print(writable("Z\udce4hler.csv"))
    Z\udce4hler.csv
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


class Reason(Enum):
    """Why a row of a file is not stored. The value is the text on a terminal and in the list."""

    FEW_COLUMNS = "the row has too few columns"
    MANY_COLUMNS = "the row has too many columns"
    BROKEN_QUOTES = "the quotation marks are not in order"
    NO_TIME = "the time cannot be read"
    SKIPPED_TIME = "the clocks went forward over this time"
    NO_NUMBER = "the value is no number"
    NEGATIVE = "an amount of energy cannot be negative"
    IMPOSSIBLE = "the value is outside of what is possible"
    UNKNOWN_WORD = "the word for the machine's state is unknown, a mapping can tell it"
    CONTRADICTS_FILE = "the file has another value for this time"
    CONTRADICTS_STORED = "another value is stored for this time"
    NO_COUNT = "no count of all pieces is known for this time"
    ACROSS_FILE = "its interval lies across another of the file"
    ACROSS_STORED = "its interval lies across intervals that are stored"


@dataclass(frozen=True)
class Rejection:
    """A row that is not stored: its line in the file (from 1), its column, its text."""

    line: int
    reason: Reason
    column: str = ""
    text: str = ""


@dataclass(frozen=True)
class Remark:
    """Something to know about what was stored, such as a counter's reset.

    code: roll_over, reset, replacement, doubtful, gap_filled, gap_left, snapped, ...
    quantity is in the source's unit; None where there is none. count: where there are many of a
    kind, the last ones are told as one, from the first start to the last end.
    """

    code: str
    start: datetime
    end: datetime | None = None
    quantity: float | None = None
    unit: str = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class TargetReport:
    """What became of one column. quantity is in `unit`, over all good rows of the file; None
    where a sum means nothing. first, last: starts of intervals; what is missing is missing between
    them. gaps: where each begins and ends, the first thousand of gap_count.
    """

    target: Target
    rows: int
    stored: int
    replaced: int
    quantity: float | None
    unit: str
    first: datetime | None
    last: datetime | None
    interval: timedelta | None
    missing_intervals: int
    estimated: int = 0
    empty: int = 0
    duplicates: int = 0
    gaps: Sequence[tuple[datetime, datetime]] = ()
    gap_count: int = 0
    remarks: Sequence[Remark] = ()
    rejections: Sequence[Rejection] = ()

    @property
    def unchanged(self) -> int:
        """Rows that were stored before, with the same value."""
        return self.rows - self.stored - self.replaced

    @property
    def coverage_percent(self) -> float | None:
        """Intervals there of those from the first to the last; None without an interval."""
        there = self.rows
        if self.interval is None or not there:
            return None
        return 100 * there / (there + self.missing_intervals)


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What became of one file. new_machines: those that were made for it."""

    path: Path
    targets: Sequence[TargetReport]
    new_machines: Sequence[str] = ()
