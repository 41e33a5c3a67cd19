"""Seeding stores all or nothing, and topping up gives what seeding later would have given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from enms_core.demo.plant import Plant
from enms_core.demo.seed import Seeding, plant_today, seed, seeding, top_up
from enms_core.storage.store import Store
from tests.conftest import Asker, run_on
from tests.core.conftest import rows

# Between two quarter hours, on an ordinary day in Berlin.
SEEDED_AT = datetime(2026, 11, 13, 9, 7, 30, tzinfo=timezone.utc)
TABLES = """
SELECT table_schema || '.' || table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_name <> 'audit_log'
  AND (table_schema = 'public' OR table_name = 'demo_plant')
ORDER BY 1
"""
# Everything but the moments of storing.
ROWS = "SELECT (to_jsonb(t) - 'created_at' - 'updated_at')::text FROM {table} AS t ORDER BY 1"
SUMS = """
SELECT machine_id::text, date_bin('15 minutes', time, 'epoch') AS quarter, sum({column})
FROM {table} GROUP BY 1, 2 ORDER BY 1, 2
"""
METERED = (
    ("energy_readings", "energy_kwh"),
    ("natural_gas_readings", "consumption_m3"),
    ("steam_readings", "consumption_kg"),
    ("compressed_air_end_use_readings", "consumption_m3"),
)
QUARTERLY = ("production_data", "environmental_data", "site_weather", "production_plan")
METERS = """
SELECT nominal_interval_seconds, valid_from, valid_to
FROM meters JOIN machines ON machines.id = machine_id
WHERE machines.name = 'Conveyor-A' ORDER BY valid_from
"""


class Stopped(Exception):
    """The seeding was interrupted."""


def short_seeding(end: datetime) -> Seeding:
    """A few days of the plant that was seeded at SEEDED_AT, up to `end`."""
    whole = seeding(Plant(SEEDED_AT.date()), SEEDED_AT)
    start = whole.minute_from - timedelta(days=1)
    return Seeding(whole.plant, start, whole.minute_from, end.replace(second=0))


def seed_up_to(url: str, end: datetime) -> object:
    return run_on(url, lambda store: seed(store, short_seeding(end), lambda reached: None))


def top_up_to(url: str, now: datetime) -> object:
    return run_on(url, lambda store: top_up(store, now))


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows by table."""
    tables = [str(table) for (table,) in rows(url, TABLES)]
    return {table: rows(url, ROWS.format(table=table)) for table in tables}


def test_history_begins_25_months_back_on_the_first_of_a_month_in_local_time() -> None:
    plant = plant_today(SEEDED_AT, seed=1, plain=True, second_country=False)
    wanted = seeding(plant, SEEDED_AT)
    assert wanted.start == datetime.fromisoformat("2024-10-01T00:00+02:00")
    assert wanted.minute_from == datetime.fromisoformat("2026-11-11T00:00+01:00")
    assert wanted.end == datetime.fromisoformat("2026-11-13T09:07+00:00")


def test_a_seeding_that_is_interrupted_leaves_nothing_behind(empty_url: str) -> None:
    before = everything(empty_url)

    def stop(_reached: datetime) -> None:
        raise Stopped

    async def interrupted(store: Store) -> None:
        await seed(store, short_seeding(SEEDED_AT), stop)

    with pytest.raises(Stopped):
        run_on(empty_url, interrupted)
    assert everything(empty_url) == before


def test_a_second_seeding_does_nothing(empty_url: str) -> None:
    assert seed_up_to(empty_url, SEEDED_AT) is True
    before = everything(empty_url)
    assert seed_up_to(empty_url, SEEDED_AT + timedelta(days=1)) is False
    assert everything(empty_url) == before


def test_progress_reaches_the_end(empty_url: str) -> None:
    reached: list[datetime] = []
    run_on(empty_url, lambda store: seed(store, short_seeding(SEEDED_AT), reached.append))
    assert max(reached) == SEEDED_AT.replace(second=0)


def test_a_database_without_a_plant_is_not_topped_up(empty_url: str) -> None:
    before = everything(empty_url)
    assert top_up_to(empty_url, SEEDED_AT) is False
    assert everything(empty_url) == before


def test_topping_up_to_an_earlier_time_changes_nothing(empty_url: str) -> None:
    seed_up_to(empty_url, SEEDED_AT)
    before = everything(empty_url)
    assert top_up_to(empty_url, SEEDED_AT - timedelta(hours=1)) is True
    assert everything(empty_url) == before


@pytest.mark.parametrize("pause", [timedelta(minutes=7), timedelta(hours=20)], ids=str)
def test_topping_up_gives_every_row_that_seeding_later_gives(
    empty_url: str, later_url: str, pause: timedelta
) -> None:
    now = SEEDED_AT + pause
    seed_up_to(empty_url, SEEDED_AT)
    assert top_up_to(empty_url, now) is True
    seed_up_to(later_url, now)
    topped_up, seeded = everything(empty_url), everything(later_url)
    assert len(seeded["public.energy_readings"]) > 20_000
    for table in seeded:
        assert topped_up[table] == seeded[table], table


@pytest.fixture
def paused(empty_url: str, later_url: str) -> tuple[str, str]:
    """A plant topped up after a pause of five days, and one seeded then."""
    now = SEEDED_AT + timedelta(days=5)
    seed_up_to(empty_url, SEEDED_AT)
    top_up_to(empty_url, now)
    seed_up_to(later_url, now)
    return empty_url, later_url


def test_after_a_long_pause_the_quarter_hours_are_those_of_seeding_later(
    paused: tuple[str, str],
) -> None:
    for table, column in METERED:
        topped_up, seeded = (rows(url, SUMS.format(table=table, column=column)) for url in paused)
        assert [row[:2] for row in topped_up] == [row[:2] for row in seeded]
        amounts = [row[2] for row in topped_up]
        assert amounts == pytest.approx([row[2] for row in seeded], rel=1e-9, abs=1e-12)
    for table in QUARTERLY:
        topped_up, seeded = (rows(url, ROWS.format(table=table)) for url in paused)
        assert topped_up == seeded, table


def test_after_a_long_pause_the_meters_tell_which_days_are_by_the_quarter_hour(
    paused: tuple[str, str],
) -> None:
    def at(written: str) -> datetime:
        return datetime.fromisoformat(written)

    assert rows(paused[0], METERS) == [
        (900, at("2026-11-10T00:00+01:00"), at("2026-11-11T00:00+01:00")),
        (60, at("2026-11-11T00:00+01:00"), at("2026-11-13T09:15+00:00")),
        (900, at("2026-11-13T09:15+00:00"), at("2026-11-16T09:00+00:00")),
        (60, at("2026-11-16T09:00+00:00"), None),
    ]


def test_after_a_long_pause_no_reading_is_said_to_be_missing(
    paused: tuple[str, str], engine_on: Callable[..., Asker]
) -> None:
    now = SEEDED_AT + timedelta(days=5)
    said = "how much energy did the whole factory use over the last 7 days"
    topped_up, seeded = (engine_on(url).ask(said, now=now) for url in paused)
    assert (topped_up.outcome, topped_up.issues) == ("answered", ())
    total = seeded.data["purchased_energy_kwh"]
    assert topped_up.data["purchased_energy_kwh"] == pytest.approx(total, rel=1e-9)


def test_topping_up_minute_by_minute_equals_topping_up_at_once(
    empty_url: str, later_url: str
) -> None:
    seed_up_to(empty_url, SEEDED_AT)
    for minutes in range(1, 11):
        top_up_to(empty_url, SEEDED_AT + timedelta(minutes=minutes))
    seed_up_to(later_url, SEEDED_AT)
    top_up_to(later_url, SEEDED_AT + timedelta(minutes=10))
    assert everything(empty_url) == everything(later_url)
