"""Hears what was said: number words with their units, money, percent, lengths of time and times of
day, read back as numbers. It shares nothing with what words them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
VALUES = {word: value for value, word in enumerate([*DIGITS, *TEENS])}
VALUES |= {word: 10 * value for value, word in enumerate(TENS, 2)}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

# Words of a unit → the unit that readings are in, and how many of it.
UNITS = {
    "kilowatt hour": ("kWh", 1.0),
    "megawatt hour": ("kWh", 1e3),
    "gigawatt hour": ("kWh", 1e6),
    "watt": ("kW", 1e-3),
    "kilowatt": ("kW", 1.0),
    "megawatt": ("kW", 1e3),
    "normal cubic meter": ("Nm³", 1.0),
    "cubic meter": ("m³", 1.0),
    "kilogram": ("kg", 1.0),
    "ton": ("kg", 1e3),
    "percent": ("%", 1.0),
    "unit": ("units", 1.0),
    "good unit": ("good_units", 1.0),
    "rejected unit": ("reject_units", 1.0),
    "minute": ("s", 60.0),
    "hour": ("s", 3600.0),
    "day": ("s", 86_400.0),
    "cent": ("cents", 1.0),
    "machine": ("machines", 1.0),
    "meter": ("meters", 1.0),
    "driver": ("drivers", 1.0),
    "significant energy use": ("seus", 1.0),
    "time": ("times", 1.0),
    "reading": ("readings", 1.0),
}
MONEY = {"euro": "EUR", "dollar": "USD"}

_DIGIT, _TENS = "|".join(DIGITS), "|".join(TENS)
_BELOW_100 = rf"(?:(?:{_TENS})(?: (?:{_DIGIT}))?|{'|'.join(TEENS)}|{_DIGIT})"
_BELOW_1000 = rf"(?:{_BELOW_100} hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_WHOLE = rf"{_BELOW_1000}(?: (?:{'|'.join(SCALES)})(?:(?: and)? {_BELOW_1000})?)*"
# "less than one percent" is a bound and no amount.
_NUMBER = rf"(?<!less than )\b(?:minus )?{_WHOLE}(?: point(?: (?:{_DIGIT}))+)?"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_NO_CENTS = "|".join([_UNIT, *MONEY, *SCALES, "hundred", "point", "more"])
# "three euros twenty", "three euros and five cents"; not "three euros, two machines".
_CENTS = rf"(?: (?:and )?({_BELOW_100})\b(?: cents?\b|(?! (?:{_NO_CENTS})s?\b)))?"
AMOUNT = re.compile(
    rf"({_NUMBER}) (?:({'|'.join(MONEY)})s?\b{_CENTS}|({_UNIT})s?\b)", re.IGNORECASE
)
TIME = re.compile(rf"\b({_BELOW_100})(?: ({_BELOW_100}|zero {_BELOW_100}))? ([ap]) m\b")
NAMED_TIME = {"noon": (12, 0), "midnight": (0, 0)}


@dataclass(frozen=True)
class Heard:
    """An amount in the unit of the readings; `step` is the unit that it was said in."""

    value: float
    unit: str
    step: float = 1.0


def amounts(speech: str) -> list[Heard]:
    """The amounts of a speech in order: numbers that a unit follows."""
    said = speech.replace("-", " ")
    return [_heard(found) for found in AMOUNT.finditer(said)]


def times(speech: str) -> set[tuple[int, int]]:
    """The times of day (hour, minute) of a speech."""
    said = speech.replace("-", " ")
    found = {_time(*groups) for groups in TIME.findall(said)}
    return found | {time for name, time in NAMED_TIME.items() if re.search(rf"\b{name}\b", said)}


def number(words: Sequence[str]) -> float:
    """Number words as a number.

    >>> number("minus one thousand two hundred and five point two five".split())
    -1205.25
    """
    if words[0] == "minus":
        return -number(words[1:])
    whole, part = list(words), ""
    if "point" in words:
        cut = list(words).index("point")
        whole, part = list(words[:cut]), "".join(str(VALUES[word]) for word in words[cut + 1 :])
    total = group = 0
    for word in whole:
        if word in SCALES:
            total, group = total + group * int(SCALES[word]), 0
        elif word == "hundred":
            group *= 100
        elif word != "and":
            group += VALUES[word]
    return float(f"{total + group}.{part or 0}")


def _heard(found: re.Match[str]) -> Heard:
    words, currency, cents, unit = found.groups()
    value = number(words.lower().split())
    if currency:
        return Heard(value + (number(cents.split()) / 100 if cents else 0), MONEY[currency])
    symbol, step = UNITS[unit]
    return Heard(value * step, symbol, step)


def _time(hour: str, minute: str, half: str) -> tuple[int, int]:
    return (
        int(number(hour.split())) % 12 + (12 if half == "p" else 0),
        int(number(minute.split())) if minute else 0,
    )
