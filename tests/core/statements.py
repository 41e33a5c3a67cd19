"""What reaches the database's drivers: the text of every statement, whoever sent it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Engine, event


@contextmanager
def recorded_statements() -> Iterator[set[str]]:
    """Texts of the statements of all connections that are opened from here on.

    asyncpg tells of its own, SQLAlchemy of those that it prepares on asyncpg's connections.
    """
    texts: set[str] = set()
    make = asyncpg.Connection.__init__

    def made(connection: asyncpg.Connection, *values: Any, **named: Any) -> None:
        make(connection, *values, **named)
        connection.add_query_logger(lambda query: texts.add(query.query))

    def prepared(_connection: object, _cursor: object, text: str, *_more: object) -> None:
        texts.add(text)

    event.listen(Engine, "before_cursor_execute", prepared)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(asyncpg.Connection, "__init__", made)
            yield texts
    finally:
        event.remove(Engine, "before_cursor_execute", prepared)
