"""Figures of performance indicators as words."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from enms_core.domain.kpi import PER_UNIT, Kpi
from enms_core.domain.measure import Kind
from enms_core.language.money import money_words
from enms_core.language.speech.measured import value_words
from enms_core.language.speech.voice import Voice

HOUR = timedelta(hours=1)
# A unit that costs less is told by the thousand: nothing smaller than a cent is said.
CHEAP = Decimal("0.1")
THOUSAND = 1000


def energy_words(kpi: Kpi, voice: Voice) -> str:
    """What a figure is of: one energy source, or energy as a whole."""
    if kpi.energy_source is None:
        return voice.words.phrase("kpi_energy")
    return voice.words.source(kpi.energy_source)


def amount_words(kpi: Kpi, voice: Voice) -> str:
    """The value with its unit; one per unit made without that."""
    assert kpi.value is not None and kpi.unit is not None
    if kpi.unit == "%":
        return voice.words.percent(kpi.value)
    if kpi.unit == "h":
        return hours_words(kpi.value, voice)
    return value_words(kpi.value, Kind(kpi.unit.removesuffix(PER_UNIT)), voice)


def hours_words(hours: float, voice: Voice) -> str:
    """A time in hours, however long: running hours are never told in days."""
    length = hours * HOUR
    if length < HOUR:
        return voice.words.duration(length.total_seconds())
    return voice.words.amount(hours, "h")


def money_of(kpi: Kpi, voice: Voice, times: int = 1) -> str:
    """An amount of money, so many times, as what a verb acts on."""
    currency = None if kpi.unit is None else kpi.unit.removesuffix(PER_UNIT)
    amount = Decimal(repr(kpi.value)) * times
    return money_words(voice.words, amount, currency, is_object=True)


def is_cheap(kpi: Kpi) -> bool:
    """Whether an amount of money has to be told by the thousand."""
    return Decimal(repr(kpi.value)).copy_abs() < CHEAP
