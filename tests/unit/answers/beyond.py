"""Deviations and indicators held against a bound that was asked about."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.measure import Kind
from enms_core.domain.performance import PerformanceAnalysis
from enms_core.domain.question import Question, Side, Threshold
from enms_core.domain.ranking import ThresholdUnfit
from tests.unit.answers.common import PERIOD, Case, question
from tests.unit.answers.kpi import EVERYTHING, ONE, kpi, kpis, of
from tests.unit.performances import CONVEYOR, HVAC, PUMP, analysis, part, source
from tests.unit.trained_models import BOILER, COMPRESSOR

ALL = question(kind="all", intent="performance")
UNSAID = replace(ALL, scope=replace(ALL.scope, is_said=False))
FIVE = Threshold(5.0, "%", ">", "above")
TEN_AWAY = Threshold(10.0, "%", ">=")
FEW_EUROS = Threshold(20.0, "EUR", "<", "below")
MORE, LESS = part(), part(100.0, 90.0, half=20.0, of=PUMP)
GAS = part(310.0, 305.0, half=20.0, of=BOILER)


def held(answer: PerformanceAnalysis, threshold: Threshold, *beyond: bool | None) -> Answer:
    parts = zip(answer.parts, beyond, strict=True)
    return replace(
        answer,
        parts=tuple(replace(each, is_beyond=verdict) for each, verdict in parts),
        threshold=threshold,
    )


def listed(threshold: Threshold, *beyond: bool | None) -> Answer:
    parts = (MORE, LESS, part(100.0, 102.0, of=CONVEYOR), part(880.0, 940.0, of=HVAC))
    answer = analysis(*parts, asked=UNSAID, without=(BOILER,))
    return replace(held(answer, threshold, *beyond), lists=True)


def many() -> Answer:
    """Eight beyond, of which six are told."""
    parts = [part(100.0 + n, 90.0, half=1.0, of=CONVEYOR) for n in range(8)]
    answer = replace(analysis(*parts, asked=UNSAID), lists=True)
    return held(answer, FIVE, *[True] * 8)


def of_site(*beyond: bool) -> Answer:
    sums = (source(COMPRESSOR, 1_131.0, 1_053.0, 60.0), source(BOILER, 310.0, 305.0, 20.0))
    answer = analysis(MORE, GAS, asked=ALL, sources=sums)
    verdicts = zip(answer.sources, beyond, strict=True)
    return replace(
        held(answer, FIVE, *beyond),
        sources=tuple(replace(each, is_beyond=verdict) for each, verdict in verdicts),
    )


def why(beyond: bool) -> Answer:
    return held(analysis(part(cause=None), asks_why=True), FIVE, beyond)


def unfit(
    metric: str, unit: str, asked: Question, *kinds: Kind, side: Side | None = None
) -> Answer:
    threshold = Threshold(50.0, unit, ">", side)
    return ThresholdUnfit(
        question=asked, period=PERIOD, metric=metric, threshold=threshold, kinds=kinds
    )


def held_kpi(beyond: bool | None, threshold: Threshold) -> Answer:
    figure = replace(kpi("base_load", 12.4, "kW"), is_beyond=beyond)
    return replace(kpis("base_load", figure), threshold=threshold)


def machines(*beyond: bool) -> Answer:
    names = ("Compressor-1", "Boiler-1")
    each = [
        replace(of(name, kpi("load_factor", 20.0 + 15.0 * n, "%")), is_beyond=verdict)
        for n, (name, verdict) in enumerate(zip(names, beyond, strict=True))
    ]
    asked = replace(EVERYTHING, in_full=True, period=YESTERDAY)
    answer = kpis("load_factor", kpi("load_factor", 47.0, "%"), asked=asked, by_machine=tuple(each))
    return replace(answer, threshold=Threshold(30.0, "%", "<"))


def of_two_sources() -> Answer:
    electric = replace(kpi("base_load", 12.4, "kW"), is_beyond=True)
    steam = replace(kpi("base_load", 2.0, "kW", "steam"), is_beyond=False)
    return replace(kpis("base_load", electric, steam), threshold=Threshold(5.0, "kW", ">"))


TEN_KW = Threshold(10.0, "kW", ">")
DEVIATIONS = (Kind("%"), Kind("kWh"), Kind(currency="EUR"))
ANSWERS: dict[str, Answer] = {
    "yes": held(analysis(MORE), FIVE, True),
    "no": held(analysis(MORE), TEN_AWAY, False),
    "not known": held(analysis(MORE), FEW_EUROS, None),
    "some": listed(FIVE, True, True, False, False),
    "none": listed(Threshold(40.0, "%", ">=", "below"), False, False, False, False),
    "of some it is not known": listed(
        Threshold(9.0, "EUR", "<=", "above"), True, None, None, False
    ),
    "more than are told": many(),
    "the site is": of_site(True, True),
    "the site is in part": of_site(True, False),
    "why, though it is not": why(False),
    "why, as it is": why(True),
    "a deviation in kilowatts": unfit("deviation", "kW", ALL, *DEVIATIONS, side="above"),
    "a load factor in kilowatts": unfit("load_factor", "kW", ONE, Kind("%")),
    "indicator beyond": held_kpi(True, TEN_KW),
    "indicator not beyond": held_kpi(False, Threshold(20.0, "kW", ">=")),
    "indicator by sources": of_two_sources(),
    "indicators of machines": machines(True, False),
    "indicators of no machine": machines(False, False),
}
SAID: dict[str, str] = {
    "yes": (
        "Yes, that is more than five percent above expected. Compressor one used eight "
        "percent more electricity than expected yesterday: one thousand and thirty "
        "kilowatt hours instead of nine hundred and fifty one. That is more than its "
        "normal scatter."
    ),
    "no": (
        "No, that is not at least ten percent away from expected. Compressor one used "
        "eight percent more electricity than expected yesterday: one thousand and thirty "
        "kilowatt hours instead of nine hundred and fifty one. That is more than its "
        "normal scatter."
    ),
    "not known": (
        "Whether that is less than twenty euros below expected I can't say, because that "
        "figure is not known. Compressor one used eight percent more electricity than "
        "expected yesterday: one thousand and thirty kilowatt hours instead of nine "
        "hundred and fifty one. That is more than its normal scatter."
    ),
    "some": (
        "More than five percent above expected yesterday: electricity of hydraulic pump "
        "one eleven percent above expected and electricity of compressor one eight percent "
        "above expected. I compared four significant energy uses. There is no baseline yet "
        "for natural gas of boiler one."
    ),
    "none": (
        "Nothing was at least forty percent below expected yesterday. I compared four "
        "significant energy uses. There is no baseline yet for natural gas of boiler one."
    ),
    "of some it is not known": (
        "At most nine euros above expected yesterday: electricity of compressor one eight "
        "percent above expected. I compared four significant energy uses. Of electricity "
        "of hydraulic pump one and conveyor A that figure is not known. There is no "
        "baseline yet for natural gas of boiler one."
    ),
    "more than are told": (
        "More than five percent above expected yesterday: electricity of conveyor A "
        "nineteen percent above expected, electricity of conveyor A eighteen percent above "
        "expected, electricity of conveyor A seventeen percent above expected, electricity "
        "of conveyor A sixteen percent above expected, electricity of conveyor A fourteen "
        "percent above expected, electricity of conveyor A thirteen percent above expected "
        "and two more. I compared eight significant energy uses."
    ),
    "the site is": (
        "Yes, that is more than five percent above expected. All sites together used seven "
        "percent more electricity than expected yesterday: one thousand one hundred and "
        "thirty kilowatt hours instead of one thousand and fifty. That is more than its "
        "normal scatter. Within the normal range: natural gas two percent above expected."
    ),
    "the site is in part": (
        "For electricity, yes. For natural gas, no. All sites together used seven percent "
        "more electricity than expected yesterday: one thousand one hundred and thirty "
        "kilowatt hours instead of one thousand and fifty. That is more than its normal "
        "scatter. Within the normal range: natural gas two percent above expected."
    ),
    "why, though it is not": (
        "No, that is not more than five percent above expected. Electricity of compressor "
        "one yesterday, eight percent above expected: I can't tell why."
    ),
    "why, as it is": (
        "Electricity of compressor one yesterday, eight percent above expected: I can't tell why."
    ),
    "a deviation in kilowatts": (
        "A limit in kilowatts does not fit the deviation from what was expected. Please "
        "give it in percent, kilowatt hours or euros."
    ),
    "a load factor in kilowatts": (
        "A limit in kilowatts does not fit the load factor. Please give it in percent."
    ),
    "indicator beyond": (
        "Yes, that is more than ten kilowatts. The base load of compressor one yesterday "
        "was twelve point four kilowatts of electricity."
    ),
    "indicator not beyond": (
        "No, that is not at least twenty kilowatts. The base load of compressor one "
        "yesterday was twelve point four kilowatts of electricity."
    ),
    "indicator by sources": (
        "For electricity, yes. For steam, no. The base load of compressor one yesterday "
        "was twelve point four kilowatts of electricity. The base load of compressor one "
        "yesterday was two kilowatts of steam."
    ),
    "indicators of machines": (
        "For the load factor, less than thirty percent yesterday: compressor one with "
        "twenty percent. Machines compared: two."
    ),
    "indicators of no machine": (
        "For the load factor, no machine was less than thirty percent yesterday. Machines "
        "compared: two."
    ),
}
CASES = {name: Case(answer, SAID[name]) for name, answer in ANSWERS.items()}
