"""The audit log: one row for each write that a person asked for, none for a write that failed."""

from __future__ import annotations

import getpass
import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from enms_cli.main import main
from enms_core.demo.plant import Plant
from enms_core.demo.seed import Seeding, seed, seeding, top_up
from enms_core.domain.errors import EnmsError
from enms_core.storage.audit import latest, person, record
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.conftest import HOURS, Import, execute, rows

LOGGED = "SELECT who, what, before, after FROM audit_log ORDER BY time, id"
SEEDED_AT = datetime(2026, 11, 13, 9, 7, 30, tzinfo=timezone.utc)


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of who runs the tests."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "ada")
    return "ada"


@pytest.fixture
def on_server(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:  # fmt: skip
    """The commands' database."""
    monkeypatch.setenv("ENMS_DATABASE_URL", empty_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    return empty_url


def few_days(end: datetime) -> Seeding:
    """A demo plant without its long history."""
    whole = seeding(Plant(SEEDED_AT.date()), SEEDED_AT)
    return Seeding(whole.plant, whole.minute_from, whole.minute_from, end.replace(second=0))


def seed_a_plant(url: str) -> None:
    run_on(url, lambda store: seed(store, few_days(SEEDED_AT), lambda reached: None))


def test_an_import_is_one_row_with_what_was_stored(
    imported: Import, empty_url: str, somebody: str
) -> None:
    imported(HOURS)

    [(who, what, before, after)] = rows(empty_url, LOGGED)
    assert (who, what, before) == (somebody, "import", None)
    assert after == {
        "machine": "Press-3",
        "source": "electricity",
        "file": "meter.csv",
        "column": "value",
        "rows": 3,
        "stored": 3,
        "replaced": 0,
        "rejected": 0,
        "quantity": 7.5,
        "unit": "kWh",
        "kwh_per_unit": None,
        "first": "2026-03-01T23:00:00+00:00",
        "last": "2026-03-02T01:00:00+00:00",
    }


def test_an_import_that_fails_is_not_in_the_log(imported: Import, empty_url: str) -> None:
    imported(HOURS)
    with pytest.raises(EnmsError):
        imported(["2026-03-02 00:00,99", "2026-03-02 01:00,2.5"])

    assert len(rows(empty_url, LOGGED)) == 1


def test_seeding_is_one_row_and_topping_up_is_none(empty_url: str, somebody: str) -> None:
    seed_a_plant(empty_url)
    seed_a_plant(empty_url)
    run_on(empty_url, lambda store: top_up(store, SEEDED_AT + timedelta(hours=1)))

    [(who, what, before, after)] = rows(empty_url, LOGGED)
    assert (who, what, before) == (somebody, "demo.seed", None)
    assert after == {
        "seed": 50001,
        "first": "2026-11-10T23:00:00+00:00",
        "end": "2026-11-13T09:07:00+00:00",
    }


def test_a_seeding_that_is_interrupted_is_not_in_the_log(empty_url: str) -> None:
    def stop(_reached: datetime) -> None:
        raise EnmsError

    with pytest.raises(EnmsError):
        run_on(empty_url, lambda store: seed(store, few_days(SEEDED_AT), stop))

    assert rows(empty_url, LOGGED) == []


def test_a_row_goes_with_the_write_that_it_tells_of(empty_url: str) -> None:
    async def undone(store: Store) -> None:
        async with store.registers.session() as session:
            await record(session, "ada", "target.set", None, {"target_kwh": 5})
            raise EnmsError

    with pytest.raises(EnmsError):
        run_on(empty_url, undone)

    assert rows(empty_url, LOGGED) == []


def test_an_upgrade_is_one_row_and_a_second_one_changes_nothing(
    bare_url: str, monkeypatch: pytest.MonkeyPatch, somebody: str
) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", bare_url)
    assert main(["db", "upgrade"]) == 0
    assert main(["db", "upgrade"]) == 0

    [(who, what, before, after)] = rows(bare_url, LOGGED)
    head = rows(bare_url, "SELECT version_num FROM enms.alembic_version")[0][0]
    assert (who, what, before, after) == (
        somebody,
        "db.upgrade",
        {"schema": None},
        {"schema": head},
    )


def test_a_restore_is_one_row_with_what_there_was_before(
    on_server: str, imported: Import, tmp_path: Path, somebody: str
) -> None:
    path = tmp_path / "plant.dump"
    assert main(["db", "backup", str(path)]) == 0
    imported(HOURS)
    assert main(["db", "restore", str(path)]) == 1
    assert main(["db", "restore", str(path), "--replace"]) == 0

    [(who, what, before, after)] = rows(on_server, LOGGED)
    assert (who, what) == (somebody, "db.restore")
    assert before == {"factories": 1, "machines": 1, "readings": 3}
    assert isinstance(after, dict)
    assert after["file"] == "plant.dump"


def test_the_log_is_printed_newest_first_and_no_longer_than_asked(
    on_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(1, 4):
        execute(
            on_server,
            "INSERT INTO audit_log (time, who, what, before, after)"
            " VALUES (%s, 'ada', 'target.set', %s, %s)",
            f"2026-03-0{number}T10:00:00+01:00",
            json.dumps({"target_kwh": number}),
            json.dumps({"target_kwh": number + 1, "note": "größer"}),
        )

    assert main(["db", "log", "--limit", "2"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert main(["db", "log", "--json"]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [line[:42] for line in printed] == [
        "2026-03-03 09:00:00 UTC  ada  target.set  ",
        "2026-03-02 09:00:00 UTC  ada  target.set  ",
    ]
    assert [entry["before"]["target_kwh"] for entry in entries] == [3, 2, 1]
    assert entries[0]["after"] == {"target_kwh": 4, "note": "größer"}
    assert set(entries[0]) == {"time", "who", "what", "before", "after"}


def test_rows_of_one_moment_are_told_in_the_order_of_writing(empty_url: str) -> None:
    async def written(store: Store) -> list[str]:
        async with store.registers.session() as session:
            for what in ("first", "second"):
                await record(session, "ada", what, None, None)
        return [row.what for row in await latest(store.registers, 10)]

    assert run_on(empty_url, written) == ["second", "first"]


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nameless)
    monkeypatch.setattr(os, "getuid", lambda: 4711)

    assert person() == "uid 4711"
