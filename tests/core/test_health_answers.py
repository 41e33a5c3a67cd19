"""Whether the energy system works: its meters, the newest reading, who is silent."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from enms_core.services.health import answer_system_health
from tests.conftest import PLANT_NOW
from tests.core.adopted.databases import ONE_TABLE
from tests.core.answering import Works, adopted, lathe, works_on
from tests.core.conftest import execute, rows

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Works:
    return works_on(plant_url)


# Each meter in service with its newest reading, by a walk over every table of readings.
LAST = """
SELECT m.name, s.name, max(r.time), k.nominal_interval_seconds
FROM meters AS k JOIN machines AS m ON m.id = k.machine_id
JOIN energy_sources AS s ON s.id = k.energy_source_id
LEFT JOIN (
    SELECT 'electricity' AS source, machine_id, time FROM energy_readings
    UNION ALL SELECT 'natural_gas', machine_id, time FROM natural_gas_readings
    UNION ALL SELECT 'steam', machine_id, time FROM steam_readings
    UNION ALL SELECT 'compressed_air', machine_id, time FROM compressed_air_end_use_readings
) AS r ON r.source = s.name AND r.machine_id = m.id AND r.time < '{now}'
WHERE k.valid_from <= '{now}' AND coalesce(k.valid_to, 'infinity') > '{now}'
GROUP BY 1, 2, 4
"""


@pytest.mark.parametrize("hours", [0, -1, -72, 0.5, 2, 30])
def test_health_is_what_the_readings_tell(plant: Works, hours: float) -> None:
    """The plant's meters deliver by the minute up to now; later, nothing more comes."""
    now = PLANT_NOW + hours * HOUR

    told = plant.ask(answer_system_health, plant.question(), now)

    found = rows(plant.url, LAST.format(now=now.isoformat()))
    last = {(r[0], r[1]): r[2] for r in found}
    newest = max(moment for moment in last.values() if isinstance(moment, datetime))
    assert told.data["meters"] == len(last)
    assert datetime.fromisoformat(told.data["latest_reading"]) == newest
    interval_s = min(r[3] for r in found if r[2] == newest)  # type: ignore[type-var]
    complete = newest + timedelta(seconds=interval_s)  # type: ignore[arg-type]
    assert told.data["age_seconds"] == max(0.0, (now - complete).total_seconds())
    silent = {key for key, moment in last.items() if now - moment > HOUR}  # type: ignore[operator]
    assert {(s["machine"], s["energy_source"]) for s in told.data["silent"]} == silent
    assert told.data["database"] == "ok"


def test_a_healthy_plant_is_said_to_be(plant: Works) -> None:
    told = plant.ask(answer_system_health, plant.question())

    assert told.speech == (
        "The energy database answers. I follow fourteen meters, and the newest reading is less"
        " than one minute old. All of them report."
    )


def hours_of(machine: int, first: str, last: str) -> str:
    return f"""
    INSERT INTO energy_readings (machine_id, time, energy_kwh)
    SELECT '00000000-0000-0000-0000-0000000000b{machine}', hour, 1.0
    FROM generate_series('{first}'::timestamptz, '{last}', '1 hour') AS hour
    """


def test_a_silent_meter_is_told_with_since_when(workshop_url: str) -> None:
    """Of meters by the hour one reports, one has been quiet since Tuesday, one never spoke."""
    execute(
        workshop_url,
        lathe("Lathe-8", 1)
        + lathe("Lathe-9", 2)
        + hours_of(1, "2026-11-18T00:00+01:00", "2026-11-18T09:00+01:00"),
    )
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_system_health, workshop.question())

    assert told.data["silent"] == [
        {
            "machine": "Lathe-7",
            "energy_source": "electricity",
            "last_reading": "2026-11-17T23:00:00+01:00",
        },
        {"machine": "Lathe-9", "energy_source": "electricity", "last_reading": None},
    ]
    assert told.speech == (
        "The energy database answers. I follow three meters, and the newest reading is seven"
        " minutes old. Two meters are silent: electricity of lathe seven last heard yesterday"
        " at eleven p m"
        " and electricity of lathe nine never heard."
    )


def test_readings_after_now_are_not_there_yet(workshop_url: str) -> None:
    workshop = works_on(workshop_url)
    now = datetime(2026, 11, 17, 12, 30, tzinfo=timezone.utc)

    told = workshop.ask(answer_system_health, workshop.question(), now)

    assert told.data["latest_reading"] == "2026-11-17T13:00:00+01:00"
    assert told.data["silent"] == []


def test_a_meter_out_of_service_is_not_silent(workshop_url: str) -> None:
    execute(workshop_url, "UPDATE meters SET valid_to = '2026-11-18T00:00+01:00'")
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_system_health, workshop.question())

    assert (told.data["meters"], told.data["silent"]) == (0, [])
    assert told.speech.endswith("No meter is in service yet.")


def test_the_newest_reading_is_told_without_its_rate_column(workshop_url: str) -> None:
    """A register may name a rate column that an adopted table has not: health needs none."""
    execute(workshop_url, "UPDATE energy_sources SET rate_column = 'no_such_column'")
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_system_health, workshop.question())

    assert told.data["latest_reading"] == "2026-11-17T23:00:00+01:00"


def test_a_reading_without_an_amount_is_no_sign_of_life(workshop_url: str) -> None:
    execute(
        workshop_url,
        """
        INSERT INTO energy_readings (machine_id, time, energy_kwh) VALUES
        ('00000000-0000-0000-0000-0000000000a1', '2026-11-18T00:00+01:00', 'NaN')
        """,
    )
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_system_health, workshop.question())

    assert told.data["latest_reading"] == "2026-11-17T23:00:00+01:00"


def test_carriers_of_one_table_are_told_apart_by_health(bare_url: str) -> None:
    """Electricity and gas of the mill end together, each by its own rows."""
    mill = adopted(bare_url, ONE_TABLE)
    now = datetime(2026, 3, 3, 23, 30, tzinfo=timezone.utc)

    told = mill.ask(answer_system_health, mill.question(), now)

    assert told.data["meters"] == len(
        {(m.machine_id, m.energy_source_id) for m in mill.catalogue.meters}
    )
    assert told.data["latest_reading"].startswith("2026-03-03T23:45:00+01:00")
