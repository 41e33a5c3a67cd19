"""Cost and emissions in SQL, against amounts worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.core.conftest import execute
from tests.core.kpi_workshop import LONG_AGO, SUMMER, Workshop


@pytest.fixture
def workshop(empty_url: str) -> Workshop:
    return Workshop(empty_url)


def day_and_night(workshop: Workshop) -> None:
    workshop.tariff(0.20, "08:00", "20:00")
    workshop.tariff(0.10, "20:00", "08:00")


class TestCost:
    @pytest.mark.parametrize(
        ("zone", "start", "end", "cost"),
        [
            ("Europe/Berlin", "2026-06-01 00:00+02", "2026-06-02 00:00+02", "14.4"),
            ("Europe/Berlin", "2026-03-29 00:00+01", "2026-03-30 00:00+02", "14.0"),
            ("Europe/Berlin", "2026-10-25 00:00+02", "2026-10-26 00:00+01", "14.8"),
            ("Asia/Kolkata", "2026-06-01 00:00+05:30", "2026-06-02 00:00+05:30", "14.4"),
            ("Asia/Kolkata", "2026-06-01 07:30+05:30", "2026-06-01 08:30+05:30", "0.6"),
        ],
        ids=["24 hours", "23 hours", "25 hours", "half hours", "half hours in an hour of UTC"],
    )
    def test_day_and_night_are_those_of_the_factory_s_clock(
        self, workshop: Workshop, zone: str, start: str, end: str, cost: str
    ) -> None:
        execute(workshop.url, "UPDATE factories SET timezone = %s", zone)
        workshop.meter(900)
        day_and_night(workshop)
        first = datetime.fromisoformat(start) - timedelta(hours=1)
        workshop.read(first.isoformat(), [1.0] * 4 * 28)
        assert workshop.ask("energy_cost", start, end) == Decimal(cost)

    def test_a_window_over_midnight_belongs_to_the_weekday_on_which_it_starts(
        self, workshop: Workshop
    ) -> None:
        workshop.meter(3600)
        workshop.tariff(0.30)
        workshop.tariff(0.05, "22:00", "06:00", weekdays=[4])
        workshop.read("2026-06-05 00:00+02", [1.0] * 72, 60)
        # Six hours of Friday's night lie on Saturday, two on Friday.
        saturday = workshop.ask("energy_cost", "2026-06-06 00:00+02", "2026-06-07 00:00+02")
        friday = workshop.ask("energy_cost", "2026-06-05 00:00+02", "2026-06-06 00:00+02")
        assert (saturday, friday) == (Decimal("5.7"), Decimal("6.7"))

    def test_a_window_starts_with_the_first_pass_of_an_hour_that_comes_twice(
        self, workshop: Workshop
    ) -> None:
        workshop.meter(900)
        workshop.tariff(0.0)
        workshop.tariff(1.0, "02:30", "03:30")
        workshop.read("2026-10-25 00:00+02", [1.0] * 100)
        cost = workshop.ask("energy_cost", "2026-10-25 00:00+02", "2026-10-26 00:00+01")
        assert cost == 8

    def test_a_new_tariff_counts_from_its_minute_on(self, workshop: Workshop) -> None:
        workshop.meter(60)
        workshop.tariff(0.20)
        workshop.tariff(0.40, since="2026-06-01 10:07+02")
        workshop.tariff(9.00, since="2026-06-01 10:20+02")
        workshop.read("2026-06-01 10:00+02", [0.1] * 60, 1)
        cost = workshop.ask("energy_cost", "2026-06-01 10:02+02", "2026-06-01 10:15+02")
        assert cost == Decimal("0.42")  # 5 minutes at 0.20 and 8 at 0.40

    def test_of_two_rows_of_one_date_the_narrower_window_counts(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.tariff(1.0, "10:00", "14:00")
        workshop.tariff(2.0, "11:00", "12:00")
        workshop.read("2026-06-01 10:00+02", [1.0] * 4, 60)
        assert workshop.ask("energy_cost", "2026-06-01 10:00+02", "2026-06-01 14:00+02") == 5

    def test_what_no_row_covers_is_missing_unless_nothing_was_used(
        self, workshop: Workshop
    ) -> None:
        workshop.meter(3600)
        workshop.tariff(1.0, "08:00", "20:00", until="2026-06-02 00:00+02")
        workshop.read("2026-06-01 18:00+02", [1.0, 1.0, 0.0, 3.0], 60)
        covered = workshop.all("2026-06-01 18:00+02", "2026-06-01 21:00+02")
        uncovered = workshop.all("2026-06-01 18:00+02", "2026-06-01 22:00+02")
        assert (covered["energy_cost"], covered["cost_basis"]) == (2, "tariff")
        assert (uncovered["energy_cost"], uncovered["cost_basis"]) == (None, "missing")
        assert (covered["currency"], uncovered["currency"]) == ("EUR", None)

    def test_a_rate_in_another_currency_is_none(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.tariff(1.0, currency="USD")
        workshop.read(SUMMER[0], [1.0] * 24, 60)
        assert workshop.all(*SUMMER)["cost_basis"] == "missing"

    def test_without_any_row_the_source_s_own_price_is_taken(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.read(SUMMER[0], [0.1] * 24, 60)
        unpriced = workshop.all(*SUMMER)
        execute(workshop.url, "UPDATE energy_sources SET cost_per_unit = 0.15")
        priced = workshop.all(*SUMMER)
        assert (unpriced["energy_cost"], unpriced["cost_basis"]) == (None, "missing")
        assert (priced["energy_cost"], priced["cost_basis"]) == (Decimal("0.36"), "flat")

    def test_demand_is_charged_by_each_local_month_s_peak(self, workshop: Workshop) -> None:
        workshop.meter(900)
        workshop.tariff(0.10, per_kw=9.0)
        workshop.tariff(0.10, per_kw=10.0, since="2026-06-01 00:00+02")
        workshop.read("2026-05-31 23:30+02", [5.0, 6.0, 7.0, 2.0])
        charge = workshop.ask("demand_charge", "2026-05-01 00:00+02", "2026-07-01 00:00+02")
        assert charge == 24 * 9 + 28 * 10


class TestCarbon:
    def test_the_factor_of_the_country_and_of_the_time_counts(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.factor(0.9, None, LONG_AGO)
        workshop.factor(0.7, "FR", LONG_AGO)
        workshop.factor(0.4, "de", LONG_AGO, "2026-06-01 10:00+02")
        workshop.factor(0.3, "DE", "2026-06-01 06:00+02", "2026-06-01 08:00+02")
        workshop.read(SUMMER[0], [1.0] * 24, 60)
        emissions = 8 * 0.4 + 2 * 0.3 + 14 * 0.9
        told = workshop.all(*SUMMER)
        assert told["emissions_kg_co2e"] == pytest.approx(emissions, rel=1e-12)
        assert told["carbon_basis"] == "factor"
        assert workshop.ask("carbon_intensity", *SUMMER) == pytest.approx(emissions / 24)

    def test_rows_that_do_not_cover_the_time_leave_it_unknown(self, workshop: Workshop) -> None:
        workshop.meter(3600)
        workshop.factor(0.4, "DE", "2026-06-01 10:00+02")
        execute(workshop.url, "UPDATE energy_sources SET carbon_intensity = 0.5")
        workshop.read(SUMMER[0], [1.0] * 24, 60)
        assert workshop.ask("carbon_intensity", *SUMMER) is None
        assert workshop.all(*SUMMER)["carbon_basis"] == "missing"

    def test_rows_of_other_countries_only_leave_the_source_s_own_factor(
        self, workshop: Workshop
    ) -> None:
        workshop.meter(3600)
        workshop.factor(0.1, "FR", LONG_AGO)
        execute(workshop.url, "UPDATE energy_sources SET carbon_intensity = 0.5")
        workshop.read(SUMMER[0], [1.0] * 24, 60)
        assert workshop.ask("carbon_intensity", *SUMMER) == 0.5
        assert workshop.all(*SUMMER)["carbon_basis"] == "flat"
