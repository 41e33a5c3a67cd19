"""What machines use while nothing is made: they idle, or run without an output."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.base_load import off_use
from enms_core.analysis.claims import Asked, Claim, weekly_of
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.domain.opportunity import Thresholds


def outputs(table: HourlyTable) -> dict[str, Floats]:
    """The drivers that tell how much was made, by name."""
    return {
        name: column
        for name, column in table.drivers.items()
        if name in table.specs and table.specs[name].is_production
    }


def is_producing(table: HourlyTable) -> Bools:
    """Hours in which something was made, by any output."""
    producing = np.zeros(len(table), dtype=np.bool_)
    for made in outputs(table).values():
        producing |= np.nan_to_num(made) > 0.0
    return producing


def is_idle(table: HourlyTable) -> Bools:
    """Hours in which no machine ran and none was off, and those of running in which the output is
    known to be nothing."""
    idles = (table.running == 0.0) & ~table.is_stopped
    return np.asarray(idles | ((table.running > 0.0) & _makes_nothing(table)))


def idle(asked: Asked, thresholds: Thresholds) -> Claim | None:
    """Use while idle above that while off, where idling has more than its share of the use."""
    table = asked.table
    idles = is_idle(table) & asked.is_known
    rows = idles & asked.is_in
    used = asked.capped(table.quantity, rows)
    value = asked.percent(used)
    if not value > thresholds.idle_percent:
        return None
    off = off_use(asked)
    claimed = asked.capped(table.quantity - off.per_hour, idles)
    evidence = {
        "hours": float(rows.sum()),
        "per_hour": float(used.sum()) / float(rows.sum()),
        "off_per_hour": off.per_hour,
        "off_hours": float(off.hours),
    }
    return Claim(
        "idle",
        asked.inside(claimed),
        weekly_of(asked, claimed),
        value,
        thresholds.idle_percent,
        suspicion="standby",
        evidence=evidence,
    )


def _makes_nothing(table: HourlyTable) -> Bools:
    """Hours of which an output is known, and each one known is 0."""
    known = np.zeros(len(table), dtype=np.bool_)
    for made in outputs(table).values():
        known |= np.isfinite(made)
    return np.asarray(known & ~is_producing(table))
