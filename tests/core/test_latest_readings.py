"""The latest reading of machines in the database."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from enms_core.domain.power import LatestReading
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.power import latest_readings
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.conftest import execute
from tests.core.works import MACHINES, READING, SHARE_TABLE, A, B, C, add, add_meter, at

QUARTER_S = 900


@pytest.fixture
def works_url(empty_url: str) -> str:
    execute(empty_url, MACHINES)
    return empty_url


def latest(url: str, now: datetime, source: str = "electricity") -> dict[UUID, LatestReading]:
    async def work(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        return await latest_readings(store.readings, catalogue.source(source), [A, B, C], now)

    found = run_on(url, work)
    assert isinstance(found, list)
    return {each.machine_id: each for each in found}


def test_the_latest_reading_is_the_last_that_began_before_now(works_url: str) -> None:
    for minute, power_kw in ((0, 10.0), (15, 20.0), (30, 30.0)):
        execute(works_url, READING, A, at(minute), power_kw / 4, power_kw)

    assert latest(works_url, at(29)) == {A: LatestReading(A, at(15), 20.0)}
    assert latest(works_url, at(30))[A].time == at(15)
    assert latest(works_url, at(9999))[A].rate == 30.0
    assert latest(works_url, at(0)) == {}


def test_without_a_rate_the_meter_tells_what_to_divide_by(works_url: str) -> None:
    add_meter(works_url, A, QUARTER_S)
    add(works_url, A, 15, 2.5)
    add(works_url, B, 15, 2.5)

    found = latest(works_url, at(5))

    assert found == {A: LatestReading(A, at(0), 10.0, QUARTER_S), B: LatestReading(B, at(0), None)}


def test_a_reading_has_the_interval_of_the_meter_that_took_it(works_url: str) -> None:
    """An hourly meter served until a quarter past midnight, one of a minute from then on."""
    add_meter(works_url, A, 3600)
    execute(works_url, "UPDATE meters SET valid_to = %s", at(15))
    add_meter(works_url, A, 60)
    execute(works_url, "UPDATE meters SET valid_from = %s WHERE valid_to IS NULL", at(15))
    add(works_url, A, 15, 6.0, 0.5)

    assert latest(works_url, at(15)) == {A: LatestReading(A, at(0), 6.0, 3600)}
    assert latest(works_url, at(16)) == {A: LatestReading(A, at(15), 30.0, 60)}


def test_a_row_that_tells_nothing_is_not_the_latest(works_url: str) -> None:
    execute(works_url, "ALTER TABLE energy_readings ALTER energy_kwh DROP NOT NULL")
    execute(works_url, READING, A, at(0), 2.5, 10.0)
    execute(works_url, READING, A, at(15), None, None)

    assert latest(works_url, at(20)) == {A: LatestReading(A, at(0), 10.0)}


def test_a_carrier_that_shares_its_table_has_a_latest_reading_of_its_own(works_url: str) -> None:
    execute(works_url, SHARE_TABLE)
    for source in ("electricity", "compressed_air"):
        add_meter(works_url, A, QUARTER_S, source)
    add(works_url, A, 15, 1, 2)
    execute(
        works_url, "UPDATE energy_readings SET energy_type = 'compressed_air' WHERE energy_kwh = 1"
    )

    assert latest(works_url, at(30), "compressed_air") == {
        A: LatestReading(A, at(0), 4.0, QUARTER_S)
    }
    assert latest(works_url, at(30)) == {A: LatestReading(A, at(15), 8.0, QUARTER_S)}
