"""How the checks see the readings of one energy source: with the meter that each came from.

All statements here are formatted with the quoted names of a source's table and columns; $5 is the
source's id, $6 the value of the carrier column (None where the source has its table for itself).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enms_core.domain.finding import Finding
from enms_core.storage.database import Database
from enms_core.storage.doctor.columns import (
    COST_COLUMNS,
    TARIFF_COLUMNS,
    Column,
    Columns,
    Source,
)
from enms_core.storage.doctor.statement import IN_SCOPE, Scope, ask

# Time in service of each meter. Where the register lets two overlap, the later one takes over:
# every reading then has one meter at most.
SERVICES = """
services AS MATERIALIZED (
    SELECT machine_id, nominal_interval_seconds AS seconds,
           nominal_interval_seconds / 3600.0::double precision AS hours, valid_from AS start_time,
           least(coalesce(valid_to, 'infinity'),
                 lead(valid_from, 1, 'infinity')
                     OVER (PARTITION BY machine_id ORDER BY valid_from)) AS end_time
    FROM meters
    WHERE energy_source_id = $5 AND nominal_interval_seconds > 0
)"""
IN_SERVICE = "s.machine_id = r.machine_id AND r.time >= s.start_time AND r.time < s.end_time"


@dataclass(frozen=True)
class Readings:
    """Where the readings of a source are, as SQL, from names that the database quoted.

    quantity, rate, cost and tariff are expressions on a row `r`; `carrier` is the condition that
    the row is of this source.
    """

    source: Source
    table: str
    quantity: str
    rate: str
    cost: str
    tariff: str
    carrier: str

    async def ask(
        self, database: Database, scope: Scope, check: str, *values: object
    ) -> Sequence[Finding]:
        """Findings of one check on these readings."""
        sql = check.format(
            services=SERVICES,
            in_service=IN_SERVICE,
            in_scope=IN_SCOPE,
            table=self.table,
            quantity=self.quantity,
            rate=self.rate,
            cost=self.cost,
            tariff=self.tariff,
            carrier=self.carrier,
        )
        source = self.source
        return await ask(
            database, scope, source.table, sql, source.id, source.carrier_value, *values
        )


def readings_of(source: Source, columns: Columns) -> Readings:
    """The readings of a source whose table and columns are all there."""
    there = columns[source.table]
    carrier = source.carrier_column
    tariffs = (name for name in TARIFF_COLUMNS if name != source.rate)
    return Readings(
        source=source,
        table=there["time"].quoted_table,
        quantity=_number(there, source.quantity),
        rate=_number(there, source.rate),
        cost=_number(there, *COST_COLUMNS),
        tariff=_number(there, *tariffs),
        carrier=f"r.{there[carrier].quoted}::text = $6" if carrier else "$6::text IS NULL",
    )


def _number(columns: Mapping[str, Column], *names: str) -> str:
    """SQL of the first of some columns that the table has; NULL where it has none of them."""
    found = next((columns[name] for name in names if name in columns), None)
    return "NULL::double precision" if found is None else f"r.{found.quoted}::double precision"
