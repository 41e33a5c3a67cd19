from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from enms_core.analysis.degree_days import Weathered, degree_days, fit_bases, is_at_edge
from enms_core.analysis.least_squares import fit_least_squares
from enms_core.domain.baseline import DriverKind

Floats = NDArray[np.float64]
NOTHING = np.zeros((2000, 0))


def a_year(hours: int = 2000) -> Floats:
    return np.asarray(np.random.default_rng(3).normal(12.0, 8.0, hours))


def weathered(temperature: Floats, *kinds: str) -> list[Weathered]:
    return [
        Weathered(kind, kind, partial(degree_days, temperature, kind=kind))  # type: ignore[arg-type]
        for kind in kinds
    ]


def test_a_day_of_hours_below_the_base_is_what_it_was_below_in_the_mean() -> None:
    # Twelve hours of 6 °C and twelve of 20 °C: 12 · 10 / 24; the day's mean, 13 °C, would give 3.
    temperature = np.repeat([6.0, 20.0], 12)

    assert degree_days(temperature, 16.0, "heating").sum() == pytest.approx(5.0, abs=1e-12)
    assert degree_days(temperature, 16.0, "cooling").sum() == pytest.approx(2.0, abs=1e-12)


@pytest.mark.parametrize("base", [9.3, 14.0, 17.7])
def test_a_planted_balance_point_is_found(base: float) -> None:
    temperature = a_year()
    use = 10.0 + 30.0 * degree_days(temperature, base, "heating")

    found = fit_bases(weathered(temperature, "heating"), NOTHING, use, temperature)

    assert found == {"heating": pytest.approx(base, abs=1e-9)}


def test_both_balance_points_are_found_beside_another_driver() -> None:
    temperature = a_year()
    chance = np.random.default_rng(4)
    units = chance.uniform(0.0, 50.0, len(temperature)) + temperature
    use = 3.0 * units + 40.0 * degree_days(temperature, 13.5, "heating")
    use += 60.0 * degree_days(temperature, 19.0, "cooling") + chance.normal(0.0, 1.0, len(use))

    found = fit_bases(
        weathered(temperature, "heating", "cooling"), units[:, None], use, temperature
    )

    assert found["heating"] == pytest.approx(13.5, abs=0.3)
    assert found["cooling"] == pytest.approx(19.0, abs=0.3)


def test_the_base_found_leaves_no_more_than_any_other_on_the_grid() -> None:
    temperature = a_year(600)
    use = np.random.default_rng(5).normal(50.0, 5.0, 600)
    use += 4.0 * np.maximum(15.0 - temperature, 0.0) ** 0.8

    found = fit_bases(weathered(temperature, "heating"), NOTHING[:600], use, temperature)

    def left(base: float) -> float:
        column = degree_days(temperature, base, "heating")
        return float(np.square(fit_least_squares(column[:, None], use).residuals).sum())

    low, high = np.quantile(temperature, (0.05, 0.95))
    least = min(left(base) for base in np.arange(np.floor(low), np.ceil(high) + 0.5))
    assert left(found["heating"]) <= least + 1e-9


@pytest.mark.parametrize(
    ("kind", "base", "at_edge"),
    [
        ("heating", 15.0, False),
        ("heating", 60.0, True),
        ("cooling", 15.0, False),
        ("cooling", -30.0, True),
    ],
)
def test_a_balance_point_beyond_what_was_seen_is_found_at_the_edge(
    kind: DriverKind, base: float, at_edge: bool
) -> None:
    temperature = a_year()
    use = 10.0 + 30.0 * degree_days(temperature, base, kind)

    found = fit_bases(weathered(temperature, kind), NOTHING, use, temperature)

    assert is_at_edge(found[kind], temperature) is at_edge


def test_without_degree_days_there_is_nothing_to_find() -> None:
    assert fit_bases([], NOTHING, np.zeros(2000), np.zeros(2000)) == {}
