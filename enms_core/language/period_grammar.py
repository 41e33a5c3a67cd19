"""The grammar of periods over word classes, the same for every language.

A rule is a pattern and a builder. In a pattern, `name` is a word class of `period_lexicon` or
another rule's name, `<name>` hands its value to the builder, and `?` makes either optional (an
optional value that was not said is None). A builder that returns None refuses the match. Patterns
give both word orders where languages differ ("three days ago", "vor drei Tagen").
"""

from __future__ import annotations

from enms_core.domain.period import TODAY
from enms_core.language import period_builders as make
from enms_core.language import period_clock_builders as clocks
from enms_core.language import period_joins as joins
from enms_core.language.period_calendar_rules import CALENDAR_RULES, Rules
from enms_core.language.period_clock_rules import CLOCK_RULES

RULES: Rules = {
    **CALENDAR_RULES,
    **CLOCK_RULES,
    "span": tuple(
        (f"<{name}>", make.same)
        for name in ("named_year", "named_month", "part_of_year", "nth", "counted", "running")
    ),
    "named_year": (("unit_year <year_number>", make.year),),
    "simple": tuple(
        (f"<{name}>", make.same) for name in ("day", "span", "any_weekend", "day_part")
    ),
    "edge_whole": (
        ("<whole>", make.same),
        ("<day>", make.same),
        ("<which> unit_shift", make.in_unit("shift")),
        ("unit_shift", make.always(make.unit_at("shift", 0))),
        ("unit_day", make.always(TODAY)),
        ("weekend", make.weekend),
    ),
    "start_of": (
        ("start article? <edge_whole>", make.same),
        ("<unit> opening", make.calendar(0)),
        ("<month> opening", make.month),
    ),
    "end_of": (
        ("end article? <edge_whole>", make.same),
        ("<unit> ending", make.calendar(0)),
        ("<month> ending", make.month),
    ),
    "point": (
        ("article? <moment>", make.same),
        ("article? <simple>", make.same),
        ("at? <clock>", clocks.clock),
        ("article? <start_of>", make.same),
        ("article? <month> <in_year>?", make.month),
        ("<month> <day_number>", make.month_day),
        ("article? <ordinal>", make.day_of_month),
        ("article? <dotted_date>", make.dotted_date),
        ("<year_number>", make.year),
        ("now", make.always(make.NOW)),
    ),
    "days_of_month": (
        ("from? article? <ordinal> to article? <ordinal> of? <month> <in_year>?", make.days),
        ("from? <day_number> to <day_number> of? <sure_month> <in_year>?", make.days),
        ("between article? <day_number> and article? <day_number> of? <sure_month>", make.days),
        ("<ordinal> and article? <ordinal> of? <month> <in_year>?", make.two_days),
        ("<day_number> and <day_number> of? <sure_month> <in_year>?", make.two_days),
        ("from? <month> <ordinal> to article? <ordinal> <in_year>?", make.days_after_month),
        ("from? <sure_month> <day_number> to <day_number> <in_year>?", make.days_after_month),
    ),
    "day_range": (
        ("from <point> to <point>", joins.from_to),
        ("<simple> to article? <simple>", joins.from_to),
    ),
    "coming_end": (
        ("end article? this? <one_unit>", joins.last_day_of_unit(0)),
        ("end article? next <one_unit>", joins.last_day_of_unit(1)),
        ("<one_unit> ending", joins.last_day_of_unit(0)),
    ),
    "range": (
        ("<coming_end>", make.same),
        ("from <point> to <point>", joins.from_to),
        ("from <point> to article? <end_of>", joins.from_to),
        ("since <point> to <point>", joins.from_to),
        ("since <point> to article? <end_of>", joins.from_to),
        ("between <point> and <point>", joins.between),
        ("<simple> to article? <simple>", joins.from_to),
        ("<month> to <simple>", joins.from_named_to(make.month)),  # "March to May"
        ("<month> to <month>", joins.from_to_each(make.month)),
        ("<weekday> to <simple>", joins.from_named_to(make.weekday)),
        ("<weekday> to <weekday>", joins.from_to_each(make.weekday)),
        ("<moment> to article? <moment>", joins.from_to),
        ("<simple> to now", joins.since),
        ("from <point> so_far", joins.since),
        ("from <point> onward", joins.since),
        ("since <amount> ago", joins.since_ago),
        ("since <point> so_far?", joins.since),
        ("since <point> onward", joins.since),
        ("since at? <any_clock>", joins.since_clock),
        ("since <amount>", make.rolling),
        ("until <point>", joins.until),
        ("until article? <end_of>", joins.through),
        ("to article? <end_of>", joins.through),
        ("through <point>", joins.through),
        ("by <point>", joins.by),
        ("by article? <end_of>", joins.by),
        ("onto article? <end_of>", joins.by),  # "put it off to the end of May"
    ),
    "period": (
        ("<days_of_month>", make.same),  # before hours: "from the first to the ninth of May"
        ("<hours>", make.same),  # before ranges: "from noon to six yesterday" is all yesterday's
        ("<range>", make.same),
        ("<simple> so_far?", make.same),
        ("<simple> to_date", make.same),
        ("so_far article? <simple>", make.same),
        ("all <simple>", make.same),
        ("so_far", make.always(TODAY)),
        ("now", make.always(make.NOW)),
        ("<impossible>", make.same),
    ),
    "impossible": (
        ("at? <count> oclock", make.impossible_above(24)),
        ("at? <count> oclock preposition? article? <day>", make.impossible_above(24)),
        ("<day> at? <count> oclock", clocks.swapped(make.impossible_above(24))),
        ("week_number <count> <in_year>?", make.impossible_above(53)),
        ("quarter_number <index> <in_year>?", make.impossible_above(4)),
        ("<ordinal> unit_quarter <in_year>?", make.impossible_above(4)),
        ("<week_ordinal> of? <month> <in_year>?", make.impossible_day),
    ),
    # These are periods only after a preposition, or when nothing else was said.
    "doubtful": (
        ("<month>", make.month),
        ("<month> <day_number>", make.month_day),
        ("<weekday>", make.weekday),
        ("<year_number>", make.year),
        ("<part>", clocks.part),
        ("<ordinal>", make.day_of_month),
        ("<dotted_date>", make.dotted_date),
    ),
    # Nobody can say which days "at the beginning of last week" are, and they are not all of it.
    "vague": (
        ("<start_of>", make.same),
        ("<end_of>", make.same),
        ("middle article? <edge_whole>", make.same),
    ),
}
