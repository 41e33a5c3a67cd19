"""What can be asked after an import: questions that are understood, with answers that are true."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from enms_core.domain.imports import (
    FilePlan,
    FileReport,
    ProductionTarget,
    ReadingsTarget,
    Site,
    StatusTarget,
    TableFormat,
    Target,
    TargetReport,
    WeatherTarget,
)
from enms_core.domain.period import Period
from enms_core.services.first_questions import first_questions
from enms_core.services.first_subjects import Stretch, subjects_of
from enms_core.services.importing import ImportedFile
from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, run_on
from tests.core.conftest import execute
from tests.unit.catalogues import demo_catalogue

BERLIN = ZoneInfo("Europe/Berlin")
QUARTER_HOUR = timedelta(minutes=15)
POWER = ReadingsTarget(column="kWh", machine="Compressor-1", source="Electricity")
GAS = ReadingsTarget(column="m3", machine="Boiler-1", source="natural gas")
USED = """
SELECT sum(energy_kwh) FROM energy_readings JOIN machines ON machines.id = machine_id
WHERE name = 'Compressor-1' AND time >= %s AND time < %s
"""


def berlin(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=BERLIN)  # type: ignore[arg-type]


TENTH_OF_AUGUST = berlin(2026, 8, 10)
TENTH_OF_NOVEMBER = berlin(2026, 11, 10)


def report(
    target: Target,
    first: datetime = TENTH_OF_AUGUST,
    end: datetime = TENTH_OF_NOVEMBER,
    gaps: tuple[tuple[datetime, datetime], ...] = (),
    rows: int = 8_000,
) -> TargetReport:
    return TargetReport(
        target=target,
        rows=rows,
        stored=rows,
        replaced=0,
        quantity=None,
        unit="",
        first=first if rows else None,
        last=end.astimezone(timezone.utc) - QUARTER_HOUR if rows else None,
        interval=QUARTER_HOUR,
        missing_intervals=0,
        gaps=gaps,
    )


def imported(*reports: TargetReport, site: str | None = None) -> ImportedFile:
    targets = [each.target for each in reports]
    path = Path("meters.csv")
    plan = FilePlan(path=path, site=Site(name=site), format=TableFormat(), targets=targets)
    return ImportedFile(plan, BERLIN, FileReport(path=path, targets=reports))


def asked(url: str, *files: ImportedFile, now: datetime = PLANT_NOW) -> list[Reply]:
    found = run_on(url, lambda store: first_questions(store, files, now))
    assert isinstance(found, list)
    return found


def questions(url: str, *files: ImportedFile) -> list[str]:
    return [reply.utterance for reply in asked(url, *files)]


def test_the_newest_whole_month_is_asked_about_and_answered_with_its_energy(
    plant_url: str, plant_connection: psycopg.Connection
) -> None:
    replies = asked(plant_url, imported(report(POWER)))

    assert [reply.utterance for reply in replies] == [
        "how much electricity did compressor one use in October twenty twenty-six",
        "what was the peak demand of compressor one in October twenty twenty-six",
        "which machine used the most electricity in October twenty twenty-six",
    ]
    assert [reply.outcome for reply in replies] == ["answered"] * 3
    october = (berlin(2026, 10, 1), berlin(2026, 11, 1))
    row = plant_connection.execute(USED, october).fetchone()
    assert row is not None
    assert replies[0].data["energy_kwh"] == pytest.approx(row[0], rel=1e-9)
    assert all(reply.speech for reply in replies)


def test_a_month_with_a_gap_is_asked_about_only_where_there_is_no_other(plant_url: str) -> None:
    gap = (berlin(2026, 10, 5), berlin(2026, 10, 6))
    both = (gap, (berlin(2026, 9, 5), berlin(2026, 9, 6)))

    [about_september, *_] = questions(plant_url, imported(report(POWER, gaps=(gap,))))
    [about_october, *_] = questions(plant_url, imported(report(POWER, gaps=both)))

    assert about_september.endswith("use in September twenty twenty-six")
    assert about_october.endswith("use in October twenty twenty-six")


def test_the_last_day_of_a_month_counts_where_it_has_25_hours() -> None:
    """The clocks went back on 31 October 2021. A day was taken for 24 hours, so that October
    seemed to lack its last one, and September was asked about."""
    days = replace(
        report(POWER, berlin(2021, 9, 1), berlin(2021, 11, 1)),
        last=berlin(2021, 10, 31),
        interval=timedelta(days=1),
    )
    first = next(subjects_of([imported(days)], demo_catalogue()))
    assert first.when == Stretch("month", Period(berlin(2021, 10, 1), berlin(2021, 11, 1)))


def test_some_days_are_asked_about_one_day(plant_url: str) -> None:
    few = report(POWER, berlin(2026, 11, 3, 9), berlin(2026, 11, 6, 15))

    found = questions(plant_url, imported(few))

    day = "on Thursday, the fifth of November twenty twenty-six"
    assert found[0] == f"how much electricity did compressor one use {day}"
    assert found[1] == f"what was the peak demand of compressor one {day}"


def test_a_source_without_other_machines_is_compared_with_the_month_before(plant_url: str) -> None:
    found = questions(plant_url, imported(report(GAS)))

    assert found[0] == "how much natural gas did boiler one use in October twenty twenty-six"
    assert found[2] == (
        "did boiler one use more natural gas in October twenty twenty-six"
        " or in September twenty twenty-six"
    )


def test_pieces_and_states_are_asked_about_where_there_are_no_readings(plant_url: str) -> None:
    pieces = report(ProductionTarget(column="pieces", machine="Injection-Molding-1"))
    states = report(StatusTarget(column="state", machine="Injection-Molding-1"))

    replies = asked(plant_url, imported(pieces, states))

    assert [(reply.utterance.split()[0], reply.intent) for reply in replies] == [
        ("how", "production"),
        ("when", "status_history"),
        ("which", "machine_list"),
    ]


def test_of_several_files_the_one_with_the_newest_readings_is_asked_about(plant_url: str) -> None:
    spring = imported(report(POWER, berlin(2026, 3, 1), berlin(2026, 5, 1)))
    autumn = imported(report(GAS))

    [first, *_] = questions(plant_url, spring, autumn)

    assert first == "how much natural gas did boiler one use in October twenty twenty-six"


def test_nothing_is_asked_of_columns_without_rows_and_of_weather(plant_url: str) -> None:
    empty = report(POWER, rows=0)
    weather = report(WeatherTarget(column="temp", quantity="outdoor_temp_c"))

    [only] = asked(plant_url, imported(empty, weather))

    assert (only.intent, only.outcome) == ("machine_list", "answered")


def test_a_question_without_an_answer_is_not_told(workshop_url: str) -> None:
    lathe = ReadingsTarget(column="kWh", machine="Lathe-7", source="electricity")
    claimed = report(lathe, berlin(2026, 9, 1), berlin(2026, 11, 1))  # October has no readings

    replies = asked(workshop_url, imported(claimed))

    assert [reply.intent for reply in replies] == ["machine_list"]


def test_machines_of_one_name_are_told_apart_by_their_sites(workshop_url: str) -> None:
    execute(
        workshop_url, "INSERT INTO factories (name, timezone) VALUES ('Annex', 'Europe/Berlin')"
    )
    execute(
        workshop_url,
        "INSERT INTO machines (factory_id, name, type)"
        " SELECT id, 'Lathe-7', 'lathe' FROM factories WHERE name = 'Annex'",
    )
    lathe = ReadingsTarget(column="kWh", machine="Lathe-7", source="electricity")
    day = report(lathe, berlin(2026, 11, 17), berlin(2026, 11, 18))

    replies = asked(workshop_url, imported(day, site="Workshop"))

    assert replies[0].utterance.startswith("how much electricity did lathe seven at workshop use")
    assert replies[0].data["energy_kwh"] == pytest.approx(24 * 2.5)
