"""How it is said why a use is not what was expected: what it points to, and the evidence."""

from __future__ import annotations

from enms_core.domain.causes import Cause, Finding
from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import seu_slots
from enms_core.language.speech.cause_context import say_drivers, say_regime, say_status
from enms_core.language.speech.cause_evidence import (
    say_evidence,
    say_per_week,
    sureness,
    suspicion_words,
)
from enms_core.language.speech.performance_limits import say_limits
from enms_core.language.speech.performance_several import say_several
from enms_core.language.speech.performance_words import deviation_words
from enms_core.language.speech.voice import Voice


def say_root_cause(answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    """The cause of the SEU that deviates most, and of the next one in a word. Who asks why rather
    means what was used too much."""
    if not answer.parts:
        return say_several(answer, voice)
    causes = [part for part in answer.parts if _has_cause(part)]
    told = sorted(causes, key=_order) or answer.parts
    first, *others = told
    unsure = say_limits(first, voice) if first.cause is not None else []
    also = [part for part in others if _findings(part)][:1]
    return [
        *_cause_of(first, answer, voice),
        *unsure,
        *(_also(part, _findings(part)[0], voice) for part in also),
    ]


def _order(part: SeuPerformance) -> tuple[bool, bool]:
    """Those with a cause first, and of them those that used more."""
    return part.cause is None, part.deviation.quantity < 0.0


def _findings(part: SeuPerformance) -> tuple[Finding, ...]:
    return part.cause.findings if part.cause is not None else ()


def _has_cause(part: SeuPerformance) -> bool:
    return bool(_findings(part) or part.deviation.is_significant)


def _also(part: SeuPerformance, finding: Finding, voice: Voice) -> Dialog:
    """Another SEU that something is found of."""
    slots = {**seu_slots(part.of, voice), "suspicion": suspicion_words(finding, voice)}
    return "cause_also_of", slots


def _cause_of(part: SeuPerformance, answer: PerformanceAnalysis, voice: Voice) -> list[Dialog]:
    slots = {
        **seu_slots(part.of, voice),
        "period": voice.period(answer.question.period, part.period),
        "deviation": deviation_words(part.deviation, part.of.source.unit, voice),
    }
    if part.cause is None:
        return [("cause_unknown", slots)]
    if part.cause.findings:
        return _found(part.cause.findings, part, slots, voice)
    if part.deviation.is_significant is False:
        return [("cause_nothing", slots), *say_drivers(part.cause, part, voice)]
    return _unexplained(part.cause, part, slots, voice)


def _found(
    findings: tuple[Finding, ...], part: SeuPerformance, slots: dict[str, str], voice: Voice
) -> list[Dialog]:
    assert part.cause is not None
    first, *others = findings
    also = [("cause_also", {"suspicion": suspicion_words(each, voice)}) for each in others[:1]]
    return [
        *_points(first, part, slots, voice),
        say_evidence(first, part, voice),
        say_per_week(first, part, voice),
        *also,
        *say_drivers(part.cause, part, voice),
        *say_status(part.cause.status, False, voice),
    ]


def _points(
    finding: Finding, part: SeuPerformance, slots: dict[str, str], voice: Voice
) -> list[Dialog]:
    """What the pattern points to; "yet" where it is not what the deviation of the period shows."""
    deviation, sure = part.deviation, sureness(finding)
    suspicion = {"suspicion": suspicion_words(finding, voice)}
    is_shown = deviation.is_significant is not False and deviation.quantity * finding.per_week > 0
    if is_shown:
        return [(f"cause_points_{sure}", {**slots, **suspicion})]
    return [("cause_deviation", slots), (f"cause_yet_{sure}", suspicion)]


def _unexplained(
    cause: Cause, part: SeuPerformance, slots: dict[str, str], voice: Voice
) -> list[Dialog]:
    return [
        ("cause_unexplained", slots),
        *say_regime(cause, part, voice),
        *say_drivers(cause, part, voice),
        *say_status(cause.status, True, voice),
    ]
