"""A database that has an audit log of its own: ours stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from enms_cli.main import main
from tests.core.adopted.databases import downgrade, found, upgrade
from tests.core.adopted.snapshot import snapshot
from tests.core.backups import back_up, bring_back
from tests.core.conftest import HOURS, execute, rows

OURS = "SELECT what FROM enms.audit_log ORDER BY time, id"
THEIRS = "SELECT user_id, action FROM audit_log"
LOG_OF_THEIRS = """
CREATE TABLE audit_log (id serial PRIMARY KEY, user_id integer NOT NULL, action text NOT NULL,
                        created_at timestamptz NOT NULL DEFAULT now());
INSERT INTO audit_log (user_id, action) VALUES (17, 'login')
"""


@pytest.fixture
def logged_url(bare_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database with a log of its own, brought to our schema by the command."""
    monkeypatch.setenv("ENMS_DATABASE_URL", bare_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    execute(bare_url, LOG_OF_THEIRS)
    assert main(["db", "upgrade"]) == 0
    return bare_url


def imports(tmp_path: Path) -> int:
    path = tmp_path / "meter.csv"
    path.write_text("\n".join(("time,value", *HOURS)))
    place = ["--factory", "Works", "--timezone", "Europe/Berlin"]
    return main(["import", str(path), "--machine", "Press-3", "--source", "electricity", *place])


def test_what_is_written_is_in_ours_and_theirs_is_left_alone(
    logged_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imports(tmp_path) == 0
    assert rows(logged_url, OURS) == [("db.upgrade",), ("import",)]
    assert rows(logged_url, THEIRS) == [(17, "login")]
    capsys.readouterr()
    assert main(["db", "log"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[2] for line in printed] == ["import", "db.upgrade"]


def test_it_is_said_once_and_theirs_is_held_against_nothing(logged_url: str) -> None:
    told = [(finding.table, finding.code) for finding in found(logged_url)]
    assert told == [("audit_log", "log_kept")]


def test_a_backup_has_both_and_a_restore_writes_into_ours(logged_url: str, tmp_path: Path) -> None:
    path = tmp_path / "plant.dump"
    back_up(logged_url, path)
    execute(logged_url, "UPDATE audit_log SET user_id = 18")
    bring_back(logged_url, path, replace=True)
    assert rows(logged_url, THEIRS) == [(17, "login")]
    assert rows(logged_url, OURS) == [("db.upgrade",), ("db.restore",)]


@pytest.mark.parametrize(
    "log",
    [
        LOG_OF_THEIRS,
        "CREATE TABLE audit_log (id integer GENERATED ALWAYS AS IDENTITY, time timestamp, who text,"
        " what text, before text, after text)",
        "CREATE VIEW audit_log AS SELECT 1 AS id, now() AS time",
    ],
)
def test_going_back_takes_ours_only(bare_url: str, log: str) -> None:
    execute(bare_url, log)
    before = snapshot(bare_url)
    upgrade(bare_url)
    assert rows(bare_url, OURS) == []
    downgrade(bare_url)
    assert snapshot(bare_url) == before
