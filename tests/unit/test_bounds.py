"""Bounds that people name, held against deviations and indicators."""

from __future__ import annotations

from decimal import Decimal

import pytest

from enms_core.analysis.bounds import is_deviation_beyond, is_kpi_beyond
from enms_core.domain.kpi import Kpi, KpiName
from enms_core.domain.performance import Deviation, Rated
from enms_core.domain.question import Comparison, Side, Threshold
from enms_core.domain.tariff import Money

# 106 kWh instead of 100: 6 kWh and 6 % more, at 2 euros and 3 kg; and the same less.
MORE, LESS = (Deviation(actual, 100.0, 98.0, 102.0, 99.0, 5.0) for actual in (106.0, 94.0))
COSTS = Rated((Money(Decimal(2), "EUR"),), False, 3.0)
SAVES = Rated((Money(Decimal(-2), "EUR"),), False, -3.0)
UNPRICED = Rated((Money(Decimal(2), "EUR"),), True, None)


@pytest.mark.parametrize(
    ("value", "unit", "op", "side", "beyond"),
    [
        (5.0, "%", ">", "above", True),
        (6.0, "%", ">", "above", False),
        (6.0, "%", ">=", "above", True),
        (5.0, "%", ">", "below", False),
        (5.0, "%", ">", None, True),
        (7.0, "%", "<", "above", True),
        (7.0, "%", "<", None, True),
        (6.0, "%", "<=", None, True),
        (5.0, "kWh", ">", "above", True),
        (0.005, "MWh", ">", "above", True),
        (7.0, "kWh", ">", "above", False),
        (1.5, "EUR", ">", "above", True),
        (2.5, "EUR", ">", "above", False),
        (2.5, "kg", ">", "above", True),
        (5.0, "kW", ">", "above", None),
        (1.0, "USD", ">", "above", None),
    ],
)
def test_more_than_expected_is_held_against_a_bound(
    value: float, unit: str, op: Comparison, side: Side | None, beyond: bool | None
) -> None:
    found = is_deviation_beyond(MORE, "kWh", COSTS, Threshold(value, unit, op, side))

    assert found is beyond


@pytest.mark.parametrize(
    ("unit", "side", "beyond"),
    [
        ("%", "below", True),
        ("%", "above", False),
        ("%", None, True),
        ("EUR", "below", True),
        ("EUR", "above", False),
    ],
)
def test_less_than_expected_is_beyond_a_bound_below(
    unit: str, side: Side | None, beyond: bool
) -> None:
    assert is_deviation_beyond(LESS, "kWh", SAVES, Threshold(1.0, unit, ">", side)) is beyond


def test_what_has_no_whole_price_is_neither_beyond_nor_not() -> None:
    assert is_deviation_beyond(MORE, "kWh", UNPRICED, Threshold(1.0, "EUR", ">")) is None


def test_of_nothing_expected_there_is_no_share() -> None:
    standing = Deviation(3.0, 0.0, None, None, 99.0, 5.0)

    assert is_deviation_beyond(standing, "kWh", COSTS, Threshold(5.0, "%", ">")) is None
    assert is_deviation_beyond(standing, "kWh", COSTS, Threshold(2.0, "kWh", ">")) is True


@pytest.mark.parametrize(
    ("name", "figure", "unit", "bound", "in_unit", "beyond"),
    [
        ("load_factor", 61.3, "%", 60.0, "%", True),
        ("load_factor", 61.3, "%", 60.0, "kW", None),
        ("peak_demand", 62.0, "kW", 0.05, "MW", True),
        ("operating_hours", 12.5, "h", 13.0, "h", False),
        ("sec", 0.0895, "kWh/unit", 0.05, "kWh", True),
        ("sec", 0.0895, "kWh/unit", 0.1, "kWh/unit", False),
        ("cost_per_unit", 0.12, "EUR/unit", 0.1, "EUR", True),
        ("cost_per_unit", 0.12, "EUR/unit", 0.1, "USD", None),
        ("carbon_per_unit", 2.1, "kg CO2e/unit", 2.0, "kg", True),
    ],
)
def test_an_indicator_is_held_against_a_bound_in_its_own_kind_of_unit(
    name: KpiName, figure: float, unit: str, bound: float, in_unit: str, beyond: bool | None
) -> None:
    found = is_kpi_beyond(Kpi(name, figure, unit), Threshold(bound, in_unit, ">"))

    assert found is beyond


def test_an_indicator_without_a_figure_is_neither_beyond_nor_not() -> None:
    assert (
        is_kpi_beyond(Kpi("sec", None, None, reason="no_output"), Threshold(1, "kWh", ">")) is None
    )


@pytest.mark.parametrize("op", ["<", "<=", ">", ">="])
def test_what_lies_on_the_other_side_is_beyond_no_bound_of_a_side(op: Comparison) -> None:
    """Four percent below is not "less than five percent above"."""
    assert is_deviation_beyond(LESS, "kWh", SAVES, Threshold(50.0, "%", op, "above")) is False


def test_kilograms_of_carbon_dioxide_are_none_of_steam() -> None:
    """6 kg of steam more than expected, and 3 kg CO2e: 5 kg are of steam alone."""
    of_carbon = Threshold(5.0, "kg", ">", of_carbon=True)

    assert is_deviation_beyond(MORE, "kg", COSTS, of_carbon) is False
    assert is_deviation_beyond(MORE, "kg", COSTS, Threshold(5.0, "kg", ">")) is True


def test_a_volume_has_energy_where_its_factor_is_known() -> None:
    """6 m³ at 10 kWh each."""
    bound = Threshold(50.0, "kWh", ">", "above")

    assert is_deviation_beyond(MORE, "m³", COSTS, bound, kwh_per_unit=10.0) is True
    assert is_deviation_beyond(MORE, "m³", COSTS, bound, kwh_per_unit=8.0) is False
    assert is_deviation_beyond(MORE, "m³", COSTS, bound) is None
