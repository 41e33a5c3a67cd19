"""When a measure pays off, by hand; the example is that of docs/action-plans.md."""

from __future__ import annotations

from decimal import Decimal

import pytest

from enms_core.analysis.payback import payback_of
from enms_core.domain.causes import WeeklySavings, greatest
from enms_core.domain.payback import NoPayback
from enms_core.domain.tariff import Money

EUROS = Money(Decimal(500), "EUR")


def euros(amount: str) -> tuple[Money, ...]:
    return (Money(Decimal(amount), "EUR"),)


def test_the_example_of_the_docs() -> None:
    """A week saves 287 kWh (246 to 328) and 43.05 euros, 0.15 a kWh. 500 / 43.05 = 11.614 weeks;
    328 kWh are 49.20 euros, so 10.163 at the earliest; 246 are 36.90, so 13.550 at the latest."""
    found = payback_of(EUROS, WeeklySavings(287.0, 246.0, 328.0, euros("43.05")))

    assert found.weeks == pytest.approx(11.6144, abs=1e-4)
    assert found.earliest_weeks == pytest.approx(10.1626, abs=1e-4)
    assert found.latest_weeks == pytest.approx(13.5501, abs=1e-4)
    assert (found.is_unsure, found.reason) == (False, None)


@pytest.mark.parametrize("lower", [0.0, -12.0])
def test_where_nothing_may_be_saved_there_is_no_latest(lower: float) -> None:
    found = payback_of(EUROS, WeeklySavings(100.0, lower, 200.0, euros("20")))

    assert (found.weeks, found.earliest_weeks, found.latest_weeks) == (25.0, 12.5, None)
    assert found.is_unsure


def test_where_the_interval_is_unknown_so_are_its_ends() -> None:
    found = payback_of(EUROS, WeeklySavings(100.0, None, None, euros("20")))

    assert (found.weeks, found.earliest_weeks, found.latest_weeks) == (25.0, None, None)
    assert not found.is_unsure


def test_a_demand_charge_saves_money_and_no_energy() -> None:
    found = payback_of(EUROS, WeeklySavings(0.0, None, None, euros("20.70")))

    assert found.weeks == pytest.approx(24.1546, abs=1e-4)  # 500 / 20.70


@pytest.mark.parametrize(
    ("savings", "reason"),
    [
        (None, "no_savings"),
        (WeeklySavings(0.0, None, None), "no_savings"),
        (WeeklySavings(100.0, 80.0, 120.0), "no_price"),
        (WeeklySavings(100.0, 80.0, 120.0, (Money(Decimal(20), "USD"),)), "currency"),
        (WeeklySavings(100.0, 80.0, 120.0, euros("-3")), "no_savings"),
    ],
)
def test_none_is_invented(savings: WeeklySavings | None, reason: NoPayback) -> None:
    found = payback_of(EUROS, savings)

    assert (found.weeks, found.reason) == (None, reason)


def test_of_two_currencies_that_of_the_cost_counts() -> None:
    both = (Money(Decimal(20), "USD"), *euros("10"))

    assert payback_of(EUROS, WeeklySavings(100.0, None, None, both)).weeks == 50.0


def test_a_cost_without_a_currency_is_in_that_of_the_prices() -> None:
    found = payback_of(Money(Decimal(500), None), WeeklySavings(100.0, None, None, euros("10")))

    assert (found.weeks, found.cost) == (50.0, EUROS)


def test_the_greatest_savings_are_those_of_most_money() -> None:
    """A peak saves no energy, and more than idling does."""
    peak = WeeklySavings(0.0, None, None, euros("200"))
    idling = WeeklySavings(1.0, None, None, euros("0.10"))

    assert greatest([idling, peak]) is peak


def test_savings_of_several_steps_are_not_added() -> None:
    small, large = WeeklySavings(100.0, None, None), WeeklySavings(287.0, None, None)

    assert greatest([small, large]) is large
    assert greatest([]) is None
