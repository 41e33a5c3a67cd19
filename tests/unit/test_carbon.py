"""Emissions, by numbers worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from enms_core.analysis.carbon import emissions, factor_stretches, total_emissions
from enms_core.domain.carbon import CarbonFactor, Emissions, FactorQuantity, FactorStretch
from enms_core.domain.period import Period

UTC = timezone.utc
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WINTER = Period(NEW_YEAR - 2 * DAY, NEW_YEAR + 3 * DAY)


def told(*factors: CarbonFactor) -> list[tuple[float, float | None]]:
    """Days from the start of each stretch to the New Year, and the factor there."""
    return [
        (
            (each.start - NEW_YEAR) / DAY,
            None if each.factor is None else each.factor.factor_kg_per_unit,
        )
        for each in factor_stretches(WINTER, factors)
    ]


def used(factor: CarbonFactor | None, *quantities: float) -> list[FactorQuantity]:
    return [
        FactorQuantity(FactorStretch(NEW_YEAR + n * DAY, NEW_YEAR + (n + 1) * DAY, factor), each)
        for n, each in enumerate(quantities)
    ]


def test_each_year_has_its_own_factor() -> None:
    old = CarbonFactor(0.45, valid_to=NEW_YEAR)
    new = CarbonFactor(0.40, valid_from=NEW_YEAR)

    assert told(new, old) == [(-2, 0.45), (0, 0.40)]


def test_the_later_factor_wins_over_one_that_was_never_ended() -> None:
    old = CarbonFactor(0.45, valid_from=NEW_YEAR - 400 * DAY)
    new = CarbonFactor(0.40, valid_from=NEW_YEAR)

    assert told(old, new) == [(-2, 0.45), (0, 0.40)]


def test_the_factor_of_the_region_wins_over_a_later_one_for_all() -> None:
    everywhere = CarbonFactor(0.30, valid_from=NEW_YEAR)
    german = CarbonFactor(
        0.45, region="DE", valid_from=NEW_YEAR - 400 * DAY, valid_to=NEW_YEAR + DAY
    )

    assert told(everywhere, german) == [(-2, 0.45), (1, 0.30)]


def test_a_time_without_a_factor_is_missing() -> None:
    ended = CarbonFactor(0.45, valid_to=NEW_YEAR)

    assert told(ended) == [(-2, 0.45), (0, None)]
    assert told(CarbonFactor(0.45, valid_to=NEW_YEAR - 9 * DAY)) == [(-2, None)]
    assert told() == [(-2, None)]


def test_emissions_are_the_sum_of_use_times_factor() -> None:
    """100 kWh at 0.45 and 300 at 0.40: 45 + 120 = 165 kg, not 400 at a mean factor."""
    old, new = CarbonFactor(0.45, source="UBA 2025"), CarbonFactor(0.40, source="UBA 2026")

    result = emissions([*used(old, 60.0, 40.0), *used(new, 300.0)])

    assert result.emissions_kg_co2e == pytest.approx(165.0)
    assert [(each.factor.source, each.quantity) for each in result.by_factor] == [
        ("UBA 2025", 100.0),
        ("UBA 2026", 300.0),
    ]
    assert result.bases == {"factor"}


def test_what_has_no_factor_is_missing_and_in_no_sum() -> None:
    result = emissions([*used(CarbonFactor(2.0), 10.0), *used(None, 7.0)])

    assert result.emissions_kg_co2e == 20.0
    assert [each.quantity for each in result.missing] == [7.0]
    assert result.bases == {"factor", "missing"}


def test_without_any_factor_there_is_no_sum_rather_than_zero() -> None:
    assert emissions(used(None, 7.0)).emissions_kg_co2e is None


def test_sources_are_added_in_kilograms_only() -> None:
    power = emissions(used(CarbonFactor(0.45, basis="flat"), 100.0))
    gas = emissions(used(CarbonFactor(2.03, source="DIN"), 10.0))

    both = sum((power, gas), Emissions())

    assert both.emissions_kg_co2e == pytest.approx(45.0 + 20.3)
    assert [each.quantity for each in both.by_factor] == [100.0, 10.0]
    assert both.bases == {"flat", "factor"}


def test_the_emissions_of_machines_are_one_figure_for_each_factor() -> None:
    """2 and 3 units by 0.4 are 2 kg, 10 by 0.38 are 3.8; what has no factor is in no sum."""
    first = emissions([*used(CarbonFactor(0.4), 2.0), *used(None, 4.0)])
    second = emissions([*used(CarbonFactor(0.4), 3.0), *used(CarbonFactor(0.38), 10.0)])

    together = total_emissions([first, second])

    assert [(each.quantity, each.emissions_kg_co2e) for each in together.by_factor] == [
        (5.0, 2.0),
        (10.0, pytest.approx(3.8)),
    ]
    assert together.missing_quantity == 4.0
    assert total_emissions([]).emissions_kg_co2e is None
