"""The audit log: every write that a person asked for, stored together with the write itself.

It is the table audit_log; where an adopted database had one of its own, ours is enms.audit_log and
theirs is neither read nor written.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.storage.management import AuditLogRow
from enms_core.storage.sessions import RegisterStore

Facts = Mapping[str, str | int | float | None]

# Whether revision 0002 found an audit log of theirs, and made ours beside it.
IS_APART = "SELECT to_regclass('enms.audit_log') IS NOT NULL"


async def record(
    session: AsyncSession, who: str, what: str, before: Facts | None, after: Facts | None
) -> None:
    """Add a row to the log; it is stored when the session's transaction is, and not otherwise.

    what: the kind of write, such as `import` or `db.restore`. before, after: what it changed.
    """
    row = AuditLogRow(
        who=who,
        what=what,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )
    written = insert(AuditLogRow).values(row.model_dump(exclude_none=True))
    connection = await session.connection()
    await connection.execute(written.execution_options(**await _place(connection)))


async def latest(registers: RegisterStore, limit: int) -> Sequence[AuditLogRow]:
    """The newest rows of the log, newest first."""
    newest = select(AuditLogRow).order_by(col(AuditLogRow.time).desc(), col(AuditLogRow.id).desc())
    async with registers.session() as session:
        place = await _place(await session.connection())
        return (await session.exec(newest.limit(limit).execution_options(**place))).all()


async def _place(connection: AsyncConnection) -> dict[str, Any]:
    """The execution options by which a statement finds the log."""
    is_apart = (await connection.execute(text(IS_APART))).scalar_one()
    return {"schema_translate_map": {None: "enms"}} if is_apart else {}


def person(via: str | None = None) -> str:
    """Who runs this process: the user's name, or the number where the system has no name for it.

    via: the way by which another program asked this one to write, such as `bus:skill-lamps.acme`.
    """
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # KeyError until Python 3.12
        name = f"uid {os.getuid()}"
    return name if via is None else f"{name} {via}"
