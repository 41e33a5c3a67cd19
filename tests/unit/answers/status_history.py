"""Answers about when machines were offline, how much they ran, and when they usually do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.status import OfflineEvent, OfflineEvents
from enms_core.domain.status_history import (
    HistoryMetric,
    MachineHistory,
    MachinePattern,
    PatternAnswer,
    StatusHistoryAnswer,
)
from enms_core.domain.week_pattern import RunningHours, WeekPattern
from enms_core.services.status_history import LAST_FOUR_WEEKS
from tests.unit.answers.common import BERLIN, CATALOGUE, PERIOD, Case, question

MIDNIGHT = datetime(2026, 11, 16, 23, tzinfo=timezone.utc)  # of 17 November in Berlin
NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
FOUR_WEEKS = Period(NOW.astimezone(BERLIN) - timedelta(days=28), NOW.astimezone(BERLIN))
ONE, TWO = question("Boiler-1"), question("Boiler-1", "Conveyor-A")


def event(start: float, end: float, *modes: str, is_begun: bool = False) -> OfflineEvent:
    return OfflineEvent(
        MIDNIGHT + start * HOUR, MIDNIGHT + end * HOUR, modes, (end - start) * HOUR, is_begun
    )


def history(
    *events: OfflineEvent, running: float = 20.0, idle: float = 0.0, unknown: float = 0.0
) -> MachineHistory:
    modes = {"running": running * HOUR, "idle": idle * HOUR}
    for each in events:
        mode = each.modes[0] or ""
        modes[mode] = modes.get(mode, timedelta()) + each.duration
    return MachineHistory(
        machine=CATALOGUE.machines[0],
        zone=BERLIN,
        by_mode={mode: time for mode, time in modes.items() if time},
        running=running * HOUR,
        unknown=unknown * HOUR,
        offline=OfflineEvents(events),
        changes=len(events),
    )


def told(
    asked: Question,
    *histories: MachineHistory,
    metric: HistoryMetric = "offline",
    now: datetime = NOW,
) -> StatusHistoryAnswer:
    machines = [CATALOGUE.machine(machine_id) for machine_id in asked.scope.machine_ids]
    return StatusHistoryAnswer(
        question=asked,
        period=PERIOD,
        metric=metric,
        machines=tuple(
            replace(each, machine=machine)
            for each, machine in zip(histories, machines, strict=True)
        ),
        now=now,
    )


def usual(*windows: RunningHours) -> WeekPattern:
    return WeekPattern((0.0,) * 168, windows)


def pattern(asked: Question, *patterns: WeekPattern | None) -> PatternAnswer:
    machines = [CATALOGUE.machine(machine_id) for machine_id in asked.scope.machine_ids]
    return PatternAnswer(
        question=replace(asked, period=LAST_FOUR_WEEKS),
        period=FOUR_WEEKS,
        machines=tuple(
            MachinePattern(machine, each, 10)
            for machine, each in zip(machines, patterns, strict=True)
        ),
    )


BASIS = " That is what the history shows over the last four weeks."
WORKDAYS = (0, 1, 2, 3, 4)
FIVE = question("Boiler-1", "Conveyor-A", "HVAC-Main", "Compressor-1", "Hydraulic-Pump-1")
TWO_SHIFTS = usual(RunningHours(WORKDAYS, 6, 16))

CASES = {
    "never offline": Case(told(ONE, history()), "Boiler one was not offline yesterday."),
    "never offline as far as known": Case(
        told(ONE, history(unknown=4.0)),
        "Boiler one was not offline yesterday. The status of four hours of that time is not known,"
        " so it is not counted.",
    ),
    "offline once": Case(
        told(ONE, history(event(14, 16.5, "maintenance"))),
        "Boiler one was offline once yesterday, for two point five hours."
        " It was in maintenance then, and that began yesterday at two p m.",
    ),
    "offline in two modes from before": Case(
        told(ONE, history(event(0, 0.5, "fault", "maintenance", is_begun=True))),
        "Boiler one was offline once yesterday, for thirty minutes."
        " It was out of order and in maintenance, already when that time began.",
    ),
    "offline several times, and now": Case(
        told(
            ONE,
            history(event(1, 2, "fault"), event(6, 9, "off"), event(22, 24, "off")),
            now=MIDNIGHT + 24 * HOUR,
        ),
        "Boiler one was offline three times yesterday, for six hours in all."
        " The longest time was three hours. It was switched off then, and that began yesterday at"
        " six a m. It still is offline.",
    ),
    "several offline": Case(
        told(
            TWO,
            history(event(1, 2, "fault"), unknown=1.0),
            history(event(6, 9, "off")),
        ),
        "Offline yesterday: conveyor A for three hours and boiler one for one hour."
        " Part of that time is not known for boiler one, so it is not counted.",
    ),
    "none of several offline": Case(
        told(TWO, history(), history()), "None of the two machines was offline yesterday."
    ),
    "one of several not known": Case(
        told(TWO, history(), history(running=0.0, unknown=24.0)),
        "Boiler one was not offline yesterday. I have no status of conveyor A.",
    ),
    "uptime": Case(
        told(ONE, history(event(0, 1, "off"), running=18.0, idle=5.0), metric="uptime"),
        "Boiler one ran for seventy five percent of the time yesterday, eighteen hours in all."
        " It was idle for five hours.",
    ),
    "no uptime": Case(
        told(ONE, history(event(0, 24, "off"), running=0.0), metric="uptime"),
        "Boiler one did not run yesterday.",
    ),
    "uptime of several": Case(
        told(
            TWO,
            history(event(0, 12, "off"), running=12.0),
            history(running=24.0),
            metric="uptime",
        ),
        "Running yesterday: conveyor A one hundred percent of the time and boiler one fifty percent"
        " of the time.",
    ),
    "weekdays": Case(
        pattern(ONE, TWO_SHIFTS),
        "Boiler one usually runs on weekdays from six a m to ten p m." + BASIS,
    ),
    "weekdays and weekends": Case(
        pattern(ONE, usual(*TWO_SHIFTS.windows, RunningHours((5, 6), 6, 6))),
        "Boiler one usually runs on weekdays from six a m to ten p m and at weekends from six a m"
        " to noon." + BASIS,
    ),
    "nights of every day": Case(
        pattern(ONE, usual(RunningHours(tuple(range(7)), 22, 8))),
        "Boiler one usually runs every day from ten p m to six a m." + BASIS,
    ),
    "some days": Case(
        pattern(ONE, usual(RunningHours((1, 3), 0, 6))),
        "Boiler one usually runs on Tuesday and Thursday from midnight to six a m." + BASIS,
    ),
    "through the week": Case(
        pattern(ONE, usual(RunningHours((0,), 6, 120))),
        "Boiler one usually runs from Monday at six a m to Saturday at six a m." + BASIS,
    ),
    "around the clock": Case(
        pattern(ONE, usual(RunningHours((0,), 0, 168))),
        "Boiler one usually runs around the clock." + BASIS,
    ),
    "never": Case(pattern(ONE, usual()), "Boiler one usually stands still." + BASIS),
    "irregular": Case(
        pattern(ONE, usual(*(RunningHours((day,), day, 3) for day in range(4)))),
        "Boiler one has no regular running hours." + BASIS,
    ),
    "too short": Case(
        pattern(ONE, None),
        "The history of boiler one is too short for a pattern. It takes at least seven whole days.",
    ),
    "of five machines": Case(
        pattern(FIVE, TWO_SHIFTS, None, usual(), None, None),
        "Boiler one usually runs on weekdays from six a m to ten p m."
        " The history of conveyor A is too short for a pattern. HVAC main usually stands still."
        + BASIS
        + " Ask me about the other two one by one.",
    ),
}
