"""Conversions between the units in which meters write: factors by definition, and spellings.

Sources: NIST SP 811 (2008), appendix B. The foot and the pound are those of 1959, Btu and calorie
those of the International Table. A therm is 100,000 Btu, as in gas bills; the legal one of the
United States is 0.02 % less. Mcf is a thousand cubic feet and MMBtu a million Btu, as in the gas
trade. What can mean two things is no unit here: ton, gallon, MBtu, and mW written like milliwatt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from enms_core.domain.units import KWH_PER_UNIT

BTU_KWH = 1055.05585262 / 3.6e6
CALORIE_KWH = 4.1868 / 3.6e6
FOOT_M3 = 0.3048**3

# By what a unit measures: how many kWh, m³, ... it is. A normal or standard cubic meter is no
# cubic meter: a pressure and a temperature lie between them.
SCALES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "energy": {
            **KWH_PER_UNIT,
            "TWh": 1e9,
            "J": 1 / 3.6e6,
            "TJ": 1e6 / 3.6,
            "kcal": 1e3 * CALORIE_KWH,
            "Mcal": 1e6 * CALORIE_KWH,
            "Gcal": 1e9 * CALORIE_KWH,
            "Btu": BTU_KWH,
            "kBtu": 1e3 * BTU_KWH,
            "MMBtu": 1e6 * BTU_KWH,
            "therm": 1e5 * BTU_KWH,
            "Dth": 1e6 * BTU_KWH,
        },
        "volume": {
            "m³": 1.0,
            "l": 1e-3,
            "hl": 0.1,
            "ft³": FOOT_M3,
            "ccf": 1e2 * FOOT_M3,
            "Mcf": 1e3 * FOOT_M3,
            "MMcf": 1e6 * FOOT_M3,
        },
        "normal volume": {"Nm³": 1.0},
        "standard volume": {"Sm³": 1.0},
        "mass": {"kg": 1.0, "g": 1e-3, "t": 1e3, "lb": 0.45359237, "klb": 453.59237},
        "speed": {"m/s": 1.0, "km/h": 1 / 3.6, "mph": 0.44704, "kn": 1852 / 3600},
        "share": {"%": 1.0},
    }
)
# Rates with a name of their own [kWh per hour].
POWERS: Mapping[str, float] = MappingProxyType({"W": 1e-3, "kW": 1.0, "MW": 1e3, "GW": 1e6})
# What a temperature is in °C: times the first, and the second added.
CELSIUS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"°C": (1.0, 0.0), "K": (1.0, -273.15), "°F": (5 / 9, -160 / 9)}
)
# What a source's energy content is told of.
WITH_ENERGY = ("volume", "normal volume", "standard volume", "mass")
# Hours in what rates are told by.
HOURS: Mapping[str, float] = MappingProxyType({"h": 1.0, "min": 1 / 60, "s": 1 / 3600, "d": 24.0})

# Unit → further spellings, as `_plain` leaves them.
FURTHER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "m³": ("cbm", "cum", "cubicmeter", "cubicmeters", "cubicmetre", "cubicmetres"),
        "Nm³": ("m3n", "m3(n)", "m3n/n", "ncm", "ncbm"),
        "Sm³": ("scm",),
        "ft³": ("cf", "cuft", "cubicfoot", "cubicfeet"),
        "ccf": ("hcf",),
        "Mcf": ("kcf",),
        "l": ("ltr", "liter", "liters", "litre", "litres"),
        "t": ("tonne", "tonnes"),
        "lb": ("lbs", "pound", "pounds"),
        "klb": ("klbs",),
        "therm": ("therms", "thm"),
        "Dth": ("dekatherm", "dekatherms"),
        "Btu": ("btus",),
        "°C": ("c", "degc", "celsius"),
        "°F": ("f", "degf", "fahrenheit"),
        "K": ("kelvin",),
        "ft³/min": ("cfm",),
        "km/h": ("kph", "kmh"),
        "kn": ("knot", "knots", "kts"),
        "%": ("percent", "pct"),
        "h": ("hr", "hour"),
        "min": ("minute",),
        "s": ("sec", "second"),
        "d": ("day",),
    }
)
_MILLI = re.compile(r"m(W|Wh|J|cal)")


def _plain(text: str) -> str:
    """A spelling without what does not tell units apart: case, spaces, how a power is written."""
    return re.sub(r"[\s_·⋅.*^-]", "", unicodedata.normalize("NFKC", text)).casefold()


_UNITS = (*(unit for units in SCALES.values() for unit in units), *POWERS, *CELSIUS)
_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {_plain(unit): unit for unit in (*_UNITS, *HOURS)}
    | {text: unit for unit, texts in FURTHER.items() for text in texts}
)


@dataclass(frozen=True)
class _Scale:
    """What a unit measures, how much of the basic unit it is (of a rate: an hour), and by which
    time a rate is told [h]; None for what is no rate."""

    quantity: str
    factor: float
    hours: float | None = None


def _scales() -> dict[str, _Scale]:
    amounts = {
        unit: _Scale(quantity, factor)
        for quantity, units in SCALES.items()
        for unit, factor in units.items()
    }
    rates = {
        f"{unit}/{span}": _Scale(scale.quantity, scale.factor / hours, hours)
        for unit, scale in amounts.items()
        for span, hours in HOURS.items()
        if scale.quantity != "speed"
    }
    powers = {unit: _Scale("energy", factor, 1.0) for unit, factor in POWERS.items()}
    return amounts | rates | powers


_SCALE_OF: Mapping[str, _Scale] = MappingProxyType(_scales())


def known_unit(text: str) -> str | None:
    """The unit as we write it; None where it is none that can be converted.

    >>> known_unit("KWH"), known_unit("m3 / hr"), known_unit("kVA"), known_unit("mW")
    ('kWh', 'm³/h', None, None)
    """
    if _MILLI.fullmatch(text.strip()):
        return None
    unit = _SPELLINGS.get(_plain(text))
    if unit is None:
        amount, _, span = _plain(text).partition("/")
        unit = f"{_SPELLINGS.get(amount)}/{_SPELLINGS.get(span)}"
    return unit if unit in _SCALE_OF or unit in CELSIUS else None


def conversion(unit: str, target_unit: str, kwh_per_unit: float | None = None) -> float | None:
    """How many of the target's unit one of a unit is; None where nothing says so.

    kwh_per_unit: energy in one of the target's unit, by which energy goes into a volume or a mass,
    and a power into their rate. Temperatures: see `linear_conversion`.

    >>> conversion("MWh", "kWh"), conversion("kWh", "m³", 10.0), conversion("m³", "kWh")
    (1000.0, 0.1, None)
    """
    given, wanted = known_unit(unit), known_unit(target_unit)
    if unit.strip() == target_unit.strip() or (given is not None and given == wanted):
        return 1.0
    source, target = _SCALE_OF.get(given or ""), _SCALE_OF.get(wanted or "")
    if source is None or target is None or (source.hours is None) != (target.hours is None):
        return None
    if source.quantity == target.quantity:
        return source.factor / target.factor
    if source.quantity != "energy" or target.quantity not in WITH_ENERGY or not kwh_per_unit:
        return None
    return source.factor / kwh_per_unit * (target.hours or 1.0)


def is_by_energy_content(unit: str, target_unit: str) -> bool:
    """Whether one becomes the other by the energy in a volume or a mass, and only so.

    >>> is_by_energy_content("therm", "m³"), is_by_energy_content("MJ", "kWh")
    (True, False)
    """
    is_possible = conversion(unit, target_unit, kwh_per_unit=1.0) is not None
    return is_possible and conversion(unit, target_unit) is None


def linear_conversion(unit: str, target_unit: str) -> tuple[float, float] | None:
    """What a value is multiplied by, and what is then added; also for temperatures.

    >>> linear_conversion("K", "°C"), linear_conversion("m³", "l"), linear_conversion("K", "l")
    ((1.0, -273.15), (1000.0, 0.0), None)
    """
    given = CELSIUS.get(known_unit(unit) or "")
    wanted = CELSIUS.get(known_unit(target_unit) or "")
    if given is not None and wanted is not None:
        return given[0] / wanted[0], (given[1] - wanted[1]) / wanted[0]
    times = conversion(unit, target_unit)
    return None if times is None else (times, 0.0)
