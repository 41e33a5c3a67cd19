"""The biggest users at a glance."""

from __future__ import annotations

from enms_core.analysis.overview import biggest_users
from enms_core.domain.use import MachineUse
from tests.unit.answers.common import CATALOGUE, PERIOD, use


def test_a_machine_that_feeds_energy_back_is_no_user() -> None:
    uses = [
        MachineUse(machine, (PERIOD,), (use("electricity", quantity),))
        for machine, quantity in zip(CATALOGUE.machines, (96.0, -144.0, 0.0, 20.0), strict=False)
    ]

    top = biggest_users(uses)

    assert [each.energy_kwh for each in top] == [96.0, 20.0]
