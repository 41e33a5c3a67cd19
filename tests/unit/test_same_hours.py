"""A running stretch against one that is over, cut at the same wall time."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.period import Period, PeriodPhrase, resolve
from enms_core.domain.same_hours import cut_to_running, runs
from enms_core.language.files import load_language
from enms_core.language.numbers import NumberReader
from enms_core.language.periods import PeriodReader
from enms_core.language.tokens import tokenize

PERIODS = PeriodReader(load_language("en-us").vocabulary, NumberReader("en-us"))
BERLIN = ZoneInfo("Europe/Berlin")
NOW = "2026-11-18T10:07:30+01:00"

# What runs, what is over, now, and the stretch that counts of the one that is over.
CUT = (
    ("today", "yesterday", NOW, "2026-11-17T00:00+01:00/2026-11-17T10:07:30+01:00"),
    ("today", "last Monday", NOW, "2026-11-16T00:00+01:00/2026-11-16T10:07:30+01:00"),
    ("today", "on the 3rd of November", NOW, "2026-11-03T00:00+01:00/2026-11-03T10:07:30+01:00"),
    ("this week", "last week", NOW, "2026-11-09T00:00+01:00/2026-11-11T10:07:30+01:00"),
    ("this week", "in week 40", NOW, "2026-09-28T00:00+02:00/2026-09-30T10:07:30+02:00"),
    ("this month", "last month", NOW, "2026-10-01T00:00+02:00/2026-10-18T10:07:30+02:00"),
    ("this month", "in October", NOW, "2026-10-01T00:00+02:00/2026-10-18T10:07:30+02:00"),
    ("in November", "in February", NOW, "2026-02-01T00:00+01:00/2026-02-18T10:07:30+01:00"),
    ("this quarter", "last quarter", NOW, "2026-07-01T00:00+02:00/2026-08-18T10:07:30+02:00"),
    ("this year", "in 2024", NOW, "2024-01-01T00:00+01:00/2024-11-17T10:07:30+01:00"),
    ("this morning", "yesterday morning", NOW,
     "2026-11-17T06:00+01:00/2026-11-17T10:07:30+01:00"),
    # The clocks went forward at two, and back at three: the wall time counts
    ("today", "yesterday", "2026-03-29T12:00+02:00",
     "2026-03-28T00:00+01:00/2026-03-28T12:00+01:00"),
    ("today", "yesterday", "2026-03-30T02:30+02:00",
     "2026-03-29T00:00+01:00/2026-03-29T03:30+02:00"),
    ("today", "yesterday", "2026-10-26T12:00+01:00",
     "2026-10-25T00:00+02:00/2026-10-25T12:00+01:00"),
)  # fmt: skip
WHOLE = (
    ("yesterday", "the day before yesterday", NOW),
    ("today", "last week", NOW),
    ("today", "tomorrow", NOW),
    ("this month", "last quarter", NOW),
    ("over the last 7 days", "last week", NOW),
    ("since Monday", "last week", NOW),
    ("this morning", "yesterday afternoon", NOW),
    ("today", "today", NOW),
    ("today", "yesterday", "2026-11-18T00:00+01:00"),
    # February has no counterpart of the 31st of March: it counts as a whole
    ("this month", "last month", "2026-03-31T08:00+02:00"),
)


@pytest.mark.parametrize(("running", "over", "now", "stretch"), CUT)
def test_the_stretch_that_is_over_ends_at_the_same_time(
    running: str, over: str, now: str, stretch: str
) -> None:
    cut = cut_to_running(phrase(running), phrase(over), datetime.fromisoformat(now), BERLIN)

    assert cut is not None
    period = resolve(cut.phrase, cut.now, BERLIN)
    start, end = (datetime.fromisoformat(each) for each in stretch.split("/"))
    assert instants(period) == (start.astimezone(timezone.utc), end.astimezone(timezone.utc))


@pytest.mark.parametrize(("running", "over", "now"), WHOLE)
def test_what_does_not_run_or_is_of_another_kind_is_not_cut(
    running: str, over: str, now: str
) -> None:
    moment = datetime.fromisoformat(now)

    assert cut_to_running(phrase(running), phrase(over), moment, BERLIN) is None


@pytest.mark.parametrize(
    ("running", "over", "intervals", "now", "stretch", "running_now"),
    [
        # The hour from ten on is open, and has no reading yet
        ("today", "yesterday", {60, 3_600}, NOW,
         "2026-11-17T00:00+01:00/2026-11-17T10:00+01:00", "2026-11-18T10:00+01:00"),
        ("this week", "last week", {86_400}, NOW,
         "2026-11-09T00:00+01:00/2026-11-11T00:00+01:00", "2026-11-18T00:00+01:00"),
        # No day is over yet: what the finer meter has read
        ("today", "yesterday", {900, 86_400}, NOW,
         "2026-11-17T00:00+01:00/2026-11-17T10:00+01:00", "2026-11-18T10:00+01:00"),
        ("today", "yesterday", {86_400}, NOW,
         "2026-11-17T00:00+01:00/2026-11-17T10:07:30+01:00", NOW),
        ("today", "yesterday", {3_600}, "2026-11-18T10:00+01:00",
         "2026-11-17T00:00+01:00/2026-11-17T10:00+01:00", "2026-11-18T10:00+01:00"),
        # Half past two for the second time
        ("today", "yesterday", {3_600}, "2026-10-25T02:30+01:00",
         "2026-10-24T00:00+02:00/2026-10-24T02:00+02:00", "2026-10-25T02:00+01:00"),
    ],
)  # fmt: skip
def test_both_stretches_end_with_a_whole_interval_of_the_meters(
    running: str, over: str, intervals: set[int], now: str, stretch: str, running_now: str
) -> None:
    moment = datetime.fromisoformat(now)

    cut = cut_to_running(phrase(running), phrase(over), moment, BERLIN, 0, intervals)

    assert cut is not None
    start, end = (datetime.fromisoformat(each) for each in stretch.split("/"))
    assert instants(resolve(cut.phrase, cut.now, BERLIN)) == (
        start.astimezone(timezone.utc),
        end.astimezone(timezone.utc),
    )
    assert cut.running_now == datetime.fromisoformat(running_now)


@pytest.mark.parametrize(
    ("said", "is_running"),
    [
        ("today", True), ("this year", True), ("this morning", True), ("in November", True),
        ("yesterday", False), ("tomorrow", False), ("over the last 7 days", False),
        ("since Monday", False),
    ],
)  # fmt: skip
def test_a_stretch_runs_that_has_begun_and_is_not_over(said: str, is_running: bool) -> None:
    assert runs(phrase(said), datetime.fromisoformat(NOW), BERLIN) == is_running


def test_a_week_that_does_not_begin_as_ours_is_not_cut() -> None:
    """ISO weeks begin on Monday, where ours may begin on Sunday."""
    moment = datetime.fromisoformat(NOW)

    assert cut_to_running(phrase("this week"), phrase("in week 40"), moment, BERLIN, 6) is None


def test_a_date_that_no_calendar_has_is_not_cut() -> None:
    wrong = PeriodPhrase("date", day=31, month=2)

    assert cut_to_running(phrase("today"), wrong, datetime.fromisoformat(NOW), BERLIN) is None
    assert not runs(wrong, datetime.fromisoformat(NOW), BERLIN)


def phrase(said: str) -> PeriodPhrase:
    (match,) = PERIODS.find(tokenize(said))
    return match.phrase


def instants(period: Period) -> tuple[datetime, datetime]:
    return period.start.astimezone(timezone.utc), period.end.astimezone(timezone.utc)
