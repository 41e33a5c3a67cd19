"""How it is said when a measure has paid for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from enms_core.domain.payback import Payback
from enms_core.language.money import money_words
from enms_core.language.render import Dialog
from enms_core.language.speech.brief import counted
from enms_core.language.speech.measured import unit_words
from enms_core.language.speech.voice import Voice

WEEKS_OF_MONTH = 365.25 / 12 / 7
WEEKS_OF_YEAR = 365.25 / 7
# Up to so many weeks and months these are told, then the next larger unit.
MOST_WEEKS, MOST_MONTHS = 18.0, 24.0
HALVES = 2
WEEKS_OF_DAY = 1 / 7


@dataclass(frozen=True)
class _Unit:
    """A unit that times are told in. phrase: the name of its phrases."""

    weeks: float
    phrase: str

    def rounded(self, weeks: float) -> Decimal:
        """In this unit, of which there is one at least; years in halves."""
        count = weeks / self.weeks
        if self.weeks == WEEKS_OF_YEAR:
            return Decimal(max(1, round(count * HALVES))) / HALVES
        return Decimal(max(1, round(count)))


def say_payback(payback: Payback, voice: Voice) -> list[Dialog]:
    """At what a person has just told that it costs."""
    return _said(payback, voice, lambda weeks: ("recommend_payback", {"weeks": weeks}))


def say_payback_of_plan(payback: Payback, voice: Voice) -> list[Dialog]:
    """The same of a plan, which may have been told long ago."""
    money = cost_words(payback, voice)
    return _said(payback, voice, lambda weeks: ("payback_after", {"money": money, "time": weeks}))


def cost_words(payback: Payback, voice: Voice) -> str:
    return money_words(voice.words, payback.cost.amount, payback.cost.currency)


def _said(payback: Payback, voice: Voice, after: Callable[[str], Dialog]) -> list[Dialog]:
    if payback.reason is not None or payback.weeks is None:
        return [_none(payback, voice)]
    if payback.is_unsure:
        earliest = time_words(payback.earliest_weeks or payback.weeks, voice)
        return [("payback_unsure", {"money": cost_words(payback, voice), "time": earliest})]
    return [after(time_words(payback.weeks, voice)), *_between(payback, voice)]


def _none(payback: Payback, voice: Voice) -> Dialog:
    if payback.reason != "currency":
        return f"payback_{payback.reason or 'no_savings'}", {}
    slots = {
        "own": unit_words(payback.saved_in or "", voice),
        "other": unit_words(payback.cost.currency or "", voice),
    }
    return "payback_currency", slots


def _between(payback: Payback, voice: Voice) -> list[Dialog]:
    """Its interval, where that is known and is one."""
    low, high = payback.earliest_weeks, payback.latest_weeks
    if low is None or high is None or payback.weeks is None:
        return []
    unit = _unit_of(payback.weeks)
    first, last = unit.rounded(low), unit.rounded(high)
    if first == last:
        return []
    low_words = _in_unit(first, unit, voice) if first == 1 else voice.words.number(first)
    return [("payback_between", {"low": low_words, "high": _in_unit(last, unit, voice)})]


def time_words(weeks: float, voice: Voice) -> str:
    """A time in days, weeks, months or years."""
    unit = _unit_of(weeks)
    return _in_unit(unit.rounded(weeks), unit, voice)


def _unit_of(weeks: float) -> _Unit:
    if weeks < 1.0:
        return _Unit(WEEKS_OF_DAY, "payback_days")
    if weeks < MOST_WEEKS:
        return _Unit(1.0, "recommend_weeks")
    if weeks < MOST_MONTHS * WEEKS_OF_MONTH:
        return _Unit(WEEKS_OF_MONTH, "payback_months")
    return _Unit(WEEKS_OF_YEAR, "payback_years")


def _in_unit(count: Decimal, unit: _Unit, voice: Voice) -> str:
    if count == 1:
        return counted(unit.phrase, 1, voice)
    return voice.words.phrase(f"{unit.phrase}_several", {"count": voice.words.number(count)})
