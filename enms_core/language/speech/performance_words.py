"""What sayings about performance, causes and savings share: amounts, deviations, days, money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from enms_core.domain.performance import Deviation
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money
from enms_core.domain.units import POWER_UNIT, for_the_ear
from enms_core.language.calendar_words import CalendarWords
from enms_core.language.money import spent_words
from enms_core.language.speech.baseline_scale import SMALLEST, Scale
from enms_core.language.speech.baseline_words import uses_words
from enms_core.language.speech.voice import Voice

CO2E = "kg CO2e"
# Steps of a percentage [%], and what is told as no deviation at all.
WHOLE, SMALL, NOTHING = Decimal(1), Decimal("0.1"), 0.5
# A use that is further from the expected one is told as an amount.
MOST_PERCENT = 200.0
# A day of the year that is longer ago is told with its year.
SAME_YEAR = timedelta(days=300)
ESTIMATE_DIGITS = 2
# More SEUs than these are counted, not named.
MOST_USES = 3


def scale_for(unit: str, *values: float) -> Scale:
    """One unit for amounts that are told beside each other."""
    largest = max(map(abs, values))
    value, larger = for_the_ear(largest, unit)
    return Scale(larger, value / largest if largest else 1.0)


def amount_words(value: float, unit: str, voice: Voice) -> str:
    """An amount with its unit; what is next to nothing is zero."""
    return scale_for(unit, value).amount(value, voice)


def percent_words(percent: float, voice: Voice) -> str:
    """How much a deviation is, in whole percents where it is one at least."""
    exact = abs(Decimal(repr(percent)))
    short = exact.quantize(WHOLE if exact >= WHOLE else SMALL, rounding=ROUND_HALF_UP)
    return voice.words.percent(float(short))


def deviation_words(deviation: Deviation, unit: str, voice: Voice) -> str:
    """A deviation beside a name: "two percent below expected"."""
    percent = deviation.percent
    if not deviation.quantity or (percent is not None and abs(percent) < NOTHING):
        return voice.words.phrase("performance_as_expected")
    side = "above" if deviation.quantity > 0 else "below"
    amount = (
        amount_words(abs(deviation.quantity), unit, voice)
        if percent is None or abs(percent) > MOST_PERCENT
        else percent_words(percent, voice)
    )
    return voice.words.phrase(f"performance_{side}", {"amount": amount})


def roughly(value: float) -> float:
    """A value that is an estimate, with two digits.

    >>> [roughly(value) for value in (1.734, 287.0, -0.0, 95.2)]
    [1.7, 290.0, 0.0, 95.0]
    """
    return as_rough_as(value, value)


def as_rough_as(value: float, other: float) -> float:
    """A value to no finer digit than another one is told with as an estimate, nor than its own.

    >>> as_rough_as(41.0, 290.0), as_rough_as(4.13, 290.0)
    (40.0, 4.1)
    """
    exact, beside = Decimal(repr(float(value))), Decimal(repr(float(other)))
    if abs(exact) < SMALLEST:
        return 0.0
    digit = exact.adjusted() - ESTIMATE_DIGITS + 1
    coarser = beside.adjusted() - ESTIMATE_DIGITS + 1 if beside else digit
    step = Decimal(1).scaleb(coarser if digit < coarser <= exact.adjusted() else digit)
    return float((exact / step).quantize(WHOLE, rounding=ROUND_HALF_UP) * step)


def load_words(per_hour: float, unit: str, voice: Voice) -> str:
    """About how much is used in every hour: as a power where the unit is one of energy."""
    power = POWER_UNIT.get(unit)
    if power is not None:
        return amount_words(abs(roughly(per_hour)), power, voice)
    amount = amount_words(abs(roughly(per_hour)), unit, voice)
    return voice.words.phrase("performance_per_hour", {"amount": amount})


def since_words(since: datetime | None, of: SeuOfSource, now: datetime, voice: Voice) -> str:
    """Since which day something is so, with the year where that is long ago."""
    if since is None:
        return voice.words.phrase("cause_since_ever")
    local = since.astimezone(voice.catalogue.zone_of(machine.id for machine in of.machines))
    calendar = CalendarWords(voice.files.lang, voice.files.vocabulary)
    slots = calendar.dated_slots(local)
    dialog = "cause_since" if now - since < SAME_YEAR else "cause_since_year"
    return voice.words.phrase(dialog, slots)


def worth_words(costs: Sequence[Money], carbon_kg: float | None, voice: Voice) -> str | None:
    """Money and carbon dioxide in one list; None where neither is known."""
    told = [Money(abs(each.amount), each.currency) for each in costs if each.amount]
    said = [spent_words(voice.words, told)] if told else []
    if carbon_kg:
        said.append(amount_words(abs(carbon_kg), CO2E, voice))
    return voice.words.listed(said, whole=True) if said else None


def rough_worth(costs: Sequence[Money], carbon_kg: float | None, voice: Voice) -> str | None:
    """The same of an estimate."""
    about = [Money(Decimal(repr(roughly(float(m.amount)))), m.currency) for m in costs]
    return worth_words(about, None if carbon_kg is None else roughly(carbon_kg), voice)


def several_uses(uses: Sequence[SeuOfSource], voice: Voice, whole: bool = False) -> str:
    """SEUs by their energy source: "electricity of compressor one and HVAC main"."""
    machines: dict[str, list[UUID]] = {}
    for of in uses:
        machines.setdefault(of.source.name, []).extend(each.id for each in of.machines)
    said = [
        voice.words.phrase(
            "baseline_use",
            {"source": voice.words.source(source), "scope": voice.machines(ids, whole=whole)},
        )
        for source, ids in machines.items()
    ]
    return voice.words.listed(said, whole=True)


def uses_in_short(uses: Sequence[SeuOfSource], voice: Voice, whole: bool = False) -> str:
    """The same of a few, else how many; all of them where told whole."""
    if whole or len(uses) <= MOST_USES:
        return several_uses(uses, voice, whole)
    return uses_words(len(uses), voice)


def running_words(period: Period, words: str, voice: Voice) -> str:
    """A period that has not ended: "today after seven hours"."""
    after = voice.words.duration(3600 * period.hours, "duration_after")
    return voice.words.phrase("performance_running", {"period": words, "after": after})
