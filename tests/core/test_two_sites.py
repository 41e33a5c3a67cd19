"""Two sites, two calendars, two currencies: nothing of one is ever counted as the other's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from enms_core.services.reply import Reply
from tests.conftest import PLANT_NOW, Asker
from tests.core.conftest import execute
from tests.core.oracle.case import ALL, DEMO, EU, US
from tests.core.oracle.hearing import amounts

# A lathe in Berlin and a mill in Chicago, one kWh in each hour. The last hour of 17 November is
# 10 kWh in Berlin and 100 kWh in Chicago, each by the clock there.
TWO_SITES = """
INSERT INTO factories (id, name, timezone, currency)
VALUES ('00000000-0000-0000-0000-0000000000f1', 'Spree Works', 'Europe/Berlin', 'EUR'),
       ('00000000-0000-0000-0000-0000000000f2', 'Lake Works', 'America/Chicago', 'USD');
INSERT INTO machines (id, factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000f1',
        'Lathe-1', 'lathe'),
       ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000f2',
        'Mill-1', 'mill');
UPDATE energy_sources SET cost_per_unit = 9, carbon_intensity = 0.5 WHERE name = 'electricity';
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, 3600, 'interval', 'start', s.unit, '2026-11-01T00:00Z'
FROM machines AS m, energy_sources AS s WHERE s.name = 'electricity';
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT m.id, hour,
       CASE WHEN m.name = 'Lathe-1' AND hour = '2026-11-17T23:00+01:00' THEN 10
            WHEN m.name = 'Mill-1' AND hour = '2026-11-17T23:00-06:00' THEN 100 ELSE 1 END
FROM machines AS m,
     generate_series('2026-11-16T00:00Z'::timestamptz, '2026-11-18T12:00Z', '1 hour') AS hour;
"""
# One price in Berlin, by day and by night in Chicago; the flat price of the source is 9.
BERLIN_TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from)
SELECT '00000000-0000-0000-0000-0000000000f1', id, 'whole day', 0.3, 'EUR',
       '{0,1,2,3,4,5,6}', '00:00', '00:00', '2026-01-01T00:00Z'
FROM energy_sources WHERE name = 'electricity';
"""
CHICAGO_TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from)
SELECT '00000000-0000-0000-0000-0000000000f2', id, tariff, rate, 'USD', '{0,1,2,3,4,5,6}',
       first::time, last::time, '2026-01-01T00:00Z'
FROM (VALUES ('day', 0.2, '08:00', '20:00'), ('night', 0.05, '20:00', '08:00'))
     AS own (tariff, rate, first, last), energy_sources WHERE name = 'electricity';
"""
NOON = datetime.fromisoformat("2026-11-18T12:00+01:00")

EngineOn = Callable[..., Asker]


@pytest.fixture
def works(empty_url: str) -> str:
    """A database with the two works and their tariffs."""
    execute(empty_url, TWO_SITES + BERLIN_TARIFF + CHICAGO_TARIFF)
    return empty_url


@pytest.fixture
def plant(plant_url: str, engine_on: EngineOn) -> Asker:
    return engine_on(plant_url)


def test_yesterday_is_each_sites_own_yesterday(works: str, engine_on: EngineOn) -> None:
    """23 hours of 1 kWh and the last hour of each site: 33 in Berlin, 123 in Chicago."""
    reply = engine_on(works).ask("how much energy did we use yesterday", now=NOON)
    assert _by_machine(reply) == {"Lathe-1": 33.0, "Mill-1": 123.0}
    assert reply.data["purchased_energy_kwh"] == 156.0


def test_hours_of_two_sites_are_those_of_one_instant(works: str, engine_on: EngineOn) -> None:
    """Berlin's yesterday has the hours from 0 to 24 there, Chicago's those from 7 on until 7 of the
    next day. Only those from 7 to 24 in Berlin are of both, the last with 10 kWh there and 1 in
    Chicago; Chicago's 100 kWh are of an hour that Berlin's yesterday has not."""
    reply = engine_on(works).ask("hourly energy use of all machines yesterday", now=NOON)
    points = _points(reply)
    assert [each["quantity"] for each in points] == [1, *[1] * 6, *[2] * 16, 11, *[1] * 6, 100]
    assert [each["is_of_all_sites"] for each in points] == [False] * 7 + [True] * 17 + [False] * 7
    assert sum(each["quantity"] for each in points) == reply.data["purchased_energy_kwh"]
    # Told by the clock of the first site, the Lake Works.
    assert "Most was between four p m and five p m, with eleven kilowatt hours" in reply.speech
    assert "Only hours that lie in that time at all the sites are told" in reply.speech


def test_what_is_still_yesterday_at_one_site_is_not_told_as_the_least(
    works: str, engine_on: EngineOn
) -> None:
    """At noon in Berlin it is five in Chicago, where today has five hours: from 7 to 12 here."""
    reply = engine_on(works).ask("hourly energy use of all machines today", now=NOON)
    points = _points(reply)
    assert [each["is_of_all_sites"] for each in points] == [False] * 7 + [True] * 5
    assert "two kilowatt hours per hour" in reply.speech
    assert reply.data["purchased_energy_kwh"] == 12 + 5


def _points(reply: Reply) -> list[dict[str, Any]]:
    series = reply.data["series"]
    assert isinstance(series, list)
    (only,) = series
    points = only["points"]
    assert isinstance(points, list)
    return points


def test_money_is_summed_by_currency_at_each_sites_own_tariff(
    works: str, engine_on: EngineOn
) -> None:
    """Berlin: 33 kWh at 0.3. Chicago: 12 by day at 0.2; 11 and 100 by night at 0.05."""
    reply = engine_on(works).ask("what did we spend on energy yesterday", now=NOON)
    assert _costs(reply) == {"EUR": pytest.approx(9.9), "USD": pytest.approx(7.95)}
    assert (reply.data["cost"], reply.data["currency"]) == (None, None)
    assert {each.unit: each.value for each in amounts(reply.speech)} == {"EUR": 9.9, "USD": 7.95}


def test_a_site_without_a_tariff_has_the_flat_price_and_not_the_other_sites_tariff(
    empty_url: str, engine_on: EngineOn
) -> None:
    execute(empty_url, TWO_SITES + BERLIN_TARIFF)
    reply = engine_on(empty_url).ask("what did we spend on energy yesterday", now=NOON)
    assert _costs(reply) == {"EUR": pytest.approx(9.9), "USD": pytest.approx(9 * 123)}


@pytest.mark.parametrize(
    ("site", "kwh", "money"),
    [("Spree Works", 33.0, {"EUR": 9.9}), ("Lake Works", 123.0, {"USD": 7.95})],
)
def test_we_are_the_devices_own_site(
    works: str, engine_on: EngineOn, site: str, kwh: float, money: dict[str, float]
) -> None:
    asker = engine_on(works, site=site)
    assert asker.ask("how much energy did we use yesterday", now=NOON).data["energy_kwh"] == kwh
    reply = asker.ask("what did we spend on energy yesterday", now=NOON)
    assert _costs(reply) == pytest.approx(money)


def test_a_time_without_a_zone_is_the_devices_own(works: str, engine_on: EngineOn) -> None:
    """1 in the morning of the 18th in Chicago is 8 in Berlin: the same yesterday for both."""
    naive = datetime.fromisoformat("2026-11-18T01:00")
    said = "how much energy has Mill 1 used today"
    here = engine_on(works, site="Lake Works").ask(said, now=naive)
    assert here.data["energy_kwh"] == 1.0
    there = engine_on(works, site="Spree Works").ask(said, now=naive)
    assert there.slots["period"]["end"] == "2026-11-17T18:00:00-06:00"  # type: ignore[index]


def test_no_amount_of_the_plant_is_in_the_other_currency(plant: Asker) -> None:
    reply = plant.ask("what did we spend on energy last month", now=PLANT_NOW)
    machines = reply.data["machines"]
    assert isinstance(machines, list)
    currencies = {
        each["machine"]: [cost["currency"] for cost in each["costs"]] for each in machines
    }
    assert currencies == {name: ["USD"] if name in US else ["EUR"] for name in ALL}


def test_machines_are_ranked_by_cost_in_each_currency_by_itself(plant: Asker) -> None:
    reply = plant.ask("top five machines by cost last month", now=PLANT_NOW)
    items, rankings = reply.data["items"], reply.data["rankings"]
    assert isinstance(items, list)
    assert isinstance(rankings, list)
    assert {(each["currency"], each["machines"]) for each in rankings} == {("EUR", 8), ("USD", 3)}
    for currency, machines in (("EUR", {*DEMO, *EU}), ("USD", {*US})):
        own = [each for each in items if each["currency"] == currency]
        assert {each["machine"] for each in own} <= machines
        assert [each["rank"] for each in own] == list(range(1, len(own) + 1))
    assert reply.data["total"] is None


def test_no_difference_is_told_between_two_currencies(plant: Asker) -> None:
    said = "compare the cost of compressor one and compressor US one last month"
    reply = plant.ask(said, now=PLANT_NOW)
    assert (reply.data["difference"], reply.data["difference_percent"]) == (None, None)
    assert "percent" not in reply.speech


def test_a_site_whose_tariff_charges_no_demand_is_told_so(plant: Asker) -> None:
    reply = plant.ask("what demand charge did the American plant pay last month", now=PLANT_NOW)
    assert (reply.outcome, reply.intent) == ("no_data", "cost")
    assert amounts(reply.speech) == []


def _by_machine(reply: Reply) -> dict[str, float]:
    machines = reply.data["machines"]
    assert isinstance(machines, list)
    return {each["machine"]: each["sources"][0]["energy_kwh"] for each in machines}


def _costs(reply: Reply) -> dict[str, float]:
    costs = reply.data["costs"]
    assert isinstance(costs, list)
    return {each["currency"]: each["amount"] for each in costs}
