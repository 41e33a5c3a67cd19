"""Figures side by side."""

from __future__ import annotations

from dataclasses import replace

from enms_core.analysis.comparison import Total, compared
from enms_core.domain.comparison import ComparisonAnswer, Side, Value
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.measure import Kind
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Scope
from tests.unit.answers.common import CATALOGUE, PERIOD, Case, question
from tests.unit.catalogues import ids_of

KWH, EUR, USD = Kind("kWh"), Kind(currency="EUR"), Kind(currency="USD")
GAS, STEAM = Kind("m³", source="natural_gas"), Kind("kg", source="steam")
DAY_S, SHORT_DAY_S = 86_400, 82_800


def side(name: str, phrase: PeriodPhrase = YESTERDAY, is_incomplete: bool = False) -> Side:
    scope = Scope("machines", ids_of(CATALOGUE, name))
    return Side(scope, (name,), phrase, PERIOD, 100.0, is_incomplete)


def total(*values: float, kinds: tuple[Kind, ...] = (KWH,), length_s: int = DAY_S) -> Total:
    """Amounts of some kinds over a length of time; none where there are no values."""
    days = length_s / DAY_S
    told = {kind: Value(value, value / days) for kind, value in zip(kinds, values, strict=False)}
    return Total(told, frozenset({length_s}))


def comparison(
    sides: tuple[Side, ...],
    *totals: Total,
    metric: str = "energy",
    is_same_hours: bool = False,
) -> ComparisonAnswer:
    return ComparisonAnswer(
        question=question("Boiler-1", "Compressor-1", intent="comparison"),
        period=PERIOD,
        metric=metric,
        sides=sides,
        compared=compared(totals),
        is_same_hours=is_same_hours,
        basis=NO_EVIDENCE,
    )


TWO = (side("Compressor-1"), side("Boiler-1"))
THREE = (*TWO, side("Conveyor-A"))
DAYS = (side("Boiler-1", TODAY), side("Boiler-1"))
DOUBTFUL = (TWO[0], replace(TWO[1], is_incomplete=True))

CASES = {
    "two machines": Case(
        comparison(TWO, total(112.0), total(100.0)),
        "Compressor one used twelve percent more energy than boiler one yesterday: one hundred and"
        " twelve kilowatt hours against one hundred kilowatt hours.",
    ),
    "two days": Case(
        comparison(DAYS, total(88.0, kinds=(EUR,)), total(100.0, kinds=(EUR,)), metric="cost",
                   is_same_hours=True),
        "Boiler one cost twelve percent less in energy today than yesterday: eighty eight euros"
        " against one hundred euros. Both periods are counted up to the same time.",
    ),
    "two days of different length": Case(
        comparison(DAYS, total(115.0, length_s=SHORT_DAY_S), total(100.0)),
        "Boiler one used twenty percent more energy a day today than yesterday: one hundred and"
        " twenty kilowatt hours a day against one hundred kilowatt hours a day."
        " The periods differ in length, so this is for each day.",
    ),
    "two machines, the same": Case(
        comparison(TWO, total(100.4), total(100.0)),
        "Compressor one and boiler one were about the same by energy use yesterday: one hundred"
        " kilowatt hours against one hundred kilowatt hours.",
    ),
    "two days, the same": Case(
        comparison(DAYS, total(100.0), total(100.0)),
        "Boiler one was about the same by energy use today and yesterday: one hundred kilowatt"
        " hours against one hundred kilowatt hours.",
    ),
    "nothing on the other side": Case(
        comparison(TWO, total(100.0), total(0.0)),
        "By energy use, compressor one comes to one hundred kilowatt hours yesterday, and boiler"
        " one to zero kilowatt hours.",
    ),
    "readings missing": Case(
        comparison(DOUBTFUL, total(112.0), total(100.0)),
        "By energy use, compressor one comes to one hundred and twelve kilowatt hours yesterday,"
        " and boiler one to one hundred kilowatt hours."
        " Data of boiler one is missing, so I give no percentage.",
    ),
    "readings of a day missing": Case(
        comparison((DAYS[0], replace(DAYS[1], is_incomplete=True)), total(112.0), total(100.0)),
        "By energy use, boiler one comes to one hundred and twelve kilowatt hours today, and to one"
        " hundred kilowatt hours yesterday."
        " Data of boiler one yesterday is missing, so I give no percentage.",
    ),
    "one of two is not known": Case(
        comparison(TWO, total(112.0), total()),
        "By energy use, compressor one comes to one hundred and twelve kilowatt hours yesterday,"
        " and boiler one to an unknown amount.",
    ),
    "two currencies": Case(
        comparison(TWO, total(142.0, kinds=(EUR,)), total(96.0, kinds=(USD,)), metric="cost"),
        "By energy cost, compressor one comes to one hundred and forty two euros yesterday, and"
        " boiler one to ninety six dollars."
        " The amounts are in different currencies, so they can't be compared.",
    ),
    "sources apart": Case(
        comparison(TWO, total(30.0, 8.0, kinds=(GAS, STEAM)), total(20.0, kinds=(GAS,))),
        "By energy use, compressor one comes to thirty cubic meters of natural gas and eight"
        " kilograms of steam yesterday, and boiler one to twenty cubic meters of natural gas."
        " The energy can't be added up, so each energy source is told by itself.",
    ),
    "a source that was named": Case(
        comparison(TWO, total(30.0, kinds=(GAS,)), total(20.0, kinds=(GAS,))),
        "Compressor one used fifty percent more energy from natural gas than boiler one yesterday:"
        " thirty cubic meters against twenty cubic meters.",
    ),
    "three machines": Case(
        comparison(THREE, total(112.0), total(100.0), total(50.0)),
        "Compressor one used the most energy yesterday: one hundred and twelve kilowatt hours."
        " Conveyor A used the least energy yesterday: fifty kilowatt hours."
        " The spread is sixty two kilowatt hours."
        " In between: boiler one with one hundred kilowatt hours.",
    ),
    "machines over two days": Case(
        comparison(
            (*DAYS, side("Conveyor-A", TODAY)), total(112.0), total(112.0), total(50.0)
        ),
        "Boiler one today used the most energy: one hundred and twelve kilowatt hours."
        " Conveyor A today used the least energy: fifty kilowatt hours."
        " The spread is sixty two kilowatt hours."
        " In between: boiler one yesterday with one hundred and twelve kilowatt hours.",
    ),
    "three machines, the same": Case(
        comparison(THREE, total(5.0), total(5.0), total(5.0)),
        "By energy use: compressor one with five kilowatt hours, boiler one with five kilowatt"
        " hours and conveyor A with five kilowatt hours.",
    ),
    "nothing to compare with": Case(
        comparison(TWO[:1], total(112.0)),
        "By energy use, compressor one comes to one hundred and twelve kilowatt hours yesterday."
        " There is nothing to compare it with.",
    ),
}  # fmt: skip
