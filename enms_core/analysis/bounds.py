"""Whether figures lie beyond a bound that a person names."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType

from enms_core.domain.kpi import PER_UNIT, Kpi
from enms_core.domain.measure import KWH_PER_UNIT_MADE, UNITS_MADE, Kind, in_unit
from enms_core.domain.performance import Deviation, Rated
from enms_core.domain.question import Threshold

HOLDS: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
)
PERCENT, CARBON, ENERGY = "%", "kg", "kWh"
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


def deviation_kinds(unit: str, rated: Rated, kwh_per_unit: float | None) -> tuple[Kind, ...]:
    """What the deviation of a use in some unit can be held against."""
    money = tuple(Kind(currency=each.currency) for each in rated.costs)
    carbon = () if rated.carbon_kg is None else (Kind(CARBON),)
    energy = () if kwh_per_unit is None else (Kind(ENERGY),)
    return (Kind(PERCENT), Kind(unit), *energy, *money, *carbon)


def is_deviation_beyond(
    deviation: Deviation,
    unit: str,
    rated: Rated,
    threshold: Threshold,
    kwh_per_unit: float | None = None,
) -> bool | None:
    """Whether a deviation lies beyond a bound: as a share of what was expected, an amount of the
    source or of its energy, of money or of carbon dioxide. None where that figure is not known, or
    not of the bound.

    What lies on the other side of what was expected is beyond no bound of a side; of either side
    the size counts.
    """
    figures = _figures(deviation, unit, rated, kwh_per_unit)
    for kind, value in [figures[-1]] if threshold.of_carbon else figures:
        bound = bound_in(kind, threshold)
        if bound is not None and value is not None:
            to_side = _to_side(value, threshold)
            return to_side >= 0.0 and HOLDS[threshold.op](to_side, bound)
    return None


def _figures(
    deviation: Deviation, unit: str, rated: Rated, kwh_per_unit: float | None
) -> list[tuple[Kind, float | None]]:
    """The deviation in all that it can be told in; carbon last."""
    energy = None if kwh_per_unit is None else kwh_per_unit * deviation.quantity
    money = [
        (Kind(currency=each.currency), None if rated.cost_missing else float(each.amount))
        for each in rated.costs
    ]
    return [
        (Kind(PERCENT), deviation.percent),
        (Kind(unit), deviation.quantity),
        (Kind(ENERGY), energy),
        *money,
        (Kind(CARBON), rated.carbon_kg),
    ]


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
