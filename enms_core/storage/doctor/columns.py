"""Which tables and columns there are to examine, and which of them a source's readings use.

The database's catalogue is read once and as a whole, because checks follow from types and names of
columns too; a name gets into a statement only as the database itself quoted it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.database import Database
from enms_core.storage.source_tables import spelled

# Columns of every table on the search path, with their names as SQL writes them.
COLUMNS = """
SELECT c.relname AS "table", a.attname AS name, quote_ident(a.attname) AS quoted,
       quote_literal(a.attname) AS literal, quote_ident(c.relname) AS quoted_table,
       format_type(a.atttypid, NULL) AS type,
       NOT a.attnotnull AS is_nullable
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)
  AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
ORDER BY c.relname, a.attnum
"""
# The energy sources, and where their readings are.
SOURCES = """
SELECT id, name, unit, coalesce(readings_table, ''), coalesce(consumption_column, ''),
       coalesce(rate_column, ''), carrier_column, carrier_value
FROM energy_sources
ORDER BY name
"""
# Tables that drivers are read from.
FEATURE_TABLES = """
SELECT DISTINCT source_table FROM energy_source_features WHERE source_table IS NOT NULL ORDER BY 1
"""

COST_COLUMNS = ("cost", "energy_cost")
TARIFF_COLUMNS = ("rate_per_unit", "tariff_rate", "rate")
FLOATS = frozenset({"real", "double precision", "numeric"})
NUMBERS = FLOATS | {"smallint", "integer", "bigint"}


@dataclass(frozen=True)
class Column:
    """A column of the database: in SQL `quoted` names it, and `literal` is its name as a text."""

    name: str
    quoted: str
    literal: str
    quoted_table: str
    type: str
    is_nullable: bool


Columns: TypeAlias = "Mapping[str, Mapping[str, Column]]"


@dataclass(frozen=True)
class Source:
    """An energy source as its register tells it; names of tables and columns are not checked.

    table, quantity and rate are empty where the register has none; only a rate can be missed.
    """

    id: UUID
    name: str
    unit: str | None
    table: str
    quantity: str
    rate: str
    carrier_column: str | None
    carrier_value: str | None

    @property
    def named(self) -> tuple[str, ...]:
        """The columns of the readings table that must be there."""
        optional = (self.rate, self.carrier_column)
        return ("time", "machine_id", self.quantity, *(name for name in optional if name))

    @property
    def kwh_per_unit(self) -> float | None:
        """kWh in one unit of a source that is metered in energy."""
        return KWH_PER_UNIT.get(spelled(self.unit or ""))


async def load_columns(database: Database) -> Columns:
    """All columns by table and name."""
    found: dict[str, dict[str, Column]] = {}
    for row in await database.fetch(COLUMNS):
        values = {name: row[name] for name in ("name", "quoted", "literal", "quoted_table", "type")}
        column = Column(**values, is_nullable=row["is_nullable"])
        found.setdefault(row["table"], {})[column.name] = column
    return found


async def load_sources(database: Database) -> tuple[Source, ...]:
    """All energy sources, by name."""
    return tuple(Source(*row.values()) for row in await database.fetch(SOURCES))


async def feature_tables(database: Database) -> tuple[str, ...]:
    """Tables that the registered drivers are read from; some may not exist."""
    return tuple(row["source_table"] for row in await database.fetch(FEATURE_TABLES))


def missing(columns: Columns, table: str, names: Iterable[str]) -> str | None:
    """What a check cannot do without and the database has not, as a name; None: all is there."""
    if table not in columns:
        return table or "readings_table"
    there = columns[table]
    for name in names:
        if name not in there:
            return f"{table}.{name}" if name else "consumption_column"
        if name == "time" and there[name].type != "timestamp with time zone":
            return f"time zone of {table}.time"
    return None
