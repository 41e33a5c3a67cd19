"""Answers about rates of use."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from enms_core.domain.answer import DataIssue
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.intents import NOW
from enms_core.domain.period import Period, PeriodPhrase
from enms_core.domain.power import PowerAnswer, PowerMetric, Rate, RateUnknown
from enms_core.domain.question import Question
from tests.unit.answers.common import (
    BERLIN,
    CATALOGUE,
    PERIOD,
    TWO,
    Case,
    gap,
    of_machines,
    question,
)

ASKED_AT = datetime(2026, 11, 18, 10, 7, 30, tzinfo=BERLIN)
ONE = question("Compressor-1", intent="power")
LAST_WEEK = PeriodPhrase("unit", unit="week", offset=-1)
WEEK = Period(datetime(2026, 11, 9, tzinfo=BERLIN), datetime(2026, 11, 16, tzinfo=BERLIN))
PEAKED = datetime(2026, 11, 17, 14, 15, tzinfo=BERLIN)


def rate(value: float, source: str = "electricity", **told: object) -> Rate:
    return Rate(CATALOGUE.source(source), value, **told)  # type: ignore[arg-type]


def read(value: float, source: str = "electricity", age: timedelta = timedelta()) -> Rate:
    """A reading of a minute, that ended an age ago."""
    end = ASKED_AT - age
    return rate(
        value,
        source,
        time=end - timedelta(minutes=1),
        end=end,
        age_seconds=age.total_seconds(),
        is_current=age <= timedelta(minutes=15),
        interval_seconds=60,
    )


def block(value: float, source: str = "electricity", interval_s: int = 900) -> Rate:
    return rate(value, source, time=PEAKED, interval_seconds=interval_s)


def power(
    metric: PowerMetric,
    *rates: Rate,
    asked: Question = ONE,
    period: Period = PERIOD,
    issues: tuple[DataIssue, ...] = (),
) -> PowerAnswer:
    return PowerAnswer(
        question=asked,
        period=period,
        issues=issues,
        metric=metric,
        rates=rates,
        machines=tuple(
            replace(each, machine=CATALOGUE.machine(machine_id))
            for each in rates
            for machine_id in asked.scope.machine_ids
        ),
        now=ASKED_AT,
        basis=NO_EVIDENCE,
    )


def now_of(asked: Question) -> Question:
    return replace(asked, period=NOW)


LEFT_OUT = replace(
    of_machines("power.left_out", "Conveyor-A", "HVAC-Main"), facts={"energy_source": "electricity"}
)

CASES = {
    "now": Case(
        power("latest", read(41.2), asked=now_of(ONE)),
        "Compressor one is drawing forty one point two kilowatts of electricity right now.",
    ),
    "several machines now": Case(
        power("latest", read(12_400.0), asked=now_of(TWO), issues=(LEFT_OUT,)),
        "Boiler one and compressor one are drawing twelve point four megawatts of electricity right"
        " now. That is without conveyor A and HVAC main, because there is no electricity reading of"
        " that time.",
    ),
    "a flow now": Case(
        power("latest", read(29.4, "natural_gas"), asked=now_of(ONE)),
        "Compressor one is drawing twenty nine point four cubic meters an hour of natural gas right"
        " now.",
    ),
    "a produced flow now": Case(
        power("latest", read(12_400.0, "steam"), read(2.0), asked=now_of(ONE)),
        "Compressor one, right now: twelve point four tons an hour of steam and two kilowatts of"
        " electricity.",
    ),
    "an old reading": Case(
        power("latest", read(41.0, age=timedelta(hours=2)), asked=now_of(ONE)),
        "The last reading of compressor one was forty one kilowatts of electricity, two hours ago.",
    ),
    "a reading of now and an older one": Case(
        power(
            "latest", read(41.0), read(7.0, "natural_gas", timedelta(days=16)), asked=now_of(ONE)
        ),
        "Compressor one is drawing forty one kilowatts of electricity right now."
        " The last reading of compressor one was seven cubic meters an hour of natural gas, on"
        " Monday the second of November at ten zero seven a m.",
    ),
    "a reading of another year": Case(
        power("latest", read(41.0, age=timedelta(days=365)), asked=now_of(ONE)),
        "The last reading of compressor one was forty one kilowatts of electricity, on Tuesday the"
        " eighteenth of November twenty twenty-five at ten zero seven a m.",
    ),
    "on average": Case(
        power("average", rate(32.5), issues=(gap("electricity", 91.7),)),
        "Compressor one drew thirty two point five kilowatts of electricity on average yesterday."
        " For electricity, readings for two hours are missing, so the true figure may differ.",
    ),
    "several on average": Case(
        power(
            "average",
            rate(32.5),
            rate(500.0, "steam"),
            asked=TWO,
            issues=(gap("steam", 80.0), gap("electricity", 99.5)),
        ),
        "Boiler one and compressor one, on average yesterday: thirty two point five kilowatts of"
        " electricity and five hundred kilograms an hour of steam."
        " For steam, twenty percent of the readings are missing, so the true figure may differ."
        " For electricity, a few readings are missing, less than one percent.",
    ),
    "the peak of a day": Case(
        power("peak", block(62.0), issues=(gap("electricity", 91.7),)),
        "Compressor one peaked at sixty two kilowatts of electricity yesterday, at two fifteen p m."
        " Readings for two hours are missing, so the true figure may be higher.",
    ),
    "the peak of a week": Case(
        power("peak", block(62.0), asked=replace(TWO, period=LAST_WEEK), period=WEEK),
        "Added up, boiler one and compressor one peaked at sixty two kilowatts of electricity last"
        " week, yesterday at two fifteen p m.",
    ),
    "the peak of hourly meters": Case(
        power("peak", block(62.0, interval_s=3600)),
        "Compressor one peaked at sixty two kilowatts of electricity yesterday, at two fifteen p m."
        " The meters tell it as means over one hour.",
    ),
    "the minimum": Case(
        power("minimum", block(2.0, "natural_gas")),
        "Compressor one went down to two cubic meters an hour of natural gas yesterday, at two"
        " fifteen p m.",
    ),
    "the minimum of several": Case(
        power("minimum", block(2.0), asked=TWO),
        "Added up, boiler one and compressor one went down to two kilowatts of electricity"
        " yesterday, at two fifteen p m.",
    ),
    "no whole block": Case(
        RateUnknown(question=ONE, interval_seconds=3600),
        "I know compressor one in steps of one hour, and no complete step lies in that time.",
    ),
    "no meter that tells the interval": Case(
        RateUnknown(question=ONE, interval_seconds=None),
        "The readings of compressor one do not tell over what time they run, so I can't tell how"
        " much that is in an hour.",
    ),
}
