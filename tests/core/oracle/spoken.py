"""Whether what was heard is what `data` holds, rounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from tests.core.oracle.hearing import Heard

ZONES = (ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago"))
# The end of a key → the unit of its number. Other numbers have theirs beside them, or above.
UNIT_OF = {
    "_kwh": "kWh",
    "power_kw": "kW",
    "peak_kw": "kW",
    "_percent": "%",
    "seconds": "s",
    "_kg_co2e": "kg",
    "good_units": "good_units",
    "reject_units": "reject_units",
    "units": "units",
}
# Things that are counted are not rounded.
COUNTED = ("readings", "machines", "meters", "drivers", "seus", "times")
MONEY = ("cost", "amount", "demand_charge", "charge_per_kw", "rate_per_unit")
# How a unit is heard, and how many of the smaller one it is.
HEARD_AS = {"kWh/unit": ("kWh", 1.0), "MWh": ("kWh", 1e3), "W": ("kW", 1e-3), "t": ("kg", 1e3)}
INSTANT, CLOCK = re.compile(r"\d{4}-\d\d-\d\dT"), re.compile(r"\d\d:\d\d$")

MINUTE = 60.0

Number = tuple[float, str | None]


def numbers_in(
    data: object, unit: str | None = None, currency: str | None = None
) -> Iterator[Number]:
    """Every number of an answer with its unit."""
    if isinstance(data, dict):
        unit, currency = data.get("unit") or unit, data.get("currency") or currency
        for key, value in data.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield from _told(key, value, unit, currency)
            else:
                yield from numbers_in(value, unit, currency)
        yield from _length(data)
    elif isinstance(data, list | tuple):
        yield float(len(data)), None
        for item in data:
            yield from numbers_in(item, unit, currency)


def _length(data: dict[str, object]) -> Iterator[Number]:
    """How long a period is."""
    start, end = data.get("start"), data.get("end")
    if isinstance(start, str) and isinstance(end, str):
        length = datetime.fromisoformat(end) - datetime.fromisoformat(start)
        yield length.total_seconds(), "s"


def _told(key: str, value: float, unit: str | None, currency: str | None) -> Iterator[Number]:
    """A number with each unit that it can have; None for a count."""
    own = next((u for end, u in UNIT_OF.items() if key.endswith(end)), None)
    if "_percent_per_" in key:
        own = "%"
    if key in MONEY:
        yield value, currency
        yield 100 * value, "cents"
    elif own is None:
        plain = (unit or "").removesuffix("/h")
        told, factor = HEARD_AS.get(plain, (plain, 1.0))
        yield value * factor, told
        if currency is not None:
            yield value, currency
        if isinstance(value, int):
            yield value, None
    else:
        yield value, own
    if key == "coverage_percent":
        yield 100 - value, "%"


def is_told(heard: Heard, numbers: list[Number]) -> bool:
    """Whether one of the numbers is meant."""
    is_count = heard.unit in COUNTED
    return any(
        (unit == heard.unit or (unit is None and is_count)) and is_rounding(heard, value)
        for value, unit in numbers
    )


def is_heard(heard: Heard, value: float, unit: str) -> bool:
    """Whether this amount is heard; less than one euro or dollar is told in cents."""
    if heard.unit == "cents" and unit in ("EUR", "USD"):
        return is_rounding(heard, 100 * value)
    return heard.unit == unit and is_rounding(heard, value)


def is_rounding(heard: Heard, value: float) -> bool:
    """Whether a value is heard: to three significant digits; money to the cent at least; hours and
    days to their half, minutes to the one begun."""
    if heard.unit == "s":
        near = heard.step * (1.0 if heard.step == MINUTE else 0.26)
        return abs(heard.value - abs(value)) <= max(near, 0.005 * abs(value))
    if heard.unit in COUNTED and heard.value == value:
        return True
    exact = Decimal(repr(abs(value)))
    step = Decimal(1).scaleb(exact.adjusted() - 2) if exact else Decimal(1)
    if heard.unit in ("EUR", "USD"):
        step = max(step, Decimal("0.01"))
    if heard.unit == "cents":
        step = max(step, Decimal(1))
    rounded = (exact / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    return abs(abs(heard.value) - float(rounded)) <= 1e-9 * max(1.0, float(rounded))


def times_in(data: object) -> Iterator[tuple[int, int]]:
    """The hour and minute of every instant, by the clocks of both sites; of hours of the day, their
    edges."""
    if isinstance(data, dict):
        if "hour" in data:
            yield from ((data["hour"], 0), ((data["hour"] + 1) % 24, 0))
        yield from times_in(list(data.values()))
    elif isinstance(data, list | tuple):
        for item in data:
            yield from times_in(item)
    elif isinstance(data, str) and INSTANT.match(data):
        moment = datetime.fromisoformat(data)
        yield from ((at.hour, at.minute) for at in map(moment.astimezone, ZONES))
    elif isinstance(data, str) and CLOCK.match(data):
        yield int(data[:2]), int(data[3:])
