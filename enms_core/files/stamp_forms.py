"""The ways in which a file may write its times."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

from enms_core.files.stamp_codes import coded_form
from enms_core.files.stamp_form import Form, TimeOfDay, whole
from enms_core.files.stamp_iso import ISO_FORM

ISO = "ISO 8601"
# Times since 1970 in UTC, and how many microseconds their unit has.
EPOCHS = {"epoch s": 1_000_000, "epoch ms": 1_000}


def form_of(time_format: str) -> Form:
    """The form of ISO 8601, of an epoch or of strptime's codes.

    Raises ImportFailed for codes that tell no time, or that strptime does not know.
    """
    if time_format == ISO:
        return ISO_FORM
    if time_format in EPOCHS:
        return whole(_since_1970(EPOCHS[time_format]))
    return coded_form(time_format)


_NUMBER = re.compile(r"\d{1,13}(\.\d{1,9})?", re.ASCII)


def _since_1970(unit_us: int) -> Callable[[str], TimeOfDay | None]:
    def read(text: str) -> TimeOfDay | None:
        """Only plain digits: "1.5174E+12", as spreadsheets write it, has lost its hour."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            return None
        wall_us = round(float(text) * unit_us) if match[1] else int(text) * unit_us
        return TimeOfDay(wall_us, 0)

    return read


def _candidates() -> tuple[str, ...]:
    """Year first, day first, and month first where anybody writes so: never with points."""
    marks = {
        "/": ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%Y/%m/%d"),
        "-": ("%d-%m-%Y", "%m-%d-%Y", "%d-%m-%y", "%m-%d-%y", "%d-%b-%Y", "%d-%b-%y"),
        ".": ("%d.%m.%Y", "%d.%m.%y", "%Y.%m.%d"),
    }
    clocks = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
    dates = [each for forms in marks.values() for each in forms]
    written = [day + clock for day, clock in product(dates, clocks)]
    return (ISO, *written, "%Y%m%d%H%M", "%Y%m%d%H%M%S", *EPOCHS)


CANDIDATES = _candidates()
