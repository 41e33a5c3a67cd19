"""What training decides before and after the fit, without a database."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray

from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.hourly_table import DriverSpec, HourlyTable
from enms_core.analysis.training_hours import OPERATING_HOURS, TooFewSamplesError, counted
from enms_core.domain.baseline import Grain
from enms_core.domain.catalogue import EnergySource, Seu
from enms_core.domain.seu import SeuOfSource
from enms_core.services.driver_faults import table_faults
from enms_core.services.training import suggested, too_few
from tests.unit.baselines.made_tables import PRODUCTION, made

Floats = NDArray[np.float64]
POWER, PRESS = UUID(int=1), UUID(int=2)
OF = SeuOfSource(
    Seu(UUID(int=3), "Press-3 electricity", POWER, (PRESS,)),
    EnergySource(POWER, "electricity", "kWh", True, "energy_readings", "energy_kwh"),
    (),
)
RUNNING_HOURS = DriverSpec(OPERATING_HOURS, aggregation="sum", is_condition=False)
DAYS = 80


def running(hours_of_day: NDArray[np.int64]) -> Floats:
    """1 in the first hours of each day, half of the next one, then 0."""
    hour = np.arange(24)
    shares = [np.select([hour < n, hour == n], [1.0, 0.5]) for n in hours_of_day]
    return np.concatenate(shares)


def shifts(days: int = DAYS) -> HourlyTable:
    """A machine that runs 6 to 20 hours a day and a part of one, with two units an hour; the use is
    6 an hour and 1 a unit."""
    ran = running(np.random.default_rng(5).integers(6, 21, days))
    chance = np.random.default_rng(6)
    units = ran * chance.uniform(1.0, 3.0, len(ran))
    use = 6.0 * ran + units + ran * chance.normal(0.0, 0.05, len(ran))
    columns = {"units": units, OPERATING_HOURS: ran, "flat": np.ones(len(ran))}
    table = made(use, columns, (PRODUCTION, RUNNING_HOURS))
    return replace(table, running=ran)


class TestFaultsOfDrivers:
    @pytest.mark.parametrize("grain", ["hour", "day"])
    def test_operating_hours_vary_over_the_samples_of_a_model_with_them(self, grain: Grain) -> None:
        assert table_faults(shifts(), ("units", OPERATING_HOURS), grain) == {}
        assert table_faults(shifts(), (OPERATING_HOURS,), grain) == {}

    def test_operating_hours_of_a_machine_that_never_rests_are_constant(self) -> None:
        table = replace(shifts(), running=np.ones(24 * DAYS))
        always = {**table.drivers, OPERATING_HOURS: np.ones(24 * DAYS)}

        faults = table_faults(replace(table, drivers=always), (OPERATING_HOURS,), "day")

        assert faults == {OPERATING_HOURS: "constant"}

    def test_what_is_the_same_in_each_hour_is_constant_in_hours_and_in_means_of_days(self) -> None:
        # A tenth is not exact: the mean of 24 is another number than that of 7.
        table = replace(shifts(), drivers={"flat": np.full(24 * DAYS, 0.1)})

        assert table_faults(table, ("flat",), "hour") == {"flat": "constant"}
        assert table_faults(table, ("flat",), "day") == {"flat": "constant"}

    def test_what_varies_in_hours_may_be_the_same_every_day(self) -> None:
        clock = np.tile(np.arange(24.0), DAYS)
        table = made(1.0 + clock, {"clock": clock})

        assert table_faults(table, ("clock",), "hour") == {}
        assert table_faults(table, ("clock",), "day") == {"clock": "constant"}

    def test_what_is_unknown_while_the_machine_runs_has_no_data(self) -> None:
        table = shifts()
        standing = np.where(table.running > 0.0, np.nan, table.hours.astype(np.float64))

        found = table_faults(replace(table, drivers={"at night": standing}), ("at night",))

        assert found == {"at night": "no_data"}

    def test_too_few_samples_are_no_fault_of_a_driver(self) -> None:
        table = shifts()
        later = replace(table, is_backfilled=np.ones(len(table), dtype=np.bool_))

        assert table_faults(later, ("units",)) == {}
        assert table_faults(later, ("flat",), include_backfill=True) == {"flat": "constant"}

    def test_operating_hours_are_suggested_for_days(self) -> None:
        table = shifts()

        assert suggested(table, tuple(table.drivers), "day") == ("units", OPERATING_HOURS)


class TestDaysMore:
    def too_few(self, table: HourlyTable, needed: int, grain: Grain, *drivers: str) -> int | None:
        error = TooFewSamplesError(counted(table, drivers, grain).sampling, needed)
        return too_few(error, OF, table, grain, drivers).days_more

    def test_a_machine_of_one_shift_gives_a_day_a_day(self) -> None:
        # Ten days of 8 hours: 20 more are needed, and each day is one.
        ran = running(np.full(10, 8))
        table = replace(made(ran, {"units": ran}), running=ran)

        assert self.too_few(table, 30, "day") == 20

    def test_hours_come_as_many_a_day_as_lately(self) -> None:
        ran = running(np.full(10, 8))
        table = replace(made(ran, {"units": ran}), running=ran)

        assert self.too_few(table, 500, "hour") == 53  # 420 hours at 8 a day

    def test_hours_of_which_a_driver_is_unknown_bring_nothing(self) -> None:
        every_other_day = np.repeat(np.arange(10) % 2 == 0, 24)
        units = np.where(every_other_day, 5.0, np.nan)
        table = made(np.ones(240), {"units": units})

        assert self.too_few(table, 240, "hour", "units") == 10  # 120 hours at 12 a day
        assert self.too_few(table, 10, "day", "units") == 10

    def test_hours_of_running_in_part_bring_something_where_operating_hours_are_a_driver(
        self,
    ) -> None:
        table = replace(
            made(np.ones(240), {OPERATING_HOURS: np.full(240, 0.5)}), running=np.full(240, 0.5)
        )

        assert self.too_few(table, 480, "hour") is None
        assert self.too_few(table, 480, "hour", OPERATING_HOURS) == 10


class TestEnough:
    def test_the_choice_of_drivers_needs_as_many_samples_as_a_model(self) -> None:
        table = shifts(20)
        hours = counted(table, ("units",)).sampling.samples

        assert 200 < hours < 500  # few by the unwritten 1,000, enough by 400
        assert choose_drivers(table, ("units",)) == ()
        assert choose_drivers(table, ("units",), enough=400) == ("units",)
        assert suggested(table, ("units",), enough=400) == ("units",)
        assert suggested(table, ("units",), "day", enough=40) == ("units",)
        assert suggested(table, ("units",), "day", enough=42) == ()
