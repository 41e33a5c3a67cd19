"""The table that an energy source's readings go into, and the statements that write there.

Rows come from the temporary table `arriving`, as `f`; `r` is the table of the readings, $1 the
machine, $2 and $3 moments around all rows, for the index. Names come from rows of registers: they
are checked against the database and quoted by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import asyncpg

from enms_core.analysis.grid import DAY
from enms_core.storage.identifiers import quoted
from enms_core.storage.registers import EnergySourceRow
from enms_core.storage.rollup_sql import literal

HOUR = timedelta(hours=1)

# The interval of the meter in service at the time of a stored row.
METER_INTERVAL = """(
    SELECT m.nominal_interval_seconds * interval '1 second' FROM meters AS m
    WHERE m.machine_id = r.machine_id AND m.energy_source_id = {source} AND m.valid_from <= r.time
      AND (m.valid_to IS NULL OR m.valid_to > r.time)
    ORDER BY m.valid_from DESC LIMIT 1
)"""
# A day whose midnight the clock skips begins later, and those after it at midnight again.
HOURS_OF_DAYS = """(extract(epoch FROM
    ((f.time - interval '1 microsecond') AT TIME ZONE {zone} + interval '{days} days 1 microsecond')
    AT TIME ZONE {zone} - f.time) / 3600)"""

# Two ways to one amount (in another unit, as a difference of a register) end in other last digits.
TOLERANCE = "(1e-9 * abs(f.quantity) + 1e-8)"
# What is stored is not what the column would hold of the row's value: real and numeric(10, 2) hold
# less than a file or a message tells.
IS_OTHER = f"""(r.{{quantity}} NOT BETWEEN CAST(f.quantity - {TOLERANCE} AS {{type}})
                              AND CAST(f.quantity + {TOLERANCE} AS {{type}})) IS NOT FALSE"""
# A row without a value says nothing; an estimate gives way to what was measured, and says nothing
# against it.
GIVES_WAY = "(r.{quantity} IS NULL OR {is_estimate} AND NOT f.is_estimated)"
CONTRADICTS = f"""{IS_OTHER} AND r.{{quantity}} IS NOT NULL
                     AND ({{is_estimate}} OR NOT f.is_estimated)"""


def _lies_across(reach: str) -> str:
    """Whether a row's interval would lie across one that is stored: both would count its energy.

    reach: of the rows' own interval. A stored one before may be shorter, of another meter.
    """
    return f"""r.time > f.time - {reach} AND r.time < f.time + {reach}
                   AND f.time - r.time < coalesce({{meter_interval}}, {reach})
                   AND r.{{quantity}} IS NOT NULL"""


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
                                          AND NOT {is_estimate}{carrier}
                                          AND r.{quantity} IS NOT NULL)
"""
STORED_AMONG = """
SELECT r.time FROM {table} AS r
WHERE r.machine_id = $1 AND r.time = ANY ($2::timestamptz[]){carrier}
"""
LAST_BEFORE = """
SELECT max(r.time) FROM {table} AS r
WHERE r.machine_id = $1 AND r.time >= $2 AND r.time < $3{carrier}
"""
# The last reading up to a moment, or else the first after it.
NEAREST = """
SELECT coalesce((SELECT max(r.time) FROM {table} AS r
                 WHERE r.machine_id = $1 AND r.time <= $2{carrier}),
                (SELECT min(r.time) FROM {table} AS r
                 WHERE r.machine_id = $1 AND r.time > $2{carrier}))
"""
# How many rows are stored as they are.
UNCHANGED = f"""
SELECT count(*) FROM arriving AS f
JOIN {{table}} AS r ON r.machine_id = $1 AND r.time > $2 AND r.time < $3
                   AND r.time = f.time{{carrier}}
WHERE NOT ({IS_OTHER})
"""
# Of new rows only: one that is stored itself is none.
ACROSS_STORED = f"""
WITH fresh AS MATERIALIZED (
    SELECT f.place, f.time FROM arriving AS f
    WHERE NOT EXISTS (SELECT FROM {{table}} AS r
                      WHERE r.machine_id = $1 AND r.time > $2 AND r.time < $3
                        AND r.time = f.time{{carrier}})
)
SELECT f.place FROM fresh AS f
WHERE EXISTS (SELECT FROM {{table}} AS r
              WHERE r.machine_id = $1 AND {_lies_across("$4::interval")}{{carrier}})
"""
STORE = """
INSERT INTO {table} (machine_id, time, {columns})
SELECT $1::uuid, f.time, {values} FROM arriving AS f ORDER BY f.time
ON CONFLICT DO NOTHING
"""
# Rows against what is stored for their time.
CONTRADICTIONS = f"""
SELECT f.place FROM arriving AS f
JOIN {{table}} AS r ON r.machine_id = $1 AND r.time > $2 AND r.time < $3
                   AND r.time = f.time{{carrier}}
WHERE {CONTRADICTS}
"""
REPLACE = f"""
UPDATE {{table}} AS r SET {{assignments}} FROM arriving AS f
WHERE r.machine_id = $1 AND r.time > $2 AND r.time < $3 AND r.time = f.time{{carrier}}
  AND {IS_OTHER}
"""
GIVE_WAY = f"{REPLACE}  AND {GIVES_WAY}"
FILL = f"{REPLACE}  AND r.{{quantity}} IS NULL"
# What is stored now for the times of the rows, what they tell, and how much of it the column rounds
# off.
HELD = """
SELECT sum(r.{quantity}::double precision) AS quantity, sum(f.quantity) AS told,
       sum(CAST(f.quantity AS {type})::double precision - f.quantity) AS rounding
FROM arriving AS f
JOIN {table} AS r ON r.machine_id = $1 AND r.time > $2 AND r.time < $3 AND r.time = f.time{carrier}
"""
# Rows that were stored a moment ago go back among those that wait for the end of the file. They
# came first, whatever their line.
TAKE_BACK = """
WITH gone AS (
    DELETE FROM {table} AS r WHERE r.machine_id = $1 AND r.time >= $2 AND r.time <= $3{carrier}
    RETURNING r.time, r.{quantity} AS value
)
INSERT INTO {staged} (time, value, line) SELECT time, value, 0 FROM gone
"""

# The same for rows of many machines, as messages bring them.
OF_MANY = """
unnest($1::integer[], $2::uuid[], $3::timestamptz[], $4::float8[], $5::boolean[])
    AS f (place, machine_id, time, quantity, is_estimated)
"""
OF_THEIR_TIME = "r.machine_id = f.machine_id AND r.time = f.time{carrier}"
# $6: the interval.
MANY_ACROSS_STORED = f"""
SELECT DISTINCT f.place FROM {OF_MANY}
JOIN {{table}} AS r ON r.machine_id = f.machine_id AND r.time <> f.time
                   AND {_lies_across("$6::interval")}{{carrier}}
"""
STORE_MANY = f"""
INSERT INTO {{table}} AS r (machine_id, time, {{columns}})
SELECT f.machine_id, f.time, {{values}} FROM {OF_MANY} ORDER BY f.machine_id, f.time
ON CONFLICT DO NOTHING RETURNING r.machine_id, r.time
"""
GIVE_WAY_TO_MANY = f"""
UPDATE {{table}} AS r SET {{assignments}} FROM {OF_MANY}
WHERE {OF_THEIR_TIME} AND {IS_OTHER} AND {GIVES_WAY} RETURNING r.machine_id, r.time
"""
# Of rows whose time is stored, whether they are against it.
MANY_STORED = f"""
SELECT f.place, {CONTRADICTS} AS contradicts FROM {OF_MANY} JOIN {{table}} AS r ON {OF_THEIR_TIME}
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
    zone: ZoneInfo | None = None,
) -> ReadingsTable:
    """The table of a source. interval: of the readings, which the table's rate is a mean of.

    zone: of the site, whose days have 23 to 25 hours; intervals in hours need none. origin: what
    the table's data_source tells of them.
    """
    rows = await connection.fetch(COLUMN_TYPES, source.readings_table)
    types = {row["attname"]: row["type"] for row in rows}
    name, quantity = source.readings_table, source.consumption_column
    values = {quantity: "f.quantity"}
    if source.rate_column is not None:
        values[source.rate_column] = f"f.quantity / {_hours(interval, zone)}"
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
        "is_estimate": "(r.is_estimated IS TRUE)" if has_estimates else "false",
        "meter_interval": METER_INTERVAL.format(source=literal(str(source.id))),
    }
    return ReadingsTable(types[quantity] == "double precision", has_estimates, names)


def _hours(interval: timedelta, zone: ZoneInfo | None) -> str:
    """SQL of the hours that a row's interval has."""
    if zone is None or interval % DAY:
        return repr(interval / HOUR)
    return HOURS_OF_DAYS.format(zone=literal(zone.key), days=interval // DAY)
