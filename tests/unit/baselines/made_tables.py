"""Tables of a few hours or of a made-up year, each column as a test needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enms_core.analysis.hourly_table import DriverSpec, HourlyTable

Floats = NDArray[np.float64]
FIRST_HOUR = 20_000 * 24


def made(
    quantity: ArrayLike,
    drivers: Mapping[str, ArrayLike] | None = None,
    specs: Sequence[DriverSpec] = (),
) -> HourlyTable:
    """Hours of machines that ran all the time and whose readings are all there; days in UTC."""
    use = np.asarray(quantity, dtype=np.float64)
    hours = FIRST_HOUR + np.arange(len(use))
    columns = {name: np.asarray(each, dtype=np.float64) for name, each in (drivers or {}).items()}
    known = {spec.name: spec for spec in specs}
    return HourlyTable(
        hours=hours,
        local_day=hours // 24,
        quantity=use,
        is_complete=np.ones(len(use), dtype=np.bool_),
        is_backfilled=np.zeros(len(use), dtype=np.bool_),
        running=np.ones(len(use)),
        is_stopped=np.zeros(len(use), dtype=np.bool_),
        drivers=columns,
        specs={name: known.get(name, DriverSpec(name)) for name in columns},
    )


def part(table: HourlyTable, first: int, last: int) -> HourlyTable:
    """The rows [first, last) of a table."""
    mappings = ("drivers", "specs")
    names = [each.name for each in fields(table) if each.name not in mappings]
    columns = {name: column[first:last] for name, column in table.drivers.items()}
    return replace(
        table, **{name: getattr(table, name)[first:last] for name in names}, drivers=columns
    )


PRODUCTION = DriverSpec("units", aggregation="sum", is_production=True, is_condition=False)
TEMPERATURE = DriverSpec("outdoor", aggregation="mean")
HEATING = DriverSpec("heating", kind="heating")
COOLING = DriverSpec("cooling", kind="cooling")


def made_year(seed: int = 7, days: int = 100) -> HourlyTable:
    """Use = 20 + 0.5 units + 0.8 outdoor + scatter of 2, with drivers that have nothing to do with
    each other."""
    chance = np.random.default_rng(seed)
    hours = 24 * days
    units, outdoor = chance.uniform(20.0, 60.0, hours), chance.normal(10.0, 6.0, hours)
    use = 20.0 + 0.5 * units + 0.8 * outdoor + chance.normal(0.0, 2.0, hours)
    return made(use, {"units": units, "outdoor": outdoor}, (PRODUCTION, TEMPERATURE))
