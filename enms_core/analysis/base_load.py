"""What machines use while they are off: the base load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.analysis.claims import Asked, Claim, weekly_of
from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.training_hours import WHOLE
from enms_core.domain.opportunity import Thresholds

# Hours while off that tell the usual use of one.
ENOUGH_HOURS = 3


@dataclass(frozen=True)
class OffUse:
    """The median use of the hours while off. per_hour: 0 where too few tell; hours: so many do."""

    per_hour: float
    hours: int


def is_off(table: HourlyTable) -> Bools:
    """Hours in which no machine ran and one was off, broken or in maintenance."""
    return np.asarray((table.running == 0.0) & table.is_stopped)


def off_use(asked: Asked) -> OffUse:
    """What an hour while off uses, by all of the history."""
    used = asked.table.quantity[is_off(asked.table) & asked.is_known]
    enough = len(used) >= ENOUGH_HOURS
    return OffUse(float(np.median(used)) if enough else 0.0, len(used))


def base_load(asked: Asked, thresholds: Thresholds) -> Claim | None:
    """Use while off, where the median hour of it is beyond so many percent of an hour of running.

    Hours of which a part was idle are off as well; they are few, so the median does not see them.
    """
    table = asked.table
    is_usable = is_off(table) & asked.is_known
    off = is_usable & asked.is_in
    runs = (table.running >= WHOLE) & asked.is_known
    if not off.any() or not runs.any():
        return None
    while_off = float(np.median(table.quantity[off]))
    while_running = float(table.quantity[runs].mean())
    value = 100.0 * while_off / while_running if while_running > 0.0 else 0.0
    if not value > thresholds.base_load_percent:
        return None
    claimed = asked.capped(table.quantity, is_usable)
    evidence = {"hours": float(off.sum()), "per_hour": while_off, "running_per_hour": while_running}
    return Claim(
        "base_load",
        asked.inside(claimed),
        weekly_of(asked, claimed),
        value,
        thresholds.base_load_percent,
        evidence=evidence,
    )
