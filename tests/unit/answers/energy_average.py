"""Answers about the average of energy."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from enms_core.domain.answer import DataIssue
from enms_core.domain.energy import (
    AverageAnswer,
    EnergyAnswer,
    EnergyCourse,
)
from enms_core.domain.question import Step
from enms_core.domain.series import (
    Average,
)
from tests.unit.answers.common import (
    CATALOGUE,
    TWO,
    Case,
    energy,
    gap,
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


def doubted(answer: Course, *issues: DataIssue) -> Course:
    return replace(answer, issues=issues)


A_DAY = average(ONE_SOURCE, "day", Average(POWER, 136.0, 5.67))

CASES = {
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
