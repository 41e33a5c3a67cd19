"""The way in which a file writes its times, where several would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.files.stamp_forms import DAY_US
from enms_core.files.stamps import StampParser, fitting_formats

# So many stamps that only one of two formats can read are no errors of writing.
DECISIVE = 10
YEAR_US = 300 * DAY_US  # and not much less


@dataclass(frozen=True)
class FormatsFound:
    """Formats that a file's times can be read by: none, one, or several where nobody can say."""

    formats: Sequence[str]
    why: str


def formats_of(sample: Sequence[str], all_texts: Iterable[Sequence[str]]) -> FormatsFound:
    """The formats of a column's times. all_texts: of the whole file, read as far as needed.

    Of day, month and year first that can all read the sample, one is out that cannot read as much
    of the file as another; then one by which rows that are less than a day apart jump over days at
    every midnight, or rows of days are a year apart; then one by which they run to and fro.
    """
    fitting = _different(fitting_formats(sample), sample)
    if len(fitting) < 2:
        return FormatsFound(fitting, "it reads the times of the file")
    fitting = _fewest_refused(fitting, all_texts)
    if len(fitting) < 2:
        return FormatsFound(fitting, "no other reads as many times of the file")
    walls_us = {each: _wall_us(each, sample) for each in fitting}
    for is_no_order, why in NO_ORDERS:
        left = [each for each in fitting if not is_no_order(walls_us[each])]
        fitting = left or fitting
        if len(fitting) == 1:
            return FormatsFound(fitting, f"otherwise the rows would {why}")
    return FormatsFound(fitting, "each reads all times of the file")


def _different(formats: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Formats by which the texts are other times; of those that agree, the first."""
    seen: dict[bytes, str] = {}
    for each in formats:
        seen.setdefault(_wall_us(each, texts).tobytes(), each)
    return list(seen.values())


def _fewest_refused(formats: Sequence[str], all_texts: Iterable[Sequence[str]]) -> list[str]:
    parsers = [StampParser(each) for each in formats]
    refused = np.zeros(len(formats), np.int64)
    for texts in all_texts:
        refused += [int(each.parse(texts).bad.sum()) for each in parsers]
        if np.partition(refused, 1)[1] - refused.min() >= DECISIVE:
            break
    return [each for each, count in zip(formats, refused, strict=True) if count == refused.min()]


def _wall_us(time_format: str, texts: Sequence[str]) -> NDArray[np.int64]:
    parsed = StampParser(time_format).parse(texts)
    return parsed.wall_us[~parsed.bad]


def _jumps(wall_us: NDArray[np.int64]) -> bool:
    """Whether rows of less than a day apart leave out days at every change of the date.

    Rows of one day only, or of days and months, tell nothing: they do not jump.
    """
    steps = np.abs(np.diff(wall_us))
    changes = int((np.diff(wall_us // DAY_US) != 0).sum())
    jumps = int((steps > 2 * DAY_US).sum())
    return 0 < changes <= jumps and changes < int(np.count_nonzero(steps)) / 2


def _is_of_years(wall_us: NDArray[np.int64]) -> bool:
    """Whether rows are a year apart, as no meter's are."""
    steps = np.abs(np.diff(wall_us))
    return bool(steps.any()) and float(np.median(steps[steps > 0])) > YEAR_US


def _is_to_and_fro(wall_us: NDArray[np.int64]) -> bool:
    """Whether dates run neither forward nor backward; within a day clocks may go back."""
    steps = np.diff(wall_us // DAY_US)
    return bool((steps > 0).any() and (steps < 0).any())


# Ways in which no file runs if another is left, the surest first.
NO_ORDERS: Sequence[tuple[Callable[[NDArray[np.int64]], bool], str]] = (
    (_jumps, "jump over days at every midnight"),
    (_is_of_years, "be a year apart"),
    (_is_to_and_fro, "run to and fro"),
)
