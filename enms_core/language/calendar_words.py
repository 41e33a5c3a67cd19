"""Days and times of day as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from enms_core.language.period_classes import MONTHS, WEEKDAYS
from enms_core.language.spoken_numbers import SpokenNumbers, spoken_numbers


@dataclass(frozen=True)
class CalendarWords:
    """Days, years and times of one language, by the first entries of its word lists."""

    lang: str
    words: Mapping[str, tuple[str, ...]]

    def number(self, value: int) -> str:
        return self._spoken(value)

    def ordinal(self, value: int) -> str:
        return self._spoken(value, "ordinal")

    def year(self, value: int) -> str:
        return self._spoken(value, "year")

    @property
    def _spoken(self) -> SpokenNumbers:
        return spoken_numbers(self.lang, self.words)

    def month(self, moment: datetime) -> str:
        return self.words[f"month_{MONTHS[moment.month - 1]}"][0]

    def day_slots(self, moment: datetime) -> dict[str, str]:
        return {
            "weekday": self.words[f"weekday_{WEEKDAYS[moment.weekday()]}"][0],
            "day": self.ordinal(moment.day),
            "month": self.month(moment),
        }

    def dated_slots(self, moment: datetime) -> dict[str, str]:
        return self.day_slots(moment) | {"year": self.year(moment.year)}

    def time(self, moment: datetime) -> str:
        """Twelve hours with a.m. and p.m. where the language has words for them, else 24."""
        if moment.minute == 0 and moment.hour in (0, 12):
            named = self.words.get("clock_noon" if moment.hour else "clock_midnight")
            if named:
                return named[0]
        minutes = [self.number(moment.minute)] if moment.minute else []
        halves = self.words.get("clock_pm" if moment.hour >= 12 else "clock_am")
        if halves is None:
            return " ".join([self._hour(moment), *self.words["clock_oclock"][:1], *minutes])
        if 0 < moment.minute < 10:
            minutes.insert(0, self.number(0))
        return " ".join([self.number((moment.hour - 1) % 12 + 1), *minutes, halves[0]])

    def _hour(self, moment: datetime) -> str:
        """The hour as it is said before "o'clock", where one sounds otherwise than in counting."""
        own = self.words.get("clock_one")
        return own[0] if own and moment.hour == 1 else self.number(moment.hour)
