"""Rollups of the readings: 15 minutes and one hour, kept up to date from what was noted as changed.

For a readings table T there are `enms.T_15min` and `enms.T_1hour`, exact at every moment: what has
been written since the last refresh is computed from the readings. A refresh makes them quick
again. Where their names are free, `T_15min` and `T_1hour` read the same beside the readings.

Every statement that writes readings notes, in its own transaction, the hours it touched
(`enms.dirty_ranges`). A refresh takes notes away and replaces those whole hours in one transaction,
so a note that it could not see yet stays for the next one. Refreshes go one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from enms_core.storage.rollup_making import ensure, remove
from enms_core.storage.rollup_refresh import RefreshReport, refresh

if TYPE_CHECKING:  # a store makes its rollups itself
    from enms_core.storage.store import Store

__all__ = ["RefreshReport", "RollupState", "ensure", "refresh", "remove", "rollup_states"]


@dataclass(frozen=True)
class RollupState:
    """fresh_until: from here on readings are aggregated when asked; None where nothing is due.

    pending: notes of changes since the last refresh.
    """

    readings_table: str
    fresh_until: datetime | None
    pending: int


STATES = """
SELECT r.readings_table, nullif(enms.fresh_until(r.readings_table), 'infinity') AS fresh_until,
       (SELECT count(*) FROM enms.dirty_ranges AS d WHERE d.readings_table = r.readings_table)
       AS pending
FROM enms.rollups AS r ORDER BY r.readings_table
"""


async def rollup_states(store: Store) -> tuple[RollupState, ...]:
    """How fresh each rollup is."""
    rows = await store.readings.fetch(STATES)
    return tuple(RollupState(r["readings_table"], r["fresh_until"], r["pending"]) for r in rows)
