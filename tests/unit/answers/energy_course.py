"""Answers about the average, the course and the trend of energy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from enms_core.domain.answer import DataIssue
from enms_core.domain.energy import (
    AverageAnswer,
    EnergyAnswer,
    EnergyCourse,
    SeriesAnswer,
    SeriesTooLong,
    TrendAnswer,
    TypicalDayAnswer,
)
from enms_core.domain.period import Period
from enms_core.domain.question import Step
from enms_core.domain.series import (
    Average,
    DayProfile,
    Direction,
    Point,
    Series,
    Slope,
    Trend,
    TypicalHour,
)
from tests.unit.answers.common import (
    BERLIN,
    CATALOGUE,
    TWO,
    Case,
    energy,
    gap,
    of_source,
    question,
    use,
)

Course = TypeVar("Course", bound=EnergyCourse)
POWER, GAS = CATALOGUE.source("electricity"), CATALOGUE.source("natural_gas")
STEAM = CATALOGUE.source("steam")
ONE_SOURCE = energy(use("electricity", 950.4), asked=question("Compressor-1"))
BOTH = energy(use("electricity", 310.2), use("natural_gas", 9_412.0), purchased_kwh=100_967.0)
STEAM_ONLY = energy(use("steam", 512.0))
THREE = energy(
    use("electricity", 310.2), use("natural_gas", 9_412.0), use("steam", 1.0), purchased_kwh=7.0
)
USED = "Compressor one used nine hundred and fifty kilowatt hours of electricity yesterday."
USED_BOTH = (
    "Boiler one used three hundred and ten kilowatt hours of electricity and nine thousand four"
    " hundred and ten cubic meters of natural gas yesterday. Together, that is one hundred and one"
    " megawatt hours of purchased energy."
)
MONDAY = datetime(2026, 11, 9, tzinfo=BERLIN)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
GAP = gap("electricity", 91.7)


def average(
    total: EnergyAnswer, step: Step, *averages: Average, together: Average | None = None
) -> AverageAnswer:
    return AverageAnswer(
        question=total.question,
        period=total.period,
        total=total,
        step=step,
        averages=averages,
        together=together,
    )


def points(*quantities: float | None, step: timedelta = DAY, covered: float = 100.0) -> Series:
    return Series(
        POWER,
        tuple(
            Point(Period(MONDAY + place * step, MONDAY + (place + 1) * step), each, each, covered,
                  is_whole=True)
            for place, each in enumerate(quantities)
        ),
    )  # fmt: skip


def in_series(
    *series: Series,
    total: EnergyAnswer = ONE_SOURCE,
    step: Step = "day",
    together: Series | None = None,
) -> SeriesAnswer:
    return SeriesAnswer(
        question=total.question,
        period=total.period,
        total=total,
        step=step,
        series=series,
        together=together,
    )


def typical(*profiles: DayProfile, total: EnergyAnswer = ONE_SOURCE) -> TypicalDayAnswer:
    return TypicalDayAnswer(
        question=total.question,
        period=total.period,
        total=total,
        step="hour",
        typical_days=profiles,
        together=None,
    )


def profile(low: float | None, high: float | None) -> DayProfile:
    """From two to three p m high, else low."""
    return DayProfile(
        POWER,
        tuple(TypicalHour(hour, high if hour == 14 else low, None, 30) for hour in range(24)),
    )


def trend(
    *trends: Trend,
    total: EnergyAnswer = ONE_SOURCE,
    step: Step = "day",
    together: Trend | None = None,
) -> TrendAnswer:
    return TrendAnswer(
        question=total.question,
        period=total.period,
        total=total,
        step=step,
        series=(),
        trends=trends,
        together=together,
    )


def course(direction: Direction | None, percent: float | None = None) -> Trend:
    return Trend(POWER, Slope(direction, percent, 0.01, 60))


def doubted(answer: Course, *issues: DataIssue) -> Course:
    return replace(answer, issues=issues)


def in_full(answer: SeriesAnswer) -> SeriesAnswer:
    return replace(answer, question=replace(answer.question, in_full=True))


A_DAY = average(ONE_SOURCE, "day", Average(POWER, 136.0, 5.67))
WEEK = points(50.0, 90.0, 60.0, 60.0, 60.0, 40.0, 10.0)

AVERAGES = {
    "by day": Case(
        A_DAY,
        "Compressor one used one hundred and thirty six kilowatt hours of electricity per day on"
        " average yesterday.",
    ),
    "by hour": Case(
        replace(A_DAY, step="hour"),
        "Compressor one used five point six seven kilowatt hours of electricity per hour on average"
        " yesterday.",
    ),
    "two sources": Case(
        average(BOTH, "day", Average(POWER, 44.3, 1.8), Average(GAS, 1_340.0, 56.0)),
        "Boiler one used forty four point three kilowatt hours of electricity and one thousand"
        " three hundred and forty cubic meters of natural gas per day on average yesterday.",
    ),
    "a produced source": Case(
        average(STEAM_ONLY, "hour", Average(STEAM, None, 21.3)),
        "Boiler one, yesterday: twenty one point three kilograms of steam per hour on average.",
    ),
    "three sources together": Case(
        average(THREE, "day", *[Average(POWER, 1.0, 1.0)] * 3, together=Average(None, 7.0, 0.3)),
        "Boiler one used seven kilowatt hours of purchased energy per day on average yesterday.",
    ),
    "with hours missing": Case(
        doubted(A_DAY, GAP),
        "Compressor one used one hundred and thirty six kilowatt hours of electricity per day on"
        " average yesterday. Readings for two hours are missing, so that time is left out.",
    ),
    "with hours of one source missing": Case(
        doubted(average(BOTH, "day", Average(POWER, 2.0, 1.0), Average(GAS, 3.0, 1.0)), GAP),
        "Boiler one used two kilowatt hours of electricity and three cubic meters of natural gas"
        " per day on average yesterday. For electricity, readings for two hours are missing, so"
        " that time is left out.",
    ),
    "with a share missing": Case(
        doubted(
            average(energy(use("electricity", 5.0), asked=TWO), "day", Average(POWER, 2.0, 1.0)),
            gap("electricity", 80.0),
        ),
        "Boiler one and compressor one used two kilowatt hours of electricity per day on average"
        " yesterday. Twenty percent of the readings are missing, so that time is left out.",
    ),
    "with a share of one source missing": Case(
        doubted(
            average(
                energy(use("electricity", 5.0), use("steam", 1.0), asked=TWO),
                "day",
                Average(POWER, 2.0, 1.0),
                Average(STEAM, 3.0, 1.0),
            ),
            gap("steam", 80.0),
        ),
        "Boiler one and compressor one, yesterday: two kilowatt hours of electricity and three"
        " kilograms of steam per day on average. For steam, twenty percent of the readings are"
        " missing, so that time is left out.",
    ),
}

COURSES = {
    "days": Case(
        in_series(WEEK),
        f"{USED} Most was on Tuesday, with ninety kilowatt hours, and least on Sunday, with ten"
        " kilowatt hours.",
    ),
    "many days": Case(
        in_series(points(*range(30, 10, -1))),
        f"{USED} Most was on Monday, the ninth of November, with thirty kilowatt hours, and least"
        " on Saturday, the twenty-eighth of November, with eleven kilowatt hours.",
    ),
    "more than a year": Case(
        in_series(points(*range(1, 401))),
        f"{USED} Most was on Monday, the thirteenth of December twenty twenty-seven, with four"
        " hundred kilowatt hours, and least on Monday, the ninth of November twenty twenty-six,"
        " with one kilowatt hour.",
    ),
    "hours of a day": Case(
        in_series(points(5.0, 9.0, 4.0, 6.0, step=HOUR), step="hour"),
        f"{USED} Most was between one a m and two a m, with nine kilowatt hours, and least between"
        " two a m and three a m, with four kilowatt hours.",
    ),
    "hours of several days": Case(
        in_series(points(*[5.0] * 30, 9.0, 4.0, step=HOUR), step="hour"),
        f"{USED} Most was between six a m and seven a m on Tuesday, with nine kilowatt hours, and"
        " least between seven a m and eight a m on Tuesday, with four kilowatt hours.",
    ),
    "the same every day": Case(
        in_series(points(*[50.0] * 5)),
        f"{USED} It stayed at about fifty kilowatt hours per day.",
    ),
    "no complete day": Case(
        in_series(points(1.0, 2.0, 3.0, 4.0, covered=50.0)),
        f"{USED} Most was on Thursday, with four kilowatt hours.",
    ),
    "one day": Case(in_series(points(950.4)), USED),
    "no readings at all in the series": Case(in_series(points(*[None] * 5, covered=0.0)), USED),
    "three days": Case(
        in_series(points(50.0, None, 60.0)),
        f"{USED} One by one, fifty kilowatt hours on Monday, no readings on Tuesday and sixty"
        " kilowatt hours on Wednesday.",
    ),
    "a week in full": Case(
        in_full(in_series(points(1.0, 2.0, 3.0, 4.0))),
        f"{USED} One by one, one kilowatt hour on Monday, two kilowatt hours on Tuesday, three"
        " kilowatt hours on Wednesday and four kilowatt hours on Thursday.",
    ),
    "two sources": Case(
        in_series(WEEK, replace(WEEK, source=GAS), total=BOTH),
        f"{USED_BOTH} Of electricity, most was on Tuesday, with ninety kilowatt hours, and least on"
        " Sunday, with ten kilowatt hours. Of natural gas, most was on Tuesday, with ninety cubic"
        " meters, and least on Sunday, with ten cubic meters.",
    ),
    "two sources, one even, one never complete": Case(
        in_series(
            points(*[50.0] * 5),
            replace(points(1.0, 2.0, 3.0, 4.0, 5.0, covered=50.0), source=GAS),
            total=BOTH,
        ),
        f"{USED_BOTH} Of electricity, it stayed at about fifty kilowatt hours per day. Of natural"
        " gas, most was on Friday, with five cubic meters.",
    ),
    "two sources, a few days": Case(
        in_series(points(1.0, 2.0), replace(points(3.0, 4.0), source=GAS), total=BOTH),
        f"{USED_BOTH} For electricity, one kilowatt hour on Monday and two kilowatt hours on"
        " Tuesday. For natural gas, three cubic meters on Monday and four cubic meters on Tuesday.",
    ),
    "a meter that is read too seldom": Case(
        doubted(in_series(step="hour"), of_source("readings.too_coarse", "electricity")),
        f"{USED} The electricity meter is not read often enough to tell more.",
    ),
    "a typical day": Case(
        typical(profile(3.0, 8.0)),
        f"{USED} On a typical day, most is used between two p m and three p m, eight kilowatt hours"
        " on average, and least between midnight and one a m, three kilowatt hours.",
    ),
    "a typical day of two sources": Case(
        typical(profile(3.0, 8.0), replace(profile(5.0, 5.0), source=GAS), total=BOTH),
        f"{USED_BOTH} On a typical day, electricity is highest between two p m and three p m, eight"
        " kilowatt hours on average, and lowest between midnight and one a m, three kilowatt"
        " hours. On a typical day, natural gas is about five cubic meters in every hour.",
    ),
    "a typical day that is even": Case(
        typical(profile(5.0, 5.0)),
        f"{USED} On a typical day, it is about five kilowatt hours in every hour.",
    ),
    "a typical day that is unknown": Case(
        typical(profile(None, None)),
        f"{USED} There are too few complete hours to tell a typical day.",
    ),
    "a typical day of two sources that is unknown": Case(
        typical(profile(None, None), replace(profile(5.0, 5.0), source=GAS), total=BOTH),
        f"{USED_BOTH} For electricity, there are too few complete hours to tell a typical day. On a"
        " typical day, natural gas is about five cubic meters in every hour.",
    ),
}
for _step in ("hour", "day"):
    COURSES[f"too long by the {_step}"] = Case(
        SeriesTooLong(
            question=ONE_SOURCE.question, period=ONE_SOURCE.period, total=ONE_SOURCE, step=_step
        ),
        f"{USED} That is too long to go through by the {_step}. Ask me about a shorter time.",
    )

TRENDS = {
    "rising": Case(
        trend(course("rising", 2.04)),
        "For compressor one, electricity rose yesterday, by about two point zero four percent per"
        " week.",
    ),
    "falling": Case(
        trend(course("falling", -1.5)),
        "For compressor one, electricity fell yesterday, by about one point five percent per week.",
    ),
    "rising by the hour": Case(
        trend(course("rising", 12.0), step="hour"),
        "For compressor one, electricity rose yesterday, by about twelve percent per hour.",
    ),
    "falling by the hour": Case(
        trend(course("falling", -12.0), step="hour"),
        "For compressor one, electricity fell yesterday, by about twelve percent per hour.",
    ),
    "steady": Case(
        trend(course("steady")),
        "For compressor one, electricity shows no clear trend yesterday. Its ups and downs may be"
        " chance.",
    ),
    "too few days": Case(
        trend(course(None)),
        "I can't tell a trend in electricity for compressor one yesterday. It takes eight complete"
        " days.",
    ),
    "too few hours": Case(
        trend(course(None), step="hour"),
        "I can't tell a trend in electricity for compressor one yesterday. It takes eight complete"
        " hours.",
    ),
    "three sources together": Case(
        trend(
            *[course("steady")] * 3,
            total=THREE,
            together=Trend(None, Slope("rising", 3.0, 0.01, 60)),
        ),
        "For boiler one, purchased energy rose yesterday, by about three percent per week.",
    ),
    "with hours missing": Case(
        doubted(trend(course("steady")), GAP),
        "For compressor one, electricity shows no clear trend yesterday. Its ups and downs may be"
        " chance. Readings for two hours are missing, so that time is left out.",
    ),
}

CASES = {
    **{f"average {name}": case for name, case in AVERAGES.items()},
    **{f"course of {name}": case for name, case in COURSES.items()},
    **{f"trend {name}": case for name, case in TRENDS.items()},
}
