"""How an SEU performed against its baseline."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from enms_core.domain.performance import Projection, Rated
from enms_core.domain.period import TODAY
from enms_core.domain.tariff import Money
from tests.unit.answers.common import Case, question
from tests.unit.performances import (
    EXTRA,
    HVAC,
    OF_BOILER,
    SEVEN_HOURS,
    WEAK_BASELINE,
    analysis,
    cannot,
    cause,
    euros,
    finding,
    part,
)
from tests.unit.trained_models import BOILER, COMPRESSOR, PRODUCTION, TEMPERATURE

RUNNING = replace(question("HVAC-Main", intent="performance"), period=TODAY)

ANSWERS = {
    "more than the scatter": analysis(part(rated=EXTRA)),
    "more, and what it points to": analysis(
        part(rated=EXTRA, cause=cause(finding())),
    ),
    "more, and no pattern": analysis(part(cause=cause())),
    "less than the scatter": analysis(
        part(871.0, 951.0, rated=Rated(euros("-12.40"), False, -36.0))
    ),
    "more, but in cheaper hours": analysis(part(rated=Rated(euros("-0.40"), False, 36.0))),
    "more, and a part has no price": analysis(part(rated=Rated(euros("3"), True, None))),
    "more, of two currencies": analysis(
        part(rated=Rated((*euros("3"), Money(Decimal("1.2"), "USD")), False, None))
    ),
    "normal": analysis(part(940.0, 951.0)),
    "normal, just as expected": analysis(part(951.4, 951.0)),
    "normal, and yet a leak": analysis(part(970.0, 951.0, cause=cause(finding(confidence=0.7)))),
    "normal, and perhaps idling": analysis(
        part(970.0, 951.0, cause=cause(finding("standby", confidence=0.4)))
    ),
    "normal, of a cubic meter of gas that nobody expected": analysis(
        part(1.0, 0.0, half=20.0, of=BOILER), asked=OF_BOILER
    ),
    "scatter unknown": analysis(part(half=None)),
    "less, scatter unknown": analysis(part(900.0, 951.0, half=None)),
    "as expected, scatter unknown": analysis(part(951.0, 951.0, half=None)),
    "much more than little": analysis(part(98.0, 9.0, half=5.0)),
    "little less of much, alike when rounded": analysis(part(12_404.0, 12_440.0, half=20.0)),
    "part of the hours, some missing": analysis(part(940.0, 951.0, hours=14.0, missing=2.0)),
    "outside what it was trained on, by a weak baseline": analysis(
        part(extent="outside", outside=(PRODUCTION, TEMPERATURE), shown=WEAK_BASELINE)
    ),
    "outside together": analysis(part(extent="outside")),
    "running": analysis(
        part(294.0, 300.0, of=HVAC, period=SEVEN_HOURS, hours=7.0),
        asked=RUNNING,
        is_running=True,
    ),
    "running, more, and where it will end": analysis(
        part(
            394.0,
            300.0,
            of=HVAC,
            period=SEVEN_HOURS,
            hours=7.0,
            projection=Projection(1_240.0, 1_130.0, 1_350.0, 12),
        ),
        asked=RUNNING,
        is_running=True,
    ),
    "running, its end without an interval": analysis(
        part(
            294.0,
            300.0,
            of=HVAC,
            period=SEVEN_HOURS,
            hours=7.0,
            projection=Projection(1_240.0, None, None, 2),
        ),
        asked=RUNNING,
        is_running=True,
    ),
    "too early to tell": analysis(
        cannot=(replace(cannot(COMPRESSOR, reason="too_short"), period=None),)
    ),
    "it stood": analysis(cannot=(cannot(COMPRESSOR),)),
}
SAID = {
    "more than the scatter": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. The extra use comes to twelve euros forty and thirty six "
        "kilograms of carbon dioxide."
    ),
    "more, and what it points to": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. The extra use comes to twelve euros forty and thirty six "
        "kilograms of carbon dioxide. Since the third of November, the use has been about one "
        "point seven kilowatts higher at all hours, day and night alike. That clearly points to "
        "a leak."
    ),
    "more, and no pattern": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. I see no pattern that tells why."
    ),
    "less than the scatter": (
        "Compressor one used eight percent less electricity than expected yesterday: eight "
        "hundred and seventy one kilowatt hours instead of nine hundred and fifty one. That is "
        "a real saving, beyond its normal scatter. It saved twelve euros forty and thirty six "
        "kilograms of carbon dioxide."
    ),
    "more, but in cheaper hours": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. The extra use comes to thirty six kilograms of carbon "
        "dioxide."
    ),
    "more, and a part has no price": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. For part of it there is no price, so the cost is not known."
    ),
    "more, of two currencies": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. The extra use comes to three euros and one dollar twenty."
    ),
    "normal": (
        "Compressor one was within the normal range for electricity yesterday: one percent "
        "below expected."
    ),
    "normal, just as expected": (
        "Compressor one was within the normal range for electricity yesterday: just as expected."
    ),
    "normal, and yet a leak": (
        "Compressor one was within the normal range for electricity yesterday: two percent "
        "above expected. Since the third of November, the use has been about one point seven "
        "kilowatts higher at all hours, day and night alike. That points to a leak."
    ),
    "normal, and perhaps idling": (
        "Compressor one was within the normal range for electricity yesterday: two percent "
        "above expected. Since the third of November, about one point seven kilowatts have gone "
        "into standing idle. That may point to needless idling, but it is not sure."
    ),
    "normal, of a cubic meter of gas that nobody expected": (
        "Boiler one was within the normal range for natural gas yesterday: one cubic meter "
        "above expected."
    ),
    "scatter unknown": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. How much it "
        "varies normally is not known, so I can't say whether that is unusual."
    ),
    "less, scatter unknown": (
        "Compressor one used five percent less electricity than expected yesterday: nine "
        "hundred kilowatt hours instead of nine hundred and fifty one. How much it varies "
        "normally is not known, so I can't say whether that is unusual."
    ),
    "as expected, scatter unknown": (
        "Compressor one used nine hundred and fifty one kilowatt hours of electricity "
        "yesterday, just as expected."
    ),
    "much more than little": (
        "Compressor one used ninety eight kilowatt hours of electricity yesterday, eighty nine "
        "kilowatt hours more than expected. That is more than its normal scatter."
    ),
    "little less of much, alike when rounded": (
        "Compressor one used twelve point four megawatt hours of electricity yesterday, thirty "
        "six kilowatt hours less than expected. That is a real saving, beyond its normal "
        "scatter."
    ),
    "part of the hours, some missing": (
        "Compressor one was within the normal range for electricity yesterday: one percent "
        "below expected. That is for fourteen hours of running. Two hours are not in it, "
        "because values are missing."
    ),
    "outside what it was trained on, by a weak baseline": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. The values of production count and outdoor temperature go "
        "beyond what it was trained on, so take that with care. Mind that this baseline does "
        "not meet the validity rules, so it is only a rough guide."
    ),
    "outside together": (
        "Compressor one used eight percent more electricity than expected yesterday: one "
        "thousand and thirty kilowatt hours instead of nine hundred and fifty one. That is more "
        "than its normal scatter. These values together are unlike anything that it was trained "
        "on, so take that with care."
    ),
    "running": (
        "HVAC main is within the normal range for electricity today after seven hours: two "
        "percent below expected."
    ),
    "running, more, and where it will end": (
        "HVAC main used thirty one percent more electricity than expected today after seven "
        "hours: three hundred and ninety four kilowatt hours instead of three hundred. That is "
        "more than its normal scatter. In the end it should be about one thousand two hundred "
        "and forty kilowatt hours, most likely between one thousand one hundred and thirty and "
        "one thousand three hundred and fifty."
    ),
    "running, its end without an interval": (
        "HVAC main is within the normal range for electricity today after seven hours: two "
        "percent below expected. In the end it should be about one thousand two hundred and "
        "forty kilowatt hours."
    ),
    "too early to tell": (
        "Too little time has passed yet to tell for electricity of compressor one."
    ),
    "it stood": (
        "Compressor one did not run yesterday, so the electricity baseline expects nothing."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
