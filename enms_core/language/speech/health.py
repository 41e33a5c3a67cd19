"""How it is said whether the energy system works."""

from __future__ import annotations

from collections.abc import Iterator

from enms_core.domain.health import HealthAnswer
from enms_core.language.clock import moment_words
from enms_core.language.render import Dialog
from enms_core.language.speech.brief import counted
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice


def say_health(answer: HealthAnswer, voice: Voice) -> list[Dialog]:
    """That the database answers, how old its newest reading is, and which meters are silent."""
    machines = len(answer.question.scope.machine_ids)
    issues = say_issues(answer.issues, voice, machines, 1)
    return [("health_database", {}), *_meters(answer, voice), *issues]


def _meters(answer: HealthAnswer, voice: Voice) -> list[Dialog]:
    if not answer.meters:
        return [("health_no_meters", {})]
    meters = counted("meters", len(answer.meters), voice)
    if answer.age_seconds is None:
        return [("health_no_readings", {"meters": meters})]
    age = voice.words.duration(answer.age_seconds)
    newest: Dialog = ("health_newest", {"meters": meters, "duration": age})
    if not answer.silent:
        return [newest, ("health_all_report", {})]
    count = counted("silent_meters", len(answer.silent), voice)
    told = voice.words.listed(list(_silent(answer, voice)), whole=answer.question.in_full)
    return [newest, ("health_silent", {"count": count, "meters": told})]


def _silent(answer: HealthAnswer, voice: Voice) -> Iterator[str]:
    """Each silent meter with when its last reading began, those that were heard of first."""
    for meter in sorted(answer.silent, key=lambda meter: meter.last is None):
        slots = {
            "machine": voice.machines([meter.machine.id]),
            "source": voice.words.source(meter.source.name),
        }
        if meter.last is None:
            yield voice.words.phrase("silent_meter_never", slots)
        else:
            moment = moment_words(voice, meter.last, answer.now)
            yield voice.words.phrase("silent_meter", {**slots, "moment": moment})
