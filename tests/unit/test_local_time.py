"""Wall times as instants: against times whose instants are known, and against a plain walk.

A meter's file is made from instants, by what the clocks of the zone showed; then the instants must
come back, whatever the zone, the direction and the way of writing midnight and clock changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.local_time import LocalTimes, interval_starts

UTC = timezone.utc
BERLIN = ZoneInfo("Europe/Berlin")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONG = timedelta(days=999)


def micros(wall: datetime) -> int:
    return (wall - datetime(1970, 1, 1)) // timedelta(microseconds=1)


def array(walls: Sequence[datetime]) -> np.ndarray:
    return np.array([micros(each) for each in walls], dtype=np.int64)


def read(
    times: LocalTimes, walls: Sequence[datetime], following: Sequence[datetime] = ()
) -> list[datetime | None]:
    """Instants by LocalTimes, None where a stamp is none."""
    nothing = np.zeros(len(walls), dtype=np.int64)
    found, skipped = times.instants(array(walls), nothing, nothing > 0, array(following))
    instants = [each.replace(tzinfo=UTC) for each in found.tolist()]
    return [None if gone else at for at, gone in zip(instants, skipped, strict=True)]


def on(day: date, *texts: str) -> list[datetime]:
    return [datetime.combine(day, time.fromisoformat(text)) for text in texts]


def hours(instants: Sequence[datetime | None], day: date) -> list[float | None]:
    """Instants as hours since the local midnight of Berlin with which the day began."""
    begin = datetime.combine(day, time(), BERLIN)
    return [None if at is None else (at - begin.astimezone(UTC)) / 60 / MINUTE for at in instants]


class TestByHand:
    BACK = date(2026, 10, 25)
    FORWARD = date(2026, 3, 29)

    def test_the_repeated_hour_is_told_apart_by_the_order_of_the_rows(self) -> None:
        walls = on(self.BACK, "01:30", "02:00", "02:30", "02:00", "02:30", "03:00")
        found = read(LocalTimes(BERLIN, False, False), walls)
        assert hours(found, self.BACK) == [1.5, 2, 2.5, 3, 3.5, 4]

    def test_also_in_a_file_that_runs_newest_first(self) -> None:
        walls = on(self.BACK, "03:00", "02:30", "02:00", "02:30", "02:00", "01:30")
        found = read(LocalTimes(BERLIN, False, True), walls)
        assert hours(found, self.BACK) == [4, 3.5, 3, 2.5, 2, 1.5]

    @pytest.mark.parametrize("is_descending", [False, True])
    def test_a_meter_that_writes_each_hour_has_one_stamp_twice(self, is_descending: bool) -> None:
        walls = on(self.BACK, "00:00", "01:00", "02:00", "02:00", "03:00")
        expected = [0, 1, 2, 3, 4]
        if is_descending:
            walls, expected = walls[::-1], expected[::-1]
        found = read(LocalTimes(BERLIN, False, is_descending), walls)
        assert hours(found, self.BACK) == expected

    @pytest.mark.parametrize("is_descending", [False, True])
    def test_a_row_that_is_written_twice_is_no_second_hour(self, is_descending: bool) -> None:
        walls = on(self.BACK, "01:45", "02:00", "02:00", "02:15", "02:45", "02:00", "02:15")
        expected = [1.75, 2, 2, 2.25, 2.75, 3, 3.25]
        if is_descending:
            walls, expected = walls[::-1], expected[::-1]
        found = read(LocalTimes(BERLIN, False, is_descending), walls)
        assert hours(found, self.BACK) == expected

    def test_also_the_row_after_the_repeated_hour_may_be_written_twice(self) -> None:
        walls = on(self.BACK, "01:00", "02:00", "02:00", "03:00", "03:00", "04:00")
        found = read(LocalTimes(BERLIN, True, False), walls)
        assert hours(found, self.BACK) == [1, 2, 3, 4, 4, 5]

    @pytest.mark.parametrize("is_descending", [False, True])
    def test_an_hour_that_is_there_once_is_the_first_one(self, is_descending: bool) -> None:
        walls = on(self.BACK, "01:00", "02:00", "02:30", "03:00")
        expected = [1, 2, 2.5, 4]
        if is_descending:
            walls, expected = walls[::-1], expected[::-1]
        found = read(LocalTimes(BERLIN, False, is_descending), walls)
        assert hours(found, self.BACK) == expected

    @pytest.mark.parametrize("is_descending", [False, True])
    def test_the_end_of_the_first_of_two_hours_may_be_written_as_the_clock_showed_it(
        self, is_descending: bool
    ) -> None:
        walls = on(self.BACK, "01:30", "02:00", "02:30", "03:00", "02:30", "03:00", "03:30")
        expected = [1.5, 2, 2.5, 3, 3.5, 4, 4.5]
        if is_descending:
            walls, expected = walls[::-1], expected[::-1]
        found = read(LocalTimes(BERLIN, True, is_descending), walls)
        assert hours(found, self.BACK) == expected

    def test_a_time_that_the_clocks_went_over_is_none(self) -> None:
        walls = on(self.FORWARD, "01:45", "02:00", "02:59", "03:00", "03:15")
        found = read(LocalTimes(BERLIN, False, False), walls)
        assert hours(found, self.FORWARD) == [1.75, None, None, 2, 2.25]

    @pytest.mark.parametrize("change", ["02:00", "03:00"])
    def test_the_interval_that_the_change_ends_may_be_told_by_the_old_or_the_new_time(
        self, change: str
    ) -> None:
        walls = on(self.FORWARD, "01:45", change, "02:15", "03:15")
        found = read(LocalTimes(BERLIN, True, False), walls)
        assert hours(found, self.FORWARD) == [1.75, 2, None, 2.25]

    def test_a_day_whose_midnight_the_clocks_went_over_begins_with_the_change(self) -> None:
        days = [datetime(2018, 11, day) for day in (3, 4, 5)]
        found = read(LocalTimes(SAO_PAULO, False, False, is_of_days=True), days)
        assert found == [
            datetime(2018, 11, 3, 3, tzinfo=UTC),
            datetime(2018, 11, 4, 3, tzinfo=UTC),
            datetime(2018, 11, 5, 2, tzinfo=UTC),
        ]

    @pytest.mark.parametrize("last", ["23:59:59", "23:59", "23:45"])
    def test_the_last_minute_of_a_day_stands_for_its_end(self, last: str) -> None:
        """A day's amount was that of 23:59 to 23:59."""
        times = LocalTimes(BERLIN, True, False, is_of_days=True)
        assert hours(read(times, on(self.BACK, last)), self.BACK) == [25]

    def test_a_day_that_begins_late_in_the_evening_is_left_as_it_is(self) -> None:
        times = LocalTimes(BERLIN, False, False, is_of_days=True)
        assert hours(read(times, on(self.FORWARD, "23:45")), self.FORWARD) == [22.75]

    def test_midnight_written_last_in_its_day_is_the_end_of_that_day(self) -> None:
        walls = [*on(date(2026, 5, 1), "23:30", "23:45", "00:00"), *on(date(2026, 5, 2), "00:15")]
        expected = [23.5, 23.75, 24, 24.25]
        for is_descending, rows, told in (
            (False, walls, expected),
            (True, walls[::-1], expected[::-1]),
        ):
            found = read(LocalTimes(BERLIN, True, is_descending), rows)
            assert hours(found, date(2026, 5, 1)) == told

    def test_midnight_out_of_order_within_its_day_is_that_of_the_day(self) -> None:
        walls = on(date(2026, 5, 1), "05:00", "00:00", "05:15")
        found = read(LocalTimes(BERLIN, True, False), walls)
        assert hours(found, date(2026, 5, 1)) == [5, 0, 5.25]

    def test_a_stamp_that_tells_a_beginning_is_never_moved_to_the_next_day(self) -> None:
        walls = on(date(2026, 5, 1), "23:45", "00:00")
        assert hours(read(LocalTimes(BERLIN, False, False), walls), date(2026, 5, 1)) == [23.75, 0]

    def test_an_offset_is_taken_as_it_is(self) -> None:
        walls = array(on(self.BACK, "02:30", "02:30", "02:30"))
        offset = np.array([7_200_000_000, 3_600_000_000, 0], dtype=np.int64)
        has_offset = np.array([True, True, False])
        found, skipped = LocalTimes(BERLIN, False, False).instants(walls, offset, has_offset)
        told = [each.replace(tzinfo=UTC) for each in found.tolist()]
        assert hours(told, self.BACK)[:2] == [2.5, 3.5]
        assert not skipped.any()


class TestIntervalStarts:
    def starts(self, zone: ZoneInfo, interval: timedelta, *ends: datetime) -> list[datetime]:
        instants = np.array([each.astimezone(UTC).replace(tzinfo=None) for each in ends], "M8[us]")
        found = interval_starts(instants, interval, zone)
        return [each.replace(tzinfo=UTC).astimezone(zone) for each in found.tolist()]

    def test_days_before_a_midnight_are_local_days(self) -> None:
        midnights = [
            datetime(2026, month, day, tzinfo=BERLIN)
            for month, day in ((3, 29), (3, 30), (10, 25), (10, 26))
        ]
        assert self.starts(BERLIN, DAY, *midnights) == [
            datetime(2026, month, day, tzinfo=BERLIN)
            for month, day in ((3, 28), (3, 29), (10, 24), (10, 25))
        ]

    def test_a_day_begins_with_the_change_where_its_midnight_is_skipped(self) -> None:
        end = datetime(2018, 11, 5, tzinfo=SAO_PAULO)
        assert self.starts(SAO_PAULO, DAY, end) == [datetime(2018, 11, 4, 1, tzinfo=SAO_PAULO)]

    @pytest.mark.parametrize(
        ("zone", "day"),
        [
            ("America/Havana", date(2026, 3, 8)),
            ("America/Sao_Paulo", date(2018, 11, 4)),
            ("America/Santiago", date(2024, 9, 8)),
            ("Asia/Beirut", date(2024, 3, 31)),
            ("Atlantic/Azores", date(2026, 3, 29)),
        ],
    )
    def test_the_day_before_a_midnight_that_is_skipped_begins_at_its_own(
        self, zone: str, day: date
    ) -> None:
        """It ends when the clocks show 1:00, and began at 1:00 of its own day, an hour too late."""
        end, place = datetime.combine(day, time()), ZoneInfo(zone)
        (instant,) = read(LocalTimes(place, True, False, is_of_days=True), [end])
        assert instant is not None
        assert self.starts(place, DAY, instant) == [datetime.combine(day - DAY, time(), place)]

    @pytest.mark.parametrize("is_descending", [False, True])
    def test_days_about_a_midnight_that_is_there_twice_are_local_days(
        self, is_descending: bool
    ) -> None:
        """The clocks of Santiago went back at midnight: the day before had 25 hours."""
        place = ZoneInfo("America/Santiago")
        days = [datetime(2024, 4, day) for day in range(4, 11)]
        ends = days[::-1] if is_descending else days
        found = read(LocalTimes(place, True, is_descending, is_of_days=True), ends)
        starts = self.starts(place, DAY, *filter(None, found))
        assert starts == [(end - DAY).replace(tzinfo=place) for end in ends]

    def test_a_day_may_begin_at_the_hour_to_which_the_clocks_change(self) -> None:
        ends = [datetime(2026, month, day, 3, tzinfo=BERLIN) for month, day in ((3, 30), (10, 26))]
        assert self.starts(BERLIN, DAY, *ends) == [
            datetime(2026, month, day, 3, tzinfo=BERLIN) for month, day in ((3, 29), (10, 25))
        ]

    def test_a_day_that_would_begin_in_the_repeated_hour_begins_when_it_is_first(self) -> None:
        end = datetime(2026, 10, 26, 2, 30, tzinfo=BERLIN)
        (start,) = self.starts(BERLIN, DAY, end)
        assert start.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_hours_are_counted_as_they_pass(self) -> None:
        end = datetime(2026, 3, 29, 3, tzinfo=BERLIN)
        assert self.starts(BERLIN, timedelta(hours=2), end) == [
            datetime(2026, 3, 29, 0, tzinfo=BERLIN)
        ]


@dataclass(frozen=True)
class Site:
    """A zone and a day on which its clocks change, by hand; at is None where they never do."""

    zone: ZoneInfo
    day: date
    at: datetime | None
    shift: timedelta


def site(zone: str, day: str, at: str | None = None, minutes: int = 60) -> Site:
    instant = None if at is None else datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Site(ZoneInfo(zone), date.fromisoformat(day), instant, minutes * MINUTE)


SITES = (
    site("Europe/Berlin", "2026-03-29", "2026-03-29T01:00"),
    site("Europe/Berlin", "2026-10-25", "2026-10-25T01:00"),
    site("America/Chicago", "2026-03-08", "2026-03-08T08:00"),
    site("America/Chicago", "2026-11-01", "2026-11-01T07:00"),
    site("Australia/Lord_Howe", "2026-04-05", "2026-04-04T15:00", 30),
    site("Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:30", 30),
    site("America/Sao_Paulo", "2018-02-17", "2018-02-18T02:00"),
    site("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00"),
    site("America/Havana", "2026-03-08", "2026-03-08T05:00"),
    site("America/Havana", "2026-11-01", "2026-11-01T05:00"),
    site("Asia/Seoul", "2026-03-29"),
    site("Asia/Kathmandu", "2026-03-29"),
)


@dataclass(frozen=True)
class Recipe:
    """How a meter wrote a file of three days around a change.

    is_old_time: the instant of a change is written by the time before it. is_own_day: midnight is
    written with the date of the day that ends. Both only where stamps tell ends.
    """

    site: Site
    step: timedelta
    first_hour: int
    seed: int
    is_end_stamp: bool
    is_old_time: bool
    is_own_day: bool
    is_descending: bool

    def times(self) -> LocalTimes:
        return LocalTimes(self.site.zone, self.is_end_stamp, self.is_descending)

    def instants(self) -> list[datetime]:
        first = datetime.combine(self.site.day - DAY, time(self.first_hour), self.site.zone)
        grid = [first.astimezone(UTC) + self.step * each for each in range(3 * DAY // self.step)]
        chance = Random(self.seed)
        rows = [at for at in grid for _ in range(self.copies(at, chance))]
        return rows[::-1] if self.is_descending else rows

    def copies(self, at: datetime, chance: Random) -> int:
        """How often a row is there. What nobody could tell is left out: rows that lack, or are
        there twice, where each hour has one, about a repeated hour; evenings that lack before a
        midnight of their own day."""
        where = self.site
        is_near = where.at is not None and abs(at - where.at) <= timedelta(hours=3)
        is_late = at.astimezone(where.zone).hour >= 12
        least = 1 if is_near or is_late else 0
        most = 1 if is_near and self.step >= where.shift else 4
        return max(least, min(most, chance.choice([0, 1, 1, 1, 1, 1, 2, 4])))

    def shown(self, at: datetime) -> datetime:
        """What the meter writes at an instant."""
        moment = timedelta.resolution if self.is_end_stamp and self.is_old_time else timedelta()
        wall = (at - moment).astimezone(self.site.zone).replace(tzinfo=None) + moment
        is_last = self.is_end_stamp and self.is_own_day and wall.time() == time()
        return wall - DAY if is_last else wall


def is_readable(recipe: Recipe) -> bool:
    """Whether anybody could read it: a midnight that is there twice is not written as the end of a
    day."""
    is_midnight_twice = recipe.site.zone.key in ("America/Sao_Paulo", "America/Havana")
    return not (is_midnight_twice and recipe.is_own_day)


recipes = st.builds(
    Recipe,
    site=st.sampled_from(SITES),
    step=st.sampled_from([10 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE]),
    first_hour=st.integers(1, 23),
    seed=st.integers(0, 2**32),
    is_end_stamp=st.booleans(),
    is_old_time=st.booleans(),
    is_own_day=st.booleans(),
    is_descending=st.booleans(),
).filter(is_readable)


def differences(
    found: Sequence[datetime | None], walls: Sequence[datetime], instants: Sequence[datetime]
) -> list[tuple[object, ...]]:
    rows = zip(walls, found, instants, strict=True)
    return [(wall, told, at) for wall, told, at in rows if told != at]


@settings(max_examples=200, deadline=None)
@given(recipes)
def test_a_file_made_from_instants_is_read_back_as_these(recipe: Recipe) -> None:
    instants = recipe.instants()
    walls = [recipe.shown(at) for at in instants]
    assert differences(read(recipe.times(), walls), walls, instants) == []


@settings(max_examples=15, deadline=None)
@given(recipes)
def test_row_by_row_a_file_is_read_as_at_once(recipe: Recipe) -> None:
    instants, times = recipe.instants(), recipe.times()
    walls = [recipe.shown(at) for at in instants]
    found = row_by_row(times, walls)
    assert differences(found, walls, instants) == []


def row_by_row(times: LocalTimes, walls: Sequence[datetime]) -> list[datetime | None]:
    return [read(times, [wall], walls[row + 1 :])[0] for row, wall in enumerate(walls)]


@st.composite
def jumbles(draw: st.DrawFn) -> tuple[Site, list[datetime]]:
    """Stamps of a day of change in any order, some again and again."""
    where = draw(st.sampled_from(SITES))
    change = datetime.combine(where.day, time()) if where.at is None else where.at
    shown = change.astimezone(where.zone).replace(tzinfo=None)
    about = [15 * MINUTE * each for each in range(-6, 7)]
    distances = draw(st.lists(st.sampled_from([*about, -DAY, DAY]), min_size=1, max_size=25))
    midnights = draw(st.lists(st.sampled_from([time(), None, None]), min_size=25, max_size=25))
    walls = [shown + each for each in distances]
    return where, [
        wall if midnight is None else datetime.combine(wall, midnight)
        for wall, midnight in zip(walls, midnights, strict=False)
    ]


def plainly_read(walls: Sequence[datetime], where: Site) -> list[datetime | None]:
    """The rules for stamps of beginnings, oldest first, one row at a time with zoneinfo."""
    found: list[datetime | None] = []
    step, before_wall, before = LONG, None, None
    for wall in walls:
        first, second = (
            wall.replace(tzinfo=where.zone, fold=fold).astimezone(UTC) for fold in (0, 1)
        )
        at = first
        if second > first and before is not None:  # the clocks show this time twice
            fitting = [each for each in (first, second) if not (each - before) % step]
            if wall == before_wall and step < where.shift:
                at = before
            elif where.shift <= step < DAY and len(fitting) == 1:
                at = fitting[0]
            elif first <= before < first + DAY:
                at = second
        is_there = at.astimezone(where.zone).replace(tzinfo=None) == wall
        found.append(at if is_there else None)
        if before_wall is not None and wall != before_wall:
            step = abs(wall - before_wall)
        before_wall, before = wall, at if is_there else where.at
    return found


@settings(max_examples=400, deadline=None)
@given(jumbles())
def test_stamps_in_any_order_are_read_as_by_a_plain_walk(
    jumble: tuple[Site, list[datetime]],
) -> None:
    where, walls = jumble
    assert read(LocalTimes(where.zone, False, False), walls) == plainly_read(walls, where)


@settings(max_examples=200, deadline=None)
@given(jumbles(), st.booleans(), st.booleans())
def test_row_by_row_any_stamps_are_read_as_at_once(
    jumble: tuple[Site, list[datetime]], is_end_stamp: bool, is_descending: bool
) -> None:
    where, walls = jumble
    at_once = read(LocalTimes(where.zone, is_end_stamp, is_descending), walls)
    assert row_by_row(LocalTimes(where.zone, is_end_stamp, is_descending), walls) == at_once
