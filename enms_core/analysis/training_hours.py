"""Which hours of an SEU count for its baseline, and why the others do not.

An hour counts if the machines ran all through it, each reading of it is there, none was written
afterwards, and every driver is known. Hours of which the machines ran only a part hold standby and
idling in a share that no driver tells, so they count only where operating_hours is a driver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from enms_core.analysis.hourly_table import Bools, HourlyTable, Ints
from enms_core.domain.baseline import Grain, Reason, Sampling

# The CUSTOM aggregate that counts hours of running.
OPERATING_HOURS = "operating_hours"
# Samples that a baseline should have; below half of them nothing is trained.
ENOUGH: Mapping[Grain, int] = {"hour": 1000, "day": 60}
# A share of an hour that is the whole of it but for rounding.
WHOLE = 1.0 - 1e-6
# A local day has 23, 24 or 25 hours; a part of one at an edge of the table is no sample.
SHORTEST_DAY_H = 23
# The first reason that holds is the one that is counted.
REASONS: tuple[Reason, ...] = ("stopped", "not_running", "incomplete", "backfill", "driver_missing")


class TooFewSamplesError(ValueError):
    """Too few hours (days) count. needed: so many would be the least to train on."""

    def __init__(self, sampling: Sampling, needed: int) -> None:
        super().__init__(f"{sampling.samples} samples count, at least {needed} are needed")
        self.sampling = sampling
        self.needed = needed


@dataclass(frozen=True)
class Counted:
    """mask: rows (hours) of the table that count; at the grain of a day those of whole days."""

    mask: Bools
    sampling: Sampling


def counted(
    table: HourlyTable,
    drivers: Sequence[str],
    grain: Grain = "hour",
    include_backfill: bool = False,
) -> Counted:
    """The hours in which the machines ran and everything is known, and how many others there are.

    A day counts if something ran on it and no hour of running is lost to another reason. Where the
    status is known of no hour at all, every hour may count; where of some only, the others do not.
    """
    lost = {
        **_standing(table, drivers),
        "incomplete": ~table.is_complete | ~np.isfinite(table.quantity),
        "backfill": table.is_backfilled & (not include_backfill),
        "driver_missing": _is_missing(table, drivers),
    }
    code = np.select([lost[reason] for reason in REASONS], range(1, len(REASONS) + 1), default=0)
    if grain == "hour":
        return Counted(code == 0, _sampling(table, code))
    return _counted_days(table, code)


def ran(table: HourlyTable, drivers: Sequence[str]) -> Bools:
    """Hours in which the machines ran, whatever is known of them; also hours ahead as planned."""
    standing = _standing(table, drivers)
    running: Bools = ~(standing["stopped"] | standing["not_running"])
    return running


def refuse_too_few(sampling: Sampling, enough: int) -> None:
    """Raises TooFewSamplesError below half of the samples that a baseline should have."""
    needed = -(-enough // 2)
    if sampling.samples < needed:
        raise TooFewSamplesError(sampling, needed)


def _standing(table: HourlyTable, drivers: Sequence[str]) -> dict[Reason, Bools]:
    """Hours in which the machines did not run (enough), by whether they were stopped."""
    if np.isnan(table.running).all():
        nothing = np.zeros(len(table), dtype=np.bool_)
        return {"stopped": nothing, "not_running": nothing}
    running = np.nan_to_num(table.running)
    does_run = running > 0.0 if OPERATING_HOURS in drivers else running >= WHOLE
    return {"stopped": ~does_run & table.is_stopped, "not_running": ~does_run}


def _is_missing(table: HourlyTable, drivers: Sequence[str]) -> Bools:
    missing = np.zeros(len(table), dtype=np.bool_)
    for driver in drivers:
        missing |= ~np.isfinite(table.drivers[driver])
    return missing


def _counted_days(table: HourlyTable, code: Ints) -> Counted:
    """A day's reason is the first of those of its running hours, or why nothing ran on it."""
    starts = np.flatnonzero(np.diff(table.local_day, prepend=table.local_day[:1] - 1))
    if not len(starts):
        return Counted(code == 0, _sampling(table, code))
    stood = REASONS.index("not_running") + 1
    spoiled = np.maximum.reduceat(np.where(code > stood, len(REASONS) + 1 - code, 0), starts)
    has_any = np.maximum.reduceat((code == 0).astype(np.int64), starts) > 0
    idle = np.minimum.reduceat(np.where(code > 0, code, stood), starts)
    of_day = np.where(spoiled > 0, len(REASONS) + 1 - spoiled, np.where(has_any, 0, idle))
    lengths = np.diff(np.append(starts, len(table)))
    of_day[(lengths < SHORTEST_DAY_H) & (of_day == 0)] = REASONS.index("incomplete") + 1
    return Counted((code == 0) & (np.repeat(of_day, lengths) == 0), _sampling(table, of_day))


def _sampling(table: HourlyTable, code: Ints) -> Sampling:
    """code: 0 counts; otherwise one more than the position of its reason."""
    amounts = np.bincount(code, minlength=len(REASONS) + 1).tolist()
    left_out = {reason: n for reason, n in zip(REASONS, amounts[1:], strict=True) if n}
    return Sampling(len(table), amounts[0], left_out)
