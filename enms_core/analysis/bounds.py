"""Whether figures lie beyond a bound that a person names."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from enms_core.domain.kpi import PER_UNIT, Kpi
from enms_core.domain.measure import KWH_PER_UNIT_MADE, UNITS_MADE, Kind, in_unit
from enms_core.domain.performance import Deviation, Rated
from enms_core.domain.question import Threshold

HOLDS: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
)
PERCENT, CARBON = "%", "kg"
_PER_UNIT_MADE = KWH_PER_UNIT_MADE.removeprefix("kWh")


def bound_in(kind: Kind, threshold: Threshold) -> float | None:
    """The threshold in the unit of a kind; None where it is of another quantity, or of a change."""
    if threshold.op not in HOLDS:
        return None
    if kind.unit is None:
        return threshold.value if threshold.unit == kind.currency else None
    if kind.unit == UNITS_MADE and not threshold.unit:
        return threshold.value
    if kind.unit == KWH_PER_UNIT_MADE:
        return in_unit(threshold.value, threshold.unit.removesuffix(_PER_UNIT_MADE), "kWh")
    return in_unit(threshold.value, threshold.unit, kind.unit)


# --- deviations ---------------------------------------------------------------------------------


def deviation_kinds(unit: str, rated: Rated) -> tuple[Kind, ...]:
    """What the deviation of a use in some unit can be held against."""
    money = tuple(Kind(currency=each.currency) for each in rated.costs)
    carbon = () if rated.carbon_kg is None else (Kind(CARBON),)
    return (Kind(PERCENT), Kind(unit), *money, *carbon)


def is_deviation_beyond(
    deviation: Deviation, unit: str, rated: Rated, threshold: Threshold
) -> bool | None:
    """Whether a deviation lies beyond a bound: as a share of what was expected, an amount of
    energy, of money or of carbon dioxide. None where that figure is not known, or not of the bound.

    Of a side, less than nothing is no deviation to that side; of either side its size counts.
    """
    for kind in deviation_kinds(unit, rated):
        bound, value = bound_in(kind, threshold), _figure(kind, deviation, unit, rated)
        if bound is not None and value is not None:
            return HOLDS[threshold.op](_to_side(value, threshold), bound)
    return None


def _figure(kind: Kind, deviation: Deviation, unit: str, rated: Rated) -> float | None:
    if kind.unit == PERCENT:
        return deviation.percent
    if kind.unit == unit:
        return deviation.quantity
    if kind.unit is not None:
        return rated.carbon_kg
    if rated.cost_missing:
        return None
    return next((float(each.amount) for each in rated.costs if each.currency == kind.currency), 0.0)


def _to_side(value: float, threshold: Threshold) -> float:
    if threshold.side is None:
        return abs(value)
    return value if threshold.side == "above" else -value


# --- indicators ---------------------------------------------------------------------------------


def kpi_kind(kpi: Kpi) -> Kind | None:
    """What an indicator can be held against; None of one without a figure."""
    if kpi.unit is None:
        return None
    if kpi.name in ("cost", "cost_per_unit"):
        return Kind(currency=kpi.unit.removesuffix(PER_UNIT) or None)
    if kpi.name in ("carbon", "carbon_per_unit"):
        return Kind(CARBON)
    return Kind(kpi.unit)


def is_kpi_beyond(kpi: Kpi, threshold: Threshold) -> bool | None:
    """Whether an indicator lies beyond a bound; None where it has no figure, or the bound is of
    another quantity."""
    kind = kpi_kind(kpi)
    bound = None if kind is None else bound_in(kind, _of_one(threshold))
    if bound is None or kpi.value is None:
        return None
    return HOLDS[threshold.op](kpi.value, bound)


def _of_one(threshold: Threshold) -> Threshold:
    """A bound of what is per unit made, as one of the quantity itself."""
    return Threshold(threshold.value, threshold.unit.removesuffix(PER_UNIT), threshold.op)


def distinct_kinds(kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(kinds))
