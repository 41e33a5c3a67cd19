"""Writing a database to a file, and reading what such a file holds."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from enms_core.domain.errors import BackupFailed, RestoreFailed
from enms_core.storage import programs, schema
from enms_core.storage.store import Store

PART = ".part"
LOCK_PATIENCE = "30s"  # on a table that another transaction holds for itself
# Lines of pg_restore --list and of the script that it makes of enms.alembic_version.
TABLE_LINE = re.compile(r"^\d+; \d+ \d+ TABLE (?!DATA )(\S+) (.+) \S+$", re.MULTILINE)
MADE_LINE = re.compile(r"^; Archive created at (.+)$", re.MULTILINE)
TIMESCALE_LINE = re.compile(r"^\d+; \d+ \d+ EXTENSION - timescaledb ", re.MULTILINE)
REVISION_ROW = re.compile(r"^COPY enms\.alembic_version .*;\n([^\n\\]+)\n\\\.$", re.MULTILINE)
REVISION_TABLE = ("enms", "alembic_version")


@dataclass(frozen=True)
class Dump:
    """What a backup file says of itself.

    revision: of the schema. made: when, in words of PostgreSQL. tables: (schema, name).
    """

    path: Path
    revision: str
    made: str
    tables: frozenset[tuple[str, str]]
    has_timescale: bool


async def backup(store: Store, path: Path, overwrite: bool = False) -> int:
    """Write the whole database to a file; returns its size in bytes.

    The file has its name only when it is complete and on the disk. Raises BackupFailed; a file of
    that name that was there before then stays as it is.
    """
    if path.exists() and not overwrite:
        raise BackupFailed(f"{path} is there already")
    if await schema.current(store.registers) is None:
        raise BackupFailed("the database has no EnMS schema yet")
    try:
        with _part_of(path) as part:
            await _dump(store.readings.url, part, _part_path(path))
            size = os.fstat(part).st_size
        _sync_folder(path.absolute().parent)
    except OSError as error:
        raise BackupFailed(f"{path}: {error.strerror}") from error
    return size


async def read_dump(path: Path) -> Dump:
    """What a file holds; RestoreFailed where it is no backup of an EnMS database."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise RestoreFailed(f"{path}: {error.strerror}") from error
    listing = await _read(path, "--list")
    tables = frozenset(TABLE_LINE.findall(listing))
    if REVISION_TABLE not in tables:
        raise RestoreFailed(f"{path} is a backup of a database that is not an EnMS database")
    version = ("--data-only", "--schema=enms", "--table=alembic_version", "--file=-")
    revision = REVISION_ROW.search(await _read(path, *version))
    made = MADE_LINE.search(listing)
    if revision is None or made is None:
        raise RestoreFailed(f"{path} does not say which schema it has")
    has_timescale = TIMESCALE_LINE.search(listing) is not None
    return Dump(path, revision.group(1), made.group(1), tables, has_timescale)


async def _dump(url: str, part: int, part_path: Path) -> None:
    address, environment = programs.login(url)
    done = await programs.run(
        "pg_dump",
        "--format=custom",
        f"--lock-wait-timeout={LOCK_PATIENCE}",
        f"--file={part_path}",
        f"--dbname={address}",
        environment=environment,
        keeps=(part,),
    )
    if done.code:
        raise BackupFailed(done.complaint)


async def _read(path: Path, *options: str) -> str:
    done = await programs.run("pg_restore", *options, str(path))
    if done.code:
        raise RestoreFailed(f"{path} is not a readable backup: {done.complaint}")
    return done.output


@contextmanager
def _part_of(path: Path) -> Iterator[int]:
    """An open FILE.part, readable by its owner only; it becomes FILE when the block ends well.

    pg_dump inherits it with its lock: when only we are killed, the next backup to the same name
    does not begin before that pg_dump has ended.
    """
    part_path = _part_path(path)
    part = os.open(part_path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _claim(part, part_path)
        with ExitStack() as broken:
            broken.callback(part_path.unlink, missing_ok=True)
            yield part
            os.fsync(part)
            os.replace(part_path, path)
            broken.pop_all()
    finally:
        os.close(part)


def _claim(part: int, part_path: Path) -> None:
    """Lock the file, unless another backup writes it or has just given it its name."""
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BackupFailed(f"another backup is writing {part_path}") from error
    if not os.path.samestat(os.fstat(part), part_path.stat()):
        raise BackupFailed(f"another backup has written {part_path}")


def _part_path(path: Path) -> Path:
    return path.with_name(path.name + PART)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
