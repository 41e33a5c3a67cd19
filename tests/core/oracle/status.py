"""What machines did, by the history of their states: a row holds until the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import psycopg

from tests.core.energy_truth import rows
from tests.core.oracle.case import Case, Stretch, zone_of
from tests.core.oracle.expected import Data, Expected

# The states that a stretch meets, as far as they lie in it; `since` is when the state began, over
# rows that repeat it.
STATES = """
WITH marked AS (
    SELECT h.time, h.mode, h.is_running,
           h.mode IS DISTINCT FROM lag(h.mode) OVER told
           OR h.is_running IS DISTINCT FROM lag(h.is_running) OVER told AS is_new
    FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
    WHERE m.name = %(machine)s AND h.time < %(end)s
    WINDOW told AS (ORDER BY h.time)
), changes AS (
    SELECT time, mode, is_running, lead(time, 1, %(end)s) OVER (ORDER BY time) AS until
    FROM marked WHERE is_new
)
SELECT mode, is_running, greatest(time, %(start)s), until, time
FROM changes WHERE until > %(start)s ORDER BY time
"""
# The share of each hour of the local week that the machine ran in a stretch, Monday's first.
WEEK = """
WITH changes AS (
    SELECT h.time, h.is_running, lead(h.time, 1, %(end)s) OVER (ORDER BY h.time) AS until
    FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
    WHERE m.name = %(machine)s AND h.time < %(end)s
), parts AS (
    SELECT is_running, hour,
           least(until, hour + interval '1 hour', %(end)s) - greatest(time, hour, %(start)s) AS took
    FROM changes JOIN generate_series(
        date_trunc('hour', %(start)s::timestamptz), %(end)s::timestamptz, interval '1 hour'
    ) AS hour ON time < hour + interval '1 hour' AND until > hour
    WHERE until > %(start)s
)
SELECT extract(epoch FROM coalesce(sum(took) FILTER (WHERE is_running), '0'))
       / extract(epoch FROM sum(took))
FROM parts, LATERAL (SELECT hour AT TIME ZONE %(zone)s AS local) AS l WHERE took > '0'
GROUP BY (extract(isodow FROM local) - 1) * 24 + extract(hour FROM local)
ORDER BY (extract(isodow FROM local) - 1) * 24 + extract(hour FROM local)
"""
WEEK_HOURS = 168


@dataclass(frozen=True)
class State:
    """A state as far as it lies in a stretch; since: when it began."""

    mode: str
    is_running: bool
    start: datetime
    end: datetime
    since: datetime

    def parts(self, windows: list[Stretch]) -> list[Stretch]:
        """The parts of the state that lie in some stretches."""
        found = [(max(self.start, start), min(self.end, end)) for start, end in windows]
        return [(start, end) for start, end in found if start < end]

    def seconds_in(self, windows: list[Stretch]) -> float:
        return sum((end - start).total_seconds() for start, end in self.parts(windows))

    @property
    def is_offline(self) -> bool:
        return not self.is_running and self.mode != "idle"


def machine_status(case: Case, connection: psycopg.Connection) -> Expected:
    """The state of each machine at the moment of the question."""
    states = [(name, state_at(connection, name, case.at)) for name in case.machines]
    machines = [
        {
            "machine": name,
            "mode": state.mode,
            "is_running": state.is_running,
            "since": state.since,
            "duration_seconds": (case.at - state.since).total_seconds(),
            "last_sign": None,
        }
        for name, state in states
    ]
    running = sum(state.is_running for _, state in states)
    data: Data = {"machines": machines, "running": running, "count": len(machines)}
    since = tuple(state.since for _, state in states) if len(states) == 1 else ()
    return Expected(data, at=since)


def state_at(connection: psycopg.Connection, machine: str, at: datetime) -> State:
    """The state at an instant."""
    long_ago = datetime.fromisoformat("2024-01-01T00:00+00:00")
    return states_of(connection, machine, (long_ago, at))[-1]


def status_history(case: Case, connection: psycopg.Connection) -> Expected:
    """How much machines ran and when they were not to be had, or when they usually run."""
    if case.metric == "pattern":
        return _patterns(case, connection)
    machines = [_history(case, name, connection) for name in case.machines]
    said: tuple[tuple[float, str], ...] = ()
    if len(machines) == 1 and case.metric == "uptime":
        said = ((machines[0]["uptime_percent"], "%"), (machines[0]["running_seconds"], "s"))
    elif len(machines) == 1 and machines[0]["offline_events"]:
        said = ((machines[0]["offline_seconds"], "s"),)
    return Expected({"metric": case.metric, "machines": machines}, said)


def _history(case: Case, machine: str, connection: psycopg.Connection) -> Data:
    windows = case.stretches(machine)
    states = states_of(connection, machine, (windows[0][0], windows[-1][1]))
    modes = {state.mode: 0.0 for state in states if state.seconds_in(windows)}
    for mode in modes:
        modes[mode] = sum(s.seconds_in(windows) for s in states if s.mode == mode)
    known = sum(modes.values())
    running = sum(state.seconds_in(windows) for state in states if state.is_running)
    runs = [list(run) for offline, run in groupby(states, lambda s: s.is_offline) if offline]
    events = [_event(run, windows) for run in runs if any(s.parts(windows) for s in run)]
    asked = sum((end - start).total_seconds() for start, end in windows)
    return {
        "machine": machine,
        "uptime_percent": 100 * running / known,
        "running_seconds": running,
        "known_seconds": known,
        "unknown_seconds": asked - known,
        "modes": [{"mode": mode, "seconds": seconds} for mode, seconds in modes.items()],
        "offline_events": events,
        "offline_seconds": sum(event["seconds"] for event in events),
    }


def _event(run: list[State], windows: list[Stretch]) -> Data:
    """States that follow each other, as far as they lie in some stretches."""
    parts = [(state.mode, part) for state in run for part in state.parts(windows)]
    modes = {mode for mode, _ in parts}
    return {
        "start": parts[0][1][0],
        "end": parts[-1][1][1],
        "mode": parts[0][0] if len(modes) == 1 else None,
        "seconds": sum(state.seconds_in(windows) for state in run),
    }


def states_of(connection: psycopg.Connection, machine: str, stretch: Stretch) -> list[State]:
    """The states of a stretch in order."""
    bound = {"machine": machine, "start": stretch[0], "end": stretch[1]}
    return [State(*each) for each in rows(connection, STATES, bound)]


def _patterns(case: Case, connection: psycopg.Connection) -> Expected:
    patterns = [
        {"machine": name, "pattern": _pattern(case, name, connection)} for name in case.machines
    ]
    only = patterns[0]["pattern"] if len(patterns) == 1 else None
    return Expected({"metric": "pattern", "machines": patterns, "pattern": only})


def _pattern(case: Case, machine: str, connection: psycopg.Connection) -> Data:
    (stretch,) = case.stretches(machine)
    zone = zone_of(machine)
    bound = {"machine": machine, "start": stretch[0], "end": stretch[1], "zone": zone}
    shares = [float(share) for (share,) in rows(connection, WEEK, bound)]
    assert len(shares) == WEEK_HOURS
    windows = _windows([share >= 0.5 for share in shares])
    only = windows[0] if len(windows) == 1 and windows[0]["hours"] <= 24 else None
    return {
        "starts_at": only["starts_at"] if only else None,
        "stops_at": only["stops_at"] if only else None,
        "is_around_the_clock": all(share >= 0.5 for share in shares),
        "windows": windows,
        "hourly_shares": shares,
    }


def _windows(usual: list[bool]) -> list[Data]:
    """Runs of usual hours, over the end of the week; equal ones of several days together."""
    if all(usual):
        return [_window([0], 0, WEEK_HOURS)]
    found: dict[tuple[int, int], list[int]] = {}
    for first in range(WEEK_HOURS):
        if usual[first] and not usual[first - 1]:
            hours = 1
            while usual[(first + hours) % WEEK_HOURS]:
                hours += 1
            found.setdefault((first % 24, hours), []).append(first // 24)
    windows = [_window(days, *key) for key, days in found.items()]
    return sorted(windows, key=lambda window: -len(window["weekdays"]))


def _window(weekdays: list[int], start: int, hours: int) -> Data:
    return {
        "weekdays": weekdays,
        "starts_at": f"{start:02}:00",
        "stops_at": f"{(start + hours) % 24:02}:00",
        "hours": hours,
    }
