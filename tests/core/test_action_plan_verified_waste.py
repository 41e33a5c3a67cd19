"""What plans against waste saved, on a copy of the demo plant: idling, which no baseline looks at,
computed a second time from the rows of readings, status and production."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum, sqrt
from statistics import fmean, median, variance

import psycopg
import pytest
from scipy.special import stdtrit

from tests.conftest import PLANT_NOW
from tests.core.conftest import execute
from tests.core.verified_truth import (
    BERLIN,
    HOUR,
    METERS,
    USED,
    Case,
    local,
    made,
    plan,
    plant_copied,
)

EXACT = 1e-9
USUAL = timedelta(weeks=8)
# The pump is left idle whenever nothing is made, for as long as the plant is known.
PUMP = Case(
    "Hydraulic-Pump-1",
    ("production_count",),
    trained=local("2026-09-01T10:00"),
    made=local("2026-09-01T12:00"),
    completed=local("2026-09-15T15:00"),
)
STATUS = """
SELECT h.time, lead(h.time) OVER (ORDER BY h.time), h.is_running, h.mode
FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
WHERE m.name = 'Hydraulic-Pump-1' ORDER BY h.time
"""
MADE = """
SELECT date_trunc('hour', p.time, 'UTC'), sum(p.production_count)
FROM production_data AS p JOIN machines AS m ON m.id = p.machine_id
WHERE m.name = 'Hydraulic-Pump-1' AND p.time >= %(start)s AND p.time < %(end)s GROUP BY 1
"""
# From the day after the completion on the pump is switched off where it idled, and uses a tenth.
READINGS_WHILE_IDLE = """
UPDATE energy_readings AS r SET energy_kwh = r.energy_kwh / 10
FROM machines AS m
WHERE m.id = r.machine_id AND m.name = 'Hydraulic-Pump-1' AND r.time >= '2026-09-16+02'
  AND 'idle' = (SELECT mode FROM machine_status_history AS h
                WHERE h.machine_id = r.machine_id AND h.time <= r.time
                ORDER BY h.time DESC LIMIT 1)
"""
SWITCHED_OFF = """
UPDATE machine_status_history SET mode = 'off', is_running = false
WHERE mode = 'idle' AND time >= '2026-09-16+02'
  AND machine_id = (SELECT id FROM machines WHERE name = 'Hydraulic-Pump-1')
"""


@pytest.fixture
def url(server_url: str, plant_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with plant_copied(server_url, tmp_path_factory.mktemp("cli"), (PUMP,)) as copied:
        yield copied


@dataclass(frozen=True)
class Hour:
    """One with all its readings; kind: idle or off all through, or anything else."""

    start: datetime
    kwh: float
    kind: str


def hours(url: str, start: datetime, end: datetime) -> list[Hour]:
    asked = {"machine": PUMP.machine, "start": start, "end": end}
    with psycopg.connect(url) as connection:
        used = {hour: (float(kwh), n) for hour, kwh, n in connection.execute(USED, asked)}
        meters = list(connection.execute(METERS, asked))
        status = list(connection.execute(STATUS))
        units = dict(connection.execute(MADE, asked))
    found = []
    for hour, (kwh, count) in sorted(used.items()):
        is_whole = any(
            begun <= hour and (ended is None or hour + HOUR <= ended) and count * seconds >= 3600
            for begun, ended, seconds in meters
        )
        if is_whole:
            there = [
                (ran, mode)
                for begun, ended, ran, mode in status
                if begun < hour + HOUR and (ended is None or hour < ended)
            ]
            found.append(Hour(hour, kwh, kind(there, units.get(hour))))
    return found


def kind(there: list[tuple[bool, str]], units: float | None) -> str:
    """Of an hour with some states. A pump that runs and makes nothing idles."""
    if any(ran for ran, _ in there):
        return "idle" if units == 0 else "runs"
    return "idle" if all(mode == "idle" for _, mode in there) else "off"


@dataclass(frozen=True)
class Truth:
    """rate: of an hour before; saved: over the hours after, n of them, with its uncertainty."""

    rate: float
    hours: int
    saved: float
    uncertainty: float
    actual: float


def truth(url: str, before: tuple[datetime, datetime], after: tuple[datetime, datetime]) -> Truth:
    """Use above that of an hour while off, in the hours in which the pump idled, of all those in
    which it idled or was off."""
    table = hours(url, before[0] - USUAL, after[1])
    off = [hour.kwh for hour in table if hour.kind == "off"]
    usual = median(off) if len(off) >= 3 else 0.0
    wasted: dict[str, list[tuple[datetime, float]]] = defaultdict(list)
    for hour in table:
        for name, (start, end) in (("before", before), ("after", after)):
            if start <= hour.start < end and hour.kind != "runs":
                waste = max(hour.kwh - usual, 0.0) if hour.kind == "idle" else 0.0
                wasted[name].append((hour.start, waste))
    rate, left = (fmean(kwh for _, kwh in wasted[name]) for name in ("before", "after"))
    count = len(wasted["after"])
    return Truth(
        rate,
        count,
        (rate - left) * count,
        welch(days(wasted["before"]), days(wasted["after"])) * count,
        fsum(hour.kwh for hour in table if after[0] <= hour.start < after[1]),
    )


def days(wasted: list[tuple[datetime, float]]) -> list[float]:
    """Means of the local days that have half as many hours as the median day, or more."""
    by_day = defaultdict(list)
    for start, kwh in wasted:
        by_day[start.astimezone(BERLIN).date()].append(kwh)
    least = median(map(len, by_day.values())) / 2.0
    return [fmean(each) for each in by_day.values() if len(each) >= least]


def welch(one: list[float], other: list[float]) -> float:
    """Half of the 90 % interval of a difference of two means."""
    errors = [(variance(each) / len(each), len(each) - 1) for each in (one, other)]
    total = fsum(error for error, _ in errors)
    freedom = total**2 / fsum(error**2 / n for error, n in errors)
    return float(stdtrit(freedom, 0.95)) * sqrt(total)


def completed(url: str) -> tuple[datetime, datetime]:
    """The plan, made and completed; the eight weeks before it."""
    told = made(url, PUMP)
    assert told["content"]["problem"] in ("idle", "standby")
    done = plan("complete", "1", at=PUMP.completed)
    assert done["unverified"] == "too_early"
    since = told["content"]["since"]
    begun = local("2026-07-07T00:00") if since is None else datetime.fromisoformat(since)
    return begun.astimezone(BERLIN), local("2026-09-01T00:00")


def check(url: str, before: tuple[datetime, datetime]) -> dict:
    after = (local("2026-09-16T00:00"), PLANT_NOW.replace(minute=0, second=0).astimezone(BERLIN))
    found = plan("show", "1", at=PLANT_NOW)["verified"]
    wanted = truth(url, before, after)
    assert (found["start"], found["end"]) == tuple(each.isoformat() for each in after)
    assert found["hours"] == wanted.hours
    assert found["excess_per_hour"] == pytest.approx(wanted.rate, rel=EXACT)
    assert found["actual"] == pytest.approx(wanted.actual, rel=EXACT)
    assert found["quantity"] == pytest.approx(wanted.saved, rel=EXACT, abs=EXACT * wanted.actual)
    assert found["uncertainty"] == pytest.approx(wanted.uncertainty, rel=EXACT)
    expected = wanted.actual + wanted.saved
    assert found["percent"] == pytest.approx(100.0 * wanted.saved / expected, rel=EXACT, abs=EXACT)
    assert found["is_significant"] == (abs(wanted.saved) > wanted.uncertainty)
    return found


def test_a_pump_that_still_idles_saved_nothing(url: str) -> None:
    found = check(url, completed(url))

    assert not found["is_significant"]


def test_a_pump_that_is_switched_off_saved_what_it_idled_away(url: str) -> None:
    before = completed(url)
    execute(url, READINGS_WHILE_IDLE)
    execute(url, SWITCHED_OFF)

    found = check(url, before)

    assert found["is_significant"]
    assert 0.0 < found["quantity"] <= found["excess_per_hour"] * found["hours"] * (1.0 + EXACT)
