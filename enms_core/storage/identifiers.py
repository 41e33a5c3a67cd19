"""Names of tables and columns that come from rows: checked against the database, then quoted."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

from enms_core.domain.errors import QueryFailed
from enms_core.storage.database import Database

# A table, and a column of it where one is asked for, on the search path; NULL where there is none.
QUOTED_TABLE = """
SELECT to_regclass(quote_ident($1))::text
"""
QUOTED_COLUMN = """
SELECT quote_ident(attname)
FROM pg_attribute
WHERE attrelid = to_regclass(quote_ident($1)) AND attname = $2 AND attnum > 0 AND NOT attisdropped
"""


Asked = ParamSpec("Asked")
Answered = TypeVar("Answered")
FetchValue = Callable[..., Awaitable[Any]]


async def quoted(fetch_value: FetchValue, table: str, column: str | None = None) -> str:
    """The quoted name of a table, or of one of its columns; refuses what does not exist."""
    found = await (
        fetch_value(QUOTED_TABLE, table)
        if column is None
        else fetch_value(QUOTED_COLUMN, table, column)
    )
    if found is None:
        raise QueryFailed(f"no table {table}" if column is None else f"no column {table}.{column}")
    return str(found)


async def checked_identifier(database: Database, table: str, column: str | None = None) -> str:
    """The same, asked of a database once only."""
    known = database.identifiers
    key = (table, column)
    if key not in known:
        known[key] = await quoted(database.fetch_value, table, column)
    return known[key]


def looked_up_again(
    ask: Callable[Asked, Awaitable[Answered]],
) -> Callable[Asked, Awaitable[Answered]]:
    """Ask a second time where the server refused: a table or rollup that was remembered may have
    been made anew since, and a refused statement made the database forget what it remembered."""

    @functools.wraps(ask)
    async def asked(*values: Asked.args, **named: Asked.kwargs) -> Answered:
        try:
            return await ask(*values, **named)
        except QueryFailed:
            return await ask(*values, **named)

    return asked
