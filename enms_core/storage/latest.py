"""When machines were last heard of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from enms_core.domain.catalogue import EnergySource
from enms_core.storage.database import Database
from enms_core.storage.identifiers import checked_identifier, looked_up_again
from enms_core.storage.rollup_sql import finite
from enms_core.storage.segments import carrier_condition, carrier_values, rows_of

# The last row with an amount of each machine before an instant: one probe of the key each.
LAST = """
SELECT m.machine_id, r.time
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT time FROM {table}
    WHERE machine_id = m.machine_id AND time < $2 AND ({quantity}) IS NOT NULL{carrier}
    ORDER BY time DESC LIMIT 1
) AS r
"""


@looked_up_again
async def last_readings(
    database: Database, source: EnergySource, machine_ids: Sequence[UUID], now: datetime
) -> Mapping[UUID, datetime]:
    """Start of the last reading of a source before now, by machine; none where there is none.

    Only a row with an amount counts, other than for `power.latest_readings`: a meter that tells no
    amount any more is silent, also where it still tells a rate.
    """
    table = source.readings_table
    sql = LAST.format(
        table=await checked_identifier(database, table),
        quantity=finite(await checked_identifier(database, table, source.consumption_column)),
        carrier=await carrier_condition(database, rows_of(source), 3),
    )
    found = await database.fetch(sql, list(machine_ids), now, *carrier_values(source))
    return {row["machine_id"]: row["time"] for row in found}
