"""How we ask back, and how we say what is not known or not ours."""

from __future__ import annotations

from enms_core.domain.question import Understanding
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice


def say_not_answered(understanding: Understanding, voice: Voice) -> list[Dialog]:
    """The one sentence for an utterance that no service answers."""
    if understanding.outcome == "clarify":
        return [_clarify(understanding, voice)]
    if understanding.outcome == "unknown_machine":
        return [_unknown_machine(understanding.unknown or "", voice)]
    if understanding.outcome == "unknown_source":
        return [_unknown_source(understanding.unknown or "", voice)]
    if understanding.outcome == "not_yet" and understanding.question is not None:
        return [("not_yet", {"topic": voice.words.topic(understanding.question.intent)})]
    return [(understanding.outcome, {})]


def _clarify(understanding: Understanding, voice: Voice) -> Dialog:
    if understanding.choices:
        names = voice.distinct_names(understanding.choices)
        return "which_machine", {"choices": voice.words.listed(names, "list_or")}
    return "part_not_understood", {"words": understanding.unknown or ""}


def _unknown_machine(unknown: str, voice: Voice) -> Dialog:
    said = voice.words.name(unknown)
    names = [machine.name for machine in voice.catalogue.home_machines]
    if not names:
        return "unknown_machine_none", {"unknown": said}
    return "unknown_machine", {"unknown": said, "machines": voice.names(names)}


def _unknown_source(unknown: str, voice: Voice) -> Dialog:
    said = voice.words.source(unknown)
    names = [source.name for source in voice.catalogue.sources]
    if not names:
        return "unknown_source_none", {"unknown": said}
    return "unknown_source", {"unknown": said, "sources": voice.sources(names)}
