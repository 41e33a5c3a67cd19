"""When a site works: local wall time, holidays, shifts. Pure functions of absolute time.

Absolute time is an index: the number of quarter hours since 1970-01-01 00:00 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.demo.chance import Floats, Ints

QUARTER_S = 900
QUARTERS_PER_DAY = 96
DAY_S = 86_400
UNIX_DAY = date(1970, 1, 1).toordinal()
FIRST_SHIFT_HOUR = 6
DAY_MODE_HOURS = (5, 22)
EARLY_SHIFT_HOURS = (6, 14)

# Rates of the early, late and night shift against nominal. A weekend has its early shift only; its
# rate makes a weekend day 30 % of a working day.
SHIFT_RATES = np.array([1.0, 0.95, 0.8])
WEEKEND_RATES = np.array([0.825, 0.0, 0.0])

HOLIDAYS: dict[str, tuple[tuple[int, int, str], ...]] = {
    "DE": (
        (1, 1, "Neujahr"),
        (5, 1, "Tag der Arbeit"),
        (10, 3, "Tag der Deutschen Einheit"),
        (12, 25, "1. Weihnachtstag"),
        (12, 26, "2. Weihnachtstag"),
    ),
    "US": (
        (1, 1, "New Year's Day"),
        (7, 4, "Independence Day"),
        (12, 25, "Christmas Day"),
    ),
}


@dataclass(frozen=True)
class WallClock:
    """Local time per index: days since 1970-01-01 and minutes since local midnight."""

    day: Ints
    minute: Ints

    @property
    def weekday(self) -> Ints:
        """0 is Monday; 1970-01-01 was a Thursday."""
        return (self.day + 3) % 7

    def between(self, hours: tuple[int, int]) -> NDArray[np.bool_]:
        first, last = hours
        return (self.minute >= first * 60) & (self.minute < last * 60)


@dataclass(frozen=True)
class WorkingTime:
    """What a site plans per index: shift_rate (0 closed, 1 nominal) and climate's day mode."""

    clock: WallClock
    shift_rate: Floats
    day_mode: NDArray[np.bool_]


def quarter_index(moment: datetime) -> int:
    """Index of the quarter hour that contains an aware moment."""
    return int(moment.timestamp() // QUARTER_S)


def holidays(country: str, first_year: int, last_year: int) -> list[tuple[date, str]]:
    """Fixed-date public holidays, both years included."""
    years = range(first_year, last_year + 1)
    return [(date(y, month, day), name) for y in years for month, day, name in HOLIDAYS[country]]


def is_working_day(country: str, day: date) -> bool:
    """A weekday that is no public holiday."""
    free = {holiday for holiday, _ in holidays(country, day.year, day.year)}
    return day.weekday() < 5 and day not in free


def wall_clock(zone: str, index: Ints) -> WallClock:
    """Local time of quarter hours, daylight saving included; `index` ascends."""
    utc_s = index * QUARTER_S
    years = [1970 + int(s // (365.2425 * DAY_S)) for s in (utc_s[0], utc_s[-1])]
    # One year more on both sides: the division above is not exact around New Year.
    changes = [c for y in range(years[0] - 1, years[1] + 2) for c in _offset_changes(zone, y)]
    since, offsets = np.array(changes, dtype=np.int64).T
    local_s = utc_s + offsets[np.searchsorted(since, utc_s, side="right") - 1]
    return WallClock(day=local_s // DAY_S, minute=local_s % DAY_S // 60)


def working_time(zone: str, country: str, index: Ints) -> WorkingTime:
    """Shifts and the hours of the climate's day mode at a site."""
    clock = wall_clock(zone, index)
    # A night shift belongs to the day on which it began, so shift days start at six.
    since_six = clock.day * 1440 + clock.minute - FIRST_SHIFT_HOUR * 60
    shift_day, shift = since_six // 1440, since_six % 1440 // 480
    weekend = (shift_day + 3) % 7 >= 5
    rate = np.where(weekend, WEEKEND_RATES[shift], SHIFT_RATES[shift])
    rate[_is_holiday(country, shift_day)] = 0.0
    occupied = np.where(
        clock.weekday < 5, clock.between(DAY_MODE_HOURS), clock.between(EARLY_SHIFT_HOURS)
    )
    return WorkingTime(clock, rate, occupied & ~_is_holiday(country, clock.day))


def _is_holiday(country: str, day: Ints) -> NDArray[np.bool_]:
    first, last = (date.fromordinal(int(d) + UNIX_DAY).year for d in (day[0], day[-1]))
    days = [holiday.toordinal() - UNIX_DAY for holiday, _ in holidays(country, first, last)]
    return np.isin(day, days)


@lru_cache(maxsize=512)
def _offset_changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """(UTC second, offset from then in seconds): at New Year and at each change in the year."""
    day = datetime(year, 1, 1, tzinfo=timezone.utc)
    changes = [(int(day.timestamp()), _offset_s(zone, day))]
    while day.year == year:
        following = day + timedelta(days=1)
        if _offset_s(zone, following) != changes[-1][1]:
            changes.append(_change_between(zone, day, following))
        day = following
    return tuple(changes)


def _change_between(zone: str, start: datetime, end: datetime) -> tuple[int, int]:
    """The change inside a day, on the quarter hour."""
    offset = _offset_s(zone, end)
    while _offset_s(zone, end - timedelta(seconds=QUARTER_S)) == offset and end > start:
        end -= timedelta(seconds=QUARTER_S)
    return int(end.timestamp()), offset


def _offset_s(zone: str, moment: datetime) -> int:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
