"""How a period is said: the name of a dialog, and its slots in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from enms_core.domain.period import INSTANT, TODAY, Period, PeriodPhrase, Unit
from enms_core.domain.wall_time import MONTHS_IN
from enms_core.language.calendar_words import CalendarWords

Said = tuple[str, dict[str, str]]
_Slots = Callable[[datetime], dict[str, str]]

_DAY_DIALOGS = {
    -2: "period_day_before_yesterday",
    -1: "period_yesterday",
    0: "period_today",
    1: "period_tomorrow",
    2: "period_day_after_tomorrow",
}
_BESIDE_NOW = {TODAY: "today", replace(TODAY, offset=-1): "yesterday"}
_UNIT_DIALOGS = {-1: "period_last_{}", 0: "period_this_{}", 1: "period_next_{}"}


def period_words(
    phrase: PeriodPhrase, period: Period, lang: str, words: Mapping[str, tuple[str, ...]]
) -> Said:
    """The dialog and its slots for a phrase that means `period` (for daily hours: first to last).

    `words` holds the language's word lists: month and weekday names are their first entries.
    """
    return _SAYINGS[phrase.kind](phrase, period, CalendarWords(lang, words))


def _now(_phrase: PeriodPhrase, _period: Period, _voice: CalendarWords) -> Said:
    return "period_now", {}


def _unit(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    if phrase.of is not None:
        return _dates(period, voice)
    if phrase.unit == "half":
        return _part_of_year("half", period, voice)
    if phrase.unit == "minute":
        count = {"count": voice.number(-phrase.offset)}
        return ("period_minutes_ago", count) if phrase.offset < -1 else ("period_minute_ago", {})
    dialogs = _DAY_DIALOGS if phrase.unit == "day" else _UNIT_DIALOGS
    if phrase.offset in dialogs:
        return dialogs[phrase.offset].format(phrase.unit), {}
    dialog = f"period_{phrase.unit}s_ago" if phrase.offset < 0 else f"period_in_{phrase.unit}s"
    return dialog, {"count": voice.number(abs(phrase.offset))}


def _rolling(phrase: PeriodPhrase, _period: Period, voice: CalendarWords) -> Said:
    dialog = f"period_{phrase.kind}_{phrase.unit}"
    return (
        (dialog, {}) if phrase.count == 1 else (f"{dialog}s", {"count": voice.number(phrase.count)})
    )


def _rest(phrase: PeriodPhrase, _period: Period, _voice: CalendarWords) -> Said:
    return f"period_rest_of_{phrase.unit}", {}


def _year(_phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    return "period_year", {"year": voice.year(period.start.year)}


def _month(_phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    start = period.start
    return "period_month", {"month": voice.month(start), "year": voice.year(start.year)}


def _week(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    year = period.start.isocalendar().year
    return "period_week_number", {"number": voice.number(phrase.number), "year": voice.year(year)}


def _weekday(_phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    return "period_weekday", voice.day_slots(period.start)


def _weekend(_phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    return "period_weekend", voice.day_slots(period.start)


def _date(_phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    return "period_date", voice.dated_slots(period.start)


def _nth(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    if phrase.count == 1 and phrase.unit == "month":
        return _month(phrase, period, voice)
    is_half = phrase.unit == "half" and (phrase.of is None or _is_year(phrase.of))
    if phrase.count == 1 and (phrase.unit == "quarter" or is_half):
        return _part_of_year(phrase.unit or "quarter", period, voice)
    return _dates(period, voice)


def _is_year(phrase: PeriodPhrase) -> bool:
    return phrase.kind == "year" or (phrase.kind, phrase.unit) == ("unit", "year")


def _part_of_year(unit: Unit, period: Period, voice: CalendarWords) -> Said:
    number = (period.start.month - 1) // MONTHS_IN[unit] + 1
    year = voice.year(period.start.year)
    return f"period_{unit}", {"number": voice.ordinal(number), "year": year}


def _hours(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    if phrase.part is None:
        times = {"start": voice.time(period.start), "end": voice.time(period.end)}
        dialog, slots = _on_day("period_hours", phrase, period.start, voice)
        return dialog, times | slots
    dialog = f"period_{phrase.part}"
    if phrase.of in _BESIDE_NOW:
        return f"{dialog}_{_BESIDE_NOW[phrase.of]}", {}
    return _on_day(dialog, phrase, period.start, voice)


def _clock(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    dialog, slots = _on_day("period_clock", phrase, period.start, voice)
    return dialog, {"time": voice.time(period.start)} | slots


def _on_day(dialog: str, phrase: PeriodPhrase, moment: datetime, voice: CalendarWords) -> Said:
    """The day's name, with its year where the phrase named a date that may be long ago."""
    if _names_date(phrase):
        return f"{dialog}_date", voice.dated_slots(moment)
    return dialog, voice.day_slots(moment)


def _names_date(phrase: PeriodPhrase) -> bool:
    inner = (phrase.of, phrase.start, phrase.end)
    return phrase.kind in ("date", "nth") or any(_names_date(part) for part in inner if part)


def _daily(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    """That it is the hours of all the days together, lest a sum sounds like that of one day."""
    midnight = datetime.min
    times = {
        "start": voice.time(midnight + timedelta(minutes=phrase.from_minute)),
        "end": voice.time(midnight + timedelta(minutes=phrase.to_minute)),
    }
    is_whole_day = phrase.from_minute == phrase.to_minute == 0
    if is_whole_day:
        times = {}
    count = _days_begun(phrase, period)
    if count == 1:
        dialog, day = _on_day("period_hours", phrase, period.start, voice)
        return _dates(period, voice) if is_whole_day else (dialog, times | day)
    days = _both_ends(period.start, _last_moment(period), voice.dated_slots)
    return _daily_dialog(phrase), times | days | {"count": voice.number(count)}


def _daily_dialog(phrase: PeriodPhrase) -> str:
    if phrase.weekdays:
        return (
            "period_workdays"
            if phrase.from_minute == phrase.to_minute
            else ("period_workday_hours")
        )
    is_overnight = phrase.to_minute <= phrase.from_minute
    return "period_nightly_hours" if is_overnight else "period_daily_hours"


def _days_begun(phrase: PeriodPhrase, period: Period) -> int:
    """On how many days daily hours begin, from the first to the last."""
    last = _last_moment(period)
    is_later_day = 60 * last.hour + last.minute < phrase.from_minute  # a night's last morning
    days = (last.date() - period.start.date()).days + (0 if is_later_day else 1)
    begun = (period.start.weekday() + day for day in range(days))
    return sum(not phrase.weekdays or weekday % 7 in phrase.weekdays for weekday in begun)


def _range(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    kinds = {end.kind for end in (phrase.start, phrase.end) if end is not None}
    last = _last_moment(period)
    if kinds & {"clock", "hours"}:
        dialog = "period_times_date" if _names_date(phrase) else "period_times"
        day = voice.dated_slots if _names_date(phrase) else voice.day_slots
        return dialog, _both_ends(
            period.start, period.end, lambda at: {"time": voice.time(at)} | day(at)
        )
    if kinds == {"weekday"}:
        return "period_weekdays", _both_ends(period.start, last, voice.day_slots)
    if kinds == {"year"}:
        return "period_years", _both_ends(
            period.start, last, lambda at: {"year": voice.year(at.year)}
        )
    if kinds == {"month"}:
        return _in_years(
            "period_months", period.start, last, lambda at: {"month": voice.month(at)}, voice
        )
    return _dates(period, voice)


def _dates(period: Period, voice: CalendarWords) -> Said:
    last = _last_moment(period)
    if period.start.date() == last.date():
        return "period_date", voice.dated_slots(period.start)
    return _in_years(
        "period_dates",
        period.start,
        last,
        lambda at: {"day": voice.ordinal(at.day), "month": voice.month(at)},
        voice,
    )


def _in_years(
    dialog: str, start: datetime, end: datetime, slots: _Slots, voice: CalendarWords
) -> Said:
    """Both ends with the year said once, or with each end when the years differ."""
    if start.year == end.year:
        return dialog, _both_ends(start, end, slots) | {"year": voice.year(end.year)}
    return f"{dialog}_years", _both_ends(
        start, end, lambda at: slots(at) | {"year": voice.year(at.year)}
    )


def _both_ends(start: datetime, end: datetime, slots: _Slots) -> dict[str, str]:
    return {f"start_{name}": said for name, said in slots(start).items()} | {
        f"end_{name}": said for name, said in slots(end).items()
    }


def _last_moment(period: Period) -> datetime:
    """A half-open stretch that ends at midnight ends, as people say it, on the day before."""
    return period.end - INSTANT


def _since(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    return _one_ended("period_since", phrase, period.start, voice)


def _until(phrase: PeriodPhrase, period: Period, voice: CalendarWords) -> Said:
    if phrase.number < 0 and period.end.time() == time.min:
        return "period_through_date", voice.dated_slots(_last_moment(period))
    return _one_ended("period_until", phrase, period.end, voice)


def _one_ended(dialog: str, phrase: PeriodPhrase, moment: datetime, voice: CalendarWords) -> Said:
    if moment.time() == time.min:
        return f"{dialog}_date", voice.dated_slots(moment)
    timed, slots = _on_day(f"{dialog}_time", phrase, moment, voice)
    return timed, {"time": voice.time(moment)} | slots


_SAYINGS: dict[str, Callable[[PeriodPhrase, Period, CalendarWords], Said]] = {
    "now": _now,
    "unit": _unit,
    "past": _rolling,
    "coming": _rolling,
    "rest": _rest,
    "year": _year,
    "month": _month,
    "week": _week,
    "weekday": _weekday,
    "weekend": _weekend,
    "date": _date,
    "nth": _nth,
    "hours": _hours,
    "daily": _daily,
    "clock": _clock,
    "range": _range,
    "since": _since,
    "until": _until,
}
