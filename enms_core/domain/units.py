"""Units: conversions by definition, and the larger unit that a large number is told in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# kWh in one unit of energy, by definition of the units.
KWH_PER_UNIT: Mapping[str, float] = MappingProxyType(
    {"Wh": 1e-3, "kWh": 1.0, "MWh": 1e3, "GWh": 1e6, "kJ": 1 / 3600, "MJ": 1 / 3.6, "GJ": 1e3 / 3.6}
)

# Unit of energy → what its use in an hour is as a power.
POWER_UNIT: Mapping[str, str] = MappingProxyType({"Wh": "W", "kWh": "kW", "MWh": "MW", "GWh": "GW"})

# unit → (next larger unit, how many go into it)
LARGER_UNIT: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "Wh": ("kWh", 1e3),
        "kWh": ("MWh", 1e3),
        "MWh": ("GWh", 1e3),
        "kg": ("t", 1e3),
        "kg CO2e": ("t CO2e", 1e3),
        "W": ("kW", 1e3),
        "kW": ("MW", 1e3),
        "MW": ("GW", 1e3),
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


def rate_unit(unit: str) -> str:
    """The unit of a use in an hour.

    >>> rate_unit("kWh"), rate_unit("m³")
    ('kW', 'm³/h')
    """
    return POWER_UNIT.get(unit, f"{unit}/h")


def power_kw(rate: float | None, unit: str) -> float | None:
    """A use in an hour as a power [kW]; None where it is unknown, or no unit of energy.

    >>> power_kw(2.0, "MWh"), power_kw(2.0, "m³")
    (2000.0, None)
    """
    factor = KWH_PER_UNIT.get(unit)
    return None if rate is None or factor is None else rate * factor
