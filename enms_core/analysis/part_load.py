"""Work at poor load: the same output takes more energy than at good load."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.claims import Asked, Claim, weekly_of
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.idle import outputs
from enms_core.analysis.training_hours import WHOLE
from enms_core.domain.opportunity import Thresholds

# The good output is that of the best tenth of the hours; from this share of it on load is good.
BEST = 0.9
GOOD_SHARE = 0.8
# Hours at good load that tell its specific energy.
ENOUGH_HOURS = 24
# Days with poor load, fewer of which are a matter of the orders; hours of it in a row, fewer of
# which are a matter of the work.
LASTING_DAYS = 3
LASTING_HOURS = 3


def part_load(asked: Asked, thresholds: Thresholds) -> Claim | None:
    """What hours of poor output used above what their output takes at good load.

    That is saved where the same is made in fewer hours. The value is the mean output of these
    hours, in percent of the good one; it is below the threshold.
    """
    table = asked.table
    works = (table.running >= WHOLE) & asked.is_known
    output = output_of(table, works)
    if output is None:
        return None
    works &= np.nan_to_num(output) > 0.0
    best = float(np.quantile(output[works], BEST)) if works.any() else 0.0
    good = works & (output >= GOOD_SHARE * best)
    low = works & (output < thresholds.part_load_percent / 100.0 * best)
    low = lasting(low, LASTING_HOURS)
    poor = low & asked.is_in
    if int(good.sum()) < ENOUGH_HOURS or len(np.unique(table.local_day[poor])) < LASTING_DAYS:
        return None
    specific = float(table.quantity[good].sum() / output[good].sum())
    claimed = asked.capped(table.quantity - specific * output, low)
    poor_output = float(output[poor].sum())
    evidence = {
        "hours": float(poor.sum()),
        "specific": float(table.quantity[poor].sum()) / poor_output,
        "good_specific": specific,
        "good_output": best,
    }
    return Claim(
        "part_load",
        asked.inside(claimed),
        weekly_of(asked, claimed),
        100.0 * poor_output / float(poor.sum()) / best,
        thresholds.part_load_percent,
        evidence=evidence,
    )


def lasting(rows: Bools, least: int) -> Bools:
    """Those rows that stand in runs of at least so many.

    >>> lasting(np.array([True, False, True, True]), 2)
    array([False, False,  True,  True])
    """
    run = np.cumsum(~rows)
    length = np.bincount(run[rows], minlength=1)
    return np.asarray(rows & (length[np.minimum(run, len(length) - 1)] >= least))


def output_of(table: HourlyTable, works: Bools) -> Floats | None:
    """The output that the use follows best while the machines work; None where none is known."""
    found: dict[str, float] = {}
    for name, made in outputs(table).items():
        rows = works & np.isfinite(made)
        if table.specs[name].aggregation == "sum" and int(rows.sum()) >= ENOUGH_HOURS:
            found[name] = _correlation(made[rows], table.quantity[rows])
    if not found:
        return None
    return table.drivers[max(found, key=lambda name: found[name])]


def _correlation(output: Floats, use: Floats) -> float:
    if not (np.ptp(output) > 0.0 and np.ptp(use) > 0.0):
        return 0.0
    return abs(float(np.corrcoef(output, use)[0, 1]))
