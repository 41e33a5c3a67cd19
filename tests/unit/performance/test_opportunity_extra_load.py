"""More use than the baseline expects, on a made-up year of which the truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.change_point import Change
from enms_core.analysis.claims import Claim
from enms_core.analysis.extra_load import load_left, load_of
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.opportunities import opportunities_of
from enms_core.analysis.schedule import instant
from enms_core.domain.baseline import Model
from enms_core.domain.opportunity import Thresholds
from tests.unit.baselines.made_tables import FIRST_HOUR, made_year, part

DAYS = 360
EXTRA_KWH = 4.0
SINCE_DAY, REPAIRED_DAY = 250, 330


def with_load(table: HourlyTable, first_day: int, last_day: int, load: float) -> HourlyTable:
    """The same with an extra load on the days [first_day, last_day)."""
    day = np.arange(len(table)) // 24
    extra = np.where((day >= first_day) & (day < last_day), load, 0.0)
    return replace(table, quantity=table.quantity + extra)


@pytest.fixture(scope="module")
def year() -> HourlyTable:
    return made_year(days=DAYS)


@pytest.fixture(scope="module")
def model(year: HourlyTable) -> Model:
    return train_model(part(year, 0, 24 * 200), ("units", "outdoor"))


def claims_of(model: Model, table: HourlyTable, days: int = 14) -> list[Claim]:
    last = int(table.hours[-1]) + 1
    return opportunities_of(model, table, last - 24 * days, last, Thresholds())


def test_a_step_is_claimed_from_its_day_with_its_size(year: HourlyTable, model: Model) -> None:
    [found] = claims_of(model, with_load(year, SINCE_DAY, DAYS, EXTRA_KWH))

    assert found.kind == "extra_load"
    assert found.since is not None
    begun = instant(FIRST_HOUR + 24 * SINCE_DAY)
    assert abs((found.since - begun).total_seconds()) <= 3 * 86_400
    assert found.weekly.lower is not None
    assert found.weekly.upper is not None
    # The machine runs all the time: 168 h a week.
    assert found.weekly.lower <= 168.0 * EXTRA_KWH <= found.weekly.upper
    assert found.quantity == pytest.approx(14 * 24 * found.evidence["per_hour"])


def test_what_is_repaired_is_no_opportunity_any_more(year: HourlyTable, model: Model) -> None:
    assert claims_of(model, with_load(year, SINCE_DAY, REPAIRED_DAY, EXTRA_KWH)) == []


def test_less_use_than_expected_is_no_opportunity(year: HourlyTable, model: Model) -> None:
    assert claims_of(model, with_load(year, SINCE_DAY, DAYS, -EXTRA_KWH)) == []


def test_a_healthy_year_has_none(year: HourlyTable, model: Model) -> None:
    assert claims_of(model, year) == []


def change(kind: str, hour: int, end_hour: int | None, per_hour: float) -> Change:
    return Change(
        kind=kind,  # type: ignore[arg-type]
        hour=hour,
        end_hour=end_hour,
        per_hour=per_hour,
        lower=per_hour - 1.0,
        upper=per_hour + 1.0,
        p_value=0.0,
        share=0.1,
        earliest=hour,
        latest=hour,
        likelihood=1.0,
    )


def test_a_growth_adds_in_proportion_to_the_time_up_to_its_end() -> None:
    hours = np.array([99, 100, 110, 120, 130])
    growth, step = change("drift", 100, 120, 6.0), change("step", 100, None, 6.0)

    assert load_of(growth, hours).tolist() == [0.0, 0.0, 3.0, 6.0, 6.0]
    assert load_of(step, hours).tolist() == [0.0, 6.0, 6.0, 6.0, 6.0]


def test_a_repair_takes_its_part_back_and_a_small_retrofit_does_not() -> None:
    hours = np.array([100, 120, 140])
    leak = change("step", 100, None, 6.0)
    repair, retrofit = change("step", 120, None, -5.0), change("step", 130, None, -1.0)

    assert load_left(leak, [leak, repair, retrofit], hours).tolist() == [6.0, 1.0, 1.0]
