"""How it is said how a machine, a group or a factory performed: sums, and what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from enms_core.domain.baseline_prediction import CannotPredict, NotPredicted
from enms_core.domain.performance import (
    PerformanceAnalysis,
    SeuPerformance,
    SourcePerformance,
)
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_predict import say_cannot_predict
from enms_core.language.speech.baseline_words import seu_slots
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.performance_headline import say_headline, say_worth
from enms_core.language.speech.performance_words import (
    deviation_words,
    running_words,
    uses_in_short,
)
from enms_core.language.speech.voice import Voice

# Why nothing was to be expected; drivers without values and standing tell themselves.
OF_REASON: Mapping[NotPredicted, str] = {
    "too_short": "performance_too_short",
    "readings": "performance_values_missing",
    "beyond": "performance_beyond",
}
# So many SEUs that stand out are told, unless all are wanted.
MOST_STANDING_OUT = 2


def say_several(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """The sum of each energy source, the SEUs that stand out, and those that are not in it."""
    if not (answer.parts or answer.without) and len(answer.cannot) == 1:
        return _only_cannot(answer.cannot[0], answer, voice)
    sums = answer.sources or tuple(map(sum_of, answer.parts))
    return [
        *_sums(answer, sums, voice),
        *say_running_only(answer),
        *_standing_out(answer, voice),
        *say_left_out(answer, voice),
        *say_issues(answer.issues, voice, len(answer.question.scope.machine_ids), len(sums)),
    ]


def sum_of(part: SeuPerformance) -> SourcePerformance:
    source = part.of.source
    return SourcePerformance(
        source.name, source.unit, source.is_purchased, part.deviation, part.rated, part.is_beyond
    )


def _period_of(answer: PerformanceAnalysis) -> Period | None:
    return answer.period or next((part.period for part in answer.parts), None)


def where_and_when(answer: PerformanceAnalysis, voice: Voice) -> dict[str, str]:
    period = _period_of(answer)
    scope = {"scope": voice.scope(answer.question.scope)}
    if period is None:
        return scope
    words = voice.period(answer.question.period, period)
    return {**scope, "period": running_words(period, words, voice) if answer.is_running else words}


def _sums(
    answer: PerformanceAnalysis, sums: Sequence[SourcePerformance], voice: Voice
) -> list[Dialog]:
    """Sources that are out of their range in full, the others in one sentence."""
    slots = where_and_when(answer, voice)
    normal = [each for each in sums if each.deviation.is_significant is False]
    said = [
        dialog
        for each in sums
        if each not in normal
        for dialog in _one_sum(each, answer, slots, voice)
    ]
    if not normal:
        return said
    listed = voice.words.listed([_in_range(each, voice) for each in normal], whole=True)
    if said:
        return [*said, ("performance_rest_normal", {"parts": listed})]
    dialog = "performance_all_normal_running" if answer.is_running else "performance_all_normal"
    if answer.without or answer.cannot:
        slots["scope"] = _machines_of(answer.parts, voice)
    return [(dialog, {**slots, "parts": listed})]


def _one_sum(
    each: SourcePerformance, answer: PerformanceAnalysis, slots: dict[str, str], voice: Voice
) -> list[Dialog]:
    source = {"source": voice.words.source(each.energy_source)}
    told = {**slots, **source, **_compared(each, answer, voice)}
    # Money tells enough beside the rest.
    rated = replace(each.rated, carbon_kg=None) if each.rated.costs else each.rated
    return [
        *say_headline(told, each.deviation, each.unit, False, voice),
        *say_worth(each.deviation, rated, each.is_purchased, voice),
    ]


def _compared(each: SourcePerformance, answer: PerformanceAnalysis, voice: Voice) -> dict[str, str]:
    """The machines of a sum, where it is not of all that were asked about."""
    left_out = (*answer.without, *(cannot.of for cannot in answer.cannot))
    if each.energy_source not in {of.source.name for of in left_out}:
        return {}
    same = [part for part in answer.parts if part.of.source.name == each.energy_source]
    return {"scope": _machines_of(same, voice)}


def _machines_of(parts: Sequence[SeuPerformance], voice: Voice) -> str:
    ids = [machine.id for part in parts for machine in part.of.machines]
    return voice.machines(list(dict.fromkeys(ids)))


def say_running_only(answer: PerformanceAnalysis) -> list[Dialog]:
    """That standing hours are not in the sums, where something was used in them."""
    elsewhere = sum(part.actual_elsewhere > 0.0 for part in answer.parts)
    return [("performance_running_only", {})] if elsewhere else []


def _in_range(each: SourcePerformance, voice: Voice) -> str:
    slots = {
        "source": voice.words.source(each.energy_source),
        "deviation": deviation_words(each.deviation, each.unit, voice),
    }
    return voice.words.phrase("performance_source", slots)


# --- what stands out ----------------------------------------------------------------------------


def _standing_out(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """The SEUs out of their range; not one that is all there is of its source."""
    of_sources = [part.of.source.name for part in answer.parts]
    out = [part for part in answer.standing_out if of_sources.count(part.of.source.name) > 1]
    if not out:
        return []
    most = len(out) if answer.question.in_full else MOST_STANDING_OUT
    told, more = [part_words(part, voice) for part in out[:most]], len(out[most:])
    parts = (
        voice.words.phrase(
            "list_and_more", {"first": ", ".join(told), "count": voice.words.count(more)}
        )
        if more
        else voice.words.listed(told, whole=True)
    )
    return [("performance_stands_out", {"parts": parts})]


def part_words(part: SeuPerformance, voice: Voice) -> str:
    """An SEU with its deviation."""
    deviation = deviation_words(part.deviation, part.of.source.unit, voice)
    return voice.words.phrase(
        "performance_part", {**seu_slots(part.of, voice), "deviation": deviation}
    )


# --- what is not in it --------------------------------------------------------------------------


def say_left_out(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """SEUs without a baseline, and those that nothing can be told of, by the reason."""
    left_out: dict[str, list[SeuOfSource]] = {}
    if answer.without:
        left_out["performance_without"] = list(answer.without)
    for each in answer.cannot:
        left_out.setdefault(_reason(each), []).append(each.of)
    whole = answer.question.in_full
    return [
        (dialog, {"uses": uses_in_short(uses, voice, whole)}) for dialog, uses in left_out.items()
    ]


def _only_cannot(each: CannotPredict, answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """Why nothing was to be expected of the only SEU."""
    if each.period is None or each.reason == "too_short":
        return say_left_out(answer, voice)
    asked = replace(each.question, period=answer.question.period)
    return say_cannot_predict(replace(each, question=asked), voice)


def _reason(each: CannotPredict) -> str:
    """The dialog that tells why nothing is known."""
    if each.reason is not None and each.reason in OF_REASON:
        return OF_REASON[each.reason]
    return "performance_values_missing" if each.drivers else "performance_stood"
