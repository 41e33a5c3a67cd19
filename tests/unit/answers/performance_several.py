"""How machines and factories performed, of which several SEUs are held against baselines."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import DataIssue
from enms_core.domain.performance import Rated
from enms_core.domain.period import TODAY
from tests.unit.answers.common import Case, question
from tests.unit.performances import (
    CONVEYOR,
    EXTRA,
    HVAC,
    OF_BOILER,
    PUMP,
    SEVEN_HOURS,
    STEAM,
    analysis,
    cannot,
    euros,
    part,
    source,
)
from tests.unit.trained_models import BOILER, COMPRESSOR, TEMPERATURE

ALL = question(kind="all", intent="performance")
COMPRESSOR_MORE = part(rated=EXTRA)
HVAC_LESS = part(880.0, 940.0, of=HVAC)
PUMP_MORE = part(120.0, 90.0, half=5.0, of=PUMP)
CONVEYOR_NORMAL = part(100.0, 102.0, of=CONVEYOR)
GAS_NORMAL = part(310.0, 305.0, half=20.0, of=BOILER)
FOUR = (COMPRESSOR_MORE, HVAC_LESS, PUMP_MORE, CONVEYOR_NORMAL, GAS_NORMAL)
ELECTRICITY = source(COMPRESSOR, 2_131.0, 2_083.0, 60.0)
GAS = source(BOILER, 310.0, 305.0, 20.0)

ANSWERS = {
    "normal": analysis(
        part(940.0, 951.0),
        GAS_NORMAL,
        asked=ALL,
        sources=(source(COMPRESSOR, 940.0, 951.0, 60.0), GAS),
    ),
    "normal, with a use that shares machines": analysis(
        part(940.0, 951.0),
        GAS_NORMAL,
        asked=ALL,
        sources=(source(COMPRESSOR, 940.0, 951.0, 60.0), GAS),
        issues=(DataIssue("seus.shared", names={"uses": ("Air station",)}),),
    ),
    "normal so far": analysis(
        part(294.0, 300.0, period=SEVEN_HOURS, hours=7.0),
        part(10.0, 10.0, of=BOILER, period=SEVEN_HOURS, hours=7.0),
        asked=replace(ALL, period=TODAY),
        sources=(source(COMPRESSOR, 294.0, 300.0, 60.0), source(BOILER, 10.0, 10.0, 3.0)),
        is_running=True,
    ),
    "normal together, and three that stand out": analysis(
        *FOUR, asked=ALL, sources=(ELECTRICITY, GAS)
    ),
    "every one that stands out": analysis(
        *FOUR, asked=replace(ALL, in_full=True), sources=(ELECTRICITY, GAS)
    ),
    "more": analysis(
        COMPRESSOR_MORE,
        CONVEYOR_NORMAL,
        GAS_NORMAL,
        asked=ALL,
        sources=(source(COMPRESSOR, 1_131.0, 1_053.0, 40.0, EXTRA), GAS),
    ),
    "more, of those that have a baseline, while they run": analysis(
        replace(COMPRESSOR_MORE, actual_elsewhere=55.0),
        CONVEYOR_NORMAL,
        asked=ALL,
        sources=(source(COMPRESSOR, 1_131.0, 1_053.0, 40.0, EXTRA),),
        without=(HVAC, PUMP),
    ),
    "without some": analysis(
        CONVEYOR_NORMAL,
        asked=ALL,
        without=(HVAC, PUMP),
        cannot=(
            cannot(BOILER, TEMPERATURE),
            cannot(STEAM),
            cannot(COMPRESSOR, reason="readings"),
        ),
        issues=(DataIssue("period.not_begun", names={"sites": ("European Production Facility",)}),),
    ),
    "some that nothing can be told of": analysis(
        CONVEYOR_NORMAL,
        asked=ALL,
        cannot=(cannot(HVAC, reason="too_short"), cannot(BOILER, TEMPERATURE, reason="beyond")),
    ),
    "without any": analysis(asked=ALL, without=(HVAC, PUMP, BOILER, STEAM, CONVEYOR)),
    "a machine with several sources": analysis(
        part(1_090.0, 990.0, half=60.0, of=BOILER, rated=Rated(euros("50"), False, 203.0)),
        part(7_300.0, 7_450.0, half=900.0, of=STEAM),
        asked=OF_BOILER,
        sources=(
            source(BOILER, 1_090.0, 990.0, 60.0, Rated(euros("50"), False, 203.0)),
            source(STEAM, 7_300.0, 7_450.0, 900.0),
        ),
    ),
}
SAID = {
    "normal": (
        "All sites together were within the normal range yesterday: electricity one percent "
        "below expected and natural gas two percent above expected."
    ),
    "normal, with a use that shares machines": (
        "All sites together were within the normal range yesterday: electricity one percent "
        "below expected and natural gas two percent above expected. Not in the sums: air station. "
        "Those machines are counted already."
    ),
    "normal so far": (
        "All sites together are within the normal range today after seven hours: electricity "
        "two percent below expected and natural gas just as expected."
    ),
    "normal together, and three that stand out": (
        "All sites together were within the normal range yesterday: electricity two percent "
        "above expected and natural gas two percent above expected. What stands out: "
        "electricity of compressor one eight percent above expected, electricity of hydraulic "
        "pump one thirty three percent above expected and one more."
    ),
    "every one that stands out": (
        "All sites together were within the normal range yesterday: electricity two percent "
        "above expected and natural gas two percent above expected. What stands out: "
        "electricity of compressor one eight percent above expected, electricity of hydraulic "
        "pump one thirty three percent above expected and electricity of HVAC main six percent "
        "below expected."
    ),
    "more": (
        "All sites together used seven percent more electricity than expected yesterday: one "
        "thousand one hundred and thirty kilowatt hours instead of one thousand and fifty. "
        "That is more than its normal scatter. The extra use comes to twelve euros forty. "
        "Within the normal range: natural gas two percent above expected. What stands out: "
        "electricity of compressor one eight percent above expected."
    ),
    "more, of those that have a baseline, while they run": (
        "Compressor one and conveyor A used seven percent more electricity than expected "
        "yesterday: one thousand one hundred and thirty kilowatt hours instead of one thousand "
        "and fifty. That is more than its normal scatter. The extra use comes to twelve euros "
        "forty. Only hours of running are compared. What stands out: electricity of compressor "
        "one eight percent above expected. There is no baseline yet for electricity of HVAC "
        "main and hydraulic pump one."
    ),
    "without some": (
        "Conveyor A was within the normal range yesterday: electricity two percent below "
        "expected. There is no baseline yet for electricity of HVAC main and hydraulic pump "
        "one. Not in it, because values are missing: natural gas of boiler one and electricity "
        "of compressor one. Not in it, because nothing ran: steam of boiler one. That time has "
        "not begun yet at european production facility."
    ),
    "some that nothing can be told of": (
        "Conveyor A was within the normal range yesterday: electricity two percent below "
        "expected. Too little time has passed yet to tell for electricity of HVAC main. "
        "Conditions were too far from what the baseline knows for natural gas of boiler one."
    ),
    "without any": ("There is no baseline yet for five significant energy uses."),
    "a machine with several sources": (
        "Boiler one used ten percent more natural gas than expected yesterday: one thousand "
        "and ninety cubic meters instead of nine hundred and ninety. That is more than its "
        "normal scatter. The extra use comes to fifty euros. Within the normal range: steam "
        "two percent below expected."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
