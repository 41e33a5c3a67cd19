"""Figures side by side."""

from __future__ import annotations

from dataclasses import replace

from enms_core.analysis.comparison import Total, compared
from enms_core.domain.answer import DataIssue
from enms_core.domain.comparison import ComparisonAnswer, Side, Value
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.intents import NOW, YESTERDAY
from enms_core.domain.measure import Kind, Lack
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Scope
from tests.unit.answers.common import CATALOGUE, PERIOD, Case, gap, question
from tests.unit.catalogues import ids_of

KWH, EUR, USD = Kind("kWh"), Kind(currency="EUR"), Kind(currency="USD")
KW, KG = Kind("kW"), Kind("kg")
GAS, STEAM = Kind("m³", source="natural_gas"), Kind("kg", source="steam")
DAY_S, SHORT_DAY_S = 86_400, 82_800


def side(name: str, phrase: PeriodPhrase = YESTERDAY, lacks: tuple[Lack, ...] = ()) -> Side:
    scope = Scope("machines", ids_of(CATALOGUE, name))
    return Side(scope, (name,), phrase, PERIOD, 100.0, lacks)


def total(
    *values: float,
    kinds: tuple[Kind, ...] = (KWH,),
    length_s: int = DAY_S,
    clock_s: int | None = None,
) -> Total:
    """Amounts of some kinds over a length of time; none where there are no values."""
    days = length_s / DAY_S
    told = {kind: Value(value, value / days) for kind, value in zip(kinds, values, strict=False)}
    return Total(told, frozenset({length_s}), frozenset({clock_s or length_s}))


def comparison(
    sides: tuple[Side, ...],
    *totals: Total,
    metric: str = "energy",
    is_same_hours: bool = False,
    is_so_far: bool = False,
    issues: tuple[DataIssue, ...] = (),
) -> ComparisonAnswer:
    return ComparisonAnswer(
        question=question("Boiler-1", "Compressor-1", intent="comparison"),
        period=PERIOD,
        metric=metric,
        sides=sides,
        compared=compared(totals, is_even=not is_so_far),
        is_same_hours=is_same_hours,
        is_so_far=is_so_far,
        issues=issues,
        basis=NO_EVIDENCE,
    )


TWO = (side("Compressor-1"), side("Boiler-1"))
THREE = (*TWO, side("Conveyor-A"))
DAYS = (side("Boiler-1", TODAY), side("Boiler-1"))
DOUBTFUL = (TWO[0], replace(TWO[1], lacks=("readings",)))

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
    "a day of 23 hours": Case(
        comparison(DAYS, total(120.0, length_s=SHORT_DAY_S, clock_s=DAY_S), total(100.0)),
        "Boiler one used twenty percent more energy today than yesterday: one hundred and twenty"
        " kilowatt hours against one hundred kilowatt hours.",
    ),
    "a part of a day": Case(
        comparison(DAYS, total(50.0, length_s=DAY_S // 2), total(100.0)),
        "Boiler one used fifty percent less energy today than yesterday: fifty kilowatt hours"
        " against one hundred kilowatt hours. The periods differ in length.",
    ),
    "two days and one": Case(
        comparison(DAYS, total(240.0, length_s=2 * DAY_S), total(100.0)),
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
        comparison((DAYS[0], replace(DAYS[1], lacks=("readings",))), total(112.0), total(100.0)),
        "By energy use, boiler one comes to one hundred and twelve kilowatt hours today, and to one"
        " hundred kilowatt hours yesterday."
        " Data of boiler one yesterday is missing, so I give no percentage.",
    ),
    "no price for a part": Case(
        comparison((TWO[0], replace(TWO[1], lacks=("price",))), total(112.0, kinds=(EUR,)),
                   total(100.0, kinds=(EUR,)), metric="cost"),
        "By energy cost, compressor one comes to one hundred and twelve euros yesterday, and boiler"
        " one to one hundred euros."
        " Part of the energy of boiler one has no price, so I give no percentage.",
    ),
    "no carbon factor for a part": Case(
        comparison((TWO[0], replace(TWO[1], lacks=("factor",))), total(112.0, kinds=(KG,)),
                   total(100.0, kinds=(KG,)), metric="carbon"),
        "By carbon emissions, compressor one comes to one hundred and twelve kilograms yesterday,"
        " and boiler one to one hundred kilograms."
        " Part of the energy of boiler one has no carbon factor, so I give no percentage.",
    ),
    "no energy content": Case(
        comparison((TWO[0], replace(TWO[1], lacks=("energy_content",))), total(112.0), total()),
        "By energy use, compressor one comes to one hundred and twelve kilowatt hours yesterday,"
        " and boiler one to an unknown amount."
        " The energy content of a source of boiler one is not known, so I give no percentage.",
    ),
    "a running day and a week": Case(
        comparison(DAYS, total(70.0, length_s=36_000), total(1_680.0, length_s=7 * DAY_S),
                   is_so_far=True),
        "By energy use, boiler one comes to seventy kilowatt hours today, and to one thousand six"
        " hundred and eighty kilowatt hours yesterday."
        " One of the periods is not over yet and counts only so far, so I give no percentage.",
    ),
    "a few readings missing": Case(
        comparison(TWO, total(150.0), total(100.0),
                   issues=(gap("electricity", 97.0), gap("electricity", 95.0))),
        "Compressor one used fifty percent more energy than boiler one yesterday: one hundred and"
        " fifty kilowatt hours against one hundred kilowatt hours."
        " For electricity, five percent of the readings are missing, so the true figure may be"
        " higher.",
    ),
    "mean power": Case(
        comparison(TWO, total(112.0, kinds=(KW,)), total(100.0, kinds=(KW,)), metric="power"),
        "Compressor one drew twelve percent more power on average than boiler one yesterday: one"
        " hundred and twelve kilowatts against one hundred kilowatts.",
    ),
    "power now": Case(
        comparison((side("Compressor-1", NOW), side("Boiler-1", NOW)), total(112.0, kinds=(KW,)),
                   total(100.0, kinds=(KW,)), metric="power"),
        "Compressor one drew twelve percent more power than boiler one right now: one hundred and"
        " twelve kilowatts against one hundred kilowatts.",
    ),
    "fed back": Case(
        comparison(TWO, total(96.0), total(-144.0)),
        "By energy use, compressor one comes to ninety six kilowatt hours yesterday, and boiler one"
        " to minus one hundred and forty four kilowatt hours.",
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
