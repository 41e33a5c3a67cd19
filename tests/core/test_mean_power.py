"""Means of meters of every kind, by numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from enms_core.domain.power import RateUnknown
from tests.core.conftest import execute
from tests.core.power_truth import told
from tests.core.service_desk import MakeDesk, opened_desks
from tests.core.works import MACHINES, A, B, add, add_meter, at

MINUTE_S, QUARTER_S, HOUR_S = 60, 900, 3600


@pytest.fixture
def works_url(empty_url: str) -> str:
    execute(empty_url, MACHINES)
    return empty_url


@pytest.fixture
def desk(works_url: str) -> Iterator[MakeDesk]:
    """Opens a desk once the database is as the test wants it."""
    with opened_desks(works_url) as make:
        yield make


def test_a_replaced_meter_counts_with_the_time_of_each(works_url: str, desk: MakeDesk) -> None:
    """Two quarters of 8 kW, then ten minutes of 2 kW: (4 + 1/3) kWh in 40 minutes."""
    add_meter(works_url, A, QUARTER_S)
    execute(works_url, "UPDATE meters SET valid_to = %s", at(30))
    add(works_url, A, 15, 2.0, 2.0)
    add_meter(works_url, A, MINUTE_S)
    execute(works_url, "UPDATE meters SET valid_from = %s WHERE valid_to IS NULL", at(30))
    add_meter(works_url, B, QUARTER_S)
    for minute in range(30, 40):
        execute(works_url, READING, A, at(minute), 2.0 / 60)

    answer = desk().ask(
        "power", "Lathe-1", metric="average", period="in the last 40 minutes", now=at(40)
    )

    assert answer.data()["rate"] == pytest.approx((4 + 1 / 3) * 60 / 40)
    assert answer.data()["coverage_percent"] == 100.0


READING = "INSERT INTO energy_readings (machine_id, time, energy_kwh) VALUES (%s, %s, %s)"


def test_the_edges_of_a_period_do_not_bend_the_mean_of_an_hourly_meter(
    works_url: str, desk: MakeDesk
) -> None:
    """Of 0:30 to 2:30 the readings of one and two o'clock are known, each of 30 kW: not 60."""
    add_meter(works_url, A, HOUR_S)
    add(works_url, A, 60, 30.0, 30.0, 30.0)

    answer = told(
        desk().ask(
            "power", "Lathe-1", metric="average", period="in the last two hours", now=at(150)
        )
    )

    assert answer.data()["rate"] == pytest.approx(30.0)
    assert [issue.code for issue in answer.issues] == ["readings.window"]


def test_a_gap_lowers_no_mean(works_url: str, desk: MakeDesk) -> None:
    add_meter(works_url, A, QUARTER_S)
    add(works_url, A, 15, 5.0, None, None, 5.0)

    answer = told(
        desk().ask("power", "Lathe-1", metric="average", period="in the last hour", now=at(60))
    )

    assert answer.data()["rate"] == pytest.approx(20.0)
    assert [issue.code for issue in answer.issues] == ["readings.coverage_low"]


def test_each_machine_has_the_mean_of_its_own_time(works_url: str, desk: MakeDesk) -> None:
    """A was read for an hour at 20 kW, B for a half at 12 kW: 32 kW together."""
    for machine, energies_kwh in ((A, (5, 5, 5, 5)), (B, (3, 3))):
        add_meter(works_url, machine, QUARTER_S)
        add(works_url, machine, 15, *energies_kwh)

    answer = desk().ask(
        "power", "Lathe-1", "Lathe-2", metric="average", period="in the last hour", now=at(60)
    )

    assert answer.data()["rate"] == pytest.approx(32.0)


def test_readings_of_no_meter_are_a_mean_of_the_period_in_doubt(
    works_url: str, desk: MakeDesk
) -> None:
    """An SEU tells that the machine uses electricity; no meter tells how long a reading is."""
    execute(works_url, SEU)
    add(works_url, A, 15, 5.0, 5.0)
    asked = desk()

    latest = asked.ask("power", "Lathe-1", now=at(31))
    peak = asked.ask("power", "Lathe-1", metric="peak", period="in the last hour", now=at(60))
    mean = told(
        asked.ask("power", "Lathe-1", metric="average", period="in the last hour", now=at(60))
    )

    for unknown in (latest, peak):
        assert isinstance(unknown, RateUnknown)
        assert unknown.interval_seconds is None
    assert mean.data()["rate"] == pytest.approx(10.0)
    assert [issue.code for issue in mean.issues] == ["readings.coverage_unknown"]


SEU = """
INSERT INTO seus (name, energy_source_id, machine_ids)
SELECT 'Lathe-1 electricity', id, ARRAY['00000000-0000-0000-0000-0000000000a1'::uuid]
FROM energy_sources WHERE name = 'electricity'
"""
