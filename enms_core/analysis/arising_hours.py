"""In which hours an extra use arises: what it is priced by."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from enms_core.analysis.claims import HOURS_OF_WEEK
from enms_core.analysis.hourly_table import SECONDS_OF_HOUR, Bools, Floats, HourlyTable
from enms_core.analysis.idle import is_idle
from enms_core.analysis.schedule import RUNS, STANDS, hour_of_week
from enms_core.domain.causes import Suspicion

# The last weeks tell at which times it arises now.
WEEKS = 4


def arising(table: HourlyTable, suspicion: Suspicion, since: datetime | None) -> Floats:
    """The share of each hour in a suspicion's extra use, 1 together; all 0 where none is known.

    Of the last four weeks, or of the time since it began: idle hours for standby; hours of running
    in which the machines stood still before, for the schedule; hours of running for all others.
    """
    recent = np.arange(len(table)) >= len(table) - WEEKS * HOURS_OF_WEEK
    begin = -np.inf if since is None else since.timestamp() / SECONDS_OF_HOUR
    after = np.asarray(table.hours >= begin)
    inside = recent & after & table.is_complete & np.isfinite(table.quantity)
    before = ~recent if since is None else ~after
    weights = _weights(table, suspicion, before) * inside
    if not weights.any():
        weights = _running(table) * inside
    total = float(weights.sum())
    return weights / total if total > 0.0 else weights


def _weights(table: HourlyTable, suspicion: Suspicion, before: Bools) -> Floats:
    if suspicion == "standby":
        return is_idle(table).astype(np.float64)
    running = _running(table)
    if suspicion != "schedule" or not before.any():
        return running
    week = hour_of_week(table)
    counts = np.bincount(week[before], minlength=HOURS_OF_WEEK)
    ran = np.bincount(week[before], weights=running[before], minlength=HOURS_OF_WEEK)
    usual = np.divide(ran, counts, out=np.ones(HOURS_OF_WEEK), where=counts > 0)
    return np.asarray((usual[week] <= STANDS) & (running >= RUNS), dtype=np.float64)


def _running(table: HourlyTable) -> Floats:
    """The part of each hour of running; every hour is one where the status is known of none."""
    is_known = np.isfinite(table.running)
    return np.nan_to_num(table.running) if is_known.any() else np.ones(len(table))
