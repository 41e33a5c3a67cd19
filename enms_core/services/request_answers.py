"""What another program is told of an answer that is none: the code, the field, what else to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enms_core.domain.action_plan import AsksForTitle, AsksToCreatePlan
from enms_core.domain.answer import Answer, NoReadings, NotBegun, SourceNotUsed
from enms_core.domain.asking import AsksBack, AsksWhich
from enms_core.domain.baseline_answers import NoSeu, TooFewSamples, TrainingRefused
from enms_core.domain.baseline_asking import (
    AsksForDrivers,
    AsksToTrain,
    DriversRefused,
    OffersTraining,
)
from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import StorageError, StorageTimeout, StorageUnavailable
from enms_core.domain.period import ImpossiblePeriod, resolve_all, utc
from enms_core.domain.question import Question
from enms_core.services.driver_faults import available_drivers
from enms_core.services.request_faults import Fault, options, quoted

DAY_SECONDS = 86_400
# A training of the same SEU takes some seconds, a database that starts a little longer; one that
# did not answer in time has much to do.
BUSY_SECONDS = 30
UNREACHABLE_SECONDS = 10
TIMEOUT_SECONDS = 60


def fault_of(answer: Answer, catalogue: Catalogue, now: datetime) -> Fault | None:
    """Why an answer is not what was asked for; None where it is."""
    told = next((OF_ANSWERS[kind] for kind in type(answer).__mro__ if kind in OF_ANSWERS), None)
    if told is not None:
        return told(answer, catalogue, now)
    if answer.outcome == "answered":
        return None
    return Fault("no_data", f"nothing can be told ({type(answer).__name__})")


def storage_fault(error: StorageError) -> Fault:
    """Why the database did not answer, and when it may."""
    if isinstance(error, StorageTimeout):
        return Fault("database_timeout", str(error), retry_after_seconds=TIMEOUT_SECONDS)
    if isinstance(error, StorageUnavailable):
        return Fault("database_unreachable", str(error), retry_after_seconds=UNREACHABLE_SECONDS)
    return Fault("database_failed", str(error))


def _which(answer: AsksWhich, catalogue: Catalogue, _now: datetime) -> Fault:
    if answer.choices:
        names = options(catalogue.machine(id_).name for id_ in answer.choices)
        return Fault("ambiguous", "several machines may be meant", "machines", names)
    message = "several energy sources may be meant"
    return Fault("ambiguous", message, "energy_source", answer.source_choices)


def _confirm(answer: AsksBack, _catalogue: Catalogue, _now: datetime) -> Fault:
    return Fault("confirmation_required", "nothing is written until confirmed is true", "confirmed")


def _title(answer: AsksForTitle, _catalogue: Catalogue, _now: datetime) -> Fault:
    message = "nothing points to anything to be done: title says what the plan is about"
    return Fault("field_required", message, "title")


def _drivers(answer: AsksForDrivers, catalogue: Catalogue, _now: datetime) -> Fault:
    known = answer.offered or available_drivers(answer.of, catalogue)
    return Fault("drivers_needed", "the readings suggest no drivers", "drivers", known)


def _no_baseline(answer: OffersTraining, _catalogue: Catalogue, _now: datetime) -> Fault:
    name = quoted(answer.of.seu.name)
    return Fault("no_baseline", f"{name} has no active baseline: enms.baseline.train makes one")


def _refused(answer: DriversRefused, _catalogue: Catalogue, _now: datetime) -> Fault:
    reasons = ", ".join(f"{quoted(name)} {fault}" for name, fault in answer.refused.items())
    return Fault("unknown_driver", f"drivers: {reasons}", "drivers", answer.available)


def _unused(answer: Prediction, _catalogue: Catalogue, _now: datetime) -> Fault | None:
    """A condition that the baseline does not know would be passed over in silence."""
    if not answer.unused:
        return None
    field = f"conditions.{quoted(answer.unused[0])[1:-1]}"
    known = answer.baseline.model.equation.drivers
    return Fault("unknown_driver", f"{field}: the baseline does not depend on it", field, known)


def _cannot(answer: CannotPredict, _catalogue: Catalogue, _now: datetime) -> Fault:
    reason = answer.data()["reason"]
    drivers = f": {', '.join(answer.drivers)}" if answer.drivers else ""
    return Fault("no_data", f"there is no prediction ({reason}{drivers})")


def _no_seu(answer: NoSeu, catalogue: Catalogue, _now: datetime) -> Fault:
    field = "energy_source" if answer.source is not None else "machines"
    known = options(seu.name for seu in catalogue.seus)
    message = "no significant energy use is registered for this; valid_options: all SEUs"
    return Fault("no_seu", message, field, known)


def _not_used(answer: SourceNotUsed, _catalogue: Catalogue, _now: datetime) -> Fault:
    names = options(source.name for source in answer.available)
    message = "the machines have no meter for this energy source"
    return Fault("no_data", message, "energy_source", names)


def _no_readings(answer: NoReadings, _catalogue: Catalogue, _now: datetime) -> Fault:
    first, last = answer.data()["first_reading"], answer.data()["last_reading"]
    message = f"the period holds no reading; the first is of {first}, the last of {last}"
    return Fault("no_readings", message, "period")


def _not_begun(answer: NotBegun, catalogue: Catalogue, now: datetime) -> Fault:
    wait = _seconds_until_begun(answer.question, catalogue, now)
    message = "the period has not begun"
    return Fault("period_not_begun", message, "period", retry_after_seconds=wait)


def _seconds_until_begun(question: Question, catalogue: Catalogue, now: datetime) -> int | None:
    zone = catalogue.zone_of(question.scope.machine_ids)
    try:
        begin = resolve_all(question.period, now, zone)[0].start
    except ImpossiblePeriod:
        return None
    return max(1, math.ceil((utc(begin) - utc(now)).total_seconds()))


def _too_few(answer: TooFewSamples, _catalogue: Catalogue, _now: datetime) -> Fault:
    message = f"{answer.needed} samples are needed, there are {answer.sampling.samples}"
    wait = None if answer.days_more is None else answer.days_more * DAY_SECONDS
    return Fault("too_few_samples", message, "period", retry_after_seconds=wait)


def _not_trained(answer: TrainingRefused, _catalogue: Catalogue, _now: datetime) -> Fault:
    if answer.reason == "busy":
        message = "a baseline of this SEU is being trained"
        return Fault("busy", message, retry_after_seconds=BUSY_SECONDS)
    names = f": {', '.join(answer.drivers)}" if answer.drivers else ""
    return Fault("not_trained", f"no model can be made ({answer.reason}{names})", "drivers")


OF_ANSWERS: Mapping[type[Answer], Callable[[Any, Catalogue, datetime], Fault | None]] = {
    AsksWhich: _which,
    AsksToTrain: _confirm,
    AsksToCreatePlan: _confirm,
    AsksForTitle: _title,
    AsksForDrivers: _drivers,
    OffersTraining: _no_baseline,
    DriversRefused: _refused,
    Prediction: _unused,
    CannotPredict: _cannot,
    NoSeu: _no_seu,
    SourceNotUsed: _not_used,
    NoReadings: _no_readings,
    NotBegun: _not_begun,
    TooFewSamples: _too_few,
    TrainingRefused: _not_trained,
}
