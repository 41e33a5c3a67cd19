"""How it is said what cost and emissions leave out: the issues that both have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.rated import NothingRated, RatedAnswer
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice

# More sources than these are not told one by one, unless everything is wanted.
MOST_PARTS = 3
OWN = ("cost.", "carbon.")


def say_left_out(
    answer: Answer, sources: int, beside: Mapping[str, str], voice: Voice
) -> list[Dialog]:
    """What is not in a sum and why; then what is doubtful about the readings.

    sources: how many were asked about. beside: the amounts of produced ones that are told and not
    added.
    """
    own = [issue for issue in answer.issues if issue.code.startswith(OWN)]
    readings = [issue for issue in answer.issues if issue not in own]
    return [
        *(_SAYINGS[issue.code.split(".")[1]](issue, beside, voice) for issue in own),
        *say_issues(readings, voice, len(answer.question.scope.machine_ids), sources),
    ]


def say_parts(
    answer: RatedAnswer[Any, Any],
    dialog: str,
    parts: Iterable[tuple[str, Mapping[str, str]]],
    voice: Voice,
) -> list[Dialog]:
    """The parts of a sum: names of the sources with the slots of their amounts."""
    count = len(answer.counted)
    if count == 1 or answer.is_brief or (count > MOST_PARTS and not answer.question.in_full):
        return []
    said = [
        voice.words.phrase(f"{dialog}_part", {**slots, "source": voice.words.source(source)})
        for source, slots in parts
    ]
    return [(f"{dialog}_parts", {"parts": voice.words.listed(said, whole=True)})]


def say_nothing_rated(answer: NothingRated, dialog: str, voice: Voice) -> list[Dialog]:
    """That there is no price or factor: none at all, or none for that time."""
    slots = {"sources": voice.sources(answer.sources), "sites": voice.names(answer.sites)}
    return [(f"{dialog}_then" if answer.has_rows else dialog, slots)]


def _say_missing(issue: DataIssue, _beside: Mapping[str, str], voice: Voice) -> Dialog:
    """A part of a source that no price or factor covers."""
    quantity, unit = float(issue.facts["quantity"] or 0), str(issue.facts["unit"])
    slots = {"amount": voice.words.amount(quantity, unit), "source": _source(issue, voice)}
    percent = voice.words.percent(float(issue.facts["share_percent"] or 100))
    amount = voice.words.phrase("amount_of_source", slots)
    return _at_site(issue, {"amount": amount, "percent": percent}, voice)


def _say_absent(issue: DataIssue, _beside: Mapping[str, str], voice: Voice) -> Dialog:
    """A source without any price or factor, at a site where there are several."""
    return _at_site(issue, {"source": _source(issue, voice)}, voice)


def _at_site(issue: DataIssue, slots: Mapping[str, str], voice: Voice) -> Dialog:
    site = issue.facts["site"]
    if site is None:
        return _dialog(issue), slots
    return f"{_dialog(issue)}_at", {**slots, "site": voice.words.name(str(site))}


def _say_produced(issue: DataIssue, beside: Mapping[str, str], voice: Voice) -> Dialog:
    slots, source = {"source": _source(issue, voice)}, str(issue.facts["energy_source"])
    if source in beside:
        return f"{_dialog(issue)}_beside", {**slots, "amount": beside[source]}
    return _dialog(issue), slots


def _dialog(issue: DataIssue) -> str:
    return issue.code.replace(".", "_")


def _source(issue: DataIssue, voice: Voice) -> str:
    return voice.words.source(str(issue.facts["energy_source"]))


_SAYINGS: Mapping[str, Callable[[DataIssue, Mapping[str, str], Voice], Dialog]] = {
    "missing": _say_missing,
    "no_price": _say_absent,
    "no_factor": _say_absent,
    "produced": _say_produced,
}
