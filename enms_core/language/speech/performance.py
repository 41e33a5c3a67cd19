"""How it is said how an SEU performed: against its baseline, with the significance in words."""

from __future__ import annotations

from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import seu_slots
from enms_core.language.speech.cause_evidence import say_in_short
from enms_core.language.speech.performance_beyond import say_beyond, say_held
from enms_core.language.speech.performance_headline import say_headline, say_worth
from enms_core.language.speech.performance_limits import say_hours, say_limits
from enms_core.language.speech.performance_several import say_several
from enms_core.language.speech.performance_words import running_words, scale_for
from enms_core.language.speech.root_cause import say_root_cause
from enms_core.language.speech.voice import Voice


def say_performance(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """One SEU, or the sums of several and what stands out; after "why" the cause alone. First
    whether it is beyond the bound that was asked about; of a list only what is."""
    if answer.lists:
        return say_beyond(answer, voice)
    return [*say_held(answer, voice), *_said(answer, voice)]


def _said(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    if answer.asks_why:
        return say_root_cause(answer, voice)
    if answer.only is None or answer.without or answer.cannot:
        return say_several(answer, voice)
    return _of_one(answer, answer.only, voice)


def _of_one(answer: PerformanceAnalysis, part: SeuPerformance, voice: Voice) -> list[Dialog]:
    unit, limits = part.of.source.unit, say_limits(part, voice)
    words = voice.period(answer.question.period, part.period)
    period = running_words(part.period, words, voice) if answer.is_running else words
    slots = {**seu_slots(part.of, voice), "period": period}
    return [
        *say_headline(slots, part.deviation, unit, answer.is_running, voice),
        *say_hours(part, voice),
        *limits,
        *say_worth(part.deviation, part.rated, part.of.source.is_purchased, voice),
        # Nothing is made of the pattern of what is unsure, unless it is asked for.
        *([] if limits else _cause(part, voice)),
        # To "is it more than ..." where the day ends is no answer.
        *(_projection(part, voice) if answer.threshold is None else []),
    ]


def _cause(part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """What it points to, with its evidence; that nothing does, where it is no chance."""
    if part.cause is None:
        return []
    if part.cause.findings:
        return say_in_short(part.cause.findings[0], part, voice)
    return [("performance_no_pattern", {})] if part.deviation.is_significant else []


def _projection(part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """Where a running period will end; about, where a cause is told before it: the ear has enough
    numbers by then."""
    end = part.projection
    if end is None:
        return []
    scale = scale_for(part.of.source.unit, end.quantity)
    slots = {"amount": scale.amount(end.quantity, voice)}
    is_brief = part.cause is not None and bool(part.cause.findings)
    if is_brief or end.lower is None or end.upper is None:
        return [("performance_projection_alone", slots)]
    low, high = (scale.number(max(0.0, each), voice) for each in (end.lower, end.upper))
    return [("performance_projection", {**slots, "low": low, "high": high})]
