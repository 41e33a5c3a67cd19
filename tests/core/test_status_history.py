"""The status history of machines in the database."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest

from enms_core.analysis.status import durations_by_mode, running_time, status_stretches
from enms_core.domain.period import Period
from enms_core.domain.status import StatusChange, StatusNow
from enms_core.storage.status import status_at, status_changes
from tests.conftest import PLANT_NOW, run_on
from tests.core.conftest import execute, rows

LATHE = UUID("00000000-0000-0000-0000-0000000000a1")
OTHER = UUID("00000000-0000-0000-0000-0000000000a2")
MIDNIGHT = datetime(2026, 11, 17, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
CHANGE = """
INSERT INTO machine_status_history (machine_id, time, mode, is_running) VALUES (%s, %s, %s, %s)
"""
ADD_OTHER = """
INSERT INTO machines (id, factory_id, name, type)
SELECT %s, id, 'Lathe-8', 'lathe' FROM factories
"""


def at(hour: float) -> datetime:
    return MIDNIGHT + hour * HOUR


@pytest.fixture
def lathe_url(workshop_url: str) -> str:
    """Idle the evening before and at midnight once more; runs from 6, broken from 15."""
    execute(workshop_url, ADD_OTHER, OTHER)
    for hour, mode in ((-9, "running"), (-4, "idle"), (0, "idle"), (6, "running"), (15, "fault")):
        execute(workshop_url, CHANGE, LATHE, at(hour), mode, mode == "running")
    execute(workshop_url, CHANGE, OTHER, at(20), "off", False)
    return workshop_url


def changes(url: str, period: Period, *machines: UUID) -> dict[UUID, tuple[StatusChange, ...]]:
    found = run_on(url, lambda store: status_changes(store.readings, machines, period))
    assert isinstance(found, dict)
    return found


def now(url: str, moment: datetime) -> dict[UUID, StatusNow]:
    found = run_on(url, lambda store: status_at(store.readings, [LATHE, OTHER], moment))
    assert isinstance(found, dict)
    return found


def test_a_period_comes_with_the_last_change_before_it(lathe_url: str) -> None:
    found = changes(lathe_url, Period(at(-1), at(15)), LATHE, OTHER)

    assert found == {
        LATHE: (
            StatusChange(at(-4), "idle", False),
            StatusChange(at(0), "idle", False),
            StatusChange(at(6), "running", True),
        )
    }


def test_a_change_at_the_start_is_the_one_that_counts(lathe_url: str) -> None:
    found = changes(lathe_url, Period(at(6), at(24)), LATHE, OTHER)

    assert [change.time for change in found[LATHE]] == [at(6), at(15)]
    assert [change.time for change in found[OTHER]] == [at(20)]


def test_a_day_of_the_lathe_adds_up(lathe_url: str) -> None:
    day = Period(at(0), at(24))

    stretches = status_stretches(changes(lathe_url, day, LATHE)[LATHE], day)

    assert durations_by_mode(stretches) == {
        "idle": 6 * HOUR,
        "running": 9 * HOUR,
        "fault": 9 * HOUR,
    }
    assert running_time(stretches) == 9 * HOUR


@pytest.mark.parametrize(
    ("hour", "mode", "since"),
    [
        (-9, "running", -9),
        (-5, "running", -9),
        (5, "idle", -4),
        (6, "running", 6),
        (99, "fault", 15),
    ],
)
def test_a_status_is_told_with_since_when_it_holds(
    lathe_url: str, hour: float, mode: str, since: float
) -> None:
    assert now(lathe_url, at(hour))[LATHE] == StatusNow(mode, mode == "running", at(since))


def test_before_its_history_a_machine_has_no_status(lathe_url: str) -> None:
    assert now(lathe_url, at(-9.5)) == {}
    assert OTHER not in now(lathe_url, at(19))


def test_a_history_that_tells_only_half_is_still_read(lathe_url: str) -> None:
    """An adopted table may tell the mode only, or only whether the machine ran."""
    execute(
        lathe_url,
        "ALTER TABLE machine_status_history ALTER mode DROP NOT NULL,"
        " ALTER is_running DROP NOT NULL",
    )
    execute(lathe_url, CHANGE, OTHER, at(21), "running", None)
    execute(lathe_url, CHANGE, OTHER, at(22), None, False)
    execute(lathe_url, CHANGE, OTHER, at(23), None, None)

    found = changes(lathe_url, Period(at(20.5), at(24)), OTHER)

    assert found[OTHER] == (
        StatusChange(at(20), "off", False),
        StatusChange(at(21), "running", True),
        StatusChange(at(22), None, False),
    )
    assert now(lathe_url, at(24))[OTHER] == StatusNow(None, False, at(22))
    execute(lathe_url, CHANGE, OTHER, at(25), None, None)
    execute(lathe_url, CHANGE, OTHER, at(26), None, False)
    assert now(lathe_url, at(27))[OTHER] == StatusNow(None, False, at(22))


# Hours by mode in SQL of its own: each change lasts until the next.
HOURS = """
SELECT mode, extract(epoch FROM sum(least(next, '2026-11-01T00:00+01:00')
                                    - greatest(time, '2026-10-01T00:00+02:00'))) / 3600
FROM (SELECT time, mode, lead(time, 1, 'infinity') OVER (ORDER BY time) AS next
      FROM machine_status_history JOIN machines ON machines.id = machine_id
      WHERE name = 'Compressor-1') AS h
WHERE time < '2026-11-01T00:00+01:00' AND next > '2026-10-01T00:00+02:00'
GROUP BY mode
"""


def test_the_demo_plants_october_is_what_the_database_adds_up(plant_url: str) -> None:
    october = Period(
        datetime.fromisoformat("2026-10-01T00:00+02:00"),
        datetime.fromisoformat("2026-11-01T00:00+01:00"),
    )
    ((machine,),) = rows(plant_url, "SELECT id FROM machines WHERE name = 'Compressor-1'")
    assert isinstance(machine, UUID)

    stretches = status_stretches(changes(plant_url, october, machine)[machine], october)

    hours = {mode: each / HOUR for mode, each in durations_by_mode(stretches).items()}
    expected = {mode: float(each) for mode, each in rows(plant_url, HOURS)}  # type: ignore[arg-type]
    assert hours == pytest.approx(expected)
    assert sum(hours.values()) == pytest.approx(745)


def test_the_status_of_now_knows_nothing_of_later(plant_url: str) -> None:
    earlier = PLANT_NOW - timedelta(days=30)
    machines = [row[0] for row in rows(plant_url, "SELECT id FROM machines")]

    found = run_on(plant_url, lambda store: status_at(store.readings, machines, earlier))

    assert isinstance(found, dict)
    assert set(found) == set(machines)
    assert all(each.since <= earlier for each in found.values())
