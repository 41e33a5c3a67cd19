"""Training a baseline: from hours to a model with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from enms_core.analysis.cannot_fit import LinearlyDependent, NoDriver, NoSpread
from enms_core.analysis.degree_days import is_at_edge
from enms_core.analysis.energy_fit import EnergyFit, fit_energy
from enms_core.analysis.equation_terms import BaseTemperatures, terms_of, tuned
from enms_core.analysis.hourly_samples import HourlySamples, design_of, samples_of
from enms_core.analysis.hourly_table import Floats, HourlyTable
from enms_core.analysis.least_squares import SingularDesign, fit_least_squares
from enms_core.analysis.likely_running import hours_a_day
from enms_core.analysis.model_statistics import OutOfTime, model_of
from enms_core.analysis.model_validity import judge
from enms_core.analysis.one_thread import on_one_thread
from enms_core.analysis.training_hours import (
    ENOUGH,
    TooFewSamplesError,
    counted,
    refuse_too_few,
)
from enms_core.domain.baseline import Equation, Grain, Model, Term

__all__ = ["LinearlyDependent", "NoSpread", "TooFewSamplesError", "design_of", "train_model"]

# The first part of the samples, in time, that the last part is predicted from.
FIRST_SHARE = 0.8
# So many samples for each parameter the last part needs at least.
SAMPLES_PER_PARAMETER = 5
# Spread below this share of the size is none.
NO_SPREAD = 1e-12


@on_one_thread
def train_model(
    table: HourlyTable,
    drivers: Sequence[str],
    grain: Grain = "hour",
    include_backfill: bool = False,
    base_temperatures: BaseTemperatures | None = None,
    enough: int | None = None,
) -> Model:
    """The model of a table's use on drivers, judged.

    base_temperatures: of degree days, by driver [°C]; those not given are fitted and count as
    parameters. enough: samples from which on they are not few. Raises TooFewSamplesError below half
    of that, NoSpread where the use or a driver never changes, LinearlyDependent, NoDriver.
    """
    names = tuple(dict.fromkeys(drivers))
    counts = counted(table, names, grain, include_backfill)
    refuse_too_few(counts.sampling, ENOUGH[grain] if enough is None else enough)
    if not names:
        raise NoDriver
    samples = samples_of(table, counts.mask, grain)
    given = dict(base_temperatures or {})
    terms = terms_of(samples, names, given)
    _refuse_constant(samples, terms)
    fit = _fitted(samples, terms, len(tuned(terms, given)))
    judged_later = out_of_time(samples, names, given)
    model = replace(
        model_of(samples, terms, fit, judged_later),
        sampling=counts.sampling,
        hours_a_day=_hours_of_degree_days(table, terms, grain),
    )
    at_edge = _at_edge(samples, tuned(terms, given))
    return replace(model, verdict=judge(model, table.specs, enough=enough, at_edge=at_edge))


def _hours_of_degree_days(table: HourlyTable, terms: Sequence[Term], grain: Grain) -> float | None:
    """Hours of running a day, for a day's degree days that somebody tells of the whole day."""
    if grain == "hour" or all(term.kind == "value" for term in terms):
        return None
    return hours_a_day(table, [term.driver for term in terms])


def out_of_time(
    samples: HourlySamples, drivers: Sequence[str], given: BaseTemperatures
) -> OutOfTime:
    """Fit the first samples in time, base temperatures too, and judge on the last ones."""
    cut = int(FIRST_SHARE * len(samples))
    first, last = samples.part(0, cut), samples.part(cut, len(samples))
    terms = terms_of(first, drivers, given)
    parameters = 1 + len(terms) + len(tuned(terms, given))
    if min(len(first), len(last)) < SAMPLES_PER_PARAMETER * parameters:
        return OutOfTime()
    equation = Equation(samples.grain, 0.0, terms)
    try:
        fit = fit_least_squares(first.design(equation), first.use)
    except SingularDesign:
        return OutOfTime()
    predicted = fit.coefficients[0] + last.design(equation) @ fit.coefficients[1:]
    return _judged(last.use, predicted)


def _judged(use: Floats, predicted: Floats) -> OutOfTime:
    errors = use - predicted
    mean, total = float(use.mean()), float(np.square(use - use.mean()).sum())
    if mean == 0.0 or total == 0.0:
        return OutOfTime()
    return OutOfTime(
        r2=1.0 - float(errors @ errors) / total,
        cvrmse_percent=100.0 * float(np.sqrt(np.square(errors).mean())) / abs(mean),
        nmbe_percent=100.0 * float(errors.mean()) / mean,
    )


def p_values_of(samples: HourlySamples, drivers: Sequence[str]) -> dict[str, float]:
    """Of each driver, the chance that it explains as much without driving anything (GLSAR)."""
    terms = terms_of(samples, drivers, {})
    values = _fitted(samples, terms, len(tuned(terms, {}))).judged.p_values
    return dict(zip(drivers, map(float, values), strict=True))


def _refuse_constant(samples: HourlySamples, terms: Sequence[Term]) -> None:
    if not varies(samples.use):
        raise NoSpread(())
    constant = tuple(term.driver for term in terms if not varies(samples.column(term)))
    if constant:
        raise NoSpread(constant)


def _at_edge(samples: HourlySamples, fitted: Sequence[Term]) -> tuple[str, ...]:
    """Of drivers whose base temperature was fitted, those whose base may lie beyond what was seen.

    They are looked for together, on the temperatures of the first.
    """
    if not fitted:
        return ()
    temperature = samples.table.drivers[fitted[0].driver][samples.rows]
    bases = {term.driver: term.base_temperature_degc for term in fitted}
    return tuple(
        driver
        for driver, base in bases.items()
        if base is not None and is_at_edge(base, temperature)
    )


def varies(column: Floats) -> bool:
    """Whether values are not all the same but for rounding."""
    return bool(np.ptp(column) > NO_SPREAD * np.abs(column).max())


def _fitted(samples: HourlySamples, terms: tuple[Term, ...], tuned: int) -> EnergyFit:
    design = samples.design(Equation(samples.grain, 0.0, terms))
    day = samples.day if samples.grain == "hour" else None
    try:
        return fit_energy(design, samples.use, samples.position, day, extra_parameters=tuned)
    except SingularDesign as error:
        raise LinearlyDependent(tuple(terms[at].driver for at in error.columns)) from error
