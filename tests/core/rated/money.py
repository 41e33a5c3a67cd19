"""Money by currency: of an answer, and of the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from tests.core.rated.asking import near
from tests.core.rated.truth import Rated


def by_currency(rows: Iterable[Rated]) -> dict[str | None, Decimal]:
    """What the rows with a price come to."""
    found: dict[str | None, Decimal] = {}
    for row in rows:
        if row.amount is not None:
            found[row.currency] = found.get(row.currency, Decimal(0)) + row.amount
    return found


def near_money(rows: Iterable[Rated]) -> dict[str | None, Any]:
    """The same, but for the order in which it was summed."""
    return {currency: near(amount) for currency, amount in by_currency(rows).items()}


def money(costs: Iterable[Mapping[str, Any]]) -> dict[str | None, float]:
    """The `costs` of an answer's data."""
    return {each["currency"]: each["amount"] for each in costs}
