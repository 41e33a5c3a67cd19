"""Carbon factors, from the registers."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import asyncpg

from enms_core.domain.carbon import CarbonFactor
from enms_core.storage.database import Database

# Carbon factors by (factory id, energy source id).
Factors = Mapping[tuple[UUID, UUID], tuple[CarbonFactor, ...]]

# The factors that hold at every site for every source, or one row without a factor where there is
# none: those of the site's country, and those of no region.
FACTORS = """
SELECT f.id AS factory_id, s.id AS energy_source_id, s.carbon_intensity,
       c.factor_kg_per_unit, nullif(c.region, '') AS region, c.source, c.valid_from, c.valid_to
FROM factories AS f
CROSS JOIN energy_sources AS s
LEFT JOIN carbon_factors AS c
       ON c.energy_source_id = s.id AND c.factor_kg_per_unit IS NOT NULL
      AND (nullif(c.region, '') IS NULL OR lower(c.region) = lower(f.country))
ORDER BY f.id, s.id, c.valid_from, c.source
"""


async def load_carbon_factors(database: Database) -> Factors:
    """Carbon factors by (factory, energy source).

    A source without a single factor that holds at a site has its own carbon_intensity there as a
    flat factor. What has neither is not in the mapping.
    """
    found: dict[tuple[UUID, UUID], tuple[CarbonFactor, ...]] = {}
    for row in await database.fetch(FACTORS):
        key = row["factory_id"], row["energy_source_id"]
        if row["factor_kg_per_unit"] is not None:
            found[key] = (*found.get(key, ()), _factor(row))
        elif row["carbon_intensity"] is not None:
            found[key] = (CarbonFactor(float(row["carbon_intensity"]), basis="flat"),)
    return found


def _factor(row: asyncpg.Record) -> CarbonFactor:
    return CarbonFactor(
        factor_kg_per_unit=float(row["factor_kg_per_unit"]),
        region=row["region"],
        source=row["source"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
