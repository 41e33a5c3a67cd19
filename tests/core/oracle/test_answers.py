"""Every number of every answer against SQL of our own, and every number as it is spoken.

What each question means stands in `cases`, as a person would look it up; the SQL is written from
the meaning of a quantity and shares nothing with the product's.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from enms_core.services.reply import Reply
from tests.core.oracle.asking import Oracle, name_of
from tests.core.oracle.case import Case, Stretch, zone_of
from tests.core.oracle.cases import (
    comparison,
    course,
    energy,
    money,
    power,
    production,
    ranking,
    state,
)
from tests.core.oracle.expected import Expected
from tests.core.oracle.hearing import amounts, times
from tests.core.oracle.same import differences
from tests.core.oracle.spoken import is_heard, is_told, numbers_in, times_in

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ASKED = (energy, course, power, money, production, ranking, comparison, state)
# Questions for what machines are not ranked by, and the figure that would be a wrong answer.
NOT_ANSWERED_AS = {
    "which machine had the most downtime last month": "energy",
    "which machine made the most rejects last week": "production",
    "how long was the boiler in maintenance in October": "uptime",
}
CASES = [case for asked in ASKED for case in asked.CASES]


@pytest.fixture(params=CASES, ids=name_of)
def case(request: pytest.FixtureRequest) -> Case:
    each: Case = request.param
    return each


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


@pytest.mark.parametrize(("said", "taken_for"), NOT_ANSWERED_AS.items())
def test_a_figure_that_was_not_asked_for_is_not_told_instead(
    oracle: Oracle, said: str, taken_for: str
) -> None:
    reply = oracle.asker.ask(said)
    assert (reply.outcome, reply.slots["metric"]) != ("answered", taken_for)


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
