"""The status history of machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np

from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.running_hours import StatusSteps
from enms_core.domain.period import Period
from enms_core.domain.status import StatusChange, StatusNow
from enms_core.storage.database import Database

# What the history tells. A row of another kind of database may tell its mode only, or only whether
# the machine ran; one that tells neither is none.
TOLD = """
(SELECT machine_id, time, mode, coalesce(is_running, mode = 'running') AS is_running
 FROM machine_status_history WHERE mode IS NOT NULL OR is_running IS NOT NULL)
"""

# The changes within a period, and the last one up to its start: one probe of the key each.
CHANGES = f"""
SELECT m.machine_id, h.time, h.mode, h.is_running
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    (SELECT * FROM {TOLD} AS t WHERE machine_id = m.machine_id AND time <= $2
     ORDER BY time DESC LIMIT 1)
    UNION ALL
    (SELECT * FROM {TOLD} AS t WHERE machine_id = m.machine_id AND time > $2 AND time < $3)
) AS h
ORDER BY m.machine_id, h.time
"""

# The same as columns, one row a machine, for those who look at many.
STEPS = f"""
SELECT machine_id,
       array_agg(extract(epoch FROM time - $2)::double precision ORDER BY time) AS times,
       array_agg(is_running ORDER BY time) AS is_running,
       array_agg(NOT is_running AND mode IS DISTINCT FROM 'idle' ORDER BY time) AS is_offline
FROM ({CHANGES}) AS c GROUP BY machine_id
"""

# The last change up to an instant, and since when all rows have told the same: a history may
# repeat a status.
STATUS_AT = f"""
SELECT m.machine_id, last.mode, last.is_running, first.time AS since
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT * FROM {TOLD} AS t WHERE machine_id = m.machine_id AND time <= $2
    ORDER BY time DESC LIMIT 1
) AS last
CROSS JOIN LATERAL (
    SELECT time FROM {TOLD} AS t
    WHERE machine_id = m.machine_id AND time <= last.time AND time > coalesce((
        SELECT time FROM {TOLD} AS o
        WHERE machine_id = m.machine_id AND time < last.time
          AND (mode, is_running) IS DISTINCT FROM (last.mode, last.is_running)
        ORDER BY time DESC LIMIT 1
    ), '-infinity')
    ORDER BY time LIMIT 1
) AS first
"""

# The newest row of each machine up to an instant: one probe of the key each.
NEWEST = f"""
SELECT m.machine_id, h.time
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT time FROM {TOLD} AS t WHERE machine_id = m.machine_id AND time <= $2
    ORDER BY time DESC LIMIT 1
) AS h
"""


async def status_changes(
    database: Database, machine_ids: Sequence[UUID], period: Period
) -> Mapping[UUID, tuple[StatusChange, ...]]:
    """Changes by machine in order of time, for a period that ends at now at the latest.

    With the last change before the period, where there is one. Machines without any are left out.
    """
    found: dict[UUID, list[StatusChange]] = {}
    for row in await database.fetch(CHANGES, list(machine_ids), period.start, period.end):
        change = StatusChange(row["time"], row["mode"], row["is_running"])
        found.setdefault(row["machine_id"], []).append(change)
    return {machine_id: tuple(changes) for machine_id, changes in found.items()}


async def status_steps(
    database: Database, machine_ids: Sequence[UUID], grid: HourGrid
) -> list[StatusSteps]:
    """The changes of each machine that has any, for the hours of a grid."""
    found = await database.fetch(STEPS, list(machine_ids), grid.start, grid.end)
    return [
        StatusSteps(
            np.array(row["times"], dtype=np.float64),
            np.array(row["is_running"], dtype=np.bool_),
            np.array(row["is_offline"], dtype=np.bool_),
        )
        for row in found
    ]


async def status_at(
    database: Database, machine_ids: Sequence[UUID], moment: datetime
) -> Mapping[UUID, StatusNow]:
    """The status by machine at an instant; machines whose history begins later are left out."""
    rows = await database.fetch(STATUS_AT, list(machine_ids), moment)
    return {
        row["machine_id"]: StatusNow(row["mode"], row["is_running"], row["since"]) for row in rows
    }


async def newest_status(
    database: Database, machine_ids: Sequence[UUID], moment: datetime
) -> Mapping[UUID, datetime]:
    """When the history of each machine was last written up to an instant."""
    rows = await database.fetch(NEWEST, list(machine_ids), moment)
    return {row["machine_id"]: row["time"] for row in rows}
