"""How it is said that there is nothing to tell, and what can be asked instead."""

from __future__ import annotations

from enms_core.domain.answer import NoReadings, NotBegun, SourceNotUsed
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice


def say_no_readings(answer: NoReadings, voice: Voice) -> list[Dialog]:
    if not answer.question.scope.machine_ids:
        return [no_machines(voice)]
    if answer.issues:
        sources = len(answer.sources)
        return say_issues(answer.issues, voice, len(answer.question.scope.machine_ids), sources)
    assert answer.period is not None
    dialogs: list[Dialog] = [
        ("no_readings", voice.where_and_when(answer.question, answer.period)),
    ]
    if answer.first is not None and answer.last is not None:
        first, last = (voice.words.day(day.date()) for day in (answer.first, answer.last))
        dialogs.append(("no_readings_range", {"first": first, "last": last}))
    return dialogs


def no_machines(voice: Voice) -> Dialog:
    """That there is no machine to tell about: none of those named, or none at all."""
    return "no_machines_left" if voice.catalogue.machines else "no_machines", {}


def say_not_begun(answer: NotBegun, _voice: Voice) -> list[Dialog]:
    return [("period_just_begun" if answer.is_just_begun else "period_not_begun", {})]


def say_source_not_used(answer: SourceNotUsed, voice: Voice) -> list[Dialog]:
    if answer.issues:
        return say_issues(answer.issues, voice, len(answer.question.scope.machine_ids), 1)
    scope = voice.scope(answer.question.scope)
    if not answer.asked:
        return [("scope_not_metered", {"scope": scope})]
    asked = voice.sources([source.name for source in answer.asked], "list_or")
    slots = {"asked": asked, "scope": scope}
    if not answer.available:
        return [("source_not_used_none", slots)]
    available = voice.sources([source.name for source in answer.available])
    return [("source_not_used", {**slots, "available": available})]
