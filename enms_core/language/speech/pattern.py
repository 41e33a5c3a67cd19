"""How it is said when machines usually run."""

from __future__ import annotations

from datetime import datetime, timedelta

from enms_core.domain.status_history import MachinePattern, PatternAnswer
from enms_core.domain.week_pattern import RunningHours
from enms_core.language.calendar_words import CalendarWords
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice

MOST_MACHINES = 3
MOST_WINDOWS = 3
MONDAY = datetime(2024, 1, 1)  # any Monday: only its weekday and its time of day are said
DAY_HOURS = 24
ALL_DAYS, WEEKDAYS, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
DAYS_DIALOGS = {
    ALL_DAYS: "pattern_daily",
    WEEKDAYS: "pattern_weekdays",
    WEEKEND: "pattern_weekends",
}


def say_pattern(answer: PatternAnswer, voice: Voice) -> list[Dialog]:
    """The usual hours of each machine, of three at most unless all were asked for."""
    assert answer.period is not None
    most = len(answer.machines) if answer.question.in_full else MOST_MACHINES
    told, rest = answer.machines[:most], len(answer.machines) - most
    names = voice.distinct_names([each.machine.id for each in told])
    said = [_one(name, each, voice) for name, each in zip(names, told, strict=True)]
    if any(each.pattern for each in told):
        period = voice.period(answer.question.period, answer.period)
        said.append(("pattern_basis", {"period": period}))
    else:
        said.append(("pattern_needs_days", {}))
    if rest > 0:
        said.append(("pattern_rest", {"count": voice.words.count(rest)}))
    return said


def _one(machine: str, each: MachinePattern, voice: Voice) -> Dialog:
    slots = {"machine": machine}
    if each.pattern is None:
        return "pattern_too_short", slots
    if each.pattern.is_around_the_clock:
        return "pattern_always", slots
    windows = each.pattern.windows
    if not windows:
        return "pattern_never", slots
    if len(windows) > MOST_WINDOWS:
        return "pattern_irregular", slots
    told = [words for window in windows for words in _window(window, voice)]
    hours = voice.words.listed(told, whole=True)
    return "pattern_hours", {**slots, "hours": hours}


def _window(window: RunningHours, voice: Voice) -> list[str]:
    """Hours of the days on which they begin; longer ones by the day on which each ends."""
    calendar = CalendarWords(voice.files.lang, voice.files.vocabulary)
    times = {
        "start": calendar.time(_moment(0, window.start_hour)),
        "stop": calendar.time(_moment(0, window.stop_hour)),
    }
    if window.hours <= DAY_HOURS:
        return [_daily(window, times, voice, calendar)]
    return [
        voice.words.phrase(
            "pattern_span",
            {
                **times,
                "start_day": _day(weekday, calendar),
                "stop_day": _day(window.stop_weekday(weekday), calendar),
            },
        )
        for weekday in window.weekdays
    ]


def _daily(
    window: RunningHours, times: dict[str, str], voice: Voice, calendar: CalendarWords
) -> str:
    if window.weekdays in DAYS_DIALOGS:
        return voice.words.phrase(DAYS_DIALOGS[window.weekdays], times)
    days = [_day(weekday, calendar) for weekday in window.weekdays]
    return voice.words.phrase(
        "pattern_days", {**times, "days": voice.words.listed(days, whole=True)}
    )


def _day(weekday: int, calendar: CalendarWords) -> str:
    return calendar.day_slots(_moment(weekday, 0))["weekday"]


def _moment(weekday: int, hour: int) -> datetime:
    return MONDAY + timedelta(days=weekday, hours=hour)
