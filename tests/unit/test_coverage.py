"""How complete readings are, by numbers worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.coverage import (
    MeterPiece,
    covered_seconds,
    earliest,
    expected_seconds,
    latest,
    meter_pieces,
)
from enms_core.domain.catalogue import Meter
from enms_core.domain.period import Period

BERLIN = ZoneInfo("Europe/Berlin")
DAY = datetime(2026, 11, 17, tzinfo=timezone.utc)
MACHINE = UUID(int=1)
SOURCE = UUID(int=2)
QUARTER_S = 900


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def meter(start: float, end: float | None = None, interval_s: int = QUARTER_S) -> Meter:
    until = None if end is None else at(end)
    return Meter(MACHINE, SOURCE, interval_s, at(start), until)


def cuts(period: Period, *meters: Meter) -> list[tuple[float, float, int | None]]:
    return [
        (
            (piece.period.start - DAY) / timedelta(hours=1),
            (piece.period.end - DAY) / timedelta(hours=1),
            piece.interval_seconds,
        )
        for piece in meter_pieces(period, meters)
    ]


WHOLE_DAY = Period(at(0), at(24))


def test_one_meter_serves_the_whole_period() -> None:
    assert cuts(WHOLE_DAY, meter(-100)) == [(0, 24, QUARTER_S)]


def test_a_meter_ends_where_the_next_begins_though_nobody_noted_it() -> None:
    assert cuts(WHOLE_DAY, meter(-100), meter(6, interval_s=60)) == [
        (0, 6, QUARTER_S),
        (6, 24, 60),
    ]


def test_a_meter_serves_again_where_the_one_that_stood_in_for_it_ends() -> None:
    assert cuts(WHOLE_DAY, meter(-100), meter(6, 12, interval_s=60)) == [
        (0, 6, QUARTER_S),
        (6, 12, 60),
        (12, 24, QUARTER_S),
    ]


def test_without_a_meter_the_period_is_one_piece_without_an_interval() -> None:
    assert cuts(WHOLE_DAY) == [(0, 24, None)]


def test_a_replaced_meter_cuts_the_period_and_leaves_its_gap() -> None:
    assert cuts(WHOLE_DAY, meter(-5, 10), meter(12, None, 60)) == [
        (0, 10, QUARTER_S),
        (10, 12, None),
        (12, 24, 60),
    ]


def test_the_order_of_the_register_does_not_matter() -> None:
    assert cuts(WHOLE_DAY, meter(12), meter(-5, 12, 60)) == [(0, 12, 60), (12, 24, QUARTER_S)]


def test_a_period_begins_before_the_first_meter_and_ends_after_the_last() -> None:
    assert cuts(WHOLE_DAY, meter(6, 18)) == [(0, 6, None), (6, 18, QUARTER_S), (18, 24, None)]


def test_meters_that_served_before_or_after_the_period_cut_nothing() -> None:
    assert cuts(WHOLE_DAY, meter(-9, 0), meter(24, 30), meter(-9)) == [(0, 24, QUARTER_S)]


def test_where_two_meters_overlap_the_time_counts_once() -> None:
    assert cuts(WHOLE_DAY, meter(-5, 14), meter(10, None, 60)) == [(0, 10, QUARTER_S), (10, 24, 60)]


@pytest.mark.parametrize(
    ("start", "end", "interval_s", "expected_s"),
    [
        (0, 24, QUARTER_S, 86_400),
        (0, 1, 3_600, 3_600),
        (0, 0.99, 3_600, 0),  # the hour that runs is not expected yet
        (0.5, 2.75, 3_600, 3_600),  # only 1:00 to 2:00 lies in it as a whole
        (0.1, 0.2, 3_600, 0),
        (9, 9.2, QUARTER_S, 0),  # 12 minutes: no whole quarter of an hour
        (9, 9.3, QUARTER_S, 900),  # 18 minutes: one
        (9, 9.125, 60, 420),  # 7.5 minutes: seven
        (0, 24, None, 86_400),
        (9, 9.2, None, 720),
    ],
)
def test_whole_intervals_are_expected(
    start: float, end: float, interval_s: int | None, expected_s: float
) -> None:
    piece = MeterPiece(Period(at(start), at(end)), interval_s)

    assert expected_seconds(piece) == pytest.approx(expected_s)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(datetime(2026, 3, 29), 23), (datetime(2026, 10, 25), 25), (datetime(2026, 11, 17), 24)],
)
def test_a_local_day_has_as_many_hours_as_the_clock_changes_leave(
    day: datetime, hours: int
) -> None:
    start = day.replace(tzinfo=BERLIN)
    period = Period(start, start + timedelta(days=1))

    assert expected_seconds(MeterPiece(period, QUARTER_S)) == hours * 3_600


@pytest.mark.parametrize(
    ("readings", "interval_s", "covered_s"),
    [
        (0, QUARTER_S, 0),
        (10, QUARTER_S, 9_000),
        (96, QUARTER_S, 86_400),
        (200, QUARTER_S, 86_400),  # readings of a second meter make no day longer
        (10, None, 600),
    ],
)
def test_readings_cover_their_intervals_and_never_more_than_there_is(
    readings: int, interval_s: int | None, covered_s: float
) -> None:
    piece = MeterPiece(WHOLE_DAY, interval_s)

    assert covered_seconds(piece, readings, fallback_seconds=60) == covered_s


@given(
    st.floats(0, 47),
    st.floats(0.1, 48),
    st.lists(st.tuples(st.floats(-10, 50), st.floats(0.1, 40)), max_size=5),
)
def test_pieces_lie_end_to_end_and_make_up_the_period(
    start: float, length: float, served: list[tuple[float, float]]
) -> None:
    period = Period(at(start), at(start + length))

    pieces = meter_pieces(period, [meter(begin, begin + hours) for begin, hours in served])

    assert pieces[0].period.start == period.start
    assert pieces[-1].period.end == period.end
    for before, after in pairwise(pieces):
        assert before.period.end == after.period.start


def test_the_first_and_last_of_instants_pass_over_what_is_missing() -> None:
    assert (earliest([None, at(5), at(3)]), latest([at(5), None, at(3)])) == (at(3), at(5))
    assert (earliest([None, None]), latest([])) == (None, None)


def test_a_daily_meter_is_expected_once_a_local_day() -> None:
    """Four local days over the clock change of 25 October: 97 hours, four readings."""
    days = Period(datetime(2026, 10, 23, tzinfo=BERLIN), datetime(2026, 10, 27, tzinfo=BERLIN))
    piece = MeterPiece(days, 86_400)

    assert expected_seconds(piece) == 4 * 86_400
    assert covered_seconds(piece, 2, 86_400) == 2 * 86_400


def test_intervals_are_counted_from_where_the_readings_stand() -> None:
    """Hourly readings at half past: from 0:30 to 4:30 there are four, not three."""
    piece = MeterPiece(Period(at(0.5), at(4.5)), 3600)

    assert expected_seconds(piece, at(0.5)) == 4 * 3600
    assert expected_seconds(piece, at(0)) == 3 * 3600
