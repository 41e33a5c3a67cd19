"""Which columns of a file tell the time, in which form, and in which order the rows run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import RowFilter
from enms_core.files.guess_draft import Choice, Draft, with_format
from enms_core.files.guess_formats import formats_of
from enms_core.files.guess_sample import Sample, all_stamps
from enms_core.files.guess_words import has_hint
from enms_core.files.stamps import MIDNIGHT, StampParser, fitting_formats

# Enough to tell times from anything else; the form of all of them is found later.
FIRST_TEXTS = 200
DIGITS = re.compile(r"\d+([.,]\d+)?")
HOUR = re.compile(r"[0-2]?\d", re.ASCII)
CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s?[AP]M)?", re.IGNORECASE)
# An hour's number in its day, from 0 or from 1.
HOURS = (frozenset(range(24)), frozenset(range(1, 25)))
LONG_DAY = frozenset(range(1, 26))
DATE = re.compile(rf"[^\s:T]{{6,11}}({MIDNIGHT})?")
# A column with fewer different texts than this share of another's is no stamp of the rows.
DIFFERENT = 0.9


def guess_times(draft: Draft, sample: Sample, rows: RowFilter | None) -> None:
    """Fill in the columns of the times, their form and their order."""
    if not any(sample.columns.values()):
        raise ImportFailed(_nothing(rows))
    _guess_column(draft, sample)
    if draft.choices:
        return
    _guess_clock_column(draft, sample)
    _guess_format(draft, sample, rows)
    if draft.choices:
        return
    _guess_order(draft, sample)


def _guess_column(draft: Draft, sample: Sample) -> None:
    if draft.format.time_column is not None:
        return
    likely = _likeliest(_time_columns(sample), sample)
    if not likely:
        names = ", ".join(sample.header)
        raise ImportFailed(f"no column holds times that I can read: say --time-column, of {names}")
    plans = {
        name: with_format(draft.plan, replace(draft.format, time_column=name)) for name in likely
    }
    if len(likely) > 1:
        draft.choices.append(Choice("time column", "--time-column", plans, "each holds times"))
        return
    draft.plan = plans[likely[0]]
    draft.tell("time column", likely[0], "it holds times")


def _time_columns(sample: Sample) -> list[str]:
    """Columns of times. Bare numbers are none unless the name says so: a counter of nine digits
    looks like the seconds since 1970."""
    return [
        name
        for name, cells in sample.columns.items()
        if fitting_formats(first := _filled(cells))
        and (has_hint(name, "time") or not all(map(DIGITS.fullmatch, first)))
    ]


def _likeliest(names: Sequence[str], sample: Sample) -> list[str]:
    """Of several, those that tell the rows apart; the start of the intervals if both are there."""
    different = {name: len(set(sample.columns[name])) for name in names}
    most = max(different.values(), default=0)
    apart = [name for name in names if different[name] >= DIFFERENT * most]
    for hint in ("start", "time"):
        hinted = [name for name in apart if has_hint(name, hint)]
        if len(apart) > 1 and hinted:
            apart = hinted
    return apart


def _guess_clock_column(draft: Draft, sample: Sample) -> None:
    """The time of day, where the stamps are dates only and stand several times each."""
    if draft.format.clock_column is not None or draft.format.time_format is not None:
        return
    dates = sample.columns[draft.format.time_column or ""]
    if not all(map(DATE.fullmatch, _filled(dates))) or len(set(dates)) == len(dates):
        return
    clocks = [
        name
        for name, cells in sample.columns.items()
        if (first := _filled(cells)) and all(map(CLOCK.fullmatch, first))
    ]
    chosen = next(iter(_likeliest(clocks, sample) or _hour_columns(dates, sample)), None)
    if chosen is not None:
        draft.put_format(replace(draft.format, clock_column=chosen))
        draft.tell("clock column", chosen, "it holds the time of day, the other the date")


def _hour_columns(dates: Sequence[str], sample: Sample) -> Iterator[str]:
    """Columns of each hour's number, which tells the rows of a day apart."""
    for name, cells in sample.columns.items():
        texts = [cell.strip() for cell in cells]
        if not all(map(HOUR.fullmatch, texts)):
            continue
        hours = frozenset(map(int, texts))
        if hours == LONG_DAY:
            raise ImportFailed(f"{name!r} counts 25 hours of a day: their times cannot be told")
        if hours in HOURS and len(set(zip(dates, texts, strict=True))) >= DIFFERENT * len(texts):
            yield name


def _guess_format(draft: Draft, sample: Sample, rows: RowFilter | None) -> None:
    if draft.format.time_format is not None:
        return
    stamps = [each for each in sample.stamps(draft.format) if each]
    if not stamps:
        raise ImportFailed(_nothing(rows))
    found = formats_of(stamps, all_stamps(draft.plan.path, draft.format, rows))
    if not found.formats:
        column = draft.format.time_column
        raise ImportFailed(
            f"the times in {column!r} are in no form that I know, such as {stamps[0]!r}: "
            "say --time-format"
        )
    plans = {
        each: with_format(draft.plan, replace(draft.format, time_format=each))
        for each in found.formats
    }
    if len(plans) > 1:
        why = f"{found.why}, such as {stamps[0]!r}"
        draft.choices.append(Choice("time format", "--time-format", plans, why))
        return
    draft.plan = plans[found.formats[0]]
    draft.tell("time format", found.formats[0], f"{found.why}, such as {stamps[0]!r}")


def _nothing(rows: RowFilter | None) -> str:
    if rows is None:
        return "there are no rows in the file"
    return f"there are no rows with {rows.value!r} in {rows.column!r}"


def _guess_order(draft: Draft, sample: Sample) -> None:
    if draft.format.is_descending is not None:
        return
    parsed = StampParser(draft.format.time_format or "").parse(sample.stamps(draft.format))
    steps = np.diff(parsed.wall_us[~parsed.bad])
    is_descending = bool((steps < 0).sum() > (steps > 0).sum())
    draft.put_format(replace(draft.format, is_descending=is_descending))
    if is_descending:
        draft.tell("order", "newest first", "the times run backwards")


def _filled(cells: Iterable[str]) -> list[str]:
    """The first cells that hold something."""
    return list(islice(filter(None, map(str.strip, cells)), FIRST_TEXTS))
