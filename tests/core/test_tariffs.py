"""Prices and carbon factors as the registers tell them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timezone
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest

from enms_core.analysis.tariff import energy_cost, priced_stretches
from enms_core.domain.carbon import CarbonFactor
from enms_core.domain.period import Period
from enms_core.domain.tariff import ALL_WEEKDAYS, Money, PricedQuantity, Tariff
from enms_core.storage.carbon import load_carbon_factors
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.consumption import Segment, consumption
from enms_core.storage.store import Store
from enms_core.storage.tariffs import load_tariffs
from tests.conftest import run_on
from tests.core.conftest import execute, rows

UTC = timezone.utc
SPRING = datetime(2026, 3, 1, tzinfo=UTC)
SITES = """
INSERT INTO factories (name, timezone, currency, country)
VALUES ('Works', 'Europe/Berlin', 'EUR', 'DE'), ('Plant', 'America/Chicago', 'USD', 'US'),
       ('Shed', 'UTC', NULL, NULL)
"""
TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from, valid_to, demand_charge_per_kw)
SELECT f.id, s.id, %s, %s, %s, %s, %s::time, %s::time, '2026-03-01Z', %s, %s
FROM factories AS f, energy_sources AS s WHERE f.name = 'Works' AND s.name = 'electricity'
"""
FACTOR = """
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, source)
SELECT id, %s, %s, '2026-03-01Z', %s FROM energy_sources WHERE name = 'electricity'
"""


@pytest.fixture
def sites_url(empty_url: str) -> str:
    execute(empty_url, SITES)
    return empty_url


def by_name(url: str, found: Mapping[tuple[UUID, UUID], object]) -> dict[tuple[str, str], object]:
    names = {id_: str(name) for id_, name in rows(url, "SELECT id, name FROM factories")}
    names |= {id_: str(name) for id_, name in rows(url, "SELECT id, name FROM energy_sources")}
    return {(names[site], names[source]): each for (site, source), each in found.items()}


def tariffs_in(url: str) -> dict[tuple[str, str], object]:
    found = run_on(url, lambda store: load_tariffs(store.readings))
    assert isinstance(found, dict)
    return by_name(url, found)


def factors_in(url: str) -> dict[tuple[str, str], object]:
    found = run_on(url, lambda store: load_carbon_factors(store.readings))
    assert isinstance(found, dict)
    return by_name(url, found)


def test_a_row_becomes_a_tariff_with_the_decimals_that_were_written(sites_url: str) -> None:
    execute(sites_url, TARIFF, "peak", 0.1, "EUR", [0, 4], "08:00", "20:30", SPRING, 9.05)

    assert tariffs_in(sites_url) == {
        ("Works", "electricity"): (
            Tariff(
                name="peak",
                rate_per_unit=Decimal("0.1"),
                currency="EUR",
                weekdays=frozenset({0, 4}),
                start_time=time(8),
                end_time=time(20, 30),
                valid_from=SPRING,
                valid_to=SPRING,
                demand_charge_per_kw=Decimal("9.05"),
            ),
        )
    }


def test_a_window_up_to_midnight_may_be_written_as_24_hours(sites_url: str) -> None:
    execute(sites_url, TARIFF, "late", 0.1, "EUR", [0], "16:00", "24:00", None, None)
    execute(sites_url, TARIFF, "all", 0.2, "EUR", [1], "00:00", "24:00", None, None)

    late, whole = tariffs_in(sites_url)["Works", "electricity"]  # type: ignore[misc]

    assert (late.start_time, late.end_time) == (time(16), time(0))
    assert (whole.start_time, whole.end_time) == (time(0), time(0))


def test_a_source_without_tariff_rows_has_its_flat_rate_in_each_sites_currency(
    sites_url: str,
) -> None:
    execute(sites_url, "UPDATE energy_sources SET cost_per_unit = 0.15 WHERE name = 'electricity'")
    execute(sites_url, TARIFF, "day", 0.2, "EUR", [*range(7)], "00:00", "00:00", None, None)

    found = tariffs_in(sites_url)

    flat = {
        site: (Tariff("flat", Decimal("0.15"), currency, basis="flat"),)
        for site, currency in (("Plant", "USD"), ("Shed", None))
    }
    assert {site: found[site, "electricity"] for site in flat} == flat
    (own,) = found["Works", "electricity"]  # type: ignore[misc]
    assert (own.basis, own.rate_per_unit, own.weekdays) == ("tariff", Decimal("0.2"), ALL_WEEKDAYS)


def test_a_source_without_any_price_is_left_out(sites_url: str) -> None:
    assert tariffs_in(sites_url) == {}


def test_a_row_without_a_rate_keeps_the_flat_rate_from_standing_in(sites_url: str) -> None:
    execute(sites_url, "UPDATE energy_sources SET cost_per_unit = 0.15 WHERE name = 'electricity'")
    execute(sites_url, "ALTER TABLE energy_tariffs ALTER rate_per_unit DROP NOT NULL")
    execute(sites_url, TARIFF, "broken", None, "EUR", [0], "00:00", "00:00", None, None)

    assert tariffs_in(sites_url)["Works", "electricity"] == ()


def test_numbers_of_another_database_are_the_same_numbers(sites_url: str) -> None:
    """An adopted table may have numeric columns, and leave open what holds always."""
    execute(
        sites_url,
        "ALTER TABLE energy_tariffs ALTER rate_per_unit TYPE numeric(10, 4),"
        " ALTER currency DROP NOT NULL, ALTER weekdays DROP NOT NULL,"
        " ALTER start_time DROP NOT NULL, ALTER end_time DROP NOT NULL",
    )
    execute(sites_url, TARIFF, "any", Decimal("0.2"), None, None, None, None, None, None)

    (found,) = tariffs_in(sites_url)["Works", "electricity"]  # type: ignore[misc]

    assert found.rate_per_unit == Decimal("0.2")
    assert (found.currency, found.weekdays) == ("EUR", ALL_WEEKDAYS)
    assert (found.start_time, found.end_time) == (time(0), time(0))


def test_the_demo_plants_day_costs_what_its_rows_add_up_to(plant_url: str) -> None:
    """25 October in Berlin has 25 hours: 12 at the day rate, 13 at the night rate."""
    day = Period(
        datetime.fromisoformat("2026-10-25T00:00+02:00"),
        datetime.fromisoformat("2026-10-26T00:00+01:00"),
    )

    async def cost(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        machine = next(each for each in catalogue.machines if each.name == "HVAC-Main")
        source = catalogue.source("electricity")
        tariffs = (await load_tariffs(store.readings))[machine.factory_id, source.id]
        stretches = priced_stretches(day, tariffs, catalogue.factory(machine.factory_id).zone)
        uses = await consumption(
            store.readings, source, [Segment(machine.id, s.start, s.end) for s in stretches]
        )
        priced = zip(stretches, uses, strict=True)
        return energy_cost(PricedQuantity(stretch, use.quantity) for stretch, use in priced)

    found = run_on(plant_url, cost)

    with psycopg.connect(plant_url) as connection:
        expected = connection.execute(OCTOBER_COST).fetchone()
    assert expected is not None
    ((amount, currency),) = ((m.amount, m.currency) for m in found.amounts)  # type: ignore[attr-defined]
    assert currency == "EUR"
    assert float(amount) == pytest.approx(expected[0], rel=1e-9)


# The same in SQL of its own: each row at the rate of its local hour.
OCTOBER_COST = """
SELECT sum(energy_kwh * CASE WHEN extract(hour FROM time AT TIME ZONE 'Europe/Berlin')
                                  BETWEEN 8 AND 19 THEN 0.20 ELSE 0.10 END)
FROM energy_readings JOIN machines ON machines.id = machine_id
WHERE name = 'HVAC-Main' AND (time AT TIME ZONE 'Europe/Berlin')::date = '2026-10-25'
"""


def test_a_site_has_the_factors_of_its_country_and_those_of_no_region(sites_url: str) -> None:
    execute(sites_url, FACTOR, "de", 0.38, "UBA, location based")
    execute(sites_url, FACTOR, "US", 0.37, "eGRID")
    execute(sites_url, FACTOR, None, 0.45, "IEA")
    execute(sites_url, "UPDATE carbon_factors SET valid_to = '2027-01-01Z' WHERE region = 'US'")

    found = factors_in(sites_url)

    everywhere = CarbonFactor(0.45, None, "IEA", SPRING)
    german = CarbonFactor(0.38, "de", "UBA, location based", SPRING)
    american = CarbonFactor(0.37, "US", "eGRID", SPRING, datetime(2027, 1, 1, tzinfo=UTC))
    assert found == {
        ("Works", "electricity"): (everywhere, german),
        ("Plant", "electricity"): (everywhere, american),
        ("Shed", "electricity"): (everywhere,),
    }


def test_a_source_without_factors_for_a_site_has_its_flat_intensity(sites_url: str) -> None:
    execute(sites_url, "UPDATE energy_sources SET carbon_intensity = 2.03 WHERE unit = 'm³'")
    execute(
        sites_url, "UPDATE energy_sources SET carbon_intensity = 0.45 WHERE name = 'electricity'"
    )
    execute(sites_url, FACTOR, "DE", 0.38, "UBA")

    found = factors_in(sites_url)

    flat = (CarbonFactor(0.45, basis="flat"),)
    assert found["Plant", "electricity"] == found["Shed", "electricity"] == flat
    assert found["Works", "electricity"] == (CarbonFactor(0.38, "DE", "UBA", SPRING),)
    assert found["Works", "natural_gas"] == (CarbonFactor(2.03, basis="flat"),)
    assert ("Works", "steam") not in found


def test_money_of_the_demo_plants_sites_is_told_per_currency(plant_url: str) -> None:
    found = tariffs_in(plant_url)

    rates = {
        (site, each.name): Money(each.rate_per_unit, each.currency)
        for (site, source), tariffs in found.items()
        if source == "electricity"
        for each in tariffs  # type: ignore[attr-defined]
    }
    assert rates[("Demo Manufacturing Plant", "day")] == Money(Decimal("0.2"), "EUR")
    assert rates[("Demo Manufacturing Plant", "night")] == Money(Decimal("0.1"), "EUR")
    assert Money(Decimal("0.12"), "USD") in rates.values()
