"""The classes of words that periods are made of, and the word lists that they come from."""

from __future__ import annotations

from typing import Any

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = ("morning", "afternoon", "evening", "night")
SHIFTS = ("early_shift", "late_shift", "night_shift")
NAMED_UNITS = ("day", "week", "month", "quarter", "year")
SHORT_UNITS = ("minute", "hour", "day")
LONG_UNITS = ("shift", "week", "month", "quarter", "year")
# What the name of a clock time adds to the hour that is said with it [min]: "half past two" or,
# where a language counts towards the hour, "halb drei".
CLOCK_OFFSETS = {
    "clock_quarter_past": 15,
    "clock_half_past": 30,
    "clock_first_quarter_to": -45,
    "clock_half_to": -30,
    "clock_quarter_to": -15,
}
# Word lists whose words have no value: the class says it all.
MARKERS = (
    "now",
    "this",
    "last",
    "previous",
    "past",
    "next",
    "ago",
    "ahead",
    "so_far",
    "to_date",
    "not",
    "since",
    "from",
    "to",
    "between",
    "and",
    "until",
    "rest",
    "of",
    "preposition",
    "article",
    "week_number",
    "quarter_number",
    "half",
    "start",
    "half_number",
    "weekend",
    "overnight",
    "tonight",
    "before_last",
    "after_next",
    "last_but_one",
    "next_but_one",
    "complete",
    "all_day",
    "all",
    "same",
    "by",
    "due",
    "onto",
    "through",
    "end",
    "opening",
    "ending",
    "middle",
    "onward",
    "later",
    "night_to",
    "this_night",
    "day_before",
    "day_after",
    "calendar_week",
    "month_of",
    "office_hours",
    "workdays",
    "hour_from",
    "together",
    "workdays_together",
    "within",
    "and_half",
    "one_and_half",
    "quarter_hour",
    "fortnight",
)


# Classes of words that mean one of their unit, and not several: "last week", never "last weeks".
OF_ONE_UNIT = frozenset({"one_unit", "short_unit", "long_unit"})


def word_classes() -> dict[str, tuple[tuple[str, Any], ...]]:
    """By the name of a word list: the classes of its words, each with its value."""
    classes: dict[str, tuple[tuple[str, Any], ...]] = {
        "period_day_before_yesterday": (("day_word", -2),),
        "period_yesterday": (("day_word", -1),),
        "period_today": (("day_word", 0),),
        "period_tomorrow": (("day_word", 1),),
        "period_day_after_tomorrow": (("day_word", 2),),
        "period_couple": (("count", 2),),
        "period_single": (("single", None), ("count", 1)),
        "clock_am": (("meridiem", 0),),
        "clock_pm": (("meridiem", 12),),
        "clock_oclock": (("oclock", None),),
        "clock_at": (("at", None),),
        "clock_noon": (("fixed_time", 12 * 60),),
        "clock_midnight": (("fixed_time", 0),),
        "clock_one": (("one_oclock", 1),),
        "clock_past": (("minutes_past", None),),
        "clock_to": (("minutes_to", None),),
        "unit_half": (("unit_half", None),),
    }
    classes |= {name: (("clock_offset", offset),) for name, offset in CLOCK_OFFSETS.items()}
    classes |= {f"period_this_{unit}": (("named_unit", (unit, 0)),) for unit in NAMED_UNITS}
    classes |= {f"period_previous_{unit}": (("named_unit", (unit, -1)),) for unit in NAMED_UNITS}
    classes |= {f"period_{marker}": ((marker, None),) for marker in MARKERS}
    for lasting, units in (("short_unit", SHORT_UNITS), ("long_unit", LONG_UNITS)):
        for unit in units:
            single = (("one_unit", unit), (lasting, unit), (f"unit_{unit}", None))
            classes[f"unit_{unit}"] = (("unit", unit), *single)
    classes |= {f"month_{name}": (("month", i),) for i, name in enumerate(MONTHS, start=1)}
    classes |= {f"weekday_{name}": (("weekday", i),) for i, name in enumerate(WEEKDAYS)}
    classes |= {f"daypart_{name}": (("part", name),) for name in PARTS}
    classes |= {f"daypart_{name}": (("part", name), ("shift", name)) for name in SHIFTS}
    return classes
