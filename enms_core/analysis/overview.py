"""Who used the most."""

from __future__ import annotations

from collections.abc import Iterable

from enms_core.analysis.energy import purchased_energy_kwh
from enms_core.domain.overview import MachineEnergy
from enms_core.domain.use import MachineUse

MOST = 3


def biggest_users(uses: Iterable[MachineUse]) -> tuple[MachineEnergy, ...]:
    """The machines that used the most purchased energy, the most first; at most three.

    Without those whose energy is not known, and those that used none or fed some back.
    """
    known = [
        MachineEnergy(use.machine, energy_kwh)
        for use in uses
        if (energy_kwh := purchased_energy_kwh([u for u in use.uses if u.readings]) or 0.0) > 0
    ]
    return tuple(sorted(known, key=lambda each: -each.energy_kwh)[:MOST])
