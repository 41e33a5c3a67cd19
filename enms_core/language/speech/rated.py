"""How it is said what cost and emissions leave out: the issues that both have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.rated import NothingRated
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


def say_nothing_rated(answer: NothingRated, dialog: str, voice: Voice) -> list[Dialog]:
    """That there is no price or factor: none at all, or none for that time."""
    slots = {"sources": voice.sources(answer.sources), "sites": voice.names(answer.sites)}
    return [(f"{dialog}_then" if answer.has_rows else dialog, slots)]


def _say_missing(issue: DataIssue, _beside: Mapping[str, str], voice: Voice) -> Dialog:
    """A part of a source that no price or factor covers."""
    quantity, unit = float(issue.facts["quantity"] or 0), str(issue.facts["unit"])
    slots = {"amount": voice.words.amount(quantity, unit), "source": _source(issue, voice)}
    percent = voice.words.number(float(issue.facts["share_percent"] or 100))
    amount = voice.words.phrase("amount_of_source", slots)
    return _dialog(issue), {"amount": amount, "percent": percent}


def _say_absent(issue: DataIssue, _beside: Mapping[str, str], voice: Voice) -> Dialog:
    """A source without any price or factor, at a site where there are several."""
    slots, site = {"source": _source(issue, voice)}, issue.facts["site"]
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
