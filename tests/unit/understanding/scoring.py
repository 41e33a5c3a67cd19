"""How right an understanding is, beside what the writer of the sentence marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enms_core.domain.errors import EmptyPeriod, ImpossiblePeriod
from enms_core.domain.intents import INTENTS
from enms_core.domain.period import PeriodPhrase, resolve_all
from enms_core.domain.question import Question, Understanding
from tests.unit.catalogues import demo_catalogue
from tests.unit.understanding.marked import (
    AMBIGUOUS,
    FOREIGN,
    UNKNOWN_MACHINE,
    UNKNOWN_SOURCE,
    Marked,
)

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=ZONE)
CATALOGUE = demo_catalogue()
EVERYTHING = "*"
INSTANT = timedelta(microseconds=1)
# Slots of free words: the words count, not what stands around them.
IN_WORDS = ("plan", "person", "kind")
PERIODS = ("period", "compared_to", "horizon")


@dataclass(frozen=True)
class Verdict:
    """Which parts are right; None where the sentence says nothing of a part."""

    said: Marked
    intent: bool | None = None
    machine: bool | None = None
    period: bool | None = None
    whole: bool | None = None
    unknown: bool | None = None
    asked: bool | None = None
    foreign: bool | None = None
    wrong_machine: bool = False


def verdict(said: Marked, understood: Understanding) -> Verdict:
    """Judge one sentence."""
    outcome = understood.outcome
    if said.section == FOREIGN:
        return Verdict(said, foreign=outcome == "not_understood")
    if said.section in (UNKNOWN_MACHINE, UNKNOWN_SOURCE):
        return Verdict(said, unknown=outcome == said.section)
    if said.section == AMBIGUOUS:
        return Verdict(
            said, asked=outcome == "clarify" and _choices(said) == _names(understood.choices)
        )
    question = understood.question
    if question is None or question.intent != said.intent:
        return Verdict(said, intent=False, whole=False if said.is_whole else None)
    machine, period = _machines_right(said, question), _periods_right(said, question)
    whole = (
        _is_complete(said, understood)
        and machine is not False
        and period is not False
        and _says_no_more(said, question)
        and all(_slot_right(slot, said, question) for slot in SLOTS if _takes(said, slot))
    )
    return Verdict(
        said,
        intent=True,
        machine=machine,
        period=period,
        whole=whole if said.is_whole else None,
        wrong_machine=machine is False and outcome == "answered" and question.scope.is_said,
    )


def rates(verdicts: Iterable[Verdict]) -> dict[str, tuple[int, int]]:
    """Per part: how many are right, of how many that say it."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in verdicts:
        for part in ("intent", "machine", "period", "whole", "unknown", "asked", "foreign"):
            is_right = getattr(each, part)
            if is_right is not None:
                asked[part] += 1
                right[part] += is_right
    return {part: (right[part], asked[part]) for part in asked}


def _is_complete(said: Marked, understood: Understanding) -> bool:
    """Answered, or asked back for what was not said."""
    if understood.outcome == "answered":
        return True
    need = understood.need
    if understood.outcome != "clarify" or need is None:
        return False
    return need in ("term", "help_topic", "comparison") or not said.values(need)


def _machines_right(said: Marked, question: Question) -> bool | None:
    values = said.values("machine")
    if not values or not _takes(said, "machine"):
        return None
    everything = {machine.name for machine in CATALOGUE.machines}
    named = everything if EVERYTHING in values else {n for v in values for n in v.split("+")}
    return question.scope.is_said and _names(question.scope.machine_ids) == named


def _periods_right(said: Marked, question: Question) -> bool | None:
    expected = [stretch for slot in PERIODS for stretch in map(_stretch, said.values(slot))]
    if not expected or not any(_takes(said, slot) for slot in PERIODS):
        return None
    phrases = [question.period if question.period_said else None, question.compared_to]
    if question.horizon is not None and question.horizon != question.period:
        phrases.append(question.horizon)
    found = [_resolved(phrase) for phrase in phrases if phrase is not None]
    is_now = not found and question.period.kind == "now"  # so by default, said or not
    return found == expected or (is_now and expected == [None])


def _stretch(value: str) -> tuple[datetime, datetime] | None:
    if value == "now":
        return None
    begin, _, end = value.partition("/")
    return _moment(begin), _moment(end)


def _moment(value: str) -> datetime:
    return NOW if value == "now" else datetime.fromisoformat(value).replace(tzinfo=ZONE)


def _resolved(phrase: PeriodPhrase) -> tuple[datetime, datetime] | None:
    if phrase.kind == "now":
        return None
    try:
        stretches = resolve_all(phrase, NOW, ZONE)
    except (ImpossiblePeriod, EmptyPeriod):
        return (NOW, NOW)
    return stretches[0].start, stretches[-1].end


def _says_no_more(said: Marked, question: Question) -> bool:
    """Whether nothing was made up: machines, carriers and times that nobody said."""
    sources = {source for value in said.values("energy_source") for source in value.split("+")}
    # The only carrier that a machine has need not be said.
    is_filled = "energy_source" in INTENTS[said.intent].needs and not sources
    return (
        (bool(said.values("machine")) or not _names_some(question))
        and (any(map(said.values, PERIODS)) or not _tells_time(question))
        and (is_filled or not _takes(said, "energy_source") or set(question.sources) == sources)
    )


def _names_some(question: Question) -> bool:
    """Whether some machines are meant, and not all of them or none yet."""
    return question.scope.kind != "all" and bool(question.scope.machine_ids)


def _takes(said: Marked, slot: str) -> bool:
    return slot == "metric" or INTENTS[said.intent].takes(slot)


def _tells_time(question: Question) -> bool:
    """Whether a time was understood; "now" is left unmarked where it says nothing."""
    return question.period_said and question.period.kind != "now"


def _metric(said: Marked, question: Question) -> bool:
    return question.metric == (said.metric or INTENTS[said.intent].metric)


def _count(said: Marked, question: Question) -> bool:
    return [str(question.count)] == list(said.values("count"))


def _threshold(said: Marked, question: Question) -> bool:
    bound = question.threshold
    expected = said.values("threshold")[0].split()
    return bound is not None and expected == [bound.op, f"{bound.value:g}", bound.unit]


def _drivers(said: Marked, question: Question) -> bool:
    return set(question.drivers) == {d for v in said.values("drivers") for d in v.split("+")}


def _conditions(said: Marked, question: Question) -> bool:
    pairs = (pair.split("=") for value in said.values("conditions") for pair in value.split("+"))
    return dict(question.conditions) == {name: float(value) for name, value in pairs}


def _severity(said: Marked, question: Question) -> bool:
    return question.severity == said.values("severity")[0]


def _date(said: Marked, question: Question) -> bool:
    found = _resolved(question.date) if question.date is not None else None
    due = said.values("date")[0]
    return found is not None and due in (str(found[0].date()), str((found[1] - INSTANT).date()))


def _progress(said: Marked, question: Question) -> bool:
    return (question.progress or "").replace(" ", "") == said.values("progress")[0].replace(" ", "")


_CHECKS = {
    "count": _count,
    "threshold": _threshold,
    "drivers": _drivers,
    "conditions": _conditions,
    "severity": _severity,
    "date": _date,
    "progress": _progress,
}
SLOTS = ("metric", *_CHECKS, *IN_WORDS)


def _slot_right(slot: str, said: Marked, question: Question) -> bool:
    if slot == "metric":
        return _metric(said, question)
    if not said.values(slot):
        return True
    if slot in IN_WORDS:
        return _words_right(said.values(slot)[0], getattr(question, slot))
    return _CHECKS[slot](said, question)


def _words_right(expected: str, found: str | None) -> bool:
    """Whether one holds the other, word by word."""
    one, other = set(_words(expected)), set(_words(found or ""))
    return bool(other) and (one <= other or other <= one)


def _words(text: str) -> Iterator[str]:
    return iter(re.findall(r"\w+", text.lower()))


def _choices(said: Marked) -> set[str]:
    return set(said.values("machine")[0].split("?"))


def _names(machine_ids: Iterable[object]) -> set[str]:
    by_id = {machine.id: machine.name for machine in CATALOGUE.machines}
    return {by_id[id_] for id_ in machine_ids}  # type: ignore[index]
