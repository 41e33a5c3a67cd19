"""A day on which only production changed is not inefficient.

Four plants in an ordinary run, fifty with ENMS_TEST_LONG=1.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enms_core.analysis.causes import explain
from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.prediction import predict_sum
from enms_core.domain.causes import Cause
from enms_core.domain.performance import Deviation
from tests.unit.performance.planted import IS_LONG, Case, cases

SEEDS = range(1, 51 if IS_LONG else 5)
MACHINES = {"Compressor-1", "Injection-Molding-1", "Hydraulic-Pump-1", "Conveyor-A"}
MATERIAL_PERCENT = 5.0
MORE = 1.25


def yesterday(table: HourlyTable) -> Bools:
    """The last whole local day."""
    return np.asarray(table.local_day == table.local_day[-1] - 1)


def cause_of(case: Case, table: HourlyTable) -> Cause:
    hours = table.hours[yesterday(table)]
    return explain(case.model, table, int(hours[0]), int(hours[-1]) + 1)


def busier(case: Case) -> HourlyTable:
    """The last whole day with a quarter more made, and with the use that it takes."""
    table, is_last = case.history, yesterday(case.history)
    units = table.drivers["production_count"]
    term = next(t for t in case.model.equation.terms if t.driver == "production_count")
    added = np.where(is_last, (MORE - 1.0) * units, 0.0)
    drivers = {**table.drivers, "production_count": units + added}
    return replace(table, quantity=table.quantity + term.coefficient * added, drivers=drivers)


def deviation_of(case: Case, table: HourlyTable, confidence: float) -> Deviation:
    compared = compared_hours(case.model, table, yesterday(table))
    mask = np.zeros(len(table), dtype=np.bool_)
    mask[compared.rows] = True
    told = predict_sum(case.model, table, mask, confidence)
    actual = float(compared.actual.sum())
    percent = 100.0 * confidence
    return Deviation(actual, told.expected, told.lower, told.upper, percent, MATERIAL_PERCENT)


def is_asked(machine: str, source: str) -> bool:
    return machine in MACHINES and source == "electricity"


@pytest.fixture(scope="module")
def days() -> list[tuple[Case, HourlyTable, Cause]]:
    found = []
    for seed in SEEDS:
        for case in cases(seed, plain=True, wanted=is_asked):
            table = busier(case)
            found.append((case, table, cause_of(case, table)))
    return found


def test_it_is_never_non_compliant(days: list[tuple[Case, HourlyTable, Cause]]) -> None:
    statuses = [deviation_of(case, table, 0.90).iso_status for case, table, _ in days]

    assert "non_compliant" not in statuses


def test_its_deviation_is_that_of_the_same_day_with_usual_production(
    days: list[tuple[Case, HourlyTable, Cause]],
) -> None:
    alarms = 0
    for case, table, _ in days:
        usual = deviation_of(case, case.history, 0.99)
        busy = deviation_of(case, table, 0.99)
        alarms += busy.iso_status not in ("on_target", "excellent")
        assert busy.quantity == pytest.approx(usual.quantity, abs=1e-6 * usual.expected)

    # Of intervals that hold 99 %, one in two hundred days lies above by chance.
    assert alarms <= 1 + len(days) // 100


def test_production_explains_it_and_nothing_is_suspected(
    days: list[tuple[Case, HourlyTable, Cause]],
) -> None:
    for case, table, cause in days:
        before = cause_of(case, case.history)
        more = {each.driver: each.quantity for each in cause.contributions}
        usual = {each.driver: each.quantity for each in before.contributions}
        added = float(np.nansum(table.quantity - case.history.quantity))

        assert cause.findings == ()
        assert more["production_count"] - usual["production_count"] == pytest.approx(added, rel=0.2)
        assert cause.rest == pytest.approx(before.rest, abs=1e-6 * before.usual)
