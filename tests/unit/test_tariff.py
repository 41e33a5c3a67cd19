"""Tariffs, by amounts worked out by hand and by a walk through every minute of a zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.tariff import priced_stretches
from enms_core.domain.period import Period
from enms_core.domain.tariff import Tariff
from tests.unit.tariffs import BERLIN, DAY_RATE, NIGHT_RATE, local, tariff

UTC = timezone.utc
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SATURDAY = 5


def told(period: Period, *tariffs: Tariff, zone: ZoneInfo = BERLIN) -> list[tuple[str, str | None]]:
    """Where each stretch begins in local time, and which tariff it is under."""
    return [
        (
            f"{each.start.astimezone(zone):%d %H:%M}",
            None if each.tariff is None else each.tariff.name,
        )
        for each in priced_stretches(period, tariffs, zone)
    ]


def hours_of(period: Period, *tariffs: Tariff) -> dict[str | None, float]:
    hours: dict[str | None, float] = {}
    for each in priced_stretches(period, tariffs, BERLIN):
        name = None if each.tariff is None else each.tariff.name
        hours[name] = hours.get(name, 0.0) + (each.end - each.start) / HOUR
    return hours


TUESDAY = Period(local("2026-11-17"), local("2026-11-18"))


def test_a_day_is_cut_where_day_and_night_rates_change() -> None:
    assert told(TUESDAY, DAY_RATE, NIGHT_RATE) == [
        ("17 00:00", "night"),
        ("17 08:00", "day"),
        ("17 20:00", "night"),
    ]


def test_one_night_over_midnight_is_one_stretch() -> None:
    two_days = Period(local("2026-11-17T12:00"), local("2026-11-18T12:00"))

    assert told(two_days, DAY_RATE, NIGHT_RATE) == [
        ("17 12:00", "day"),
        ("17 20:00", "night"),
        ("18 08:00", "day"),
    ]


@pytest.mark.parametrize(
    ("day", "night_hours"), [("2026-03-29", 11), ("2026-10-25", 13), ("2026-11-17", 12)]
)
def test_the_night_is_shorter_or_longer_when_the_clocks_change(day: str, night_hours: int) -> None:
    start = local(day)
    period = Period(start, start + DAY)  # wall time: 23, 25 and 24 hours

    assert hours_of(period, DAY_RATE, NIGHT_RATE) == {"night": night_hours, "day": 12}


def test_a_window_at_a_skipped_hour_moves_forward() -> None:
    """02:30 does not exist on 29 March in Berlin: it is 03:30."""
    early = tariff("early", hours="02:30-04:00")
    night = Period(local("2026-03-29"), local("2026-03-29T06:00"))

    assert told(night, early) == [("29 00:00", None), ("29 03:30", "early"), ("29 04:00", None)]


def test_a_window_at_a_repeated_hour_begins_and_ends_in_the_first_pass() -> None:
    late, rest = tariff("late", hours="01:00-02:30"), tariff("rest", hours="02:30-01:00")
    night = Period(local("2026-10-25"), local("2026-10-25T06:00"))

    stretches = priced_stretches(night, (late, rest), BERLIN)

    begun = [each.start.astimezone(UTC).isoformat() for each in stretches]
    assert begun == [
        "2026-10-24T22:00:00+00:00",
        "2026-10-24T23:00:00+00:00",
        "2026-10-25T00:30:00+00:00",
    ]


def test_the_weekday_is_that_of_the_windows_start() -> None:
    """Saturday's night reaches into Sunday; Friday's is none."""
    night = tariff("weekend night", hours="22:00-06:00", weekdays=frozenset({SATURDAY}))
    weekend = Period(local("2026-11-14"), local("2026-11-16"))

    assert told(weekend, night) == [
        ("14 00:00", None),
        ("14 22:00", "weekend night"),
        ("15 06:00", None),
    ]


def test_equal_times_are_a_whole_day_from_then_on() -> None:
    saturday = tariff("saturday", hours="06:00-06:00", weekdays=frozenset({SATURDAY}))
    weekend = Period(local("2026-11-14"), local("2026-11-16"))

    assert told(weekend, saturday) == [
        ("14 00:00", None),
        ("14 06:00", "saturday"),
        ("15 06:00", None),
    ]


def test_a_new_version_takes_over_within_a_window() -> None:
    change = local("2026-11-17T10:00")
    old, new = tariff("old", valid_to=change), tariff("new", valid_from=change)

    assert told(TUESDAY, old, new) == [("17 00:00", "old"), ("17 10:00", "new")]


def test_of_two_valid_versions_the_later_one_counts() -> None:
    old = tariff("old", valid_from=local("2020-01-01"))
    new = tariff("new", valid_from=local("2026-11-17T10:00"))

    assert told(TUESDAY, new, old) == [("17 00:00", "old"), ("17 10:00", "new")]


def test_of_one_version_the_narrower_window_counts() -> None:
    since = local("2026-01-01")
    base = tariff("base", valid_from=since)
    peak = tariff("peak", hours="17:00-19:00", valid_from=since)
    tuesdays = tariff("tuesday", valid_from=since, weekdays=frozenset({1}))

    assert told(TUESDAY, base, peak) == [
        ("17 00:00", "base"),
        ("17 17:00", "peak"),
        ("17 19:00", "base"),
    ]
    assert told(TUESDAY, base, tuesdays) == [("17 00:00", "tuesday")]


def test_what_no_row_covers_has_no_tariff() -> None:
    expired = tariff("expired", valid_to=local("2026-11-17T06:00"))

    assert told(TUESDAY, expired) == [("17 00:00", "expired"), ("17 06:00", None)]
    assert told(TUESDAY) == [("17 00:00", None)]


def test_a_year_of_days_and_nights_adds_up() -> None:
    """2026 in Berlin: 365 days of 12 hours of day rate; the nights take the clock changes."""
    year = Period(local("2026-01-01"), local("2027-01-01"))

    assert hours_of(year, DAY_RATE, NIGHT_RATE) == {"day": 4380, "night": 4380}


# The days on which the clocks change, and a quarter hour's zone without changes.
CHANGES = (
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/Chicago", date(2026, 3, 8)),
    ("America/Chicago", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2026, 6, 15)),
)


@cache
def wall_clock(zone_name: str, day: date) -> dict[datetime, datetime]:
    """The first instant that each wall time appears at, seen by watching the clock go on."""
    zone = ZoneInfo(zone_name)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - 6 * DAY
    seen: dict[datetime, datetime] = {}
    for _ in range(12 * 24 * 60):
        seen.setdefault(moment.astimezone(zone).replace(tzinfo=None, fold=0), moment)
        moment += MINUTE
    return seen


def instant_of(wall: datetime, seen: dict[datetime, datetime]) -> datetime:
    """A wall time that never appears is moved by as much as the clock jumped over."""
    if wall in seen:
        return seen[wall]
    before, after = wall, wall
    while before not in seen:
        before -= MINUTE
    while after not in seen:
        after += MINUTE
    return seen[wall + (after - before - MINUTE)]


def naive_windows(
    rule: Tariff, day: date, seen: dict[datetime, datetime]
) -> Iterator[tuple[datetime, datetime]]:
    for offset in range(-3, 4):
        begins_on = day + timedelta(days=offset)
        if begins_on.weekday() in rule.weekdays:
            ends_on = begins_on + (DAY if rule.end_time <= rule.start_time else timedelta())
            yield (
                instant_of(datetime.combine(begins_on, rule.start_time), seen),
                instant_of(datetime.combine(ends_on, rule.end_time), seen),
            )


def naive_tariff(
    moment: datetime, rules: Sequence[tuple[Tariff, list[tuple[datetime, datetime]]]]
) -> Tariff | None:
    """The one that counts at an instant, found among all of them."""
    best: Tariff | None = None
    for rule, windows in rules:
        is_valid = rule.valid_from is not None and rule.valid_from <= moment
        is_valid = is_valid and (rule.valid_to is None or moment < rule.valid_to)
        if is_valid and any(start <= moment < end for start, end in windows):
            best = rule if best is None or is_before(rule, best) else best
    return best


def is_before(rule: Tariff, other: Tariff) -> bool:
    assert rule.valid_from is not None and other.valid_from is not None
    if rule.valid_from != other.valid_from:
        return rule.valid_from > other.valid_from
    if minutes_of(rule) != minutes_of(other):
        return minutes_of(rule) < minutes_of(other)
    return len(rule.weekdays) < len(other.weekdays)


def minutes_of(rule: Tariff) -> int:
    begins = rule.start_time.hour * 60 + rule.start_time.minute
    ends = rule.end_time.hour * 60 + rule.end_time.minute
    return ends - begins if ends > begins else ends - begins + 24 * 60


STEPS = st.integers(0, 24 * 12 - 1).map(lambda five: time(five // 12, five % 12 * 5))
VALID_FROM = st.sampled_from([-72, -72, -30, 0, 3])
VALID_FOR = st.sampled_from([None, None, 20, 36])


@st.composite
def rules_near(draw: st.DrawFn, zone_name: str, day: date) -> list[Tariff]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone_name)).astimezone(UTC)
    rules = []
    for number in range(draw(st.integers(1, 4))):
        since = midnight + draw(VALID_FROM) * HOUR
        hours = draw(VALID_FOR)
        rules.append(
            Tariff(
                name=str(number),
                rate_per_unit=Decimal(number),
                currency="EUR",
                weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
                start_time=draw(STEPS),
                end_time=draw(STEPS),
                valid_from=since,
                valid_to=None if hours is None else since + hours * HOUR,
            )
        )
    return rules


@pytest.mark.parametrize(("zone_name", "day"), CHANGES)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_stretches_are_what_a_walk_through_every_minute_finds(
    zone_name: str, day: date, data: st.DataObject
) -> None:
    rules = data.draw(rules_near(zone_name, day))
    seen = wall_clock(zone_name, day)
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - 20 * HOUR
    begin += data.draw(st.integers(0, 20 * 60)) * MINUTE
    period = Period(begin, begin + data.draw(st.integers(24 * 60, 48 * 60)) * MINUTE)

    stretches = priced_stretches(period, rules, ZoneInfo(zone_name))

    assert (stretches[0].start, stretches[-1].end) == (period.start, period.end)
    for before, after in pairwise(stretches):
        assert before.end == after.start
        assert before.tariff != after.tariff
    windows = [(rule, list(naive_windows(rule, day, seen))) for rule in rules]
    for each in stretches:
        moment = each.start
        while moment < each.end:
            assert naive_tariff(moment, windows) == each.tariff
            moment += MINUTE
