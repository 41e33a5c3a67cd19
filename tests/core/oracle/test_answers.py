"""Every number of every answer against SQL of our own, and every number as it is spoken.

What each question means stands in `cases`, as a person would look it up; the SQL is written from
the meaning of a quantity and shares nothing with the product's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.oracle.case import Case, Stretch, zone_of
from tests.core.oracle.cases import comparison, course, money, power, production, ranking, state
from tests.core.oracle.expected import Expected
from tests.core.oracle.hearing import amounts, times
from tests.core.oracle.same import differences
from tests.core.oracle.spoken import is_heard, is_told, numbers_in, times_in
from tests.core.oracle.truths import truth_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ASKED = (course, power, money, production, ranking, comparison, state)
CASES = [case for asked in ASKED for case in asked.CASES]


@dataclass
class Oracle:
    """Asks each question once, and looks up each answer once."""

    asker: Asker
    connection: psycopg.Connection
    replies: dict[Case, Reply] = field(default_factory=dict)
    known: dict[Case, Expected] = field(default_factory=dict)

    def reply(self, case: Case) -> Reply:
        if case not in self.replies:
            self.replies[case] = self.asker.ask(case.said, now=case.at)
        return self.replies[case]

    def expected(self, case: Case) -> Expected:
        if case not in self.known:
            self.known[case] = truth_of(case)(case, self.connection)
        return self.known[case]


@pytest.fixture(scope="module")
def oracle(plant_url: str) -> Iterator[Oracle]:
    asker = Asker(plant_url)
    with psycopg.connect(plant_url) as connection:
        yield Oracle(asker, connection)
    asker.close()


@pytest.fixture(params=CASES, ids=lambda case: f"{case.said} ({case.now[5:16]})")
def case(request: pytest.FixtureRequest) -> Case:
    each: Case = request.param
    return each


@pytest.fixture
def reply(oracle: Oracle, case: Case) -> Reply:
    return oracle.reply(case)


@pytest.fixture
def expected(oracle: Oracle, case: Case) -> Expected:
    return oracle.expected(case)


def test_the_question_is_taken_as_it_is_meant(reply: Reply, case: Case) -> None:
    assert (reply.outcome, reply.intent) == ("answered", case.intent)
    slots = reply.slots
    sources = list(case.sources or ())
    assert slots["metric"] == case.metric
    assert slots["energy_source"] == (sources[0] if len(sources) == 1 else sources or None)
    assert _sorted(slots["machines"]) == ([] if case.about_everything else sorted(case.machines))
    assert slots["count"] == case.count
    assert slots["threshold"] == _threshold(case)
    assert _starts(slots["period"]) == _start(case.stretches(case.machines[0]), slots["period"])
    before = case.stretches_before(case.machines[0])
    assert _starts(slots["compared_to"]) == _start(before, slots["compared_to"])


def test_the_period_is_the_one_meant(reply: Reply, case: Case) -> None:
    stretches = case.stretches(case.machines[0])
    period = reply.slots["period"]
    if stretches and case.step != "same hours":
        assert isinstance(period, dict)
        told = datetime.fromisoformat(period["start"]), datetime.fromisoformat(period["end"])
        assert told == (stretches[0][0], stretches[-1][1])


def test_every_number_of_the_answer_is_what_the_database_holds(
    reply: Reply, expected: Expected
) -> None:
    assert differences(reply.data, expected.data) == []


def test_every_amount_spoken_is_one_of_the_answer_rounded(reply: Reply) -> None:
    numbers = list(numbers_in([reply.data, reply.slots, list(reply.issues)]))
    assert [heard for heard in amounts(reply.speech) if not is_told(heard, numbers)] == []


def test_every_time_spoken_is_one_of_the_answer(reply: Reply) -> None:
    known = set(times_in([reply.data, reply.slots, list(reply.issues)]))
    assert times(reply.speech) - known == set()


def test_what_was_asked_for_is_spoken(reply: Reply, expected: Expected) -> None:
    heard = amounts(reply.speech)
    assert [
        (value, unit)
        for value, unit in expected.said
        if not any(is_heard(each, value, unit) for each in heard)
    ] == []


def test_the_times_and_days_asked_for_are_spoken(
    reply: Reply, case: Case, expected: Expected
) -> None:
    zone, heard = ZoneInfo(zone_of(case.machines[0])), times(reply.speech)
    at = [moment.astimezone(zone) for moment in expected.at]
    assert [moment for moment in at if (moment.hour, moment.minute) not in heard] == []
    on = [moment.astimezone(zone) for moment in expected.on]
    assert [day for day in on if WEEKDAYS[day.weekday()] not in reply.speech] == []


def test_a_spoken_number_is_read_as_a_person_hears_it() -> None:
    said = "that is twelve thousand and forty point zero five megawatt hours, three euros twenty"
    assert [(heard.value, heard.unit) for heard in amounts(said)] == [
        (12_040_050.0, "kWh"),
        (3.2, "EUR"),
    ]


def _sorted(names: object) -> list[str]:
    assert isinstance(names, list)
    return sorted(names)


def _threshold(case: Case) -> dict[str, object] | None:
    keys = ("value", "unit", "op")
    return dict(zip(keys, case.threshold, strict=True)) if case.threshold else None


def _starts(period: object) -> datetime | None:
    return datetime.fromisoformat(period["start"]) if isinstance(period, dict) else None


def _start(stretches: list[Stretch], told: object) -> datetime | None:
    """Where a period begins; what is told where the question has none."""
    return stretches[0][0] if stretches else _starts(told)
