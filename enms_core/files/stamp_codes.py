"""Times written by strptime's codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from enms_core.domain.errors import ImportFailed
from enms_core.files.stamp_forms import Form, TimeOfDay, date_us, whole

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_NO_DATE = datetime(1900, 1, 1)  # what strptime takes for a time of day without a date
_CODE = re.compile(r"%(.)")
_DATE_CODES = set("dmYybBaAj")
_TIME_CODES = set("HIMSfpz")
_TOUCHING = re.compile(r"%[dmYyHMSIj]%[dmYyHMSIj]")
_HOUR_24 = re.compile(r"(?<!\d)24(?=(:?00){1,2}(?!\d))")
_HOUR_24_ALONE = re.compile(r"(?<!\d)24(?!\d)")  # where no minutes are written
_SAMPLE = datetime(2013, 11, 27, 15, 45, 51, tzinfo=timezone.utc)


def coded_form(time_format: str) -> Form:
    """The form of these codes; ImportFailed where they tell no time or are none."""
    _check(time_format)
    split = _split(time_format)
    if split is None:
        return whole(_moment_reader(time_format))
    cut, date_format, clock_format = split
    return Form(cut, _date_reader(date_format), _clock_reader(clock_format))


def _check(time_format: str) -> None:
    """Whether a time comes back as it was. %Z is read without its meaning, and no year as 1900."""
    codes = set(_CODE.findall(time_format))
    if not codes & set("yY") or "Z" in codes or not _comes_back(time_format):
        raise ImportFailed(
            f"the time format {time_format!r} cannot be used: it needs year, month and day in "
            "strptime's codes, %p beside %I, and for zones only %z"
        )


def _comes_back(time_format: str) -> bool:
    try:
        read = datetime.strptime(_SAMPLE.strftime(time_format), time_format)
    except ValueError:
        return False
    return read.date() == _SAMPLE.date() and read.hour in (0, _SAMPLE.hour)


def _split(time_format: str) -> tuple[Callable[[str], tuple[str, str]], str, str] | None:
    """How to cut a text into date and time of day; None where they cannot be told apart."""
    codes = list(_CODE.finditer(time_format))
    dates = [code[1] in _DATE_CODES for code in codes]
    count = dates.count(True)
    clock_known = all(code[1] in _TIME_CODES for code in codes[count:])
    if not all(dates[:count]) or not clock_known or count == len(codes):
        return None
    date_end, clock_start = codes[count - 1].end(), codes[count].start()
    date_format, clock_format = time_format[:date_end], time_format[clock_start:]
    cut = _cutter(date_format, time_format[date_end:clock_start], clock_format)
    return None if cut is None else (cut, date_format, clock_format)


def _cutter(
    date_format: str, between: str, clock_format: str
) -> Callable[[str], tuple[str, str]] | None:
    mark = " " if between.isspace() else between
    if not mark:
        width = _width(date_format)
        return None if width is None else lambda text: _halves(text.strip(), width)
    if mark not in date_format:
        return lambda text: text.strip().partition(mark)[::2]
    if mark not in clock_format:
        return lambda text: text.strip().rpartition(mark)[::2]
    return None


def _halves(text: str, width: int) -> tuple[str, str]:
    return text[:width], text[width:]


def _width(time_format: str) -> int | None:
    """The number of characters where codes touch, which strptime would share out freely."""
    return len(_SAMPLE.strftime(time_format)) if _TOUCHING.search(time_format) else None


def _read(text: str, time_format: str) -> datetime | None:
    """strptime, by whole widths, and with 24:00 as the next day's midnight."""
    text = text.strip()
    if _width(time_format) not in (None, len(text)):
        return None
    try:
        return datetime.strptime(text, time_format)
    except ValueError:
        return _read_hour_24(text, time_format)


def _read_hour_24(text: str, time_format: str) -> datetime | None:
    hour_24 = _HOUR_24 if "%M" in time_format else _HOUR_24_ALONE
    as_midnight, found = hour_24.subn("00", text, count=1)
    if not found or "%H" not in time_format:
        return None
    try:
        midnight = datetime.strptime(as_midnight, time_format)
    except ValueError:
        return None
    is_exact = midnight == midnight.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + _DAY if is_exact else None


def _date_reader(date_format: str) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        found = _read(text, date_format)
        return None if found is None else date_us(found.date())

    return read


def _clock_reader(clock_format: str) -> Callable[[str], TimeOfDay | None]:
    def read(text: str) -> TimeOfDay | None:
        found = _read(text, clock_format)
        return None if found is None else _since(_NO_DATE, found)

    return read


def _moment_reader(time_format: str) -> Callable[[str], TimeOfDay | None]:
    def read(text: str) -> TimeOfDay | None:
        found = _read(text, time_format)
        return None if found is None else _since(datetime(1970, 1, 1), found)

    return read


def _since(begin: datetime, moment: datetime) -> TimeOfDay:
    offset = moment.utcoffset()
    wall_us = (moment.replace(tzinfo=None) - begin) // _MICROSECOND
    return TimeOfDay(wall_us, None if offset is None else offset // _MICROSECOND)
