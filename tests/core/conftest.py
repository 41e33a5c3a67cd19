"""What the tests on a real database share: small databases, statements, files to import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import psycopg
import pytest

from enms_core.analysis.import_chunk import TargetChunk
from enms_core.domain.imports import (
    FilePlan,
    Reason,
    Site,
    StatusTarget,
    Target,
    TargetReport,
    WeatherTarget,
)
from enms_core.storage.bulk import driver_connection
from enms_core.storage.imports.companions import Companion, store_companion
from enms_core.storage.imports.staging import Staging
from enms_core.storage.imports.tally import Tally
from enms_core.storage.store import Store
from tests.conftest import own_database, run_on
from tests.core.import_runs import WORKS, plan, power
from tests.core.import_runs import imported as imported_files

# A lathe with a day of electricity: 24 hours of 2.5 kWh on 17 November 2026 in Berlin.
WORKSHOP = """
INSERT INTO factories (id, name, timezone)
VALUES ('00000000-0000-0000-0000-00000000000f', 'Workshop', 'Europe/Berlin');
INSERT INTO machines (id, factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-00000000000f',
        'Lathe-7', 'lathe');
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '00000000-0000-0000-0000-0000000000a1', id, 3600, 'interval', 'start', unit,
       '2026-11-01T00:00+01:00'
FROM energy_sources WHERE name = 'electricity';
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT '00000000-0000-0000-0000-0000000000a1', hour, 2.5
FROM generate_series('2026-11-17T00:00+01:00'::timestamptz, '2026-11-17T23:00+01:00',
                     '1 hour') AS hour;
"""
# How many readings, machines, factories and meters there are.
STORED = """
SELECT (SELECT count(*) FROM energy_readings), (SELECT count(*) FROM machines),
       (SELECT count(*) FROM factories), (SELECT count(*) FROM meters)
"""
PRESS = power(column="value", kind="interval")
HOURS = ("2026-03-02 00:00,1.5", "2026-03-02 01:00,2.5", "2026-03-02 02:00,3.5")

Import = Callable[..., TargetReport]
Keep = Callable[..., TargetReport]
Row = tuple[str, float | str]
FACTORY = UUID("00000000-0000-0000-0000-00000000000f")
LATHE = UUID("00000000-0000-0000-0000-0000000000a1")


def hours(count: int, first: datetime = datetime(2026, 1, 5)) -> list[str]:
    """Hours of 1, 2, 3, ... kWh from a local time on."""
    return [f"{first + timedelta(hours=n):%Y-%m-%d %H:%M},{n + 1}" for n in range(count)]


def execute(url: str, sql: str, *values: object) -> None:
    """Run statements and commit."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.encode(), values or None)


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    """All rows of a statement."""
    with psycopg.connect(url) as connection:
        return connection.execute(sql.encode()).fetchall()


def stored(url: str) -> tuple[object, ...]:
    """How many readings, machines, factories and meters there are."""
    return rows(url, STORED)[0]


def import_plan(url: str, wanted: FilePlan, **ways: bool) -> Sequence[TargetReport]:
    """Import a file; what became of its columns, or the error that it ended with."""
    done = imported_files(url, [wanted], **ways)
    for _path, error in done.failures:
        raise error
    return done.files[0].report.targets


def import_path(
    url: str, path: Path, target: Target = PRESS, site: Site = WORKS, **table: object
) -> TargetReport:
    """Import one column of a file, whose stamps are starts unless something else is told."""
    [report] = import_plan(url, plan(path, target, site=site, **{"stamp": "start", **table}))
    return report


@pytest.fixture
def bare_url(server_url: str) -> Iterator[str]:
    """A database with nothing in it, not even a schema."""
    with own_database(server_url, "template1") as url:
        yield url


@pytest.fixture
def later_url(server_url: str, empty_template: str) -> Iterator[str]:
    """A second database of the test's own, with the schema and nothing in it."""
    with own_database(server_url, empty_template) as url:
        yield url


@pytest.fixture
def workshop_url(empty_url: str) -> str:
    """A database with the workshop in it."""
    execute(empty_url, WORKSHOP)
    return empty_url


@pytest.fixture
def imported(empty_url: str, tmp_path: Path) -> Import:
    """Imports lines under a header as one file, whose stamps are starts unless it is told."""

    def run(
        lines: Sequence[str],
        target: Target = PRESS,
        *,
        encode: Callable[[bytes], bytes] = bytes,
        replace: bool = False,
        dry_run: bool = False,
        site: Site = WORKS,
        **table: object,
    ) -> TargetReport:
        path = tmp_path / "meter.csv"
        path.write_bytes(encode("\n".join(("time,value", *lines)).encode()))
        wanted = plan(path, target, site=site, **{"stamp": "start", **table})
        [report] = import_plan(empty_url, wanted, replace=replace, dry_run=dry_run)
        return report

    return run


@pytest.fixture
def keep(workshop_url: str) -> Keep:
    """Stores rows of (hour of 2 March 2026 in UTC, value), which stand in lines from the second."""

    def run(target: Companion, told: Sequence[Row], *, replace: bool = False) -> TargetReport:
        report = run_on(workshop_url, lambda store: _kept(store, target, told, replace))
        assert isinstance(report, TargetReport)
        return report

    return run


async def _kept(
    store: Store, target: Companion, told: Sequence[Row], replace: bool
) -> TargetReport:
    is_text = isinstance(target, StatusTarget)
    values = [value for _hour, value in told]
    chunk = TargetChunk(
        target=0,
        lines=np.arange(2, 2 + len(told)),
        instants=np.array([f"2026-03-02T{hour}" for hour, _value in told], dtype="datetime64[us]"),
        values=[str(value) for value in values] if is_text else np.array(values, dtype=float),
    )
    owner = FACTORY if isinstance(target, WeatherTarget) else LATHE
    async with store.registers.session() as session:
        connection = await driver_connection(session)
        staging = Staging(connection, 0, Tally(target.column, rows=len(told)), is_text=is_text)
        await staging.create()
        await staging.add(chunk)
        return await store_companion(
            connection, target, staging, owner, ZoneInfo("Europe/Berlin"), replace=replace
        )


def counts(report: TargetReport) -> tuple[int, int, int, int]:
    """Rows, stored now, replaced, there already."""
    return report.rows, report.stored, report.replaced, report.unchanged


def refused(report: TargetReport) -> list[tuple[int, Reason, str]]:
    return [(each.line, each.reason, each.text) for each in report.rejections]
