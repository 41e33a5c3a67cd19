"""The examination of the data: each check finds what it is for, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from enms_cli.doctor import SENTENCES, line, summary
from enms_cli.main import main
from enms_core.demo.seed import plant_today, seed, seeding
from enms_core.demo.truths import FROZEN_KINDS, TruthKind, planted_truths
from enms_core.domain.finding import SEVERITY, Finding, Severity
from enms_core.storage.doctor import Scope, examine
from tests.conftest import PLANT_NOW, run_on
from tests.core.conftest import execute
from tests.core.doctor_cases import CASES, NOON, NOW, PRESS, QUARTER, WORKS, Case, at

DOCS = Path(__file__).parents[2] / "docs" / "doctor.md"


@pytest.fixture
def works_url(empty_url: str) -> str:
    """A database with a sound little factory."""
    execute(empty_url, WORKS)
    return empty_url


def examined(
    url: str,
    since: datetime | None = None,
    until: datetime | None = None,
    now: datetime = NOW,
    limit: int = 20,
) -> Sequence[Finding]:
    found = run_on(url, lambda store: examine(store.readings, Scope(now, since, until, limit)))
    assert isinstance(found, list)
    return found


def test_nothing_is_found_in_sound_data(works_url: str) -> None:
    assert examined(works_url) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.table}")
def test_what_is_broken_is_found_and_nothing_else(works_url: str, case: Case) -> None:
    execute(works_url, case.breaking)

    [finding] = examined(works_url)

    assert (finding.code, finding.table, finding.machine) == (case.code, case.table, case.machine)
    assert (finding.start, finding.end) == (case.start, case.end)
    assert {name: finding.facts[name] for name in case.facts} == pytest.approx(case.facts)
    assert "{" not in line(finding)


def test_every_check_is_broken_once_said_and_documented() -> None:
    broken = {case.code for case in CASES}
    documented = set(re.findall(r"^\| `(\w+)`", DOCS.read_text(encoding="utf-8"), re.MULTILINE))

    assert broken | {"overlap"} == set(SEVERITY)  # this one never comes alone: tested below
    assert set(SENTENCES) == set(SEVERITY)
    assert documented == set(SEVERITY)


def test_a_reading_between_two_others_counts_energy_twice(works_url: str) -> None:
    execute(
        works_url,
        f"""INSERT INTO energy_readings (machine_id, time, energy_kwh)
            VALUES ('{PRESS}', '2026-11-16T12:05+01:00', 1.2)""",
    )

    found = examined(works_url)

    assert [(each.code, each.start) for each in found] == [
        ("overlap", at("2026-11-16T12:05")),
        ("overlap", NOON + QUARTER),
        ("off_grid", at("2026-11-16T12:05")),
    ]


@pytest.mark.parametrize(
    ("change", "until"),
    [
        ("energy_kwh = 0, power_kw = 0", "15:00"),  # nothing used is no stuck meter
        ("energy_kwh = 1.9, power_kw = 7.6", "12:30"),  # three of one value
        ("energy_kwh = 1.9, power_kw = 7.6 + extract(minute FROM time) / 1000", "15:00"),
    ],
)
def test_a_value_that_may_repeat_is_not_stuck(works_url: str, change: str, until: str) -> None:
    execute(
        works_url,
        f"""UPDATE energy_readings SET {change} WHERE time >= '2026-11-16T12:00+01:00'
            AND time <= '2026-11-16T{until}+01:00'""",
    )

    assert examined(works_url) == []


def test_a_gap_ends_a_run_of_one_value(works_url: str) -> None:
    execute(
        works_url,
        """UPDATE energy_readings SET energy_kwh = 1.9, power_kw = 7.6
           WHERE time >= '2026-11-16T12:00+01:00' AND time < '2026-11-16T13:15+01:00';
           DELETE FROM energy_readings WHERE time = '2026-11-16T12:30+01:00'""",
    )

    assert [each.code for each in examined(works_url)] == ["gap"]


def test_carriers_in_one_table_are_told_apart(works_url: str) -> None:
    """Oil is read at the same instants as electricity: these are no duplicates of each other."""
    execute(
        works_url,
        f"""ALTER TABLE energy_readings DROP CONSTRAINT energy_readings_pkey,
                ADD energy_type varchar NOT NULL DEFAULT 'electricity';
            UPDATE energy_sources SET carrier_column = 'energy_type', carrier_value = 'electricity'
            WHERE name = 'electricity';
            INSERT INTO energy_sources (name, unit, readings_table, consumption_column,
                                        carrier_column, carrier_value)
            VALUES ('oil', 'l', 'energy_readings', 'energy_kwh', 'energy_type', 'oil');
            INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                                unit, valid_from)
            SELECT '{PRESS}', id, 900, 'interval', 'start', unit, '2026-11-15T00:00+01:00'
            FROM energy_sources WHERE name = 'oil';
            INSERT INTO energy_readings (machine_id, time, energy_kwh, energy_type)
            SELECT machine_id, time, 700 + energy_kwh, 'oil' FROM energy_readings
            WHERE time <> '{NOON.isoformat()}'""",
    )

    [finding] = examined(works_url)

    assert (finding.code, finding.facts["source"], finding.start) == ("gap", "oil", NOON)


def test_days_of_23_and_25_hours_are_neither_gap_nor_overlap(empty_url: str) -> None:
    execute(
        empty_url,
        f"""INSERT INTO factories (id, name, timezone)
            VALUES ('00000000-0000-0000-0000-00000000000f', 'Works', 'Europe/Berlin');
            INSERT INTO machines (id, factory_id, name, type)
            VALUES ('{PRESS}', '00000000-0000-0000-0000-00000000000f', 'Press-1', 'press');
            INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                                unit, valid_from)
            SELECT '{PRESS}', id, 86400, 'interval', 'start', unit, '2026-01-01T00:00+01:00'
            FROM energy_sources WHERE name = 'electricity';
            INSERT INTO energy_readings (machine_id, time, energy_kwh)
            SELECT '{PRESS}', day AT TIME ZONE 'Europe/Berlin', 40 + extract(day FROM day)
            FROM generate_series('2026-01-01'::timestamp, '2026-11-17', '1 day') AS day
            WHERE day <> '2026-10-25'""",
    )

    [finding] = examined(empty_url)

    assert (finding.code, finding.facts["missing"]) == ("gap", 1)
    assert finding.end == at("2026-10-26T00:00")


def test_readings_on_their_way_are_not_missing(works_url: str) -> None:
    """The last reading is of 23:45; at ten to one three more could be there."""
    assert examined(works_url, now=NOW + timedelta(minutes=50)) == []

    found = examined(works_url, now=NOW + timedelta(minutes=60))

    assert [(each.code, each.machine, each.start) for each in found] == [
        ("silent_meter", "Press-1", NOW),
        ("silent_meter", "Boiler-2", NOW),
    ]


def test_a_machine_without_a_rating_is_judged_by_its_own_readings(works_url: str) -> None:
    execute(
        works_url,
        f"""UPDATE machines SET rated_power_kw = NULL;
            UPDATE energy_readings SET energy_kwh = 1900, power_kw = 7600
            WHERE time = '{NOON.isoformat()}'""",
    )

    [finding] = examined(works_url)

    assert (finding.code, finding.start) == ("impossible_consumption", NOON)


def test_what_is_not_listed_is_counted(works_url: str) -> None:
    execute(
        works_url,
        """UPDATE energy_readings SET power_factor = 2 WHERE time < '2026-11-15T02:30+01:00';
           UPDATE environmental_data SET outdoor_humidity_percent = -1
           WHERE time < '2026-11-15T00:30+01:00'""",
    )

    found = examined(works_url, limit=3)

    assert [(each.table, each.more) for each in found] == [
        ("energy_readings", 0),
        ("energy_readings", 0),
        ("energy_readings", 7),
        ("environmental_data", 0),
        ("environmental_data", 0),
    ]
    assert summary(found) == "12 errors, 0 warnings, 0 notes"
    assert "and 7 more" in line(found[2])


def test_only_the_time_asked_about_is_examined(works_url: str) -> None:
    execute(
        works_url,
        """UPDATE energy_readings SET power_factor = 2;
           DELETE FROM energy_readings WHERE time < '2026-11-15T01:00+01:00'""",
    )

    found = examined(works_url, since=NOON, until=NOON + 2 * QUARTER)

    assert [(each.code, each.start) for each in found] == [
        ("out_of_range", NOON),
        ("out_of_range", NOON + QUARTER),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        {"limit": 0},
        {"now": NOW.replace(tzinfo=None)},
        {"since": NOW, "until": NOW},
    ],
)
def test_a_scope_without_sense_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Scope(**{"now": NOW, **arguments})  # type: ignore[arg-type]


def test_the_planted_troubles_are_found_and_nothing_else(plant_url: str) -> None:
    plant = plant_today(PLANT_NOW, seed=50001, plain=False, second_country=True)
    truths = planted_truths(plant)
    codes = dict.fromkeys(FROZEN_KINDS, "stuck_meter") | {
        TruthKind.METER_GAP: "gap",
        TruthKind.METER_REPLACEMENT: "no_meter_in_service",
    }

    found = examined(plant_url, now=PLANT_NOW)

    assert sorted(
        (each.code, each.machine, each.facts["source"], each.start, each.end) for each in found
    ) == sorted(
        (codes[truth.kind], truth.machine, truth.energy_source, truth.start, truth.end)
        for truth in truths
        if truth.kind in codes
    )
    assert {each.severity for each in found} == {Severity.WARNING}


def test_nothing_is_found_in_a_plain_plant(empty_url: str) -> None:
    plant = plant_today(PLANT_NOW, seed=7, plain=True, second_country=False)
    wanted = seeding(plant, PLANT_NOW)
    # Three months, with the end of summer time in them.
    wanted = replace(wanted, start=wanted.end.replace(month=8, day=20, hour=0, minute=0))
    run_on(empty_url, lambda store: seed(store, wanted, lambda reached: None))

    assert examined(empty_url, now=PLANT_NOW) == []


@pytest.fixture
def doctor(works_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The command line is on the sound factory, of which a reading is made wrong."""
    monkeypatch.setenv("ENMS_DATABASE_URL", works_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    return works_url


def test_errors_end_the_command_with_one(doctor: str, capsys: pytest.CaptureFixture[str]) -> None:
    execute(doctor, "UPDATE energy_readings SET power_factor = 9 WHERE time = '2026-11-16T11:00Z'")

    code = main(["doctor", "--data", "--now", NOW.isoformat()])

    assert code == 1
    assert capsys.readouterr().out.splitlines() == [
        "error: energy_readings, Works, Press-1: power_factor is 9, outside -1 to 1, "
        "2026-11-16 11:00 UTC [out_of_range]",
        "1 error, 0 warnings, 0 notes",
    ]


def test_warnings_are_no_failure(doctor: str, capsys: pytest.CaptureFixture[str]) -> None:
    execute(doctor, f"DELETE FROM energy_readings WHERE time = '{NOON.isoformat()}'")

    code = main(["doctor", "--data", "--json", "--now", NOW.isoformat()])

    assert code == 0
    assert [json.loads(each) for each in capsys.readouterr().out.splitlines()] == [
        {
            "severity": "warning",
            "code": "gap",
            "table": "energy_readings",
            "factory": "Works",
            "machine": "Press-1",
            "start": "2026-11-16T11:00:00+00:00",
            "end": "2026-11-16T11:15:00+00:00",
            "facts": {
                "source": "electricity", "unit": "kWh", "missing": 1, "interval_seconds": 900
            },
            "more": 0,
            "message": "electricity: 1 intervals of 900 s are missing",
        }
    ]  # fmt: skip


def test_a_time_without_zone_is_the_factorys(
    doctor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(doctor, "UPDATE energy_readings SET power_factor = 9")

    times = ["--now", "2026-11-18 00:00", "--since", "2026-11-16 12:00"]
    main(["doctor", "--data", "--json", *times, "--until", "2026-11-16 12:15"])

    [found] = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert found["start"] == "2026-11-16T11:00:00+00:00"


@pytest.mark.parametrize(
    "arguments",
    [["doctor"], ["doctor", "--data", "--since", "soon"], ["doctor", "--data", "--limit", "0"]],
)
def test_wrong_usage_ends_with_two(doctor: str, arguments: list[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)

    assert code == 2
