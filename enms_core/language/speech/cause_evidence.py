"""How it is said what a pattern points to: the suspicion, how sure it is, and its evidence."""

from __future__ import annotations

from enms_core.domain.causes import Finding
from enms_core.domain.performance import SeuPerformance
from enms_core.language.render import Dialog
from enms_core.language.speech.performance_words import load_words, roughly, scale_for, since_words
from enms_core.language.speech.voice import Voice

# How sure a suspicion is from so much confidence on, in words.
CLEAR, LIKELY = 0.9, 0.6


def sureness(finding: Finding) -> str:
    """Which words tell how sure a suspicion is."""
    if finding.confidence >= CLEAR:
        return "clear"
    return "likely" if finding.confidence >= LIKELY else "weak"


def suspicion_words(finding: Finding, voice: Voice) -> str:
    """What is suspected: "a leak"."""
    return voice.words.phrase(f"cause_of_{finding.suspicion}")


def say_evidence(finding: Finding, part: SeuPerformance, voice: Voice) -> Dialog:
    """What has been seen since when, without the name of what it is seen of."""
    slots = {
        "since": since_words(finding.since, part.of, part.period.end, voice),
        "load": load_words(finding.per_hour, part.of.source.unit, voice),
    }
    return f"cause_{finding.suspicion}", slots


def say_in_short(finding: Finding, part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """The evidence and what it points to, where name and period have been said."""
    suspicion = {"suspicion": suspicion_words(finding, voice)}
    return [say_evidence(finding, part, voice), (f"cause_fits_{sureness(finding)}", suspicion)]


def say_per_week(finding: Finding, part: SeuPerformance, voice: Voice) -> Dialog:
    """What it makes in a week, and between which bounds that lies."""
    bounds = sorted(abs(roughly(each)) for each in (finding.lower, finding.upper))
    if finding.lower * finding.upper < 0:
        bounds[0] = 0.0
    scale = scale_for(part.of.source.unit, finding.per_week)
    low, high = (scale.number(each, voice) for each in bounds)
    amount = scale.amount(abs(roughly(finding.per_week)), voice)
    dialog = "cause_per_week_less" if finding.per_week < 0 else "cause_per_week"
    return dialog, {"amount": amount, "low": low, "high": high}
