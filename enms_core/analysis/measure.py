"""What the figures of machines are made of: amounts of energy, rates of use, and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import fsum

from enms_core.analysis.demand import SECONDS_PER_HOUR, mean_rate
from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.evidence import Evidence, evidence_between
from enms_core.domain.measure import Amount, Kind, Measured
from enms_core.domain.period import Period
from enms_core.domain.units import power_kw, rate_unit
from enms_core.domain.use import SourceUse


def energy_amounts(uses: Sequence[SourceUse], named: Sequence[str]) -> tuple[Amount, ...]:
    """Energy of a machine's uses; nothing where it is not known.

    A source that was named alone counts in its own unit. Otherwise it is purchased energy together;
    where a produced source was named beside another, each by itself.
    """
    read = [use for use in uses if use.readings]
    if len(named) == 1 or not all(use.source.is_purchased for use in read):
        return each_apart(read)
    known = [use.energy_kwh for use in read if use.energy_kwh is not None]
    return (Amount(Kind("kWh"), fsum(known)),) if len(known) == len(read) else ()


def each_apart(uses: Sequence[SourceUse]) -> tuple[Amount, ...]:
    """Each energy source in its own unit."""
    return tuple(
        Amount(Kind(use.source.unit, source=use.source.name), use.quantity)
        for use in uses
        if use.readings
    )


def mean_rates(uses: Sequence[SourceUse], named: Sequence[str]) -> tuple[Amount, ...]:
    """Mean rate over the time that has readings (rule 29).

    Of the sources that were named, each by itself; else those metered in energy, together [kW].
    """
    rates = [(use.source, mean_rate(use.quantity, use.told_seconds)) for use in uses]
    amounts = [rate_amount(source, rate, named) for source, rate in rates if rate is not None]
    return combined(amount for amount in amounts if amount is not None)


def rate_amount(source: EnergySource, rate: float, named: Sequence[str]) -> Amount | None:
    """A rate as an amount; None for what is no power, where no source was named."""
    if named:
        return Amount(Kind(rate_unit(source.unit), source=source.name), rate)
    power = power_kw(rate, source.unit)
    return None if power is None else Amount(Kind("kW"), power)


def clock_hours(periods: Iterable[Period]) -> float:
    """Length of a machine's periods on the clock of its site [h].

    periods: in the wall time of that site. A day of a clock change has 24 hours as well.
    """
    lengths = (p.end.replace(tzinfo=None) - p.start.replace(tzinfo=None) for p in periods)
    return fsum(length.total_seconds() for length in lengths) / SECONDS_PER_HOUR


def combined(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """One amount for each kind. Of quantities per something both are added (rule 4)."""
    by_kind: dict[Kind, list[Amount]] = {}
    for amount in amounts:
        by_kind.setdefault(amount.kind, []).append(amount)
    return tuple(_sum(kind, same) for kind, same in by_kind.items())


def _sum(kind: Kind, amounts: Sequence[Amount]) -> Amount:
    divisors = [amount.per for amount in amounts if amount.per is not None]
    quantity = fsum(amount.quantity for amount in amounts)
    return Amount(kind, quantity, fsum(divisors) if divisors else None)


def merged(parts: Sequence[Measured]) -> Measured:
    """What was measured of machines in several zones, as one; told in the first one's period."""
    return Measured(
        period=parts[0].period,
        figures=tuple(figure for part in parts for figure in part.figures),
        issues=distinct([issue for part in parts for issue in part.issues]),
        evidence=merged_evidence([part.evidence for part in parts]),
    )


def merged_evidence(parts: Sequence[Evidence]) -> Evidence:
    """What several figures rest on together; the coverage is that of the least complete
    one."""
    coverages = [part.coverage_percent for part in parts if part.coverage_percent is not None]
    between = evidence_between(
        sum(part.readings for part in parts),
        [moment for part in parts for moment in (part.first, part.last)],
        min(coverages) if len(coverages) == len(parts) else None,
    )
    return replace(
        between,
        prices=tuple(dict.fromkeys(price for part in parts for price in part.prices)),
        factors=tuple(dict.fromkeys(factor for part in parts for factor in part.factors)),
        status_changes=sum(part.status_changes for part in parts),
        registers=any(part.registers for part in parts),
        models=tuple(dict.fromkeys(model for part in parts for model in part.models)),
    )


def distinct(issues: Sequence[DataIssue]) -> tuple[DataIssue, ...]:
    """Each issue once, in order; they cannot be put into a set."""
    return tuple(issue for place, issue in enumerate(issues) if issue not in issues[:place])
