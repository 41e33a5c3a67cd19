"""The status history of machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from enms_core.domain.period import Period
from enms_core.domain.status import StatusChange, StatusNow
from enms_core.storage.database import Database

# The changes within a period, and the last one up to its start: one probe of the key each. A row
# of another kind of database may tell its mode only, or only whether the machine ran.
CHANGES = """
SELECT m.machine_id, h.time, h.mode, coalesce(h.is_running, h.mode = 'running') AS is_running
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    (SELECT time, mode, is_running FROM machine_status_history
     WHERE machine_id = m.machine_id AND time <= $2
       AND (mode IS NOT NULL OR is_running IS NOT NULL)
     ORDER BY time DESC LIMIT 1)
    UNION ALL
    (SELECT time, mode, is_running FROM machine_status_history
     WHERE machine_id = m.machine_id AND time > $2 AND time < $3
       AND (mode IS NOT NULL OR is_running IS NOT NULL))
) AS h
ORDER BY m.machine_id, h.time
"""

# The last change up to an instant, and since when all rows have told the same: a history may
# repeat a status.
STATUS_AT = """
SELECT m.machine_id, last.mode, coalesce(last.is_running, last.mode = 'running') AS is_running,
       first.time AS since
FROM unnest($1::uuid[]) AS m (machine_id)
CROSS JOIN LATERAL (
    SELECT time, mode, is_running FROM machine_status_history
    WHERE machine_id = m.machine_id AND time <= $2
      AND (mode IS NOT NULL OR is_running IS NOT NULL)
    ORDER BY time DESC LIMIT 1
) AS last
CROSS JOIN LATERAL (
    SELECT time FROM machine_status_history
    WHERE machine_id = m.machine_id AND time <= last.time AND time > coalesce((
        SELECT time FROM machine_status_history
        WHERE machine_id = m.machine_id AND time < last.time
          AND (mode, is_running) IS DISTINCT FROM (last.mode, last.is_running)
        ORDER BY time DESC LIMIT 1
    ), '-infinity')
    ORDER BY time LIMIT 1
) AS first
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


async def status_at(
    database: Database, machine_ids: Sequence[UUID], moment: datetime
) -> Mapping[UUID, StatusNow]:
    """The status by machine at an instant; machines whose history begins later are left out."""
    rows = await database.fetch(STATUS_AT, list(machine_ids), moment)
    return {
        row["machine_id"]: StatusNow(row["mode"], row["is_running"], row["since"]) for row in rows
    }
