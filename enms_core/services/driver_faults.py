"""Drivers that cannot be trained with, each with the reason, and what there is instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from enms_core.analysis.baseline_model import varies
from enms_core.analysis.hourly_samples import samples_of
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.training_hours import OPERATING_HOURS, counted
from enms_core.domain.baseline import Grain, Term
from enms_core.domain.baseline_asking import DriverFault, DriversRefused
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import LAST_12_MONTHS, TRAINING
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.seus import question_about
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.store import Store


def available_drivers(of: SeuOfSource, catalogue: Catalogue) -> tuple[str, ...]:
    """The drivers that an energy source may be trained with."""
    return tuple(
        driver.name for driver in catalogue.drivers if driver.energy_source_id == of.source.id
    )


def name_faults(
    of: SeuOfSource, drivers: Sequence[str], catalogue: Catalogue
) -> dict[str, DriverFault]:
    """Drivers that the registers rule out, each with the reason."""
    known = available_drivers(of, catalogue)
    reasons: dict[str, DriverFault] = {
        each.name: each.reason
        for each in catalogue.refused_drivers
        if each.energy_source_id == of.source.id
    }
    return {name: reasons.get(name, "unknown") for name in drivers if name not in known}


def table_faults(
    table: HourlyTable,
    drivers: Sequence[str],
    grain: Grain = "hour",
    include_backfill: bool = False,
) -> dict[str, DriverFault]:
    """Drivers that cannot be used for these hours: never told, or the same in every sample.

    Each is judged on the samples of a model with it, those of running in part too where
    operating_hours is one of the drivers. That too few samples count is no fault of a driver.
    """
    hours = tuple(name for name in drivers if name == OPERATING_HOURS)
    faults: dict[str, DriverFault] = {}
    for name in drivers:
        fault = _fault(table, name, (name, *hours), grain, include_backfill)
        if fault is not None:
            faults[name] = fault
    return faults


def _fault(
    table: HourlyTable, name: str, drivers: Sequence[str], grain: Grain, include_backfill: bool
) -> DriverFault | None:
    of_drivers = counted(table, drivers, grain, include_backfill).mask
    values = samples_of(table, of_drivers, grain).column(Term(name, 0.0))
    if len(values):
        return None if varies(values) else "constant"
    without = [each for each in drivers if each != name]
    could_count = counted(table, without, "hour", include_backfill).mask
    known = np.isfinite(table.drivers[name])
    return None if (known[could_count] if could_count.any() else known).any() else "no_data"


def refused(
    of: SeuOfSource,
    faults: Mapping[str, DriverFault],
    catalogue: Catalogue,
    question: Question | None = None,
    useless: Collection[str] = (),
) -> DriversRefused:
    """Drivers that cannot be used, with those that can. useless: others that cannot either."""
    ruled_out = {*faults, *useless}
    available = tuple(name for name in available_drivers(of, catalogue) if name not in ruled_out)
    return DriversRefused(
        question=question or question_about(TRAINING, of, LAST_12_MONTHS),
        need="drivers",
        of=of,
        refused=faults,
        available=available,
        outcome="clarify" if available else "no_data",
    )


async def refused_by_readings(
    of: SeuOfSource,
    drivers: Sequence[str],
    period: Period,
    store: Store,
    catalogue: Catalogue,
    question: Question | None = None,
    grain: Grain = "hour",
    include_backfill: bool = False,
) -> DriversRefused:
    """Drivers that have no values in a period or always the same, with those that have others."""
    table = await load_hours(store.readings, catalogue, of, None, period)
    named = table_faults(table, drivers, grain, include_backfill)
    useless = [
        name
        for name in available_drivers(of, catalogue)
        if table_faults(table, (name,), grain, include_backfill)
    ]
    return refused(of, named, catalogue, question, useless)
