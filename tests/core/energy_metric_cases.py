"""Questions about averages, days, hours and trends, with the instants that they mean and the number
of local days in them, as a person would look them up in a calendar. Those that are asked as
sentences stand in `oracle`."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.intents import LAST_24_HOURS, LAST_MONTH, YESTERDAY
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Step
from tests.core.oracle import case as calendar
from tests.core.oracle.case import (
    AIR,
    ALL,
    BELT,
    BOILER,
    DEMO,
    EU,
    GAS,
    NIGHTS_OF_WEEK_43,
    ONE,
    POWER,
    PRESS,
    PUMP,
    STEAM,
    US,
    Case,
)

LAST_WEEK = PeriodPhrase("unit", unit="week", offset=-1)
THIS_WEEK = PeriodPhrase("unit", unit="week")
THIS_MONTH = PeriodPhrase("unit", unit="month")
LAST_QUARTER = PeriodPhrase("unit", unit="quarter", offset=-1)
IN_2025 = PeriodPhrase("year", year=2025)
ALL_TIME = PeriodPhrase("past", unit="year", count=3)
WEEK_43 = PeriodPhrase("week", number=43, of=PeriodPhrase("year", year=2026))
NIGHTS = PeriodPhrase("daily", of=WEEK_43, from_minute=22 * 60, to_minute=6 * 60)

DAY_BEFORE = "2026-11-17T10:07:30+01:00/2026-11-18T10:07:30+01:00"
# Ten hours and seven and a half minutes of today.
TODAY_SO_FAR = 10.125 / 24


def day_of_2026(month: int, day: int) -> PeriodPhrase:
    return PeriodPhrase("date", month=month, day=day, of=PeriodPhrase("year", year=2026))


@dataclass(frozen=True)
class MetricCase:
    """A question: what it asks of whom, and `step`, the one that its answer goes by.

    days: how many local days the stretches are. asked_step: where the question names one.
    """

    metric: str
    asked: Case
    phrase: PeriodPhrase
    step: Step
    days: float
    asked_step: Step | None = None

    def __str__(self) -> str:
        sources = ",".join(self.asked.sources or ("purchased",))
        machines = self.asked.machines[0] if len(self.asked.machines) == 1 else "several"
        return f"{self.metric} {machines} {sources} {self.phrase.kind} {self.days:g}"


def average(
    asked: Case, phrase: PeriodPhrase, step: Step, days: float, asked_step: Step | None = None
) -> MetricCase:
    return MetricCase("average", asked, phrase, step, days, asked_step)


def by_day(asked: Case, phrase: PeriodPhrase, days: float) -> MetricCase:
    return MetricCase("by_day", asked, phrase, "day", days)


def by_hour(asked: Case, phrase: PeriodPhrase, days: float) -> MetricCase:
    return MetricCase("by_hour", asked, phrase, "hour", days)


def case(
    machines: tuple[str, ...], berlin: str, chicago: str = "", sources: tuple[str, ...] = ()
) -> Case:
    return Case("", machines, berlin, chicago, sources or None)


AVERAGES = (
    average(case(ONE, calendar.LAST_WEEK), LAST_WEEK, "day", 7),
    average(case(ONE, calendar.YESTERDAY), YESTERDAY, "hour", 1),
    average(case(ONE, calendar.YESTERDAY), YESTERDAY, "day", 1, asked_step="day"),
    average(case(ONE, calendar.LAST_WEEK), LAST_WEEK, "hour", 7, asked_step="hour"),
    average(case(BOILER, calendar.OCTOBER), LAST_MONTH, "day", 31),
    average(case(ONE, calendar.LAST_WEEK, "", (AIR,)), LAST_WEEK, "day", 7),
    average(case(BELT, calendar.TODAY), TODAY, "hour", TODAY_SO_FAR),
    # Less than a day: what the rest of it will be is not known.
    average(case(BELT, calendar.TODAY), TODAY, "hour", TODAY_SO_FAR, asked_step="day"),
    average(case(BELT, calendar.THIS_WEEK), THIS_WEEK, "day", 2 + TODAY_SO_FAR),
    # Of the 17th what is left after 10:07:30, of the 18th what is over: a day, told by the hour.
    average(case(BELT, DAY_BEFORE), LAST_24_HOURS, "hour", 1),
    average(case(ONE, calendar.SPRING_DAY), day_of_2026(3, 29), "hour", 1),
    average(case(ONE, calendar.AUTUMN_DAY), day_of_2026(10, 25), "day", 1, asked_step="day"),
    average(case(PUMP, NIGHTS_OF_WEEK_43), NIGHTS, "day", 7),
    # Gaps: a whole day of a month, two days of a month for one of two.
    average(case(PRESS, calendar.SUMMER), LAST_QUARTER, "day", 92),
    average(case(EU, calendar.YEAR_2025), IN_2025, "day", 365),
    average(case(ALL, calendar.YESTERDAY, calendar.YESTERDAY_US), YESTERDAY, "hour", 1),
)  # fmt: skip

SERIES = (
    by_day(case(BOILER, calendar.THIS_MONTH, "", (GAS,)), THIS_MONTH, 17 + TODAY_SO_FAR),
    by_day(case(BOILER, calendar.LAST_WEEK, "", (STEAM,)), LAST_WEEK, 7),
    by_day(case(BELT, calendar.THIS_MONTH), THIS_MONTH, 17 + TODAY_SO_FAR),
    by_day(case(ONE, calendar.WEEK_43), WEEK_43, 7),
    by_day(case(PUMP, NIGHTS_OF_WEEK_43), NIGHTS, 7),
    by_day(case(PUMP, "2026-06-01T00:00+02:00/2026-07-01T00:00+02:00"),
           PeriodPhrase("month", month=6), 30),
    by_day(case(BELT, DAY_BEFORE), LAST_24_HOURS, 1),
    by_day(case((*DEMO, *US), calendar.LAST_WEEK, calendar.LAST_WEEK_US), LAST_WEEK, 7),
    # The same instants, cut at other midnights.
    by_day(case((*BELT, "Conveyor-US-1"), "2026-11-15T10:07:30+01:00/2026-11-18T10:07:30+01:00",
                "2026-11-15T03:07:30-06:00/2026-11-18T03:07:30-06:00"),
           PeriodPhrase("past", unit="day", count=3), 3),
    by_hour(case(BOILER, calendar.AUTUMN_DAY), day_of_2026(10, 25), 1),
    by_hour(case(ONE, calendar.SPRING_DAY), day_of_2026(3, 29), 1),
    by_hour(case(BELT, DAY_BEFORE), LAST_24_HOURS, 1),
    by_hour(case((*BELT, "Conveyor-US-1"), calendar.TODAY, calendar.TODAY_US), TODAY, TODAY_SO_FAR),
    by_hour(case(EU, calendar.LAST_WEEK, "", (POWER,)), LAST_WEEK, 7),
)  # fmt: skip
