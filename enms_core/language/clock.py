"""Instants as words: "at two fifteen p m", "yesterday at noon", "two hours ago"."""

from __future__ import annotations

from datetime import datetime, timedelta

from enms_core.domain.period import utc
from enms_core.language.calendar_words import CalendarWords
from enms_core.language.speech.voice import Voice

DAY = timedelta(days=1)


def moment_words(voice: Voice, moment: datetime, now: datetime) -> str:
    """An instant in the zone of `moment`, with its day where that is not today's, and with the year
    where it is another than now's: "on Tuesday the third of November at two fifteen p m"."""
    calendar = _calendar(voice)
    today = now.astimezone(moment.tzinfo).date()
    if moment.date() == today:
        return time_words(voice, moment)
    time = {"time": calendar.time(moment)}
    if moment.date() == today - DAY:
        return voice.words.phrase("moment_yesterday", time)
    if moment.year == today.year:
        return voice.words.phrase("moment_day", calendar.day_slots(moment) | time)
    return voice.words.phrase("moment_date", calendar.dated_slots(moment) | time)


def time_words(voice: Voice, moment: datetime) -> str:
    """The time of day alone, where the day is known: "at two fifteen p m"."""
    return voice.words.phrase("moment_today", {"time": _calendar(voice).time(moment)})


def past_words(voice: Voice, moment: datetime, now: datetime) -> str:
    """How long ago an instant was, within a day; an older one is told by its date."""
    age = utc(now) - utc(moment)
    if age >= DAY:
        return moment_words(voice, moment, now)
    return voice.words.ago(age.total_seconds())


def _calendar(voice: Voice) -> CalendarWords:
    return CalendarWords(voice.files.lang, voice.files.vocabulary)
