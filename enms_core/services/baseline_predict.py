"""What should be used: at spoken conditions, or over a period with what was used beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.likely_running import Ahead, as_before, hours_a_day, predict_likely
from enms_core.analysis.prediction import SumPrediction, predict_rows, predict_sum
from enms_core.analysis.training_hours import OPERATING_HOURS, ran
from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_prediction import CannotPredict, NotPredicted, Prediction
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import Period, utc
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.baseline_conditions import has_degree_days, predict_conditions
from enms_core.services.baseline_versions import InUse, baseline_in_use
from enms_core.services.context import Context
from enms_core.services.predictions import CONFIDENCE, cannot, predicted
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.planned_hours import load_planned_hours, readings_span
from enms_core.storage.store import Store

# What has not been planned goes on as in so many weeks before.
LATELY = timedelta(weeks=8)


async def answer_baseline_predict(question: Question, context: Context) -> Answer:
    """At the conditions that were said, else over the period: today where none was said."""
    known = await baseline_in_use(question, context)
    if not isinstance(known, InUse):
        return known
    of, baseline = known.of, known.baseline
    answer: Prediction | CannotPredict
    if question.conditions:
        conditions = dict(question.conditions)
        answer = await predict_said(of, baseline, conditions, context.store, context.catalogue)
    else:
        period = context.local_period(question.period, of.seu.machine_ids)
        answer = await predict_period(
            of, baseline, period, context.store, context.catalogue, context.now
        )
    return replace(answer, question=replace(question, sources=(of.source.name,)))


async def predict_said(
    of: SeuOfSource,
    baseline: Baseline,
    conditions: Mapping[str, float],
    store: Store,
    catalogue: Catalogue,
) -> Prediction | CannotPredict:
    """At conditions; degree days of a day are taken for as many hours as it ran in the training."""
    equation, hours = baseline.model.equation, baseline.model.hours_a_day
    # Versions of before it was stored, and those of other programs, do not tell it.
    if hours is None and has_degree_days(equation) and baseline.period is not None:
        worked = _worked(equation.drivers)
        table = await load_hours(store.readings, catalogue, of, worked, baseline.period)
        hours = hours_a_day(table, equation.drivers)
    return predict_conditions(of, baseline, conditions, catalogue, hours)


async def predict_period(
    of: SeuOfSource,
    baseline: Baseline,
    period: Period,
    store: Store,
    catalogue: Catalogue,
    now: datetime,
) -> Prediction | CannotPredict:
    """Over the hours in which the machines ran, with what they used; or are planned to run.

    A period that has begun is cut to the time from the first reading up to now.
    """
    drivers = baseline.model.equation.drivers
    if utc(period.start) >= utc(now):
        planned = await load_planned_hours(store.readings, catalogue, of, drivers, period)
        lately = Period(utc(now) - LATELY, utc(now))
        before = await load_hours(store.readings, catalogue, of, _worked(drivers), lately)
        zone = catalogue.zone_of(of.seu.machine_ids)
        return _ahead(of, baseline, period, as_before(planned, before, drivers, zone))
    known = await _with_readings(of, period, store, now)
    if known is None:
        return cannot(of, baseline, reason="readings", period=period)
    table = await load_hours(store.readings, catalogue, of, drivers, known)
    answer = _past(of, baseline, known, table)
    if isinstance(answer, Prediction):
        return replace(answer, is_shortened=known != period)
    return answer


def _worked(drivers: Sequence[str]) -> tuple[str, ...]:
    """Operating hours, where they are one of the drivers: running is then told by them."""
    return tuple(name for name in drivers if name == OPERATING_HOURS)


async def _with_readings(
    of: SeuOfSource, period: Period, store: Store, now: datetime
) -> Period | None:
    """The part of a period from the first reading up to now."""
    found = await readings_span(store.readings, of, now)
    if found is None:
        return None
    first, last = found[0].astimezone(period.start.tzinfo), now.astimezone(period.end.tzinfo)
    start, end = max(period.start, first, key=utc), min(period.end, last, key=utc)
    return Period(start, end) if utc(start) < utc(end) else None


def _ahead(
    of: SeuOfSource, baseline: Baseline, period: Period, ahead: Ahead
) -> Prediction | CannotPredict:
    """What is planned; what nobody has planned runs as in the last weeks."""
    model, drivers = baseline.model, baseline.model.equation.drivers
    if not ahead.is_assumed:
        mask = ran(ahead.table, drivers)
        found = predict_sum(model, ahead.table, mask, CONFIDENCE)
    else:
        mask = np.nan_to_num(ahead.table.running) > 0.0
        found = predict_likely(model, ahead.table)
    if not found.rows:
        reason = _reason(ahead.table, drivers, mask)
        if ahead.is_assumed and not mask.any():
            reason = "stood_lately"
        lacking = _untold(ahead.table, drivers, mask)
        return cannot(of, baseline, lacking, reason, period, is_ahead=True)
    return replace(_told(of, baseline, period, found), running_assumed=ahead.is_assumed)


def _past(
    of: SeuOfSource, baseline: Baseline, period: Period, table: HourlyTable
) -> Prediction | CannotPredict:
    model, drivers = baseline.model, baseline.model.equation.drivers
    running = ran(table, drivers)
    whole = running & table.is_complete & np.isfinite(table.quantity)
    found = predict_sum(model, table, whole, CONFIDENCE)
    if not found.rows:
        reason = _reason(table, drivers, whole)
        if running.any() and not whole.any():
            reason = "readings"
        return cannot(of, baseline, _untold(table, drivers, whole), reason, period)
    known = predict_rows(model, table, whole).is_known
    return replace(
        _told(of, baseline, period, found),
        hours_missing=found.missing + int((running & ~whole).sum()),
        hours_partial=int(((table.running > 0.0) & ~running).sum()),
        actual=float(table.quantity[known].sum()),
        actual_elsewhere=float(np.nansum(table.quantity[~known])),
    )


def _told(of: SeuOfSource, baseline: Baseline, period: Period, found: SumPrediction) -> Prediction:
    told = predicted(of, baseline, found, period)
    return replace(told, hours=found.rows, hours_missing=found.missing)


def _reason(table: HourlyTable, drivers: Sequence[str], mask: Bools) -> NotPredicted | None:
    """Why there is no sample although nothing is wrong with the hours, if that is so."""
    is_short = not len(table) or (mask.any() and not _untold(table, drivers, mask))
    return "too_short" if is_short else None


def _untold(table: HourlyTable, drivers: Sequence[str], mask: Bools) -> tuple[str, ...]:
    """Drivers of which no hour is known; where there are none such, of which some are not."""
    known = {
        name: np.isfinite(table.drivers.get(name, np.full(len(table), np.nan)))[mask]
        for name in drivers
    }
    if not mask.any():
        return ()
    nothing = tuple(name for name, is_known in known.items() if not is_known.any())
    return nothing or tuple(name for name, is_known in known.items() if not is_known.all())
