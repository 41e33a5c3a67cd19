"""Weekly savings of several claims together: no hour's use counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from enms_core.analysis.claims import Claim, Weekly
from enms_core.analysis.hourly_table import Floats


@dataclass(frozen=True)
class Kept:
    """What of a claim counts in a total. per_hour: in the hours in which it is the greatest of its
    SEU; weekly: its share of a usual week."""

    claim: Claim
    per_hour: Floats
    weekly: Weekly


def kept(claims: Sequence[Claim]) -> tuple[Kept, ...]:
    """Each claim of one SEU, as far as no other one is greater."""
    if not claims:
        return ()
    stacked = np.array([claim.per_hour for claim in claims])
    is_greatest = np.arange(len(claims))[:, None] == stacked.argmax(axis=0)
    return tuple(
        _kept(claim, np.where(rows, claim.per_hour, 0.0))
        for claim, rows in zip(claims, is_greatest, strict=True)
    )


def _kept(claim: Claim, per_hour: Floats) -> Kept:
    share = float(per_hour.sum()) / claim.quantity if claim.quantity > 0.0 else 0.0
    week = claim.weekly
    bounds = (None if each is None else share * each for each in (week.lower, week.upper))
    return Kept(claim, per_hour, Weekly(share * week.quantity, *bounds))


def week_hours_of(claim: Claim, per_hour: Floats) -> Floats:
    """What is claimed in hours, as shares of what the claim saves in a usual week."""
    factor = claim.weekly.quantity / claim.quantity if claim.quantity > 0.0 else 0.0
    return per_hour * factor


def sum_of_weeks(weeks: Sequence[Weekly]) -> Weekly:
    """Weeks whose errors are independent; without an interval where one has none.

    >>> sum_of_weeks([Weekly(10.0, 7.0, 13.0), Weekly(20.0, 16.0, 24.0)])
    Weekly(quantity=30.0, lower=25.0, upper=35.0)
    """
    quantity = fsum(each.quantity for each in weeks)
    below, above = [], []
    for each in weeks:
        if each.lower is None or each.upper is None:
            return Weekly(quantity, None, None)
        below.append((each.quantity - each.lower) ** 2)
        above.append((each.upper - each.quantity) ** 2)
    return Weekly(quantity, quantity - sqrt(fsum(below)), quantity + sqrt(fsum(above)))
