"""Answers about the trend of energy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from enms_core.domain.energy import (
    EnergyAnswer,
    TrendAnswer,
)
from enms_core.domain.period import Period
from enms_core.domain.question import Step
from enms_core.domain.series import (
    Direction,
    Slope,
    Trend,
)
from tests.unit.answers.common import PERIOD, Case
from tests.unit.answers.energy_average import (
    GAP,
    ONE_SOURCE,
    POWER,
    THREE,
    doubted,
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


def over_days(answer: TrendAnswer, days: int) -> TrendAnswer:
    return replace(answer, period=Period(PERIOD.end - timedelta(days=days), PERIOD.end))


ROSE = (
    "For compressor one, electricity rose yesterday, by about two point zero four percent per week."
)

CASES = {
    "over a quarter": Case(over_days(trend(course("rising", 2.04)), 89), ROSE),
    "over seasons": Case(
        over_days(trend(course("rising", 2.04)), 91),
        f"{ROSE} The weather and the production of that time are in it.",
    ),
    "none over seasons": Case(
        over_days(trend(course("steady")), 91),
        "For compressor one, electricity shows no clear trend yesterday. Its ups and downs may be"
        " chance.",
    ),
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
