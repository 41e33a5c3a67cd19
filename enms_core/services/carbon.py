"""Emissions of energy use: by the carbon factor of each time, or the source's flat intensity."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from enms_core.analysis.carbon import emissions, factor_stretches, total_emissions
from enms_core.domain.answer import Answer
from enms_core.domain.carbon import Emissions, FactorQuantity, FactorStretch
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.emissions import EmissionsAnswer, MachineEmissions, SourceEmissions
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.rated import NoFactor, Unrated, counted, not_counted
from enms_core.domain.use import evidence_of
from enms_core.services.context import Context
from enms_core.services.rated import (
    Codes,
    Rated,
    by_source,
    in_use,
    issues_of,
    rated_uses,
    sum_of_machine,
    unrated,
)
from enms_core.services.usage import Usage, usage_of
from enms_core.storage.carbon import Factors, load_carbon_factors

CODES = Codes("carbon.no_factor", "carbon.missing", "carbon.produced")
# By machine id and name of the energy source.
Emitted = Mapping[tuple[UUID, str], Emissions]


async def answer_carbon(question: Question, context: Context) -> Answer:
    """What the energy use of machines emitted over a period, location based."""
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    factors = await load_carbon_factors(context.store.readings)
    found = await emitted(usage, factors, context)
    missing = unrated(usage, found, factors, context)
    return _answer(usage, found, missing, context)


def _answer(
    usage: Usage, found: Emitted, missing: tuple[Unrated, ...], context: Context
) -> EmissionsAnswer | NoFactor:
    sources = by_source(usage, found, SourceEmissions, total_emissions)
    told = {each.source.name for each in counted(sources)}
    rated = {each.source.name for each in sources if each.is_rated}
    issues = issues_of(usage, rated, missing, CODES, context)
    if not told:
        return NoFactor(
            question=usage.question, period=usage.period, unrated=missing, issues=issues
        )
    return EmissionsAnswer(
        question=usage.question,
        period=usage.period,
        issues=issues,
        sources=sources,
        machines=tuple(
            MachineEmissions(
                each.machine, sum_of_machine(found, each.machine.id, Emissions(), told)
            )
            for each in usage.machines
        ),
        readings=evidence_of(usage.totals),
        is_brief=context.verbosity == "brief",
        is_full=context.verbosity == "full",
    )


async def emissions_of(usage: Usage, context: Context) -> Emitted:
    """Emissions, location based, by machine and name of the energy source: what a total is of.

    Of the sources in the usage that a machine has readings of.
    """
    found = await emitted(usage, await load_carbon_factors(context.store.readings), context)
    left_out = not_counted(by_source(usage, found, SourceEmissions, total_emissions))
    return {key: each for key, each in found.items() if key[1] not in left_out}


async def emitted(usage: Usage, factors: Factors, context: Context) -> Emitted:
    """The emissions of every source, by factors that are loaded already."""

    def cut(period: Period, site: Factory, source: EnergySource) -> tuple[FactorStretch, ...]:
        return factor_stretches(period, factors.get((site.id, source.id), ()))

    rated = await rated_uses(usage, context, cut)
    return {key: rated_emissions(uses) for key, uses in rated.items()}


def rated_emissions(rated: Rated[FactorStretch]) -> Emissions:
    """The emissions of what was used under each factor."""
    used = in_use(rated, lambda stretch: stretch.factor is not None)
    return emissions(FactorQuantity(*each) for each in used)
