"""What rankings and comparisons share: figures as words, and why a machine has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from enms_core.domain.answer import DataIssue, FactValue
from enms_core.domain.measure import Kind, LeftOut, Reason
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Scope
from enms_core.language.money import money_words
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice

LONGEST_LIST = 10
PER_HOUR = "/h"
SEVERAL = 2
MEAN_POWER = "power_mean"
Role = Literal["by", "verb", "more", "less", "most", "least"]
DIALOG_OF: Mapping[Reason, str] = MappingProxyType(
    {"no_readings": "machine_without_readings", "not_metered": "machines_not_metered"}
)
# Issues of the readings that are not told as those of one machine or side already.
OF_ALL = frozenset({"sources.unreadable", "readings.coverage_unknown", "readings.window"})
GAPS = frozenset({"readings.gap", "readings.coverage_low"})


def measure_of(metric: str, phrases: Iterable[PeriodPhrase]) -> str:
    """A metric as it is called: power over a stretch of time is a mean."""
    is_mean = metric == "power" and any(phrase.kind != "now" for phrase in phrases)
    return MEAN_POWER if is_mean else metric


def figure_words(metric: str, role: Role, kind: Kind, voice: Voice) -> str:
    """What is measured, as part of a sentence: "used the most energy", "more energy from gas"."""
    words = voice.files.values["measures"][f"{metric}_{role}"]
    if kind.source is None or role == "verb":
        return words
    source = voice.words.source(kind.source)
    return voice.words.phrase("measure_from_source", {"words": words, "source": source})


def at_site(words: str, scope: Scope, voice: Voice) -> str:
    """With the site, where one was asked about."""
    if scope.kind != "site":
        return words
    return voice.words.phrase("measure_at_site", {"words": words, "site": voice.scope(scope)})


def value_words(value: float, kind: Kind, voice: Voice) -> str:
    """A value of a kind, rounded for the ear."""
    if kind.unit is None:
        return money_words(voice.words, Decimal(repr(value)), kind.currency)
    if kind.unit.endswith(PER_HOUR):
        amount = voice.words.amount(value, kind.unit.removesuffix(PER_HOUR))
        return voice.words.phrase("rate_per_hour", {"amount": amount})
    return voice.words.amount(value, kind.unit)


def items_words(items: Sequence[tuple[str, str]], voice: Voice, whole: bool) -> str:
    """Names with their amounts as a list; told whole, the rest is counted beyond ten."""
    said = [voice.words.phrase("measure_item", {"name": n, "amount": a}) for n, a in items]
    rest = len(said) - LONGEST_LIST
    if not whole or rest <= 0:
        return voice.words.listed(said, whole=whole)
    slots = {"first": ", ".join(said[:LONGEST_LIST]), "count": voice.words.count(rest)}
    return voice.words.phrase("list_and_more", slots)


def say_doubts(
    left_out: Sequence[LeftOut], issues: Sequence[DataIssue], voice: Voice, *, is_marked: bool
) -> list[Dialog]:
    """Who has no figure and why, and what is doubtful in the readings.

    is_marked: those that readings are missing of are told by name already.
    """
    reasons = dict.fromkeys(each.reason for each in left_out if each.reason != "unreadable")
    dialogs: list[Dialog] = [
        (DIALOG_OF.get(reason, f"measure_{reason}"), {"machines": _who(left_out, reason, voice)})
        for reason in reasons
    ]
    told = [issue for issue in issues if issue.code in OF_ALL]
    dialogs += say_issues(told, voice, machines=SEVERAL, sources=1)
    gaps = [] if is_marked else _largest_gaps(issues)
    return [*dialogs, *say_issues(gaps, voice, machines=SEVERAL, sources=SEVERAL)]


def _largest_gaps(issues: Sequence[DataIssue]) -> list[DataIssue]:
    """The largest gap of each energy source."""
    largest: dict[FactValue, DataIssue] = {}
    for issue in issues:
        if issue.code in GAPS:
            source = issue.facts["energy_source"]
            largest[source] = min(largest.get(source, issue), issue, key=_coverage_percent)
    return list(largest.values())


def _coverage_percent(issue: DataIssue) -> float:
    return float(issue.facts["coverage_percent"] or 0)


def _who(left_out: Sequence[LeftOut], reason: Reason, voice: Voice) -> str:
    return voice.machines([each.machine.id for each in left_out if each.reason == reason])


def unit_words(unit: str, voice: Voice) -> str:
    """A unit or a currency, of several: "kilowatt hours", "euros"."""
    if unit.endswith(PER_HOUR):
        amount = unit_words(unit.removesuffix(PER_HOUR), voice)
        return voice.words.phrase("rate_per_hour", {"amount": amount})
    forms = voice.words.forms("currencies", unit) or voice.words.forms("units", unit)
    return forms[:2][-1] if forms else voice.words.name(unit)
