from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.training_hours import (
    OPERATING_HOURS,
    TooFewSamplesError,
    counted,
    ran,
    refuse_too_few,
)
from enms_core.domain.baseline import Sampling
from tests.unit.baselines.made_tables import made

DAY = 24
NAN = float("nan")


def hours(count: int = 3 * DAY, **drivers: list[float]) -> HourlyTable:
    return made(np.full(count, 5.0), drivers)


def with_rows(table: HourlyTable, column: str, rows: dict[int, float]) -> HourlyTable:
    changed = getattr(table, column).copy()
    for row, value in rows.items():
        changed[row] = value
    return replace(table, **{column: changed})


def test_every_hour_of_a_machine_that_always_ran_counts() -> None:
    found = counted(hours(), ())

    assert found.mask.all()
    assert found.sampling == Sampling(72, 72, {})


def test_an_hour_is_left_out_for_one_reason_only() -> None:
    table = with_rows(hours(8, units=[1.0, 1.0, NAN, NAN, NAN, NAN, NAN, 1.0]), "running", {4: 0.0})
    table = with_rows(with_rows(table, "running", {5: 0.0}), "is_stopped", {5: 1})
    table = with_rows(with_rows(table, "is_complete", {3: 0, 4: 0, 5: 0}), "is_backfilled", {6: 1})

    found = counted(table, ("units",))

    assert found.mask.tolist() == [True, True, False, False, False, False, False, True]
    assert found.sampling.left_out == {
        "stopped": 1,
        "not_running": 1,
        "incomplete": 1,
        "backfill": 1,
        "driver_missing": 1,
    }
    assert found.sampling.samples + sum(found.sampling.left_out.values()) == 8


def test_a_driver_that_is_not_used_may_be_missing() -> None:
    table = hours(2, units=[1.0, 2.0], other=[NAN, NAN])

    assert counted(table, ("units",)).mask.all()


def test_a_missing_reading_is_no_use_of_zero() -> None:
    table = with_rows(hours(3), "quantity", {1: NAN})

    assert counted(table, ()).sampling.left_out == {"incomplete": 1}


def test_backfilled_hours_count_if_asked_for() -> None:
    table = with_rows(hours(3), "is_backfilled", {1: 1})

    assert counted(table, ()).sampling.samples == 2
    assert counted(table, (), include_backfill=True).sampling.samples == 3


def test_an_hour_of_which_the_machine_ran_a_part_counts_only_with_operating_hours() -> None:
    table = with_rows(hours(3, **{OPERATING_HOURS: [1.0, 0.5, 1.0]}), "running", {1: 0.5})

    assert counted(table, ()).mask.tolist() == [True, False, True]
    assert counted(table, (OPERATING_HOURS,)).mask.all()


def test_where_no_status_is_known_at_all_every_hour_may_count() -> None:
    table = replace(hours(4), running=np.full(4, NAN))

    assert counted(table, ()).mask.all()
    assert ran(table, ()).all()


def test_hours_before_the_first_known_status_do_not_count() -> None:
    table = with_rows(hours(4), "running", {0: NAN, 1: NAN})

    assert counted(table, ()).sampling.left_out == {"not_running": 2}


def test_hours_ahead_are_those_of_running_whatever_else_is_known() -> None:
    table = with_rows(with_rows(hours(3), "running", {2: 0.0}), "quantity", {0: NAN, 1: NAN})

    assert ran(table, ()).tolist() == [True, True, False]


def test_a_day_is_lost_with_one_hour_of_running_that_is_incomplete() -> None:
    table = with_rows(hours(3 * DAY), "is_complete", {DAY + 5: 0})

    found = counted(table, (), "day")

    assert found.sampling == Sampling(72, 2, {"incomplete": 1})
    assert not found.mask[DAY : 2 * DAY].any()
    assert found.mask.sum() == 2 * DAY


def test_a_day_is_not_lost_with_an_incomplete_hour_in_which_nothing_ran() -> None:
    table = with_rows(hours(2 * DAY), "is_complete", {5: 0})
    table = with_rows(table, "running", {5: 0.0})

    found = counted(table, (), "day")

    assert found.sampling.samples == 2
    assert found.mask.sum() == 2 * DAY - 1


def test_a_day_on_which_nothing_ran_is_no_sample() -> None:
    table = with_rows(hours(2 * DAY), "running", dict.fromkeys(range(DAY), 0.0))
    table = with_rows(table, "is_stopped", dict.fromkeys(range(DAY), 1))

    assert counted(table, (), "day").sampling == Sampling(48, 1, {"stopped": 1})


def test_a_part_of_a_day_at_the_edge_is_no_sample() -> None:
    assert counted(hours(DAY + 10), (), "day").sampling == Sampling(34, 1, {"incomplete": 1})


def test_a_table_of_no_hours_counts_nothing() -> None:
    assert counted(hours(0), ()).sampling == Sampling(0, 0, {})
    assert counted(hours(0), (), "day").sampling == Sampling(0, 0, {})


def test_fewer_than_half_of_enough_samples_are_refused_with_what_is_needed() -> None:
    refuse_too_few(Sampling(900, 500), enough=1000)

    with pytest.raises(TooFewSamplesError) as refused:
        refuse_too_few(Sampling(900, 499), enough=1000)
    assert refused.value.needed == 500
    assert refused.value.sampling.samples == 499
