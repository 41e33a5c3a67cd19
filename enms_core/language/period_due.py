"""The day that something is due: "by the end of the month", "until Friday", "next week"."""

from __future__ import annotations

from enms_core.domain.period import TODAY, PeriodPhrase, ahead_of_now
from enms_core.language.period_builders import unit_at

# What is told up to now, or is no time at all, is no day to come.
_NEVER_DUE = ("now", "past", "since", "impossible", "daily")


def due_day(phrase: PeriodPhrase) -> PeriodPhrase | None:
    """The day by which a thing told by `phrase` is to be done: its last one, in the future.

    What it resolves to is one local day. None where the phrase can only be past.
    """
    if phrase.kind in _NEVER_DUE or phrase.seek == "previous":
        return None
    if phrase.kind in ("until", "clock", "hours"):
        return TODAY if phrase.of is None else due_day(phrase.of)
    if phrase.kind == "range":
        return None if phrase.end is None else due_day(phrase.end)
    return _last_day(phrase)


def _last_day(phrase: PeriodPhrase) -> PeriodPhrase | None:
    unit = phrase.unit or "year"
    if phrase.kind == "unit" and phrase.offset < 0 and phrase.of is None:
        return None
    if phrase.kind == "coming":
        return _after(phrase)
    if phrase.kind in ("weekday", "date") or unit in ("minute", "hour", "shift", "day"):
        return _one_day(phrase)
    whole = unit_at(unit, 0) if phrase.kind == "rest" else phrase
    return ahead_of_now(PeriodPhrase("nth", unit="day", number=-1, of=whole))


def _one_day(phrase: PeriodPhrase) -> PeriodPhrase:
    is_within_today = phrase.kind == "rest" or phrase.unit in ("minute", "hour", "shift")
    return TODAY if is_within_today else ahead_of_now(phrase)


def _after(phrase: PeriodPhrase) -> PeriodPhrase:
    """Within so many days or weeks; of longer units the last day of the one that it reaches."""
    if phrase.unit in ("minute", "hour", "shift"):
        return TODAY
    if phrase.unit in ("day", "week"):
        return unit_at("day", phrase.count * (7 if phrase.unit == "week" else 1))
    return PeriodPhrase(
        "nth", unit="day", number=-1, of=unit_at(phrase.unit or "month", phrase.count)
    )
