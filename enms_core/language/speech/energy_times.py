"""Days and hours of a series as words, as short as the series allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from enms_core.domain.question import Step
from enms_core.domain.series import Point
from enms_core.language.calendar_words import CalendarWords
from enms_core.language.speech.voice import Voice

HOUR = timedelta(hours=1)
WEEK_DAYS = 7
YEAR_DAYS = 365
ANY_MIDNIGHT = datetime(2000, 1, 1, tzinfo=timezone.utc)


class Times:
    """Words for when the points of a series were.

    A day within a week is told by its weekday, in a longer series by its date, beyond a year with
    the year; an hour of a single day without the day.
    """

    def __init__(self, points: Sequence[Point], step: Step, voice: Voice) -> None:
        self._step = step
        self._voice = voice
        days = (points[-1].period.start.date() - points[0].period.start.date()).days
        self._has_one_day = days == 0
        self._day_dialog = _day_dialog(days)

    def of(self, point: Point) -> str:
        """When a point was: "on Tuesday", "between two p m and three p m"."""
        start = point.period.start
        slots = _calendar(self._voice).dated_slots(start)
        day = self._voice.words.phrase(self._day_dialog, slots)
        if self._step == "day":
            return day
        # A whole hour is told by the clock, also where the clock is changed in it.
        end = start + HOUR if point.is_whole else point.period.end
        if self._has_one_day:
            return _between(start, end, self._voice)
        times = {**_hour_slots(start, end, self._voice), "day": day}
        return self._voice.words.phrase("energy_between_on_day", times)


def hour_words(hour: int, voice: Voice) -> str:
    """An hour of the day, 0 to 23: "between two p m and three p m"."""
    start = ANY_MIDNIGHT + hour * HOUR
    return _between(start, start + HOUR, voice)


def _day_dialog(days: int) -> str:
    if days < WEEK_DAYS:
        return "energy_on_weekday"
    return "period_weekday" if days < YEAR_DAYS else "period_date"


def _between(start: datetime, end: datetime, voice: Voice) -> str:
    return voice.words.phrase("energy_between", _hour_slots(start, end, voice))


def _hour_slots(start: datetime, end: datetime, voice: Voice) -> dict[str, str]:
    calendar = _calendar(voice)
    return {"start": calendar.time(start), "end": calendar.time(end)}


def _calendar(voice: Voice) -> CalendarWords:
    return CalendarWords(voice.files.lang, voice.files.vocabulary)
