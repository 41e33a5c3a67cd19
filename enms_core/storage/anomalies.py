"""Anomalies that were found in the use of machines."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from enms_core.domain.period import Period
from enms_core.storage.database import Database

# Those that have not ended last on; those of an SEU concern nobody else on the same machine.
COUNT = """
SELECT count(*) FROM anomalies
WHERE machine_id = ANY ($1::uuid[]) AND (seu_id IS NULL OR seu_id = $2)
  AND start_time < $4 AND coalesce(end_time, start_time) >= $3
"""


async def count_anomalies(
    database: Database, machine_ids: Sequence[UUID], seu_id: UUID, period: Period
) -> int:
    """How many anomalies of an SEU's machines lie in a period, in part or as a whole."""
    count: int = await database.fetch_value(
        COUNT, list(machine_ids), seu_id, period.start, period.end
    )
    return count
