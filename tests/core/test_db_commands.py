"""`enms db` as people use it: what it prints, its exit codes, and a database that moves house."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from enms_cli.main import main
from enms_cli.opening import UNSEEDED
from enms_core.settings import Settings
from enms_core.storage import schema
from enms_core.storage.server import EmbeddedServer
from tests.conftest import run_on
from tests.core.backups import hashes
from tests.core.conftest import WORKSHOP, execute, rows

CASTINGS = "INSERT INTO factories (name, timezone) VALUES ('Castings', 'UTC')"


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's folder: as root the server runs as a user of its own, who cannot look into it.
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def embedded(data_dir: Path) -> Iterator[str]:
    """URL of the embedded database in a data folder, while the block runs."""
    server = EmbeddedServer(data_dir)
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture
def workshop(workshop_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The workshop, as the database of the commands."""
    monkeypatch.setenv("ENMS_DATABASE_URL", workshop_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    return workshop_url


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, str]:
    """What a command that succeeds prints, by the words before the colon."""
    assert main(["db", *arguments]) == 0
    lines = capsys.readouterr().out.splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def test_status_tells_what_is_there(workshop: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "status")

    assert told["database"] == "the server of ENMS_DATABASE_URL"
    assert told["server"].startswith("PostgreSQL 1")
    assert told["server"].endswith(", no TimescaleDB")
    assert told["size"].endswith(" MB")
    assert told["schema"] == f"{schema.head()} (this version works with {schema.head()})"
    assert (told["factories"], told["machines"]) == ("Workshop", "1")
    assert "electricity" in told["energy sources"]
    assert told["energy_readings"] == "24 rows, 2026-11-16 23:00 to 2026-11-17 22:00 UTC"
    assert told["natural_gas_readings"] == "0 rows"


def test_status_takes_the_servers_estimate_of_a_large_table(
    workshop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(
        workshop,
        "INSERT INTO energy_readings (machine_id, time, energy_kwh)"
        " SELECT id, '2020-01-01T00:00Z'::timestamptz + minute * interval '1 minute', 1"
        " FROM machines, generate_series(0, 149999) AS minute",
    )
    execute(workshop, "ANALYZE energy_readings")

    assert printed(capsys, "status")["energy_readings"] == (
        "about 150,024 rows, 2020-01-01 00:00 to 2026-11-17 22:00 UTC"
    )


def test_status_of_a_database_that_is_not_ours_yet(
    bare_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", bare_url)

    told = printed(capsys, "status")

    assert told["schema"].startswith("none (")
    assert "factories" not in told
    assert rows(bare_url, "SELECT to_regnamespace('enms')") == [(None,)]


def test_a_refresh_makes_the_rollups_fresh(
    workshop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "refresh"]) == 0
    assert "hours aggregated again" in capsys.readouterr().out

    assert printed(capsys, "status")["rollups of energy_readings"] == "fresh"


def test_a_refresh_needs_this_versions_schema(
    bare_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", bare_url)

    assert main(["db", "refresh"]) == 1
    assert "enms db upgrade" in capsys.readouterr().err


def test_a_backup_tells_its_size_and_a_restore_what_was_there(
    workshop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "workshop.dump"
    size = printed(capsys, "backup", str(path))[str(path)]
    execute(workshop, "DELETE FROM energy_readings")
    told = printed(capsys, "restore", str(path), "--replace")

    assert size == f"{path.stat().st_size / 1e6:.1f} MB"
    assert told[str(path)].endswith(f", schema {schema.head()}")
    assert told["before"] == "1 factories, 1 machines, 0 readings"
    assert told["now"] == "1 factories, 1 machines, 24 readings"
    assert rows(workshop, "SELECT sum(energy_kwh) FROM energy_readings") == [(60.0,)]


@pytest.mark.parametrize("arguments", [["backup"], ["restore"], ["restore", "a", "b"], ["vacuum"]])
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["db", *arguments])
    assert ended.value.code == 2


@pytest.mark.parametrize("action", ["status", "backup", "restore", "log", "refresh"])
def test_a_server_that_is_down_is_one_line_on_stderr(
    action: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workshop: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "workshop.dump"
    assert main(["db", "backup", str(path)]) == 0
    capsys.readouterr()
    monkeypatch.setenv("ENMS_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    files = {"backup": [str(tmp_path / "other.dump")], "restore": [str(path)]}

    code = main(["db", action, *files.get(action, [])])

    assert code == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_backup_moves_to_another_machine_and_is_ready_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Into a new data folder, which then holds the workshop alone and no demo plant."""
    path, here, there = tmp_path / "workshop.dump", folder / "here", folder / "there"
    monkeypatch.setenv("ENMS_DATA_DIR", str(here))
    assert main(["db", "upgrade", "--empty"]) == 0
    with embedded(here) as url:
        execute(url, WORKSHOP)
        backed_up = hashes(url)
    assert main(["db", "backup", str(path)]) == 0
    monkeypatch.setenv("ENMS_DATA_DIR", str(there))
    assert main(["db", "restore", str(path)]) == 0
    capsys.readouterr()

    with embedded(there) as url:
        assert hashes(url) == backed_up
    assert not (there / UNSEEDED).exists()
    assert main(["ask", "what did lathe seven use on november 17th 2026"]) == 0
    assert "sixty kilowatt hours" in capsys.readouterr().out


def test_an_older_backup_is_brought_to_this_versions_schema_when_embedded(
    folder: Path, tmp_path: Path, bare_url: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = older_backup(bare_url, tmp_path / "older.dump", monkeypatch)
    monkeypatch.delenv("ENMS_DATABASE_URL")
    monkeypatch.setenv("ENMS_DATA_DIR", str(folder))
    capsys.readouterr()

    told = printed(capsys, "restore", str(path))

    assert told["schema"] == f"brought to {schema.head()}"
    with embedded(folder) as url:
        assert rows(url, "SELECT name FROM factories") == [("Castings",)]
        assert rows(url, "SELECT version_num FROM enms.alembic_version") == [(schema.head(),)]


def test_an_older_backup_on_a_server_is_upgraded_when_asked_only(
    workshop: str, tmp_path: Path, bare_url: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = older_backup(bare_url, tmp_path / "older.dump", monkeypatch)
    monkeypatch.setenv("ENMS_DATABASE_URL", workshop)
    capsys.readouterr()

    told = printed(capsys, "restore", str(path), "--replace")

    assert told["schema"] == f"0001; `enms db upgrade` brings it to {schema.head()}"
    assert rows(workshop, "SELECT version_num FROM enms.alembic_version") == [("0001",)]


def older_backup(url: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of a database with one factory at the first schema."""
    run_on(url, lambda store: schema.upgrade(store.registers, "0001"))
    execute(url, CASTINGS)
    monkeypatch.setenv("ENMS_DATABASE_URL", url)
    assert main(["db", "backup", str(path)]) == 0
    return path


def test_a_refused_restore_keeps_the_embedded_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("ENMS_DATA_DIR", str(folder))
    assert main(["db", "upgrade", "--empty"]) == 0
    wrong = tmp_path / "wrong.dump"
    wrong.write_bytes(b"PGDMP and no more")
    with embedded(folder) as url:
        execute(url, WORKSHOP)
        before = hashes(url)
        assert main(["db", "restore", str(wrong), "--replace"]) == 1
        assert hashes(url) == before
    assert Settings().data_dir == folder
    assert capsys.readouterr().err.startswith("enms: nothing was restored: ")
