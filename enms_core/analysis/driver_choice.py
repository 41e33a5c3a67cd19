"""Which drivers explain an SEU's use: the fewest that carry weight.

All sets of up to four candidates compete by BIC on the same hours, with n' in place of n, because
errors of hours hang together. A driver is refused that explains less than a hundredth of the
variation beside the others, that tells months from each other but nothing within them, that helps
nothing where stretches of time are left out, or whose coefficient may be chance (GLSAR on daily
sums); then the best set without it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from enms_core.analysis.baseline_model import p_values_of
from enms_core.analysis.cannot_fit import LinearlyDependent
from enms_core.analysis.driver_contest import Contest, contest_of
from enms_core.analysis.error_shape import independent_share
from enms_core.analysis.hourly_samples import samples_of
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.one_thread import on_one_thread
from enms_core.analysis.subset_search import (
    Fitted,
    left_out_error,
    residuals,
    told_within,
)
from enms_core.analysis.training_hours import ENOUGH, OPERATING_HOURS, counted
from enms_core.domain.baseline import Grain

MOST = 4
# Share of the variation that a driver must explain beside the others.
WEIGHT = 0.01
CHANCE_P = 0.05
# Within stretches of so many days a driver must show as well, by so many standard errors.
BLOCK_DAYS = 30
WITHIN_T = 2.0


@on_one_thread
def choose_drivers(
    table: HourlyTable,
    candidates: Sequence[str],
    grain: Grain = "hour",
    most: int = MOST,
    enough: int | None = None,
) -> tuple[str, ...]:
    """The drivers to train with, in the order of `candidates`; none where nothing explains the use.

    Candidates that never vary, or are unknown in more than a fifth of the hours, are not chosen.
    What drives hours drives days; these have the hours of running beside it, where those tell.
    enough: samples from which on they are not few; below half of them nothing is chosen.
    """
    names = tuple(dict.fromkeys(candidates))
    contest = contest_of(table, names, grain, most, ENOUGH[grain] if enough is None else enough)
    if contest is None:
        return ()
    chosen = _chosen(contest)
    if grain == "day" and OPERATING_HOURS in set(names) - set(chosen) and 0 < len(chosen) < most:
        return _with_hours(table, chosen, names)
    return chosen


def _with_hours(
    table: HourlyTable, chosen: tuple[str, ...], names: tuple[str, ...]
) -> tuple[str, ...]:
    """The drivers of days, operating hours among them if these may not be chance."""
    together = tuple(name for name in names if name in chosen or name == OPERATING_HOURS)
    samples = samples_of(table, counted(table, together, "day").mask, "day")
    if not np.ptp(samples.reduced(table.drivers[OPERATING_HOURS], "sum")) > 0.0:
        return chosen
    try:
        values = p_values_of(samples, together)
    except LinearlyDependent:
        return chosen
    return together if values[OPERATING_HOURS] < CHANCE_P else chosen


def _chosen(contest: Contest) -> tuple[str, ...]:
    """The best set without a flaw; what was refused once stays out."""
    independent = _independent(contest)
    refused: set[int] = set()
    chosen = _best(contest, independent, refused)
    while (candidate := _first_flaw(contest, chosen, independent)) is not None:
        refused.add(candidate)
        chosen = _best(contest, independent, refused)
    return contest.named(chosen)


def _independent(contest: Contest) -> float:
    """n': how many independent samples tell as much, by the errors of the largest set."""
    largest = min(contest.found.values(), key=lambda each: each.left)
    share = independent_share(residuals(contest.columns, largest), contest.samples.position)
    return max(share * len(contest.samples), float(largest.parameters + 1))


def _best(contest: Contest, independent: float, refused: set[int]) -> Fitted:
    """The set with the least BIC; of equals the first in the order of candidates."""
    allowed = (each for each in contest.found.values() if refused.isdisjoint(each.candidates))
    return min(allowed, key=lambda each: _bic(each, independent))


def _bic(each: Fitted, independent: float) -> float:
    left = max(each.left, float(np.finfo(np.float64).eps))
    return float(independent * np.log(left) + each.parameters * np.log(independent))


Flaw = Callable[[Contest, Fitted, float], "int | None"]


def _first_flaw(contest: Contest, chosen: Fitted, independent: float) -> int | None:
    """A candidate of a set that should not be in it."""
    if not chosen.candidates:
        return None
    flaws: tuple[Flaw, ...] = (_lightest, _stands_for_time, _useless, _by_chance)
    found = (flaw(contest, chosen, independent) for flaw in flaws)
    return next((candidate for candidate in found if candidate is not None), None)


def _lightest(contest: Contest, chosen: Fitted, independent: float) -> int | None:
    weights = {each: contest.without(chosen, each).left - chosen.left for each in chosen.candidates}
    lightest = min(weights, key=lambda each: weights[each])
    return lightest if weights[lightest] < WEIGHT else None


def _stands_for_time(contest: Contest, chosen: Fitted, independent: float) -> int | None:
    """The candidate that tells months from each other, but nothing within one: a change of the
    machine in the middle of the year looks like the weather."""
    days = contest.samples.day - contest.samples.day[0]
    _, block = np.unique(days // BLOCK_DAYS, return_inverse=True)
    t_squared = told_within(contest.columns, chosen, block) * independent
    least = int(np.argmin(t_squared))
    return chosen.candidates[least] if t_squared[least] < WITHIN_T**2 else None


def _useless(contest: Contest, chosen: Fitted, independent: float) -> int | None:
    """The candidate without which stretches of time that were left out are told best."""
    errors = {
        each: left_out_error(contest.columns, contest.without(chosen, each))
        for each in chosen.candidates
    }
    best = min(errors, key=lambda each: errors[each])
    return best if errors[best] <= left_out_error(contest.columns, chosen) else None


def _by_chance(contest: Contest, chosen: Fitted, independent: float) -> int | None:
    names = contest.named(chosen)
    try:
        values = p_values_of(contest.samples, names)
    except LinearlyDependent as dependent:
        return contest.names.index(dependent.drivers[0])
    worst = max(chosen.candidates, key=lambda each: values[contest.names[each]])
    return worst if not values[contest.names[worst]] < CHANCE_P else None
