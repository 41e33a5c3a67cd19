"""What all sayings about baselines share: versions, shares, samples, conditions and periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal

from enms_core.domain.baseline import Baseline, Equation, Grain
from enms_core.domain.period import INSTANT, Period, PeriodPhrase
from enms_core.domain.seu import SeuOfSource
from enms_core.language.speech.baseline_scale import rounded_or_zero
from enms_core.language.speech.brief import counted
from enms_core.language.speech.sources import driver_words
from enms_core.language.speech.voice import Voice

ADOPTED = 0  # the version of a model that another program kept beside the SEU
WHOLE, SMALLEST = Decimal(1), Decimal("0.1")  # steps of a share [%]
NEARLY_ALL, ALL = Decimal(99), Decimal(100)
# Every driver's value without a unit is the bare number.
UNITS = "driver_units"
HOURS_OF_DAY = 24


def seu_slots(of: SeuOfSource, voice: Voice) -> dict[str, str]:
    """The slots `scope` and `source`: an SEU is said as its machines and its energy source."""
    ids = [machine.id for machine in of.machines]
    scope = voice.machines(ids) if ids else voice.words.name(of.seu.name)
    return {"scope": scope, "source": voice.words.source(of.source.name)}


def use_words(of: SeuOfSource, voice: Voice) -> str:
    """An SEU in a list: "electricity of compressor one"."""
    return voice.words.phrase("baseline_use", seu_slots(of, voice))


def version_words(number: int, voice: Voice) -> str:
    """A version as a noun: "version five"."""
    if number == ADOPTED:
        return voice.words.phrase("baseline_version_adopted")
    return voice.words.phrase("baseline_version", {"number": voice.words.count(number)})


def share_words(percent: float, voice: Voice) -> str:
    """A share in whole percents, so that nothing that is not all sounds like all."""
    exact = Decimal(repr(max(0.0, percent)))
    short = exact.quantize(WHOLE if exact >= WHOLE else SMALLEST, rounding=ROUND_HALF_UP)
    if exact and not short:
        return voice.words.phrase("percent_below", {"percent": _percent(SMALLEST, voice)})
    if short >= ALL > exact:
        return voice.words.phrase("percent_above", {"percent": _percent(NEARLY_ALL, voice)})
    return _percent(short, voice)


def _percent(value: Decimal, voice: Voice) -> str:
    return voice.words.percent(float(value))


def explained_words(r2: float, voice: Voice) -> str:
    """R² as the share of the variation that is explained."""
    return share_words(100 * r2, voice)


def samples_words(count: float, grain: Grain, voice: Voice) -> str:
    """A number of samples or hours, rounded for the ear: "eight thousand six hundred hours"."""
    said = rounded_or_zero(count)
    if said == 1:
        return voice.words.phrase(f"{grain}s_one")
    return voice.words.phrase(f"{grain}s_several", {"count": voice.words.number(said)})


def drivers_words(names: Sequence[str], voice: Voice, whole: bool = True) -> str:
    """A list of drivers as people call them."""
    return voice.words.listed([driver_words(name, voice) for name in names], whole=whole)


def value_words(driver: str, value: float, voice: Voice) -> str:
    """A value of a driver with its unit, where we know one."""
    forms = voice.words.forms(UNITS, driver) if driver in voice.files.values[UNITS] else ()
    said = rounded_or_zero(value)
    return voice.words.counted(said, forms) if forms else voice.words.number(said)


def of_a_day(equation: Equation, driver: str, value: float) -> float:
    """A value as people know it: degree days as those of a day, where the model has an hour's."""
    kinds = {term.driver: term.kind for term in equation.terms}
    is_part = equation.grain == "hour" and kinds.get(driver, "value") != "value"
    return HOURS_OF_DAY * value if is_part else value


def conditions_words(conditions: Mapping[str, float], voice: Voice) -> str:
    """Values of drivers: "production count at five hundred units and ..."."""
    said = [condition_words(name, value, voice) for name, value in conditions.items()]
    return voice.words.listed(said, whole=True)


def condition_words(driver: str, value: float, voice: Voice) -> str:
    """One driver with its value."""
    slots = {"driver": driver_words(driver, voice), "value": value_words(driver, value, voice)}
    return voice.words.phrase("baseline_condition", slots)


def per_grain(grain: Grain, voice: Voice) -> str:
    """What an expected use is for: "per hour"."""
    return voice.words.phrase(f"energy_per_{grain}")


def uses_words(count: int, voice: Voice) -> str:
    """How many significant energy uses."""
    return counted("seus", count, voice)


# --- the period of training ---------------------------------------------------------------------


def training_period(of: SeuOfSource, period: Period, voice: Voice) -> str:
    """The dates of a period of training, however it was asked for: a baseline keeps them."""
    zone = voice.catalogue.zone_of(machine.id for machine in of.machines)
    local = Period(period.start.astimezone(zone), period.end.astimezone(zone))
    return dated_period(local, voice)


def dated_period(local: Period, voice: Voice) -> str:
    """The dates of a period in the machines' zone."""
    return voice.period(_dated(local), local)


def trained_period(of: SeuOfSource, baseline: Baseline, voice: Voice) -> str | None:
    """The period a version was trained on, None where it is not told."""
    return None if baseline.period is None else training_period(of, baseline.period, voice)


def _dated(period: Period) -> PeriodPhrase:
    """A phrase that names whole years or months where the period is that, else days."""
    ends = (period.start, period.end)
    last = period.end - INSTANT
    if not all(_is_first(end) for end in ends):
        return PeriodPhrase("range")
    if period.start.month == period.end.month == 1:
        year = PeriodPhrase("year")
        return year if period.start.year == last.year else PeriodPhrase("range", start=year)
    month = PeriodPhrase("month")
    is_one = (period.start.year, period.start.month) == (last.year, last.month)
    return month if is_one else PeriodPhrase("range", start=month)


def _is_first(moment: datetime) -> bool:
    """Whether a month begins at it."""
    return moment.day == 1 and moment.time() == time.min
