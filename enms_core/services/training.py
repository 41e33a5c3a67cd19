"""Training a baseline: the table loaded, refused or fitted, and stored as a new version."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.better_model import are_same, better_of
from enms_core.analysis.cannot_fit import CannotFit
from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.hourly_samples import samples_of
from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.training_hours import TooFewSamplesError, counted
from enms_core.domain.baseline import Baseline, Grain, Model
from enms_core.domain.baseline_answers import TooFewSamples, Trained, TrainingRefused
from enms_core.domain.baseline_asking import DriversRefused
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import TrainingBusy
from enms_core.domain.intents import LAST_12_MONTHS, TRAINING
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.services.driver_faults import (
    available_drivers,
    name_faults,
    refused,
    refused_by_readings,
    table_faults,
)
from enms_core.services.seus import question_about
from enms_core.settings import Settings
from enms_core.storage.baselines import activate_baseline, baselines_of, store_baseline
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.store import Store
from enms_core.storage.training_lock import training_lock

# How much the machines ran lately is told from so many days.
LATELY_DAYS = 28

Refusal = TooFewSamples | TrainingRefused | DriversRefused


@dataclass(frozen=True)
class TrainingOrder:
    """What shall be trained. drivers None: those that the readings suggest. activate None: the new
    version becomes the active one only if it is valid. who: asked for it, for the audit log."""

    of: SeuOfSource
    drivers: tuple[str, ...] | None
    period: Period
    who: str
    grain: Grain = "hour"
    include_backfill: bool = False
    activate: bool | None = None


async def train(
    order: TrainingOrder, store: Store, catalogue: Catalogue, settings: Settings
) -> Trained | Refusal:
    """Fit and store a new version, or tell why nothing was stored.

    Arithmetic runs in a thread, and what is cancelled before its end stores nothing.
    """
    faults = name_faults(order.of, order.drivers or (), catalogue)
    if faults:
        return refused(order.of, faults, catalogue)
    try:
        async with training_lock(store, order.of.seu.id):
            return await _trained(order, store, catalogue, settings)
    except TrainingBusy:
        return TrainingRefused(question=question_of(order.of), of=order.of, reason="busy")


def suggested(
    table: HourlyTable,
    candidates: Sequence[str],
    grain: Grain = "hour",
    enough: int | None = None,
) -> tuple[str, ...]:
    """The drivers that a table suggests, of those that vary in it; none below half of `enough`."""
    faults = table_faults(table, candidates, grain)
    usable = [name for name in candidates if name not in faults]
    return choose_drivers(table, usable, grain, enough=enough)


def enough_of(grain: Grain, settings: Settings) -> int:
    """Samples from which on they are not few."""
    return settings.training_hours if grain == "hour" else settings.training_days


def too_few(
    error: TooFewSamplesError,
    of: SeuOfSource,
    table: HourlyTable,
    grain: Grain,
    drivers: Sequence[str] = (),
    include_backfill: bool = False,
) -> TooFewSamples:
    """That too few samples count, and how long it takes until there are enough.

    drivers, include_backfill: with which samples were counted.
    """
    counts = counted(table, drivers, grain, include_backfill)
    return TooFewSamples(
        question=question_of(of),
        of=of,
        grain=grain,
        sampling=error.sampling,
        needed=error.needed,
        days_more=_days_more(error.needed - error.sampling.samples, table, counts.mask, grain),
    )


def not_fitted(error: CannotFit, of: SeuOfSource) -> TrainingRefused:
    """That there are samples, and yet no model of them."""
    question = question_of(of)
    return TrainingRefused(question=question, of=of, reason=error.reason, drivers=error.drivers)


def question_of(of: SeuOfSource) -> Question:
    """The question that a training without words answers."""
    return question_about(TRAINING, of, LAST_12_MONTHS)


async def _trained(
    order: TrainingOrder, store: Store, catalogue: Catalogue, settings: Settings
) -> Trained | Refusal:
    of, grain, backfill = order.of, order.grain, order.include_backfill
    table = await load_hours(store.readings, catalogue, of, order.drivers, order.period)
    named = order.drivers or ()
    if table_faults(table, named, grain, backfill):
        return await refused_by_readings(
            of, named, order.period, store, catalogue, grain=grain, include_backfill=backfill
        )
    enough = enough_of(grain, settings)
    drivers = order.drivers
    if drivers is None:
        candidates = available_drivers(of, catalogue)
        drivers = await asyncio.to_thread(suggested, table, candidates, grain, enough)
    try:
        model = await asyncio.to_thread(train_model, table, drivers, grain, backfill, enough=enough)
    except TooFewSamplesError as error:
        return too_few(error, of, table, grain, drivers, backfill)
    except CannotFit as error:
        return not_fitted(error, of)
    return await _kept(order, model, store)


async def _kept(order: TrainingOrder, model: Model, store: Store) -> Trained:
    """The new version; where the same was learned before, the one that there is."""
    of, registers = order.of, store.registers
    known = (await baselines_of(store.readings, (of.seu.id,))).get(of.seu.id, ())
    before = next((each for each in known if each.is_active), None)
    twin = next((each for each in known if _is_twin(each, model, order.period)), None)
    if twin is None:
        baseline = await store_baseline(
            registers, of, model, order.period, order.who, order.activate
        )
    elif order.activate and not twin.is_active:
        baseline, _ = await activate_baseline(registers, of, twin.version, order.who)
    else:
        baseline = twin
    return _told(order, baseline, before, is_unchanged=twin is not None)


def _is_twin(known: Baseline, model: Model, period: Period) -> bool:
    """Whether a version has learned the same from the same readings; of one that tells only its
    coefficients there is more to learn."""
    is_judged = known.model.statistics is not None
    return is_judged and known.period == period and are_same(known.model.equation, model.equation)


def _told(
    order: TrainingOrder, baseline: Baseline, before: Baseline | None, is_unchanged: bool
) -> Trained:
    model = baseline.model
    broken = model.verdict.broken if model.verdict is not None else ()
    active = baseline if baseline.is_active else before
    replaced = before if baseline.is_active and before != baseline else None
    return Trained(
        question=question_of(order.of),
        period=order.period,
        of=order.of,
        baseline=replace(baseline, period=order.period),
        active_version=active.version if active is not None else None,
        insignificant=tuple(
            each.driver for each in broken if each.rule == "driver_p_value" and each.driver
        ),
        replaced=replaced.version if replaced is not None else None,
        is_worse=replaced is not None and better_of(replaced.model, model)[0] == 0,
        is_unchanged=is_unchanged,
    )


def _days_more(lacking: int, table: HourlyTable, mask: Bools, grain: Grain) -> int | None:
    """Days until `lacking` more samples count, if they come as in the last weeks of the table.

    mask: hours of the table that count.
    """
    if not len(table):
        return None
    ago = table.local_day[-1] - table.local_day
    lately = samples_of(table, mask & (ago < LATELY_DAYS), grain)
    seen = min(LATELY_DAYS, int(ago[0]) + 1)
    return math.ceil(lacking * seen / len(lately)) if len(lately) else None
