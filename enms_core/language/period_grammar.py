"""The grammar of periods over word classes, the same for every language.

A rule is a pattern and a builder. In a pattern, `name` is a word class of `period_lexicon` or
another rule's name, `<name>` hands its value to the builder, and `?` makes either optional (an
optional value that was not said is None). A builder that returns None refuses the match. Patterns
give both word orders where languages differ ("three days ago", "vor drei Tagen").
"""

from __future__ import annotations

from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.language import period_builders as make

RULES: dict[str, tuple[tuple[str, make.Builder], ...]] = {
    "before": (("last", make.always(True)), ("previous", make.always(True))),
    "recent": (("before", make.always(True)), ("past", make.always(True))),
    "which": (("this", make.always(0)), ("before", make.always(-1)), ("next", make.always(1))),
    "year": (
        ("<year_number>", make.year),
        ("unit_year <year_number>", make.year),
        ("<which> unit_year", make.in_unit("year")),
    ),
    "in_year": (
        ("of? <year>", make.same),
        ("of unit_year", make.always(make.unit_at("year", 0))),
        ("<count> unit_year ago", lambda count: make.unit_at("year", -count)),
    ),
    "which_month": (
        ("<which> unit_month", make.in_unit("month")),
        ("unit_month", make.always(make.unit_at("month", 0))),
    ),
    "date": (
        ("<ordinal> of? <month> <in_year>?", make.day_month),
        ("<day_number> <month> <in_year>", make.day_month),
        ("<day_number> <sure_month>", make.day_month),
        ("<month> of? <ordinal> <in_year>?", make.month_day),
        ("<month> <day_number> <in_year>", make.month_day),
        ("<sure_month> <day_number>", make.month_day),
        ("<ordinal> of <which_month>", make.day_of_month),
        ("<written_date>", make.written_date),
    ),
    "day": (
        ("<day_word>", make.in_unit("day")),
        ("this unit_day", make.always(make.unit_at("day", 0))),
        ("previous unit_day", make.always(make.unit_at("day", -1))),
        ("<count> unit_day ago", lambda count: make.unit_at("day", -count)),
        ("ago <count> unit_day", lambda count: make.unit_at("day", -count)),
        ("<weekday>", make.weekday),
        ("before <weekday>", make.sought(make.weekday, "previous")),
        ("next <weekday>", make.sought(make.weekday, "next")),
        ("this <weekday>", lambda value: make.weekday(value, make.unit_at("week", 0))),
        (
            "<weekday> of? <which> unit_week",
            lambda day, week: make.weekday(day, make.unit_at("week", week)),
        ),
        ("<weekday>? of? <date>", lambda _weekday, date: date),
    ),
    "named_month": (
        ("<sure_month>", make.month),
        ("<month> <in_year>", make.month),
        ("before <month>", make.sought(make.month, "previous")),
        ("next <month>", make.sought(make.month, "next")),
        ("this <sure_month>", lambda value: make.month(value, make.unit_at("year", 0))),
    ),
    "part_of_year": (
        ("<ordinal> unit_quarter <in_year>?", make.part_of_year("quarter")),
        ("quarter_number <index> <in_year>?", make.part_of_year("quarter")),
        ("<ordinal> half <in_year>", make.part_of_year("half")),
        ("half_number <index> <in_year>?", make.part_of_year("half")),
        ("last half <in_year>", lambda of: make.nth(-1, 1, "half", of)),
        (
            "week_number <index> <in_year>?",
            lambda number, of: PeriodPhrase("week", number=number, of=of),
        ),
    ),
    "whole": (
        ("<month> <in_year>?", make.month),
        ("<which_month>", make.same),
        ("<year>", make.same),
        ("unit_year", make.always(make.unit_at("year", 0))),
        ("<which> unit_week", make.in_unit("week")),
        ("unit_week", make.always(make.unit_at("week", 0))),
        ("<which> unit_quarter", make.in_unit("quarter")),
        ("unit_quarter", make.always(make.unit_at("quarter", 0))),
    ),
    "nth": (
        ("<ordinal> <count>? <unit> of <whole>", make.nth),
        ("last <count>? <unit> of <whole>", make.last_of),
    ),
    "counted": (
        ("past <unit>", lambda unit: make.rolling(1, unit)),
        ("last <short_unit>", lambda unit: make.rolling(1, unit)),
        ("recent <count> <unit>", make.rolling),
        ("next <count> <unit>", make.coming),
        ("recent half unit_hour", make.always(make.rolling(30, "minute"))),
        ("<count> <unit> ago", make.units_away(-1)),
        ("ago <count> <unit>", make.units_away(-1)),
        ("single <unit> ago", make.calendar(-1)),
        ("ahead <count> <unit>", make.units_away(1)),
        ("ahead single <unit>", make.calendar(1)),
    ),
    "running": (
        ("this <unit>", make.calendar(0)),
        ("previous <unit>", make.calendar(-1)),
        ("last <long_unit>", make.calendar(-1)),
        ("next <long_unit>", make.calendar(1)),
        ("next <short_unit>", make.next_short),
        ("<unit> before_last", make.calendar(-2)),
        ("<unit> after_next", make.calendar(2)),
        ("<unit> so_far", make.calendar(0)),
        ("<unit> to_date", make.calendar(0)),
        ("rest of? <unit>", make.rest_of),
        ("rest of? this <unit>", make.rest_of),
        ("rest of? <day_word>", make.rest_of_day),
    ),
    "any_weekend": (
        ("weekend", make.always(PeriodPhrase("weekend"))),
        ("this weekend", make.this_weekend),
        ("before weekend", make.always(PeriodPhrase("weekend", seek="previous"))),
        ("next weekend", make.always(PeriodPhrase("weekend", seek="next"))),
    ),
    "day_part": (
        ("this <part>", lambda name: make.part(name, TODAY)),
        ("last <part>", make.last_part),
        ("<part> preposition? article? <day>", make.part),
        ("<day> <part>", make.swapped(make.part)),
        ("<day> preposition article? <part>", make.swapped(make.part)),
        ("overnight", lambda: make.last_part("night")),
        ("tonight", lambda: make.part("night", TODAY)),
        ("<shift>", make.part),
    ),
    "span": tuple(
        (f"<{name}>", make.same)
        for name in ("named_year", "named_month", "part_of_year", "nth", "counted", "running")
    ),
    "named_year": (("unit_year <year_number>", make.year),),
    "simple": tuple(
        (f"<{name}>", make.same) for name in ("day", "span", "any_weekend", "day_part")
    ),
    "clock": (
        ("<hour> <meridiem>", lambda hour, meridiem: make.meridiem_clock(hour, 0, meridiem)),
        ("<hour> <minute> <meridiem>", make.meridiem_clock),
        ("<hour> oclock <meridiem>", lambda hour, meridiem: make.meridiem_clock(hour, 0, meridiem)),
        ("<hour> oclock", make.sure_clock),
        ("<time> <meridiem>?", make.time_clock),
        ("<fixed_time>", lambda minutes: (minutes, True)),
    ),
    "any_clock": (("<clock>", make.same), ("<hour>", make.hour_clock)),
    "clock_range": (
        ("from <any_clock> to <any_clock>", make.clock_range),
        ("between <any_clock> and <any_clock>", make.clock_range),
        ("<any_clock> to <any_clock>", make.sure_clock_range),
    ),
    "sure_clock_range": (
        ("from? <any_clock> to <any_clock>", make.sure_clock_range),
        ("between <any_clock> and <any_clock>", make.sure_clock_range),
    ),
    "hours": (
        ("<clock_range> preposition? article? <day>", make.hours),
        ("<day> preposition? <clock_range>", make.swapped(make.hours)),
        ("<clock_range> preposition? article? <day_part>", make.hours_in_part),
        ("<day_part> preposition? <clock_range>", make.swapped(make.hours_in_part)),
        ("<clock_range> preposition? article? <span>", make.daily),
        ("<span> preposition? <clock_range>", make.swapped(make.daily)),
        ("<sure_clock_range>", make.hours),
        ("<moment>", make.same),
        ("at <clock>", make.clock),
    ),
    "moment": (
        ("at <any_clock> preposition? <day>", make.clock),
        ("<clock> preposition? <day>", make.clock),
        ("<day> at? <clock>", make.swapped(make.clock)),
        ("<day> at <any_clock>", make.swapped(make.clock)),
        ("at? <any_clock> preposition? article? <day_part>", make.clock_in_part),
    ),
    "point": (
        ("article? <moment>", make.same),
        ("article? <simple>", make.same),
        ("at? <clock>", make.clock),
        ("article? start of <whole>", make.same),
        ("article? <month> <in_year>?", make.month),
        ("<month> <day_number>", make.month_day),
        ("article? <ordinal>", make.day_of_month),
        ("<year_number>", make.year),
        ("now", make.always(make.NOW)),
    ),
    "range": (
        ("from <point> to <point>", make.from_to),
        ("between <point> and <point>", make.between),
        ("<simple> to article? <simple>", make.from_to),
        ("<moment> to article? <moment>", make.from_to),
        ("<simple> to now", make.since),
        ("from <point> so_far", make.since),
        ("since <point> so_far?", make.since),
        ("until <point>", make.until),
    ),
    "period": (
        ("<hours>", make.same),  # before ranges: "from noon to six yesterday" is all yesterday's
        ("<range>", make.same),
        ("<simple> so_far?", make.same),
        ("<simple> to_date", make.same),
        ("so_far article? <simple>", make.same),
        ("so_far", make.always(TODAY)),
        ("now", make.always(make.NOW)),
    ),
    # These are periods only after a preposition, or when nothing else was said.
    "doubtful": (
        ("<month>", make.month),
        ("<month> <day_number>", make.month_day),
        ("<year_number>", make.year),
        ("<part>", make.part),
        ("article <ordinal>", make.day_of_month),
    ),
}
