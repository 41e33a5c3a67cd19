"""Buildings that are heated below a balance point, cooled above one, both or neither."""

from __future__ import annotations

import numpy as np
import pytest

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.degree_days import degree_days
from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.hourly_table import HourlyTable
from tests.unit.baselines.made_tables import COOLING, HEATING, made
from tests.unit.baselines.real_meters import DAYS, METERS, WEATHER, year_of

needs_meters = pytest.mark.skipif(not METERS.exists(), reason="no real meters at hand")
SHAPES: tuple[tuple[str, ...], ...] = ((), ("heating",), ("cooling",), ("heating", "cooling"))


@needs_meters
@pytest.mark.parametrize(
    ("name", "shape", "bar"),
    [
        ("il-electricity-cdd-hdd-daily", {"heating", "cooling"}, 24.0),
        ("il-electricity-cdd-only-daily", {"cooling"}, 33.0),
        ("il-gas-hdd-only-daily", {"heating"}, 31.1),
    ],
)
def test_real_meters_are_explained_as_well_as_by_the_best_there_is(
    name: str, shape: set[str], bar: float
) -> None:
    year = year_of(name)

    chosen = choose_drivers(year, WEATHER, "day")
    model = train_model(year, chosen, "day")

    assert model.statistics is not None
    found, terms = model.statistics, model.equation.terms
    bases = [f"{each.driver} {each.base_temperature_degc} degC" for each in terms]
    print(f"{name}: CV(RMSE) {found.cvrmse_percent:.2f} % (bar {bar}), {bases}")
    assert set(chosen) == shape
    assert found.samples == DAYS
    assert found.parameters == 1 + 2 * len(shape)
    assert found.cvrmse_percent <= bar


def made_up(shape: tuple[str, ...], scatter: float = 2.0) -> HourlyTable:
    """Days of 50 units, 3 more a degree day of heating below 14 and 5 a day of cooling above 19."""
    chance = np.random.default_rng(11)
    day = np.repeat(np.arange(DAYS), 24)
    degc = 10.0 - 11.0 * np.cos(2.0 * np.pi * day / DAYS) + chance.normal(0.0, 3.0, len(day))
    use = (50.0 + chance.normal(0.0, scatter, DAYS))[day] / 24.0
    for spec, base, slope in ((HEATING, 14.0, 3.0), (COOLING, 19.0, 5.0)):
        if spec.name in shape:
            use = use + slope * degree_days(degc, base, spec.kind)
    return made(use, dict.fromkeys(WEATHER, degc), (HEATING, COOLING))


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_told_from_the_others(shape: tuple[str, ...]) -> None:
    assert set(choose_drivers(made_up(shape), WEATHER, "day")) == set(shape)


def test_the_planted_signature_comes_back() -> None:
    model = train_model(made_up(("heating", "cooling")), WEATHER, "day")

    heating, cooling = model.equation.terms
    assert model.equation.intercept == pytest.approx(50.0, abs=1.0)
    assert heating.base_temperature_degc == pytest.approx(14.0, abs=0.5)
    assert heating.coefficient == pytest.approx(3.0, rel=0.05)
    assert cooling.base_temperature_degc == pytest.approx(19.0, abs=0.5)
    assert cooling.coefficient == pytest.approx(5.0, rel=0.08)
