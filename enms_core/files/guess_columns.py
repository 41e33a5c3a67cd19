"""What the columns of a file hold beside its times, and which is the meter's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from enms_core.domain.conversions import SCALES
from enms_core.domain.imports import Decimal
from enms_core.files.amounts import amounts
from enms_core.files.guess_sample import Sample
from enms_core.files.guess_words import Hint, has_hint, header_unit, is_metered, is_rate

Role = Literal["meter", "weather", "production", "status", "serial", "other"]

# A column of numbers may have so many [share] texts that are none.
MOST_BAD = 0.05
# A state has so many different words, at most; a meter's name may have more.
MOST_STATES = 12
MOST_METERS = 200
# States and serial numbers have so many [share] different texts, at most.
FEW = 0.1
# A file of several meters has so many rows to a time, at least; fewer stand there twice.
ROWS_A_TIME = 1.1
# Meters tell the rows of a time apart but for a few that stand twice.
APART = 0.98

# In the name of a price, which is no amount of energy though its unit may hold one.
CURRENCIES = frozenset("€$£¥₩円")


@dataclass(frozen=True)
class Column:
    """What a column seems to hold. unit: as its name tells it, or a row of units."""

    name: str
    role: Role
    unit: str | None = None


def columns_of(sample: Sample, times: Sequence[str | None]) -> list[Column]:
    """All columns but those of the times."""
    return [_column(name, sample) for name in sample.header if name not in times]


def likely_values(columns: Sequence[Column]) -> list[Column]:
    """The columns that may be the meter's values, if none was named: those with a unit of energy,
    volume or mass; of a file with amounts and rates, the amounts. Without units, those whose name
    tells of use; else all numbers that are nothing else."""
    meters = [column for column in columns if column.role == "meter"]
    with_unit = [column for column in meters if column.unit is not None]
    if with_unit:
        of_amounts = [column for column in with_unit if not is_rate(column.unit or "")]
        return of_amounts or with_unit
    named = [column for column in meters if _tells_of_use(column.name)]
    return named or meters


def meter_column(sample: Sample, stamps: Sequence[str], names: Sequence[str]) -> str | None:
    """The column that tells apart the rows of one time, in a file of several meters; of `names`.
    None where the times stand once each, or nothing tells the rows apart."""
    if not stamps or len(stamps) < ROWS_A_TIME * len(set(stamps)):
        return None
    for name in names:
        cells = sample.columns[name]
        if 2 <= len(set(cells)) <= MOST_METERS:
            pairs = set(zip(stamps, cells, strict=True))
            if len(pairs) >= APART * len(stamps):
                return name
    return None


def is_numeric(texts: Sequence[str]) -> bool:
    """Whether a column holds numbers, with a decimal point or comma."""
    return any(_reads(texts, sign) for sign in _SIGNS)


USE: Sequence[Hint] = ("amount", "counter", "power", "sum")
_SIGNS: Sequence[Decimal] = (".", ",")


def _reads(texts: Sequence[str], decimal: Decimal) -> bool:
    found = amounts(texts, decimal)
    has_numbers = not np.isnan(found.values).all()
    return has_numbers and int(found.bad.sum()) <= MOST_BAD * len(texts)


def _column(name: str, sample: Sample) -> Column:
    texts = sample.columns[name]
    if not is_numeric(texts):
        return Column(name, _role_of_words(name, texts))
    unit = header_unit(name) or header_unit(sample.below.get(name, ""))
    return Column(name, _role_of_numbers(name, unit, texts), unit)


def _role_of_numbers(name: str, unit: str | None, texts: Sequence[str]) -> Role:
    """A unit of energy or volume makes it a meter, unless a price or a factor is told in it."""
    if has_hint(name, "unrelated") or CURRENCIES & set(name):
        return "other"
    if unit is not None and is_metered(unit):
        is_made = unit in SCALES["mass"] and has_hint(name, "production")
        return "production" if is_made else "meter"
    if has_hint(name, "weather") or has_hint(name, "production"):
        return "weather" if has_hint(name, "weather") else "production"
    if unit is not None:
        return "other"
    return _role_of_few_numbers(name, texts)


def _role_of_few_numbers(name: str, texts: Sequence[str]) -> Role:
    """States and numbers of meters are few in many rows; what a meter tells is not."""
    few = len(set(texts)) <= max(1, len(texts) * FEW)
    if few and has_hint(name, "status"):
        return "status"
    return "serial" if few and has_hint(name, "serial") and not _tells_of_use(name) else "meter"


def _role_of_words(name: str, texts: Sequence[str]) -> Role:
    if has_hint(name, "serial"):
        return "serial"
    return "status" if has_hint(name, "status") and len(set(texts)) <= MOST_STATES else "other"


def _tells_of_use(name: str) -> bool:
    return any(has_hint(name, hint) for hint in USE)
