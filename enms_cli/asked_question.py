"""A question put at the terminal with flags: which machines, source and period, and its answer."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable

from enms_cli.asked_period import asked_period
from enms_cli.asked_scope import asked_scope, asked_sources
from enms_cli.baseline_choice import Works
from enms_cli.days import written
from enms_core.domain.answer import Answer, NoReadings, NotBegun
from enms_core.domain.baseline_answers import NoSeu
from enms_core.domain.intents import INTENTS
from enms_core.domain.period import ImpossiblePeriod, period_data
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.settings import Settings

Service = Callable[[Question, Context], Awaitable[Answer]]


async def answered(
    service: Service,
    intent: str,
    options: argparse.Namespace,
    at: Works,
    settings: Settings,
    metric: str | None = None,
) -> Answer:
    """What a service answers to the flags; ValueError for what there is not."""
    question = _question(intent, options, at, settings, metric)
    context = Context(at.store, at.catalogue, at.now, week_start=settings.week_start)
    try:
        return await service(question, context)
    except ImpossiblePeriod as error:
        raise ValueError("there is no such period") from error


def answer_data(answer: Answer) -> dict[str, object]:
    """The answer as JSON, with its period and what is doubtful."""
    return {
        "outcome": answer.outcome,
        "period": None if answer.period is None else period_data(answer.period),
        **answer.data(),
        "issues": [issue.data() for issue in answer.issues],
    }


def no_answer(answer: Answer) -> str:
    """Why there is none, as far as a period or a register is the reason."""
    if isinstance(answer, NoReadings):
        if answer.first is None or answer.last is None:
            return "there are no readings"
        return (
            "there are no readings in this period; they go from"
            f" {written(answer.first)} to {written(answer.last)}"
        )
    if isinstance(answer, NotBegun):
        return "the period has not begun"
    if isinstance(answer, NoSeu):
        names = ", ".join(machine.name for machine in answer.machines)
        source = f" of {answer.source.name}" if answer.source else ""
        return f"no significant energy use{source} is registered for {names or 'any machine'}"
    return f"nothing can be told of this ({answer.outcome})"


def _question(
    intent: str, options: argparse.Namespace, at: Works, settings: Settings, metric: str | None
) -> Question:
    scope = asked_scope(options.machines, at.catalogue)
    zone = at.catalogue.zone_of(scope.machine_ids)
    said = asked_period(options.period, options.begin, options.end, settings.lang, zone)
    return Question(
        intent,
        scope,
        INTENTS[intent].period if said is None else said,
        asked_sources(options.source, at.catalogue),
        period_said=said is not None,
        metric=metric,
    )
