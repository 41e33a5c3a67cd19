"""Hours to come as a table: the weather as forecast, and what is planned to be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from enms_core.analysis.hourly_table import Floats, HourlyTable
from enms_core.analysis.machine_hours import highest, summed
from enms_core.domain.catalogue import Catalogue, Driver
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.consumption import readings_range
from enms_core.storage.database import Database
from enms_core.storage.driver_columns import (
    HourlyReads,
    combined,
    is_operating_hours,
    rows_of,
    value_of,
)
from enms_core.storage.driver_matrix import Asked, asked_of
from enms_core.storage.hourly_sql import HourlyRows, HourlyValue
from enms_core.storage.production import COLUMN_OF, TABLE

PLAN = HourlyRows("production_plan")
PLANNED = HourlyValue("SUM", "planned_count")


async def load_planned_hours(
    database: Database,
    catalogue: Catalogue,
    of: SeuOfSource,
    drivers: Sequence[str] | None,
    period: Period,
) -> HourlyTable:
    """The whole hours of a period ahead; no quantity is known.

    Known are drivers of the weather, as far as it is forecast, and, where there is a production
    plan, the units made and the hours of running, which are those with planned units. All other
    drivers are NaN.
    """
    asked = asked_of(catalogue, of, drivers, period)
    reads = HourlyReads(asked.machines, asked.grid)
    reads.want(PLAN, PLANNED)
    for driver in asked.drivers:
        if driver.place.has_forecasts:
            reads.want(rows_of(driver.place, is_forecast=True), value_of(driver))
    await reads.read(database)
    plan = reads.found[PLAN, PLANNED]
    units = plan.values[plan.is_there]
    running = np.where(np.isfinite(units), units > 0, np.nan)
    return replace(
        asked.empty_table(),
        running=_any(running, len(asked.grid)),
        drivers={
            driver.name: _column(asked, reads, driver, units, running) for driver in asked.drivers
        },
    )


async def readings_span(
    database: Database, of: SeuOfSource, before: datetime
) -> tuple[datetime, datetime] | None:
    """When the first and the last reading of an SEU's source began before an instant; None without
    any."""
    first, last = await readings_range(
        database, of.source, [machine.id for machine in of.machines], before
    )
    return None if first is None or last is None else (first, last)


def _column(
    asked: Asked, reads: HourlyReads, driver: Driver, units: Floats, running: Floats
) -> Floats:
    if is_operating_hours(driver):
        return _total(running, len(asked.grid))
    place = driver.place
    if place.has_forecasts:
        return combined(driver, reads.found[rows_of(place, is_forecast=True), value_of(driver)])
    is_units = (place.table, place.column, driver.aggregation) == (TABLE, COLUMN_OF["units"], "SUM")
    return _total(units, len(asked.grid)) if is_units else asked.unknown()


def _total(values: Floats, hours: int) -> Floats:
    """The sum over machines that have a plan; unknown where none has."""
    everyone = np.ones(len(values), dtype=np.bool_)
    return summed(values.reshape(len(values), hours), everyone)


def _any(running: Floats, hours: int) -> Floats:
    """Whether one machine at least runs; unknown where the others do not, and one has no plan."""
    by_machine = running.reshape(len(running), hours)
    some = highest(by_machine)
    return np.where((some == 0) & np.isnan(by_machine).any(axis=0), np.nan, some)
