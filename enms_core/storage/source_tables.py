"""What the database says of the tables that rows name, and whether a source's can be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.adoption_finding import Finding

# Numbers may be of any type in an adopted database.
SOURCES = """
SELECT id, name, unit, is_purchased, CAST(kwh_per_unit AS double precision) AS kwh_per_unit,
       readings_table, consumption_column, energy_content_column, energy_content_unit,
       CAST(reference_content AS double precision) AS reference_content,
       carrier_column, carrier_value
FROM energy_sources ORDER BY created_at, name
"""
# Columns and their types of some relations on the search path.
COLUMNS = """
SELECT t.name AS relation, a.attname AS name, format_type(a.atttypid, NULL) AS type
FROM unnest(CAST(:names AS text[])) AS t (name)
JOIN pg_attribute AS a ON a.attrelid = to_regclass(quote_ident(t.name))
                      AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY t.name, a.attnum
"""
# The columns of their unique keys, the oldest key first.
KEYS = """
SELECT t.name AS relation,
       ARRAY(SELECT a.attname::text FROM pg_attribute AS a
             WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) AS columns
FROM unnest(CAST(:names AS text[])) AS t (name)
JOIN pg_index AS i ON i.indrelid = to_regclass(quote_ident(t.name))
                  AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
ORDER BY t.name, i.indexrelid
"""

WITH_ZONE = "timestamp with time zone"
WITHOUT_ZONE = "timestamp without time zone"
NUMBERS = frozenset({"double precision", "real", "numeric", "integer", "bigint", "smallint"})
SPELLINGS = {unit.casefold(): unit for unit in KWH_PER_UNIT} | {"m3": "m³", "nm3": "Nm³"}
# The name that a column of several carriers has where no key tells it.
USUAL_CARRIER_COLUMN = "energy_type"


@dataclass(frozen=True)
class Relation:
    """A table or view: types by column, and the columns of each unique key."""

    name: str
    types: Mapping[str, str]
    keys: tuple[frozenset[str], ...] = ()

    @property
    def carrier_column(self) -> str | None:
        """What tells several carriers of one machine and time apart; None for one carrier.

        The third column of a unique key; without any key over machine and time, the usual name.
        """
        if {"machine_id", "time"} in self.keys:
            return None
        for key in self.keys:
            more = key - {"machine_id", "time"}
            if len(key) == 3 and len(more) == 1:
                return next(iter(more))
        return USUAL_CARRIER_COLUMN if USUAL_CARRIER_COLUMN in self.types else None

    def is_unique_by(self, columns: Iterable[str]) -> bool:
        """Whether a key is made of these columns or of some of them."""
        return any(key <= set(columns) for key in self.keys)


@dataclass(frozen=True)
class SourceRow:
    """A row of energy_sources as it stands, with what an adopted database may leave open."""

    id: UUID
    name: str
    unit: str | None
    is_purchased: bool | None
    kwh_per_unit: float | None
    readings_table: str | None
    consumption_column: str | None
    energy_content_column: str | None
    energy_content_unit: str | None
    reference_content: float | None
    carrier_column: str | None
    carrier_value: str | None


def read_sources(connection: Connection) -> tuple[SourceRow, ...]:
    """All energy sources, in the order of their registration."""
    return tuple(SourceRow(**row) for row in connection.execute(text(SOURCES)).mappings())


def read_relations(connection: Connection, names: Iterable[str | None]) -> dict[str, Relation]:
    """The relations of these names, as far as there are any."""
    known = {"names": sorted({name for name in names if name is not None})}
    types: dict[str, dict[str, str]] = {}
    for row in connection.execute(text(COLUMNS), known):
        types.setdefault(row.relation, {})[row.name] = row.type
    keys: dict[str, list[frozenset[str]]] = {}
    for row in connection.execute(text(KEYS), known):
        keys.setdefault(row.relation, []).append(frozenset(row.columns))
    return {
        name: Relation(name, columns, tuple(keys.get(name, ()))) for name, columns in types.items()
    }


def fault_of(source: SourceRow, relations: Mapping[str, Relation]) -> Finding | None:
    """The first reason why a source cannot be answered; None where it can."""
    facts: dict[str, object] = {"source": source.name}
    if source.readings_table is None or source.consumption_column is None:
        return Finding("energy_sources", "source_without_readings", facts)
    table = relations.get(source.readings_table)
    if table is None:
        return Finding(source.readings_table, "readings_table_missing", facts)
    for needed in (source.consumption_column, source.energy_content_column, source.carrier_column):
        if needed is not None and needed not in table.types:
            return Finding(table.name, "readings_column_missing", {**facts, "column": needed})
    return (
        _fault_of_types(source.consumption_column, table)
        or _fault_of_carrier(source, table)
        or _fault_of_unit(source, table)
    )


def spelled(unit: str) -> str:
    """A unit as ours are written: "KWH" is kWh, "m3" is m³; others stay as they are."""
    return SPELLINGS.get(unit.strip().casefold(), unit.strip())


def plain_name(name: str) -> str:
    """A source's name as it stands in questions and answers.

    >>> plain_name("Natural Gas")
    'natural_gas'
    """
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


def _fault_of_types(consumption_column: str, table: Relation) -> Finding | None:
    if table.types.get("time") == WITHOUT_ZONE:
        return Finding(table.name, "timestamp_without_zone", {"columns": "time"})
    wanted = (
        ("time", frozenset({WITH_ZONE})),
        ("machine_id", frozenset({"uuid"})),
        (consumption_column, NUMBERS),
    )
    for column, types in wanted:
        found = table.types.get(column)
        if found not in types:
            needed = "a number" if types is NUMBERS else min(types)
            facts = {"column": column, "found": found or "no such column", "needed": needed}
            return Finding(table.name, "wrong_type", facts)
    return None


def _fault_of_carrier(source: SourceRow, table: Relation) -> Finding | None:
    """Rows of other carriers must not be counted as this one's."""
    is_told = None not in (source.carrier_column, source.carrier_value)
    if table.carrier_column is None or is_told:
        return None
    facts = {"source": source.name, "column": table.carrier_column}
    return Finding(table.name, "carrier_unknown", facts)


def _fault_of_unit(source: SourceRow, table: Relation) -> Finding | None:
    """A column in kWh of a source in another unit: the amount or the price would be wrong."""
    column = source.consumption_column or ""
    if not column.endswith("_kwh") or spelled(source.unit or "") == "kWh":
        return None
    facts = {"source": source.name, "column": column, "unit": source.unit}
    return Finding(table.name, "unit_contradicted", facts)
