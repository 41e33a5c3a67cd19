"""Prices of energy, from the registers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from enms_core.domain.tariff import ALL_WEEKDAYS, MIDNIGHT, Tariff
from enms_core.storage.database import Database

# Tariffs by (factory id, energy source id).
Tariffs = Mapping[tuple[UUID, UUID], tuple[Tariff, ...]]

# The tariff rows of every site and source, or one row without a tariff where there is none. 24:00
# is midnight: as the driver's time of day it would be out of range. Rows of another kind of
# database may leave open when they hold.
TARIFFS = """
SELECT f.id AS factory_id, s.id AS energy_source_id, s.cost_per_unit,
       f.currency AS site_currency, t.id IS NOT NULL AS has_tariff, t.name, t.rate_per_unit,
       t.currency, t.weekdays,
       CASE WHEN t.start_time < '24:00' THEN t.start_time END AS start_time,
       CASE WHEN t.end_time < '24:00' THEN t.end_time END AS end_time,
       t.valid_from, t.valid_to, t.demand_charge_per_kw
FROM factories AS f
CROSS JOIN energy_sources AS s
LEFT JOIN energy_tariffs AS t ON t.factory_id = f.id AND t.energy_source_id = s.id
ORDER BY f.id, s.id, t.id
"""


async def load_tariffs(database: Database) -> Tariffs:
    """Tariffs by (factory, energy source), in the register's order.

    A source without a single tariff row at a site has its own cost per unit there as a flat rate
    in the site's currency. What has neither is not in the mapping; a row without a rate covers
    nothing, but is a row.
    """
    found: dict[tuple[UUID, UUID], tuple[Tariff, ...]] = {}
    for row in await database.fetch(TARIFFS):
        key = row["factory_id"], row["energy_source_id"]
        if row["has_tariff"]:
            known = found.get(key, ())
            found[key] = known if row["rate_per_unit"] is None else (*known, _tariff(row))
        elif row["cost_per_unit"] is not None:
            found[key] = (_flat(row),)
    return found


def _tariff(row: asyncpg.Record) -> Tariff:
    weekdays = row["weekdays"]
    return Tariff(
        name=row["name"],
        rate_per_unit=_decimal(row["rate_per_unit"]),
        currency=row["currency"] or row["site_currency"],
        weekdays=ALL_WEEKDAYS if weekdays is None else frozenset(weekdays),
        start_time=row["start_time"] or MIDNIGHT,
        end_time=row["end_time"] or MIDNIGHT,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        demand_charge_per_kw=_optional_decimal(row["demand_charge_per_kw"]),
    )


def _flat(row: asyncpg.Record) -> Tariff:
    return Tariff("flat", _decimal(row["cost_per_unit"]), row["site_currency"], basis="flat")


def _decimal(value: Any) -> Decimal:
    """A price as a person wrote it: 0.1, and not the double next to it."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _optional_decimal(value: Any) -> Decimal | None:
    return None if value is None else _decimal(value)
