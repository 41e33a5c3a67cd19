"""Action plans that another program keeps in an existing database: listed, changed and completed,
with all that is theirs kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.adopted.databases import FOLDER, ONE_TABLE, downgrade, upgrade
from tests.core.adopted.snapshot import Snapshot, snapshot
from tests.core.conftest import execute, rows
from tests.core.test_baseline_cli import Ran, enms

NOW = ("--now", "2026-11-18T10:00:00+01:00")
# Keys are counted; days are instants, local times or days; a plan has a code, a budget and steps.
# The day on which something open will be completed stands where ours has the day on which it was.
THEIRS = """
CREATE TABLE action_plans (
    id serial PRIMARY KEY,
    code varchar(10) UNIQUE,
    title varchar(200) NOT NULL,
    status char(12) NOT NULL DEFAULT 'planned',
    priority integer NOT NULL DEFAULT 3,
    seu_id uuid REFERENCES seus (id),
    responsible_person varchar(40),
    start_date timestamp,
    target_date timestamptz,
    completion_date date,
    target_savings_kwh numeric(24, 6),
    actual_savings_kwh numeric,
    notes text NOT NULL DEFAULT '',
    budget numeric(10, 2),
    metadata jsonb,
    created_at timestamp,
    edited_by text
);
INSERT INTO action_plans (code, title, status, seu_id, responsible_person, start_date, target_date,
    completion_date, target_savings_kwh, actual_savings_kwh, budget, metadata, created_at) VALUES
('B-1', 'Insulate the boiler', 'in_progress', '00000000-0000-0000-0000-0000000000d2', 'Eva',
 '2026-03-01 08:15', '2026-12-01T00:00+01:00', NULL, 123456789012345678.123456, NULL, 990.50,
 '{"cost_center": "A7", "steps": ["quote", "order"]}', '2026-02-01 23:30'),
('P-2', 'Night shutdown of the press', 'planned', NULL, NULL, NULL, '2026-11-17T17:00+01:00',
 '2027-01-15', NULL, NULL, NULL, NULL, '2026-02-02 00:30'),
('L-3', 'New lights', 'completed', '00000000-0000-0000-0000-0000000000d1', NULL, NULL, NULL, NULL,
 NULL, 5000.25, NULL, '["invoice"]', '2026-02-03 12:00'),
('S-4', 'Steam traps', 'planned', '00000000-0000-0000-0000-0000000000d3', NULL, NULL, NULL, NULL,
 NULL, NULL, NULL, '{"format": "gantt", "bars": [0.3]}', NULL),
('H-5', 'On hold', 'on_hold', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
"""
# All that they have of a plan but some columns.
REST = "SELECT to_jsonb(p) - ARRAY[{columns}]::text[] FROM action_plans AS p WHERE code = '{code}'"
LOGGED = "SELECT what, before, after FROM audit_log WHERE what LIKE 'plan.%' ORDER BY id"


@pytest.fixture
def untouched(
    bare_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[str, Snapshot]:
    """The paper mill's database with their plans, and what it has before we touch it."""
    execute(bare_url, (FOLDER / f"{ONE_TABLE}.sql").read_text())
    execute(bare_url, THEIRS)
    monkeypatch.setenv("ENMS_DATABASE_URL", bare_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    return bare_url, snapshot(bare_url)


@pytest.fixture
def url(untouched: tuple[str, Snapshot]) -> str:
    upgrade(untouched[0])
    return untouched[0]


def plan(*arguments: str) -> Ran:
    return enms("plan", *arguments, *NOW)


def listed() -> dict[str, dict]:
    [told] = plan("list", "--all", "--json").objects
    return {each["title"]: each for each in told["plans"]}


def rest(url: str, code: str, *columns: str) -> object:
    names = ", ".join(f"'{name}'" for name in columns)
    return rows(url, REST.format(columns=names, code=code))


def value(url: str, code: str, column: str) -> object:
    [(found,)] = rows(url, f"SELECT {column} FROM action_plans WHERE code = '{code}'")
    return found


@pytest.mark.usefixtures("url")
def test_theirs_are_listed_and_what_another_word_means_is_left_out() -> None:
    """Open ones first, in the order in which they were made: their instants are local times."""
    found = listed()

    assert list(found) == [
        "Insulate the boiler", "Night shutdown of the press", "Steam traps", "New lights",
    ]  # fmt: skip
    boiler = found["Insulate the boiler"]
    assert (boiler["id"], boiler["seu"], boiler["status"]) == ("1", "Boiler gas", "in_progress")
    assert (boiler["responsible_person"], boiler["notes"]) == ("Eva", "")
    assert boiler["target_savings_kwh"] == pytest.approx(123456789012345678.123456)
    assert boiler["created_at"] == "2026-02-01T22:30:00+00:00"
    assert found["New lights"]["actual_savings_kwh"] == 5000.25
    assert found["New lights"]["unverified"] == "no_date"
    assert found["Night shutdown of the press"]["seu"] is None
    assert boiler["content"]["problem"] is None


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Vienna", "2026-12-01"), ("America/Chicago", "2026-11-30")]
)
def test_a_day_that_is_an_instant_is_the_one_of_the_site(url: str, zone: str, day: str) -> None:
    """Midnight in Vienna is still the day before in Chicago."""
    execute(url, "UPDATE factories SET timezone = %s", zone)

    found = listed()

    boiler = found["Insulate the boiler"]
    assert (boiler["start_date"], boiler["target_date"]) == ("2026-03-01", day)
    assert found["Night shutdown of the press"]["target_date"] == "2026-11-17"
    assert found["Night shutdown of the press"]["completion_date"] == "2027-01-15"


@pytest.mark.usefixtures("url")
def test_they_are_told_by_voice_too() -> None:
    ran = enms("ask", "which action plans are overdue", "--json", *NOW)

    [told] = ran.objects
    assert told["outcome"] == "answered"
    assert [each["title"] for each in told["data"]["plans"]] == ["Night shutdown of the press"]


def test_a_change_touches_what_was_said_and_nothing_else(url: str) -> None:
    """Not even in what ours cannot hold: 24 digits, a time of day, trailing blanks."""
    before = rest(url, "B-1", "responsible_person")

    assert plan("update", "insulate the boiler", "--person", "Bob").code == 0

    assert value(url, "B-1", "responsible_person") == "Bob"
    assert rest(url, "B-1", "responsible_person") == before
    [(what, was, now)] = rows(url, LOGGED)
    assert what == "plan.update"
    assert (was["responsible_person"], now["responsible_person"]) == ("Eva", "Bob")
    assert now["id"] == "1"


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/Chicago", "Asia/Kolkata"])
def test_a_new_day_is_the_same_when_it_is_read_again(url: str, zone: str) -> None:
    execute(url, "UPDATE factories SET timezone = %s", zone)
    before = rest(url, "B-1", "target_date")

    [told] = plan("update", "1", "--due", "2027-03-28", "--json").objects

    assert told["target_date"] == "2027-03-28"
    assert listed()["Insulate the boiler"]["target_date"] == "2027-03-28"
    assert value(url, "B-1", f"(target_date AT TIME ZONE '{zone}')::text") == "2027-03-28 00:00:00"
    assert rest(url, "B-1", "target_date") == before


def test_progress_is_kept_beside_what_is_theirs(url: str) -> None:
    plan("update", "1", "--progress", "40")

    metadata = value(url, "B-1", "metadata")
    assert isinstance(metadata, dict)
    assert metadata["cost_center"] == "A7"
    assert metadata["steps"] == ["quote", "order"]
    assert metadata["content"]["progress_percent"] == 40.0
    assert listed()["Insulate the boiler"]["content"]["progress_percent"] == 40.0


@pytest.mark.parametrize(
    "metadata",
    [
        '{"format": "gantt", "bars": [0.3]}',
        '["invoice"]',
        '"a text"',
        "7",
        '{"format": 2, "content": {"progress_percent": 10}}',
    ],
)
def test_where_there_is_no_room_for_progress_it_is_said_and_nothing_overwritten(
    url: str, metadata: str
) -> None:
    execute(url, "UPDATE action_plans SET metadata = %s::jsonb WHERE code = 'S-4'", metadata)
    before = rest(url, "S-4", "status")

    ran = plan("update", "steam traps", "--progress", "40", "--json")

    assert ran.code == 0
    assert "its progress was not stored" in ran.err
    assert ran.objects[0]["content"]["progress_percent"] is None
    assert ran.objects[0]["status"] == "in_progress"
    assert rest(url, "S-4", "status") == before
    [(_, _, now)] = rows(url, LOGGED)
    assert (now["status"], now["progress_percent"]) == ("in_progress", None)


def test_one_that_is_completed_is_so_from_today_on(url: str) -> None:
    before = rest(url, "P-2", "status", "completion_date")

    [told] = plan("complete", "2", "--json").objects

    assert (told["title"], told["status"]) == ("Night shutdown of the press", "completed")
    assert value(url, "P-2", "completion_date::text") == "2026-11-18"
    assert rest(url, "P-2", "status", "completion_date") == before


def test_a_planned_day_of_completion_stays_with_what_is_open(url: str) -> None:
    plan("update", "2", "--person", "Bob")

    assert value(url, "P-2", "completion_date::text") == "2027-01-15"


def test_a_completed_one_gets_no_day_and_no_savings_by_another_change(url: str) -> None:
    before = rest(url, "L-3", "responsible_person")

    plan("update", "new lights", "--person", "Bob")

    assert value(url, "L-3", "responsible_person") == "Bob"
    assert rest(url, "L-3", "responsible_person") == before


def test_savings_that_they_noted_stay_where_none_can_be_told(url: str) -> None:
    [told] = plan("complete", "new lights", "--json").objects

    assert told["completion_date"] == "2026-11-18"
    assert told["unverified"] == "too_early"
    assert value(url, "L-3", "actual_savings_kwh::text") == "5000.25"


def test_a_new_plan_takes_their_defaults(url: str) -> None:
    ran = plan("create", "Boiler-7", "--title", "Lower pressure", "--due", "2027-01-31", "--json")

    assert (ran.code, ran.err) == (0, "")
    [told] = ran.objects
    assert (told["id"], told["target_date"]) == ("6", "2027-01-31")
    added = "SELECT priority, notes, code FROM action_plans WHERE id = 6"
    assert rows(url, added) == [(3, "", None)]


def test_what_their_columns_refuse_is_told_and_not_stored(url: str) -> None:
    before = rows(url, "SELECT * FROM action_plans ORDER BY id")

    named = plan("update", "1", "--person", "x" * 41)
    titled = plan("create", "Boiler-7", "--title", "x" * 201)

    for ran in (named, titled):
        assert (ran.code, ran.out) == (1, "")
        assert "too long" in ran.err
        assert "Traceback" not in ran.err
    assert rows(url, "SELECT * FROM action_plans ORDER BY id") == before
    assert rows(url, LOGGED) == []


def test_going_back_gives_the_original_back(untouched: tuple[str, Snapshot]) -> None:
    url, before = untouched
    upgrade(url)
    assert len(listed()) == 4

    downgrade(url)

    assert snapshot(url) == before


def test_going_back_keeps_what_was_changed_and_takes_nothing_else(
    untouched: tuple[str, Snapshot],
) -> None:
    url, before = untouched
    all_of = "SELECT to_jsonb(p) FROM action_plans AS p ORDER BY id"
    was = [row for (row,) in rows(url, all_of)]
    upgrade(url)
    plan("update", "1", "--person", "Bob")
    plan("complete", "2")

    downgrade(url)

    after = snapshot(url)
    assert after.objects == before.objects
    table = ("public", "action_plans")
    assert {k for k in before.rows if after.rows[k] != before.rows[k]} == {table}
    was[0]["responsible_person"] = "Bob"
    was[1] |= {"status": "completed   ", "completion_date": "2026-11-18"}
    assert [row for (row,) in rows(url, all_of)] == was


SMALL = """
CREATE TABLE action_plans (id uuid DEFAULT gen_random_uuid(), title text, status text{more});
INSERT INTO action_plans (title, status) VALUES ('Insulate the boiler', 'planned'), (NULL, NULL)
"""


@pytest.mark.parametrize("more", ["", ", metadata text DEFAULT 'see folder 7'"])
def test_a_table_of_few_columns_is_worked_with_and_given_back(
    bare_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, more: str
) -> None:
    """Without a key, days, persons, or in `metadata` a text of theirs."""
    execute(bare_url, (FOLDER / f"{ONE_TABLE}.sql").read_text())
    execute(bare_url, SMALL.format(more=more))
    before = snapshot(bare_url)
    all_of = "SELECT to_jsonb(p) FROM action_plans AS p ORDER BY title"
    was = [row for (row,) in rows(bare_url, all_of)]
    monkeypatch.setenv("ENMS_DATABASE_URL", bare_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    upgrade(bare_url)

    assert plan("complete", "boiler").code == 0
    [told] = plan("show", "boiler", "--json").objects
    assert (told["status"], told["completion_date"]) == ("completed", "2026-11-18")

    downgrade(bare_url)
    assert snapshot(bare_url).objects == before.objects
    was[0]["status"] = "completed"
    assert [row for (row,) in rows(bare_url, all_of)] == was
