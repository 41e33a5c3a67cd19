"""What machines made, against SQL of our own on the demo plant, and by hand on small databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
import pytest

from enms_core.domain.answer import NotBegun
from enms_core.domain.production import PRODUCTION_METRICS, NoProduction, ProductionAnswer
from tests.core.oracle.case import (
    AUTUMN_DAY,
    BELT,
    BOILER,
    LAST_WEEK,
    OCTOBER,
    ONE,
    PRESS,
    PUMP,
    SPRING_DAY,
    SPRING_DAY_US,
    THIS_YEAR,
    TODAY,
    US,
    US_BELT,
    US_ONE,
    YEAR_2025,
    YESTERDAY,
    YESTERDAY_US,
    Stretch,
    stretches,
)
from tests.core.service_desk import Desk

MAKERS = (*BOILER, *ONE, *BELT, *PUMP, *PRESS)
EVENINGS = " ".join(
    f"2026-11-{day:02}T18:00+01:00/2026-11-{day:02}T22:00+01:00" for day in range(9, 16)
)


@dataclass(frozen=True)
class Case:
    """A question about machines, and the stretches that a calendar has for it."""

    machines: tuple[str, ...]
    period: str | None
    berlin: str
    chicago: str = ""
    now: str = "2026-11-18T10:07:30+01:00"

    def stretches(self, machine: str) -> list[Stretch]:
        return stretches(self.chicago if machine in US else self.berlin)


CASES = (
    Case(PRESS, None, TODAY),
    Case(PRESS, "yesterday", YESTERDAY),
    Case(PRESS, "last week", LAST_WEEK),
    Case(PRESS, "in october", OCTOBER),
    Case(PRESS, "in 2025", YEAR_2025),
    Case(PRESS, "on the 25th of october 2026", AUTUMN_DAY),
    Case(PRESS, "on the 29th of march 2026", SPRING_DAY),
    Case(BELT, "between 18 and 22 last week", EVENINGS),
    Case(BELT, "this morning", "2026-11-18T06:00+01:00/2026-11-18T10:07:30+01:00"),
    Case(BELT, "in the last 3 hours", "2026-11-18T07:07:30+01:00/2026-11-18T10:07:30+01:00"),
    Case(BELT, "over the last 7 days", "2026-11-11T10:07:30+01:00/2026-11-18T10:07:30+01:00"),
    Case(BELT, "last night", "2026-11-17T22:00+01:00/2026-11-18T06:00+01:00"),
    Case(PUMP, "in the second quarter of 2026",
         "2026-04-01T00:00+02:00/2026-07-01T00:00+02:00"),
    Case(PUMP, "last weekend", "2026-11-14T00:00+01:00/2026-11-16T00:00+01:00"),
    Case(ONE, "yesterday", YESTERDAY),
    Case(ONE, "this year", THIS_YEAR),
    Case(BOILER, "last week", LAST_WEEK),
    Case(US_BELT, "on the 8th of march 2026", "",
         SPRING_DAY_US),
    Case((*PRESS, *BELT), "yesterday", YESTERDAY),
    Case((*PRESS, *BELT, *PUMP), "last week", LAST_WEEK),
    Case(MAKERS, "last week", LAST_WEEK),
    Case((*PRESS, *US_ONE, *US_BELT), "yesterday", YESTERDAY, YESTERDAY_US),
    Case(PRESS, "today", "2026-10-25T00:00+02:00/2026-10-25T02:30+01:00",
         now="2026-10-25T02:30+01:00"),
    Case(BELT, "yesterday", SPRING_DAY,
         now="2026-03-30T08:00+02:00"),
    Case(BELT, "on the 29th of february 2024", "2024-02-29T00:00+01:00/2024-03-01T00:00+01:00",
         now="2026-11-18T10:07:30+01:00"),
    Case((*BELT, *PUMP), "from monday to wednesday last week",
         "2026-11-09T00:00+01:00/2026-11-12T00:00+01:00"),
)  # fmt: skip
SUMS = """
SELECT count(*), sum(production_count), sum(good_count), sum(reject_count), sum(downtime_seconds),
       sum(good_count) FILTER (WHERE reject_count IS NOT NULL),
       sum(good_count + reject_count), min(time), max(time)
FROM production_data JOIN machines ON machines.id = machine_id
WHERE name = %s AND time >= %s AND time < %s
"""


@pytest.fixture(scope="module")
def desk(plant_url: str) -> Iterator[Desk]:
    made = Desk(plant_url)
    yield made
    made.close()


def truth(connection: psycopg.Connection, case: Case, machines: tuple[str, ...]) -> dict[str, Any]:
    """The figures of some machines together."""
    rows = [
        row
        for machine in machines
        for stretch in case.stretches(machine)
        if (row := connection.execute(SUMS, (machine, *stretch)).fetchone()) is not None
    ]
    count, units, good, rejects, downtime, judged_good, judged = (
        sum(row[number] or 0 for row in rows) for number in range(7)
    )
    return {
        "readings": count,
        "units": pytest.approx(units, rel=1e-9),
        "good_units": pytest.approx(good, rel=1e-9),
        "reject_units": pytest.approx(rejects, rel=1e-9),
        "downtime_seconds": pytest.approx(downtime, rel=1e-9),
        "quality_percent": pytest.approx(100 * judged_good / judged) if judged else None,
        "first_reading": min(row[7] for row in rows if row[7]).isoformat(),
        "last_reading": max(row[8] for row in rows if row[8]).isoformat(),
    }


@pytest.mark.parametrize(
    "case", [case for case in CASES if "2024" not in str(case.period)], ids=lambda c: c.period
)
def test_every_number_of_an_answer_is_what_the_rows_tell(
    desk: Desk, plant_connection: psycopg.Connection, case: Case
) -> None:
    now = datetime.fromisoformat(case.now)

    answer = desk.ask("production", *case.machines, period=case.period, now=now)

    assert isinstance(answer, ProductionAnswer)
    data = answer.data()
    machines = data.pop("machines")
    assert _instants(data) == {
        "metric": "units",
        **_instants(truth(plant_connection, case, case.machines)),
    }
    assert isinstance(machines, list)
    assert [_instants(each) for each in machines] == [
        {"machine": name, **_instants(truth(plant_connection, case, (name,)))}
        for name in case.machines
    ]
    assert answer.issues == ()


def _instants(data: dict[str, Any]) -> dict[str, Any]:
    stamps = ("first_reading", "last_reading")
    return {k: datetime.fromisoformat(v) if k in stamps else v for k, v in data.items()}


def test_before_all_rows_the_range_there_is_is_told(desk: Desk) -> None:
    answer = desk.ask("production", *BELT, period="on the 29th of february 2024")

    assert isinstance(answer, NoProduction)
    assert (answer.outcome, answer.data()) == (
        "no_data",
        {
            "first_reading": "2024-10-01T00:00:00+02:00",
            "last_reading": "2026-11-18T09:45:00+01:00",
        },
    )


def test_a_machine_that_counts_nothing_is_left_out_and_named_where_it_was_named(
    desk: Desk,
) -> None:
    alone = desk.ask("production", "HVAC-Main", period="yesterday")
    among = desk.ask("production", "HVAC-Main", *BELT, period="yesterday")
    everything = desk.ask("production", period="yesterday")

    assert isinstance(alone, NoProduction)
    assert desk.said(alone) == "No units are counted at HVAC main."
    assert [issue.data() for issue in among.issues] == [
        {"code": "production.not_counted", "machines": "HVAC-Main"}
    ]
    assert isinstance(everything, ProductionAnswer)
    assert everything.issues == ()
    assert "HVAC-Main" not in [each.machine.name for each in everything.machines]


def test_a_few_machines_are_told_one_by_one_and_many_together(desk: Desk) -> None:
    few = desk.said(desk.ask("production", *BELT, *PRESS, period="yesterday"))
    many = desk.said(desk.ask("production", period="yesterday"))
    listed = desk.said(desk.ask("production", period="yesterday", in_full=True))

    assert "at injection molding one" in few
    assert " at " not in many
    assert listed.startswith(many)
    assert listed.count(" units at ") == 8


@pytest.mark.parametrize("metric", PRODUCTION_METRICS)
def test_each_aspect_is_told_of_the_same_figures(desk: Desk, metric: str) -> None:
    answer = desk.ask("production", *ONE, metric=metric, period="yesterday")

    assert isinstance(answer, ProductionAnswer)
    assert answer.data()["metric"] == metric
    assert {
        "units": " units ",
        "good": " good units ",
        "rejects": " rejected units ",
        "quality": " percent of what ",
        "downtime": " stood still for ",
    }[metric] in desk.said(answer)


def test_the_future_has_no_production(desk: Desk) -> None:
    assert isinstance(desk.ask("production", *BELT, period="next week"), NotBegun)
