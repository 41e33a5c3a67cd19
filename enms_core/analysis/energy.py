"""Sums of energy use: carriers are kept apart, and added only as purchased energy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enms_core.analysis.coverage import earliest, latest
from enms_core.domain.use import SourceUse


def total_by_source(uses: Iterable[SourceUse]) -> tuple[SourceUse, ...]:
    """One sum per energy source, in the order in which the sources first appear."""
    by_source: dict[str, list[SourceUse]] = {}
    for use in uses:
        by_source.setdefault(use.source.name, []).append(use)
    return tuple(total(same) for same in by_source.values())


def total(uses: Sequence[SourceUse]) -> SourceUse:
    """The sum of uses of one source. Unknown parts make the sum unknown, never smaller."""
    if len(uses) == 1 and uses[0].readings:
        return uses[0]
    return SourceUse(
        source=uses[0].source,
        quantity=sum(use.quantity for use in uses),
        energy_kwh=sum_or_none([use.energy_kwh for use in uses if use.readings] or [None]),
        readings=sum(use.readings for use in uses),
        covered_seconds=sum(use.covered_seconds for use in uses),
        expected_seconds=sum_or_none([use.expected_seconds for use in uses]),
        first=earliest([use.first for use in uses]),
        last=latest([use.last for use in uses]),
        asked_seconds=sum_or_none([use.asked_seconds for use in uses]),
        read_seconds=sum_or_none([use.read_seconds for use in uses]),
        estimated=sum(use.estimated for use in uses),
    )


def purchased_energy_kwh(uses: Sequence[SourceUse]) -> float | None:
    """Energy of purchased carriers together [kWh]; None where one cannot be converted, or none is
    purchased."""
    purchased = [use.energy_kwh for use in uses if use.source.is_purchased]
    return sum_or_none(purchased) if purchased else None


def are_purchased(uses: Iterable[SourceUse]) -> bool:
    """Whether all carriers are purchased: only their energy is ever told together."""
    return all(use.source.is_purchased for use in uses)


def add_up(uses: Sequence[SourceUse]) -> bool:
    """Whether several carriers can be told as one: all purchased, with readings, and of known
    energy."""
    is_known = all(use.readings and use.energy_kwh is not None for use in uses)
    return len(uses) > 1 and are_purchased(uses) and is_known


def sum_or_none(values: Sequence[float | None]) -> float | None:
    """The sum; None where a part is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
