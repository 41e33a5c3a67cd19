"""Imports while others write: one after the other, and each decides by what is stored."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from enms_core.domain.imports import FilePlan, Reason, Site, TargetReport
from tests.core.conftest import PRESS, execute, rows, stored
from tests.core.import_runs import WORKS, imported, plan
from tests.core.listen_runs import NINE, counts, kept, press

WAITING = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
IMPATIENT = """
DO $$BEGIN
    EXECUTE format('ALTER DATABASE %I SET statement_timeout = 300', current_database());
END$$
"""
SECONDS = 20


def waits(url: str) -> bool:
    """Whether somebody comes to wait for another writer."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if rows(url, WAITING) != [(0,)]:
            return True
        time.sleep(0.02)
    return False


def file_of(folder: Path, name: str, first: datetime, count: int, site: Site = WORKS) -> FilePlan:
    """Quarters of an hour of 1, 2, 3, ... kWh from a moment in UTC on."""
    path = folder / name
    quarters = (first + n * timedelta(minutes=15) for n in range(count))
    lines = (f"{at:%Y-%m-%dT%H:%MZ},{n + 1}" for n, at in enumerate(quarters))
    path.write_text("\n".join(("time,value", *lines)))
    return plan(path, PRESS, site=site, stamp="start", decimal=".")


def report_of(url: str, wanted: FilePlan) -> TargetReport:
    [report] = imported(url, [wanted]).files[0].report.targets
    return report


def while_importing(url: str, wanted: FilePlan, other: Callable[[], object]) -> Future[object]:
    """Import a file; before it is stored the other work begins, and has to wait for it."""
    begun: list[Future[object]] = []
    have_waited: list[bool] = []

    def progress(_path: Path, _done: float) -> None:
        if not begun:
            begun.append(threads.submit(other))
            have_waited.append(waits(url))

    with ThreadPoolExecutor(1) as threads:
        imported(url, [wanted], progress=progress)
    assert have_waited == [True]
    return begun[0]


def test_of_two_imports_at_once_the_later_one_finds_what_the_first_has_stored(
    empty_url: str, tmp_path: Path
) -> None:
    """Both are of a new machine, and overlap: without a lock each would make its own."""
    first = file_of(tmp_path, "first.csv", NINE, 40)
    second = file_of(tmp_path, "second.csv", NINE, 60)
    told = while_importing(empty_url, first, lambda: report_of(empty_url, second)).result()
    assert isinstance(told, TargetReport)
    assert (told.rows, told.stored, told.unchanged) == (60, 20, 40)
    assert stored(empty_url) == (60, 1, 1, 1)


def test_a_message_that_comes_while_a_file_is_imported_waits_and_is_known_by_then(
    empty_url: str, tmp_path: Path
) -> None:
    site = Site(name="Forge", timezone="Europe/Berlin")
    wanted = file_of(tmp_path, "press.csv", NINE, 40, site)
    sent = [
        press("2026-03-02T09:00:00Z", 1, "Press-3"),
        press("2026-03-02T09:15:00Z", 99, "Press-3"),
        press("2026-03-02T19:00:00Z", 41, "Press-3"),
    ]
    told = while_importing(empty_url, wanted, lambda: kept(empty_url, sent, tmp_path)).result()
    assert counts(told) == (1, 1, [Reason.CONTRADICTS_STORED])  # type: ignore[arg-type]
    assert stored(empty_url) == (41, 1, 1, 1)


def test_an_import_waits_for_others_however_short_the_patience_of_its_role(
    empty_url: str, tmp_path: Path
) -> None:
    """The server's own limit of a statement's time is lifted before the wait, not after it."""
    execute(empty_url, IMPATIENT)
    with psycopg.connect(empty_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(7305003)")
        timer = threading.Timer(1.5, other.rollback)
        timer.start()
        report = report_of(empty_url, file_of(tmp_path, "press.csv", NINE, 8))
        timer.join()
    assert report.stored == 8
