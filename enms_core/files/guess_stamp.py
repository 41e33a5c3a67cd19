"""Whether a stamp tells the start or the end of its interval, by what the file shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from enms_core.analysis.clock_changes import Micros
from enms_core.domain.imports import FilePlan, ProductionTarget, ReadingsTarget, Stamp, Target
from enms_core.files.guess_draft import Choice, Draft, with_format
from enms_core.files.guess_interval import JITTER, NEARLY_ALL, SHORTEST_SUMMED_S, interval_of
from enms_core.files.guess_sample import Sample
from enms_core.files.guess_walls import FileWalls, walls_by
from enms_core.files.guess_words import has_hint
from enms_core.files.stamp_forms import DAY_US
from enms_core.files.stamps import StampParser

HOUR_24 = re.compile(r"(.*[\sT])?24(:00){1,2}")
HOUR_24_ALONE = re.compile(r".* 24")  # where no minutes are written
MICROSECOND = timedelta(microseconds=1)
NOTHING = "nothing in the file tells of the end"
# A day's last minute, and its last hour, may be written for its end.
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
STAMPS: Sequence[Stamp] = ("start", "end")


@dataclass(frozen=True)
class StampFound:
    """stamp: None where the file speaks for both."""

    stamp: Stamp | None
    why: str


def guess_stamp(draft: Draft, sample: Sample, walls: FileWalls) -> None:
    """Which end of an interval the stamps tell. Of power that was sampled at moments, neither; of
    counters and what else tells moments it says only whose day a 0:00 ends."""
    if draft.format.stamp is not None:
        return
    texts = sample.stamps(draft.format)
    walls_us = _local_us(draft, texts, walls)
    regular = interval_of(walls_us).interval
    if all(map(_is_power, draft.plan.targets)) and _is_sampled(regular):
        draft.tell("stamp", "moment", "power was sampled at moments, not for intervals")
        return
    found = _written(draft, texts, walls_us, regular) or _by_edges(draft, walls_us, regular, walls)
    plans: dict[str, FilePlan] = {
        each: with_format(draft.plan, replace(draft.format, stamp=each)) for each in STAMPS
    }
    if found.stamp is None:
        draft.choices.append(Choice("stamp", "--stamp", plans, found.why))
        return
    draft.plan = plans[found.stamp]
    if found.stamp == "end" or any(map(_has_intervals, draft.plan.targets)):
        draft.tell("stamp", f"{found.stamp} of the interval", found.why)


def _written(
    draft: Draft, texts: Sequence[str], walls_us: Micros, interval: timedelta | None
) -> StampFound | None:
    """What the columns' names or the stamps themselves say."""
    for name in filter(None, (draft.format.clock_column, draft.format.time_column)):
        is_start, is_end = has_hint(name, "start"), has_hint(name, "end")
        if is_start != is_end:
            return StampFound("start" if is_start else "end", f"the column is named {name!r}")
    has_minutes = not (draft.format.time_format or "").endswith("%H")
    if any(map((HOUR_24 if has_minutes else HOUR_24_ALONE).fullmatch, texts)):
        return StampFound("end", "24:00 is written")
    if interval is not None and has_late_midnights(walls_us, interval):
        return StampFound("end", "0:00 is written after the last row of its own day")
    return None


def has_late_midnights(walls_us: Micros, interval: timedelta) -> bool:
    """Whether a day's 0:00 is written after its own last row, as its end. Rows run forward."""
    back = interval // MICROSECOND - DAY_US
    is_late = (np.diff(walls_us) == back) & (walls_us[1:] % DAY_US == 0)
    return back < 0 and bool(is_late.any())


def _by_edges(
    draft: Draft, walls_us: Micros, interval: timedelta | None, walls: FileWalls
) -> StampFound:
    """By when in the day the rows are, and the file's first and last row, where that matters."""
    matters = any(map(_has_intervals, draft.plan.targets))
    if not matters or interval is None or not len(walls_us):
        return StampFound("start", NOTHING)
    if interval >= DAY:
        return stamp_of_days(walls_us)
    is_late = is_just_before(walls_us, interval)
    # A long file that begins with its day need not be looked at to its end.
    if not draft.format.is_descending and not is_late and _opens(int(walls_us[0]), interval) == 0:
        return StampFound("start", NOTHING)
    return stamp_by_edges(walls.whole.first_us, walls.whole.last_us, interval, is_late=is_late)


def stamp_of_days(walls_us: Micros) -> StampFound:
    """Of a row a day: one at 23:59 is the day's last minute, at 23:45 it may be its last row."""
    left_us = float(np.median(-walls_us % DAY_US))
    if 0 < left_us <= MINUTE / MICROSECOND:
        return StampFound("end", "each is the last minute of a day")
    if 0 < left_us < HOUR / MICROSECOND:
        return StampFound(None, "each is in the last hour of a day")
    return StampFound("start", NOTHING)


def stamp_by_edges(
    first_us: int, last_us: int, interval: timedelta, *, is_late: bool = False
) -> StampFound:
    """By local times of the file's first and last row in time: a file of whole days begins one
    interval after midnight and closes at one where stamps are ends. Small distances from the full
    intervals count as none; is_late: all stamps are shortly before them."""
    begins, ends = _opens(first_us, interval), _opens(last_us, interval)
    if begins == 1:
        if ends == 0:
            return StampFound("end", "the file begins one interval after midnight and ends at one")
        return StampFound(None, "the file begins one interval after midnight, but ends at none")
    if is_late:
        return StampFound(None, "the times are shortly before full intervals")
    if begins and not ends:
        return StampFound(None, "the file begins within a day, but ends at midnight")
    return StampFound("start", NOTHING)


def is_just_before(walls_us: Micros, interval: timedelta) -> bool:
    """Whether stamps are shortly before full intervals, as 0:14 or 0:14:59 is before 0:15."""
    left_us = -walls_us % (interval // MICROSECOND)
    is_near = (left_us > 0) & (left_us <= JITTER * (interval // MICROSECOND))
    return bool(np.mean(is_near) >= NEARLY_ALL)


def _opens(wall_us: int, interval: timedelta) -> int:
    """How many intervals after midnight a time is nearest to."""
    interval_us = interval // MICROSECOND
    return (wall_us % DAY_US + interval_us // 2) // interval_us % (DAY_US // interval_us)


def _local_us(draft: Draft, texts: Sequence[str], walls: FileWalls) -> Micros:
    """Times by the clocks of the place, in their order."""
    parsed = StampParser(draft.format.time_format or "").parse(texts)
    local_us = walls_by(walls.changes, parsed)
    return local_us[::-1] if draft.format.is_descending else local_us


def _is_power(target: Target) -> bool:
    return isinstance(target, ReadingsTarget) and target.kind == "power"


def _has_intervals(target: Target) -> bool:
    """Whether a target's rows tell of intervals, not of moments."""
    is_read = isinstance(target, ReadingsTarget) and target.kind != "counter"
    return is_read or isinstance(target, ProductionTarget)


def _is_sampled(interval: timedelta | None) -> bool:
    """Whether rows come at odd times, or faster than any meter's intervals."""
    return interval is None or interval < timedelta(seconds=SHORTEST_SUMMED_S)
