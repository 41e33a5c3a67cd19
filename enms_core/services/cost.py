"""What energy cost: by the tariff of each hour, or the source's flat price where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from enms_core.analysis.tariff import energy_cost, priced_stretches, total_cost
from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.cost import CostAnswer, MachineCost, SourceCost
from enms_core.domain.period import Period
from enms_core.domain.question import Question
from enms_core.domain.rated import NoPrice, Unrated, counted, not_counted
from enms_core.domain.tariff import Cost, PricedQuantity, PricedStretch
from enms_core.domain.use import evidence_of
from enms_core.services.context import Context
from enms_core.services.demand_charge import DEMAND_CHARGE, answer_demand_charge
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
from enms_core.storage.tariffs import Tariffs, load_tariffs

CODES = Codes("cost.no_price", "cost.missing", "cost.produced")
# By machine id and name of the energy source.
Costs = Mapping[tuple[UUID, str], Cost]


async def answer_cost(question: Question, context: Context) -> Answer:
    """What the energy of machines cost over a period, without demand charge; or that charge."""
    if question.metric == DEMAND_CHARGE:
        return await answer_demand_charge(question, context)
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    tariffs = await load_tariffs(context.store.readings)
    costs = await priced(usage, tariffs, context)
    missing = unrated(usage, costs, tariffs, context)
    return _answer(usage, costs, missing, context)


def _answer(
    usage: Usage, costs: Costs, missing: tuple[Unrated, ...], context: Context
) -> CostAnswer | NoPrice:
    sources = by_source(usage, costs, SourceCost, total_cost)
    told = {each.source.name for each in counted(sources)}
    rated = {each.source.name for each in sources if each.is_rated}
    issues = issues_of(usage, rated, missing, CODES, context)
    if not told:
        return NoPrice(question=usage.question, period=usage.period, unrated=missing, issues=issues)
    return CostAnswer(
        question=usage.question,
        period=usage.period,
        issues=issues,
        sources=sources,
        machines=tuple(
            MachineCost(each.machine, sum_of_machine(costs, each.machine.id, Cost(), told))
            for each in usage.machines
        ),
        readings=evidence_of(usage.totals),
        is_brief=context.verbosity == "brief",
        is_full=context.verbosity == "full",
    )


async def costs_of(usage: Usage, context: Context) -> Costs:
    """Energy cost without demand charge, by machine and name of the energy source: what a total
    is of.

    Of the sources in the usage that a machine has readings of.
    """
    costs = await priced(usage, await load_tariffs(context.store.readings), context)
    left_out = not_counted(by_source(usage, costs, SourceCost, total_cost))
    return {key: cost for key, cost in costs.items() if key[1] not in left_out}


async def priced(usage: Usage, tariffs: Tariffs, context: Context) -> Costs:
    """The cost of every source, by tariffs that are loaded already."""

    def cut(period: Period, site: Factory, source: EnergySource) -> tuple[PricedStretch, ...]:
        return priced_stretches(period, tariffs.get((site.id, source.id), ()), site.zone)

    rated = await rated_uses(usage, context, cut)
    return {key: priced_cost(uses) for key, uses in rated.items()}


def priced_cost(rated: Rated[PricedStretch]) -> Cost:
    """The cost of what was used under each tariff."""
    used = in_use(rated, lambda stretch: stretch.tariff is not None)
    return energy_cost(PricedQuantity(*each) for each in used)
