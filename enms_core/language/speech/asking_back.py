"""How we ask back, and how we say what is not known or not ours."""

from __future__ import annotations

from collections.abc import Mapping

from enms_core.domain.question import Need, Understanding
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice

# Terms that the glossary surely has, to be named where it has not the one asked for.
KNOWN_TERMS = ("load_factor", "enpi", "demand_charge")
# What is asked for without choices.
ASKED_OPENLY: Mapping[Need, str] = {
    "comparison": "compare_with_what",
    "threshold": "which_target",
    "plan": "which_plan",
}


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
        whole = understanding.question is not None and understanding.question.in_full
        return "which_machine", {"choices": voice.words.listed(names, "list_or", whole)}
    if understanding.source_choices:
        names = [voice.words.source(name) for name in understanding.source_choices]
        return "which_source", {"choices": voice.words.listed(names, "list_or", whole=True)}
    if understanding.need is not None and understanding.need in ASKED_OPENLY:
        return ASKED_OPENLY[understanding.need], {}
    unknown = voice.words.name(understanding.unknown or "")
    if understanding.need == "term":
        known = [voice.files.vocabulary[f"term_{term}"][0] for term in KNOWN_TERMS]
        return "term_unknown", {"topic": unknown, "terms": voice.words.listed(known)}
    if understanding.need == "help_topic":
        return "help_unknown_topic", {"topic": unknown}
    return "part_not_understood", {"words": unknown}


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
