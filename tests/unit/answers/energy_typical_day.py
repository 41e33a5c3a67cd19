"""Answers about the hours of a typical day."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.energy import (
    EnergyAnswer,
    TypicalDayAnswer,
)
from enms_core.domain.series import (
    DayProfile,
    TypicalHour,
)
from tests.unit.answers.common import (
    Case,
)
from tests.unit.answers.energy_average import (
    BOTH,
    GAS,
    ONE_SOURCE,
    POWER,
)
from tests.unit.answers.energy_course import USED, USED_BOTH


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


CASES = {
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
