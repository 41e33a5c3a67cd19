"""Every number of an energy answer against SQL of our own, and every number as it is spoken.

The instants of each question stand here as a person would look them up in a calendar; the SQL
shares nothing with the product's. The other questions are in `oracle`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import psycopg
import pytest

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.energy_cases import CASES
from tests.core.energy_truth import by_source, truths_of
from tests.core.oracle.case import Case
from tests.core.oracle.hearing import amounts
from tests.core.oracle.same import differences
from tests.core.oracle.spoken import is_heard
from tests.core.oracle.use import energy


@pytest.fixture(scope="module")
def asker(plant_url: str) -> Iterator[Asker]:
    made = Asker(plant_url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def connection(plant_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(plant_url) as opened:
        yield opened


@pytest.fixture(params=CASES, ids=lambda case: f"{case.said} ({case.now[5:16]})")
def case(request: pytest.FixtureRequest) -> Case:
    asked: Case = request.param
    return asked


@pytest.fixture
def reply(asker: Asker, case: Case) -> Reply:
    return asker.ask(case.said, now=case.at)


def test_the_question_is_taken_for_the_machines_sources_and_instants_meant(
    reply: Reply, case: Case
) -> None:
    stretches = case.stretches(case.machines[0])
    sources = list(case.sources or ())
    assert (reply.outcome, reply.intent) == ("answered", "energy")
    machines = [] if case.about_everything else sorted(case.machines)
    assert sorted(_names(reply)) == machines
    assert reply.slots["energy_source"] == (sources[0] if len(sources) == 1 else sources or None)
    assert _period(reply.slots["period"]) == (stretches[0][0], stretches[-1][1])


def test_every_number_of_the_answer_is_what_the_database_holds(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    expected = energy(case, connection).data
    if reply.slots["metric"] == "by_source":
        expected |= {"cost": None, "currency": None, "costs": []}
    assert differences(reply.data, expected) == []


def test_missing_readings_are_told(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    totals = by_source(truths_of(case, connection))
    codes = {
        source: "readings.coverage_low" if truth.coverage_percent < 90 else "readings.gap"
        for source, truth in totals.items()
        if truth.covered_s < truth.expected_s
    }
    assert {issue["energy_source"]: issue["code"] for issue in reply.issues} == codes
    assert ("missing" in reply.speech) == bool(codes)


def test_the_amounts_spoken_are_the_amounts_rounded(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    """Each source, what they are together, and what that cost; nothing else but missing time."""
    expected = list(energy(case, connection).said)
    costs = reply.data["costs"]
    assert isinstance(costs, list)
    expected += [(money["amount"], money["currency"]) for money in costs]
    heard = [each for each in amounts(reply.speech) if each.unit not in ("s", "%")]
    assert len(heard) == len(expected)
    assert [
        (each, amount)
        for each, amount in zip(heard, expected, strict=True)
        if not is_heard(each, *amount)
    ] == []


def _names(reply: Reply) -> list[str]:
    names = reply.slots["machines"]
    assert isinstance(names, list)
    return names


def _period(data: object) -> tuple[datetime, datetime]:
    assert isinstance(data, dict)
    return datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"])
