"""How it is said what machines made."""

from __future__ import annotations

from datetime import datetime

from enms_core.domain.answer import DataIssue
from enms_core.domain.period import Period
from enms_core.domain.production import (
    NoProduction,
    Production,
    ProductionAnswer,
    ProductionMetric,
)
from enms_core.language.clock import moment_words
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice
from enms_core.language.words import LONGEST_LIST

UNIT_OF: dict[ProductionMetric, str] = {
    "units": "units",
    "good": "good_units",
    "rejects": "reject_units",
}
EDGES = {"production.begun_late": "production_begun_late", "production.ended": "production_ended"}
LEFT_OUT = {
    "production.machine_missing": "production_machine_missing",
    "production.not_counted": "production_not_counted",
    "production.partial": "production_partial",
}


def say_production(answer: ProductionAnswer, voice: Voice) -> list[Dialog]:
    """What was made together and by each of a few machines, and what is doubtful."""
    assert answer.period is not None
    slots = voice.where_and_when(answer.question, answer.period)
    if answer.together.value(answer.metric) is None:
        return [(_untold(answer), slots)]
    return [
        _made(answer, slots, voice),
        *_by_machine(answer, voice),
        *(_doubt(issue, answer, answer.period, voice) for issue in answer.issues),
    ]


def say_no_production(answer: NoProduction, voice: Voice) -> list[Dialog]:
    """That nothing is counted at all, or that nothing was in that time and what there is."""
    if not answer.question.scope.machine_ids:
        return [("no_machines_left" if voice.catalogue.machines else "no_machines", {})]
    assert answer.period is not None
    slots = voice.where_and_when(answer.question, answer.period)
    if answer.first is None or answer.last is None:
        return [("production_not_counted", {"machines": slots["scope"]})]
    first, last = (voice.words.day(day.date()) for day in (answer.first, answer.last))
    return [("production_none", slots), ("production_range", {"first": first, "last": last})]


def _untold(answer: ProductionAnswer) -> str:
    """No quality where nothing was judged; else the rows do not tell what was asked."""
    made = answer.together
    is_told = made.good_units is not None and made.reject_units is not None
    if answer.metric == "quality" and is_told:
        return "production_nothing_judged"
    return f"production_untold_{answer.metric}"


def _made(answer: ProductionAnswer, slots: dict[str, str], voice: Voice) -> Dialog:
    if answer.metric == "downtime" and not answer.together.downtime_seconds:
        return "production_no_downtime", slots
    dialog = "production_made" if answer.metric in UNIT_OF else f"production_{answer.metric}"
    if answer.metric == "downtime" and len(answer.machines) > 1:
        dialog = "production_downtime_together"
    return dialog, {**slots, "value": _value(answer.together, answer.metric, voice)}


def _value(made: Production, metric: ProductionMetric, voice: Voice) -> str:
    """The figure in words: units, percent, or a time."""
    value = made.value(metric)
    assert value is not None
    if metric == "downtime":
        return voice.words.duration(value)
    if metric == "quality":
        return voice.words.percent(value)
    return voice.words.amount(value, UNIT_OF[metric])


def _by_machine(answer: ProductionAnswer, voice: Voice) -> list[Dialog]:
    """The machines one by one: a few of them, or all where the whole list was asked for."""
    told = [each for each in answer.machines if each.production.value(answer.metric) is not None]
    if len(told) < 2 or (len(told) > LONGEST_LIST and not answer.question.in_full):
        return []
    if answer.metric == "downtime":
        told = [each for each in told if each.production.downtime_seconds]
    if not told:
        return []
    best_first = sorted(told, key=lambda each: -(each.production.value(answer.metric) or 0.0))
    names = voice.distinct_names([each.machine.id for each in best_first])
    parts = [
        _of_machine(name, each.production, answer.metric, voice)
        for name, each in zip(names, best_first, strict=True)
    ]
    return [("production_by_machine", {"parts": voice.words.listed(parts, whole=True)})]


def _of_machine(name: str, made: Production, metric: ProductionMetric, voice: Voice) -> str:
    slots = {"value": _value(made, metric, voice), "machine": name}
    return voice.words.phrase("production_of_machine", slots)


def _doubt(issue: DataIssue, answer: ProductionAnswer, period: Period, voice: Voice) -> Dialog:
    machines = {"machines": voice.machines_of(issue)}
    if issue.code in LEFT_OUT:
        return LEFT_OUT[issue.code], machines
    moment = datetime.fromisoformat(str(issue.facts["time"])).astimezone(period.start.tzinfo)
    return EDGES[issue.code], {**machines, "moment": moment_words(voice, moment, answer.now)}
