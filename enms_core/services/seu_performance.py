"""One SEU over a period, held against its active baseline."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enms_core.analysis.held_against import HeldAgainst, hold_against, untold
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_prediction import CannotPredict, NotPredicted
from enms_core.domain.performance import Deviation, SeuPerformance
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.asked_hours import (
    LONG_HOURS,
    AskedHours,
    asked_hours,
    same_work,
    with_readings,
)
from enms_core.services.context import Context
from enms_core.services.hourly_rates import HourlyRates
from enms_core.services.predictions import cannot
from enms_core.services.projection import is_running_day, project
from enms_core.storage.driver_matrix import load_hours

# A factory of ten SEUs that asks every morning hears of mere chance once in ten days; at 90 % it
# would on two days of three.
CONFIDENCE = 0.99
# A deviation that is significant is worth an entry from so many percent of the expected use on.
MATERIAL_PERCENT = 5.0


@dataclass(frozen=True)
class InUse:
    """An SEU with its active baseline."""

    of: SeuOfSource
    baseline: Baseline


async def seu_performance(
    known: InUse, question: Question, context: Context, rates: HourlyRates
) -> SeuPerformance | CannotPredict:
    """What an SEU used against what was expected, with the projection of a running day."""
    of, drivers = known.of, known.baseline.model.equation.drivers
    hours = asked_hours(of, question, context)
    if hours is None:
        return cannot(of, known.baseline, reason="too_short")
    key = same_work("held", of, known.baseline.model, hours, context)
    table, held = await context.shared.once(key, lambda: _held(known, hours, context))
    if not held.found.rows:
        lacking = untold(held, table, drivers)
        return cannot(of, known.baseline, lacking, _reason(held, lacking), hours.period)
    told = _told(known, hours, held, table, rates)
    if not is_running_day(question.period, context, hours.zone):
        return told
    return replace(told, projection=await project(of, hours, context))


async def _held(
    known: InUse, hours: AskedHours, context: Context
) -> tuple[HourlyTable, HeldAgainst]:
    of, model, period = known.of, known.baseline.model, hours.period
    if period.hours > LONG_HOURS:
        period = await with_readings(of, period, context)
    drivers = model.equation.drivers
    table = await load_hours(context.store.readings, context.catalogue, of, drivers, period)
    return table, hold_against(model, table, hours.rows(table), CONFIDENCE)


def _reason(held: HeldAgainst, lacking: tuple[str, ...]) -> NotPredicted | None:
    """Why no hour is compared; None where no machine ran, or drivers are lacking."""
    if not held.ran.any() or lacking:
        return None
    return "too_short" if held.whole.any() else "readings"


def _told(
    known: InUse, hours: AskedHours, held: HeldAgainst, table: HourlyTable, rates: HourlyRates
) -> SeuPerformance:
    found = held.found
    return SeuPerformance(
        of=known.of,
        baseline=known.baseline,
        period=hours.period,
        deviation=Deviation(
            actual=held.actual,
            expected=found.expected,
            lower=found.lower,
            upper=found.upper,
            confidence_percent=100.0 * CONFIDENCE,
            material_percent=MATERIAL_PERCENT,
        ),
        hours=found.rows,
        hours_missing=held.hours_missing,
        hours_partial=held.hours_partial,
        actual_elsewhere=held.actual_elsewhere,
        extent=found.extent,
        outside=found.outside,
        rated=rates.rate(known.of, table.hours, held.excess),
    )
