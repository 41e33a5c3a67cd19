"""When a measure has paid for itself: what it costs by what a week saves."""

from __future__ import annotations

from enms_core.domain.causes import WeeklySavings
from enms_core.domain.payback import Payback
from enms_core.domain.tariff import Money


def payback_of(cost: Money, savings: WeeklySavings | None) -> Payback:
    """Cost / money saved in a week [weeks]. The bounds of the energy saved are priced as the
    savings themselves are.

    >>> from decimal import Decimal
    >>> saved = WeeklySavings(200.0, 160.0, 250.0, (Money(Decimal(40), "EUR"),))
    >>> found = payback_of(Money(Decimal(500), "EUR"), saved)
    >>> found.weeks, found.earliest_weeks, found.latest_weeks
    (12.5, 10.0, 15.625)
    """
    if savings is None:
        return Payback(cost, reason="no_savings")
    if not savings.costs:
        is_any = savings.quantity > 0.0
        return Payback(cost, reason="no_price" if is_any else "no_savings")
    if cost.currency is None and len(savings.costs) == 1:  # that of the only prices there are
        cost = Money(cost.amount, savings.costs[0].currency)
    same = [each for each in savings.costs if each.currency == cost.currency]
    if not same:
        return Payback(cost, reason="currency", saved_in=savings.costs[0].currency)
    weekly, amount = float(same[0].amount), float(cost.amount)
    if weekly <= 0.0:
        return Payback(cost, reason="no_savings")
    return Payback(
        cost,
        weeks=amount / weekly,
        earliest_weeks=_weeks(amount, weekly, savings.upper, savings.quantity),
        latest_weeks=_weeks(amount, weekly, savings.lower, savings.quantity),
        is_unsure=savings.lower is not None and savings.lower <= 0.0,
    )


def _weeks(amount: float, weekly: float, bound: float | None, quantity: float) -> float | None:
    """At a bound of the energy that is saved; None where it is unknown or nothing."""
    if bound is None or bound <= 0.0 or quantity <= 0.0:
        return None
    return amount / (weekly * bound / quantity)
