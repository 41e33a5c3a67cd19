"""Which baseline is better: two stored versions, or a model with and without a driver."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce

import numpy as np

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.better_model import better_of
from enms_core.analysis.cannot_fit import CannotFit
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.training_hours import TooFewSamplesError
from enms_core.domain.answer import Answer, NoReadings
from enms_core.domain.baseline_answers import BaselinesOfSeu
from enms_core.domain.baseline_comparison import BaselineComparison, Candidate, NothingToCompare
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.services.baseline_versions import offer_training, versions_of_one
from enms_core.services.context import Context
from enms_core.services.driver_faults import (
    name_faults,
    refused,
    refused_by_readings,
    table_faults,
)
from enms_core.services.driver_suggestions import suggestions
from enms_core.services.training import enough_of, not_fitted, too_few
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.storage.driver_matrix import load_hours


async def answer_baseline_compare(question: Question, context: Context) -> Answer:
    """Two models side by side. Models that are fitted only to be compared are not stored."""
    known = await versions_of_one(question, context)
    if not isinstance(known, BaselinesOfSeu):
        return known
    if question.drivers:
        return await _with_and_without(known, question, context)
    if not known.versions:
        return await offer_training(known, context)
    if len(known.versions) < 2:
        return NothingToCompare(question=question, of=known.of, versions=known.numbers)
    first = known.active or known.versions[0]
    other = next(each for each in known.versions if each != first)
    candidates = tuple(
        Candidate(each.model, each.version, each.is_active, each.period) for each in (first, other)
    )
    return _compared(known, question, candidates)


def _compared(
    known: BaselinesOfSeu, question: Question, candidates: tuple[Candidate, ...]
) -> BaselineComparison:
    better, by = better_of(candidates[0].model, candidates[1].model)
    return BaselineComparison(
        question=question,
        of=known.of,
        candidates=candidates,
        better=better,
        by=by,
        compared=question.drivers,
    )


async def _with_and_without(known: BaselinesOfSeu, question: Question, context: Context) -> Answer:
    of, catalogue, named = known.of, context.catalogue, question.drivers
    faults = name_faults(of, named, catalogue)
    if faults:
        return refused(of, faults, catalogue)
    span = await known_span(of, context.store, context.catalogue, context.now)
    period = _period(known, span, context)
    if period is None:
        return NoReadings(question=question, sources=(of.source,), first=None, last=None)
    without = await _drivers_beside(known, named, period, context)
    if not without:
        return NothingToCompare(question=question, of=of, versions=known.numbers)
    together = (*without, *named)
    table = await load_hours(context.store.readings, catalogue, of, together, period)
    if table_faults(table, named):
        return await refused_by_readings(of, named, period, context.store, catalogue)
    enough = enough_of("hour", context.store.settings)
    both = _where_all_known(table, together)
    return await _fitted(known, question, both, (together, without), enough)


async def _fitted(
    known: BaselinesOfSeu,
    question: Question,
    table: HourlyTable,
    choices: Sequence[tuple[str, ...]],
    enough: int,
) -> Answer:
    """A model of each choice of drivers, on the same samples."""
    fit = partial(train_model, table, enough=enough)
    try:
        models = [await asyncio.to_thread(fit, drivers) for drivers in choices]
    except TooFewSamplesError as error:
        return replace(too_few(error, known.of, table, "hour"), question=question)
    except CannotFit as error:
        return replace(not_fitted(error, known.of), question=question)
    candidates = tuple(Candidate(each, period=table.span) for each in models)
    return _compared(known, question, candidates)


def _where_all_known(table: HourlyTable, drivers: Sequence[str]) -> HourlyTable:
    known = reduce(np.logical_and, (np.isfinite(table.drivers[name]) for name in drivers))
    return replace(table, is_complete=table.is_complete & known)


async def _drivers_beside(
    known: BaselinesOfSeu, named: Sequence[str], period: Period, context: Context
) -> tuple[str, ...]:
    """The drivers that those named are put beside: of the active version, else those suggested."""
    version = known.active or next(iter(known.versions), None)
    own = version.model.equation.drivers if version is not None else ()
    beside = tuple(name for name in own if name not in named)
    if beside:
        return beside
    offered = await suggestions(known.of, period, context)
    return tuple(name for name in offered if name not in named)


def _period(known: BaselinesOfSeu, span: Period | None, context: Context) -> Period | None:
    """That of the active version, as far as it is known, else the last twelve months."""
    if span is None:
        return None
    active = known.active
    told = active.period if active is not None else None
    return told or last_twelve_months(context.now, span)
