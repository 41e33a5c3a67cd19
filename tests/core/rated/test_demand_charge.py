"""Demand charges, against SQL of our own."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import psycopg
import pytest

from enms_core.domain.answer import NoReadings, NotBegun
from enms_core.domain.demand_charge import DemandChargeAnswer, NoDemandCharge
from enms_core.domain.evidence import RuleEvidence
from enms_core.domain.power import RateUnknown
from enms_core.domain.question import Scope
from enms_core.services.cost import answer_cost
from tests.core.answering import Told, Works, works_on
from tests.core.conftest import execute
from tests.core.rated.asking import near
from tests.core.service_desk import phrase

# The highest quarter hour of all machines of a site together [kW], and when it began.
PEAK = """
SELECT quarter, 4 * kwh FROM (
    SELECT date_bin('15 minutes', time, 'epoch') AS quarter, sum(energy_kwh) AS kwh
    FROM energy_readings JOIN machines AS m ON m.id = machine_id
    JOIN factories AS f ON f.id = m.factory_id
    WHERE f.name = %s AND time >= %s AND time < %s
    GROUP BY 1
) AS quarters
ORDER BY 2 DESC, 1 LIMIT 1
"""
DEMO = "Demo Manufacturing Plant"
# Of the works: October lies before its dearer winter and in it.
OCTOBER = ("2026-10-01T00:00+02:00", "2026-11-01T00:00+01:00")
NOVEMBER = ("2026-11-01T00:00+01:00", "2026-11-18T10:00+01:00")
MARCH = ("2026-03-01T00:00+01:00", "2026-04-01T00:00+02:00")


def ask(works: Works, period: str | None, *machines: str, site: str | None = None) -> Told:
    slots = {} if period is None else {"period": phrase(period), "period_said": True}
    scope = works.site(site) if site else works.scope(*machines)
    question = works.question(scope=scope, metric="demand_charge", **slots)
    return works.ask(answer_cost, question)


def peak(works: Works, site: str, start: str, end: str) -> tuple[datetime, float]:
    with psycopg.connect(works.url) as connection:
        row = connection.execute(PEAK.encode(), (site, start, end)).fetchone()
    assert row is not None
    return row


def check_month(works: Works, month: dict[str, object], stretch: tuple[str, str]) -> None:
    begun, peak_kw = peak(works, str(month["site"]), *stretch)
    assert month["peak_kw"] == near(peak_kw)
    assert datetime.fromisoformat(str(month["peak_time"])) == begun
    assert month["amount"] == near(peak_kw * float(str(month["charge_per_kw"])))


def test_a_month_is_charged_for_the_peak_of_all_machines_together(works: Works) -> None:
    answer = ask(works, "in March 2026", site="Works")

    (month,) = answer.data["months"]
    check_month(works, month, MARCH)
    assert (month["month"], month["charge_per_kw"], month["currency"]) == ("2026-03", 9.0, "EUR")
    assert answer.data["demand_charge"] == month["amount"]
    assert answer.speech.startswith("The demand charge of works in March twenty twenty-six was ")


def test_each_month_is_charged_by_the_tariff_at_its_own_peak(works: Works) -> None:
    answer = ask(works, "from March to November 2026", site="Works")

    months = answer.data["months"]
    assert [month["month"] for month in months] == ["2026-03", "2026-04", "2026-10", "2026-11"]
    for month, stretch in zip(
        (months[0], months[2], months[3]), (MARCH, OCTOBER, NOVEMBER), strict=True
    ):
        check_month(works, month, stretch)
    assert answer.data["demand_charge"] == near(sum(month["amount"] or 0 for month in months))
    assert "The highest peak was" in answer.speech


def test_a_running_month_is_charged_so_far(works: Works) -> None:
    answer = ask(works, "this month", site="Works")

    check_month(works, answer.data["months"][0], NOVEMBER)
    assert answer.speech.startswith("The demand charge of works this month is ")
    assert " so far." in answer.speech


def test_a_day_is_charged_as_its_month(works: Works) -> None:
    answer = ask(works, "yesterday", site="Works")

    check_month(works, answer.data["months"][0], NOVEMBER)
    assert "in November twenty twenty-six is" in answer.speech
    assert "Demand is charged by the calendar month." in answer.speech


def test_without_a_period_it_is_the_running_month_without_more_words(works: Works) -> None:
    answer = ask(works, None, site="Works")

    check_month(works, answer.data["months"][0], NOVEMBER)
    assert "calendar month" not in answer.speech


def test_one_machine_has_no_charge_of_its_own(works: Works) -> None:
    site, machine = ask(works, "last month", site="Works"), ask(works, "last month", "Idler")

    assert machine.data == site.data
    told = " It is charged for the whole site, not for idler alone."
    assert machine.speech.replace(told, "") == site.speech
    assert told in machine.speech


def test_a_peak_without_a_tariff_is_named(own_works: Works) -> None:
    execute(
        own_works.url,
        "UPDATE energy_tariffs SET valid_from = '2026-10-01Z' WHERE name <> 'contract'",
    )

    answer = ask(own_works, "from March to November 2026", site="Works")

    assert [month["amount"] for month in answer.data["months"][:2]] == [None, None]
    assert answer.answer.issues[0].facts == {
        "energy_source": "electricity",
        "site": "Works",
        "months": 2,
    }
    assert "no tariff covers their time" in answer.speech


def test_a_peak_at_a_time_without_a_charge_is_not_charged(own_works: Works) -> None:
    execute(
        own_works.url, "UPDATE energy_tariffs SET demand_charge_per_kw = NULL WHERE name <> 'peak'"
    )
    execute(own_works.url, "UPDATE energy_tariffs SET demand_charge_per_kw = 9 WHERE name = 'peak'")

    answer = ask(own_works, "in March 2026", site="Works")

    assert isinstance(answer.answer, NoDemandCharge)
    assert answer.speech == "The peaks at works came at times without a demand charge."


def test_a_peak_by_the_hour_may_be_higher_by_the_quarter_hour(own_works: Works) -> None:
    execute(own_works.url, "UPDATE meters SET nominal_interval_seconds = 3600")
    hourly = works_on(own_works.url)

    coarse, fine = ask(hourly, "in March 2026", site="Works"), peak(hourly, "Works", *MARCH)

    assert coarse.data["months"][0]["peak_kw"] < fine[1]
    assert coarse.answer.issues[0].code == "demand.coarse"
    assert "the mean over one hour, so the true peak may be higher" in coarse.speech


def test_without_a_meter_no_peak_can_be_told(own_works: Works) -> None:
    """A demand charge is registered, so it must not be said that there is none."""
    execute(
        own_works.url,
        "INSERT INTO seus (name, energy_source_id, machine_ids) SELECT energy_source_id::text, "
        "energy_source_id, array_agg(DISTINCT machine_id) FROM meters GROUP BY 2",
    )
    execute(own_works.url, "DELETE FROM meters")

    answer = ask(works_on(own_works.url), "in March 2026", site="Works").answer

    assert isinstance(answer, RateUnknown)
    assert answer.interval_seconds is None


def test_sites_without_a_charge_say_so(works: Works) -> None:
    answer = ask(works, "last month", site="Plant")

    assert isinstance(answer.answer, NoDemandCharge)
    assert answer.answer.outcome == "no_data"
    assert answer.speech == "No demand charge is registered for plant."


def test_of_several_sites_those_with_a_charge_are_told(works: Works) -> None:
    alone, both = ask(works, "last month", site="Works"), ask(works, "last month")

    assert both.data["demand_charge"] == alone.data["demand_charge"]
    assert both.data["months"] == alone.data["months"]


@pytest.mark.parametrize(
    ("period", "kind"), [("in May 2026", NoReadings), ("next month", NotBegun)]
)
def test_a_month_without_readings_is_not_charged(works: Works, period: str, kind: type) -> None:
    assert isinstance(ask(works, period, site="Works").answer, kind)


def test_the_tariff_of_the_peak_is_the_evidence(works: Works) -> None:
    evidence = ask(works, "in March 2026", site="Works").answer.evidence()

    assert evidence.prices == (RuleEvidence("electricity", "day", "tariff"),)
    assert evidence.readings > 0


def test_the_demo_plant_is_charged_for_each_month(plant: Works) -> None:
    answer = ask(plant, "in the third quarter of 2026", site=DEMO)

    assert isinstance(answer.answer, DemandChargeAnswer)
    ends = [f"2026-{month:02}-01T00:00+02:00" for month in range(7, 11)]
    for month, stretch in zip(answer.data["months"], pairwise(ends), strict=True):
        check_month(plant, month, stretch)
        assert month["charge_per_kw"] == 9.0


def test_nobody_is_charged_where_no_machine_is_left(works: Works) -> None:
    question = works.question(scope=Scope("machines", ()), metric="demand_charge")

    assert isinstance(works.ask(answer_cost, question).answer, NoReadings)
