"""When a measure has paid for itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import Scope
from enms_core.domain.tariff import Money

# Why there is none: nothing tells what is saved; that has no price; it is in another currency.
NoPayback = Literal["no_savings", "no_price", "currency"]

# More than any measure costs, in any currency.
MOST_COST = 1e15


@dataclass(frozen=True)
class Payback:
    """What a measure costs by what a week saves.

    weeks: None with a reason. earliest_weeks, latest_weeks: by the bounds of the savings, None
    where these are not known. is_unsure: the lower bound is nothing saved, so there is no latest.
    saved_in: the currency of the savings where it is another one.
    """

    cost: Money
    weeks: float | None = None
    earliest_weeks: float | None = None
    latest_weeks: float | None = None
    is_unsure: bool = False
    reason: NoPayback | None = None
    saved_in: str | None = None

    def data(self) -> dict[str, object]:
        own = {name: value for name, value in vars(self).items() if name != "cost"}
        return {"cost": float(self.cost.amount), "currency": self.cost.currency, **own}


def cost_at(scope: Scope, amount: Decimal, catalogue: Catalogue) -> Money:
    """What a measure costs, in the currency of the site of the first machine; in none where that
    names none."""
    machine = catalogue.machine(scope.machine_ids[0])
    return Money(amount, catalogue.factory(machine.factory_id).currency)
