"""Answers about energy day by day and hour by hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from enms_core.domain.answer import DataIssue
from enms_core.domain.energy import (
    EnergyAnswer,
    SeriesAnswer,
    SeriesTooLong,
)
from enms_core.domain.period import Period
from enms_core.domain.question import Step
from enms_core.domain.series import (
    Point,
    Series,
)
from tests.unit.answers.common import (
    BERLIN,
    Case,
    of_source,
)
from tests.unit.answers.energy_average import (
    BOTH,
    GAS,
    ONE_SOURCE,
    POWER,
    doubted,
)

USED = "Compressor one used nine hundred and fifty kilowatt hours of electricity yesterday."
USED_BOTH = (
    "Boiler one used three hundred and ten kilowatt hours of electricity and nine thousand four"
    " hundred and ten cubic meters of natural gas yesterday. Together, that is one hundred and one"
    " megawatt hours of purchased energy."
)
MONDAY = datetime(2026, 11, 9, tzinfo=BERLIN)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STEPS: tuple[Step, ...] = ("hour", "day")


def points(*quantities: float | None, step: timedelta = DAY, covered: float = 100.0) -> Series:
    return Series(
        POWER,
        tuple(
            Point(Period(MONDAY + place * step, MONDAY + (place + 1) * step), each, each, covered,
                  is_whole=True)
            for place, each in enumerate(quantities)
        ),
    )  # fmt: skip


def of_one_site(series: Series) -> Series:
    """The first and the last point lie in the period at one site alone."""
    first, *shared, last = series.points
    alone = [replace(each, is_whole=False, is_of_all_sites=False) for each in (first, last)]
    return replace(series, points=(alone[0], *shared, alone[1]))


def some_sites(step: Step) -> DataIssue:
    return DataIssue("series.some_sites", {"step": step, "points": 2})


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


def in_full(answer: SeriesAnswer) -> SeriesAnswer:
    return replace(answer, question=replace(answer.question, in_full=True))


WEEK = points(50.0, 90.0, 60.0, 60.0, 60.0, 40.0, 10.0)

CASES = {
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
    "hours that only one site has": Case(
        doubted(
            in_series(of_one_site(points(20.0, 5.0, 9.0, 4.0, 6.0, 1.0, step=HOUR)), step="hour"),
            some_sites("hour"),
        ),
        f"{USED} Most was between two a m and three a m, with nine kilowatt hours, and least"
        " between three a m and four a m, with four kilowatt hours."
        " Only hours that lie in that time at all the sites are told.",
    ),
    "days that only one site has": Case(
        doubted(in_series(of_one_site(points(9.0, 5.0, 1.0))), some_sites("day")),
        f"{USED} Only days that lie in that time at all the sites are told.",
    ),
    "a meter that is read too seldom": Case(
        doubted(in_series(step="hour"), of_source("readings.too_coarse", "electricity")),
        f"{USED} The electricity meter is not read often enough to tell more.",
    ),
    **{
        f"too long by the {step}": Case(
            SeriesTooLong(
                question=ONE_SOURCE.question, period=ONE_SOURCE.period, total=ONE_SOURCE, step=step
            ),
            f"{USED} That is too long to go through by the {step}. Ask me about a shorter time.",
        )
        for step in STEPS
    },
}
