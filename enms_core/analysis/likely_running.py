"""Hours ahead of which nobody has planned whether the machines run: as in the weeks before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.degree_days import degree_days
from enms_core.analysis.extent import extent_of
from enms_core.analysis.hourly_samples import HourlySamples
from enms_core.analysis.hourly_table import Bools, DriverSpec, Floats, HourlyTable, Ints
from enms_core.analysis.prediction import SumPrediction, expected_use, predictable
from enms_core.analysis.training_hours import OPERATING_HOURS, WHOLE
from enms_core.domain.baseline import Model, Term

HOURS_OF_WEEK = 168
HOUR_SECONDS = 3600


@dataclass(frozen=True)
class Ahead:
    """Hours ahead. table.running: how much of each hour the machines are likely to run. is_assumed:
    that is from the weeks before, and they did not run all the time."""

    table: HourlyTable
    is_assumed: bool


def as_before(
    ahead: HourlyTable, before: HourlyTable, drivers: Sequence[str], zone: ZoneInfo
) -> Ahead:
    """Hours of days without a plan run as the same hours of the weeks before did on the average.

    Where the status before is not known either, nothing is assumed: such models count every hour.
    """
    unknown = _unplanned(ahead)
    if not unknown.any() or np.isnan(before.running).all():
        return Ahead(ahead, False)
    counts_parts = OPERATING_HOURS in drivers
    ran = np.where(np.isnan(before.running), np.nan, before.running > 0.0)
    weeks = (week_hours(before.hours, zone), week_hours(ahead.hours, zone))
    share = _means(ran if counts_parts else before.running, *weeks)
    columns = dict(ahead.drivers)
    if counts_parts:
        worked = _means(before.drivers[OPERATING_HOURS], *weeks)
        usual = np.divide(worked, share, out=np.zeros(len(share)), where=share > 0.0)
        columns[OPERATING_HOURS] = np.where(unknown, usual, columns[OPERATING_HOURS])
    table = replace(ahead, running=np.where(unknown, share, ahead.running), drivers=columns)
    return Ahead(table, bool((share[unknown] < WHOLE).any()))


def predict_likely(model: Model, table: HourlyTable) -> SumPrediction:
    """The expected use of hours that run with the share table.running. rows, missing: hours of
    running that are likely.

    Without an interval: when the machines run is more unsure than what they use then.
    """
    share = np.nan_to_num(table.running)
    certain = replace(table, running=(share > 0.0).astype(np.float64))
    samples = predictable(model.equation, certain, share > 0.0)
    weights = samples.reduced(share, "max")
    design = _likely_design(model, samples, share, weights)
    expected = float(weights @ expected_use(model.equation, design))
    extent, outside = extent_of(model, design)
    hours = float(share[samples.rows].sum())
    missing = max(0.0, float(share.sum()) - hours)
    return SumPrediction(expected, None, None, extent, outside, hours, missing)


def hours_a_day(table: HourlyTable, drivers: Sequence[str]) -> float | None:
    """How many hours count on the average on a day with any; None where the status is unknown."""
    running = np.nan_to_num(table.running)
    counts = running > 0.0 if OPERATING_HOURS in drivers else running >= WHOLE
    if not counts.any():
        return None
    return float(counts.sum() / len(np.unique(table.local_day[counts])))


def week_hours(hours: Ints, zone: ZoneInfo) -> Ints:
    """The hour of the local week [0..167] that each hour since 1970 begins in.

    >>> week_hours(np.array([0, 1]), ZoneInfo("Europe/Berlin"))  # Thursday, 1 and 2 o'clock
    array([73, 74])
    """
    begun = (datetime.fromtimestamp(int(hour) * HOUR_SECONDS, zone) for hour in hours)
    return np.array([24 * each.weekday() + each.hour for each in begun], dtype=np.int64)


def _unplanned(ahead: HourlyTable) -> Bools:
    """Hours of days of which the plan tells no hour; in others, what it leaves out stands."""
    planned = np.unique(ahead.local_day[np.isfinite(ahead.running)])
    return np.asarray(~np.isin(ahead.local_day, planned))


def _means(values: Floats, places: Ints, wanted: Ints) -> Floats:
    """Mean of the values at each place that is wanted; of all where there are none at it."""
    known = np.isfinite(values)
    count = np.bincount(places[known], minlength=HOURS_OF_WEEK)
    total = np.bincount(places[known], weights=values[known], minlength=HOURS_OF_WEEK)
    means = np.full(HOURS_OF_WEEK, float(values[known].mean()) if known.any() else 0.0)
    np.divide(total, count, out=means, where=count > 0)
    return means[wanted]


def _likely_design(model: Model, samples: HourlySamples, share: Floats, weights: Floats) -> Floats:
    """Samples x drivers of each sample, if anything runs in it."""
    terms = model.equation.terms
    if samples.grain == "hour":
        return samples.design(model.equation)
    part = np.zeros(len(share))
    part[samples.rows] = share[samples.rows] / np.repeat(weights, samples.sizes)
    columns = [_likely_column(samples, term, part) for term in terms]
    return np.column_stack(columns) if columns else np.zeros((len(samples), 0))


def _likely_column(samples: HourlySamples, term: Term, part: Floats) -> Floats:
    """A driver of days of which hours count in part."""
    values = samples.table.drivers[term.driver]
    if term.kind != "value":
        assert term.base_temperature_degc is not None
        return samples.sums(part * degree_days(values, term.base_temperature_degc, term.kind))
    aggregation = samples.table.specs.get(term.driver, DriverSpec(term.driver)).aggregation
    if aggregation == "sum":
        return samples.sums(part * values)
    if aggregation == "mean":
        return samples.sums(part * values) / samples.sums(part)
    return samples.column(term)
