from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.hourly_table import DriverSpec, HourlyTable
from enms_core.analysis.training_hours import OPERATING_HOURS
from enms_core.demo.plant import Plant
from enms_core.demo.truths import true_drivers
from tests.unit.baselines.demo_tables import DemoSeu, demo_seus
from tests.unit.baselines.made_tables import COOLING, HEATING, PRODUCTION, TEMPERATURE, made

Floats = NDArray[np.float64]
HOURS = 24 * 300
# The retrofit and all later changes of the machines lie after the year that ends here.
BEFORE_THE_CHANGES = 183


def planted(seu: DemoSeu) -> set[str]:
    truths = true_drivers(Plant(date(2026, 11, 18), second_country=True))
    of_seu = [t for t in truths if (t.machine, t.energy_source) == (seu.machine, seu.source)]
    # In hours of running throughout, operating hours are the intercept.
    return {truth.driver for truth in of_seu} - {OPERATING_HOURS}


@pytest.mark.parametrize(
    ("seed", "plain", "days_before"),
    [(seed, True, 0) for seed in range(1, 11)]
    + [(seed, False, BEFORE_THE_CHANGES) for seed in range(1, 11)],
)
def test_the_planted_drivers_of_every_seu_are_chosen_and_no_others(
    seed: int, plain: bool, days_before: int
) -> None:
    seus = demo_seus(seed, plain=plain, days_before=days_before)

    chosen = {
        (s.machine, s.source): set(choose_drivers(s.table, tuple(s.table.drivers))) for s in seus
    }

    assert chosen == {(seu.machine, seu.source): planted(seu) for seu in seus}


def test_a_model_of_days_has_the_same_drivers_and_the_hours_of_running_beside_them() -> None:
    seu = demo_seus(1)[0]

    chosen = choose_drivers(seu.table, tuple(seu.table.drivers), grain="day")

    assert set(chosen) - {OPERATING_HOURS} == planted(seu)


def weather(seed: int = 2) -> Floats:
    """Seasons, fronts and days."""
    chance = np.random.default_rng(seed)
    hour = np.arange(HOURS)
    fronts = np.repeat(chance.normal(0.0, 4.0, HOURS // 48 + 1), 48)[:HOURS]
    days = -4.0 * np.cos(2.0 * np.pi * hour / 24.0)
    return np.asarray(11.0 - 9.0 * np.cos(2.0 * np.pi * hour / (24.0 * 365.0)) + days + fronts)


def rivals(use: Floats, outdoor: Floats, **others: Floats) -> HourlyTable:
    drivers = {"outdoor": outdoor, "heating": outdoor, "cooling": outdoor, **others}
    return made(use, drivers, (TEMPERATURE, HEATING, COOLING, PRODUCTION))


def scatter(size: float = 2.0) -> Floats:
    return np.asarray(np.random.default_rng(6).normal(0.0, size, HOURS))


@pytest.mark.parametrize(
    ("true", "use"),
    [
        ({"heating", "cooling"}, lambda t: 3 * np.maximum(14 - t, 0) + 4 * np.maximum(t - 18, 0)),
        ({"heating"}, lambda t: 3 * np.maximum(15 - t, 0)),
        ({"cooling"}, lambda t: 3 * np.maximum(t - 16, 0)),
        ({"outdoor"}, lambda t: 2 * t),
    ],
)
def test_what_the_weather_does_is_told_from_its_rivals(true: set[str], use: object) -> None:
    outdoor = weather()
    table = rivals(30.0 + use(outdoor) + scatter(), outdoor)  # type: ignore[operator]

    assert set(choose_drivers(table, ("outdoor", "heating", "cooling"))) == true


def test_what_never_varies_or_is_unknown_is_not_chosen() -> None:
    outdoor, units = weather(), np.random.default_rng(1).uniform(0.0, 50.0, HOURS)
    sparse = np.where(np.arange(HOURS) % 10 < 3, np.nan, units)
    table = rivals(
        20.0 + units + scatter(),
        outdoor,
        units=units,
        flat=np.ones(HOURS),
        none=np.full(HOURS, np.nan),
        sparse=sparse,
    )
    candidates = ("none", "flat", "sparse", "units", "outdoor", "not in the table")

    assert choose_drivers(table, candidates) == ("units",)
    assert choose_drivers(table, ("none", "flat", "sparse")) == ()


def test_of_two_that_say_the_same_the_count_is_chosen() -> None:
    units = np.random.default_rng(1).uniform(0.0, 50.0, HOURS)
    table = rivals(20.0 + units + scatter(), weather(), units=units, rate=units / 60.0)

    assert choose_drivers(table, ("rate", "units")) == ("units",)


def test_the_order_of_the_candidates_is_no_matter_but_for_that_of_the_answer() -> None:
    outdoor, units = weather(), np.random.default_rng(1).uniform(0.0, 50.0, HOURS)
    table = rivals(20.0 + units + outdoor + scatter(), outdoor, units=units)

    assert choose_drivers(table, ("units", "heating", "outdoor")) == ("units", "outdoor")
    assert choose_drivers(table, ("outdoor", "heating", "units")) == ("outdoor", "units")


def test_no_more_than_asked_for_are_chosen_and_four_unasked() -> None:
    chance = np.random.default_rng(3)
    columns = {f"d{n}": chance.normal(0.0, 1.0, HOURS) for n in range(6)}
    use = 50.0 + sum((7 - n) * column for n, column in enumerate(columns.values()))
    specs = [DriverSpec(name) for name in columns]
    table = made(use + scatter(), columns, specs)

    assert choose_drivers(table, tuple(columns)) == ("d0", "d1", "d2", "d3")
    assert choose_drivers(table, tuple(columns), most=2) == ("d0", "d1")


def test_a_change_of_the_machine_in_the_middle_of_the_year_is_not_put_down_to_the_weather() -> None:
    outdoor, units = weather(), np.random.default_rng(1).uniform(0.0, 50.0, HOURS)
    use = 40.0 + units + scatter()
    use[HOURS // 2 :] *= 0.9

    table = rivals(use, outdoor, units=units)

    assert choose_drivers(table, ("units", "outdoor", "heating", "cooling")) == ("units",)


def test_nothing_is_chosen_from_too_few_hours_or_a_use_that_never_varies() -> None:
    units = np.random.default_rng(1).uniform(0.0, 50.0, HOURS)
    flat = rivals(np.full(HOURS, 5.0), weather(), units=units)
    stopped = np.where(np.arange(HOURS) < 400, 1.0, 0.0)

    assert choose_drivers(flat, ("units",)) == ()
    assert choose_drivers(replace(flat, quantity=units, running=stopped), ("units",)) == ()


def test_useless_candidates_are_hardly_ever_chosen_though_errors_hang_together() -> None:
    chance = np.random.default_rng(21)
    outdoor = weather()
    chosen = []
    for _ in range(20):
        slow = np.repeat(chance.normal(0.0, 2.0, HOURS // 24), 24)
        wandering = np.repeat(chance.normal(0.0, 1.0, HOURS // 24), 24)
        table = rivals(30.0 + slow + chance.normal(0.0, 1.0, HOURS), outdoor, wandering=wandering)
        chosen += choose_drivers(table, ("outdoor", "heating", "cooling", "wandering"))

    # Of 80 candidates in 20 plants.
    assert len(chosen) <= 3
