"""What use is to be expected, of a period and of spoken conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from enms_core.domain.baseline import Baseline, Extent
from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.domain.intents import TOMORROW, YESTERDAY
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from tests.unit.answers.baseline_train import HEATING, WEAK
from tests.unit.answers.common import BERLIN, PERIOD, Case, question
from tests.unit.trained_models import (
    BOILER,
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    baseline,
    model,
    of_another_program,
)

ASKED = question("Compressor-1", intent="baseline_predict")
AHEAD = replace(ASKED, period=TOMORROW)
NEXT_DAY = Period(datetime(2026, 11, 19, tzinfo=BERLIN), datetime(2026, 11, 20, tzinfo=BERLIN))


def at(
    said: dict[str, float],
    expected: float = 44.17,
    half: float | None = 3.16,
    shown: Baseline | None = None,
    assumed: dict[str, float] | None = None,
    extent: Extent = "inside",
    outside: tuple[str, ...] = (),
    unused: tuple[str, ...] = (),
    of: SeuOfSource = COMPRESSOR,
) -> Prediction:
    shown = shown or baseline(of=of)
    told = {name: value for name, value in said.items() if name not in unused}
    return Prediction(
        question=replace(ASKED, conditions=tuple(said.items())),
        of=of,
        baseline=shown,
        expected=expected,
        lower=None if half is None else expected - half,
        upper=None if half is None else expected + half,
        confidence_percent=90.0,
        extent=extent,
        outside=outside,
        conditions={**told, **(assumed or {})},
        assumed=tuple(assumed or ()),
        unused=unused,
        is_negative=expected < 0,
    )


def over(
    expected: float = 948.0,
    bounds: tuple[float, float] | None = (911.0, 985.0),
    actual: float | None = None,
    hours: float = 24.0,
    missing: float = 0.0,
    extent: Extent = "inside",
    outside: tuple[str, ...] = (),
    shown: Baseline | None = None,
    elsewhere: float | None = None,
) -> Prediction:
    return Prediction(
        question=ASKED if actual is not None else AHEAD,
        period=PERIOD if actual is not None else NEXT_DAY,
        of=COMPRESSOR,
        baseline=shown or baseline(),
        expected=expected,
        lower=None if bounds is None else bounds[0],
        upper=None if bounds is None else bounds[1],
        confidence_percent=90.0,
        extent=extent,
        outside=outside,
        hours=hours,
        hours_missing=missing,
        actual=actual,
        actual_elsewhere=elsewhere,
    )


def cannot(*drivers: str, is_ahead: bool = True, period: Period | None = PERIOD) -> CannotPredict:
    return CannotPredict(
        question=replace(ASKED, period=TOMORROW if is_ahead else YESTERDAY),
        period=period,
        of=COMPRESSOR,
        baseline=baseline(),
        drivers=drivers,
        is_ahead=is_ahead,
    )


SAID = {PRODUCTION: 500.0, TEMPERATURE: 25.0}
BY_DAY = baseline(made=model(grain="day"))

CASES = {
    "at conditions, outside": Case(
        at(SAID, extent="outside", outside=(PRODUCTION,)),
        "With production count at five hundred units and outdoor temperature at twenty five "
        "degrees, compressor one should use about forty four point two kilowatt hours of "
        "electricity per hour, give or take three point two. Production count at five hundred "
        "units is more than it was trained on, so take that with care.",
    ),
    "at conditions, below and above": Case(
        at(
            {PRODUCTION: 500.0, TEMPERATURE: -15.0},
            extent="outside",
            outside=(PRODUCTION, TEMPERATURE),
        ),
        "With production count at five hundred units and outdoor temperature at minus fifteen "
        "degrees, compressor one should use about forty four point two kilowatt hours of "
        "electricity per hour, give or take three point two. Production count at five hundred "
        "units is more than it was trained on, so take that with care. Outdoor temperature at "
        "minus fifteen degrees is less than it was trained on, so take that with care.",
    ),
    "at conditions, unlike any together": Case(
        at(SAID, extent="outside"),
        "With production count at five hundred units and outdoor temperature at twenty five "
        "degrees, compressor one should use about forty four point two kilowatt hours of "
        "electricity per hour, give or take three point two. These values together are unlike "
        "anything that it was trained on, so take that with care.",
    ),
    "at one condition, the rest assumed": Case(
        at({PRODUCTION: 300.0}, assumed={TEMPERATURE: 11.24}, extent="near"),
        "With production count at three hundred units, compressor one should use about forty "
        "four point two kilowatt hours of electricity per hour, give or take three point two. "
        "What you did not say I took at its average: outdoor temperature at eleven point two "
        "degrees. That is at the edge of what it was trained on.",
    ),
    "at a condition that the model has not": Case(
        at({"wind speed": 3.0, PRODUCTION: 1.0}, unused=("wind speed",), shown=BY_DAY),
        "With production count at one unit, compressor one should use about forty four point "
        "two kilowatt hours of electricity per day, give or take three point two. The baseline "
        "does not know wind speed, so that changes nothing.",
    ),
    "at no condition of the model": Case(
        at({"wind speed": 3.0}, unused=("wind speed",), assumed={PRODUCTION: 210.0}),
        "Compressor one should use about forty four point two kilowatt hours of electricity per "
        "hour. What you did not say I took at its average: production count at two hundred and "
        "ten units. The baseline does not know wind speed, so that changes nothing.",
    ),
    "at a temperature that degree days are made of": Case(
        replace(
            at(
                {TEMPERATURE: -20.0},
                expected=452.0,
                half=31.4,
                of=BOILER,
                shown=baseline(1, HEATING, of=BOILER),
                assumed={"gas_pressure_bar": 0.5},
            ),
            conditions={"heating_degree_days": 35 / 24, "gas_pressure_bar": 0.5},
            extent="outside",
            outside=("heating_degree_days",),
        ),
        "With outdoor temperature at minus twenty degrees, boiler one should use about four "
        "hundred and fifty two cubic meters of natural gas per hour, give or take thirty one. "
        "What you did not say I took at its average: gas pressure at zero point five bar. "
        "Heating degree days at thirty five is more than it was trained on, so take that with "
        "care.",
    ),
    "at conditions that nobody asked for": Case(
        replace(
            at(
                {"heating_degree_days": 0.25},
                expected=77.5,
                half=None,
                of=BOILER,
                shown=baseline(1, HEATING, of=BOILER),
                assumed={"gas_pressure_bar": 2.1},
            ),
            question=ASKED,
        ),
        "With heating degree days at six, boiler one should use about seventy seven point five "
        "cubic meters of natural gas per hour. How far that may be off is not known. What you "
        "did not say I took at its average: gas pressure at two point one bar.",
    ),
    "below zero": Case(
        at(SAID, expected=-3.0),
        "For that, the electricity baseline of compressor one comes out below zero, so it lies "
        "outside what the model can tell.",
    ),
    "yesterday, more": Case(
        over(actual=1_031.0),
        "Compressor one should have used about nine hundred and forty eight kilowatt hours of "
        "electricity yesterday, most likely from nine hundred and eleven to nine hundred and "
        "eighty five. The meters show one thousand and thirty kilowatt hours, eighty two more.",
    ),
    "yesterday, less, in megawatt hours": Case(
        over(expected=12_400.0, bounds=(11_800.0, 13_000.0), actual=9_950.0),
        "Compressor one should have used about twelve point four megawatt hours of electricity "
        "yesterday, most likely from eleven point eight to thirteen. The meters show nine point "
        "nine five megawatt hours, two point four five less.",
    ),
    "yesterday, the same": Case(
        over(actual=948.2),
        "Compressor one should have used about nine hundred and forty eight kilowatt hours of "
        "electricity yesterday, most likely from nine hundred and eleven to nine hundred and "
        "eighty five. The meters show the same.",
    ),
    "yesterday, for a part of it": Case(
        over(expected=410.0, bounds=(-12.0, 832.0), actual=409.0, hours=10.0, missing=1.0),
        "Compressor one should have used about four hundred and ten kilowatt hours of "
        "electricity yesterday, most likely from zero to eight hundred and thirty two. That "
        "is for ten hours of running. In that time the meters show four hundred and nine kilowatt "
        "hours, one less. One hour is not in it, because values are missing.",
    ),
    "more than expected in a part of the time": Case(
        over(expected=410.0, bounds=(390.0, 430.0), actual=455.0, hours=10.0, elsewhere=3.2),
        "Compressor one should have used about four hundred and ten kilowatt hours of "
        "electricity yesterday, most likely from three hundred and ninety to four hundred and "
        "thirty. That is for ten hours of running. In that time the meters show four hundred "
        "and fifty five kilowatt hours, forty five more.",
    ),
    "yesterday, much beside the hours that count": Case(
        over(expected=410.0, bounds=(-12.0, 832.0), actual=409.0, hours=10.0, elsewhere=31.2),
        "Compressor one should have used about four hundred and ten kilowatt hours of "
        "electricity yesterday, most likely from zero to eight hundred and thirty two. That is "
        "for ten hours of running. In that time the meters show four hundred and nine kilowatt "
        "hours, one less. Another thirty one point two kilowatt hours were used in the rest of "
        "the time, by starting, stopping and standing still.",
    ),
    "yesterday, little beside the hours that count": Case(
        over(actual=948.2, elsewhere=40.0),
        "Compressor one should have used about nine hundred and forty eight kilowatt hours of "
        "electricity yesterday, most likely from nine hundred and eleven to nine hundred and "
        "eighty five. The meters show the same.",
    ),
    "yesterday, much beside with values missing": Case(
        over(bounds=None, actual=948.2, hours=20.0, elsewhere=170.0, missing=4.0),
        "Compressor one should have used about nine hundred and forty eight kilowatt hours of "
        "electricity yesterday. How far that may be off is not known. That is for twenty hours "
        "of running. In that time the meters show the same. Another one hundred and seventy "
        "kilowatt hours were used in the rest of the time. Four hours are not in it, because "
        "values are missing.",
    ),
    "since long ago, as far as there are readings": Case(
        replace(over(actual=1_031.0), is_shortened=True),
        "Compressor one should have used about nine hundred and forty eight kilowatt hours of "
        "electricity on Tuesday, the seventeenth of November twenty twenty-six, most likely from "
        "nine hundred and eleven to nine hundred and eighty five. The meters show one thousand "
        "and thirty kilowatt hours, eighty two more.",
    ),
    "tomorrow, running as in the last weeks": Case(
        replace(over(bounds=None, hours=15.0), running_assumed=True),
        "Compressor one should use about nine hundred and forty eight kilowatt hours of "
        "electricity tomorrow. That holds if running goes on as in the last weeks, because "
        "nobody has planned it. How far that may be off is not known. That is for fifteen hours "
        "of running.",
    ),
    "yesterday, of a model without statistics": Case(
        over(bounds=None, actual=1_031.0, shown=baseline(0, of_another_program())),
        "Compressor one should have used about nine hundred and forty eight kilowatt hours of "
        "electricity yesterday. How far that may be off is not known. The meters show one "
        "thousand and thirty kilowatt hours, eighty two more.",
    ),
    "tomorrow": Case(
        over(),
        "Compressor one should use about nine hundred and forty eight kilowatt hours of "
        "electricity tomorrow, most likely from nine hundred and eleven to nine hundred and "
        "eighty five.",
    ),
    "tomorrow, of a weak model without bounds": Case(
        over(bounds=None, shown=baseline(made=WEAK), missing=2.0),
        "Compressor one should use about nine hundred and forty eight kilowatt hours of "
        "electricity tomorrow. How far that may be off is not known. Two hours are not in it, "
        "because values are missing. Mind that this baseline does not meet the validity rules, "
        "so it is only a rough guide.",
    ),
    "tomorrow, outside": Case(
        over(extent="outside", outside=(TEMPERATURE,)),
        "Compressor one should use about nine hundred and forty eight kilowatt hours of "
        "electricity tomorrow, most likely from nine hundred and eleven to nine hundred and "
        "eighty five. The values of outdoor temperature go beyond what it was trained on, so "
        "take that with care.",
    ),
    "no forecast": Case(
        cannot(PRODUCTION, TEMPERATURE, period=NEXT_DAY),
        "I can't say how much electricity compressor one will use tomorrow: of production count "
        "and outdoor temperature there is neither a forecast nor a plan. Tell me values for "
        "that, and I can say what to expect per hour.",
    ),
    "no values": Case(
        cannot(TEMPERATURE, is_ahead=False),
        "I can't say how much electricity compressor one should have used yesterday: there are "
        "no values of outdoor temperature.",
    ),
    "not planned": Case(
        cannot(period=NEXT_DAY),
        "Compressor one is not planned to run tomorrow, so there is no electricity to expect.",
    ),
    "did not run": Case(
        cannot(is_ahead=False),
        "Compressor one did not run yesterday, so the electricity baseline expects nothing.",
    ),
    "not planned, and stood lately": Case(
        replace(cannot(period=NEXT_DAY), reason="stood_lately"),
        "Nobody has planned when compressor one runs tomorrow, and there was no running in the "
        "last weeks, so I can't say how much electricity to expect.",
    ),
    "no readings": Case(
        replace(cannot(is_ahead=False), reason="readings"),
        "I can't say how much electricity compressor one should have used yesterday: there are "
        "no complete readings of it.",
    ),
    "no whole hour": Case(
        replace(cannot(is_ahead=False), reason="too_short"),
        "The electricity baseline of compressor one counts whole hours, and there is none "
        "yesterday yet.",
    ),
    "no whole day": Case(
        replace(cannot(is_ahead=False), reason="too_short", baseline=BY_DAY),
        "The electricity baseline of compressor one counts whole days, and there is none "
        "yesterday yet.",
    ),
    "values of no world": Case(
        replace(cannot(PRODUCTION, is_ahead=False, period=None), reason="beyond"),
        "Such values of production count are far outside what the electricity baseline of "
        "compressor one can tell.",
    ),
    "degree days of a day of running": Case(
        replace(
            at(
                {"heating_degree_days": 12.0},
                expected=452.0,
                half=31.4,
                of=BOILER,
                shown=baseline(
                    1, replace(HEATING, equation=replace(HEATING.equation, grain="day")), of=BOILER
                ),
                assumed={"gas_pressure_bar": 0.5},
            ),
            conditions={"heating_degree_days": 8.0, "gas_pressure_bar": 0.5},
            hours_a_day=16.0,
        ),
        "With heating degree days at twelve, boiler one should use about four hundred and fifty "
        "two cubic meters of natural gas per day, give or take thirty one. The degree days are "
        "counted for sixteen hours of running, as on an average day of the training. What you "
        "did not say I took at its average: gas pressure at zero point five bar.",
    ),
    "values to be said": Case(
        cannot(TEMPERATURE, is_ahead=False, period=None),
        "To say what compressor one should use of electricity, I also need values of outdoor "
        "temperature.",
    ),
}
