"""What energy cost, as told beside its total."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import PeriodPhrase
from tests.conftest import Asker
from tests.core.conftest import execute
from tests.core.energy_asking import answer_of
from tests.core.energy_metric_cases import ALL_TIME
from tests.core.oracle.case import ALL, POWER, US

MakeAsker = Callable[..., Asker]


COST_OF_YESTERDAY = """
SELECT sum(energy_kwh * CASE WHEN extract(hour FROM time AT TIME ZONE 'Europe/Berlin') >= 8
                              AND extract(hour FROM time AT TIME ZONE 'Europe/Berlin') < 20
                             THEN 0.20 ELSE 0.10 END)
FROM energy_readings JOIN machines ON machines.id = machine_id
WHERE name = 'Compressor-1' AND time >= '2026-11-17T00:00+01:00'
  AND time < '2026-11-18T00:00+01:00'
"""
# A price for the hours of the day alone.
DAY_TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency,
                            weekdays, start_time, end_time, valid_from)
SELECT '00000000-0000-0000-0000-00000000000f', id, 'day', 0.2, 'EUR', '{0,1,2,3,4,5,6}',
       '08:00', '20:00', '2026-01-01T00:00+01:00'
FROM energy_sources WHERE name = 'electricity'
"""


def test_a_day_is_priced_by_the_hour(
    plant_asker: Asker, plant_connection: psycopg.Connection
) -> None:
    """Ten cents at night, twenty by day."""
    answer = answer_of(plant_asker, "total", ("Compressor-1",), YESTERDAY)
    (expected,) = plant_connection.execute(COST_OF_YESTERDAY).fetchone() or (None,)
    data = answer.data()
    assert (data["cost"], data["currency"]) == (pytest.approx(float(expected)), "EUR")
    assert {(rule.energy_source, rule.basis) for rule in answer.evidence().prices} == {
        (POWER, "tariff")
    }


def test_two_currencies_are_two_sums(plant_asker: Asker) -> None:
    data = answer_of(plant_asker, "total", ALL, YESTERDAY).data()
    costs = data["costs"]
    assert isinstance(costs, list)
    assert [each["currency"] for each in costs] == ["EUR", "USD"]
    for currency, machines in (("EUR", set(ALL) - set(US)), ("USD", set(US))):
        own = answer_of(plant_asker, "total", tuple(machines), YESTERDAY).data()["cost"]
        assert own in [pytest.approx(each["amount"]) for each in costs
                       if each["currency"] == currency]  # fmt: skip
    assert (data["cost"], data["currency"]) == (None, None)


@pytest.mark.parametrize("surroundings", [{"verbosity": "brief"}, {"is_follow_up": True}], ids=str)
def test_who_wants_it_short_or_asks_on_hears_no_cost(
    plant_asker: Asker, surroundings: dict[str, object]
) -> None:
    answer = answer_of(plant_asker, "total", ("Compressor-1",), YESTERDAY, **surroundings)
    assert (answer.data()["cost"], answer.data()["costs"]) == (None, [])


@pytest.mark.parametrize(
    ("metric", "machines", "phrase", "sources"),
    [
        ("by_source", ("Boiler-1",), YESTERDAY, ()),
        ("average", ("Boiler-1",), YESTERDAY, ()),
        ("total", ("Boiler-1",), YESTERDAY, ("steam",)),
        ("total", ("Boiler-1",), YESTERDAY, ("electricity", "steam")),
        ("total", ("Compressor-1",), ALL_TIME, ()),
    ],
)
def test_the_cost_is_not_told_where_it_was_not_asked_or_is_not_money_spent(
    plant_asker: Asker,
    metric: str,
    machines: tuple[str, ...],
    phrase: PeriodPhrase,
    sources: tuple[str, ...],
) -> None:
    assert answer_of(plant_asker, metric, machines, phrase, sources).data()["cost"] is None


def test_a_price_that_is_missing_for_some_hours_leaves_the_cost_unsaid(
    workshop_url: str, engine_on: MakeAsker
) -> None:
    execute(workshop_url, DAY_TARIFF)
    answer = answer_of(engine_on(workshop_url), "total", ("Lathe-7",), YESTERDAY)
    assert isinstance(answer, EnergyAnswer)
    assert (answer.uses[0].quantity, answer.data()["cost"]) == (60.0, None)
