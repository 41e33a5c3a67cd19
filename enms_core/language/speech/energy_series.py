"""How the course of energy use is said: the total, then the highest and the lowest day or hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.energy import EnergyCourse, SeriesAnswer, TypicalDayAnswer
from enms_core.domain.question import Step
from enms_core.domain.series import DayProfile, OfSource, Point, Series, TypicalHour
from enms_core.language.render import Dialog
from enms_core.language.speech.energy import PER_STEP, say_amounts, source_words
from enms_core.language.speech.energy_times import Times, hour_words
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice

# So many points are said one by one; more of them where the whole list is wanted.
SHORT_LIST = 3
LONGEST_LIST = 31


def say_series(answer: SeriesAnswer, voice: Voice) -> list[Dialog]:
    """The total; of each source what each day or hour took, or which took most and least.

    Of sites in several zones only what lies in the period at all of them: an hour of one site's
    yesterday alone has not what all used in it.
    """
    longest = LONGEST_LIST if answer.question.in_full else SHORT_LIST

    def course(whole: Series) -> Dialog | None:
        series = replace(whole, points=tuple(p for p in whole.points if p.is_of_all_sites))
        if len(series.points) < 2:
            return None
        times = Times(series.points, answer.step, voice)
        if len(series.points) <= longest:
            return _listed(series, times, voice)
        return _extremes(series, times, answer.step, voice)

    return _with_total(answer, [(each, course(each)) for each in answer.spoken], voice)


def say_typical_day(answer: TypicalDayAnswer, voice: Voice) -> list[Dialog]:
    """The total, and between which hours of the day use is highest and lowest on average."""
    said = [(each, _typical_day(each, voice)) for each in answer.spoken]
    return _with_total(answer, said, voice)


def _with_total(
    answer: EnergyCourse, said: Sequence[tuple[OfSource, Dialog | None]], voice: Voice
) -> list[Dialog]:
    """The sentences between the total and its doubts; of several, each names its source."""
    dialogs = say_amounts(answer.total, voice)
    for told, dialog in said:
        if dialog is not None and len(said) > 1:
            name, slots = dialog
            dialogs.append((f"{name}_of_source", {**slots, "source": source_words(told, voice)}))
        elif dialog is not None:
            dialogs.append(dialog)
    total = answer.total
    return [*dialogs, *say_issues(answer.issues, voice, len(total.machines), len(total.uses))]


def _listed(series: Series, times: Times, voice: Voice) -> Dialog:
    points = [_point_words(point, series.unit, times, voice) for point in series.points]
    return "energy_listed", {"points": voice.words.listed(points, whole=True)}


def _point_words(point: Point, unit: str, times: Times, voice: Voice) -> str:
    time = times.of(point)
    if point.quantity is None:
        return voice.words.phrase("energy_point_unknown", {"time": time})
    amount = voice.words.amount(point.quantity, unit)
    return voice.words.phrase("energy_point", {"amount": amount, "time": time})


def _extremes(series: Series, times: Times, step: Step, voice: Voice) -> Dialog | None:
    """The highest point and the lowest complete one: what lacks readings only seems low."""
    known = [point for point in series.points if point.quantity is not None]
    if not known:
        return None
    most = max(known, key=_quantity)
    slots = {"most": _amount(most, series, voice), "most_time": times.of(most)}
    if _amount(min(known, key=_quantity), series, voice) == slots["most"] and len(known) > 1:
        each = voice.words.phrase(PER_STEP[step])
        return "energy_even", {"amount": slots["most"], "each": each}
    least = min((each for each in known if each.is_complete), key=_quantity, default=most)
    low = _amount(least, series, voice)
    if low == slots["most"]:
        return "energy_most", slots
    return "energy_most_and_least", {**slots, "least": low, "least_time": times.of(least)}


def _typical_day(profile: DayProfile, voice: Voice) -> Dialog:
    known = [hour for hour in profile.hours if hour.quantity is not None]
    if not known:
        return "energy_typical_day_unknown", {}
    most, least = max(known, key=_quantity), min(known, key=_quantity)
    high, low = _amount(most, profile, voice), _amount(least, profile, voice)
    if high == low:
        return "energy_typical_day_even", {"amount": high}
    slots = {"most": high, "most_time": hour_words(most.hour, voice)}
    times = {"least": low, "least_time": hour_words(least.hour, voice)}
    return "energy_typical_day", {**slots, **times}


def _quantity(told: Point | TypicalHour) -> float:
    return told.quantity or 0.0


def _amount(told: Point | TypicalHour, of: OfSource, voice: Voice) -> str:
    return voice.words.amount(_quantity(told), of.unit)
