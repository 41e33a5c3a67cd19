"""How an amount of energy is said: the total, with what it cost, and the average."""

from __future__ import annotations

from enms_core.domain.energy import AverageAnswer, EnergyAnswer, EnergyCourse, SeriesTooLong, Spent
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Step
from enms_core.domain.series import OfSource
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.domain.use import SourceUse
from enms_core.language.money import spent_words
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice

PER_STEP: dict[Step, str] = {"day": "energy_per_day", "hour": "energy_per_hour"}
TOO_LONG: dict[Step, str] = {
    "day": "energy_series_too_long_days",
    "hour": "energy_series_too_long_hours",
}
# What is missing makes a total too low; an average and a trend are of the rest.
LEFT_OUT = {
    "readings_missing": "energy_missing_left_out",
    "readings_missing_of_source": "energy_missing_left_out_of_source",
    "readings_missing_share": "energy_share_left_out",
    "readings_missing_share_of_source": "energy_share_left_out_of_source",
}


def say_energy(answer: EnergyAnswer, voice: Voice) -> list[Dialog]:
    """What was used, the carriers together where they can be added, the cost, and what is
    doubtful."""
    dialogs = say_amounts(answer, voice)
    if answer.spent is not None:
        dialogs.append(_cost(answer.spent, voice))
    issues = say_issues(answer.issues, voice, len(answer.machines), len(answer.uses))
    return [*dialogs, *issues]


def say_amounts(answer: EnergyAnswer, voice: Voice) -> list[Dialog]:
    """What was used, and the carriers together where they can be added."""
    assert answer.period is not None
    dialogs = [_used(answer, answer.period, voice), *_not_in_unit(answer, voice)]
    if len(answer.uses) > 1 and all(_is_known_purchase(use) for use in answer.uses):
        dialogs.append(_together(answer.purchased_energy_kwh, voice))
    return dialogs


def say_average(answer: AverageAnswer, voice: Voice) -> list[Dialog]:
    """The average of each source, or of their energy together, by day or by hour."""
    assert answer.period is not None
    slots = voice.where_and_when(answer.question, answer.period)
    amounts = [
        _amount_of_source(value, average.unit, source_words(average, voice), voice)
        for average in answer.spoken
        if (value := average.by(answer.step)) is not None
    ]
    slots["amounts"] = voice.words.listed(amounts, whole=True)
    slots["each"] = voice.words.phrase(PER_STEP[answer.step])
    purchased = all(average.is_purchased for average in answer.spoken)
    dialog = "energy_average" if purchased else "energy_average_metered"
    return [(dialog, slots), *say_left_out(answer, voice)]


def say_too_long(answer: SeriesTooLong, voice: Voice) -> list[Dialog]:
    """The total, and up to which length a series is told."""
    return [*say_energy(answer.total, voice), (TOO_LONG[answer.step], {})]


def say_left_out(answer: EnergyCourse, voice: Voice) -> list[Dialog]:
    """What is doubtful about a figure that leaves out the time without readings."""
    machines, sources = len(answer.total.machines), len(answer.total.uses)
    issues = say_issues(answer.issues, voice, machines, sources)
    return [(LEFT_OUT.get(dialog, dialog), slots) for dialog, slots in issues]


def source_words(told: OfSource, voice: Voice) -> str:
    """An energy source as people call it, or purchased energy as a whole."""
    if told.source is None:
        return voice.words.phrase("energy_purchased")
    return voice.words.source(told.source.name)


def _asked(use: SourceUse, question: Question) -> tuple[float, str]:
    """The amount in the unit of energy that was asked for, where the use is known as energy; else
    in the source's own unit."""
    factor = KWH_PER_UNIT.get(question.unit or "")
    if factor is None or use.energy_kwh is None or question.unit is None:
        return use.quantity, use.source.unit
    return use.energy_kwh / factor, question.unit


def _not_in_unit(answer: EnergyAnswer, voice: Voice) -> list[Dialog]:
    """The sources that are told in their own unit, though a unit of energy was asked for."""
    if answer.question.unit not in KWH_PER_UNIT:
        return []
    names = [use.source.name for use in answer.uses if use.readings and use.energy_kwh is None]
    return [("energy_unit_unknown", {"sources": voice.sources(names)})] if names else []


def _amount_of_source(quantity: float, unit: str, source: str, voice: Voice) -> str:
    slots = {"amount": voice.words.amount(quantity, unit), "source": source}
    return voice.words.phrase("amount_of_source", slots)


def _used(answer: EnergyAnswer, period: Period, voice: Voice) -> Dialog:
    slots = voice.where_and_when(answer.question, period)
    uses = [use for use in answer.uses if use.readings]
    only = uses[0]
    if len(uses) == 1 and only.source.is_purchased:
        amount = voice.words.amount(*_asked(only, answer.question))
        source = voice.words.source(only.source.name)
        return "energy_used", {**slots, "amount": amount, "source": source}
    told = [
        _amount_of_source(*_asked(use, answer.question), voice.words.source(use.source.name), voice)
        for use in uses
    ]
    amounts = voice.words.listed(told, whole=True)
    purchased = all(use.source.is_purchased for use in uses)
    return "energy_used_several" if purchased else "energy_metered", {**slots, "amounts": amounts}


def _together(purchased_energy_kwh: float | None, voice: Voice) -> Dialog:
    if purchased_energy_kwh is None:
        return "energy_content_unknown", {}
    return "energy_together", {"amount": voice.words.amount(purchased_energy_kwh, "kWh")}


def _is_known_purchase(use: SourceUse) -> bool:
    return use.source.is_purchased and use.readings > 0


def _cost(spent: Spent, voice: Voice) -> Dialog:
    return "energy_cost", {"cost": spent_words(voice.words, spent.amounts)}
