"""The likeliest change of a series of days: its kind, its dates and its size, with what is open.

All candidates of a kind count, each with its chance, so that a date that is not sure widens the
interval of the size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from enms_core.analysis.change_scan import Fitted, Scan, chance_of_none
from enms_core.analysis.change_shapes import ChangeKind, Shape, progress
from enms_core.analysis.daily_rests import DailyRests
from enms_core.analysis.hourly_table import Floats, Ints

CONFIDENCE = 0.95
# "Now" is the last so many days.
RECENT_DAYS = 28
HOURS_OF_DAY = 24


@dataclass(frozen=True)
class Change:
    """A change of use that nothing the model knows explains.

    hour: since 1970, at which it begins (a local midnight); end_hour: at which a drift is complete,
    as far as is known. earliest, latest: hours between which it begins in 95 % of the cases.
    per_hour: use per hour of running, more (negative: less) than before; of a drift at the end of
    the table. lower, upper: of it, in 95 % of the cases. share: the same, of the expected use.
    p_value: how often something like it is seen where nothing changed. likelihood: of its kind
    against all other kinds and none.
    """

    kind: ChangeKind
    hour: int
    end_hour: int | None
    per_hour: float
    lower: float
    upper: float
    p_value: float
    share: float
    earliest: int
    latest: int
    likelihood: float

    @property
    def middle(self) -> int:
        """The hour at which half of a drift is reached; of a step its begin."""
        return self.hour if self.end_hour is None else (self.hour + self.end_hour) // 2


@dataclass(frozen=True)
class _Pool:
    """The candidates of one kind in one row each. size, variance: of the change per hour now.
    weight: chance of each among them. chance: of all of them among everything."""

    kind: ChangeKind
    fits: tuple[Fitted, ...]
    first: Ints
    last: Ints
    size: Floats
    variance: Floats
    weight: Floats
    chance: float

    @classmethod
    def of(cls, rests: DailyRests, found: Scan, kind: ChangeKind) -> _Pool:
        fits = tuple(each for each in found.fits if each.shape.kind == kind)
        levels = [_level(rests, each) for each in fits]
        weight = np.concatenate([each.weight for each in fits])
        chance = float(weight.sum())
        pairs = list(zip(fits, levels, strict=True))
        return cls(
            kind=kind,
            fits=fits,
            first=np.concatenate([each.shape.first for each in fits]),
            last=np.concatenate([each.shape.last for each in fits]),
            size=np.concatenate([each.size * level for each, level in pairs]),
            variance=np.concatenate([_variance(found, e) * np.square(lv) for e, lv in pairs]),
            weight=weight / chance if chance > 0.0 else weight,
            chance=chance,
        )

    @property
    def likeliest(self) -> Fitted:
        return max(self.fits, key=lambda each: float(each.weight.sum()))

    def quantile(self, rows: Ints, share: float, weight: Floats | None = None) -> int:
        """The row below which a date lies with a chance. weight: other ones of the candidates."""
        weights = self.weight if weight is None else weight
        order = np.argsort(rows, kind="stable")
        at = int(np.searchsorted(np.cumsum(weights[order]), share))
        return int(rows[order[min(at, len(order) - 1)]])

    def dates(self, days: int) -> tuple[int, int]:
        """Medians of first and last row. A drift goes on unless it is sure to have ended."""
        goes_on = self.last >= days
        share = float(self.weight[goes_on].sum())
        if self.kind == "drift" and share >= 1.0 - CONFIDENCE:
            return self.quantile(self.first, 0.5, np.where(goes_on, self.weight, 0.0) / share), days
        return self.quantile(self.first, 0.5), self.quantile(self.last, 0.5)

    def half_width(self, freedom: float) -> float:
        """t times the standard error; what the dates leave open is part of it."""
        mean = float(self.weight @ self.size)
        variance = float(self.weight @ (self.variance + np.square(self.size - mean)))
        return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0)) * float(np.sqrt(variance))


def surest_change(rests: DailyRests, found: Scan) -> tuple[Change, Floats]:
    """The likeliest kind, its dates and sizes weighed by their chances; its column, to allow for
    it."""
    kinds = {each.shape.kind for each in found.fits}
    pool = max((_Pool.of(rests, found, kind) for kind in kinds), key=lambda each: each.chance)
    size, half = float(pool.weight @ pool.size), pool.half_width(found.freedom)
    first, last = pool.dates(len(rests))
    outside = 0.5 - CONFIDENCE / 2.0
    hours = np.append(rests.begins, rests.begins[-1] + HOURS_OF_DAY)
    usual = _usual(rests)
    change = Change(
        kind=pool.kind,
        hour=int(hours[first]),
        end_hour=int(hours[last]) if pool.kind == "drift" else None,
        per_hour=size,
        lower=size - half,
        upper=size + half,
        p_value=min(chance_of_none(found, each) for each in pool.fits),
        share=size / usual if usual > 0.0 else float("nan"),
        earliest=int(hours[pool.quantile(pool.first, outside)]),
        latest=int(hours[pool.quantile(pool.first, 1.0 - outside)]),
        likelihood=pool.chance,
    )
    return change, _column(rests, pool.likeliest.shape, first, last)


def _usual(rests: DailyRests) -> float:
    """The expected use of an hour in the last four weeks."""
    is_recent = rests.day > rests.day[-1] - RECENT_DAYS
    return float(
        np.average((rests.expected / rests.weight)[is_recent], weights=rests.hours[is_recent])
    )


def _level(rests: DailyRests, fitted: Fitted) -> Floats:
    """What a coefficient of one is per hour now: of each candidate, in the days since it began, the
    last four weeks at most."""
    if not fitted.shape.is_share:
        return np.ones(len(fitted.size))
    recent = int(np.searchsorted(rests.day, rests.day[-1] - RECENT_DAYS + 1))
    since = np.maximum(np.minimum(fitted.shape.first, len(rests) - 1), recent)
    use = np.cumsum((rests.expected / rests.weight * rests.hours)[::-1])[::-1]
    level: Floats = use[since] / np.cumsum(rests.hours[::-1])[::-1][since]
    return level


def _variance(found: Scan, fitted: Fitted) -> Floats:
    """Of the coefficient of each candidate."""
    left = np.maximum(found.squares - fitted.gain, 0.0)
    variance: Floats = left / found.freedom / fitted.square
    return variance


def _column(rests: DailyRests, shape: Shape, first: int, last: int) -> Floats:
    days = (rests.day - rests.day[0]).astype(np.float64)
    scale = rests.expected if shape.is_share else rests.weight
    end = first if shape.kind == "step" else last
    column: Floats = scale * progress(days, np.array([first]), np.array([end]))[:, 0]
    return column
