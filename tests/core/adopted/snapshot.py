"""Everything that a database has, to be compared before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

OWN = "n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema'"
OBJECTS = {
    "schema": f"SELECT nspname FROM pg_namespace AS n WHERE {OWN}",
    "relation": f"""
        SELECT n.nspname, c.relname, c.relkind::text, obj_description(c.oid)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE {OWN}""",
    "column": f"""
        SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
               a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'i' AND {OWN}""",
    "constraint": f"""
        SELECT con.conrelid::regclass::text, con.conname, pg_get_constraintdef(con.oid)
        FROM pg_constraint AS con JOIN pg_namespace AS n ON n.oid = con.connamespace WHERE {OWN}""",
    "index": f"""
        SELECT pg_get_indexdef(i.indexrelid)
        FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE {OWN}""",
    "view": f"SELECT schemaname, viewname, definition FROM pg_views AS v "
    f"JOIN pg_namespace AS n ON n.nspname = v.schemaname WHERE {OWN}",
    "function": f"""
        SELECT n.nspname, pg_get_functiondef(p.oid)
        FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE {OWN}""",
    "trigger": f"""
        SELECT pg_get_triggerdef(t.oid) FROM pg_trigger AS t
        JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND {OWN}""",
    "sequence": "SELECT schemaname, sequencename, last_value FROM pg_sequences",
}


@dataclass(frozen=True)
class Snapshot:
    """The objects of a database, and the rows of its tables in the columns they had."""

    objects: frozenset[tuple[object, ...]]
    rows: dict[tuple[str, str], tuple[tuple[str, ...], str]]


def snapshot(url: str, like: Snapshot | None = None) -> Snapshot:
    """All there is; rows of the tables and columns of `like` where one is given."""
    with psycopg.connect(url) as connection:
        objects = {
            (kind, *row)
            for kind, query in OBJECTS.items()
            for row in connection.execute(query.encode())
        }
        columns = _columns(objects) if like is None else {k: v for k, (v, _) in like.rows.items()}
        rows = {
            table: (names, _digest(connection, table, names)) for table, names in columns.items()
        }
    return Snapshot(frozenset(objects), rows)


def _columns(objects: Iterable[tuple[object, ...]]) -> dict[tuple[str, str], tuple[str, ...]]:
    objects = list(objects)
    tables = [(str(o[1]), str(o[2])) for o in objects if o[0] == "relation" and o[3] == "r"]
    return {
        (schema, table): tuple(
            sorted(str(o[3]) for o in objects if o[:3] == ("column", schema, table))
        )
        for schema, table in tables
    }


def _digest(
    connection: psycopg.Connection, table: tuple[str, str], columns: tuple[str, ...]
) -> str:
    """Number and hash of all rows of a table, whatever their order."""
    query = sql.SQL(
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') "
        "FROM (SELECT {columns} FROM {table}) AS r"
    ).format(columns=sql.SQL(", ").join(map(sql.Identifier, columns)), table=sql.Identifier(*table))
    row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])
