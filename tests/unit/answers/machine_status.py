"""Answers about the state of machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.machine_status import MachineState, MachineStatusAnswer, NoStatus
from enms_core.domain.question import Question
from enms_core.domain.status import StatusNow
from tests.unit.answers.common import BERLIN, CATALOGUE, PERIOD, Case, question
from tests.unit.catalogues import ids_of

NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
ALL = ("Compressor-1", "HVAC-Main", "Conveyor-A", "Boiler-1", "Injection-Molding-1")


def told(asked: Question, *modes: str | None, hours: float = 4.0) -> MachineStatusAnswer:
    """A mode for each machine of a question, all for some hours; "?" is none in the history."""
    return MachineStatusAnswer(
        question=asked,
        machines=tuple(
            MachineState(
                CATALOGUE.machine(machine_id),
                None
                if mode == "?"
                else StatusNow(mode, mode == "running", NOW - timedelta(hours=hours)),
                NOW.astimezone(BERLIN),
            )
            for machine_id, mode in zip(asked.scope.machine_ids, modes, strict=True)
        ),
    )


def contradicted() -> MachineStatusAnswer:
    """A row that calls a running machine idle."""
    state = MachineState(
        CATALOGUE.machine(ids_of(CATALOGUE, "Boiler-1")[0]),
        StatusNow("idle", True, NOW - timedelta(hours=1)),
        NOW.astimezone(BERLIN),
    )
    return MachineStatusAnswer(question=question("Boiler-1"), machines=(state,))


def stale(asked: Question, *modes: str) -> MachineStatusAnswer:
    """Not heard of since five in the morning."""
    answer = told(asked, *modes)
    signs = NOW.astimezone(BERLIN).replace(hour=5, minute=0, second=0)
    return replace(
        answer, machines=tuple(replace(each, last_sign=signs) for each in answer.machines)
    )


ONE, TWO, FIVE = question("Boiler-1"), question("Boiler-1", "Conveyor-A"), question(*ALL)

CASES = {
    "not heard of since": Case(
        stale(ONE, "running"),
        "I last heard of boiler one at five a m, so this is only what I knew then."
        " Boiler one is running. That began at six zero seven a m.",
    ),
    "running": Case(
        told(ONE, "running"), "Boiler one is running. That began at six zero seven a m."
    ),
    "in maintenance since yesterday": Case(
        told(ONE, "maintenance", hours=20),
        "Boiler one is in maintenance. That began yesterday at two zero seven p m.",
    ),
    "a mode of somebody else's": Case(
        told(ONE, "Warm_up 2"),
        "Boiler one is not running, in mode warm up two. That began at six zero seven a m.",
    ),
    "no mode": Case(
        told(ONE, None), "Boiler one is not running. That began at six zero seven a m."
    ),
    "a mode that its row contradicts": Case(
        contradicted(), "Boiler one is running, in mode idle. That began at nine zero seven a m."
    ),
    "two": Case(
        told(TWO, "running", "fault"), "Boiler one is running and conveyor A is out of order."
    ),
    "one of two": Case(
        told(TWO, "?", "off"), "Conveyor A is switched off. I have no status of boiler one."
    ),
    "several": Case(
        told(FIVE, "running", "idle", "running", "off", "?"),
        "Of four machines, there are two running, one idle and one switched off."
        " Not running: HVAC main and boiler one. I have no status of injection molding one.",
    ),
    "several alike": Case(
        told(FIVE, *["running"] * 5),
        "All five machines are running.",
    ),
    "none": Case(NoStatus(question=TWO), "I have no status of boiler one and conveyor A."),
    "none in a period": Case(
        NoStatus(question=ONE, period=PERIOD), "I have no status of boiler one yesterday."
    ),
    "of no machine": Case(
        NoStatus(question=question()),
        "There are no machines in the energy database yet. Import some readings first.",
        Catalogue(),
    ),
}
