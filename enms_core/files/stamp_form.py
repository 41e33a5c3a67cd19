"""What a way of writing times is: how a text is cut, and how its parts are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

DAY_US = 86_400_000_000
_1970 = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class TimeOfDay:
    """Microseconds since midnight, and the offset from UTC where one is written."""

    wall_us: int
    offset_us: int | None = None


@dataclass(frozen=True)
class Form:
    """How one way of writing is read.

    cut: text to date and time of day, either may be empty. date_us: microseconds from 1970 to the
    date's midnight. Both readers give None for a text that is none.
    """

    cut: Callable[[str], tuple[str, str]]
    date_us: Callable[[str], int | None]
    time_of_day: Callable[[str], TimeOfDay | None]


def whole(read: Callable[[str], TimeOfDay | None]) -> Form:
    """A form that is not cut: all of the text is the time, counted from 1970."""
    return Form(lambda text: ("", text.strip()), lambda text: 0, read)


def date_us(day: date) -> int:
    """Microseconds from 1970 to the midnight with which a day begins."""
    return (day.toordinal() - _1970) * DAY_US
