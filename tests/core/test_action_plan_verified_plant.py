"""What plans against planted truths saved, on a copy of the demo plant, held against a second
computation (verified_truth.py): the rows by hour, the equation, the excess before, and the
uncertainty by ASHRAE Guideline 14."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import fsum, sqrt

import pytest

from tests.conftest import PLANT_NOW
from tests.core.conftest import execute, rows
from tests.core.verified_truth import (
    BERLIN,
    Case,
    half,
    local,
    made,
    plan,
    plant_copied,
    stretch,
    version,
)

EXACT = 1e-9

# 182 days before the anchor, 20 May: 7 % less from then on. Nothing finds a retrofit to come, so
# the plan is of a title of one's own.
RETROFIT = Case(
    "Injection-Molding-1",
    ("production_count",),
    trained=local("2026-05-13T10:00"),
    made=local("2026-05-13T12:00"),
    completed=local("2026-05-20T15:00"),
    title="New drives",
)
# 35 days before the anchor, 14 October: 8 % more from then on, for ever.
LEAK = Case(
    "Compressor-1",
    ("production_count", "outdoor_temp_c"),
    trained=local("2026-10-13T10:00"),
    made=local("2026-11-04T12:00"),
    completed=local("2026-11-06T15:00"),
)
LEAK_SINCE, LEAK_SHARE, RETROFIT_SHARE = local("2026-10-14T00:00"), 0.08, 0.07


@pytest.fixture(scope="module")
def plant_copy(
    server_url: str, plant_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with plant_copied(server_url, tmp_path_factory.mktemp("cli"), (RETROFIT, LEAK)) as url:
        yield url


@pytest.fixture
def url(plant_copy: str) -> Iterator[str]:
    yield plant_copy
    execute(plant_copy, "DELETE FROM action_plans")


def check(url: str, case: Case, told: dict, before: tuple[datetime, datetime]) -> dict:
    """A plan's savings against the second computation, from the day after its completion on up to
    the last whole hour of now."""
    verified = told["verified"]
    start = local(f"{case.completed.date() + timedelta(days=1)}T00:00")
    end = PLANT_NOW.replace(minute=0, second=0).astimezone(BERLIN)
    assert (verified["start"], verified["end"]) == (start.isoformat(), end.isoformat())
    model = version(url, case, verified["model_version"])
    assert model.statistics is not None
    then, now = (stretch(url, case, model, *each) for each in (before, (start, end)))
    expected = now.expected + then.excess * now.hours
    saved = expected - now.actual
    halves = (half(model.statistics, now), half(model.statistics, then) * now.hours / then.hours)
    uncertainty = sqrt(fsum(each**2 for each in halves))
    assert verified["hours"] == now.hours
    assert verified["actual"] == pytest.approx(now.actual, rel=EXACT)
    assert verified["excess_per_hour"] == pytest.approx(then.excess, rel=EXACT)
    assert verified["expected"] == pytest.approx(expected, rel=EXACT)
    assert verified["quantity"] == pytest.approx(saved, rel=EXACT)
    assert verified["percent"] == pytest.approx(100.0 * saved / expected, rel=EXACT)
    assert verified["uncertainty"] == pytest.approx(uncertainty, rel=EXACT)
    assert verified["is_significant"] == (abs(saved) > uncertainty)
    return verified


def test_a_retrofit_saved_what_was_planted(url: str) -> None:
    """Eight weeks before the plan was made tell how it would have gone on."""
    told = made(url, RETROFIT)
    assert (told["title"], told["start_date"]) == ("New drives", "2026-05-13")
    done = plan("complete", "new drives", at=RETROFIT.completed)
    assert (done["completion_date"], done["unverified"]) == ("2026-05-20", "too_early")

    told = plan("show", "new drives", at=PLANT_NOW)

    before = (local("2026-03-18T00:00"), local("2026-05-13T00:00"))
    found = check(url, RETROFIT, told, before)
    assert found["is_significant"]
    planted = RETROFIT_SHARE * found["expected"]
    assert abs(found["quantity"] - planted) < found["uncertainty"]


def test_a_leak_that_nobody_sealed_saved_nothing(url: str) -> None:
    """What is completed on paper only: before is from when the trouble began."""
    told = made(url, LEAK)
    assert told["content"]["problem"] == "leak"
    since = datetime.fromisoformat(told["content"]["since"]).astimezone(BERLIN)
    assert abs(since - LEAK_SINCE) <= timedelta(days=3)
    plan("complete", "leak", at=LEAK.completed)

    told = plan("show", "leak", at=PLANT_NOW)

    found = check(url, LEAK, told, (since, local("2026-11-04T00:00")))
    assert found["excess_per_hour"] > 0.0
    assert not found["is_significant"]


def test_a_leak_that_was_sealed_saved_what_it_lost(url: str) -> None:
    """From the day after the completion on, the readings are those without the leak."""
    since = datetime.fromisoformat(made(url, LEAK)["content"]["since"]).astimezone(BERLIN)
    plan("complete", "leak", at=LEAK.completed)
    readings = (
        "UPDATE energy_readings SET energy_kwh = energy_kwh {} 1.08 WHERE time >= '2026-11-07+01'"
        " AND machine_id = (SELECT id FROM machines WHERE name = 'Compressor-1')"
    )
    execute(url, readings.format("/"))
    try:
        told = plan("show", "leak", at=PLANT_NOW)
        found = check(url, LEAK, told, (since, local("2026-11-04T00:00")))
    finally:
        execute(url, readings.format("*"))

    assert found["is_significant"]
    lost = found["expected"] * LEAK_SHARE / (1.0 + LEAK_SHARE)
    assert abs(found["quantity"] - lost) < found["uncertainty"]


def test_completing_it_again_stores_what_it_saved_by_now(url: str) -> None:
    """A kilowatt hour of electricity is one; the day of the completion stays."""
    made(url, RETROFIT)
    plan("complete", "new drives", at=RETROFIT.completed)
    stored = "SELECT completion_date::text, actual_savings_kwh FROM action_plans"
    assert rows(url, stored) == [("2026-05-20", None)]

    told = plan("complete", "new drives", at=PLANT_NOW)

    assert rows(url, stored) == [("2026-05-20", told["verified"]["quantity"])]
    assert told["actual_savings_kwh"] == told["verified"]["quantity"]


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        ("2026-05-20T15:00", False),
        ("2026-05-27T23:59", False),
        ("2026-05-28T00:00", True),
    ],
)
def test_nothing_is_told_before_a_week_of_whole_hours(url: str, at: str, is_told: bool) -> None:
    """Completed on 20 May: the hours from the 21st on count, 168 of them are over on the 28th."""
    made(url, RETROFIT)
    plan("complete", "new drives", at=RETROFIT.completed)

    told = plan("show", "new drives", at=local(at))

    assert (told["verified"] is not None) == is_told
    assert told["unverified"] == (None if is_told else "too_early")
    if is_told:
        assert 0 < told["verified"]["hours"] <= 168
