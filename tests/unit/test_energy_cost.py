"""Costs and demand charges, by amounts worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from enms_core.analysis.tariff import demand_charge, energy_cost, total_cost
from enms_core.domain.tariff import (
    Cost,
    Money,
    MonthlyPeak,
    PricedQuantity,
    PricedStretch,
    Tariff,
    money_data,
)
from tests.unit.tariffs import BERLIN, DAY_RATE, NIGHT_RATE, local, tariff

HOUR = timedelta(hours=1)


def used(rule: Tariff | None, *quantities: float) -> list[PricedQuantity]:
    start = local("2026-11-17")
    return [
        PricedQuantity(PricedStretch(start + n * HOUR, start + (n + 1) * HOUR, rule), quantity)
        for n, quantity in enumerate(quantities)
    ]


def test_cost_is_the_sum_of_use_times_rate_without_rounding() -> None:
    """0.1 + 0.2 kWh by day, 1/8 kWh by night: 0.3 * 0.20 + 0.125 * 0.10 = 0.0725."""
    cost = energy_cost([*used(DAY_RATE, 0.1, 0.2), *used(NIGHT_RATE, 0.125)])

    assert [(each.tariff.name, each.quantity, each.amount) for each in cost.by_tariff] == [
        ("day", Decimal("0.3"), Decimal("0.06")),
        ("night", Decimal("0.125"), Decimal("0.0125")),
    ]
    assert cost.amounts == (Money(Decimal("0.0725"), "EUR"),)
    assert cost.bases == {"tariff"}


def test_a_cost_keeps_all_digits_of_its_doubles() -> None:
    rule = tariff("odd", "0.12345678901234567")
    (money,) = energy_cost(used(rule, 98765.43210987654, 1e-9)).amounts

    # (98765.43210987654 + 0.000000001) * 0.12345678901234567, multiplied by hand as integers
    product = 98765432109877540 * 12345678901234567
    assert Fraction(money.amount) == Fraction(product, 10 ** (12 + 17))


def test_what_has_no_tariff_is_missing_and_in_no_amount() -> None:
    cost = energy_cost([*used(DAY_RATE, 10.0), *used(None, 7.0)])

    assert cost.amounts == (Money(Decimal("2.000"), "EUR"),)
    assert [each.quantity for each in cost.missing] == [7.0]
    assert cost.bases == {"tariff", "missing"}


def test_without_any_tariff_there_is_no_amount_rather_than_zero() -> None:
    assert energy_cost(used(None, 7.0)).amounts == ()


def test_two_currencies_are_two_amounts() -> None:
    dollars = tariff("us", "0.12", currency="USD")
    berlin, chicago = energy_cost(used(DAY_RATE, 10.0)), energy_cost(used(dollars, 100.0))
    again = energy_cost(used(DAY_RATE, 5.0))

    both = sum((berlin, chicago, again), Cost())

    assert both.amounts == (Money(Decimal(3), "EUR"), Money(Decimal(12), "USD"))


def test_the_costs_of_machines_are_one_figure_for_each_tariff() -> None:
    """0.1 kWh by day at one machine, 0.2 by day and 3 by night at another, 7 without a price."""
    first = energy_cost([*used(DAY_RATE, 0.1), *used(None, 4.0)])
    second = energy_cost([*used(DAY_RATE, 0.2), *used(NIGHT_RATE, 3.0), *used(None, 3.0)])

    together = total_cost([first, second])

    assert [(each.tariff.name, each.quantity, each.amount) for each in together.by_tariff] == [
        ("day", Decimal("0.3"), Decimal("0.06")),
        ("night", Decimal(3), Decimal("0.3")),
    ]
    assert together.missing_quantity == 7.0
    assert total_cost([]) == Cost()


def test_a_tariff_in_two_currencies_is_two_figures() -> None:
    """Two sites may call their tariffs alike."""
    dollars = tariff("flat", "0.12", currency="USD")
    euros = tariff("flat", "0.12", currency="EUR")

    together = total_cost([energy_cost(used(dollars, 100.0)), energy_cost(used(euros, 50.0))])

    assert together.amounts == (Money(Decimal(12), "USD"), Money(Decimal(6), "EUR"))


def test_money_is_one_figure_in_one_currency_and_none_in_two() -> None:
    euros, dollars = Money(Decimal("0.1"), "EUR"), Money(Decimal(12), "USD")

    assert money_data((euros,)) == {
        "cost": 0.1,
        "currency": "EUR",
        "costs": [{"currency": "EUR", "amount": 0.1}],
    }
    assert money_data((euros, dollars))["cost"] is None
    assert money_data(())["currency"] is None


def test_a_flat_rate_says_that_it_is_one() -> None:
    flat = tariff("flat", "0.50", basis="flat")

    assert energy_cost(used(flat, 4.0)).bases == {"flat"}


def test_demand_is_charged_for_the_peak_of_each_month() -> None:
    """100 kW in January and 60 in February at 9 €: 1,440, and not 2 * 900."""
    charging = tariff("day", demand_charge_per_kw=Decimal(9))
    peaks = [
        MonthlyPeak(100.0, local("2026-01-20T10:00")),
        MonthlyPeak(60.0, local("2026-02-03T11:00")),
    ]

    charge = demand_charge(peaks, (charging,), BERLIN)

    assert [each.charge for each in charge.by_month] == [
        Money(Decimal(900), "EUR"),
        Money(Decimal(540), "EUR"),
    ]
    assert charge.amounts == (Money(Decimal(1440), "EUR"),)


def test_demand_is_charged_by_the_tariff_at_the_peak() -> None:
    day = tariff("day", hours="08:00-20:00", demand_charge_per_kw=Decimal(9))
    night = tariff("night", hours="20:00-06:00", demand_charge_per_kw=Decimal(4))
    free = tariff("free", hours="06:00-07:00")
    peaks = [
        MonthlyPeak(10.0, local(f"2026-0{month}-05T{at}"))
        for month, at in ((1, "19:59:59"), (2, "20:00"), (3, "06:30"), (4, "07:30"))
    ]

    charge = demand_charge(peaks, (day, night, free), BERLIN)

    assert [each.charge and each.charge.amount for each in charge.by_month] == [90, 40, None, None]
    assert charge.amounts == (Money(Decimal(130), "EUR"),)
    assert charge.missing == (peaks[3],)  # no tariff at half past seven
