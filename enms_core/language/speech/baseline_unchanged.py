"""How it is said that training again has taught nothing new."""

from __future__ import annotations

from enms_core.domain.baseline_answers import Trained
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_asking import version_item
from enms_core.language.speech.baseline_words import seu_slots, version_words
from enms_core.language.speech.voice import Voice


def say_unchanged(answer: Trained, voice: Voice) -> list[Dialog]:
    """Which version it is again, how good that is, and how to use it where another is active."""
    return [_same(answer, voice), version_item(answer.baseline, voice), *_use(answer, voice)]


def _same(answer: Trained, voice: Voice) -> Dialog:
    version = version_words(answer.baseline.version, voice)
    slots = {**seu_slots(answer.of, voice), "version": version}
    if answer.baseline.is_active:
        return "baseline_unchanged_active", slots
    if answer.active_version is None:
        return "baseline_unchanged_unused", slots
    active = version_words(answer.active_version, voice)
    return "baseline_unchanged_beside", {**slots, "active": active}


def _use(answer: Trained, voice: Voice) -> list[Dialog]:
    """What is not valid is not offered to be used."""
    verdict = answer.baseline.model.verdict
    if answer.baseline.is_active or verdict is None or not verdict.is_valid:
        return []
    version = version_words(answer.baseline.version, voice)
    return [("baseline_say_activate", {"version": version})]
