"""How it is said which performances are beyond a bound that was asked about."""

from __future__ import annotations

from enms_core.domain.performance import PerformanceAnalysis
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import uses_words
from enms_core.language.speech.bounds import deviation_bound_words, say_verdicts
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.performance_several import (
    part_words,
    say_left_out,
    say_running_only,
    sum_of,
    where_and_when,
)
from enms_core.language.speech.performance_words import uses_in_short
from enms_core.language.speech.voice import Voice

# So many are told.
MOST_BEYOND = 6


def say_held(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """Yes or no; asked why, only that it is not so."""
    if answer.threshold is None:
        return []
    sums = answer.sources or tuple(map(sum_of, answer.parts))
    verdicts = [(voice.words.source(each.energy_source), each.is_beyond) for each in sums]
    if answer.asks_why and any(verdict for _, verdict in verdicts):
        return []
    return say_verdicts(verdicts, deviation_bound_words(answer.threshold, voice))


def say_beyond(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """The SEUs beyond the bound and how many were compared, or that none is."""
    assert answer.threshold is not None
    when = where_and_when(answer, voice)
    slots = {
        "bound": deviation_bound_words(answer.threshold, voice),
        "period": when["period"],
    }
    listed = _listed(answer, voice)
    said: Dialog = (
        ("performance_passed", {**slots, "parts": listed})
        if listed
        else ("performance_passed_none", slots)
    )
    compared = uses_words(len(answer.parts), voice)
    return [
        said,
        ("performance_compared", {"uses": compared}),
        *_unknown(answer, voice),
        *say_running_only(answer),
        *say_left_out(answer, voice),
        *say_issues(answer.issues, voice, len(answer.question.scope.machine_ids), 1),
    ]


def _listed(answer: PerformanceAnalysis, voice: Voice) -> str | None:
    told = [part_words(part, voice) for part in answer.beyond]
    if len(told) <= MOST_BEYOND:
        return voice.words.listed(told, whole=True) if told else None
    rest = voice.words.count(len(told) - MOST_BEYOND)
    slots = {"first": ", ".join(told[:MOST_BEYOND]), "count": rest}
    return voice.words.phrase("list_and_more", slots)


def _unknown(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """Of which it is not known, as a price is missing."""
    uses = [part.of for part in answer.parts if part.is_beyond is None]
    slots = {"uses": uses_in_short(uses, voice)} if uses else {}
    return [("performance_passed_unknown", slots)] if uses else []
