"""Imports that are killed and started again: equal to imports that nobody disturbed.

`ENMS_TEST_KILLS=200` kills that often; a plain run kills some.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, count
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.core.conftest import rows
from tests.core.import_worker import work

KILLS = int(os.environ.get("ENMS_TEST_KILLS", "50"))
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.core.import_worker"])

ROWS = 40_000
START = datetime(2026, 1, 1)
PLACE = ("--source", "electricity", "--factory", "Works", "--timezone", "UTC", "--unit", "kWh")
FORMAT = ("--stamp", "start", "--interval", "1min", "--decimal", ".", "--json")

# Readings of each machine, and how many there are.
COUNTS = """
SELECT m.name, count(r.time)
FROM machines AS m LEFT JOIN energy_readings AS r ON r.machine_id = m.id GROUP BY m.name
"""
# All that an import leaves, without what tells when it was made.
LEFT = {
    "readings": """
        SELECT m.name, r.time, r.energy_kwh, r.power_kw, r.data_source, r.is_estimated
        FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id ORDER BY 1, 2""",
    "meters": """
        SELECT m.name, t.nominal_interval_seconds, t.kind, t.stamp, t.unit, t.valid_from, t.valid_to
        FROM meters AS t JOIN machines AS m ON m.id = t.machine_id ORDER BY 1, 6""",
    "samples": """
        SELECT m.name, s.time, s.value, s.serial
        FROM enms.counter_samples AS s JOIN machines AS m ON m.id = s.machine_id ORDER BY 1, 2""",
    # The last bit of a sum tells in which order the rows lie in the table.
    "rollup": """
        SELECT m.name, h.bucket, h.reading_count, round(h.energy_kwh_sum::numeric, 9),
               h.expected_count
        FROM enms.energy_readings_1hour AS h JOIN machines AS m ON m.id = h.machine_id
        ORDER BY 1, 2""",
    "log": """
        SELECT after - 'file', count(*) FROM audit_log
        WHERE what = 'import' AND (after->>'stored')::int > 0 GROUP BY 1 ORDER BY 1""",
}


@dataclass(frozen=True)
class Job:
    """A file to be imported for a machine, and how many readings it then has."""

    path: Path
    machine: str
    kind: str
    readings: int

    @property
    def arguments(self) -> list[str]:
        whose = ["--machine", self.machine, "--kind", self.kind]
        return [str(self.path), *whose, *PLACE, *FORMAT]


def jobs(folder: Path) -> Iterator[Job]:
    """Files that are stored as they are read, or at their end, or in two parts of a counter; for
    one machine after the other."""
    chance = random.Random(1)
    amounts = [round(chance.uniform(0, 5), 3) for _ in range(ROWS)]
    register = [round(value, 3) for value in accumulate(amounts)]
    middle = ROWS // 2
    rising = list(enumerate(amounts))
    counted = list(enumerate(register))
    files = (
        ("Rising", "interval", rising, ROWS),
        ("Mixed", "interval", [*rising[middle:], *rising[:middle]], ROWS),
        ("Counted", "counter", counted[:middle], middle - 1),
        ("Counted", "counter", counted[middle:], ROWS - 1),
    )
    paths = [written(folder, f"{n}.csv", file[2]) for n, file in enumerate(files)]
    for number in count(1):
        for path, (name, kind, _, readings) in zip(paths, files, strict=True):
            yield Job(path, f"{name} {number}", kind, readings)


def written(folder: Path, name: str, samples: Sequence[tuple[int, float]]) -> Path:
    path = folder / name
    lines = (f"{START + timedelta(minutes=n)},{value}" for n, value in samples)
    path.write_text("\n".join(("time,kWh", *lines)))
    return path


def started(url: str, arguments: Sequence[str]) -> ForkServerProcess:
    process = CONTEXT.Process(target=work, args=(url, arguments), daemon=True)
    process.start()
    return process


def finish(url: str, arguments: Sequence[str]) -> float:
    """Import without a disturbance; the seconds that it takes."""
    begun = time.perf_counter()
    process = started(url, arguments)
    process.join(120)
    assert process.exitcode == 0
    return time.perf_counter() - begun


def test_kills_leave_what_clean_runs_leave(empty_url: str, later_url: str, tmp_path: Path) -> None:
    chance = random.Random(20261121)
    coming = jobs(tmp_path)
    begun: list[Job] = []
    killed, seconds = 0, 0.0
    while killed < KILLS:
        if not begun or is_stored(empty_url, begun[-1]):
            begun.append(next(coming))
            seconds = finish(later_url, begun[-1].arguments)
        process = started(empty_url, begun[-1].arguments)
        process.join(chance.uniform(0.0, seconds))
        killed += process.exitcode is None
        process.kill()
        process.join(30)
    for job in begun:
        finish(empty_url, job.arguments)
    print(f"{killed} kills of {len(begun)} imports")
    for name, statement in LEFT.items():
        assert rows(empty_url, statement) == rows(later_url, statement), name


def is_stored(url: str, job: Job) -> bool:
    """Whether all readings of a job are stored; either all must be or none."""
    counts: dict[str, int] = dict(rows(url, COUNTS))  # type: ignore[arg-type]
    stored = counts.get(job.machine, 0)
    assert stored in (0, ROWS // 2 - 1, job.readings), f"half an import of {job.machine}: {stored}"
    return stored == job.readings
