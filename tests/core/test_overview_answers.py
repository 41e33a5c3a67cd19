"""A factory at a glance, against SQL of its own: each figure as the question for it tells it."""

from __future__ import annotations

from datetime import datetime

import psycopg
import pytest

from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Scope
from enms_core.services.energy import answer_energy
from enms_core.services.overview import answer_factory_overview
from tests.conftest import PLANT_NOW
from tests.core.answering import Works, works_on
from tests.core.conftest import execute
from tests.core.energy_truth import by_source, truths_of
from tests.core.oracle.case import ALL, DEMO, EU, US, Case
from tests.core.status_cases import CALENDAR, PHRASES
from tests.core.status_truth import NOW, asked

SITES = {
    "Demo Manufacturing Plant": DEMO,
    "European Production Facility": EU,
    "American Assembly Plant": US,
}
WHEN = ("today", "yesterday", "last week", "the long day", "the short day")

# What a machine's electricity and gas cost and caused, row by row: the demo plant's tariffs and
# flat prices as its documentation has them.
MONEY = """
SELECT sum(r.energy_kwh * CASE
           WHEN f.name LIKE 'European%%' THEN 0.18
           WHEN f.name LIKE 'American%%' THEN 0.12
           WHEN extract(hour FROM r.time AT TIME ZONE f.timezone) BETWEEN 8 AND 19 THEN 0.20
           ELSE 0.10 END),
       sum(r.energy_kwh * 0.45)
FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id
JOIN factories AS f ON f.id = m.factory_id
WHERE m.name = %(machine)s AND r.time >= %(start)s AND r.time < %(end)s
"""
GAS_MONEY = """
SELECT coalesce(sum(consumption_m3), 0) * 0.50, coalesce(sum(consumption_m3), 0) * 2.03
FROM natural_gas_readings AS r JOIN machines AS m ON m.id = r.machine_id
WHERE m.name = %(machine)s AND r.time >= %(start)s AND r.time < %(end)s
"""


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Works:
    return works_on(plant_url)


def case_of(machines: tuple[str, ...], when: str) -> Case:
    berlin, chicago = CALENDAR[when]
    return Case("", machines, berlin, chicago)


def money_of(url: str, case: Case) -> tuple[dict[str, float], float]:
    """Cost by currency, and emissions [kg]."""
    costs: dict[str, float] = {}
    emitted = 0.0
    for machine in case.machines:
        currency = "USD" if machine in US else "EUR"
        for start, end in case.stretches(machine):
            for sql in (MONEY, GAS_MONEY):
                ((cost, kg),) = asked(url, sql, machine=machine, start=start, end=end)
                costs[currency] = costs.get(currency, 0.0) + float(cost or 0)
                emitted += float(kg or 0)
    return costs, emitted


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("site", [None, *SITES])
def test_every_figure_is_what_the_database_adds_up(
    plant: Works, site: str | None, when: str
) -> None:
    machines = SITES[site] if site else ALL
    case = case_of(machines, when)
    scope = plant.site(site) if site else None

    told = plant.ask(
        answer_factory_overview, plant.question(scope=scope, period=PHRASES[when])
    ).data

    with psycopg.connect(plant.url) as connection:
        truths = truths_of(case, connection)
    for source in told["energy"]["sources"]:
        truth = by_source(truths)[source["energy_source"]]
        assert source["quantity"] == pytest.approx(truth.quantity, rel=1e-9)
        assert source["readings"] == truth.readings
    costs, emitted = money_of(plant.url, case)
    assert {c["currency"]: c["amount"] for c in told["costs"]} == pytest.approx(costs, rel=1e-9)
    assert told["emissions_kg_co2e"] == pytest.approx(emitted, rel=1e-9)
    energy: dict[str, float] = {}
    for (machine, _), truth in truths.items():
        energy[machine] = energy.get(machine, 0.0) + (truth.energy_kwh or 0.0)
    biggest = sorted(energy, key=lambda machine: -energy[machine])[:3]
    assert [t["machine"] for t in told["top"]] == biggest
    assert [t["value"] for t in told["top"]] == pytest.approx([energy[m] for m in biggest])
    assert told["machines_total"] == len(machines)
    last = [truth.last for truth in truths.values() if truth.last is not None]
    assert datetime.fromisoformat(told["latest_reading"]) == max(last)


@pytest.mark.parametrize("when", WHEN)
def test_running_machines_are_counted_only_where_the_period_reaches_to_now(
    plant: Works, when: str
) -> None:
    told = plant.ask(answer_factory_overview, plant.question(period=PHRASES[when]))

    if when != "today":
        assert told.data["machines_running"] is None
        return
    states = [asked(plant.url, NOW, machine=machine, now=PLANT_NOW)[0] for machine in ALL]
    assert told.data["machines_running"] == sum(running for _, running in states)
    assert "Machines running now: " in told.speech


def test_the_overview_is_said_in_a_few_short_sentences(plant: Works) -> None:
    question = plant.question(scope=plant.site("Demo Manufacturing Plant"))

    told = plant.ask(answer_factory_overview, question)

    assert not any(character.isdigit() for character in told.speech)
    assert 4 <= told.speech.count(". ") + 1 <= 6
    assert told.speech.startswith("Demo manufacturing plant used ")


def test_the_energy_is_that_of_the_question_for_energy(plant: Works) -> None:
    question = plant.question(period=PHRASES["yesterday"])

    overview = plant.ask(answer_factory_overview, question).data["energy"]
    energy = plant.ask(answer_energy, question).data

    for name in ("purchased_energy_kwh", "sources", "machines"):
        assert overview[name] == energy[name]


def test_evidence_names_readings_prices_factors_and_statuses(plant: Works) -> None:
    evidence = plant.ask(answer_factory_overview, plant.question()).answer.evidence()

    assert evidence.readings > 0
    assert {(p.energy_source, p.basis) for p in evidence.prices} == {
        ("electricity", "tariff"),
        ("natural_gas", "flat"),
    }
    assert {(f.energy_source, f.basis) for f in evidence.factors} == {
        ("electricity", "flat"),
        ("natural_gas", "flat"),
    }
    assert evidence.status_changes == len(ALL)


def test_without_prices_and_status_the_energy_is_told_alone(workshop_url: str) -> None:
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_factory_overview, workshop.question(period=PHRASES["yesterday"]))

    assert (told.data["costs"], told.data["emissions_kg_co2e"]) == ([], None)
    assert told.data["energy"]["energy_kwh"] == pytest.approx(60.0)
    assert told.speech == (
        "The whole factory used sixty kilowatt hours of electricity yesterday."
        " There is no price for that energy. There is no carbon factor for that energy."
    )
    assert [issue.code for issue in told.answer.issues] == ["prices.missing", "factors.missing"]


def test_a_tariff_for_half_of_the_day_is_said_not_to_be_all(workshop_url: str) -> None:
    """Twelve hours of 2.5 kWh at 0.40; the night has no price."""
    execute(
        workshop_url,
        """
        INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency,
                                    weekdays, start_time, end_time, valid_from)
        SELECT '00000000-0000-0000-0000-00000000000f', id, 'day', 0.40, 'EUR',
               '{0,1,2,3,4,5,6}', '08:00', '20:00', '2026-01-01T00:00+01:00'
        FROM energy_sources WHERE name = 'electricity'
        """,
    )
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_factory_overview, workshop.question(period=PHRASES["yesterday"]))

    assert told.data["costs"] == [{"currency": "EUR", "amount": pytest.approx(12.0)}]
    assert "That cost twelve euros." in told.speech
    assert "For part of the energy there is no price" in told.speech


def test_a_machine_without_a_status_is_said_not_to_be_counted(workshop_url: str) -> None:
    execute(
        workshop_url,
        """
        INSERT INTO machines (id, factory_id, name, type)
        VALUES ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-00000000000f',
                'Lathe-8', 'lathe');
        INSERT INTO machine_status_history (machine_id, time, mode, is_running)
        VALUES ('00000000-0000-0000-0000-0000000000a1', '2026-11-17T00:00+01:00', 'running', true);
        """,
    )
    workshop = works_on(workshop_url)
    now = datetime.fromisoformat("2026-11-17T20:30+01:00")

    told = workshop.ask(answer_factory_overview, workshop.question(period=TODAY), now)

    assert (told.data["machines_running"], told.data["machines_with_status"]) == (1, 1)
    assert "I have no status of lathe eight." in told.speech


def test_a_future_or_unmetered_time_is_refused_as_for_energy(plant: Works) -> None:
    tomorrow = plant.question(period=PeriodPhrase("unit", unit="day", offset=1))
    long_ago = plant.question(period=PeriodPhrase("year", year=2019))
    nobody = plant.question(scope=Scope("all", ()))

    for question in (tomorrow, long_ago, nobody):
        overview = plant.ask(answer_factory_overview, question)
        assert overview.answer.outcome == "no_data"
        assert overview.speech == plant.ask(answer_energy, question).speech
