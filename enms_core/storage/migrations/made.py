"""The record of what the migrations made, so that going back takes away exactly that.

In an adopted database tables and columns of ours stand beside theirs, and their names do not tell
whose they are. Names are recorded quoted and with their schema.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

LOG = logging.getLogger(__name__)
# Classes of SQLSTATE: data exception, integrity constraint violation.
FORBIDDEN = frozenset({"22", "23"})
LEFT_OUT = "the data do not allow this, it was left out: %s"

# kind `replaced` is an object of theirs that had to go: its definition brings it back.
RECORD = """
CREATE TABLE enms.made_objects (
    position    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision    text NOT NULL,
    kind        text NOT NULL
        CHECK (kind IN ('table', 'column', 'row', 'constraint', 'index', 'replaced')),
    relation    text NOT NULL,
    name        text,
    definition  text
)
"""
ADD = """
INSERT INTO enms.made_objects (revision, kind, relation, name, definition)
VALUES (:revision, :kind, :relation, :name, :definition)
"""
# The latest first: what was made upon something goes before it; rows go when no table of ours can
# refer to them any more, if need be with an earlier revision.
MADE = """
SELECT position, kind, relation, name, definition FROM enms.made_objects
WHERE revision >= :revision ORDER BY kind = 'row', position DESC
"""
FORGET = "DELETE FROM enms.made_objects WHERE position = :position"
TAKE_AWAY = {
    "table": "DROP TABLE IF EXISTS {relation}",
    "column": "ALTER TABLE IF EXISTS {relation} DROP COLUMN IF EXISTS {name}",
    "row": "DELETE FROM {relation} WHERE id = {name}",
    "constraint": "ALTER TABLE {relation} DROP CONSTRAINT IF EXISTS {name}",
    "index": "DROP INDEX IF EXISTS {relation}",
    "replaced": "{definition}",
}
# A relation's name as it is recorded; NULL where there is none.
FULL_NAME = """
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.oid = to_regclass(:name)
"""
MADE_TABLE = """
SELECT EXISTS (SELECT FROM enms.made_objects WHERE kind = 'table' AND relation = :relation)
"""
MADE_COLUMNS = """
SELECT name FROM enms.made_objects WHERE kind = 'column' AND relation = :relation
"""


def start_record(connection: Connection) -> None:
    connection.execute(text(RECORD))


def has_record(connection: Connection) -> bool:
    """False where revision 0001 was made before there was a record: then all tables are ours."""
    return full_name(connection, "enms.made_objects") is not None


def end_record(connection: Connection) -> None:
    connection.execute(text("DROP TABLE enms.made_objects"))


def full_name(connection: Connection, name: str) -> str | None:
    """Schema and name of a relation, quoted; None where there is none of the name."""
    found: str | None = connection.execute(text(FULL_NAME), {"name": name}).scalar()
    return found


def record(
    connection: Connection,
    revision: str,
    kind: str,
    relation: str,
    name: str | None = None,
    definition: str | None = None,
) -> None:
    """Note an object; `relation` and `name` are quoted, the former with its schema."""
    noted = {"kind": kind, "relation": relation, "name": name, "definition": definition}
    connection.execute(text(ADD), {"revision": revision, **noted})


def record_tables(connection: Connection, revision: str, tables: Iterable[str]) -> None:
    for table in tables:
        relation = full_name(connection, table)
        if relation is not None:
            record(connection, revision, "table", relation)


def record_row(connection: Connection, revision: str, table: str, row_id: object) -> None:
    """Note a row that was put into a table of theirs."""
    relation = full_name(connection, table)
    assert relation is not None
    record(connection, revision, "row", relation, f"'{row_id}'")


def is_ours(connection: Connection, table: str) -> bool:
    """Whether the migrations made a table (or there is none of that name)."""
    relation = full_name(connection, table)
    known = {"relation": relation}
    return relation is None or bool(connection.execute(text(MADE_TABLE), known).scalar())


def columns_of_ours(connection: Connection, table: str) -> frozenset[str]:
    """Quoted names of the columns that the migrations added to a table of theirs."""
    known = {"relation": full_name(connection, table)}
    return frozenset(connection.execute(text(MADE_COLUMNS), known).scalars())


def take_away(connection: Connection, revision: str) -> None:
    """Undo what a revision made, and what of later ones could not go before."""
    for made in connection.execute(text(MADE), {"revision": revision}).mappings().all():
        statement = TAKE_AWAY[made["kind"]].format(**made)
        if attempt(connection, statement):
            connection.execute(text(FORGET), {"position": made["position"]})
        else:
            LOG.warning(LEFT_OUT, statement)


@contextmanager
def where_allowed(connection: Connection, what: str) -> Iterator[None]:
    """Write rows into a table of theirs: all of the block, or nothing where its rules forbid it."""
    try:
        with connection.begin_nested():
            yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "")[:2] not in FORBIDDEN:
            raise
        LOG.warning(LEFT_OUT, what)


def attempt(connection: Connection, statement: str) -> bool:
    """Run a statement of the schema; False, and nothing done, where the data do not allow it."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(statement)
    except IntegrityError:
        return False
    return True
