"""Whether a stamp tells the start or the end of its interval, by what the file shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.clock_changes import ClockChanges
from enms_core.domain.imports import FilePlan, ProductionTarget, ReadingsTarget, Stamp, Target
from enms_core.files.guess_draft import Choice, Draft, with_format
from enms_core.files.guess_interval import SHORTEST_SUMMED_S, interval_of
from enms_core.files.guess_sample import Sample, all_stamps
from enms_core.files.guess_words import has_hint
from enms_core.files.stamp_form import DAY_US
from enms_core.files.stamps import StampParser

HOUR_24 = re.compile(r"(.*[\sT])?24:00(:00)?")
MICROSECOND = timedelta(microseconds=1)
# Rows at the end of a portion that are read for the last time in it; some may be damaged.
LAST_ROWS = 100
STAMPS: Sequence[Stamp] = ("start", "end")


@dataclass(frozen=True)
class StampFound:
    """stamp: None where the file speaks for both."""

    stamp: Stamp | None
    why: str


def guess_stamp(draft: Draft, sample: Sample, zone: ZoneInfo) -> None:
    """Which end of an interval the stamps tell. Of power that was sampled at moments, neither; of
    counters and what else tells moments it says only whose day a 0:00 ends."""
    if draft.format.stamp is not None:
        return
    texts = sample.stamps(draft.format)
    walls_us = local_us(draft, texts, zone)
    regular = interval_of(walls_us).interval
    if all(map(_is_power, draft.plan.targets)) and _is_sampled(regular):
        draft.tell("stamp", "moment", "power was sampled at moments, not for intervals")
        return
    found = _written(draft, texts, walls_us, regular) or _by_edges(draft, walls_us, regular, zone)
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
    draft: Draft, texts: Sequence[str], walls_us: NDArray[np.int64], interval: timedelta | None
) -> StampFound | None:
    """What the columns' names or the stamps themselves say."""
    for name in filter(None, (draft.format.clock_column, draft.format.time_column)):
        is_start, is_end = has_hint(name, "start"), has_hint(name, "end")
        if is_start != is_end:
            return StampFound("start" if is_start else "end", f"the column is named {name!r}")
    if any(map(HOUR_24.fullmatch, texts)):
        return StampFound("end", "24:00 is written")
    if interval is not None and has_late_midnights(walls_us, interval):
        return StampFound("end", "0:00 is written after the last row of its own day")
    return None


def has_late_midnights(walls_us: NDArray[np.int64], interval: timedelta) -> bool:
    """Whether a day's 0:00 is written after its own last row, as its end. Rows run forward."""
    back = interval // MICROSECOND - DAY_US
    is_late = (np.diff(walls_us) == back) & (walls_us[1:] % DAY_US == 0)
    return back < 0 and bool(is_late.any())


def _by_edges(
    draft: Draft, walls_us: NDArray[np.int64], interval: timedelta | None, zone: ZoneInfo
) -> StampFound:
    """By the file's first and last row in time, where that matters."""
    matters = any(map(_has_intervals, draft.plan.targets))
    if not matters or interval is None or interval >= timedelta(days=1):
        return StampFound("start", "nothing in the file tells of the end")
    first_us, last_us = int(walls_us[0]), int(walls_us[-1])
    if draft.format.is_descending:
        first_us = _far_edge_us(draft, zone)
    elif _opens(first_us, interval):  # else the end of a long file need not be looked for
        last_us = _far_edge_us(draft, zone)
    return stamp_by_edges(first_us, last_us, interval)


def _far_edge_us(draft: Draft, zone: ZoneInfo) -> int:
    """The local time of the last row of the file, which may be millions of rows away."""
    edge_us = 0
    for texts in all_stamps(draft.plan.path, draft.format, draft.plan.targets[0].rows):
        walls_us = local_us(draft, texts[-LAST_ROWS:], zone)
        if len(walls_us):
            edge_us = int(walls_us[0 if draft.format.is_descending else -1])
    return edge_us


def local_us(draft: Draft, texts: Sequence[str], zone: ZoneInfo) -> NDArray[np.int64]:
    """Times by the clocks of a place, in the order of time; those with an offset of their own,
    too, since a file in UTC may well be one of local days."""
    parsed = StampParser(draft.format.time_format or "").parse(texts)
    instants_us = parsed.wall_us - parsed.offset_us
    walls_us = np.where(parsed.has_offset, ClockChanges(zone).wall(instants_us), parsed.wall_us)
    kept: NDArray[np.int64] = walls_us[~parsed.bad]
    return kept[::-1] if draft.format.is_descending else kept


def stamp_by_edges(first_us: int, last_us: int, interval: timedelta) -> StampFound:
    """By local times of the file's first and last row in time: a file of whole days begins one
    interval after midnight and closes at one where stamps are ends."""
    if not _opens(first_us, interval):
        return StampFound("start", "nothing in the file tells of the end")
    if last_us % DAY_US == 0:
        return StampFound("end", "the file begins one interval after midnight and ends at one")
    return StampFound(None, "the file begins one interval after midnight, but ends at none")


def _opens(first_us: int, interval: timedelta) -> bool:
    return first_us % DAY_US == interval // MICROSECOND


def _is_power(target: Target) -> bool:
    return isinstance(target, ReadingsTarget) and target.kind == "power"


def _has_intervals(target: Target) -> bool:
    """Whether a target's rows tell of intervals, not of moments."""
    is_read = isinstance(target, ReadingsTarget) and target.kind != "counter"
    return is_read or isinstance(target, ProductionTarget)


def _is_sampled(interval: timedelta | None) -> bool:
    """Whether rows come at odd times, or faster than any meter's intervals."""
    return interval is None or interval < timedelta(seconds=SHORTEST_SUMMED_S)
