"""Answers about emissions."""

from __future__ import annotations

from enms_core.analysis.carbon import emissions
from enms_core.domain.answer import DataIssue
from enms_core.domain.carbon import CarbonFactor, FactorQuantity, FactorStretch
from enms_core.domain.emissions import EmissionsAnswer, SourceEmissions
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.rated import NoFactor, Unrated
from tests.unit.answers.common import CATALOGUE, PERIOD, Case, gap, question
from tests.unit.answers.cost import NOT_COVERED, NOT_PRICED, without

GERMAN = CarbonFactor(0.38, "DE", "Environment Agency 2025")
FLAT = CarbonFactor(2.0, basis="flat")


def part(source: str, *used: tuple[CarbonFactor | None, float]) -> SourceEmissions:
    """A source with what was used of it under each factor."""
    stretches = [
        FactorQuantity(FactorStretch(PERIOD.start, PERIOD.end, rule), each) for rule, each in used
    ]
    quantity = sum(each for _, each in used)
    return SourceEmissions(CATALOGUE.source(source), quantity, emissions(stretches))


def carbon(
    *sources: SourceEmissions, issues: tuple[DataIssue, ...] = (), **told: bool
) -> EmissionsAnswer:
    return EmissionsAnswer(
        question=question("Boiler-1", intent="carbon"),
        period=PERIOD,
        issues=issues,
        sources=sources,
        machines=(),
        readings=NO_EVIDENCE,
        **told,
    )


def no_factor(*unrated: Unrated) -> NoFactor:
    return NoFactor(question=question("Boiler-1", intent="carbon"), period=PERIOD, unrated=unrated)


ELECTRICITY = part("electricity", (GERMAN, 1000.0))
GAS = part("natural_gas", (FLAT, 50.5))
PRODUCED = DataIssue("carbon.produced", {"energy_source": "steam"})

CASES = {
    "parts without a factor at two sites": Case(
        carbon(
            part("electricity", (GERMAN, 500.0), (None, 70.0)),
            issues=tuple(
                without(
                    "carbon.missing",
                    "electricity",
                    site,
                    unit="kWh",
                    quantity=70.0,
                    share_percent=6.0,
                )
                for site in ("Spree Works", "Lake Works")
            ),
        ),
        "Electricity for boiler one emitted one hundred and ninety kilograms of carbon dioxide"
        " yesterday. At spree works, there is no carbon factor for seventy kilowatt hours of"
        " electricity, six percent of it, so that part is left out. At lake works, there is no"
        " carbon factor for seventy kilowatt hours of electricity, six percent of it, so that part"
        " is left out.",
    ),
    "one source": Case(
        carbon(ELECTRICITY),
        "Electricity for boiler one emitted three hundred and eighty kilograms of carbon dioxide"
        " yesterday.",
    ),
    "tons": Case(
        carbon(part("electricity", (GERMAN, 100_000.0))),
        "Electricity for boiler one emitted thirty eight tons of carbon dioxide yesterday.",
    ),
    "several sources": Case(
        carbon(ELECTRICITY, GAS),
        "Energy for boiler one emitted four hundred and eighty one kilograms of carbon dioxide"
        " yesterday. That is three hundred and eighty kilograms of carbon dioxide from electricity"
        " and one hundred and one kilograms of carbon dioxide from natural gas.",
    ),
    "several sources, briefly": Case(
        carbon(ELECTRICITY, GAS, is_brief=True),
        "Energy for boiler one emitted four hundred and eighty one kilograms of carbon dioxide"
        " yesterday.",
    ),
    "in full": Case(
        carbon(ELECTRICITY, is_full=True),
        "Electricity for boiler one emitted three hundred and eighty kilograms of carbon dioxide"
        " yesterday. It goes by the carbon factors of the place, not of a supply contract.",
    ),
    "produced": Case(
        carbon(part("steam", (FLAT, 0.5)), issues=(PRODUCED,)),
        "Steam for boiler one emitted one kilogram of carbon dioxide yesterday. Steam is produced"
        " here, so this is not part of the total emissions.",
    ),
    "produced beside purchased": Case(
        carbon(ELECTRICITY, part("steam", (FLAT, 20.0)), issues=(PRODUCED,)),
        "Electricity for boiler one emitted three hundred and eighty kilograms of carbon dioxide"
        " yesterday. Steam, with forty kilograms of carbon dioxide, is produced here, so it is not"
        " in that.",
    ),
    "a part without a factor": Case(
        carbon(
            part("electricity", (GERMAN, 1000.0), (None, 70.0)),
            issues=(
                without(
                    "carbon.missing", "electricity", unit="kWh", quantity=70.0, share_percent=6.54
                ),
                gap("electricity", 91.7),
            ),
        ),
        "Electricity for boiler one emitted three hundred and eighty kilograms of carbon dioxide"
        " yesterday. There is no carbon factor for seventy kilowatt hours of electricity, six"
        " point five four percent of it, so that part is left out. Readings for two hours are"
        " missing, so the true figure may be higher.",
    ),
    "a source without a factor": Case(
        carbon(ELECTRICITY, issues=(without("carbon.no_factor", "natural_gas"),)),
        "Electricity for boiler one emitted three hundred and eighty kilograms of carbon dioxide"
        " yesterday. There is no carbon factor for natural gas, so that part is left out.",
    ),
    "a source without a factor at one of the sites": Case(
        carbon(ELECTRICITY, issues=(without("carbon.no_factor", "steam", NOT_PRICED.site.name),)),
        "Electricity for boiler one emitted three hundred and eighty kilograms of carbon dioxide"
        " yesterday. There is no carbon factor for steam at demo manufacturing plant, so that part"
        " is left out.",
    ),
    "no factor": Case(
        no_factor(NOT_PRICED),
        "There is no carbon factor for natural gas at demo manufacturing plant in the energy"
        " database.",
    ),
    "no factor at that time": Case(
        no_factor(NOT_COVERED),
        "The carbon factors for electricity at european production facility do not cover that"
        " time.",
    ),
}
