"""A backup has its name when it is complete, and is not there otherwise."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path

import pytest

from enms_core.domain.errors import BackupFailed
from enms_core.storage import programs
from enms_core.storage.backup import backup
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.backups import back_up, command, held, pg_dumps, poor_database, wait_for
from tests.core.conftest import execute


def test_a_server_that_is_newer_than_the_programs_is_one_clear_error(
    workshop_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = programs.folder().parent.with_name("pginstall") / "bin"
    monkeypatch.setattr(programs, "folder", lambda: older)

    with pytest.raises(BackupFailed, match="server version mismatch"):
        back_up(workshop_url, tmp_path / "new.dump")

    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_there_is_replaced_only_when_told_so(
    workshop_url: str, tmp_path: Path
) -> None:
    dump = tmp_path / "workshop.dump"
    back_up(workshop_url, dump)
    first = dump.read_bytes()
    with pytest.raises(BackupFailed, match="is there already"):
        back_up(workshop_url, dump)
    assert dump.read_bytes() == first

    execute(workshop_url, "DELETE FROM energy_readings")
    size = back_up(workshop_url, dump, overwrite=True)

    assert dump.read_bytes() != first
    assert dump.stat().st_size == size
    assert dump.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_missing_is_named(workshop_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match=r"nowhere/a\.dump: No such file"):
        back_up(workshop_url, tmp_path / "nowhere" / "a.dump")


def test_a_database_without_our_schema_is_not_backed_up(bare_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="no EnMS schema"):
        back_up(bare_url, tmp_path / "bare.dump")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_keeps_the_older_backup(workshop_url: str, tmp_path: Path) -> None:
    """The system refuses to write more than some bytes of a file, as a full disk does."""
    dump = tmp_path / "workshop.dump"
    back_up(workshop_url, dump)
    first = dump.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(BackupFailed):
            back_up(workshop_url, dump, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert dump.read_bytes() == first
    assert list(dump.parent.iterdir()) == [dump]


def test_a_backup_that_is_interrupted_leaves_no_file_and_no_process(
    workshop_url: str, tmp_path: Path
) -> None:
    async def interrupted(store: Store) -> None:
        running = asyncio.create_task(backup(store, tmp_path / "new.dump"))
        while not pg_dumps():
            await asyncio.sleep(0.01)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    with held(workshop_url):
        run_on(workshop_url, interrupted)

    assert list(tmp_path.iterdir()) == []
    assert pg_dumps() == []


def test_a_backup_that_is_killed_does_not_have_the_name(workshop_url: str, tmp_path: Path) -> None:
    path = tmp_path / "new.dump"
    with held(workshop_url):
        with command(workshop_url, "db", "backup", str(path)):
            wait_for(pg_dumps)
            orphan = pg_dumps()[0]
        with pytest.raises(BackupFailed, match="another backup"):
            back_up(workshop_url, path)
    orphan.wait(20)
    assert not path.exists()

    back_up(workshop_url, path)

    assert [each.name for each in tmp_path.iterdir()] == ["new.dump"]


def test_the_password_is_not_in_the_list_of_processes(server_url: str, tmp_path: Path) -> None:
    path = tmp_path / "new.dump"
    with poor_database(server_url) as poor_url:
        assert ":secret@" in poor_url
        with held(poor_url), command(poor_url, "db", "backup", str(path)):
            wait_for(pg_dumps)
            running = pg_dumps()[0]
            arguments, environment = running.cmdline(), running.environ()
        running.wait(20)

    assert "secret" not in " ".join(arguments)
    assert environment["PGPASSWORD"] == "secret"


def test_a_password_with_signs_of_its_own_reaches_the_programs_as_it_is() -> None:
    url = "postgresql://o%40b:a%2Fb%3Ac@db.example:5433/plant?sslmode=require"

    address, environment = programs.login(url)

    assert address == "postgresql://o%40b@db.example:5433/plant?sslmode=require"
    assert environment == {"PGPASSWORD": "a/b:c"}
