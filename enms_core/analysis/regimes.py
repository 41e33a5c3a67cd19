"""Kinds of hours by the local clock, and what is left unexplained in each."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.compared_hours import Compared
from enms_core.analysis.hourly_table import Bools, HourlyTable, Ints
from enms_core.analysis.idle import is_idle
from enms_core.analysis.schedule import hour_of_week
from enms_core.domain.causes import Regime, RegimeRest

# A night lasts from ten in the evening to six in the morning; a weekend is Saturday and Sunday.
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
SATURDAY = 5
DAY_HOURS = 24
# Days are numbered from 1970 (a Thursday) or from year one (a Monday, which is number one).
EPOCH_ORDINAL = 719_163
EPOCH_WEEKDAY = 3


def weekday(table: HourlyTable) -> Ints:
    """Of the local day of each hour, Monday is 0."""
    ahead = table.local_day - table.hours // DAY_HOURS
    since_epoch = table.local_day - np.where(ahead > EPOCH_ORDINAL // 2, EPOCH_ORDINAL, 0)
    return np.asarray((since_epoch + EPOCH_WEEKDAY) % 7)


def clock_regimes(table: HourlyTable) -> dict[Regime, Bools]:
    """Working hours, nights and weekends: each hour is of one of them."""
    hour = hour_of_week(table) % DAY_HOURS
    weekends = weekday(table) >= SATURDAY
    nights = ~weekends & ((hour >= NIGHT_BEGINS) | (hour < NIGHT_ENDS))
    return {"working_hours": ~weekends & ~nights, "nights": nights, "weekends": weekends}


def regime_rests(
    table: HourlyTable, compared: Compared, first_hour: int, last_hour: int
) -> tuple[RegimeRest, ...]:
    """The mean rest in each kind of hours of a period that has any; `idle` is of hours that no
    model speaks of, held against idle hours before the period."""
    rest = np.full(len(table), np.nan)
    rest[compared.rows] = compared.rest
    inside = (table.hours >= first_hour) & (table.hours < last_hour)
    found = [
        RegimeRest(regime, float(rows.sum()), float(rest[rows].mean()))
        for regime, of_regime in clock_regimes(table).items()
        if (rows := of_regime & inside & np.isfinite(rest)).any()
    ]
    idle = _idle_rest(table, inside, first_hour)
    return (*found, idle) if idle is not None else tuple(found)


def _idle_rest(table: HourlyTable, inside: Bools, first_hour: int) -> RegimeRest | None:
    idle = is_idle(table) & (table.running == 0.0)
    idle &= table.is_complete & np.isfinite(table.quantity)
    now, before = idle & inside, idle & (table.hours < first_hour)
    if not now.any() or not before.any():
        return None
    more = float(table.quantity[now].mean() - table.quantity[before].mean())
    return RegimeRest("idle", float(now.sum()), more)
