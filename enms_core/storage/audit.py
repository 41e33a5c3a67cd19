"""The audit log: every write that a person asked for, stored together with the write itself."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.storage.management import AuditLogRow
from enms_core.storage.sessions import RegisterStore

Facts = Mapping[str, str | int | float | None]


async def record(
    session: AsyncSession, who: str, what: str, before: Facts | None, after: Facts | None
) -> None:
    """Add a row to the log; it is stored when the session's transaction is, and not otherwise.

    what: the kind of write, such as `import` or `db.restore`. before, after: what it changed.
    """
    session.add(
        AuditLogRow(
            who=who,
            what=what,
            before=None if before is None else dict(before),
            after=None if after is None else dict(after),
        )
    )
    await session.flush()


async def latest(registers: RegisterStore, limit: int) -> Sequence[AuditLogRow]:
    """The newest rows of the log, newest first."""
    newest = select(AuditLogRow).order_by(col(AuditLogRow.time).desc(), col(AuditLogRow.id).desc())
    async with registers.session() as session:
        return (await session.exec(newest.limit(limit))).all()


def person() -> str:
    """Who runs this process: the user's name, or the number where the system has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # KeyError until Python 3.12
        return f"uid {os.getuid()}"
