"""Quantities of hours under prices that change: by hand, and against minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import numpy as np
import pytest

from enms_core.analysis.rated_hours import shared_out
from enms_core.domain.carbon import CarbonFactor
from enms_core.domain.catalogue import Catalogue, EnergySource, Factory, Machine, Seu
from enms_core.domain.performance import Rated
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money, Tariff
from enms_core.services.hourly_rates import HourlyRates, rated_together

SITE, OTHER, SOURCE = UUID(int=1), UUID(int=2), UUID(int=3)
MIDNIGHT = datetime(2026, 11, 17, tzinfo=timezone.utc)
FIRST = int(MIDNIGHT.timestamp()) // 3600
HOURS = np.arange(FIRST, FIRST + 24)
DAY = Tariff("day", Decimal("0.2"), "EUR", start_time=datetime(1, 1, 1, 8).time(),
             end_time=datetime(1, 1, 1, 20).time())  # fmt: skip
NIGHT = Tariff("night", Decimal("0.1"), "EUR", start_time=datetime(1, 1, 1, 20).time(),
               end_time=datetime(1, 1, 1, 8).time())  # fmt: skip


def of(*sites: UUID) -> SeuOfSource:
    machines = tuple(Machine(UUID(int=9 + n), site, f"M{n}", "") for n, site in enumerate(sites))
    source = EnergySource(SOURCE, "electricity", "kWh", True, "energy_readings", "energy_kwh", 1.0)
    return SeuOfSource(Seu(UUID(int=8), "S", SOURCE, ()), source, machines)


def rates(*tariffs: Tariff, factors: tuple[CarbonFactor, ...] = ()) -> HourlyRates:
    sites = tuple(Factory(id_, str(id_), "UTC", "EUR") for id_ in (SITE, OTHER))
    key = SITE, SOURCE
    return HourlyRates({key: tariffs}, {key: factors} if factors else {}, Catalogue(sites))


def test_hours_are_priced_by_the_tariff_of_each() -> None:
    """Half a kilowatt hour more in each hour: 12 h x 0.5 x 0.20 + 12 h x 0.5 x 0.10 = 1.80."""
    found = rates(DAY, NIGHT).rate(of(SITE), HOURS, np.full(24, 0.5))

    assert found.costs == (Money(Decimal("1.80"), "EUR"),)
    assert not found.cost_missing


def test_carbon_is_by_the_factor_of_each_hour() -> None:
    """0.4 kg up to noon, 0.5 kg after it: 12 x 0.5 x 0.4 + 12 x 0.5 x 0.5 = 5.4 kg."""
    noon = MIDNIGHT + timedelta(hours=12)
    factors = (CarbonFactor(0.4, valid_to=noon), CarbonFactor(0.5, valid_from=noon))

    found = rates(DAY, NIGHT, factors=factors).rate(of(SITE), HOURS, np.full(24, 0.5))

    assert found.carbon_kg == pytest.approx(5.4)


def test_what_is_saved_costs_less_than_nothing() -> None:
    found = rates(DAY, NIGHT).rate(of(SITE), HOURS, np.full(24, -0.5))

    assert found.costs == (Money(Decimal("-1.80"), "EUR"),)


def test_hours_without_a_price_are_told_and_in_no_amount() -> None:
    found = rates(DAY).rate(of(SITE), HOURS, np.full(24, 0.5))

    assert found == Rated((Money(Decimal("1.20"), "EUR"),), True, None)


def test_no_price_is_missing_where_nothing_is_used() -> None:
    by_day = np.where((np.arange(24) >= 8) & (np.arange(24) < 20), 0.5, 0.0)

    found = rates(DAY).rate(of(SITE), HOURS, by_day)

    assert (found.costs, found.cost_missing) == ((Money(Decimal("1.20"), "EUR"),), False)


def test_nothing_more_and_nothing_less_costs_nothing() -> None:
    found = rates(DAY, NIGHT).rate(of(SITE), HOURS, np.zeros(24))

    assert found.costs == (Money(Decimal("0.0"), "EUR"),)


def test_machines_of_several_sites_have_no_common_price() -> None:
    found = rates(DAY, NIGHT).rate(of(SITE, OTHER), HOURS, np.full(24, 0.5))

    assert found == Rated((), True, None)


def test_an_hour_is_shared_out_by_time_where_the_price_changes_in_it() -> None:
    """From 8:15 on: a quarter of the hour's 4 kWh before, the rest after."""
    starts = [MIDNIGHT, MIDNIGHT + timedelta(hours=8, minutes=15)]

    found = shared_out(HOURS[8:10], np.array([4.0, 2.0]), starts)

    assert found == pytest.approx([1.0, 5.0])


def test_shares_are_those_of_minute_by_minute() -> None:
    chance = np.random.default_rng(7)
    quantities = chance.normal(0.0, 1.0, 24)
    minutes = np.sort(chance.choice(np.arange(1, 24 * 60), 40, replace=False))
    starts = [MIDNIGHT, *(MIDNIGHT + timedelta(minutes=int(each)) for each in minutes)]

    found = shared_out(HOURS, quantities, starts)

    place = np.searchsorted(minutes, np.arange(24 * 60), side="right")
    assert found == pytest.approx(np.bincount(place, np.repeat(quantities / 60, 60)), abs=1e-12)


def test_sums_are_by_currency_and_carbon_only_where_all_is_known() -> None:
    euros = Rated((Money(Decimal(2), "EUR"),), False, 3.0)
    dollars = Rated((Money(Decimal(5), "USD"),), True, None)

    assert rated_together([euros, euros]) == Rated((Money(Decimal(4), "EUR"),), False, 6.0)
    both = rated_together([euros, dollars])
    assert both.costs == (Money(Decimal(2), "EUR"), Money(Decimal(5), "USD"))
    assert (both.cost_missing, both.carbon_kg) == (True, None)
    assert rated_together([]) == Rated((), False, None)
