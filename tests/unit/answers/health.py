"""Answers about whether the energy system works."""

from __future__ import annotations

from datetime import datetime, timedelta

from enms_core.domain.answer import DataIssue
from enms_core.domain.health import HealthAnswer, MeterState
from tests.unit.answers.common import BERLIN, CATALOGUE, Case, question

NOW = datetime(2026, 11, 18, 10, 7, 30, tzinfo=BERLIN)
ALL = question(kind="all", intent="system_health")


def meter(name: str, minutes: float | None, is_silent: bool = False) -> MeterState:
    machine = next(each for each in CATALOGUE.machines if each.name == name)
    last = None if minutes is None else NOW - timedelta(minutes=minutes)
    return MeterState(
        machine, CATALOGUE.source("electricity"), last, is_silent, interval_seconds=60
    )


def health(*meters: MeterState, issues: tuple[DataIssue, ...] = ()) -> HealthAnswer:
    return HealthAnswer(question=ALL, meters=meters, now=NOW, issues=issues)


CASES = {
    "well": Case(
        health(meter("Boiler-1", 3), meter("Conveyor-A", 7)),
        "The energy database answers. I follow two meters, and the newest reading is two minutes"
        " old. All of them report.",
    ),
    "one silent": Case(
        health(meter("Boiler-1", 3), meter("Conveyor-A", 97.5, is_silent=True)),
        "The energy database answers. I follow two meters, and the newest reading is two minutes"
        " old. One meter is silent: electricity of conveyor A last heard at eight thirty a m.",
    ),
    "several silent": Case(
        health(
            meter("Boiler-1", 3),
            meter("HVAC-Main", None, is_silent=True),
            meter("Conveyor-A", 1537.5, is_silent=True),
            issues=(DataIssue("sources.unreadable", names={"sources": ("heat",)}),),
        ),
        "The energy database answers. I follow three meters, and the newest reading is two minutes"
        " old. Two meters are silent: electricity of conveyor A last heard yesterday at eight"
        " thirty a m and electricity of HVAC main never heard. I can't use the readings of heat:"
        " the database does not hold them as its registers say.",
    ),
    "nothing read": Case(
        health(meter("Boiler-1", None)),
        "The energy database answers. I follow one meter, but there is no reading yet.",
    ),
    "nothing metered": Case(health(), "The energy database answers. No meter is in service yet."),
}
