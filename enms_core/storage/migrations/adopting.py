"""Making a table, or completing the one of that name that a database already has.

What is there is kept as it is: columns that it lacks are added, with their type and their default
and no further constraint, since rows that were there before need not meet one.
"""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.engine import RowMapping

from enms_core.domain.errors import StorageError
from enms_core.storage.migrations import made


class AdoptionRefused(StorageError):
    """A database has tables of our names that cannot be worked with; nothing was changed."""

    def __init__(self, table: str, found: str | None) -> None:
        super().__init__(
            f"this database cannot be used, nothing was changed: {table}.id must be a unique "
            f"column of type uuid, found {found or 'no such column'}"
        )
        self.table = table
        self.found = found


# Tables that ours refer to and whose `id` no foreign key of type uuid can point at.
UNFIT_KEYS = """
SELECT t.name,
       (SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a
        WHERE a.attrelid = to_regclass(t.name) AND a.attname = 'id' AND NOT a.attisdropped) AS found
FROM unnest(ARRAY['factories', 'machines', 'energy_sources', 'seus'])
     WITH ORDINALITY AS t (name, position)
WHERE to_regclass(t.name) IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM pg_index AS i
      JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = to_regclass(t.name) AND i.indisunique AND i.indimmediate
        AND i.indpred IS NULL AND i.indnkeyatts = 1
        AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype
  )
ORDER BY t.position
"""

IS_TABLE = "SELECT relkind IN ('r', 'p') FROM pg_class WHERE oid = to_regclass(:table)"

# Columns of the wanted table that the present one lacks.
MISSING_COLUMNS = """
SELECT quote_ident(w.attname) AS name, format_type(w.atttypid, w.atttypmod) AS type,
       pg_get_expr(d.adbin, d.adrelid) AS default_value,
       w.attnotnull AS is_required, w.attidentity <> '' AS is_counted
FROM pg_attribute AS w
LEFT JOIN pg_attrdef AS d ON d.adrelid = w.attrelid AND d.adnum = w.attnum
WHERE w.attrelid = 'enms.wanted'::regclass AND w.attnum > 0
  AND NOT EXISTS (SELECT FROM pg_attribute AS p
                  WHERE p.attrelid = to_regclass(:table) AND p.attname = w.attname
                    AND NOT p.attisdropped)
ORDER BY w.attnum
"""

# Unique indexes over these two columns, whatever their name, order and condition.
UNIQUE_OVER = """
SELECT CASE WHEN con.oid IS NULL THEN format('DROP INDEX %I.%I', n.nspname, c.relname)
            ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', CAST(:table AS text), con.conname)
       END AS removal,
       CASE WHEN con.oid IS NULL THEN pg_get_indexdef(c.oid)
            ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', CAST(:table AS text), con.conname,
                        pg_get_constraintdef(con.oid))
       END AS definition
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_constraint AS con ON con.conindid = c.oid AND con.contype IN ('p', 'u')
WHERE i.indrelid = to_regclass(:table) AND i.indisunique AND i.indexprs IS NULL
  AND i.indnkeyatts = 2
  AND (SELECT bool_and(a.attname = ANY (CAST(:columns AS text[])))
       FROM unnest((i.indkey::smallint[])[0:1]) AS k (number)
       JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number)
ORDER BY c.oid
"""


def refuse_unfit_keys(connection: Connection) -> None:
    """Raise AdoptionRefused where our foreign keys could not point at a table of theirs."""
    unfit = connection.execute(text(UNFIT_KEYS)).first()
    if unfit is not None:
        raise AdoptionRefused(unfit.name, unfit.found)


def make_or_complete(
    connection: Connection, revision: str, table: str, columns: str, with_required: bool = True
) -> None:
    """Make a table; where there is one, add what it lacks.

    with_required: add also the columns that must have a value and have no default, without
    requiring it. A view or foreign table of the name is left alone.
    """
    relation = made.full_name(connection, table)
    if relation is None:
        connection.exec_driver_sql(f"CREATE TABLE {table} ({columns})")
        made.record_tables(connection, revision, [table])
        return
    if not connection.execute(text(IS_TABLE), {"table": table}).scalar():
        return
    # The server itself reads our definition, from a table that is there for a moment only.
    connection.exec_driver_sql(f"CREATE TABLE enms.wanted ({columns})")
    missing = connection.execute(text(MISSING_COLUMNS), {"table": table}).mappings().all()
    connection.exec_driver_sql("DROP TABLE enms.wanted")
    for column in missing:
        has_value = column["default_value"] is not None or column["is_counted"]
        if has_value or with_required or not column["is_required"]:
            _add(connection, relation, column)
            made.record(connection, revision, "column", relation, column["name"])


def _add(connection: Connection, relation: str, column: RowMapping) -> None:
    definition = f"{column['name']} {column['type']}"
    if column["is_counted"]:
        definition += " GENERATED BY DEFAULT AS IDENTITY"
    elif column["default_value"] is not None:
        definition += f" DEFAULT {column['default_value']}"
        definition += " NOT NULL" if column["is_required"] else ""
    connection.exec_driver_sql(f"ALTER TABLE {relation} ADD COLUMN {definition}")


def replace_unique(
    connection: Connection, revision: str, table: str, old: list[str], new: list[str]
) -> None:
    """Replace every unique key over two columns of theirs by one over two others.

    Where the data do not allow the new one, there is none; the findings say so.
    """
    relation = made.full_name(connection, table)
    assert relation is not None
    for index in _unique_over(connection, relation, old):
        connection.exec_driver_sql(index["removal"])
        made.record(connection, revision, "replaced", relation, None, index["definition"])
    name = f"{table}_{'_'.join(new)}_key"
    statement = f"ALTER TABLE {relation} ADD CONSTRAINT {name} UNIQUE ({', '.join(new)})"
    if not _unique_over(connection, relation, new) and made.attempt(connection, statement):
        made.record(connection, revision, "constraint", relation, name)


def make_index(connection: Connection, revision: str, name: str, statement: str) -> None:
    """Make a unique index where the data allow it."""
    if made.attempt(connection, statement):
        index = made.full_name(connection, name)
        assert index is not None
        made.record(connection, revision, "index", index)


def _unique_over(connection: Connection, relation: str, columns: list[str]) -> list[RowMapping]:
    known = {"table": relation, "columns": columns}
    return list(connection.execute(text(UNIQUE_OVER), known).mappings())
