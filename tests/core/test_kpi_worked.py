"""Every formula of docs/kpis.md, by the example that is worked out there by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from enms_core.domain.kpi import Kpi, KpiAnswer
from tests.core.conftest import execute
from tests.core.kpi_example import MORNING, NOW, SIX, second_machine, status, worked_example
from tests.core.kpi_workshop import Workshop
from tests.core.service_desk import MakeDesk, opened_desks

Ask = Callable[..., dict[str, Kpi]]
DAYS = "from 6 am on 1 June 2026 to 7 am on 1 June 2026"


@pytest.fixture
def workshop(empty_url: str) -> Workshop:
    return Workshop(empty_url)


@pytest.fixture
def desks(empty_url: str) -> Iterator[MakeDesk]:
    with opened_desks(empty_url) as make:
        yield make


@pytest.fixture
def ask(workshop: Workshop, desks: MakeDesk) -> Ask:
    """The figures of an answer by name, of the registers as they are by then."""

    def asked(metric: str, *machines: str, period: str = MORNING) -> dict[str, Kpi]:
        answer = desks().ask(
            "kpi", *(machines or ("Lathe",)), metric=metric, period=period, now=NOW
        )
        assert isinstance(answer, KpiAnswer), answer
        return {each.name: each for each in answer.figures}

    return asked


def values(figures: dict[str, Kpi]) -> dict[str, float | None]:
    return {name: each.value for name, each in figures.items()}


def near(**expected: float) -> object:
    return pytest.approx(expected, rel=1e-12)


class TestOneMachine:
    def test_energy_per_unit_is_sum_over_sum(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        assert values(ask("sec")) == near(sec=52.5 / 100)

    def test_the_load_factor_is_energy_over_peak_times_time(
        self, workshop: Workshop, ask: Ask
    ) -> None:
        worked_example(workshop)

        told = ask("load_factor")

        assert values(told) == near(load_factor=100 * 52.5 / (40 * 4), peak_demand=40.0)
        assert told["peak_demand"].at is not None
        assert told["peak_demand"].at.isoformat() == "2026-06-01T08:00:00+02:00"

    def test_the_base_load_is_reached_in_19_of_20_quarter_hours(
        self, workshop: Workshop, ask: Ask
    ) -> None:
        worked_example(workshop)

        # Sorted: 2, 4, 4, ... kW; 5 % of the way from the 1st to the 16th is 0.75 of a step.
        assert values(ask("base_load")) == near(base_load=2 + 0.75 * (4 - 2))

    def test_cost_counts_each_hour_at_its_tariff(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        cost = 0.10 * (3.5 + 20) + 0.20 * (25 + 4)
        assert values(ask("cost")) == near(cost=cost, cost_per_unit=cost / 100)

    def test_carbon_is_energy_times_factor(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        assert values(ask("carbon")) == near(carbon=0.4 * 52.5, carbon_per_unit=0.4 * 0.525)

    def test_operating_hours_are_those_in_which_it_ran(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        assert values(ask("operating_hours")) == near(operating_hours=2.0)

    def test_the_idle_share_is_of_energy(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        told = values(ask("idle_share"))

        assert told == near(idle_share=100 * (3.5 + 2) / 52.5, idle_hours=1.5)

    def test_availability_leaves_out_time_switched_off(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        assert values(ask("availability")) == near(availability=100 * 3.5 / 3.75)

    def test_all_of_them_are_the_same_as_one_by_one(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)

        told = values(ask("all"))

        assert list(told) == [
            "sec", "peak_demand", "load_factor", "base_load", "cost", "carbon", "operating_hours",
            "idle_share", "availability",
        ]  # fmt: skip
        for name in told:
            assert ask(name)[name].value == told[name]


class TestSeveralMachines:
    def test_demand_is_that_of_the_sum(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        second_machine(workshop)

        told = values(ask("load_factor", "Lathe", "Mill"))

        # The mill peaks at 32 kW with the lathe at 2; the lathe at 40 kW with the mill at 8.
        assert told == near(peak_demand=48.0, load_factor=100 * (52.5 + 38) / (48 * 4))

    def test_energy_per_unit_is_all_energy_over_all_units(
        self, workshop: Workshop, ask: Ask
    ) -> None:
        worked_example(workshop)
        second_machine(workshop)

        assert values(ask("sec", "Lathe", "Mill")) == near(sec=(52.5 + 38) / 200)

    def test_shares_are_weighted_by_time_and_energy(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        second_machine(workshop)
        mill = "00000000-0000-0000-0000-0000000000a2"
        status(workshop, "06:00", "idle", mill)
        status(workshop, "06:15", "running", mill)

        both = ("Lathe", "Mill")

        assert values(ask("availability", *both)) == near(availability=100 * 7.5 / 7.75)
        idle = values(ask("idle_share", *both))
        assert idle == near(idle_share=100 * (5.5 + 8) / (52.5 + 38), idle_hours=1.75)
        assert values(ask("operating_hours", *both)) == near(operating_hours=2 + 3.75)

    def test_what_costs_are_divided_by_is_what_all_made(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        second_machine(workshop)

        told = values(ask("cost", "Lathe", "Mill"))

        cost = 8.15 + 0.10 * 22 + 0.20 * 16
        assert told == near(cost=cost, cost_per_unit=cost / 200)


class TestGaps:
    def test_an_hour_without_all_readings_is_in_no_figure_per_unit(
        self, workshop: Workshop, ask: Ask
    ) -> None:
        worked_example(workshop)
        execute(workshop.url, "DELETE FROM energy_readings WHERE time = '2026-06-01 08:15+02'")

        assert values(ask("sec")) == near(sec=27.5 / 40)
        told = values(ask("cost"))
        assert told == near(cost=8.15 - 1.0, cost_per_unit=(0.10 * 23.5 + 0.20 * 4) / 40)
        assert ask("carbon")["carbon_per_unit"].value == pytest.approx(0.4 * 27.5 / 40, rel=1e-12)

    def test_a_gap_does_not_lower_the_load_factor(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        execute(workshop.url, "DELETE FROM energy_readings WHERE time = '2026-06-01 06:15+02'")

        assert ask("load_factor")["load_factor"].value == pytest.approx(100 * 51.5 / (40 * 3.75))

    def test_time_before_the_history_is_not_counted(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        execute(workshop.url, "DELETE FROM machine_status_history WHERE time = %s", SIX)

        told = ask("idle_share")

        assert told["idle_share"].value == pytest.approx(100 * 2 / 49.0, rel=1e-12)
        assert told["idle_share"].is_partial


class TestUnknown:
    @pytest.mark.parametrize("metric", ["sec", "cost", "carbon"])
    def test_without_output_nothing_is_told_per_unit(
        self, workshop: Workshop, ask: Ask, metric: str
    ) -> None:
        worked_example(workshop)
        execute(workshop.url, "UPDATE production_data SET production_count = 0")

        told = ask(metric)

        name = metric if metric == "sec" else f"{metric}_per_unit"
        assert (told[name].value, told[name].reason) == (None, "no_output")

    def test_without_production_it_is_said(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        execute(workshop.url, "DELETE FROM production_data")

        assert ask("sec")["sec"].reason == "no_production"
        assert ask("cost")["cost_per_unit"].reason == "no_production"

    def test_without_a_history_no_time_is_told(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        execute(workshop.url, "DELETE FROM machine_status_history")

        for metric in ("operating_hours", "idle_share", "availability"):
            assert ask(metric)[metric].reason == "no_status"

    def test_a_history_without_modes_tells_only_how_long_it_ran(
        self, workshop: Workshop, ask: Ask
    ) -> None:
        worked_example(workshop)
        execute(workshop.url, "ALTER TABLE machine_status_history ALTER mode DROP NOT NULL")
        execute(workshop.url, "UPDATE machine_status_history SET mode = NULL")

        assert values(ask("operating_hours")) == near(operating_hours=2.0)
        assert ask("idle_share")["idle_share"].reason == "no_modes"
        assert ask("availability")["availability"].reason == "no_modes"

    def test_a_machine_that_was_off_all_the_time_has_no_availability(
        self, workshop: Workshop, ask: Ask
    ) -> None:
        worked_example(workshop)
        execute(workshop.url, "UPDATE machine_status_history SET mode = 'off', is_running = false")

        assert ask("availability")["availability"].reason == "switched_off"

    def test_a_meter_of_a_day_tells_no_idle_share(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        execute(workshop.url, "UPDATE meters SET nominal_interval_seconds = 7200")

        assert ask("idle_share")["idle_share"].reason == "no_block"

    def test_nothing_used_is_no_share_of_it(self, workshop: Workshop, ask: Ask) -> None:
        worked_example(workshop)
        execute(workshop.url, "UPDATE energy_readings SET energy_kwh = 0")

        assert ask("idle_share")["idle_share"].reason == "no_use"
        assert ask("load_factor")["load_factor"].reason == "no_use"
