"""The unit of a column: by its name, rows of units below it, a column of units, or the title.

A unit that is told but not understood is never passed over: kVA taken for kW, or tens of kWh for
kWh, would be wrong numbers that look right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from enms_core.domain.conversions import POWERS, known_unit
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, ReadingsTarget, RowFilter, Target, WeatherTarget
from enms_core.files.amounts import amounts
from enms_core.files.guess_draft import Choice, Draft, with_target
from enms_core.files.guess_sample import Sample, all_texts
from enms_core.files.guess_words import (
    BETWEEN_WORDS,
    IN_BRACKETS,
    has_hint,
    header_unit,
    is_metered,
    plain_words,
)

# In what weather is written where nothing tells it: the quantity → units. Humidity is in percent.
WEATHER_UNITS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"outdoor_temp_c": ("°C", "°F"), "wind_speed_m_s": ("m/s", "km/h", "mph", "kn")}
)
# Zones of places that tell temperatures in °F, among others; and what is no temperature in °C.
FAHRENHEIT_ZONES = ("America/", "US/", "Pacific/")
NO_CELSIUS = 60.0
# A column of units has so many different texts, at most.
MOST_UNITS = 12

MULTIPLES = frozenset(
    {
        "tsd", "tausend", "thousand", "thousands", "mio", "million", "millions", "millionen",
        "hundred", "hundreds", "milliers",
    }
)  # fmt: skip
# "x1000" or "* 40" behind a unit or before it, "/100" behind it; "kWh/15min" is none.
_TIMES = r"(?:(?<![^\W_])x|(?<!\d)[\u00d7*]|10\^)\s*\d"
_BEHIND = re.compile(rf"[\s_)\]]*[(\[]?\s*(?:{_TIMES}|/\s*\d+(?![\d.,]*\s*[a-z]))", re.IGNORECASE)
# A number as part of what a bracket says, at the beginning of the name, or one of those by which
# units are multiplied; not the last part of a code such as 1-1:1.8.0.
_BEFORE = re.compile(
    rf"(?:{_TIMES}[\d.,']*[)\]]?|\d\s*(?:[\u00d7*]|x\b)|[(\[]\s*\d[\d.,']*|^\W*\d+(?:[.,']\d+)?"
    r"|(?<![\w.:-])(?:100+|1[.,']000|0[.,]0*1))\s*[(\[]?\s*$",
    re.IGNORECASE,
)
# By what an amount may be told and is still one: an hour's, a day's. By anything else it is none.
_BY_TIME = re.compile(r"/\s*\d*\s*(?:s|min|h|hr|hour|d|day|int|interval)\b", re.IGNORECASE)
_SPAN = re.compile(r"[\d\s/-]*\d[\s-]*(?:s|sec|min|m|h|hr|d|day|std)?", re.IGNORECASE)
_PLACE = re.compile(r"column \d+")
# Words that are made like units of energy or power, in several scripts, or end in one.
_LIKE_A_UNIT = re.compile(
    r"(?:.*[\d\u3040-\ud7a3])?"
    r"(?:[kmgt]w[a-z]{0,3}|[kmgt]?(?:va|var)(?:h|s)?|[kmgt]?wh(?:r|rs|s)?|[kmgt]?ws|[kmgt]?[tc]oe|tce)"
    r"[\d.*^\u00d7]*|.*(?:вт|瓦|ワット|와트).*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][^\W_/]*")


@dataclass(frozen=True)
class UnitSaid:
    """What one place tells. unit: None where it is none that we know. why: for a terminal."""

    unit: str | None
    why: str


def guess_unit(draft: Draft, place: int, sample: Sample, zone: str) -> None:
    """The unit of readings or weather. zone: where the weather is, IANA name.

    Raises ImportFailed where a unit is told that cannot be read.
    """
    target = draft.plan.targets[place]
    if target.unit is not None or not isinstance(target, (ReadingsTarget, WeatherTarget)):
        return
    said = [*_said_of(target.column, sample)]
    if isinstance(target, ReadingsTarget):
        said += _said_beside(draft, target, sample, is_told=bool(said))
    known = {each.unit: each.why for each in reversed(said) if each.unit is not None}
    if said and (not known or multiple_in(target.column)):
        raise ImportFailed(f"the unit of {target.column!r} is unclear, {said[0].why}: say --unit")
    if not known:
        _without_unit(draft, place, sample, zone)
        return
    plans = _plans(draft, place, list(known))
    if len(known) > 1:
        why = "; ".join(f"{unit}: {why}" for unit, why in known.items())
        draft.choices.append(Choice("unit", "--unit", plans, why, target.column))
        return
    ((unit, why),) = known.items()
    draft.plan = plans[unit]
    draft.tell("unit", unit, why, target.column)


def multiple_in(name: str) -> bool:
    """Whether a name tells a multiple or a part of its unit, or an amount by something else.

    >>> multiple_in("Energy (10 kWh)"), multiple_in("kWh (x1000)"), multiple_in("kWh/m2")
    (True, True, True)
    >>> multiple_in("Line 1 kWh"), multiple_in("kWh/15min"), multiple_in("1-1:1.29.0 (kWh)")
    (False, False, False)
    """
    unit, plain = header_unit(name), unicodedata.normalize("NFKC", name)
    if unit is None:
        return False
    if MULTIPLES & set(plain_words(name).split()):
        return True
    return any(
        _BEFORE.search(plain[: match.start()]) or _is_changed_behind(plain[match.end() :], unit)
        for match in _WORD.finditer(plain)
        if known_unit(match[0]) == unit
    )


def _is_changed_behind(rest: str, unit: str) -> bool:
    if _BEHIND.match(rest):
        return True
    return rest.startswith("/") and not _is_by_time(rest, unit)


def _is_by_time(rest: str, unit: str) -> bool:
    """Whether an amount is told by its interval; a power by a time may be an amount, misspelt."""
    return unit not in POWERS and _BY_TIME.match(rest) is not None


def unknown_in(name: str) -> str | None:
    """The text in a unit's place of a name without a unit that we know.

    >>> unknown_in("Energie [Ws]"), unknown_in("Energy MWhr"), unknown_in("Usage (15 min)")
    ('Ws', 'MWhr', None)
    """
    plain = unicodedata.normalize("NFKC", name)
    for text in map(str.strip, IN_BRACKETS.findall(plain)):
        if not _SPAN.fullmatch(text) and not _PLACE.fullmatch(text):
            return text
    return next(filter(_LIKE_A_UNIT.fullmatch, BETWEEN_WORDS.split(plain)), None)


def _said_of(column: str, sample: Sample) -> Iterator[UnitSaid]:
    """What the column's name and the rows below it tell."""
    unit, unknown = header_unit(column), unknown_in(column)
    if unit is not None:
        is_more = multiple_in(column)
        yield UnitSaid(unit, "its name tells more" if is_more else "the column's name has it")
    elif unknown is not None:
        yield UnitSaid(None, f"its name has {unknown!r}")
    if below := sample.below.get(column):
        unit = None if multiple_in(below) else header_unit(below)
        yield UnitSaid(unit, f"{below!r} stands below its name")


def _said_beside(
    draft: Draft, target: ReadingsTarget, sample: Sample, *, is_told: bool
) -> Iterator[UnitSaid]:
    """What columns of units and the lines above the table tell. is_told: the column tells of its
    own, so that only what is named a unit is asked."""
    for name, cells in sample.columns.items():
        if has_hint(name, "unit") or (not is_told and _are_units(cells)):
            yield from _said_in_cells(draft, target.rows, name, cells)
    for line in sample.above:
        if has_hint(line, "unit"):
            yield UnitSaid(header_unit(line), f"{line!r} stands above the table")
        elif not is_told and (unit := header_unit(line)) is not None and is_metered(unit):
            yield UnitSaid(None, f"{line!r} stands above the table")


def _are_units(cells: Sequence[str]) -> bool:
    """Whether all cells are units of meters. One letter is rather a code."""
    texts = {text.strip() for text in cells}
    units = [known_unit(text) for text in texts if len(text) > 1]
    return len(units) == len(texts) and all(unit and is_metered(unit) for unit in units)


def _said_in_cells(
    draft: Draft, rows: RowFilter | None, name: str, cells: Sequence[str]
) -> Iterator[UnitSaid]:
    """What a column of units tells in all rows of the file. Raises ImportFailed for several."""
    if len(set(cells)) > MOST_UNITS:
        return
    texts = {
        text.strip()
        for chunk in all_texts(draft.plan.path, draft.format, name, rows)
        for text in set(chunk)
    } - {""}
    units = {known_unit(text) for text in texts}
    if len(units) > 1:
        one, other = sorted(texts)[:2]
        raise ImportFailed(
            f"{name!r} has several units, {one} and {other}: import the rows of each by itself, "
            f"with --rows {name}={one}"
        )
    for unit in units:
        if unit is None:
            yield UnitSaid(None, f"{name!r} has {min(texts)!r}")
        elif is_metered(unit):
            yield UnitSaid(unit, f"{name!r} has it in every row")


def _without_unit(draft: Draft, place: int, sample: Sample, zone: str) -> None:
    """Weather may be in several units; readings are in their source's."""
    target = draft.plan.targets[place]
    units = WEATHER_UNITS.get(target.quantity, ()) if isinstance(target, WeatherTarget) else ()
    if not units or (units[0] == "°C" and _is_celsius(draft, target, sample, zone)):
        unit = units[0] if units else "that in which it is stored"
        draft.tell("unit", unit, "the file tells none", target.column)
        return
    plans = _plans(draft, place, units)
    draft.choices.append(
        Choice("unit", "it in the header or in a mapping", plans, "nothing tells it", target.column)
    )


def _is_celsius(draft: Draft, target: Target, sample: Sample, zone: str) -> bool:
    values = amounts(sample.columns[target.column], draft.format.decimal or ".").values
    return not zone.startswith(FAHRENHEIT_ZONES) and not (values > NO_CELSIUS).any()


def _plans(draft: Draft, place: int, units: Sequence[str]) -> dict[str, FilePlan]:
    target = draft.plan.targets[place]
    return {each: with_target(draft.plan, place, replace(target, unit=each)) for each in units}
