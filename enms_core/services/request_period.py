"""The times in another program's request: words of its language, or days and instants."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.period_phrase import day_phrase, minute_phrase
from enms_core.language.period_words import phrase_of
from enms_core.services.minds import known_language
from enms_core.services.request_faults import Fault, RequestRefused, quoted
from enms_core.services.request_fields import Period

Moment = date | datetime


def period_of(said: Period, lang: str, zone: ZoneInfo) -> PeriodPhrase:
    """The stretch that is meant; times without an offset are of the zone. Raises RequestRefused."""
    if isinstance(said, str):
        return _in_words(said, known_language(lang))
    start = _place(moment_of(said.start, "period.start"), zone, "period.start")
    if said.end is None:
        return PeriodPhrase("range", start=start, end=TODAY)
    end = _place(moment_of(said.end, "period.end"), zone, "period.end")
    return PeriodPhrase("range", start=start, end=end)


def day_of(said: str, field: str) -> PeriodPhrase:
    """One day. Raises RequestRefused."""
    given = moment_of(said, field)
    if isinstance(given, datetime):
        raise _refused(field, said, "is no day in ISO 8601")
    return day_phrase(given)


def moment_of(said: str, field: str) -> Moment:
    """A day or an instant in ISO 8601. Raises RequestRefused."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        raise _refused(field, said, "is no day or time in ISO 8601") from None


def instant_of(said: str, field: str) -> datetime:
    """An instant in ISO 8601; of a day, its beginning."""
    given = moment_of(said, field)
    return given if isinstance(given, datetime) else datetime(given.year, given.month, given.day)


def _in_words(words: str, lang: str) -> PeriodPhrase:
    phrase = phrase_of(words, lang)
    if phrase is None:
        raise _refused("period", words, f"is no period in {lang}")
    return phrase


def _place(given: Moment, zone: ZoneInfo, field: str) -> PeriodPhrase:
    """A day, or a minute of one."""
    if not isinstance(given, datetime):
        return day_phrase(given)
    said = given.isoformat()
    try:
        local = (given if given.tzinfo is not None else given.replace(tzinfo=zone)).astimezone(zone)
    except OverflowError:
        raise _refused(field, said, "is in no calendar") from None
    if local.second or local.microsecond:
        raise _refused(field, said, "has seconds: times are told by the minute")
    if local.fold:
        raise _refused(field, said, "is in the hour that the clocks repeat, which begins before")
    return minute_phrase(local)


def _refused(field: str, said: str, reason: str) -> RequestRefused:
    return RequestRefused(Fault("field_value", f"{field}: {quoted(said)} {reason}", field))
