"""Storing the states of a machine that a file tells.

A row is kept where the state is another than in the row of the file before it, and the first one
always is: what is stored depends on the file alone, not on what was stored before it.
"""

from __future__ import annotations

from uuid import UUID

import asyncpg

from enms_core.domain.imports import Reason, StatusTarget, TargetReport
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.statements import Statements

# Rows for whose time another state is stored.
CONTRADICTIONS = """
SELECT s.line, s.value AS text FROM {staged} AS s
JOIN machine_status_history AS r ON r.machine_id = $1 AND r.time = s.time
WHERE r.mode IS DISTINCT FROM s.value
"""
REPLACE = """
UPDATE machine_status_history AS r SET mode = s.value, is_running = s.value = 'running'
FROM {staged} AS s
WHERE r.machine_id = $1 AND r.time = s.time AND r.mode IS DISTINCT FROM s.value
"""
# What the machine does now, as far as the file knows: its power is not that of this time.
IS_NOW = """
WITH last AS (SELECT time, value FROM {staged} ORDER BY time DESC LIMIT 1),
     changed AS (
         UPDATE machine_status AS m
         SET is_running = last.value = 'running', current_mode = last.value,
             current_power_kw = NULL, last_updated = last.time
         FROM last WHERE m.machine_id = $1 AND m.last_updated < last.time
     )
INSERT INTO machine_status (machine_id, is_running, current_mode, last_updated)
SELECT $1, last.value = 'running', last.value, last.time FROM last
WHERE NOT EXISTS (SELECT FROM machine_status WHERE machine_id = $1)
"""
# Rows that tell the state of the row before again, unless one of their time is stored.
LEAVE_OUT_REPEATED = """
DELETE FROM {staged} AS s
USING (SELECT time, value = lag(value) OVER (ORDER BY time) AS is_repeated FROM {staged}) AS w
WHERE w.time = s.time AND w.is_repeated AND NOT EXISTS (
    SELECT FROM machine_status_history AS r WHERE r.machine_id = $1 AND r.time = s.time
)
"""
STORE = """
INSERT INTO machine_status_history (machine_id, time, mode, is_running)
SELECT $1, s.time, s.value, s.value = 'running' FROM {staged} AS s
WHERE NOT EXISTS (
    SELECT FROM machine_status_history AS r WHERE r.machine_id = $1 AND r.time = s.time
)
"""
SUMMARY = """
SELECT count(*) AS rows, min(time) AS first, max(time) AS last FROM {staged}
"""


async def store_states(
    connection: asyncpg.Connection,
    target: StatusTarget,
    staging: Staging,
    machine_id: UUID,
    *,
    replace: bool,
) -> TargetReport:
    """Store settled states. rows of the report: those that tell a change, or are stored."""
    statements = Statements(connection, staging, {})
    replaced = 0
    if replace:
        replaced = await statements.change(REPLACE, machine_id)
    else:
        await statements.refuse(Reason.CONTRADICTS_STORED, CONTRADICTIONS, machine_id)
    await statements.change(IS_NOW, machine_id)
    await statements.change(LEAVE_OUT_REPEATED, machine_id)
    stored = await statements.change(STORE, machine_id)
    summary = await statements.row(SUMMARY)
    tally = staging.tally
    return TargetReport(
        target=target,
        rows=summary["rows"],
        stored=stored,
        replaced=replaced,
        quantity=None,
        unit="",
        first=summary["first"],
        last=summary["last"],
        interval=None,
        missing_intervals=0,
        empty=tally.empty,
        duplicates=tally.duplicates,
        rejections=tally.rejections,
    )
