"""Rankings of machines by a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from enms_core.domain.answer import DataIssue
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.measure import Amount, Kind, Lack, LeftOut, Reason
from enms_core.domain.question import Comparison, Question, Threshold
from enms_core.domain.ranking import RankedItem, Ranking, RankingAnswer, ThresholdUnfit
from tests.unit.answers.common import CATALOGUE, PERIOD, Case, gap, question
from tests.unit.catalogues import ids_of

KWH, KW, EUR, USD = Kind("kWh"), Kind("kW"), Kind(currency="EUR"), Kind(currency="USD")
ALL = question(kind="all", intent="ranking")
SITE = question("Compressor-EU-1", "HVAC-EU-North", kind="site", intent="ranking")


def of(
    kind: Kind,
    *values: float,
    share: float | None = None,
    lacks: Mapping[str, Lack] = MappingProxyType({}),
    told: int | None = None,
) -> Ranking:
    """The first machines of the catalogue with these values; told: as many of them."""
    items = tuple(
        RankedItem(place, CATALOGUE.machines[place - 1], Amount(kind, value), share,
                   lacks.get(CATALOGUE.machines[place - 1].name))
        for place, value in enumerate(values, 1)
    )  # fmt: skip
    incomplete = tuple(item for item in items if item.is_incomplete)
    machines = len(items) + (share is not None)
    return Ranking(kind, items[:told], sum(values), machines, incomplete)


def ranking(
    *rankings: Ranking,
    metric: str = "energy",
    asked: Question = ALL,
    count: int | None = 3,
    lowest_first: bool = False,
    left_out: tuple[LeftOut, ...] = (),
    issues: tuple[DataIssue, ...] = (),
) -> RankingAnswer:
    return RankingAnswer(
        question=asked,
        period=PERIOD,
        metric=metric,
        order=asked.order,
        lowest_first=lowest_first,
        rankings=rankings,
        left_out=left_out,
        count=count,
        threshold=asked.threshold,
        basis=NO_EVIDENCE,
        issues=issues,
    )


def without(reason: Reason, *names: str) -> tuple[LeftOut, ...]:
    ids = ids_of(CATALOGUE, *names)
    return tuple(LeftOut(CATALOGUE.machine(id_), reason) for id_ in ids)


def beyond(op: Comparison, *values: float, in_full: bool = False) -> RankingAnswer:
    asked = replace(ALL, threshold=Threshold(50_000.0, "W", op), in_full=in_full)
    return ranking(of(KW, *values), metric="power", asked=asked, count=None)


def left_out(reason: Reason) -> RankingAnswer:
    return ranking(of(KWH, 950.4), count=1, left_out=without(reason, "Boiler-1"))


def unfit(op: Comparison, unit: str, *kinds: Kind) -> ThresholdUnfit:
    return ThresholdUnfit(
        question=ALL, period=PERIOD, metric="cost", threshold=Threshold(5.0, unit, op), kinds=kinds
    )


FIRST = "Compressor one used the most energy yesterday: nine hundred and fifty kilowatt hours."
LOWEST = replace(ALL, order="lowest")

CASES = {
    "three": Case(
        ranking(of(KWH, 950.4, 410.0, 12.0)),
        "The top three by energy use yesterday were compressor one with nine hundred and fifty"
        " kilowatt hours, HVAC main with four hundred and ten kilowatt hours and conveyor A with"
        " twelve kilowatt hours.",
    ),
    "the lowest of a site": Case(
        ranking(
            of(KWH, 12.0, 410.0),
            count=2,
            lowest_first=True,
            asked=replace(SITE, order="lowest"),
        ),
        "The lowest two by energy use at european production facility yesterday were compressor"
        " one with twelve kilowatt hours and HVAC main with four hundred and ten kilowatt hours.",
    ),
    "one, with its share": Case(
        ranking(of(KWH, 950.4, share=41.3), count=1),
        f"{FIRST} That is forty one point three percent of the total.",
    ),
    "the last of a source": Case(
        ranking(
            of(Kind("m³/h", source="natural_gas"), 23.9),
            metric="power",
            count=1,
            lowest_first=True,
            asked=LOWEST,
        ),
        "Compressor one drew the least power on average from natural gas yesterday: twenty three"
        " point nine cubic meters an hour.",
    ),
    "the most efficient": Case(
        ranking(of(Kind("kWh/unit"), 0.0895), metric="efficiency", count=1, lowest_first=True),
        "Compressor one needed the least energy per unit yesterday: zero point zero eight nine"
        " five kilowatt hours per unit.",
    ),
    "fewer than asked": Case(ranking(of(KWH, 950.4)), f"{FIRST} There are no others to rank."),
    "in full, more than ten": Case(
        ranking(of(Kind("units"), *range(20, 9, -1)), metric="production", count=None),
        "In order of units made yesterday: compressor one with twenty units, HVAC"
        " main with nineteen units, conveyor A with eighteen units, hydraulic pump one with"
        " seventeen units, injection molding one with sixteen units, boiler one with fifteen"
        " units, compressor E U one with fourteen units, HVAC E U north with thirteen units,"
        " compressor U S one with twelve units, conveyor U S one with eleven units and one more.",
    ),
    "two currencies": Case(
        ranking(of(EUR, 142.0), of(USD, 96.0), metric="cost", count=1),
        "Compressor one cost the most in energy yesterday: one hundred and forty two euros."
        " Compressor one cost the most in energy yesterday: ninety six dollars."
        " Amounts in different currencies can't be compared, so each currency has its own"
        " ranking.",
    ),
    "above a bound": Case(
        beyond(">", 69.6, 53.9, 53.0, 52.0),
        "By average power, above fifty kilowatts yesterday: compressor one with sixty nine"
        " point six kilowatts, HVAC main with fifty three point nine kilowatts, conveyor A with"
        " fifty three kilowatts and one more.",
    ),
    "from a bound on, in full": Case(
        beyond(">=", 69.6, 53.9, 53.0, 50.0, in_full=True),
        "By average power, at or above fifty kilowatts yesterday: compressor one with sixty nine"
        " point six kilowatts, HVAC main with fifty three point nine kilowatts, conveyor A with"
        " fifty three kilowatts and hydraulic pump one with fifty kilowatts.",
    ),
    "below a bound": Case(
        beyond("<", 1.0),
        "By average power, below fifty kilowatts yesterday: compressor one with one kilowatt.",
    ),
    "none up to a bound": Case(
        beyond("<="), "By average power, no machine was at or below fifty kilowatts yesterday."
    ),
    "incomplete": Case(
        ranking(of(KWH, 950.4, lacks={"Compressor-1": "readings"}), count=1),
        f"{FIRST} The figure of compressor one is incomplete, so the true order may be another.",
    ),
    "incomplete, and not told": Case(
        ranking(of(KWH, 950.4, 410.0, lacks={"HVAC-Main": "readings"}, told=1), count=1),
        f"{FIRST} The figure of HVAC main is incomplete, so the true order may be another.",
    ),
    "no price for a part": Case(
        ranking(of(EUR, 142.0, lacks={"Compressor-1": "price"}), metric="cost", count=1),
        "Compressor one cost the most in energy yesterday: one hundred and forty two euros."
        " Part of the energy of compressor one has no price, so the true order may be another.",
    ),
    "no carbon factor for a part": Case(
        ranking(of(Kind("kg"), 142.0, lacks={"Compressor-1": "factor"}), metric="carbon", count=1),
        "Compressor one caused the most carbon yesterday: one hundred and forty two kilograms."
        " Part of the energy of compressor one has no carbon factor, so the true order may be"
        " another.",
    ),
    "a few readings missing": Case(
        ranking(of(KWH, 950.4), count=1, issues=(gap("electricity", 97.0),)),
        f"{FIRST} For electricity, three percent of the readings are missing, so the true figure"
        " may be higher.",
    ),
    "nothing": Case(
        ranking(metric="efficiency", left_out=without("no_common_hours", "HVAC-Main")),
        "There is nothing to rank by efficiency yesterday."
        " For HVAC main, no hour has both complete readings and production.",
    ),
    "a source that cannot be read": Case(
        ranking(
            of(KWH, 950.4),
            count=1,
            left_out=without("unreadable", "Boiler-1"),
            issues=(DataIssue("sources.unreadable", names={"sources": ("natural_gas",)}),),
        ),
        f"{FIRST} I can't use the readings of natural gas: the database does not hold them as its"
        " registers say.",
    ),
    "no readings": Case(
        left_out("no_readings"),
        f"{FIRST} There are no readings of boiler one in that time, so they are not in it.",
    ),
    "no energy content": Case(
        left_out("energy_content_unknown"),
        f"{FIRST} The energy of boiler one is left out, because a source of it has no known energy"
        " content.",
    ),
    "no power": Case(
        left_out("power_unknown"),
        f"{FIRST} The power of boiler one can't be told from the readings.",
    ),
    "old readings": Case(
        left_out("not_current"),
        f"{FIRST} The latest readings of boiler one are too old to tell the present.",
    ),
    "no production": Case(
        left_out("no_production"),
        f"{FIRST} No production is on record for boiler one in that time.",
    ),
    "no output": Case(
        left_out("no_output"), f"{FIRST} Nothing was produced by boiler one in that time."
    ),
    "no price": Case(
        left_out("no_price"), f"{FIRST} There is no price for the energy of boiler one."
    ),
    "no carbon factor": Case(
        left_out("no_factor"), f"{FIRST} There is no carbon factor for the energy of boiler one."
    ),
    "another currency": Case(
        left_out("other_currency"),
        f"{FIRST} Boiler one: left out, because the cost is in another currency.",
    ),
    "a bound of another quantity": Case(
        unfit(">", "kW", EUR, USD),
        "Energy cost can't be measured in kilowatts. Please give a limit in euros or dollars.",
    ),
    "a bound in a rate": Case(
        unfit(">", "m³/h", EUR),
        "Energy cost can't be measured in cubic meters an hour. Please give a limit in euros.",
    ),
    "a bound in a unit that has no word": Case(
        unfit(">", "kVA", EUR),
        "Energy cost can't be measured in kva. Please give a limit in euros.",
    ),
    "a change": Case(
        unfit("less", "%"),
        "I can't rank machines by how much they changed. Ask me to compare two periods of one"
        " machine.",
    ),
}
