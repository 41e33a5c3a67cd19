"""The planted troubles of re-seeded plants are found, and nothing else of size.

Three plants of each kind in an ordinary run, fifty with ENMS_TEST_LONG=1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.claims import Asked, Claim
from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.opportunities import opportunities_of
from enms_core.demo.plant import Plant
from enms_core.demo.truths import TruthKind, planted_truths
from enms_core.domain.opportunity import OpportunityKind, Thresholds
from tests.unit.baselines.demo_tables import ANCHOR, demo_seus
from tests.unit.baselines.made_tables import part

SEEDS = range(1, 51 if os.environ.get("ENMS_TEST_LONG") else 4)
ENOUGH = 0.9
YEAR, DAYS = 365, 760
HISTORY = 364
PERIOD = 30
SIZE_PERCENT = 2.0
# Of each planted trouble, the rule that finds it and what it points to.
EXPECTED: dict[TruthKind, tuple[OpportunityKind, str]] = {
    TruthKind.LEAK: ("extra_load", "leak"),
    TruthKind.FOULING: ("wear", "wear"),
    TruthKind.NIGHT_RUNNING: ("schedule", "schedule"),
    TruthKind.LEFT_IDLE: ("idle", "standby"),
}


@dataclass(frozen=True)
class Found:
    machine: str
    source: str
    claim: Claim
    percent: float


def found_in(seed: int, plain: bool) -> Iterator[Found]:
    """All opportunities of the last 30 days, by baselines of the first year of 25 months."""
    for seu in demo_seus(seed, plain=plain, days=DAYS):
        first_year = part(seu.table, 0, 24 * YEAR)
        drivers = choose_drivers(first_year, tuple(seu.table.drivers))
        model = train_model(first_year, drivers) if drivers else None
        history = part(seu.table, len(seu.table) - 24 * HISTORY, len(seu.table))
        last = int(history.hours[-1]) + 1
        asked = Asked(history, last - 24 * PERIOD, last)
        for claim in opportunities_of(
            model, history, asked.first_hour, asked.last_hour, Thresholds()
        ):
            yield Found(seu.machine, seu.source, claim, asked.percent(claim.per_hour))


def is_it(found: Found, machine: str, kind: TruthKind, start: datetime) -> bool:
    rule, suspicion = EXPECTED[kind]
    if found.machine != machine or (found.claim.kind, found.claim.suspicion) != (rule, suspicion):
        return False
    if found.claim.since is None:
        return kind is TruthKind.LEFT_IDLE
    days = abs((found.claim.since - start).total_seconds()) / 86_400.0
    # The day on which a slow growth began is known less well.
    return days <= (14.0 if kind is TruthKind.FOULING else 3.0)


@pytest.fixture(scope="module")
def planted() -> list[tuple[Plant, list[Found]]]:
    return [(Plant(ANCHOR, seed=seed), list(found_in(seed, plain=False))) for seed in SEEDS]


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_planted_trouble_is_found(
    planted: list[tuple[Plant, list[Found]]], kind: TruthKind
) -> None:
    hits = [
        any(is_it(each, truth.machine, kind, truth.start) for each in found)
        for plant, found in planted
        for truth in planted_truths(plant)
        if truth.kind is kind
    ]

    assert len(hits) == len(SEEDS)
    assert sum(hits) >= ENOUGH * len(hits)


def test_nothing_else_of_size_is_found(planted: list[tuple[Plant, list[Found]]]) -> None:
    troubled = {"Compressor-1", "HVAC-Main", "Boiler-1", "Hydraulic-Pump-1"}
    kinds = {rule for rule, _ in EXPECTED.values()}
    clean = [
        all(
            each.machine in troubled and each.claim.kind in kinds
            for each in found
            if each.percent > SIZE_PERCENT
        )
        for _, found in planted
    ]

    assert sum(clean) >= ENOUGH * len(clean)
    assert all(len([each for each in f if each.percent > SIZE_PERCENT]) <= 4 for _, f in planted)


def test_plain_plants_have_no_opportunity_of_size() -> None:
    clean = [
        not any(each.percent > SIZE_PERCENT for each in found_in(seed, plain=True))
        for seed in SEEDS
    ]

    assert sum(clean) >= ENOUGH * len(clean)
