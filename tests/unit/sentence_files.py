"""The sentence files: what each sentence must be taken for, in a few words.

A case names the slots that are said. What it leaves out is the intent's default, and an outcome
that is left out is `answered`. Machines are named; `site` and `all_but` stand for many of them.
Periods: unit and offset, or the kind of phrase. A `date` is the day that something is due, told on
the day of NOW.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import yaml  # type: ignore[import-untyped]

from enms_core.domain.intents import INTENTS, TOMORROW, Intent
from enms_core.domain.period import PeriodPhrase, resolve
from enms_core.domain.question import Question, Threshold, Understanding
from enms_core.domain.tariff import Money
from tests.unit.catalogues import demo_catalogue

LANG = "en-us"
SENTENCES = Path(__file__).parents[1] / "sentences"
LANGUAGES = sorted(folder.name for folder in SENTENCES.iterdir())
NOW = datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
CATALOGUE = demo_catalogue()

Case = dict[str, Any]


def read_cases(name: str, lang: str = LANG) -> list[Case]:
    text = (SENTENCES / lang / f"{name}.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text))


def cases_of(lang: str) -> dict[str, list[Case]]:
    """The sentences of a language by intent; each file holds those of one."""
    return {
        path.stem: read_cases(path.stem, lang)
        for path in sorted((SENTENCES / lang).glob("*.yaml"))
        if path.stem in INTENTS
    }


CASES = cases_of(LANG)


def brief_of(understanding: Understanding) -> Case:
    """An understanding in the words of the sentence files."""
    question = asked(understanding)
    compared_to = question.compared_to
    answered = understanding.outcome == "answered"
    return {
        "outcome": understanding.outcome,
        "intent": question.intent,
        "machines": sorted(names(question)) if answered else None,
        "parts": [_names(part.machine_ids) for part in question.parts] if answered else None,
        "sources": list(question.sources),
        "metric": question.metric,
        "period": brief(question.period),
        "is_period_said": question.period_said,
        "compared_to": None if compared_to is None else brief(compared_to),
        "count": question.count,
        "order": question.order,
        "step": question.step,
        "threshold": _threshold(question.threshold),
        "side": None if question.threshold is None else question.threshold.side,
        "cost": _cost(question.cost),
        "topic": question.topic,
        "unit": question.unit,
        "drivers": list(question.drivers),
        "conditions": dict(question.conditions),
        "severity": question.severity,
        "suspected": question.suspected,
        "horizon": None if question.horizon is None else brief(question.horizon),
        "plan": question.plan,
        "person": question.person,
        "date": _day(question.date),
        "progress": question.progress,
        "kind": question.kind,
        "in_full": question.in_full,
        "choices": _names(understanding.choices),
        "source_choices": list(understanding.source_choices),
        "need": understanding.need,
        "unknown": understanding.unknown,
    }


def expected_of(intent: str, case: Case) -> Case:
    """What a case says, with what it leaves out."""
    default = INTENTS[intent]
    metric = case.get("metric", default.metric)
    default_period = default.periods.get(metric or "", default.period)
    answered = case.get("outcome", "answered") == "answered"
    parts = [_members(part) for part in case.get("parts", [])]
    return {
        "outcome": case.get("outcome", "answered"),
        "intent": intent,
        "machines": sorted(chain(*parts) if parts else _machines(case)) if answered else None,
        "parts": parts if answered else None,
        "sources": case.get("sources", []),
        "metric": metric,
        "period": case.get("period", case.get("default_period", brief(default_period))),
        "is_period_said": "period" in case,
        "compared_to": case.get("compared_to"),
        "count": case.get("count"),
        "order": case.get("order", "highest"),
        "step": case.get("step"),
        "threshold": case.get("threshold"),
        "side": case.get("side"),
        "cost": case.get("cost"),
        "topic": case.get("topic"),
        "unit": case.get("unit"),
        "drivers": case.get("drivers", []),
        "conditions": case.get("conditions", {}),
        "severity": case.get("severity"),
        "suspected": case.get("suspected"),
        "horizon": _horizon(case, default),
        "plan": case.get("plan"),
        "person": case.get("person"),
        "date": case.get("date"),
        "progress": case.get("progress"),
        "kind": case.get("kind"),
        "in_full": case.get("in_full", False),
        "choices": _choices(case),
        "source_choices": case.get("source_choices", []),
        "need": case.get("need"),
        "unknown": case.get("unknown"),
    }


def asked(understanding: Understanding) -> Question:
    assert understanding.question is not None
    return understanding.question


def names(question: Question) -> list[str]:
    return _names(question.scope.machine_ids)


def brief(phrase: PeriodPhrase) -> str:
    """A phrase as the sentence files write it."""
    if phrase.kind == "unit":
        return f"{phrase.unit} {phrase.offset:+d}"
    if phrase.kind in ("past", "coming"):
        return f"{phrase.kind} {phrase.count} {phrase.unit}"
    if phrase.kind in ("year", "month"):
        return f"{phrase.kind} {getattr(phrase, phrase.kind)}"
    return phrase.kind


def _day(phrase: PeriodPhrase | None) -> date | None:
    return None if phrase is None else resolve(phrase, NOW, ZoneInfo("Europe/Berlin")).start.date()


def _horizon(case: Case, known: Intent) -> str | None:
    """A stretch of the future is the horizon of what takes one; forecasts have theirs unsaid."""
    if not known.takes("horizon"):
        return None
    default = brief(known.period) if known.period == TOMORROW else None
    return case.get("horizon", case.get("period", default))


def _names(machine_ids: Iterable[UUID]) -> list[str]:
    return [CATALOGUE.machine(machine_id).name for machine_id in machine_ids]


def _cost(cost: Money | None) -> str | None:
    return None if cost is None else f"{float(cost.amount):g} {cost.currency}"


def _threshold(threshold: Threshold | None) -> str | None:
    return None if threshold is None else f"{threshold.op} {threshold.value:g} {threshold.unit}"


def _choices(case: Case) -> list[str]:
    everything = [machine.name for machine in CATALOGUE.machines]
    return everything if case.get("choices") == "all" else list(case.get("choices", []))


def _machines(case: Case) -> list[str]:
    if "machines" in case:
        return list(case["machines"])
    left_out = case.get("all_but", ())
    return [name for name in _at(case.get("site")) if name not in left_out]


def _members(part: list[str] | str) -> list[str]:
    """A part of a comparison: machines, or the name of a site."""
    return list(part) if isinstance(part, list) else _at(part)


def _at(site: str | None) -> list[str]:
    """Machines of a site, or of all."""
    return [
        machine.name
        for machine in CATALOGUE.machines
        if site in (None, CATALOGUE.factory(machine.factory_id).name)
    ]
