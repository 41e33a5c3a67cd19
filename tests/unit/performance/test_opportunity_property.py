"""Whatever the hours are like, no rule fails, claims outside the period or more than was used."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.claims import distinct
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.opportunities import opportunities_of
from enms_core.domain.opportunity import Thresholds
from tests.unit.baselines.made_tables import PRODUCTION, made

EAGER = Thresholds(
    opportunity_percent=0.0,
    idle_percent=0.0,
    schedule_hours=0.0,
    extra_load_percent=0.0,
    base_load_percent=0.0,
    part_load_percent=100.0,
)


def hours_of_chance(seed: int, days: int, regular: bool, unknown: float) -> HourlyTable:
    """Machines that run by chance, or by a week of chance; some values unknown, some negative."""
    chance = np.random.default_rng(seed)
    hours = 24 * days
    week = chance.uniform(size=168)[np.arange(hours) % 168]
    runs = (week if regular else chance.uniform(size=hours)) > 0.5
    running = np.where(runs, chance.choice([0.25, 1.0, 1.0], hours), 0.0)
    use = chance.normal(5.0, 5.0, hours)
    units = np.where(runs, chance.uniform(0.0, 100.0, hours), 0.0)
    lost = chance.uniform(size=(4, hours)) < unknown
    table = made(np.where(lost[0], np.nan, use), {"units": units}, (PRODUCTION,))
    return replace(
        table,
        running=np.where(lost[1], np.nan, running),
        is_stopped=(running == 0.0) & (chance.uniform(size=hours) < 0.5),
        is_complete=~lost[2],
        drivers={"units": np.where(lost[3], np.nan, units)},
    )


@settings(deadline=None, max_examples=150)
@given(
    seed=st.integers(0, 10_000),
    days=st.sampled_from([1, 2, 8, 36, 90]),
    regular=st.booleans(),
    unknown=st.sampled_from([0.0, 0.1, 0.9, 1.0]),
    asked=st.integers(0, 100),
)
def test_all_claims_together_are_at_most_what_was_used(
    seed: int, days: int, regular: bool, unknown: float, asked: int
) -> None:
    table = hours_of_chance(seed, days, regular, unknown)
    last = int(table.hours[-1]) + 1
    first = last - 24 * asked

    claims = opportunities_of(None, table, first, last, EAGER)

    is_in = table.hours >= first
    known = is_in & table.is_complete & np.isfinite(table.quantity)
    for claim in claims:
        assert (claim.per_hour[~known] == 0.0).all()
        assert np.isfinite([claim.value, claim.weekly.quantity, *claim.evidence.values()]).all()
        if claim.weekly.lower is not None and claim.weekly.upper is not None:
            assert claim.weekly.lower <= claim.weekly.quantity <= claim.weekly.upper
    if claims:
        used = np.maximum(np.nan_to_num(table.quantity), 0.0)
        assert (distinct(claims) <= used).all()


def test_no_hours_tell_nothing() -> None:
    assert opportunities_of(None, made([]), 0, 10, EAGER) == []
