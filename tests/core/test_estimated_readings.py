"""Readings that are estimates: counted, and said to be such."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Asker, run_on
from tests.core.conftest import execute
from tests.core.works import MACHINES, A, B, add, add_meter

ESTIMATE = """
UPDATE energy_readings SET is_estimated = true
WHERE machine_id = %s AND time >= '2026-11-17T01:00Z' AND time < '2026-11-17T03:00Z'
"""


@pytest.fixture(params=[False, True], ids=["rows", "rollup"])
def url(request: pytest.FixtureRequest, empty_url: str) -> str:
    """Two lathes with hourly readings, two hours of the first estimated."""
    execute(empty_url, MACHINES)
    for machine in (A, B):
        add_meter(empty_url, machine, 3600)
        add(empty_url, machine, 60, *[2.0] * 6)
    execute(empty_url, ESTIMATE, A)
    if request.param:
        run_on(empty_url, lambda store: store.refresh_rollups())
    return empty_url


def test_the_estimated_time_of_a_machine_is_said(url: str, engine_on: Callable[..., Asker]) -> None:
    reply = engine_on(url).ask("how much energy did lathe one use yesterday from one to five")
    assert reply.data["quantity"] == 8.0
    assert reply.issues == (
        {
            "code": "readings.estimated",
            "energy_source": "electricity",
            "readings": 2,
            "estimated_seconds": 7200.0,
        },
    )
    assert dict(reply.dialogs)["readings_estimated"] == {
        "source": "electricity",
        "duration": "two hours",
    }


def test_of_several_machines_it_is_said_that_some_is_estimated(
    url: str, engine_on: Callable[..., Asker]
) -> None:
    reply = engine_on(url).ask("how much energy did lathe one and lathe two use yesterday")
    assert {"readings_some_estimated": {"source": "electricity"}}.items() <= dict(
        reply.dialogs
    ).items()


def test_measured_readings_raise_no_doubt(url: str, engine_on: Callable[..., Asker]) -> None:
    reply = engine_on(url).ask("how much energy did lathe two use yesterday from one to five")
    assert (reply.data["quantity"], reply.issues) == (8.0, ())
