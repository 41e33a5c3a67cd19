"""Energy used, as `data` tells it: per source, per machine, and together."""

from __future__ import annotations

import psycopg

from tests.core.energy_truth import Truth, by_source, truths_of
from tests.core.oracle.case import PURCHASED, UNITS, Case
from tests.core.oracle.cost import money_data, spent
from tests.core.oracle.expected import Data, Expected

Uses = dict[tuple[str, str], Truth]


def energy(case: Case, connection: psycopg.Connection) -> Expected:
    """The total, with what it cost where all of it is purchased; by source, without."""
    truths = truths_of(case, connection)
    totals = by_source(truths)
    said = [(truth.quantity, UNITS[source]) for source, truth in totals.items()]
    together = purchased_kwh(totals)
    if len(totals) > 1 and together is not None:
        said.append((together, "kWh"))
    data = use_data(case, truths)
    if case.metric == "total":
        data |= spent(case, connection, totals)
    return Expected(data, tuple(said))


def use_data(case: Case, truths: Uses) -> Data:
    """Everything of `data` but the money."""
    totals = by_source(truths)
    sources = [source_data(source, truth) for source, truth in totals.items()]
    keys = ("energy_kwh", "quantity", "unit", "energy_source", "coverage_percent")
    head = {key: sources[0][key] for key in keys} if len(sources) == 1 else {}
    return {
        **head,
        "purchased_energy_kwh": purchased_kwh(totals),
        **money_data([]),
        "sources": sources,
        "machines": [_machine_data(case, name, truths) for name in case.machines],
    }


def source_data(source: str, truth: Truth) -> Data:
    """A source's part of `data`."""
    return {
        "energy_source": source,
        "quantity": truth.quantity,
        "unit": UNITS[source],
        "energy_kwh": truth.energy_kwh,
        "is_purchased": source in PURCHASED,
        "readings": truth.readings,
        "coverage_percent": truth.coverage_percent,
        "first_reading": truth.first,
        "last_reading": truth.last,
    }


def purchased_kwh(totals: dict[str, Truth]) -> float | None:
    """Energy of all sources together; None where one of them is produced here."""
    if not PURCHASED.issuperset(totals):
        return None
    return sum(truth.energy_kwh or 0.0 for truth in totals.values())


def adds_up(totals: dict[str, Truth]) -> bool:
    """Whether there is something to be told of several sources together."""
    return len(totals) > 1 and purchased_kwh(totals) is not None


def _machine_data(case: Case, name: str, truths: Uses) -> Data:
    stretches = case.stretches(name)
    return {
        "machine": name,
        "period": {"start": stretches[0][0], "end": stretches[-1][1]},
        "sources": [
            source_data(source, truth)
            for (machine, source), truth in truths.items()
            if machine == name
        ],
    }
