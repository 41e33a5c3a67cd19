"""The conversation in which a baseline is trained: what is lacking is asked for, then a yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from enms_core.analysis.hourly_table import HourlyTable
from enms_core.domain.answer import Answer, NoReadings, NotBegun
from enms_core.domain.asking import AsksWhich
from enms_core.domain.baseline_asking import (
    AsksForDrivers,
    AsksForPeriod,
    AsksToTrain,
    DriversRefused,
)
from enms_core.domain.intents import LAST_12_MONTHS
from enms_core.domain.period import Period, PeriodPhrase, is_future, utc
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.baseline_one_by_one import offer_one_by_one
from enms_core.services.context import Context
from enms_core.services.driver_faults import (
    available_drivers,
    name_faults,
    refused,
    refused_by_readings,
    table_faults,
)
from enms_core.services.driver_suggestions import suggestions
from enms_core.services.seus import one_seu
from enms_core.services.sources import answer_driver_list
from enms_core.services.training import TrainingOrder, train
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.storage.driver_matrix import load_hours


async def answer_baseline_train(question: Question, context: Context) -> Answer:
    """The next thing to ask, or the trained baseline where everything is said and confirmed."""
    of = one_seu(question, context)
    if isinstance(of, AsksWhich) and of.choices and len(question.scope.machine_ids) > 1:
        return await offer_one_by_one(question, context)
    if not isinstance(of, SeuOfSource):
        return of
    question = replace(question, sources=(of.source.name,))
    if not available_drivers(of, context.catalogue):
        return replace(await answer_driver_list(question, context), outcome="no_data")
    faults = name_faults(of, question.drivers, context.catalogue)
    if faults:
        return refused(of, faults, context.catalogue, _without_drivers(question))
    span = await known_span(of, context.store, context.catalogue, context.now)
    if span is None:
        return NoReadings(question=question, sources=(of.source,), first=None, last=None)
    return await _with_span(question, context, of, span)


async def _with_span(question: Question, context: Context, of: SeuOfSource, span: Period) -> Answer:
    if not question.drivers:
        return await _drivers_asked(question, context, of, span)
    if not question.period_said:
        waiting = replace(question, confirmed=False)
        return AsksForPeriod(
            question=waiting, need="period", of=of, first=span.start, last=span.end
        )
    question, period = _timed(question, context, of, span)
    if isinstance(period, Answer):
        return period
    if question.confirmed:
        return await _trained(question, context, of, period)
    return await _confirmation_asked(question, context, of, period)


def _timed(
    question: Question, context: Context, of: SeuOfSource, span: Period
) -> tuple[Question, Period | Answer]:
    """The period that is meant, as far as there are readings; a rolling one in whole days."""
    zone = context.catalogue.zone_of(of.seu.machine_ids)
    if is_future(question.period, context.now, zone, context.week_start):
        return question, NotBegun(question=question)
    said = context.local_period(question.period, of.seu.machine_ids)
    if question.period == LAST_12_MONTHS:
        said = last_twelve_months(context.now, span) or said
    if utc(said.end) <= utc(span.start) or utc(span.end) <= utc(said.start):
        sources = (of.source,)
        return question, NoReadings(
            question=question, sources=sources, first=span.start, last=span.end
        )
    start, end = max(said.start, span.start, key=utc), min(said.end, span.end, key=utc)
    if utc(said.start) < utc(span.start) and question.period.kind == "since":
        question = replace(question, period=_since(start))
    return question, Period(start.astimezone(zone), end.astimezone(zone))


def _since(moment: datetime) -> PeriodPhrase:
    """From the day of the first reading on, in place of a time before it."""
    year = PeriodPhrase("year", year=moment.year)
    day = PeriodPhrase("date", day=moment.day, month=moment.month, of=year)
    return PeriodPhrase("since", of=day)


async def _drivers_asked(
    question: Question, context: Context, of: SeuOfSource, span: Period
) -> AsksForDrivers:
    period = last_twelve_months(context.now, span) or span
    offered = await suggestions(of, period, context)
    waiting = replace(question, confirmed=False)
    return AsksForDrivers(question=waiting, need="drivers", of=of, offered=offered)


async def _confirmation_asked(
    question: Question, context: Context, of: SeuOfSource, period: Period
) -> AsksToTrain | DriversRefused:
    drivers, catalogue = question.drivers, context.catalogue
    table: HourlyTable = await load_hours(context.store.readings, catalogue, of, drivers, period)
    if table_faults(table, drivers):
        store, asked = context.store, _without_drivers(question)
        return await refused_by_readings(of, drivers, period, store, catalogue, asked)
    return AsksToTrain(
        question=question, period=period, need="confirmation", of=of, drivers=drivers
    )


async def _trained(question: Question, context: Context, of: SeuOfSource, period: Period) -> Answer:
    order = TrainingOrder(of, question.drivers, period, context.who)
    answer = await train(order, context.store, context.catalogue, context.store.settings)
    if isinstance(answer, DriversRefused):
        question = _without_drivers(question)
    return replace(answer, question=replace(question, confirmed=False))


def _without_drivers(question: Question) -> Question:
    return replace(question, drivers=(), confirmed=False)
