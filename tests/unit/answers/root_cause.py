"""Why SEUs used more or less than expected."""

from __future__ import annotations

from datetime import datetime

from enms_core.domain.causes import Contribution, RegimeRest, StatusContext
from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance
from enms_core.domain.question import Question
from tests.unit.answers.common import BERLIN, Case, question
from tests.unit.performances import (
    COLDER,
    HVAC,
    MORE_PRODUCTION,
    OF_BOILER,
    STEAM,
    WEAK_BASELINE,
    analysis,
    cause,
    finding,
    part,
)
from tests.unit.trained_models import BOILER, PRODUCTION, TEMPERATURE

LONG_AGO = datetime(2025, 5, 20, tzinfo=BERLIN)
AT_NIGHT = RegimeRest("nights", 8.0, 7.2)
OF_HVAC = question("HVAC-Main", intent="root_cause")


def why(*parts: SeuPerformance, asked: Question | None = None) -> PerformanceAnalysis:
    return analysis(*parts, asked=asked, asks_why=True)


ANSWERS = {
    "a leak, and more production": why(
        part(cause=cause(finding(), contributions=(MORE_PRODUCTION, COLDER)))
    ),
    "a schedule that is likely, and signs of idling": why(
        part(
            of=HVAC,
            cause=cause(
                finding("schedule", confidence=0.7, per_hour=14.0, per_week=700.0),
                finding("standby", confidence=0.5),
            ),
        ),
        asked=OF_HVAC,
    ),
    "a cooling that is not sure, since ever": why(
        part(of=HVAC, cause=cause(finding("cooling", since=None, confidence=0.3, half=400.0))),
        asked=OF_HVAC,
    ),
    "wear of gas, since last year": why(
        part(
            1_090.0,
            1_030.0,
            of=BOILER,
            cause=cause(finding("wear", since=LONG_AGO, per_hour=2.4, per_week=403.0)),
        ),
        asked=OF_BOILER,
    ),
    "within the range, yet a schedule": why(
        part(940.0, 951.0, of=HVAC, cause=cause(finding("schedule", per_hour=44.0))),
        asked=OF_HVAC,
    ),
    "within the range, yet perhaps wear": why(
        part(940.0, 951.0, cause=cause(finding("wear", confidence=0.7)))
    ),
    "a saving, and yet perhaps a leak": why(
        part(871.0, 951.0, cause=cause(finding(confidence=0.4)))
    ),
    "idling": why(part(cause=cause(finding("standby")))),
    "a gain": why(
        part(
            871.0,
            951.0,
            cause=cause(finding("gain", per_hour=-3.3, per_week=-560.0, half=60.0), rest=-80.0),
        )
    ),
    "no pattern, at night, after a fault": why(
        part(
            cause=cause(
                contributions=(Contribution(PRODUCTION, -40.0, 180.0, 210.0),),
                regimes=(RegimeRest("working_hours", 16.0, 1.0), AT_NIGHT),
                status=StatusContext(2.0, 1.0, 3.0, 5, 1),
            )
        )
    ),
    "no pattern in a saving at weekends": why(
        part(
            871.0,
            951.0,
            cause=cause(
                regimes=(RegimeRest("weekends", 10.0, -7.0),),
                rest=-80.0,
                status=StatusContext(starts=1, anomalies=2),
            ),
        )
    ),
    "no pattern while idle or at work": why(
        part(cause=cause(regimes=(RegimeRest("idle", 4.0, 13.0),)))
    ),
    "no pattern, in working hours": why(
        part(cause=cause(regimes=(RegimeRest("working_hours", 16.0, 5.0),)))
    ),
    "nothing unusual, colder": why(
        part(
            960.0,
            951.0,
            cause=cause(contributions=(Contribution(TEMPERATURE, 33.0, 2.0, 11.75),)),
        )
    ),
    "nothing unusual, hotter": why(
        part(
            940.0,
            951.0,
            cause=cause(contributions=(Contribution(TEMPERATURE, -40.0, 25.0, 11.75),)),
        )
    ),
    "a leak by a weak baseline": why(part(shown=WEAK_BASELINE, cause=cause(finding()))),
    "no cause known": why(part()),
    "of a machine, two of its sources": why(
        part(1_090.0, 990.0, half=60.0, of=BOILER, cause=cause(finding("wear"))),
        part(7_900.0, 7_450.0, half=200.0, of=STEAM, cause=cause(finding())),
        asked=OF_BOILER,
    ),
    "without a baseline of any": analysis(asked=OF_BOILER, without=(BOILER, STEAM), asks_why=True),
}
SAID = {
    "a leak, and more production": (
        "Electricity of compressor one yesterday, eight percent above expected: the pattern "
        "clearly points to a leak. Since the third of November, the use has been about one "
        "point seven kilowatts higher at all hours, day and night alike. That makes about two "
        "hundred and ninety kilowatt hours a week, most likely between two hundred and fifty "
        "and three hundred and thirty. Already expected, compared with average conditions: "
        "higher production count added sixty one kilowatt hours and lower outdoor temperature "
        "saved twenty kilowatt hours."
    ),
    "a schedule that is likely, and signs of idling": (
        "Electricity of HVAC main yesterday, eight percent above expected: the pattern points "
        "to a wrong timer or schedule. Since the third of November, it has been running at "
        "times when it used to stand still, at about fourteen kilowatts. That makes about seven "
        "hundred kilowatt hours a week, most likely between six hundred and sixty and seven "
        "hundred and forty. There are also signs of needless idling."
    ),
    "a cooling that is not sure, since ever": (
        "Electricity of HVAC main yesterday, eight percent above expected: the pattern may "
        "point to the cooling or a fouled heat exchanger, but that is not sure. For as long as "
        "I can see, the use has risen with the temperature more than expected, by about one "
        "point seven kilowatts on average. That makes about two hundred and ninety kilowatt "
        "hours a week, most likely between zero and six hundred and ninety."
    ),
    "wear of gas, since last year": (
        "Natural gas of boiler one yesterday, six percent above expected: the pattern clearly "
        "points to fouling or wear. Since the twentieth of May twenty twenty-five, the use has "
        "been growing slowly, by about two point four cubic meters per hour by now. That makes "
        "about four hundred cubic meters a week, most likely between three hundred and sixty "
        "and four hundred and forty."
    ),
    "within the range, yet a schedule": (
        "Electricity of HVAC main yesterday: one percent below expected. Yet the pattern "
        "clearly points to a wrong timer or schedule. Since the third of November, it has been "
        "running at times when it used to stand still, at about forty four kilowatts. That "
        "makes about two hundred and ninety kilowatt hours a week, most likely between two "
        "hundred and fifty and three hundred and thirty."
    ),
    "within the range, yet perhaps wear": (
        "Electricity of compressor one yesterday: one percent below expected. Yet the pattern "
        "points to fouling or wear. Since the third of November, the use has been growing "
        "slowly, by about one point seven kilowatts by now. That makes about two hundred and "
        "ninety kilowatt hours a week, most likely between two hundred and fifty and three "
        "hundred and thirty."
    ),
    "a saving, and yet perhaps a leak": (
        "Electricity of compressor one yesterday: eight percent below expected. Yet the pattern "
        "may point to a leak, but that is not sure. Since the third of November, the use has "
        "been about one point seven kilowatts higher at all hours, day and night alike. That "
        "makes about two hundred and ninety kilowatt hours a week, most likely between two "
        "hundred and fifty and three hundred and thirty."
    ),
    "idling": (
        "Electricity of compressor one yesterday, eight percent above expected: the pattern "
        "clearly points to needless idling. Since the third of November, about one point seven "
        "kilowatts have gone into standing idle. That makes about two hundred and ninety "
        "kilowatt hours a week, most likely between two hundred and fifty and three hundred and "
        "thirty."
    ),
    "a gain": (
        "Electricity of compressor one yesterday, eight percent below expected: the pattern "
        "clearly points to a lasting improvement. Since the third of November, the use has been "
        "about three point three kilowatts lower. That saves about five hundred and sixty "
        "kilowatt hours a week, most likely between five hundred and six hundred and twenty."
    ),
    "no pattern, at night, after a fault": (
        "Electricity of compressor one yesterday, eight percent above expected: I see no "
        "pattern that tells why. Most of it arises at night, about seven point two kilowatts "
        "more than expected. Already expected, compared with average conditions: lower "
        "production count saved forty kilowatt hours. In that time there were two hours of "
        "maintenance, one hour of faults, one anomaly and five starts."
    ),
    "no pattern in a saving at weekends": (
        "Electricity of compressor one yesterday, eight percent below expected: I see no "
        "pattern that tells why. Most of the saving arises at weekends, about seven kilowatts "
        "less than expected. In that time there were two anomalies and one start."
    ),
    "no pattern while idle or at work": (
        "Electricity of compressor one yesterday, eight percent above expected: I see no "
        "pattern that tells why."
    ),
    "no pattern, in working hours": (
        "Electricity of compressor one yesterday, eight percent above expected: I see no "
        "pattern that tells why. Most of it arises in working hours, about five kilowatts more "
        "than expected."
    ),
    "nothing unusual, colder": (
        "There is nothing unusual to explain: compressor one was within the normal range for "
        "electricity yesterday, zero point nine percent above expected. Already expected, "
        "compared with average conditions: lower outdoor temperature added thirty three "
        "kilowatt hours."
    ),
    "nothing unusual, hotter": (
        "There is nothing unusual to explain: compressor one was within the normal range for "
        "electricity yesterday, one percent below expected. Already expected, compared with "
        "average conditions: higher outdoor temperature saved forty kilowatt hours."
    ),
    "a leak by a weak baseline": (
        "Electricity of compressor one yesterday, eight percent above expected: the pattern "
        "clearly points to a leak. Since the third of November, the use has been about one "
        "point seven kilowatts higher at all hours, day and night alike. That makes about two "
        "hundred and ninety kilowatt hours a week, most likely between two hundred and fifty "
        "and three hundred and thirty. Mind that this baseline does not meet the validity "
        "rules, so it is only a rough guide."
    ),
    "no cause known": (
        "Electricity of compressor one yesterday, eight percent above expected: I can't tell why."
    ),
    "of a machine, two of its sources": (
        "Natural gas of boiler one yesterday, ten percent above expected: the pattern clearly "
        "points to fouling or wear. Since the third of November, the use has been growing "
        "slowly, by about one point seven cubic meters per hour by now. That makes about two "
        "hundred and ninety cubic meters a week, most likely between two hundred and fifty and "
        "three hundred and thirty. Steam of boiler one shows signs of a leak too."
    ),
    "without a baseline of any": (
        "There is no baseline yet for natural gas of boiler one and steam of boiler one."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
