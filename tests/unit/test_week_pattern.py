"""The usual week of a machine, from planted schedules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis.pattern import week_pattern
from enms_core.domain.status import StatusStretch
from enms_core.domain.week_pattern import RunningHours, WeekPattern

BERLIN = ZoneInfo("Europe/Berlin")
KOLKATA = ZoneInfo("Asia/Kolkata")  # half an hour beside the hours of UTC
QUARTER = timedelta(minutes=15)
WORKDAYS = (0, 1, 2, 3, 4)
FIRST = datetime(2026, 10, 12, tzinfo=timezone.utc)  # a Monday, two weeks before a clock change

Schedule = Callable[[datetime], bool]


def history(
    runs: Schedule, zone: ZoneInfo, weeks: float = 4.0, begun: datetime = FIRST
) -> list[StatusStretch]:
    """Quarter by quarter, whether a machine on a schedule of the local clock ran."""
    count = int(weeks * 7 * 96)
    starts = [begun + number * QUARTER for number in range(count)]
    return [
        StatusStretch(start, start + QUARTER, None, runs(start.astimezone(zone)))
        for start in starts
    ]


def windows(
    runs: Schedule, zone: ZoneInfo = BERLIN, weeks: float = 4.0
) -> tuple[RunningHours, ...]:
    pattern = week_pattern(history(runs, zone, weeks), zone)
    assert pattern is not None
    return pattern.windows


def two_shifts(local: datetime) -> bool:
    return local.weekday() < 5 and 6 <= local.hour < 22


def three_shifts(local: datetime) -> bool:
    """From Monday at six to Saturday at six."""
    hour = local.weekday() * 24 + local.hour
    return 6 <= hour < 5 * 24 + 6


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        (two_shifts, [(WORKDAYS, 6, 16)]),
        (three_shifts, [((0,), 6, 120)]),
        (lambda local: local.hour >= 22 or local.hour < 6, [(tuple(range(7)), 22, 8)]),
        (lambda local: local.weekday() >= 5 and 9 <= local.hour < 12, [((5, 6), 9, 3)]),
        (
            lambda local: local.hour in ((8, 9) if local.weekday() == 4 else (8, 9, 10)),
            [((0, 1, 2, 3, 5, 6), 8, 3), ((4,), 8, 2)],
        ),
        (lambda local: True, [((0,), 0, 168)]),
        (lambda local: False, []),
    ],
)
@pytest.mark.parametrize("zone", [BERLIN, KOLKATA])
def test_a_planted_schedule_is_found_in_local_time(
    runs: Schedule, found: Sequence[tuple[tuple[int, ...], int, int]], zone: ZoneInfo
) -> None:
    assert windows(runs, zone) == tuple(RunningHours(*each) for each in found)


def test_a_night_from_sunday_to_monday_is_one_window() -> None:
    def runs(local: datetime) -> bool:
        return (local.weekday(), local.hour) in {(6, 23), (0, 0), (0, 1)}

    assert windows(runs) == (RunningHours((6,), 23, 3),)


def test_a_breakdown_in_one_of_four_weeks_does_not_change_what_is_usual() -> None:
    def runs(local: datetime) -> bool:
        return two_shifts(local) and local.date().isoformat() != "2026-10-21"

    assert windows(runs) == (RunningHours(WORKDAYS, 6, 16),)


def test_shares_are_of_known_time() -> None:
    """Eight to nine on Mondays: all of it in two weeks, a quarter of it in two others."""

    def runs(local: datetime) -> bool:
        is_first = local.date().day in (12, 19)
        return (local.weekday(), local.hour) == (0, 8) and (is_first or local.minute < 15)

    pattern = week_pattern(history(runs, BERLIN), BERLIN)

    assert pattern is not None
    assert pattern.shares[8] == pytest.approx((1 + 1 + 0.25 + 0.25) / 4)
    assert sum(pattern.shares) == pytest.approx(pattern.shares[8])


def test_less_than_seven_days_are_too_short_for_a_pattern() -> None:
    assert week_pattern(history(two_shifts, BERLIN, 6.9 / 7), BERLIN) is None
    assert week_pattern(history(two_shifts, BERLIN, 1.0), BERLIN) is not None
    assert week_pattern([], BERLIN) is None


def test_unknown_time_is_neither_running_nor_standing() -> None:
    told = history(two_shifts, BERLIN)
    unknown = StatusStretch(FIRST - timedelta(days=30), FIRST, None, None)

    assert week_pattern([unknown, *told], BERLIN) == week_pattern(told, BERLIN)
    assert week_pattern([unknown, *told[:96]], BERLIN) is None


def test_hours_of_the_week_that_were_never_seen_are_not_guessed() -> None:
    """Mornings only, over ten weeks: seven days of time, and no evening among them."""
    mornings = [
        stretch for stretch in history(two_shifts, BERLIN, 10) if 6 <= stretch.start.hour < 12
    ]

    assert week_pattern(mornings, BERLIN) is None


def test_long_stretches_are_the_same_as_short_ones() -> None:
    """A history tells changes only: a stretch may last for days, over a clock change too."""
    edges = [
        datetime(2026, 10, day, hour, tzinfo=BERLIN).astimezone(timezone.utc)
        for day, hour in ((19, 0), (26, 6), (27, 13), (31, 0))
    ]
    told = [
        StatusStretch(start, end, None, runs)
        for (start, end), runs in zip(pairwise(edges), (True, False, True), strict=True)
    ]
    quarters = [
        StatusStretch(start, start + QUARTER, None, each.is_running)
        for each in told
        for start in _quarters(each.start, each.end)
    ]

    found = week_pattern(told, BERLIN)

    assert found is not None
    assert found == week_pattern(quarters, BERLIN)
    assert found.shares[0:6] == (1.0,) * 6
    assert found.shares[6:8] == (0.5, 0.5)  # Mondays: it ran on the 19th and stood on the 26th


def _quarters(start: datetime, end: datetime) -> list[datetime]:
    return [start + number * QUARTER for number in range(int((end - start) / QUARTER))]


def test_data_has_the_hours_of_the_day_where_all_days_are_alike() -> None:
    one = WeekPattern((0.0,) * 168, (RunningHours(WORKDAYS, 6, 16),)).data()
    two = WeekPattern((0.0,) * 168, (RunningHours((0,), 6, 16), RunningHours((1,), 7, 9))).data()

    assert (one["starts_at"], one["stops_at"]) == ("06:00", "22:00")
    assert one["windows"] == [
        {"weekdays": [0, 1, 2, 3, 4], "starts_at": "06:00", "stops_at": "22:00", "hours": 16}
    ]
    assert (two["starts_at"], two["stops_at"]) == (None, None)


def test_hours_over_midnight_end_on_the_next_day() -> None:
    night, week = RunningHours((6,), 22, 8), RunningHours((0,), 6, 120)

    assert (night.stop_hour, night.stop_weekday(6)) == (6, 0)
    assert (week.stop_hour, week.stop_weekday(0)) == (6, 5)
