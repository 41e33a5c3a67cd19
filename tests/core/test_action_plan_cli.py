"""`enms plan` on the demo plant: every action with what is right, wrong and hostile."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from enms_core.settings import Settings
from tests.conftest import PLANT_NOW, forget_baselines, forget_plans
from tests.core.conftest import execute, rows
from tests.core.performance_works import train_all
from tests.core.test_baseline_cli import NOW, Ran, enms

TITLE = "Leak repair on Compressor-1"
PLANS = "SELECT title, status, responsible_person, target_date::text FROM action_plans ORDER BY 1"
LOGGED = "SELECT what FROM audit_log WHERE what LIKE 'plan.%' ORDER BY id"
COMPLETED = "SELECT status, completion_date::text, actual_savings_kwh FROM action_plans"
HOSTILE = "'; DROP TABLE action_plans; --"
LONG = "ab cd" * 20_000  # 100 kB
MANUAL = Path(__file__).parents[2] / "docs" / "json.md"
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def trained_url(plant_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The plant with the baselines of two machines; they are taken away again."""
    train_all(plant_url, PLANT_NOW, ("Compressor-1 electricity", "HVAC-Main electricity"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENMS_DATABASE_URL", plant_url)
        patch.setenv("ENMS_DATA_DIR", str(tmp_path_factory.mktemp("cli") / "data"))
        yield plant_url
    forget_baselines(plant_url)


@pytest.fixture(autouse=True)
def url(trained_url: str) -> Iterator[str]:
    yield trained_url
    forget_plans(trained_url)


def plan(*arguments: str, now: tuple[str, str] = NOW) -> Ran:
    return enms("plan", *arguments, *now)


def created(*arguments: str) -> dict:
    """A plan of one's own for the HVAC, as JSON."""
    ran = plan("create", "HVAC-Main", "--title", "Night shutdown", "--json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    [told] = ran.objects
    return told


class TestCreate:
    def test_what_is_found_becomes_a_plan(self, url: str) -> None:
        """Six weeks from 18 November for something of medium effort: 30 December."""
        ran = plan("create", "Compressor-1", "--person", "Ada  Lovelace")

        assert (ran.code, ran.err) == (0, "")
        assert rows(url, PLANS) == [(TITLE, "planned", "Ada Lovelace", "2026-12-30")]
        lines = ran.out.splitlines()
        assert lines[0] == TITLE
        told = [line for line in lines[1:] if not line.startswith("- ")]
        facts = dict(re.split(r"  +", line, maxsplit=1) for line in told)
        assert facts["SEU"] == "Compressor-1 electricity"
        assert facts["responsible"] == "Ada Lovelace"
        assert facts["due"] == "2026-12-30"
        assert facts["baseline"] == "version 1"
        assert facts["saved"] == "-"
        assert lines[1 + len(told)] == "- leak: priority high, effort medium, 2026-12-30"

    def test_a_year_is_365_sevenths_of_a_week(self) -> None:
        [told] = plan("create", "compressor-1", "--json").objects

        weekly = told["content"]["target_savings_per_week"]
        assert weekly > 0.0
        assert told["target_savings_kwh"] == pytest.approx(weekly * 365 / 7, rel=1e-12)
        assert told["content"]["unit"] == "kWh"

    def test_a_dry_run_stores_nothing(self, url: str) -> None:
        told = created("--dry-run", "--due", "2026-12-24")

        assert (told["id"], told["target_date"]) == (None, "2026-12-24")
        assert rows(url, PLANS) == rows(url, LOGGED) == []

    def test_the_same_open_plan_is_not_stored_twice_and_that_is_said(self, url: str) -> None:
        first = created("--person", "Ada")

        again = plan("create", "HVAC-Main", "--title", "night  SHUTDOWN", "--person", "Bob")

        assert again.code == 0
        assert again.err == "enms: 'Night shutdown' is there already and open; nothing was stored\n"
        assert "Bob" not in again.out
        assert rows(url, PLANS) == [("Night shutdown", "planned", "Ada", None)]
        [shown] = plan("show", first["id"], "--json").objects
        assert shown["created_at"] == first["created_at"]

    @pytest.mark.parametrize(
        ("arguments", "code", "reason"),
        [
            (("Turbine-2",), 2, "no machine is named 'Turbine-2'; there are Boiler-1"),
            ((HOSTILE,), 2, "no machine is named"),
            (("HVAC-Main", "--title", " "), 2, "--title is empty"),
            (("HVAC-Main", "--title", LONG), 2, "--title has 100,000 letters; it can have 500"),
            (("HVAC-Main", "--title", "a\x1b[2Jb"), 2, "--title has characters that are no text"),
            (("HVAC-Main", "--title", "a\0b"), 2, "--title has characters that are no text"),
            (("HVAC-Main", "--title", "Z\udce4hler"), 2, "characters that are no text"),
            (("HVAC-Main", "--title", "a", "--person", ""), 2, "--person is empty"),
            (("HVAC-Main", "--title", "a", "--person", LONG), 2, "--person has 100,000 letters"),
            (("HVAC-Main", "--title", "a", "--due", "tomorrow"), 2, "'tomorrow' is no day"),
            (("HVAC-Main", "--title", "a", "--due", "2026-02-30"), 2, "'2026-02-30' is no day"),
            (("HVAC-Main", "--title", "a", "--due", ""), 2, "'' is no day"),
            (("Conveyor-A", "--now", "soon"), 2, "'soon' is no day or time"),
        ],
    )
    def test_wrong_input_is_told_in_a_line_and_stores_nothing(
        self, url: str, arguments: tuple[str, ...], code: int, reason: str
    ) -> None:
        ran = enms("plan", "create", *NOW, *arguments)

        assert (ran.code, ran.out) == (code, "")
        assert reason in ran.err
        assert len(ran.err.splitlines()) == 1
        assert "Traceback" not in ran.err
        assert rows(url, PLANS) == rows(url, LOGGED) == []

    def test_a_machine_without_an_seu_is_told_so_whatever_the_title(self, url: str) -> None:
        taken = "UPDATE seus SET machine_ids = {} WHERE name = 'Conveyor-A electricity'"
        [(machines,)] = rows(url, taken.format("machine_ids") + " RETURNING machine_ids::text")
        execute(url, taken.format("'{}'"))
        try:
            ran = plan("create", "Conveyor-A", "--title", "Shorter belt")
        finally:
            execute(url, taken.format(f"'{machines}'"))

        assert ran.code == 1
        assert ran.err == "enms: nothing can be planned for Conveyor-A: it has no SEU\n"
        assert rows(url, PLANS) == []

    def test_a_title_that_is_sql_is_a_title(self, url: str) -> None:
        ran = plan("create", "HVAC-Main", "--title", HOSTILE, "--person", "%s {0} $1 \\", "--json")

        assert ran.code == 0
        assert ran.objects[0]["title"] == HOSTILE
        assert rows(url, PLANS) == [(HOSTILE, "planned", "%s {0} $1 \\", None)]
        assert plan("show", HOSTILE).out.splitlines()[0] == HOSTILE
        assert plan("cancel", HOSTILE).code == 0
        assert rows(url, "SELECT status FROM action_plans") == [("cancelled",)]


class TestListAndShow:
    def test_without_plans_there_is_a_head_and_an_empty_list(self) -> None:
        assert plan("list").out.split() == [
            "plan", "status", "responsible", "due", "a", "week", "saved",
        ]  # fmt: skip
        assert plan("list", "--json").objects == [{"plans": []}]

    def test_closed_ones_are_listed_with_all(self) -> None:
        created("--due", "2026-12-24")
        plan("create", "HVAC-Main", "--title", "Filters")
        plan("cancel", "filters")

        assert [line.split("  ")[0] for line in plan("list").out.splitlines()[1:]] == [
            "Night shutdown"
        ]
        with_all = plan("list", "--all", "--json").objects[0]["plans"]
        assert [(each["title"], each["status"]) for each in with_all] == [
            ("Night shutdown", "planned"),
            ("Filters", "cancelled"),
        ]

    def test_a_long_title_of_others_does_not_widen_the_list(self, url: str) -> None:
        created()
        execute(url, "UPDATE action_plans SET title = %s", f"\x1b[31mred\n{LONG}")

        ran = plan("list")

        assert "\x1b" not in ran.out
        assert len(ran.out.splitlines()) == 2
        assert max(map(len, ran.out.splitlines())) < 150

    @pytest.mark.parametrize(
        ("said", "code", "reason"),
        [
            ("heat recovery", 1, "not one plan is meant by 'heat recovery'; there are 'Night"),
            (NOBODY, 1, "not one plan is meant by"),
            ("7", 1, "not one plan is meant by '7'"),
            (HOSTILE, 1, "not one plan is meant by"),
            ("", 2, "PLAN is empty"),
            ("  ", 2, "PLAN is empty"),
            (LONG, 2, "PLAN has 100,000 letters"),
        ],
    )
    @pytest.mark.parametrize("action", ["show", "complete", "cancel", "update"])
    def test_an_unknown_plan_is_told_and_nothing_is_changed(
        self, url: str, action: str, said: str, code: int, reason: str
    ) -> None:
        created()
        more = ("--person", "Bob") if action == "update" else ()

        ran = plan(action, said, *more)

        assert (ran.code, ran.out) == (code, "")
        assert reason in ran.err
        assert len(ran.err) < 400
        assert rows(url, PLANS) == [("Night shutdown", "planned", None, None)]
        assert rows(url, LOGGED) == [("plan.create",)]

    def test_without_any_plan_there_is_none(self) -> None:
        ran = plan("complete", "leak")

        assert ran.code == 1
        assert ran.err == "enms: not one plan is meant by 'leak'; there are none\n"

    def test_two_that_are_meant_are_told_with_their_keys(self, url: str) -> None:
        keys = [created()["id"]]
        [other] = plan("create", "HVAC-Main", "--title", "Night lights", "--json").objects
        keys.append(other["id"])

        ran = plan("complete", "night")

        assert ran.code == 1
        assert all(f"({key})" in ran.err for key in keys)
        assert rows(url, "SELECT DISTINCT status FROM action_plans") == [("planned",)]


class TestChange:
    def test_each_flag_changes_its_part_and_is_logged(self, url: str) -> None:
        created()

        assert plan("update", "night shutdown", "--person", "Ada").code == 0
        assert plan("update", "hvac", "--due", "2027-01-31").code == 0
        [told] = plan("update", "1", "--progress", "40%", "--json").objects

        assert rows(url, PLANS) == [("Night shutdown", "in_progress", "Ada", "2027-01-31")]
        assert told["content"]["progress_percent"] == 40.0
        assert rows(url, LOGGED) == [("plan.create",), *3 * [("plan.update",)]]

    def test_progress_is_what_it_is_by_voice(self, url: str) -> None:
        """Begun with a share, completed with all of it, planned where that is said."""
        created()

        plan("update", "night", "--progress", "0", "--status", "planned")
        assert rows(url, "SELECT status FROM action_plans") == [("planned",)]
        plan("update", "night", "--progress", "5")
        assert rows(url, "SELECT status FROM action_plans") == [("in_progress",)]
        plan("update", "night", "--progress", "100")
        assert rows(url, COMPLETED) == [("completed", "2026-11-18", None)]
        [told] = plan("update", "night", "--status", "in_progress", "--json").objects
        assert rows(url, COMPLETED) == [("in_progress", None, None)]
        assert told["content"]["progress_percent"] is None

    def test_a_change_to_what_it_is_already_is_not_logged(self, url: str) -> None:
        created("--person", "Ada")

        assert plan("update", "night", "--person", "Ada").code == 0

        assert rows(url, LOGGED) == [("plan.create",)]

    @pytest.mark.parametrize(
        ("flags", "reason"),
        [
            ((), "nothing to change: --status, --progress, --person or --due"),
            (("--person", ""), "--person is empty"),
            (("--person", LONG), "--person has 100,000 letters"),
            (("--due", "31.12.2026"), "'31.12.2026' is no day; write it like 2026-12-31"),
            (("--due", "2026-13-01"), "'2026-13-01' is no day"),
        ],
    )
    def test_wrong_flags_change_nothing(
        self, url: str, flags: tuple[str, ...], reason: str
    ) -> None:
        created("--person", "Ada")

        ran = plan("update", "night", *flags)

        assert (ran.code, ran.out) == (2, "")
        assert reason in ran.err
        assert rows(url, LOGGED) == [("plan.create",)]

    @pytest.mark.parametrize(
        "flags",
        [
            ("--progress", "101"),
            ("--progress", "-1"),
            ("--progress", "nan"),
            ("--progress", "half"),
            ("--status", "completed"),
            ("--status", "x'; --"),
        ],
    )
    def test_values_that_a_flag_does_not_take_are_wrong_usage(
        self, url: str, flags: tuple[str, str], capfd: pytest.CaptureFixture[str]
    ) -> None:
        created()

        with pytest.raises(SystemExit) as ended:
            plan("update", "night", *flags)

        assert ended.value.code == 2
        assert rows(url, LOGGED) == [("plan.create",)]

    def test_a_completed_plan_is_told_later_what_it_saved(self, url: str) -> None:
        created()

        early = plan("complete", "night")
        later = (PLANT_NOW + timedelta(days=6)).isoformat()

        assert early.code == 0
        assert "completed    2026-11-18" in early.out
        reason = "what it saved is not told: less than a week has passed since its completion"
        assert early.out.splitlines()[-1] == reason
        [told] = plan("show", "night", "--json", now=("--now", later)).objects
        assert (told["verified"], told["unverified"]) == (None, "too_early")

    def test_why_nothing_is_told_of_a_plan_against_peaks(self, url: str) -> None:
        created()
        plan("complete", "night")
        peak = "UPDATE action_plans SET metadata = jsonb_set(metadata, '{content,problem}', '%s')"
        execute(url, peak.replace("%s", '"peak"'))

        ran = plan("show", "night")

        assert (ran.code, ran.err) == (0, "")
        assert "peaks" in ran.out.splitlines()[-1]

    def test_of_two_of_one_title_the_open_one_is_changed(self, url: str) -> None:
        """A leak that has come back is a plan of its own."""
        first = created()["id"]
        plan("complete", "night shutdown")
        second = created()["id"]

        assert plan("update", "night shutdown", "--person", "Ada").code == 0
        assert plan("cancel", first).code == 0

        found = rows(url, "SELECT id::text, status, responsible_person FROM action_plans")
        assert sorted(found) == sorted([(first, "cancelled", None), (second, "planned", "Ada")])


class TestJson:
    def test_every_key_is_in_the_manual(self) -> None:
        told = plan("create", "Compressor-1", "--json").objects[0]
        [manual] = re.findall(r"^## `plan`$(.*?)(?:^## |\Z)", MANUAL.read_text(), re.M | re.S)

        [action] = told["content"]["actions"][:1]
        keys = {*told, *told["content"], *action}
        assert {key for key in keys if f"`{key}`" not in manual} == set()
        assert {"quantity", "uncertainty", "excess_per_hour"} <= set(re.findall(r"`(\w+)`", manual))

    def test_an_object_is_the_same_wherever_it_is_printed(self) -> None:
        made = created()

        [shown] = plan("show", "night", "--json").objects
        [listed] = plan("list", "--json").objects[0]["plans"]
        assert shown == listed
        assert {**made, "unverified": "not_completed"} == shown

    def test_a_number_of_others_that_is_none_is_null(self, url: str) -> None:
        created()
        execute(url, "UPDATE action_plans SET target_savings_kwh = 'NaN'")

        assert plan("show", "night", "--json").objects[0]["target_savings_kwh"] is None


class TestDatabase:
    def test_one_that_does_not_answer_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        nowhere = f"postgresql://nobody@/none?host={tmp_path}"
        monkeypatch.setenv("ENMS_DATABASE_URL", nowhere)

        for arguments in (
            ("list",),
            ("show", "leak"),
            ("create", "Compressor-1"),
            ("update", "leak", "--person", "Ada"),
            ("complete", "leak"),
            ("cancel", "leak"),
        ):
            ran = plan(*arguments)
            assert (ran.code, ran.out) == (1, ""), arguments
            assert ran.err.startswith("enms: ")
            assert "Traceback" not in ran.err

    def test_an_empty_one_knows_no_machine(
        self, empty_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ENMS_DATABASE_URL", empty_url)

        assert plan("list", "--json").objects == [{"plans": []}]
        ran = plan("create", "Compressor-1")

        assert ran.code == 2
        assert "no machine is named 'Compressor-1'; there are none" in ran.err

    def test_it_is_the_one_of_the_settings(self, url: str) -> None:
        assert Settings().database_url == os.environ["ENMS_DATABASE_URL"] == url
