"""How it is said what a comparison with a baseline leaves out, and what makes it unsure."""

from __future__ import annotations

from enms_core.domain.performance import SeuPerformance
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import drivers_words, samples_words
from enms_core.language.speech.voice import Voice

# Running for less than this share of the period is told.
NEARLY_WHOLE = 0.95


def say_hours(part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """What the comparison leaves out."""
    said: list[Dialog] = []
    if part.hours < NEARLY_WHOLE * part.period.hours - part.hours_missing:
        said.append(("baseline_running_hours", {"hours": _hours(part.hours, voice)}))
    if part.hours_missing:
        said.append(("baseline_hours_missing", {"hours": _hours(part.hours_missing, voice)}))
    return said


def say_limits(part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """What makes the baseline unsure."""
    return [*_extent(part, voice), *say_verdict(part)]


def _hours(hours: float, voice: Voice) -> str:
    return samples_words(hours, "hour", voice)


def _extent(part: SeuPerformance, voice: Voice) -> list[Dialog]:
    if part.extent != "outside":
        return []
    if not part.outside:
        return [("baseline_outside_together", {})]
    return [("baseline_outside", {"drivers": drivers_words(part.outside, voice)})]


def say_verdict(part: SeuPerformance) -> list[Dialog]:
    """That a baseline is no valid one."""
    verdict = part.baseline.model.verdict
    return [("baseline_used_invalid", {})] if verdict is not None and not verdict.is_valid else []
