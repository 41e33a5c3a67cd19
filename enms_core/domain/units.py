"""Units: conversions by definition, and the larger unit that a large number is told in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# kWh in one unit of energy, by definition of the units.
KWH_PER_UNIT: Mapping[str, float] = MappingProxyType(
    {"Wh": 1e-3, "kWh": 1.0, "MWh": 1e3, "GWh": 1e6, "kJ": 1 / 3600, "MJ": 1 / 3.6, "GJ": 1e3 / 3.6}
)

# unit → (next larger unit, how many go into it)
LARGER_UNIT: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "Wh": ("kWh", 1e3),
        "kWh": ("MWh", 1e3),
        "MWh": ("GWh", 1e3),
        "kg": ("t", 1e3),
        "W": ("kW", 1e3),
        "kW": ("MW", 1e3),
    }
)
LARGER_FROM = 10_000.0


def for_the_ear(value: float, unit: str) -> tuple[float, str]:
    """The value in the larger unit from a thousand times ten up.

    >>> for_the_ear(9_500, "kWh"), for_the_ear(12_400, "kWh")
    ((9500, 'kWh'), (12.4, 'MWh'))
    """
    while abs(value) >= LARGER_FROM and unit in LARGER_UNIT:
        unit, factor = LARGER_UNIT[unit]
        value /= factor
    return value, unit
