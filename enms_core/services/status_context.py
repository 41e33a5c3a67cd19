"""What the status of an SEU's machines, and anomalies, tell of a period."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from enms_core.analysis.status import durations_by_mode, status_stretches
from enms_core.domain.causes import StatusContext
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.status import StatusStretch
from enms_core.services.context import Context
from enms_core.storage.anomalies import count_anomalies
from enms_core.storage.status import status_changes

HOUR = timedelta(hours=1)


async def status_context(of: SeuOfSource, period: Period, context: Context) -> StatusContext:
    """Hours by status, summed over the machines, and how often one of them started."""
    readings, ids = context.store.readings, of.seu.machine_ids
    changes, anomalies = await asyncio.gather(
        status_changes(readings, ids, period), count_anomalies(readings, ids, of.seu.id, period)
    )
    machines = [status_stretches(each, period) for each in changes.values()]
    return StatusContext(
        maintenance_hours=_hours(machines, "maintenance"),
        fault_hours=_hours(machines, "fault"),
        idle_hours=_hours(machines, "idle"),
        starts=sum(map(_starts, machines)),
        anomalies=anomalies,
    )


def _hours(machines: Sequence[Sequence[StatusStretch]], mode: str) -> float:
    in_mode = (durations_by_mode(each).get(mode, timedelta()) for each in machines)
    return sum(in_mode, timedelta()) / HOUR


def _starts(stretches: Sequence[StatusStretch]) -> int:
    """Changes from standing to running inside the period."""
    pairs = pairwise(stretches)
    return sum(bool(after.is_running) and before.is_running is False for before, after in pairs)
