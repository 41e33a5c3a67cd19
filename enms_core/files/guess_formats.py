"""The way in which a file writes its times, where several would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.files.stamp_form import DAY_US
from enms_core.files.stamps import StampParser, fitting_formats

# So many stamps that only one of two formats can read are no errors of writing.
DECISIVE = 10


@dataclass(frozen=True)
class FormatsFound:
    """Formats that a file's times can be read by: none, one, or several where nobody can say."""

    formats: Sequence[str]
    why: str


def formats_of(sample: Sequence[str], all_texts: Iterable[Sequence[str]]) -> FormatsFound:
    """The formats of a column's times. all_texts: of the whole file, read as far as needed.

    Of day first and month first that can both read the sample, the one is out that cannot read
    as much of the file as the other; if both can, the one by which rows that are less than a day
    apart jump from month to month at every midnight.
    """
    fitting = _different(fitting_formats(sample), sample)
    if len(fitting) < 2:
        return FormatsFound(fitting, "it reads the times of the file")
    fitting = _fewest_refused(fitting, all_texts)
    if len(fitting) < 2:
        return FormatsFound(fitting, "no other reads as many times of the file")
    flowing = [each for each in fitting if not _jumps(_wall_us(each, sample))]
    if len(flowing) == 1:
        return FormatsFound(flowing, "otherwise the rows would jump from month to month")
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
