"""The table that an energy source's readings go into, and the statements that write there.

Rows come from the temporary table `arriving`, as `f`; `r` is the table of the readings, $1 the
machine, $2 and $3 moments around all rows, for the index. Names come from rows of registers: they
are checked against the database and quoted by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import asyncpg

from enms_core.storage.identifiers import quoted
from enms_core.storage.registers import EnergySourceRow
from enms_core.storage.rollup_sql import literal

HOUR = timedelta(hours=1)

ARRIVING = """
CREATE TEMPORARY TABLE IF NOT EXISTS arriving
(place bigint, time timestamptz, quantity double precision, is_estimated boolean)
ON COMMIT DROP
"""
COLUMN_TYPES = """
SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped
"""

# Whether anything is stored between two moments, neither of them included.
IS_TAKEN = """
SELECT EXISTS (SELECT FROM {table} AS r
               WHERE r.machine_id = $1 AND r.time > $2 AND r.time < $3{carrier})
"""
IS_MEASURED = """
SELECT EXISTS (SELECT FROM {table} AS r WHERE r.machine_id = $1 AND r.time >= $2 AND r.time < $3
                                          AND NOT {is_estimate}{carrier})
"""
# The last reading up to a moment, or else the first after it.
NEAREST = """
SELECT coalesce((SELECT max(r.time) FROM {table} AS r
                 WHERE r.machine_id = $1 AND r.time <= $2{carrier}),
                (SELECT min(r.time) FROM {table} AS r
                 WHERE r.machine_id = $1 AND r.time > $2{carrier}))
"""
# How many rows are stored as they are.
UNCHANGED = """
SELECT count(*) FROM arriving AS f
JOIN {table} AS r ON r.machine_id = $1 AND r.time > $2 AND r.time < $3 AND r.time = f.time{carrier}
WHERE r.{quantity} IS NOT DISTINCT FROM CAST(f.quantity AS {type})
"""
# Rows whose interval would lie across intervals that are stored: both would count its energy. One
# that is stored itself is no new one.
ACROSS_STORED = """
WITH fresh AS MATERIALIZED (
    SELECT f.place, f.time FROM arriving AS f
    WHERE NOT EXISTS (SELECT FROM {table} AS r
                      WHERE r.machine_id = $1 AND r.time > $2 AND r.time < $3
                        AND r.time = f.time{carrier})
)
SELECT f.place FROM fresh AS f
WHERE EXISTS (SELECT FROM {table} AS r
              WHERE r.machine_id = $1 AND r.time > f.time - $4::interval
                AND r.time < f.time + $4::interval{carrier})
"""
STORE = """
INSERT INTO {table} (machine_id, time, {columns})
SELECT $1::uuid, f.time, {values} FROM arriving AS f ORDER BY f.time
ON CONFLICT DO NOTHING
"""
# Rows for whose time another value is stored: than the column would hold of theirs, since real and
# numeric(10, 2) hold less than a file tells. An estimate says nothing against a measured value.
CONTRADICTIONS = """
SELECT f.place FROM arriving AS f
JOIN {table} AS r ON r.machine_id = $1 AND r.time > $2 AND r.time < $3 AND r.time = f.time{carrier}
WHERE r.{quantity} IS DISTINCT FROM CAST(f.quantity AS {type})
  AND ({is_estimate} OR NOT f.is_estimated)
"""
REPLACE = """
UPDATE {table} AS r SET {assignments} FROM arriving AS f
WHERE r.machine_id = $1 AND r.time > $2 AND r.time < $3 AND r.time = f.time{carrier}
  AND r.{quantity} IS DISTINCT FROM CAST(f.quantity AS {type})
"""
# Only where an estimate is stored and the row is none.
GIVE_WAY = (
    REPLACE
    + """  AND {is_estimate} AND NOT f.is_estimated
"""
)
# Rows that were stored a moment ago go back among those that wait for the end of the file. They
# came first, whatever their line.
TAKE_BACK = """
WITH gone AS (
    DELETE FROM {table} AS r WHERE r.machine_id = $1 AND r.time >= $2 AND r.time <= $3{carrier}
    RETURNING r.time, r.{quantity} AS value
)
INSERT INTO {staged} (time, value, line) SELECT time, value, 0 FROM gone
"""


@dataclass(frozen=True)
class ReadingsTable:
    """The statements of a source's table.

    is_exact: it holds quantities just as they are. has_estimates: it tells which are estimated.
    """

    is_exact: bool
    has_estimates: bool
    names: Mapping[str, str]

    def filled(self, statement: str, **more: str) -> str:
        """A statement of this module with the names of the table."""
        return statement.format(**self.names, **more)


async def readings_table(
    connection: asyncpg.Connection,
    source: EnergySourceRow,
    interval: timedelta,
    origin: str = "import",
) -> ReadingsTable:
    """The table of a source. interval: of the readings, which the table's rate is a mean of.

    origin: what the table's data_source tells of them.
    """
    rows = await connection.fetch(COLUMN_TYPES, source.readings_table)
    types = {row["attname"]: row["type"] for row in rows}
    name, quantity = source.readings_table, source.consumption_column
    values = {quantity: "f.quantity"}
    if source.rate_column is not None:
        values[source.rate_column] = f"f.quantity / {interval / HOUR!r}"
    if "data_source" in types:
        values["data_source"] = literal(origin)
    has_estimates = "is_estimated" in types
    if has_estimates:
        values["is_estimated"] = "f.is_estimated"
    carrier = ""
    if source.carrier_column is not None and source.carrier_value is not None:
        values[source.carrier_column] = literal(source.carrier_value)
        column = await quoted(connection.fetchval, name, source.carrier_column)
        carrier = f" AND r.{column}::text = {literal(source.carrier_value)}"
    columns = {await quoted(connection.fetchval, name, each): values[each] for each in values}
    names = {
        "table": await quoted(connection.fetchval, name),
        "quantity": await quoted(connection.fetchval, name, quantity),
        "type": types[quantity],
        "columns": ", ".join(columns),
        "values": ", ".join(columns.values()),
        "assignments": ", ".join(f"{column} = {value}" for column, value in columns.items()),
        "carrier": carrier,
        "is_estimate": "r.is_estimated" if has_estimates else "false",
    }
    return ReadingsTable(types[quantity] == "double precision", has_estimates, names)
