"""The unit that the name of a column tells: "Usage_kWh", "Energie (MWh)", "Leistung [kW]"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from enms_core.domain.conversions import CELSIUS, POWERS, SCALES, known_unit
from enms_core.files.guess_words import has_hint, parted

IN_BRACKETS = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
BETWEEN_WORDS = re.compile(r"[\s_,;:()\[\]{}<>]+")
WITHIN_WORDS = re.compile(r"[-/.]")
# Words that are units elsewhere, but more likely something else in a name without brackets.
NO_UNITS = frozenset({"cum", "kt", "share"})
NO_AMOUNTS = frozenset((*SCALES["speed"], *SCALES["share"], *CELSIUS))


def header_unit(name: str) -> str | None:
    """The unit in the name of a column, as we write it; None where there is none that we know.

    >>> header_unit("Usage_kWh"), header_unit("tempF"), header_unit("CO2(tCO2)")
    ('kWh', '°F', None)
    """
    return next(filter(None, map(known_unit, _possible(name))), None)


def is_rate(unit: str) -> bool:
    """Whether a unit tells how much passes in a time.

    >>> is_rate("kW"), is_rate("m³/h"), is_rate("kWh"), is_rate("m/s")
    (True, True, False, False)
    """
    return unit in POWERS or ("/" in unit and unit not in NO_AMOUNTS)


def is_metered(unit: str) -> bool:
    """Whether meters of energy sources tell amounts or rates in it: no temperature, no speed."""
    return unit not in NO_AMOUNTS


def _possible(name: str) -> Iterator[str]:
    """What may be a unit in a name, the likeliest first; a letter alone only where it is sure."""
    plain = unicodedata.normalize("NFKC", name)
    yield from IN_BRACKETS.findall(plain)
    words = [each for each in BETWEEN_WORDS.split(plain) if each.casefold() not in NO_UNITS]
    yield from (word for word in reversed(words) if len(word) > 1)
    parts = [part for word in words for part in WITHIN_WORDS.split(word)]
    yield from (part for part in reversed(parts) if len(part) > 1)
    last = parted(plain).split()[-1:]
    if (has_hint(name, "weather") and last in (["C"], ["F"])) or (
        has_hint(name, "power") and last in (["W"], ["w"])
    ):
        yield last[0]
