"""Values as words: numbers, amounts with units, names, lists and durations of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from enms_core.domain.units import for_the_ear
from enms_core.language.files import LanguageFiles
from enms_core.language.period_classes import MONTHS
from enms_core.language.render import Several, filled
from enms_core.language.spoken_names import SpokenNames
from enms_core.language.spoken_numbers import NumberForm, spoken_numbers

SIGNIFICANT_DIGITS = 3
LONGEST_LIST = 3
# A form for one with its own words for one before it: "[eine] Kilowattstunde".
OWN_ONE = re.compile(r"\[(?P<ones>[^]]+)\]\s*(?P<form>.+)")


def rounded(value: float) -> Decimal:
    """A value as it is said: three significant digits, rounded half up.

    The one place where numbers are rounded for the ear.

    >>> [str(rounded(value)) for value in (950.4, 41.27, 0.0432, 12.0)]
    ['950', '41.3', '0.0432', '12']
    """
    exact = Decimal(repr(float(value)))
    if not exact:
        return Decimal(0)
    step = Decimal(1).scaleb(exact.adjusted() - SIGNIFICANT_DIGITS + 1)
    short = exact.quantize(step, rounding=ROUND_HALF_UP) if step < 1 else _whole(exact, step)
    return short.to_integral_value() if short == short.to_integral_value() else short.normalize()


def _whole(exact: Decimal, step: Decimal) -> Decimal:
    return (exact / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


class Words:
    """Says values in one language."""

    def __init__(self, files: LanguageFiles) -> None:
        self._files = files
        self._names = SpokenNames(files.vocabulary, self.count)
        self._spoken = spoken_numbers(files.lang, files.vocabulary)

    def number(self, value: float | Decimal) -> str:
        """A number as spoken, rounded for the ear; whole numbers up to 999 stay exact."""
        said = value if isinstance(value, Decimal) else rounded(value)
        number = int(said) if said == said.to_integral_value() else said
        words = self._spoken(number)
        plain = " ".join(words.replace("-", " ").replace(",", " ").split())
        return plain if number == 1 else Several(plain)

    def count(self, value: int) -> str:
        """A count of things, never rounded."""
        return self.number(Decimal(value))

    def amount(self, value: float, unit: str) -> str:
        """An amount with its unit: 12,400 kWh is "twelve point four megawatt hours"."""
        value, unit = for_the_ear(value, unit)
        return self.counted(rounded(value), self.unit(unit))

    def percent(self, value: float) -> str:
        """A share as spoken: "twenty percent"."""
        return self.amount(value, "%")

    def counted(self, count: Decimal, forms: Sequence[str], is_object: bool = False) -> str:
        """A number with the form that fits it.

        A form for one may bring its own word for one, "[eine] Kilowattstunde", and a second one
        for where the amount is what a verb acts on, "[ein/einen] Euro" (is_object).
        """
        number = self.number(count)
        if abs(count) != 1:
            return Several(f"{number} {forms[-1]}")
        own = OWN_ONE.fullmatch(forms[0])
        if own is None:
            return f"{number} {forms[0]}"
        ones = own["ones"].split("/")
        before = number.split()[:-1]  # "minus"
        return " ".join([*before, ones[-1 if is_object else 0], own["form"]])

    def unit(self, unit: str) -> tuple[str, ...]:
        """A unit's forms, "one | several"; what is written of one that we have no words for."""
        return self.forms("units", unit) or (self.name(unit),)

    def forms(self, values: str, key: str) -> tuple[str, ...]:
        """A word's forms, "one | several", in a list of values; none where it is not there."""
        said = self._files.values[values].get(key)
        return () if said is None else tuple(form.strip() for form in said.split("|"))

    def source(self, name: str) -> str:
        """An energy source as people call it."""
        synonyms = self._files.vocabulary.get(f"source_{name}")
        return synonyms[0] if synonyms else self.name(name)

    def name(self, name: str) -> str:
        """What was named by a person as it is said: "Compressor-EU-1" is "compressor E U one"."""
        return self._names.said(name)

    def listed(self, items: Sequence[str], joiner: str = "list_and", whole: bool = False) -> str:
        """A list as "a, b and c"; beyond three items the rest is counted, unless told whole."""
        if len(items) == 1:
            return items[0]
        if len(items) > LONGEST_LIST and not whole:
            rest = self.count(len(items) - LONGEST_LIST)
            first = ", ".join(items[:LONGEST_LIST])
            return Several(self.phrase("list_and_more", {"first": first, "count": rest}))
        return Several(self.phrase(joiner, {"first": ", ".join(items[:-1]), "last": items[-1]}))

    def duration(self, seconds: float, dialog: str = "duration") -> str:
        """A length of time in the unit that fits: minutes, hours or days.

        dialog: what the names of its phrases begin with.
        """
        if seconds < 60:
            return self.phrase(f"{dialog}_short")
        unit, size = "minute", 60.0
        if seconds >= 2 * 86_400:
            unit, size = "day", 86_400.0
        elif seconds >= 3600:
            unit, size = "hour", 3600.0
        count = rounded(round(seconds / size * 2) / 2 if size > 60 else seconds // size)
        if count == 1:
            return self.phrase(f"{dialog}_{unit}")
        return self.phrase(f"{dialog}_{unit}s", {"count": self.number(count)})

    def ago(self, seconds: float) -> str:
        """How long ago something was: "two hours ago"."""
        return self.duration(seconds, "duration_ago")

    def day(self, day: date) -> str:
        """A date in full."""
        month = self._files.vocabulary[f"month_{MONTHS[day.month - 1]}"][0]
        return self.phrase(
            "day_of_year",
            {
                "day": self._number_form(day.day, "ordinal"),
                "month": month.title(),
                "year": self._number_form(day.year, "year"),
            },
        )

    def _number_form(self, value: int, form: NumberForm) -> str:
        return self._spoken(value, form).replace("-", " ")

    def topic(self, intent: str) -> str:
        return self._files.values["topics"].get(intent, intent.replace("_", " "))

    def phrase(self, dialog: str, slots: Mapping[str, str] | None = None) -> str:
        """Words that become part of a sentence: a dialog's first phrasing, filled.

        They stand for several things where one of the slots does.
        """
        slots = slots or {}
        words = filled(self._files.dialogs[dialog][0], slots)
        is_several = any(isinstance(each, Several) for each in slots.values())
        return Several(words) if is_several else words
