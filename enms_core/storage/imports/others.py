"""Storing what goes with readings: pieces made, weather, states of machines.

The rules are those of readings: the same row again changes nothing, another value for a stored time
is refused, or replaces it where that was asked for.
"""

from __future__ import annotations

from typing import TypeAlias
from uuid import UUID

import asyncpg

from enms_core.domain.imports import ProductionTarget, StatusTarget, TargetReport, WeatherTarget
from enms_core.storage.imports.amounts import COUNTED, store_amounts
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.states import store_states

Other: TypeAlias = ProductionTarget | StatusTarget | WeatherTarget


def storing_rank(target: Other) -> int:
    """Where a target comes among those of its file: good pieces go into rows of pieces made."""
    return int(isinstance(target, ProductionTarget) and target.quantity != COUNTED)


async def store_other(
    connection: asyncpg.Connection,
    target: Other,
    staging: Staging,
    owner: UUID,
    *,
    replace: bool,
) -> TargetReport:
    """Store the staged rows of one column, in the transaction of the connection.

    owner: the factory of weather, the machine of anything else. Raises ImportFailed for a unit that
    cannot be converted, and where too many rows are refused.
    """
    await staging.settle(replace)
    if isinstance(target, StatusTarget):
        return await store_states(connection, target, staging, owner, replace=replace)
    return await store_amounts(connection, target, staging, owner, replace=replace)
