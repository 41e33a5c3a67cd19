"""`enms import` of ten million rows: rows a second and memory, beside a bare COPY of the same rows.

The command runs as a user runs it, with its start, guesses, refresh of the rollups and report. One
file of amounts comes in order of time, is imported a second time, and comes once more in two halves
the wrong way round; one is of a counter. `ENMS_BENCH_ROWS` measures fewer rows.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from enms_core.settings import Settings
from enms_core.storage.bulk import Column, copy_columns
from enms_core.storage.store import Store

ROWS = int(os.environ.get("ENMS_BENCH_ROWS", "10000000"))
PIECE = 50_000
FIRST = np.datetime64("2005-01-01T00:00", "us")
MINUTE = np.timedelta64(1, "m")
MACHINE = UUID(int=0xA1)

BARE = "CREATE TABLE bare_readings (LIKE energy_readings INCLUDING ALL)"
PLACE = ("--source", "electricity", "--factory", "Bench", "--timezone", "UTC", "--unit", "kWh")
FORMAT = ("--stamp", "start", "--json")

Piece = tuple[NDArray[np.datetime64], NDArray[np.float64]]


@dataclass(frozen=True)
class Run:
    """What a command took: seconds, and the most memory of its process [MB]."""

    seconds: float
    memory_mb: float


def measure(folder: Path) -> None:
    """Print a line a way of importing."""
    print(f"{ROWS:,} readings of one machine by the minute:")
    bare_s = asyncio.run(_bare_s(folder / "bare"))
    print(f"  {'bare COPY, rows parsed':28} {ROWS / bare_s:9,.0f} rows/s")
    rising = _written(folder / "rising.csv", _amounts())
    _measure(folder, "a new file", rising, "Rising", bare_s)
    _measure(folder, "the same again", rising, "Rising", bare_s)
    rising.unlink()
    amounts = list(_amounts())
    halves = [*amounts[len(amounts) // 2 :], *amounts[: len(amounts) // 2]]
    _measure(folder, "halves the wrong way round", _written(folder / "h.csv", halves), "H", bare_s)
    counter = _written(folder / "counter.csv", _register())
    _measure(folder, "a counter", counter, "Counter", bare_s, kind="counter")


def _measure(
    folder: Path, name: str, path: Path, machine: str, bare_s: float, kind: str = "interval"
) -> None:
    run = _run(folder, [str(path), "--machine", machine, "--kind", kind, *PLACE, *FORMAT])
    print(
        f"  {name:28} {ROWS / run.seconds:9,.0f} rows/s in {run.seconds:6.1f} s, "
        f"{bare_s / run.seconds:.2f} of bare, {run.memory_mb:.0f} MB"
    )


def _run(folder: Path, arguments: list[str]) -> Run:
    command = [str(Path(sys.executable).with_name("enms")), "import", "--empty", *arguments]
    environment = {**os.environ, "ENMS_DATA_DIR": str(folder / "data")}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, used.ru_maxrss / 1024)


async def _bare_s(folder: Path) -> float:
    """Seconds of writing the rows into a table with the same key, and no triggers."""
    store = Store(Settings(data_dir=folder))
    await store.prepare()
    seconds = 0.0
    async with store.readings.connection() as connection:
        await connection.execute(BARE)
        for moments, values in _amounts():
            columns: dict[str, Column] = {
                "time": moments,
                "machine_id": np.full(len(moments), MACHINE.bytes, dtype="V16"),
                "energy_kwh": values,
                "power_kw": values * 60,
            }
            begun = time.perf_counter()
            await copy_columns(connection, "bare_readings", columns)
            seconds += time.perf_counter() - begun
    await store.close()
    return seconds


def _amounts() -> Iterator[Piece]:
    """kWh of each minute."""
    chance = np.random.default_rng(50001)
    for first in range(0, ROWS, PIECE):
        places = np.arange(first, min(first + PIECE, ROWS))
        yield FIRST + places * MINUTE, np.round(chance.gamma(3.0, 0.4, len(places)), 3)


def _register() -> Iterator[Piece]:
    """A register that counts them [kWh]."""
    reached = 0.0
    for moments, values in _amounts():
        counted = np.round(reached + np.cumsum(values), 3)
        reached = float(counted[-1])
        yield moments, counted


def _written(path: Path, pieces: Iterator[Piece] | list[Piece]) -> Path:
    with path.open("w") as file:
        file.write("time,kWh\n")
        for moments, values in pieces:
            stamps = np.datetime_as_string(moments, unit="s")
            file.writelines(
                f"{stamp},{value}\n" for stamp, value in zip(stamps, values.tolist(), strict=True)
            )
    return path
