"""Columns and keys that an adopted table has otherwise than ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Integer,
    Text,
    Time,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from enms_core.storage.adoption_finding import Finding
from enms_core.storage.registers import REGISTERS
from enms_core.storage.source_tables import (
    NUMBERS,
    WITH_ZONE,
    WITHOUT_ZONE,
    Relation,
    SourceRow,
)

# Tables of values in time beside the readings of sources, with what a row of them must have.
TIMED_TABLES: Mapping[str, tuple[str, ...]] = {
    "production_data": ("machine_id", "production_count"),
    "environmental_data": ("machine_id",),
    "site_weather": ("factory_id",),
    "production_plan": ("machine_id", "planned_count"),
    "machine_status_history": ("machine_id", "is_running", "mode"),
}
# Of what type that is; the others are quantities.
TIMED_TYPES: Mapping[str, TypeEngine[Any]] = {
    "time": DateTime(),
    "machine_id": Uuid(),
    "factory_id": Uuid(),
    "is_running": Boolean(),
    "mode": Text(),
}
# Types that serve, by that of our column; ours comes first.
ACCEPTED: tuple[tuple[type[TypeEngine[Any]], tuple[str, ...]], ...] = (
    (Uuid, ("uuid",)),
    (Double, ("double precision", *NUMBERS)),
    (Integer, ("integer", *NUMBERS)),
    (Text, ("text", "character varying", "character")),
    (Boolean, ("boolean",)),
    (DateTime, (WITH_ZONE,)),
    (Date, ("date", WITH_ZONE, WITHOUT_ZONE)),
    (Time, ("time without time zone",)),
    (JSONB, ("jsonb", "json")),
)
# Columns of register tables that need a value, and whether they give themselves one.
OWN_VALUES = """
SELECT c.relname AS relation, a.attname AS name,
       a.atthasdef OR a.attidentity <> '' AS has_value
FROM unnest(CAST(:names AS text[])) AS t (name)
JOIN pg_class AS c ON c.oid = to_regclass(quote_ident(t.name))
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE a.attnotnull OR a.atthasdef OR a.attidentity <> ''
"""


def column_findings(connection: Connection, relations: Mapping[str, Relation]) -> Iterator[Finding]:
    """Columns that are missing, of a wrong type, without a zone, or that only theirs can fill."""
    registers = {
        str(register.__tablename__): list(register.metadata.tables[_key(register)].columns)
        for register in REGISTERS
        if str(register.__tablename__) in relations
    }
    fills_itself: dict[str, dict[str, bool]] = {}
    for row in connection.execute(text(OWN_VALUES), {"names": sorted(registers)}):
        fills_itself.setdefault(row.relation, {})[row.name] = row.has_value
    for table, columns in registers.items():
        own = fills_itself.get(table, {})
        yield from _of_register(relations[table], columns, own)
    for table, needed in TIMED_TABLES.items():
        if table in relations:
            yield from _of_timed(relations[table], needed)


def key_findings(
    relations: Mapping[str, Relation], sources: Iterable[SourceRow]
) -> Iterator[Finding]:
    """Tables of readings in which one reading can be there twice."""
    wanted = {table: (needed[0], "is_forecast") for table, needed in TIMED_TABLES.items()}
    for source in sources:
        if source.readings_table is not None:
            carrier = source.carrier_column or ""
            wanted[source.readings_table] = ("machine_id", carrier)
    for table, (owner, more) in wanted.items():
        relation = relations.get(table)
        if relation is None or {owner, "time"} - relation.types.keys():
            continue
        columns = [owner, "time", *({more} & relation.types.keys())]
        if not relation.is_unique_by(columns):
            yield Finding(table, "key_missing", {"columns": ", ".join(columns)})


def _key(register: Any) -> str:
    schema = register.__table__.schema
    return f"{schema}.{register.__tablename__}" if schema else str(register.__tablename__)


def _of_register(
    relation: Relation, columns: Iterable[Column[Any]], fills_itself: Mapping[str, bool]
) -> Iterator[Finding]:
    known = {column.name: column for column in columns}
    for name, column in known.items():
        found = relation.types.get(name)
        # A key that the table counts itself is as good as ours.
        if found is not None and not (column.primary_key and fills_itself.get(name)):
            yield from _of_type(relation.name, name, found, column.type)
        elif found is None:
            yield Finding(relation.name, "column_missing", {"column": name})
    without_zone = [
        name
        for name, column in known.items()
        if isinstance(column.type, DateTime) and relation.types.get(name) == WITHOUT_ZONE
    ]
    if without_zone:
        facts = {"columns": ", ".join(without_zone)}
        yield Finding(relation.name, "timestamp_without_zone", facts)
    for name, has_value in fills_itself.items():
        if name not in known and not has_value:
            yield Finding(relation.name, "required_column", {"column": name})


def _of_type(table: str, column: str, found: str, wanted: TypeEngine[Any]) -> Iterator[Finding]:
    is_time = isinstance(wanted, DateTime) and found == WITHOUT_ZONE  # told of the table at once
    accepted = _accepted(wanted)
    if not is_time and found not in accepted:
        facts = {"column": column, "found": found, "needed": accepted[0]}
        yield Finding(table, "wrong_type", facts)


def _accepted(wanted: TypeEngine[Any]) -> tuple[str, ...]:
    if isinstance(wanted, ARRAY):
        return tuple(f"{name}[]" for name in _accepted(wanted.item_type))
    return next(types for kind, types in ACCEPTED if isinstance(wanted, kind))


def _of_timed(relation: Relation, needed: Iterable[str]) -> Iterator[Finding]:
    for name in ("time", *needed):
        found = relation.types.get(name)
        if found is None:
            yield Finding(relation.name, "column_missing", {"column": name})
        else:
            yield from _of_type(relation.name, name, found, TIMED_TYPES.get(name, Double()))
    if relation.types.get("time") == WITHOUT_ZONE:
        yield Finding(relation.name, "timestamp_without_zone", {"columns": "time"})
