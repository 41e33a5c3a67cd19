"""What energy cost, said by the way where nothing but its amount was asked."""

from __future__ import annotations

from enms_core.domain.cost import price_evidence
from enms_core.domain.energy import Spent
from enms_core.domain.tariff import sum_by_currency
from enms_core.services.context import Context
from enms_core.services.cost import costs_of
from enms_core.services.usage import Usage

# Beyond these the windows of the tariffs are too many for a figure that was not asked for.
MAX_PRICED_HOURS = 400 * 24


async def spent_on(usage: Usage, context: Context) -> Spent | None:
    """The money for what was used; None where it is not said, or not known in full.

    Said of purchased energy, every source with readings and every unit of it priced.
    """
    if not _is_wanted(usage, context):
        return None
    costs = await costs_of(usage, context)
    if any(cost.missing for cost in costs.values()):
        return None
    amounts = sum_by_currency(money for cost in costs.values() for money in cost.amounts)
    prices = price_evidence((source, cost) for (_, source), cost in costs.items())
    return Spent(amounts, prices) if amounts else None


def _is_wanted(usage: Usage, context: Context) -> bool:
    """Not where the person wants short answers or follows an earlier one up."""
    if context.verbosity == "brief" or context.is_follow_up:
        return False
    is_purchased = all(use.source.is_purchased and use.readings for use in usage.totals)
    return is_purchased and usage.period.hours <= MAX_PRICED_HOURS
