"""States of machines over a period, by durations worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from enms_core.analysis.status import (
    durations_by_mode,
    known_time,
    offline_events,
    running_time,
    status_stretches,
)
from enms_core.domain.period import Period
from enms_core.domain.status import StatusChange, StatusStretch

MIDNIGHT = datetime(2026, 11, 17, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


def at(hour: float) -> datetime:
    return MIDNIGHT + hour * HOUR


DAY = Period(at(0), at(24))


def stretches(*changes: tuple[float, str], period: Period = DAY) -> tuple[StatusStretch, ...]:
    rows = [StatusChange(at(hour), mode, mode == "running") for hour, mode in changes]
    return status_stretches(rows, period)


def told(*changes: tuple[float, str], period: Period = DAY) -> list[tuple[float, str | None]]:
    return [
        ((each.start - MIDNIGHT) / HOUR, each.mode) for each in stretches(*changes, period=period)
    ]


# Since the evening before; an hour's fault in the morning, then maintenance; idle at noon.
SHIFT = (
    (-3, "running"),
    (6, "fault"),
    (7, "maintenance"),
    (9, "running"),
    (12, "idle"),
    (13, "off"),
)


def test_the_last_change_before_the_period_tells_its_beginning() -> None:
    assert told(*SHIFT) == [
        (0, "running"),
        (6, "fault"),
        (7, "maintenance"),
        (9, "running"),
        (12, "idle"),
        (13, "off"),
    ]


def test_stretches_lie_end_to_end_and_make_up_the_period() -> None:
    found = stretches(*SHIFT)

    assert (found[0].start, found[-1].end) == (DAY.start, DAY.end)
    assert all(a.end == b.start for a, b in pairwise(found))


def test_before_the_first_change_the_status_is_unknown() -> None:
    assert told((5, "running")) == [(0, None), (5, "running")]
    assert told() == [(0, None)]


def test_a_repeated_status_is_no_change() -> None:
    assert told((-1, "idle"), (3, "idle"), (4, "running"), (5, "running")) == [
        (0, "idle"),
        (4, "running"),
    ]


def test_changes_at_the_edges_belong_to_the_half_open_period() -> None:
    assert told((-1, "idle"), (0, "running"), (24, "off")) == [(0, "running")]


def test_of_two_changes_at_one_instant_the_later_counts() -> None:
    assert told((2, "fault"), (2, "off")) == [(0, None), (2, "off")]


def test_time_in_each_mode_is_summed_without_what_is_unknown() -> None:
    found = stretches((4, "running"), (8, "idle"), (10, "running"), (22, "off"))

    assert durations_by_mode(found) == {"running": 16 * HOUR, "idle": 2 * HOUR, "off": 2 * HOUR}
    assert known_time(found) == 20 * HOUR
    assert running_time(found) == 16 * HOUR


def test_nothing_known_is_no_uptime_rather_than_none_of_the_time() -> None:
    assert known_time(stretches()) == 0 * HOUR
    assert known_time(stretches((-1, "off"))) == 24 * HOUR
    assert running_time(stretches((-1, "off"))) == 0 * HOUR


def test_a_fault_that_goes_over_into_maintenance_is_one_event() -> None:
    """6 to 9 in fault and maintenance; off from 13 to midnight, 11 hours. Idle is not offline."""
    events = offline_events(stretches(*SHIFT), [DAY])

    assert events.count == 2
    assert [(each.mode, each.duration) for each in events.events] == [
        (None, 3 * HOUR),
        ("off", 11 * HOUR),
    ]
    assert events.longest == events.events[1]
    assert events.total == 14 * HOUR


def test_without_offline_time_there_is_no_longest() -> None:
    events = offline_events(stretches((-1, "running"), (4, "idle")), [DAY])

    assert (events.count, events.longest, events.total) == (0, None, timedelta())


def test_a_local_day_is_as_long_as_the_clock_change_makes_it() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    long_day = Period(datetime(2026, 10, 25, tzinfo=berlin), datetime(2026, 10, 26, tzinfo=berlin))
    changes = [StatusChange(datetime(2026, 10, 1, tzinfo=timezone.utc), "running", True)]

    assert durations_by_mode(status_stretches(changes, long_day)) == {"running": 25 * HOUR}
