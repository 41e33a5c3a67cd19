"""How it is said what use is to be expected, and how sure that is."""

from __future__ import annotations

from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.domain.period import Period, PeriodPhrase
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_scale import Scale, scale_of
from enms_core.language.speech.baseline_words import (
    HOURS_OF_DAY,
    condition_words,
    conditions_words,
    drivers_words,
    of_a_day,
    per_grain,
    samples_words,
    seu_slots,
)
from enms_core.language.speech.voice import Voice

# Running for less than this share of the period is told.
NEARLY_WHOLE = 0.95
# What was used beside the hours that count is told from this share of theirs on.
MUCH_ELSEWHERE = 0.05


def say_prediction(answer: Prediction, voice: Voice) -> list[Dialog]:
    """What is expected, of conditions or of a period, then what makes it unsure."""
    if answer.is_negative:
        return [("baseline_below_zero", seu_slots(answer.of, voice))]
    told = _of_conditions if answer.conditions is not None else _of_period
    dialogs = told(answer, scale_of(answer), voice)
    verdict = answer.baseline.model.verdict
    if verdict is not None and not verdict.is_valid:
        dialogs.append(("baseline_used_invalid", {}))
    return dialogs


def _error_unknown(answer: Prediction) -> list[Dialog]:
    is_known = answer.lower is not None and answer.upper is not None
    return [] if is_known else [("baseline_error_unknown", {})]


# --- of spoken conditions -----------------------------------------------------------------------


def _of_conditions(answer: Prediction, scale: Scale, voice: Voice) -> list[Dialog]:
    slots = {
        **seu_slots(answer.of, voice),
        "amount": scale.amount(answer.expected, voice),
        "each": per_grain(answer.baseline.model.equation.grain, voice),
    }
    values = (answer.conditions or {}).items()
    assumed = {name: _day(answer, name, value) for name, value in values if name in answer.assumed}
    dialogs = [_at(answer, _said(answer), slots, scale, voice), *_error_unknown(answer)]
    if answer.hours_a_day is not None and answer.hours_a_day < NEARLY_WHOLE * HOURS_OF_DAY:
        hours = samples_words(answer.hours_a_day, "hour", voice)
        dialogs.append(("baseline_hours_a_day", {"hours": hours}))
    if assumed:
        dialogs.append(("baseline_assumed", {"conditions": conditions_words(assumed, voice)}))
    if answer.unused:
        dialogs.append(("baseline_unused", {"drivers": drivers_words(answer.unused, voice)}))
    return dialogs + _beyond(answer, voice)


def _said(answer: Prediction) -> dict[str, float]:
    """The conditions as they were asked for: a temperature, where the model counts degree days."""
    asked = dict(answer.question.conditions)
    if asked:
        return {name: value for name, value in asked.items() if name not in answer.unused}
    values = (answer.conditions or {}).items()
    return {name: _day(answer, name, value) for name, value in values if name not in answer.assumed}


def _day(answer: Prediction, driver: str, value: float) -> float:
    """A value as people know it: degree days as those of 24 hours."""
    equation = answer.baseline.model.equation
    kinds = {term.driver: term.kind for term in equation.terms}
    if answer.hours_a_day and kinds.get(driver, "value") != "value":
        return HOURS_OF_DAY / answer.hours_a_day * value
    return of_a_day(equation, driver, value)


def _at(
    answer: Prediction,
    said: dict[str, float],
    slots: dict[str, str],
    scale: Scale,
    voice: Voice,
) -> Dialog:
    if not said:
        return "baseline_expected_always", slots
    slots["conditions"] = conditions_words(said, voice)
    if answer.lower is None or answer.upper is None:
        return "baseline_expected_at_alone", slots
    half = (answer.upper - answer.lower) / 2
    margin = voice.words.number(scale.as_fine_as(half, answer.expected))
    return "baseline_expected_at", {**slots, "margin": margin}


def _beyond(answer: Prediction, voice: Voice) -> list[Dialog]:
    """How far from what it has learned it is: each driver that lies outside, or all together."""
    if answer.extent == "inside":
        return []
    if answer.extent == "near":
        return [("baseline_near", {})]
    if not answer.outside:
        return [("baseline_outside_together", {})]
    if answer.conditions is None:
        return [("baseline_outside", {"drivers": drivers_words(answer.outside, voice)})]
    return [_outside(answer, driver, voice) for driver in answer.outside]


def _outside(answer: Prediction, driver: str, voice: Voice) -> Dialog:
    value = (answer.conditions or {}).get(driver)
    known = answer.baseline.model.of(driver)
    if value is None or known is None or known.minimum <= value <= known.maximum:
        return "baseline_outside", {"drivers": drivers_words([driver], voice)}
    side = "above" if value > known.maximum else "below"
    said = _day(answer, driver, value)
    return f"baseline_{side}_range", {"condition": condition_words(driver, said, voice)}


# --- of a period --------------------------------------------------------------------------------


def _of_period(answer: Prediction, scale: Scale, voice: Voice) -> list[Dialog]:
    assert answer.period is not None
    slots = {
        **seu_slots(answer.of, voice),
        "amount": scale.amount(answer.expected, voice),
        "period": _period(answer, answer.period, voice),
    }
    is_assumed = answer.running_assumed
    return [
        _expected(answer, slots, scale, voice),
        *([("baseline_running_assumed", dict[str, str]())] if is_assumed else []),
        *_error_unknown(answer),
        *_running(answer, answer.period, voice),
        *_actual(answer, answer.period, scale, voice),
        *_elsewhere(answer, scale, voice),
        *_missing(answer, voice),
        *_beyond(answer, voice),
    ]


def _period(answer: Prediction, period: Period, voice: Voice) -> str:
    """As it was asked for, or by its dates where there are no readings of all of it."""
    phrase = PeriodPhrase("range") if answer.is_shortened else answer.question.period
    return voice.period(phrase, period)


def _is_part(answer: Prediction, period: Period) -> bool:
    """Whether the hours that count are not nearly all."""
    return answer.hours is not None and answer.hours < NEARLY_WHOLE * period.hours


def _running(answer: Prediction, period: Period, voice: Voice) -> list[Dialog]:
    if answer.hours is None or not _is_part(answer, period):
        return []
    return [("baseline_running_hours", {"hours": samples_words(answer.hours, "hour", voice)})]


def _missing(answer: Prediction, voice: Voice) -> list[Dialog]:
    if not answer.hours_missing:
        return []
    hours = samples_words(answer.hours_missing, "hour", voice)
    return [("baseline_hours_missing", {"hours": hours})]


def _expected(answer: Prediction, slots: dict[str, str], scale: Scale, voice: Voice) -> Dialog:
    dialog = f"baseline_expected_{'ahead' if answer.actual is None else 'past'}"
    if answer.lower is None or answer.upper is None:
        return f"{dialog}_alone", slots
    low, high = (scale.number(max(0.0, end), voice) for end in (answer.lower, answer.upper))
    return dialog, {**slots, "low": low, "high": high}


def _actual(answer: Prediction, period: Period, scale: Scale, voice: Voice) -> list[Dialog]:
    """What the meters show, and by how much what was said of both differs."""
    if answer.actual is None:
        return []
    then = "_then" if _is_part(answer, period) else ""
    spoken = scale.rounded(answer.actual) - scale.rounded(answer.expected)
    if not spoken:
        return [(f"baseline_actual_same{then}", {})]
    slots = {
        "actual": scale.amount(answer.actual, voice),
        "difference": voice.words.number(abs(spoken)),
    }
    return [(f"baseline_actual_{'more' if spoken > 0 else 'less'}{then}", slots)]


def _elsewhere(answer: Prediction, scale: Scale, voice: Voice) -> list[Dialog]:
    """What was used beside, where it is much: in starts, stops and standing, unless values miss."""
    rest = answer.actual_elsewhere
    if answer.actual is None or rest is None or rest <= MUCH_ELSEWHERE * answer.actual:
        return []
    dialog = "baseline_elsewhere" if answer.hours_missing else "baseline_elsewhere_standing"
    return [(dialog, {"amount": scale.amount(rest, voice)})]


# --- none ---------------------------------------------------------------------------------------


def say_cannot_predict(answer: CannotPredict, voice: Voice) -> list[Dialog]:
    """What the model needs and nobody knows; or that nothing runs then."""
    slots = seu_slots(answer.of, voice)
    if answer.reason == "beyond":
        drivers = drivers_words(answer.drivers, voice)
        return [("baseline_far_beyond", {**slots, "drivers": drivers})]
    if answer.period is None:
        drivers = drivers_words(answer.drivers, voice)
        return [("baseline_needs_values", {**slots, "drivers": drivers})]
    slots["period"] = voice.period(answer.question.period, answer.period)
    if answer.reason == "too_short":
        return [(f"baseline_too_short_{answer.baseline.model.equation.grain}", slots)]
    if answer.reason is not None:
        return [(f"baseline_no_{answer.reason}", slots)]
    if not answer.drivers:
        return [("baseline_not_planned" if answer.is_ahead else "baseline_not_run", slots)]
    slots["drivers"] = drivers_words(answer.drivers, voice)
    if not answer.is_ahead:
        return [("baseline_no_values", slots)]
    each = per_grain(answer.baseline.model.equation.grain, voice)
    return [("baseline_no_forecast", slots), ("baseline_say_values", {"each": each})]
