"""Days and times of day as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from num2words import num2words

from enms_core.language.period_lexicon import MONTHS, WEEKDAYS


@dataclass(frozen=True)
class CalendarWords:
    """Days, years and times of one language, by the first entries of its word lists."""

    lang: str
    words: Mapping[str, tuple[str, ...]]

    def number(self, value: int) -> str:
        return str(num2words(value, lang=self.lang))

    def ordinal(self, value: int) -> str:
        return str(num2words(value, lang=self.lang, to="ordinal"))

    def year(self, value: int) -> str:
        return str(num2words(value, lang=self.lang, to="year"))

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
        if 0 < moment.minute < 10:
            minutes.insert(0, self.number(0))
        halves = self.words.get("clock_pm" if moment.hour >= 12 else "clock_am")
        if halves:
            return " ".join([self.number((moment.hour - 1) % 12 + 1), *minutes, halves[0]])
        return " ".join([self.number(moment.hour), *self.words["clock_oclock"][:1], *minutes])
