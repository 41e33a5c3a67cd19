"""The factory at a glance, and what an answer rests on."""

from __future__ import annotations

import psycopg

from tests.core.energy_truth import by_source, truths_of
from tests.core.oracle.carbon import emitted_kg
from tests.core.oracle.case import Case
from tests.core.oracle.cost import priced_of, sums
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.status import state_at
from tests.core.oracle.use import purchased_kwh, use_data

TOLD = 3


def overview(case: Case, connection: psycopg.Connection) -> Expected:
    """Energy, money by currency, emissions, the biggest users, and how many machines run."""
    truths = truths_of(case, connection)
    by_machine = {
        name: sum(t.energy_kwh or 0.0 for (machine, _), t in truths.items() if machine == name)
        for name in case.machines
    }
    money = sums(priced_of(case, connection))
    most = sorted(by_machine.items(), key=lambda each: -each[1])[:TOLD]
    is_running_day = any(case.stretches(name)[-1][1] == case.at for name in case.machines)
    running = sum(state_at(connection, name, case.at).is_running for name in case.machines)
    together = purchased_kwh(by_source(truths))
    assert together is not None
    data: Data = {
        "energy": use_data(case, truths),
        "costs": [{"currency": code, "amount": amount} for code, amount in money.items()],
        "emissions_kg_co2e": emitted_kg(truths, connection),
        "machines_total": len(case.machines),
        "machines_running": running if is_running_day else None,
        "machines_with_status": len(case.machines) if is_running_day else 0,
        "top": [{"machine": name, "value": kwh, "unit": "kWh"} for name, kwh in most],
        "latest_reading": max(t.last for t in truths.values() if t.last is not None),
    }
    return Expected(data, ((together, "kWh"), *((amount, code) for code, amount in money.items())))
