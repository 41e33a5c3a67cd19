"""Which rollups there should be, and with which columns: told by the registers, not by code.

A readings table gets a rollup when an energy source names it, or a feature does. Consumption is
summed; the rate of a source and the columns of AVG, MIN and MAX features are averaged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import asyncpg

from enms_core.storage.json_paths import JSON_TYPES, is_path, path_name, split_path

OWNERS = ("machine_id", "factory_id")
KEY_TYPES = frozenset({"text", "character varying", "boolean"})
# What is computed otherwise (CUSTOM) is computed from means: degree days from temperatures.
AVERAGED = frozenset({"AVG", "MIN", "MAX", "CUSTOM"})
# What production is asked for beyond its features: good and rejected units, downtime.
ALWAYS_SUMMED: Mapping[str, tuple[str, ...]] = {
    "production_data": ("production_count", "good_count", "reject_count", "downtime_seconds")
}
# PostgreSQL cuts names off that have more bytes; the longest suffixes of ours.
MAX_TABLE_BYTES = 63 - len("_15min_data")
MAX_COLUMN_BYTES = 63 - len("_seconds")
# What a rollup has beside the columns that it makes of others, and what those end in.
OWN_COLUMNS = frozenset(
    {
        *("bucket", "machine_id", "factory_id", "first_time", "last_time"),
        *("reading_count", "estimated_count", "backfill_count", "estimated_share"),
        *("expected_count", "covered_seconds"),
        *("content_sum", "content_quantity", "content_count"),
    }
)
PARTS = ("sum", "count", "mean", "min", "max", "seconds")


@dataclass(frozen=True)
class RollupShape:
    """The columns of one rollup.

    owner: machine_id or factory_id. keys: further columns of the primary key, such as the one that
    tells carriers apart. measure: the consumption column of the table's sources; None where it is
    no carrier's. content: the column that tells a row's energy content. summed, averaged: columns,
    and paths into one of JSON (json_paths.py), which have an arrow in their names.
    """

    readings_table: str
    owner: str
    keys: tuple[str, ...] = ()
    measure: str | None = None
    content: str | None = None
    carrier_column: str | None = None
    summed: tuple[str, ...] = ()
    averaged: tuple[str, ...] = ()
    has_estimates: bool = False
    has_origin: bool = False


def shape_of(stored: Mapping[str, Any]) -> RollupShape:
    """A shape as `enms.rollups` keeps it; what only another version of ours knows is left out."""
    known = {each.name for each in fields(RollupShape)} & stored.keys()
    values: dict[str, Any] = {name: stored[name] for name in known}
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return RollupShape(**values)


# Where readings go, by the sources' rows.
SOURCES = """
SELECT readings_table, consumption_column, rate_column, energy_content_column, carrier_column
FROM energy_sources
WHERE readings_table IS NOT NULL AND consumption_column IS NOT NULL
ORDER BY name
"""

# What is asked of which column, by the features' rows.
FEATURES = """
SELECT source_table, source_column, aggregation_function
FROM energy_source_features
WHERE source_table IS NOT NULL AND source_column IS NOT NULL
ORDER BY source_table, source_column
"""

# The columns of some tables, and which of them hold numbers.
COLUMNS = """
SELECT t.name AS table_name, a.attname AS column_name, a.atttypid::regtype::text AS type,
       y.typcategory = 'N' AS is_number
FROM unnest($1::text[]) AS t (name)
JOIN pg_class AS c ON c.oid = to_regclass(quote_ident(t.name)) AND c.relkind = 'r'
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type AS y ON y.oid = a.atttypid
ORDER BY t.name, a.attnum
"""

# The columns of the unique keys of some tables, primary keys and short ones first.
KEYS = """
SELECT t.name AS table_name, k.columns
FROM unnest($1::text[]) AS t (name)
JOIN pg_index AS i ON i.indrelid = to_regclass(quote_ident(t.name))
                  AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
CROSS JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY n.position) AS columns
    FROM unnest(i.indkey::smallint[]) WITH ORDINALITY AS n (number, position)
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = n.number
) AS k
ORDER BY t.name, i.indisprimary DESC, i.indnkeyatts, i.indexrelid
"""


@dataclass
class _Wanted:
    """What the registers ask of one table."""

    measure: str | None = None
    content: str | None = None
    carrier_column: str | None = None
    summed: dict[str, None] = field(default_factory=dict)
    averaged: dict[str, None] = field(default_factory=dict)


async def wanted_shapes(connection: asyncpg.Connection) -> dict[str, RollupShape]:
    """Shapes by readings table. Columns that do not exist, or hold no numbers, are left out."""
    wanted = _wanted(await connection.fetch(SOURCES), await connection.fetch(FEATURES))
    columns: dict[str, dict[str, asyncpg.Record]] = {}
    for row in await connection.fetch(COLUMNS, list(wanted)):
        columns.setdefault(row["table_name"], {})[row["column_name"]] = row
    keys: dict[str, list[list[str]]] = {}
    for row in await connection.fetch(KEYS, list(wanted)):
        keys.setdefault(row["table_name"], []).append(row["columns"])
    _add_own(wanted, columns)
    found = (
        _shape(table, asked, columns.get(table, {}), keys.get(table, []))
        for table, asked in wanted.items()
    )
    return {shape.readings_table: shape for shape in found if shape is not None}


def _wanted(sources: Iterable[Any], features: Iterable[Any]) -> dict[str, _Wanted]:
    wanted = {
        table: _Wanted(summed=dict.fromkeys(columns)) for table, columns in ALWAYS_SUMMED.items()
    }
    for row in sources:
        table = wanted.setdefault(row["readings_table"], _Wanted())
        table.measure = table.measure or row["consumption_column"]
        table.content = table.content or row["energy_content_column"]
        table.carrier_column = table.carrier_column or row["carrier_column"]
        table.summed[row["consumption_column"]] = None
        if row["rate_column"] is not None:
            table.averaged[row["rate_column"]] = None
    for row in features:
        table = wanted.setdefault(row["source_table"], _Wanted())
        name = path_name(*split_path(row["source_column"]))
        if row["aggregation_function"] == "SUM":
            table.summed[name] = None
        elif row["aggregation_function"] in AVERAGED:
            table.averaged[name] = None
    return wanted


def _add_own(wanted: Mapping[str, _Wanted], columns: Mapping[str, Mapping[str, Any]]) -> None:
    """What is asked of sites is asked of machines too: a machine's own value wins."""
    owners = {table: _owner(columns.get(table, {})) for table in wanted}
    of_sites = [table for table, owner in owners.items() if owner == "factory_id"]
    names = dict.fromkeys(name for table in of_sites for name in wanted[table].averaged)
    for table, asked in wanted.items():
        if owners[table] == "machine_id" and asked.measure is None:
            asked.averaged |= {name: None for name in names if name in columns[table]}


def _shape(
    table: str, wanted: _Wanted, columns: Mapping[str, Any], keys: Sequence[Sequence[str]]
) -> RollupShape | None:
    """None where the table is missing, has no usable time, owner, column or name."""
    owner = _owner(columns)
    numbers = {name for name, row in columns.items() if row["is_number"] and not is_path(name)}
    numbers |= _in_json(columns, (*wanted.summed, *wanted.averaged))
    summed = tuple(name for name in wanted.summed if name in numbers and _has_room(name))
    averaged = tuple(
        name for name in wanted.averaged if name in numbers - set(summed) and _has_room(name)
    )
    has_time = _is_of(columns, "time", "timestamp with time zone")
    if owner is None or not has_time or not (summed or averaged):
        return None
    carrier = wanted.carrier_column if wanted.carrier_column in columns else None
    measure = wanted.measure if wanted.measure in summed else None
    more_keys = _more_keys(owner, carrier, keys, columns)
    taken = OWN_COLUMNS.union(*map(_made_of, (*summed, *averaged)))
    if len(table.encode()) > MAX_TABLE_BYTES or not taken.isdisjoint(more_keys):
        return None
    return RollupShape(
        readings_table=table,
        owner=owner,
        keys=more_keys,
        measure=measure,
        content=wanted.content if measure and wanted.content in numbers else None,
        carrier_column=carrier,
        summed=summed,
        averaged=averaged,
        has_estimates=_is_of(columns, "is_estimated", "boolean"),
        has_origin="data_source" in columns,
    )


def _owner(columns: Mapping[str, Any]) -> str | None:
    return next((name for name in OWNERS if _is_of(columns, name, "uuid")), None)


def _in_json(columns: Mapping[str, Any], names: Iterable[str]) -> set[str]:
    """Names that are paths into a column of JSON."""
    paths = ((name, split_path(name)[0]) for name in names if is_path(name))
    return {name for name, column in paths if columns.get(column, {}).get("type") in JSON_TYPES}


def _has_room(name: str) -> bool:
    """Whether what a rollup makes of a column has names that are free and short enough."""
    return len(name.encode()) <= MAX_COLUMN_BYTES and OWN_COLUMNS.isdisjoint(_made_of(name))


def _made_of(name: str) -> set[str]:
    return {f"{name}_{part}" for part in PARTS}


def _is_of(columns: Mapping[str, Any], name: str, kind: str) -> bool:
    return name in columns and columns[name]["type"] == kind


def _more_keys(
    owner: str,
    carrier: str | None,
    keys: Iterable[Collection[str]],
    columns: Mapping[str, Any],
) -> tuple[str, ...]:
    """What tells rows of one owner and instant apart; a running number does not."""
    unique: Collection[str] = next((key for key in keys if {owner, "time"} <= set(key)), ())
    more = [name for name in unique if columns[name]["type"] in KEY_TYPES]
    if carrier is not None and carrier not in more:
        more.append(carrier)
    return tuple(more)
