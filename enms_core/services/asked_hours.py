"""Which hours of an SEU a question asks about."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.held_against import only
from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.domain.baseline import Model
from enms_core.domain.period import EmptyPeriod, Period, resolve_all, utc
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.context import Context
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.planned_hours import readings_span

# What has changed is looked for in so many weeks that end with a period.
HISTORY = timedelta(weeks=52)
# Of more hours than these, those before the first reading are not looked at.
LONG_HOURS = 2 * 8784


@dataclass(frozen=True)
class AskedHours:
    """The stretches of a period at a site, up to the last whole hour: several of daily hours."""

    zone: ZoneInfo
    stretches: tuple[Period, ...]

    @property
    def period(self) -> Period:
        """From the first to the last stretch."""
        return Period(self.stretches[0].start, self.stretches[-1].end)

    @property
    def grid(self) -> HourGrid:
        return HourGrid.of(self.period, self.zone)

    @property
    def whole_hours(self) -> Hashable:
        """First and last hour of each stretch: the same for all who ask within an hour."""
        grids = [HourGrid.of(each, self.zone) for each in self.stretches]
        return tuple((grid.first, grid.last) for grid in grids)

    def rows(self, table: HourlyTable) -> Bools:
        """The rows of a table that lie in the stretches."""
        found = np.zeros(len(table), dtype=np.bool_)
        for each in self.stretches:
            grid = HourGrid.of(each, self.zone)
            found |= (table.hours >= grid.first) & (table.hours < grid.last)
        return found

    def cut_out(self, history: HourlyTable) -> HourlyTable:
        """A history in which hours between the stretches tell nothing."""
        if len(self.stretches) == 1:
            return history
        return only(history, self.rows(history) | (history.hours < self.grid.first))


def asked_hours(of: SeuOfSource, question: Question, context: Context) -> AskedHours | None:
    """What of a question's period is over at an SEU's site; None where no whole hour is."""
    zone = context.catalogue.zone_of(of.seu.machine_ids)
    try:
        found = resolve_all(question.period, context.now, zone, context.week_start)
    except EmptyPeriod:
        return None
    cut = (_up_to_hour(each, zone, context) for each in found)
    stretches = tuple(each for each in cut if each is not None)
    return AskedHours(zone, stretches) if stretches else None


def _up_to_hour(period: Period, zone: ZoneInfo, context: Context) -> Period | None:
    grid = HourGrid.of(period, zone)
    if not len(grid) or utc(period.start) >= utc(context.now):
        return None
    ends_now = utc(period.end) == utc(context.now)
    return Period(period.start, grid.end.astimezone(zone)) if ends_now else period


def same_work(
    what: str, of: SeuOfSource, model: Model | None, hours: AskedHours, context: Context
) -> Hashable:
    """The key of shared work: equal for those who ask for the same of the same registers."""
    # How many samples were left out has no part in it, and no hash.
    known = replace(model, sampling=None) if model is not None else None
    return what, of, known, hours.whole_hours, id(context.catalogue)


async def history_of(of: SeuOfSource, hours: AskedHours, context: Context) -> HourlyTable:
    """The hours of a year that ends with a period, with all drivers of the source."""
    period = hours.period
    start = min(period.start, (utc(period.end) - HISTORY).astimezone(hours.zone), key=utc)
    looked_at = Period(start, period.end)
    if looked_at.hours > LONG_HOURS:
        looked_at = await with_readings(of, looked_at, context)
    history = await load_hours(context.store.readings, context.catalogue, of, None, looked_at)
    return hours.cut_out(history)


async def with_readings(of: SeuOfSource, period: Period, context: Context) -> Period:
    """A period from the first reading on; as it is where there is none in it."""
    found = await readings_span(context.store.readings, of, period.end)
    if found is None:
        return period
    first = found[0].astimezone(period.start.tzinfo)
    return Period(max(period.start, first, key=utc), period.end)
