"""No change saves nothing, and a planted change comes back, each within the interval."""

from __future__ import annotations

import numpy as np
import pytest

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.prediction import predict_sum
from enms_core.analysis.savings import Savings, savings_of
from enms_core.analysis.training_hours import counted
from tests.unit.baselines.demo_tables import TRAINING_DAYS, demo_seus
from tests.unit.baselines.made_tables import part

DRIVERS = ["production_count", "material_moisture_percent"]
MOULDING = "Injection-Molding-1"
RETROFIT_DAYS_AGO = 182
RETROFIT_SHARE = 0.07
MONTHS = 6.0


def saved(table: HourlyTable, since_days_ago: int) -> Savings:
    """What was saved from a day on, against the year before it."""
    cut = len(table) - 24 * since_days_ago
    before, after = part(table, cut - 24 * TRAINING_DAYS, cut), part(table, cut, len(table))
    model = train_model(before, DRIVERS)
    mask = counted(after, DRIVERS).mask
    expected = predict_sum(model, after, mask)
    assert model.statistics is not None
    actual = float(after.quantity[mask].sum())
    return savings_of(expected.expected, actual, model.statistics, expected.rows, MONTHS)


def table_of(seed: int, plain: bool) -> HourlyTable:
    seus = demo_seus(seed, plain=plain, days=TRAINING_DAYS + RETROFIT_DAYS_AGO)
    return next(seu.table for seu in seus if seu.machine == MOULDING)


def test_nine_in_ten_plants_in_which_nothing_changed_have_zero_in_the_interval() -> None:
    found = [saved(table_of(seed, plain=True), RETROFIT_DAYS_AGO) for seed in range(1, 11)]

    assert sum(not each.is_significant for each in found) >= 8
    assert np.mean([each.percent for each in found]) == pytest.approx(0.0, abs=0.3)


def test_a_retrofit_comes_back_within_the_interval() -> None:
    hits = []
    for seed in range(1, 11):
        found = saved(table_of(seed, plain=False), RETROFIT_DAYS_AGO)
        true = RETROFIT_SHARE * found.expected
        hits.append(found.lower <= true <= found.upper)
        assert found.is_significant
        assert found.percent == pytest.approx(100.0 * RETROFIT_SHARE, abs=1.0)

    assert sum(hits) >= 8
