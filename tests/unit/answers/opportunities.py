"""Where energy can be saved, over several SEUs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from enms_core.domain.causes import WeeklySavings
from enms_core.domain.intents import LAST_30_DAYS
from enms_core.domain.opportunity import Opportunity, OpportunityList, SourceSavings
from enms_core.domain.question import Question, Threshold
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money
from tests.unit.answers.common import PERIOD, Case, question
from tests.unit.performances import CONVEYOR, HVAC, LEAK_DAY, PUMP, SAVINGS, euros, opportunity
from tests.unit.trained_models import BOILER, COMPRESSOR

ASKED = replace(question(kind="all", intent="opportunities"), period=LAST_30_DAYS)
LEAK = opportunity("extra_load", COMPRESSOR, SAVINGS, LEAK_DAY, "leak")
NIGHTS = opportunity("schedule", HVAC, WeeklySavings(700.0, 640.0, 760.0), LEAK_DAY)
IDLE = opportunity("idle", PUMP)
GAS = WeeklySavings(40.0, 30.0, 50.0, euros("20"), 81.2)
FOULED = opportunity("wear", BOILER, GAS, suspicion="wear")
PEAK = opportunity("peak", HVAC, WeeklySavings(0.0, None, None, euros("62.00")), peak_kw=30.0)
OF_ELECTRICITY = SourceSavings("electricity", "kWh", WeeklySavings(1_110.0, None, None))
OF_GAS = SourceSavings("natural_gas", "m³", GAS)
ALL = (NIGHTS, LEAK, IDLE, FOULED, PEAK)


def found(
    *opportunities: Opportunity,
    asked: Question = ASKED,
    sources: tuple[SourceSavings, ...] = (),
    costs: tuple[Money, ...] = (),
    carbon_kg: float | None = None,
    without: tuple[SeuOfSource, ...] = (),
) -> OpportunityList:
    return OpportunityList(
        question=asked,
        period=PERIOD,
        opportunities=opportunities,
        sources=sources,
        costs=costs,
        carbon_kg=carbon_kg,
        examined=(COMPRESSOR, HVAC, PUMP, BOILER, CONVEYOR),
        without=without,
    )


IN_ALL = found(*ALL, sources=(OF_ELECTRICITY, OF_GAS), costs=euros("248.5"), carbon_kg=580.0)
ANSWERS = {
    "several": IN_ALL,
    "several, in full": replace(IN_ALL, question=replace(ASKED, in_full=True)),
    "the best two": replace(IN_ALL, question=replace(ASKED, count=2)),
    "several without prices": found(IDLE, FOULED, sources=(OF_ELECTRICITY, OF_GAS)),
    "two peaks": found(PEAK, replace(PEAK, of=COMPRESSOR)),
    "one, held against an aim": found(
        LEAK, asked=replace(ASKED, threshold=Threshold(5.0, "%", "less"))
    ),
    "one, at a cost of no machine": found(
        LEAK, asked=replace(ASKED, cost=Money(Decimal(5000), "EUR"))
    ),
    "one": found(LEAK),
    "one that nobody knows the beginning of": found(IDLE),
    "one peak": found(PEAK),
    "other kinds": found(
        opportunity("part_load", COMPRESSOR),
        opportunity("base_load", CONVEYOR),
        opportunity("extra_load", HVAC),
    ),
    "idling and wear": found(
        IDLE,
        opportunity("wear", BOILER),
    ),
    "none": found(),
    "no sign of a leak": found(asked=replace(ASKED, suspected="leak")),
    "none, but some could not be looked at": found(without=(PUMP, CONVEYOR)),
}
SAID = {
    "several": (
        "I found five ways to save for all sites together over the last thirty days, together "
        "about one thousand one hundred kilowatt hours of electricity and forty cubic meters of "
        "natural gas a week, which is two hundred and fifty euros. HVAC main, about seven "
        "hundred kilowatt hours of electricity: running outside its times. Compressor one, "
        "about two hundred and ninety kilowatt hours of electricity: a leak. Hydraulic pump "
        "one, about one hundred and twenty kilowatt hours of electricity: idling. Two more are "
        "smaller."
    ),
    "several, in full": (
        "I found five ways to save for all sites together over the last thirty days, together "
        "about one thousand one hundred kilowatt hours of electricity and forty cubic meters of "
        "natural gas a week, which is two hundred and fifty euros. HVAC main, about seven "
        "hundred kilowatt hours of electricity: running outside its times. Compressor one, "
        "about two hundred and ninety kilowatt hours of electricity: a leak. Hydraulic pump "
        "one, about one hundred and twenty kilowatt hours of electricity: idling. Boiler one, "
        "about forty cubic meters of natural gas: fouling or wear. HVAC main, thirty kilowatts "
        "of electricity: high load at the peak of the site."
    ),
    "the best two": (
        "I found five ways to save for all sites together over the last thirty days, together "
        "about one thousand one hundred kilowatt hours of electricity and forty cubic meters of "
        "natural gas a week, which is two hundred and fifty euros. HVAC main, about seven "
        "hundred kilowatt hours of electricity: running outside its times. Compressor one, "
        "about two hundred and ninety kilowatt hours of electricity: a leak. Three more are "
        "smaller."
    ),
    "several without prices": (
        "I found two ways to save for all sites together over the last thirty days, together "
        "about one thousand one hundred kilowatt hours of electricity and forty cubic meters of "
        "natural gas a week. Hydraulic pump one, about one hundred and twenty kilowatt hours of "
        "electricity: idling. Boiler one, about forty cubic meters of natural gas: fouling or "
        "wear."
    ),
    "two peaks": (
        "I found two ways to save for all sites together over the last thirty days. HVAC main, "
        "thirty kilowatts of electricity: high load at the peak of the site. Compressor one, "
        "thirty kilowatts of electricity: high load at the peak of the site."
    ),
    "one": (
        "I found one way to save for all sites together over the last thirty days. Compressor "
        "one could save about two hundred and ninety kilowatt hours of electricity a week: "
        "search for leaks and seal them, best at night when it is quiet. It has been so since "
        "the third of November, and it is eight percent of what was used in that time. That "
        "would save forty four euros and one hundred and thirty kilograms of carbon dioxide a "
        "week."
    ),
    "one that nobody knows the beginning of": (
        "I found one way to save for all sites together over the last thirty days. Hydraulic "
        "pump one could save about one hundred and twenty kilowatt hours of electricity a week: "
        "switch it off while nothing is made. That is eight percent of what it used in that "
        "time."
    ),
    "one peak": (
        "I found one way to save for all sites together over the last thirty days. HVAC main "
        "could lower the peak of the site for electricity by thirty kilowatts: keep its load "
        "down when the whole site is at its peak. That would save sixty two euros a week."
    ),
    "other kinds": (
        "I found three ways to save for all sites together over the last thirty days. "
        "Compressor one, about one hundred and twenty kilowatt hours of electricity: running at "
        "poor load. Conveyor A, about one hundred and twenty kilowatt hours of electricity: use "
        "while it is off. HVAC main, about one hundred and twenty kilowatt hours of "
        "electricity: an extra load."
    ),
    "idling and wear": (
        "I found two ways to save for all sites together over the last thirty days. Hydraulic "
        "pump one, about one hundred and twenty kilowatt hours of electricity: idling. Boiler "
        "one, about one hundred and twenty cubic meters of natural gas: use that keeps growing."
    ),
    "one, held against an aim": (
        "I found one way to save for all sites together over the last thirty days. Compressor"
        " one could save about two hundred and ninety kilowatt hours of electricity a week: "
        "search for leaks and seal them, best at night when it is quiet. It has been so since"
        " the third of November, and it is eight percent of what was used in that time. That "
        "would save forty four euros and one hundred and thirty kilograms of carbon dioxide a"
        " week. Whether that is enough, I can't tell."
    ),
    "one, at a cost of no machine": (
        "I found one way to save for all sites together over the last thirty days. Compressor"
        " one could save about two hundred and ninety kilowatt hours of electricity a week: "
        "search for leaks and seal them, best at night when it is quiet. It has been so since"
        " the third of November, and it is eight percent of what was used in that time. That "
        "would save forty four euros and one hundred and thirty kilograms of carbon dioxide a"
        " week. For which machine is that cost?"
    ),
    "none": (
        "I found nothing worth saving for all sites together over the last thirty days. I "
        "looked at five significant energy uses."
    ),
    "no sign of a leak": (
        "Nothing points to a leak for all sites together over the last thirty days. I looked at "
        "five significant energy uses."
    ),
    "none, but some could not be looked at": (
        "I found nothing worth saving for all sites together over the last thirty days. I "
        "looked at five significant energy uses. Slow changes I can't see without a baseline, "
        "and there is none for electricity of hydraulic pump one and conveyor A."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
