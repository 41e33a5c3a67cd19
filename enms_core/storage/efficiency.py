"""Energy and units made over the same complete hours: what energy per unit is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from enms_core.storage.database import Database
from enms_core.storage.kpi_spans import HOURS_OF_BOTH, SPANS
from enms_core.storage.segments import Segment


@dataclass(frozen=True)
class EnergyAndUnits:
    """Sums over the hours that have complete readings of energy and a count of production.

    energy_kwh: None where it cannot be converted. counted_seconds: length of these hours together.
    """

    energy_kwh: float | None
    units: float
    counted_seconds: float


# The parts of enms.kpi_sec, for many machines at once: the blocks of a machine's whole time, of
# which those count that lie in one of its stretches. The sources $4 are counted together; NULL
# stands for those that a machine purchases.
ENERGY_AND_UNITS = f"""
{SPANS}
SELECT s.machine_id, r.energy_kwh, r.units, r.counted_seconds
FROM span AS s
CROSS JOIN LATERAL (
    SELECT CASE WHEN count(e.energy_kwh) = count(*) THEN sum(e.energy_kwh) END AS energy_kwh,
           sum(p.quantity) AS units,
           (count(*) * max(w.seconds))::double precision AS counted_seconds
{HOURS_OF_BOTH}
"""


async def energy_and_units(
    database: Database, segments: Sequence[Segment], sources: Sequence[str]
) -> Mapping[UUID, EnergyAndUnits]:
    """What each machine used and made in its segments, which do not overlap.

    sources: names of those that are meant, together; without any those that a machine purchases.
    Machines without an hour that has both are left out.
    """
    rows = await database.fetch(
        ENERGY_AND_UNITS,
        [segment.machine_id for segment in segments],
        [segment.start for segment in segments],
        [segment.end for segment in segments],
        list(sources) or [None],
    )
    return {machine_id: EnergyAndUnits(*sums) for machine_id, *sums in rows}
