"""How doubt is said: what is missing behind a number, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from enms_core.domain.answer import DataIssue
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice

FEW_PERCENT = 1.0
OF_STEP = {"hour": "energy_hours_of_all_sites", "day": "energy_days_of_all_sites"}
OF_ONE_SOURCE = {
    "readings.none": "source_without_readings",
    "readings.coverage_unknown": "coverage_unknown",
    "readings.too_coarse": "energy_too_coarse",
    "readings.longer_than_period": "readings_longer_than_period",
}


def say_issues(
    issues: Iterable[DataIssue], voice: Voice, machines: int, sources: int
) -> list[Dialog]:
    """The dialogs of what is doubtful in an answer.

    machines, sources: how many the answer is about. Missing time is told as a time for one machine
    and as a share for several; the source is named where there are several.
    """
    said = [_say_issue(issue, voice, machines == 1, sources > 1) for issue in issues]
    return [dialog for place, dialog in enumerate(said) if dialog not in said[:place]]


def _say_issue(issue: DataIssue, voice: Voice, is_one_machine: bool, of_source: bool) -> Dialog:
    if issue.code == "sources.unreadable":
        return "sources_unreadable", {"sources": voice.sources(issue.names["sources"])}
    if issue.code == "machines.not_metered":
        return "machines_not_metered", {"machines": voice.machines_of(issue)}
    if issue.code == "readings.machine_missing":
        return "machine_without_readings", {"machines": voice.machines_of(issue)}
    if issue.code == "period.not_begun":
        return "period_not_begun_at", {"sites": voice.names(issue.names["sites"])}
    if issue.code == "seus.shared":
        return "seus_shared", {"uses": voice.names(issue.names["uses"])}
    if issue.code == "series.some_sites":
        return OF_STEP[str(issue.facts["step"])], {}
    source = voice.words.source(str(issue.facts.get("energy_source", "")))
    if issue.code in OF_ONE_SOURCE:
        return OF_ONE_SOURCE[issue.code], {"source": source}
    if issue.code == "readings.estimated":
        return _estimated(issue, voice, is_one_machine, source)
    if issue.code == "readings.window":
        return _window(issue, voice, is_one_machine, source if of_source else None)
    return _missing(issue, voice, is_one_machine, source if of_source else None)


def _window(issue: DataIssue, voice: Voice, is_one_machine: bool, source: str | None) -> Dialog:
    """How much of the period the meter's intervals fill: a time, or a share for several."""
    suffix = "" if source is None else "_of_source"
    slots = {} if source is None else {"source": source}
    covered, asked = (
        float(issue.facts[name] or 0) for name in ("covered_seconds", "asked_seconds")
    )
    if is_one_machine:
        return f"readings_window{suffix}", {**slots, "duration": voice.words.duration(covered)}
    percent = voice.words.percent(100 * covered / asked)
    return f"readings_window_share{suffix}", {**slots, "percent": percent}


def _estimated(issue: DataIssue, voice: Voice, is_one_machine: bool, source: str) -> Dialog:
    seconds = issue.facts["estimated_seconds"]
    if is_one_machine and seconds is not None:
        duration = voice.words.duration(float(seconds))
        return "readings_estimated", {"source": source, "duration": duration}
    return "readings_some_estimated", {"source": source}


def _missing(issue: DataIssue, voice: Voice, is_one_machine: bool, source: str | None) -> Dialog:
    suffix = "" if source is None else "_of_source"
    slots = {} if source is None else {"source": source}
    if is_one_machine:
        missing = float(issue.facts["missing_seconds"] or 0)
        return f"readings_missing{suffix}", {**slots, "duration": voice.words.duration(missing)}
    percent = 100.0 - float(issue.facts["coverage_percent"] or 0)
    if percent < FEW_PERCENT:
        return f"readings_few_missing{suffix}", slots
    return f"readings_missing_share{suffix}", {**slots, "percent": voice.words.percent(percent)}
