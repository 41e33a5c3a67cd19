"""The stretch of time that a person asks about at the terminal: in words, or between two times."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from enms_cli.days import Moment, begin_of, moment
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.period_phrase import day_phrase, minute_phrase
from enms_core.language.period_words import phrase_of
from enms_core.services.minds import known_language


def asked_period(
    said: str | None, begin: str | None, end: str | None, lang: str, zone: ZoneInfo
) -> PeriodPhrase | None:
    """What --period, or --from and --to, mean; None where none of them is given.

    Raises ValueError where they are given together, and for what is no time.
    """
    if said is None and begin is None and end is None:
        return None
    if said is not None:
        if begin is not None or end is not None:
            raise ValueError("--period, or --from and --to: not both")
        return _said(said, known_language(lang))
    if begin is None:
        raise ValueError("--to needs --from")
    last = TODAY if end is None else _place(moment(end), zone)
    return PeriodPhrase("range", start=_place(moment(begin), zone), end=last)


def _said(words: str, lang: str) -> PeriodPhrase:
    phrase = phrase_of(words, lang)
    if phrase is None:
        raise ValueError(f"{words!r} is no period in {lang}; say it like in a question")
    return phrase


def _place(given: Moment, zone: ZoneInfo) -> PeriodPhrase:
    """A day, or a minute of one."""
    if not isinstance(given, datetime):
        return day_phrase(given)
    local = begin_of(given, zone)
    if local.second or local.microsecond:
        raise ValueError(f"{given.isoformat()}: times are told by the minute")
    return minute_phrase(local)
