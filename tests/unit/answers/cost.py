"""Answers about money."""

from __future__ import annotations

from decimal import Decimal

from enms_core.analysis.tariff import energy_cost
from enms_core.domain.answer import DataIssue, FactValue
from enms_core.domain.cost import CostAnswer, SourceCost
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.question import Question
from enms_core.domain.rated import NoPrice, Unrated
from enms_core.domain.tariff import (
    PricedQuantity,
    PricedStretch,
    Tariff,
)
from tests.unit.answers.common import CATALOGUE, PERIOD, TWO, Case, gap, question
from tests.unit.tariffs import NIGHT_RATE, tariff

FLAT = tariff("flat", "0.50", basis="flat")
DOLLARS = tariff("us", "0.12", currency="USD")
CHARGED = tariff("day", "0.20", demand_charge_per_kw=Decimal(9))
DEMO, EUROPEAN = CATALOGUE.factories[:2]


def part(source: str, *used: tuple[Tariff | None, float]) -> SourceCost:
    """A source with what was used of it under each tariff."""
    stretches = [
        PricedQuantity(PricedStretch(PERIOD.start, PERIOD.end, rule), each) for rule, each in used
    ]
    quantity = sum(each for _, each in used)
    return SourceCost(CATALOGUE.source(source), quantity, energy_cost(stretches))


def cost(
    *sources: SourceCost,
    asked: Question | None = None,
    issues: tuple[DataIssue, ...] = (),
    **told: bool,
) -> CostAnswer:
    return CostAnswer(
        question=asked or question("Boiler-1", intent="cost"),
        period=PERIOD,
        issues=issues,
        sources=sources,
        machines=(),
        readings=NO_EVIDENCE,
        **told,
    )


def no_price(*unrated: Unrated) -> NoPrice:
    return NoPrice(question=question("Boiler-1", intent="cost"), period=PERIOD, unrated=unrated)


def without(code: str, source: str, site: str | None = None, **more: FactValue) -> DataIssue:
    facts: dict[str, FactValue] = {"energy_source": source, "site": site, **more}
    return DataIssue(code, facts)


NOT_PRICED = Unrated(CATALOGUE.source("natural_gas"), DEMO, 50.0, 100.0, has_rows=False)
NOT_COVERED = Unrated(CATALOGUE.source("electricity"), EUROPEAN, 50.0, 100.0, has_rows=True)
ELECTRICITY = part("electricity", (CHARGED, 500.0), (NIGHT_RATE, 73.0))
GAS = part("natural_gas", (FLAT, 40.0))
PRODUCED = DataIssue("cost.produced", {"energy_source": "steam"})

CASES = {
    "parts without a price at two sites": Case(
        cost(
            part("electricity", (CHARGED, 500.0), (None, 70.0)),
            asked=TWO,
            issues=tuple(
                without(
                    "cost.missing",
                    "electricity",
                    site,
                    unit="kWh",
                    quantity=70.0,
                    share_percent=6.0,
                )
                for site in ("Spree Works", "Lake Works")
            ),
        ),
        "Electricity for boiler one and compressor one cost one hundred euros yesterday. At spree"
        " works, there is no price for seventy kilowatt hours of electricity, six percent of it, so"
        " that part is left out. At lake works, there is no price for seventy kilowatt hours of"
        " electricity, six percent of it, so that part is left out.",
    ),
    "one source": Case(
        cost(ELECTRICITY),
        "Electricity for boiler one cost one hundred and seven euros yesterday.",
    ),
    "several sources": Case(
        cost(ELECTRICITY, GAS),
        "Energy for boiler one cost one hundred and twenty seven euros yesterday. That is one"
        " hundred and seven euros for electricity and twenty euros for natural gas.",
    ),
    "several sources, briefly": Case(
        cost(ELECTRICITY, GAS, is_brief=True),
        "Energy for boiler one cost one hundred and twenty seven euros yesterday.",
    ),
    "several sources, in full": Case(
        cost(ELECTRICITY, GAS, is_full=True),
        "Energy for boiler one cost one hundred and twenty seven euros yesterday. That is one"
        " hundred and seven euros for electricity and twenty euros for natural gas. The demand"
        " charge is not in it.",
    ),
    "two currencies": Case(
        cost(part("electricity", (NIGHT_RATE, 30.0), (DOLLARS, 100.0)), asked=question(kind="all")),
        "Electricity for all sites together cost three euros and twelve dollars yesterday.",
    ),
    "two currencies of two sources": Case(
        cost(
            part("electricity", (NIGHT_RATE, 30.0), (DOLLARS, 100.0)),
            GAS,
            asked=question(kind="all"),
        ),
        "Energy for all sites together cost twenty three euros and twelve dollars yesterday. That"
        " is three euros and twelve dollars for electricity and twenty euros for natural gas.",
    ),
    "a currency without money": Case(
        cost(part("electricity", (NIGHT_RATE, 0.0), (DOLLARS, 100.0))),
        "Electricity for boiler one cost twelve dollars yesterday.",
    ),
    "nothing used": Case(
        cost(part("electricity", (NIGHT_RATE, 0.0))),
        "Electricity for boiler one cost zero euros yesterday.",
    ),
    "no currency": Case(
        cost(part("electricity", (tariff("any", "0.10", currency=None), 30.0))),
        "Electricity for boiler one cost three in the currency of the site yesterday.",
    ),
    "a currency that hardly anybody has": Case(
        cost(part("electricity", (tariff("any", "0.10", currency="XAU"), 30.0))),
        "Electricity for boiler one cost three X A U yesterday.",
    ),
    "less than a cent": Case(
        cost(part("electricity", (NIGHT_RATE, 0.03))),
        "Electricity for boiler one cost less than one cent yesterday.",
    ),
    "euros and few cents": Case(
        cost(part("electricity", (NIGHT_RATE, 30.5))),
        "Electricity for boiler one cost three euros and five cents yesterday.",
    ),
    "euros and cents": Case(
        cost(part("electricity", (NIGHT_RATE, 32.0))),
        "Electricity for boiler one cost three euros twenty yesterday.",
    ),
    "produced": Case(
        cost(part("steam", (FLAT, 40.0)), issues=(PRODUCED,)),
        "Steam for boiler one cost twenty euros yesterday. Steam is produced here, so this is not"
        " part of the total energy cost.",
    ),
    "produced beside purchased": Case(
        cost(ELECTRICITY, part("steam", (FLAT, 40.0)), issues=(PRODUCED,)),
        "Electricity for boiler one cost one hundred and seven euros yesterday. Steam, worth twenty"
        " euros, is produced here, so it is not in that.",
    ),
    "a part without a price": Case(
        cost(
            part("electricity", (CHARGED, 500.0), (None, 70.0)),
            issues=(
                without(
                    "cost.missing", "electricity", unit="kWh", quantity=70.0, share_percent=12.3
                ),
                gap("electricity", 91.7),
            ),
        ),
        "Electricity for boiler one cost one hundred euros yesterday. There is no price for seventy"
        " kilowatt hours of electricity, twelve point three percent of it, so that part is left"
        " out. Readings for two hours are missing, so the true figure may be higher.",
    ),
    "a source without a price": Case(
        cost(ELECTRICITY, issues=(without("cost.no_price", "natural_gas"),)),
        "Electricity for boiler one cost one hundred and seven euros yesterday. There is no price"
        " for natural gas, so that part is left out.",
    ),
    "a source without a price at one of the sites": Case(
        cost(ELECTRICITY, asked=TWO, issues=(without("cost.no_price", "steam", DEMO.name),)),
        "Electricity for boiler one and compressor one cost one hundred and seven euros yesterday."
        " There is no price for steam at demo manufacturing plant, so that part is left out.",
    ),
    "no price": Case(
        no_price(NOT_PRICED),
        "There is no price for natural gas at demo manufacturing plant in the energy database.",
    ),
    "no price at that time": Case(
        no_price(NOT_COVERED),
        "The prices for electricity at european production facility do not cover that time.",
    ),
    "no price for several": Case(
        no_price(NOT_PRICED, NOT_COVERED),
        "There is no price for natural gas and electricity at demo manufacturing plant and"
        " european production facility in the energy database.",
    ),
}
