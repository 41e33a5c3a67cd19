"""The one border at which the drivers' errors become ours."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError

from enms_core.domain.errors import (
    QueryFailed,
    StorageError,
    StorageTimeout,
    StorageUnavailable,
    ValueRefused,
)

# A server that refuses, vanishes or is starting appears as any of these.
UNAVAILABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # A connection that an ending server said goodbye on, used before its end was noticed.
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
OUT_OF_TIME = (
    TimeoutError,
    asyncio.TimeoutError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
)
# What a column's type, a check, an index or a trigger says against a value. Trying again is of no
# use, as it is with a full disk or a table that is not there.
VALUE_REFUSED = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
    asyncpg.PLPGSQLError,
    asyncpg.WithCheckOptionViolationError,
)


@contextmanager
def wrapped_errors() -> Iterator[None]:
    """Raise StorageUnavailable or QueryFailed for what a driver raises inside the block."""
    try:
        yield
    except DBAPIError as error:  # SQLAlchemy's coat around asyncpg's error
        cause = error.orig.__cause__ if error.orig is not None else None
        raise _ours(cause or error) from error
    except (*OUT_OF_TIME, *UNAVAILABLE, asyncpg.PostgresError) as error:
        raise _ours(error) from error


def _ours(error: BaseException) -> StorageError:
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, OUT_OF_TIME):
        return StorageTimeout(reason)
    if isinstance(error, UNAVAILABLE):
        return StorageUnavailable(reason)
    return ValueRefused(reason) if isinstance(error, VALUE_REFUSED) else QueryFailed(reason)
