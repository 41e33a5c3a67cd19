"""Emissions of energy use, by each source's own intensity: the plant has no carbon factors."""

from __future__ import annotations

import psycopg

from tests.core.energy_truth import Truth, by_source, row, truths_of
from tests.core.oracle.case import PURCHASED, UNITS, Case
from tests.core.oracle.expected import Data, Expected

INTENSITY = """
SELECT carbon_intensity FROM energy_sources
WHERE name = %(source)s
      AND NOT EXISTS (SELECT 1 FROM carbon_factors WHERE energy_source_id = energy_sources.id)
"""


def carbon(case: Case, connection: psycopg.Connection) -> Expected:
    """Emissions by source, by machine and together; of a produced source only by its name."""
    truths = truths_of(case, connection)
    totals = by_source(truths)
    told = {source for source in totals if source in PURCHASED} or set(totals)
    together = emitted_kg(truths, connection, sources=told)
    data: Data = {
        "emissions_kg_co2e": together,
        "method": "location_based",
        "sources": [_source_data(*each, connection) for each in totals.items()],
        "machines": [
            {"machine": name, "emissions_kg_co2e": emitted_kg(truths, connection, name, told)}
            for name in case.machines
        ],
    }
    return Expected(data, ((together, "kg"),))


def emitted_kg(
    truths: dict[tuple[str, str], Truth],
    connection: psycopg.Connection,
    machine: str | None = None,
    sources: set[str] = PURCHASED,
) -> float:
    """Emissions [kg] of one machine, or of all of them."""
    return sum(
        truth.quantity * factor_of(source, connection)
        for (name, source), truth in truths.items()
        if source in sources and machine in (None, name)
    )


def factor_of(source: str, connection: psycopg.Connection) -> float:
    """kg in one unit of the source."""
    found: float = row(connection, INTENSITY, {"source": source})[0]
    return found


def _source_data(source: str, use: Truth, connection: psycopg.Connection) -> Data:
    factor = factor_of(source, connection)
    emitted = use.quantity * factor
    used = {
        "source": None,
        "region": None,
        "factor_kg_per_unit": factor,
        "basis": "flat",
        "valid_from": None,
        "valid_to": None,
        "quantity": use.quantity,
        "emissions_kg_co2e": emitted,
    }
    return {
        "energy_source": source,
        "quantity": use.quantity,
        "unit": UNITS[source],
        "is_purchased": source in PURCHASED,
        "emissions_kg_co2e": emitted,
        "basis": ["flat"],
        "factors": [used],
        "missing_quantity": 0.0,
    }
