"""Each rule on hours whose figures are computed by hand."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest

from enms_core.analysis.base_load import base_load
from enms_core.analysis.idle import idle
from enms_core.analysis.part_load import part_load
from enms_core.analysis.schedule import hour_of_week, schedule
from enms_core.domain.opportunity import Thresholds
from tests.unit.performance.made_hours import machine

THRESHOLDS = Thresholds()
RULES = (idle, schedule, base_load, part_load)


def test_a_machine_that_works_and_is_off_has_no_opportunity() -> None:
    asked = machine().asked()

    assert [rule(asked, THRESHOLDS) for rule in RULES] == [None] * 4


def test_idling_at_weekends_costs_what_it_uses_above_being_off() -> None:
    # Four weeks of 48 h at 5 kWh = 960 kWh beside 80 h a week at 20 kWh and 40 h at 0.5 kWh:
    # 960 / (6400 + 80 + 960) = 12.9 %. While off 0.5: 48 h x 4.5 kWh = 216 kWh a week.
    made = machine()
    idling = made.changed(made.weekday >= 5, quantity=5.0, is_stopped=False)

    found = idle(idling.asked(), THRESHOLDS)

    assert found is not None
    assert found.value == pytest.approx(100.0 * 960.0 / 7440.0)
    assert found.quantity == pytest.approx(4 * 216.0)
    assert found.weekly.quantity == pytest.approx(216.0)
    assert found.weekly.lower == pytest.approx(216.0)
    assert found.suspicion == "standby"
    assert found.evidence["hours"] == 4 * 48.0
    assert found.evidence["off_per_hour"] == 0.5


def test_running_without_an_output_is_idling() -> None:
    made = machine()
    evenings = made.works & (made.hour >= 20)

    found = idle(made.changed(evenings, units=0.0).asked(), THRESHOLDS)

    # 5 x 2 h a week at 20 kWh, 0.5 kWh while off.
    assert found is not None
    assert found.weekly.quantity == pytest.approx(10.0 * 19.5)


def test_an_output_that_is_not_known_is_not_none() -> None:
    made = machine()
    evenings = made.works & (made.hour >= 20)

    assert idle(made.changed(evenings, units=np.nan).asked(), THRESHOLDS) is None


def test_hours_of_an_unknown_status_are_not_idle() -> None:
    made = machine()
    unknown = made.changed(made.weekday >= 5, quantity=5.0, running=np.nan, is_stopped=False)

    assert idle(unknown.asked(), THRESHOLDS) is None


def test_running_at_night_is_found_with_its_day() -> None:
    made = machine()
    since = 24 * (7 * 8 - 10)
    nights = (np.arange(len(made.table)) >= since) & (made.hour < 4)
    night_running = made.changed(nights, running=1.0, is_stopped=False, quantity=8.0)

    found = schedule(night_running.asked(), THRESHOLDS)

    # 28 h a week at 8 kWh, 0.5 kWh while off.
    assert found is not None
    begun = datetime.fromtimestamp(3600 * int(made.table.hours[since]), timezone.utc)
    assert found.since == begun
    assert found.value == pytest.approx(28.0)
    assert found.weekly.quantity == pytest.approx(28.0 * 7.5)
    assert found.quantity == pytest.approx(40.0 * 7.5)


def test_a_longer_shift_that_makes_something_is_no_opportunity() -> None:
    made = machine()
    since = 24 * (7 * 8 - 10)
    nights = (np.arange(len(made.table)) >= since) & (made.hour < 4)
    worked = made.changed(nights, running=1.0, is_stopped=False, quantity=8.0, units=50.0)

    assert schedule(worked.asked(), THRESHOLDS) is None


def test_one_weekend_left_running_is_told_without_a_day_it_began() -> None:
    made = machine()
    last_weekend = (np.arange(len(made.table)) >= 24 * 7 * 7) & (made.weekday >= 5)
    left_on = made.changed(last_weekend, running=1.0, is_stopped=False, quantity=8.0)

    found = schedule(left_on.asked(days=14), THRESHOLDS)

    assert found is not None
    assert found.since is None
    assert found.quantity == pytest.approx(48.0 * 7.5)
    assert found.value == pytest.approx(24.0)


def test_of_a_new_machine_nothing_is_usual() -> None:
    made = machine(weeks=3)
    weekend = made.changed(made.weekday >= 5, running=1.0, is_stopped=False)

    assert schedule(weekend.asked(days=7), THRESHOLDS) is None


def test_use_while_off_above_a_tenth_of_running_is_base_load() -> None:
    # 88 h a week at 3 kWh; 3 / 20 = 15 %.
    made = machine()

    found = base_load(made.changed(~made.works, quantity=3.0).asked(), THRESHOLDS)

    assert found is not None
    assert found.value == pytest.approx(15.0)
    assert found.weekly.quantity == pytest.approx(88.0 * 3.0)


def test_poor_load_takes_more_for_the_same_output() -> None:
    # At 100 units 20 kWh: 0.2 kWh each. Mondays 20 units and 12 kWh: 12 - 20 x 0.2 = 8 kWh an hour.
    made = machine()
    mondays = made.works & (made.weekday == 0)
    poor = made.changed(mondays, units=20.0, quantity=12.0)

    found = part_load(poor.asked(), THRESHOLDS)

    assert found is not None
    assert found.value == pytest.approx(20.0)
    assert found.weekly.quantity == pytest.approx(16.0 * 8.0)
    assert found.evidence["specific"] == pytest.approx(0.6)
    assert found.evidence["good_specific"] == pytest.approx(0.2)


def test_the_hour_of_the_week_is_told_from_the_local_day() -> None:
    made = machine(weeks=1)

    assert (hour_of_week(made.table) % 24 == made.hour).all()


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (23, [0, 1, 3, 4]),
        (25, [0, 1, 2, 2]),
    ],
)
def test_a_day_with_a_clock_change_keeps_its_hours(hours: int, expected: list[int]) -> None:
    # Three local days, the second of them with a clock change at two o'clock.
    table = machine(weeks=1).table
    day = np.concatenate([np.zeros(24), np.ones(hours), np.full(len(table) - 24 - hours, 2)])
    changed = type(table)(**{**vars(table), "local_day": day.astype(np.int64)})

    found = hour_of_week(changed)[24 : 24 + hours] % 24

    assert found[:4].tolist() == expected
    assert found[-1] == 23
