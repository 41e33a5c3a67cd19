"""The figures that machines are ranked and compared by: a metric is one entry of MEASURES."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from enms_core.analysis.measure import each_apart, energy_amounts
from enms_core.domain.answer import Refusal
from enms_core.domain.carbon import Emissions
from enms_core.domain.cost import price_evidence
from enms_core.domain.emissions import factor_evidence
from enms_core.domain.measure import CARBON_UNIT, Amount, Figure, Kind, Measured, Reason
from enms_core.domain.question import Question
from enms_core.domain.tariff import Cost
from enms_core.domain.use import MachineUse
from enms_core.services.carbon import emissions_of
from enms_core.services.context import Context
from enms_core.services.cost import costs_of
from enms_core.services.measured import measured_of_usage, of_machine
from enms_core.services.measured_output import measure_efficiency, measure_production
from enms_core.services.measured_power import measure_power
from enms_core.services.rated import sum_of_machine
from enms_core.services.usage import Usage, usage_of

Measure = Callable[[Question, Context], Awaitable[Measured | Refusal]]


@dataclass(frozen=True)
class Measurable:
    """How something is measured.

    grows: a longer period has more of it. adds: the figures of machines can be added to a total.
    lowest_is_best: the highest of it ranks last.
    """

    measure: Measure
    grows: bool = True
    adds: bool = True
    lowest_is_best: bool = False


async def _energy(question: Question, context: Context) -> Measured | Refusal:
    """Purchased energy [kWh]; the quantity of a source that was named."""
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage

    def figure(use: MachineUse) -> Figure:
        amounts = energy_amounts(use.uses, question.sources)
        reason: Reason | None = None if amounts else "energy_content_unknown"
        return of_machine(use, amounts, reason, apart=each_apart(use.uses))

    return measured_of_usage(usage, context, figure)


async def _cost(question: Question, context: Context) -> Measured | Refusal:
    """Energy cost without demand charge, a figure for each currency."""
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    costs = await costs_of(usage, context)

    def figure(use: MachineUse) -> Figure:
        own = sum_of_machine(costs, use.machine.id, Cost())
        amounts = tuple(
            Amount(Kind(currency=money.currency), float(money.amount)) for money in own.amounts
        )
        reason: Reason | None = None if amounts else "no_price"
        return of_machine(use, amounts, reason, partial="price" if "missing" in own.bases else None)

    prices = price_evidence((source, cost) for (_, source), cost in costs.items())
    measured = measured_of_usage(usage, context, figure)
    return replace(measured, evidence=replace(measured.evidence, prices=prices))


async def _carbon(question: Question, context: Context) -> Measured | Refusal:
    """Emissions [kg CO2e]."""
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    emissions = await emissions_of(usage, context)

    def figure(use: MachineUse) -> Figure:
        emitted = sum_of_machine(emissions, use.machine.id, Emissions())
        if emitted.emissions_kg_co2e is None:
            return of_machine(use, (), "no_factor")
        amount = Amount(Kind(CARBON_UNIT), emitted.emissions_kg_co2e)
        return of_machine(use, (amount,), partial="factor" if "missing" in emitted.bases else None)

    factors = factor_evidence((source, each) for (_, source), each in emissions.items())
    measured = measured_of_usage(usage, context, figure)
    return replace(measured, evidence=replace(measured.evidence, factors=factors))


DEFAULT_MEASURE = "energy"
MEASURES: Mapping[str, Measurable] = MappingProxyType(
    {
        "energy": Measurable(_energy),
        "power": Measurable(measure_power, grows=False),
        "cost": Measurable(_cost),
        "carbon": Measurable(_carbon),
        "production": Measurable(measure_production),
        "efficiency": Measurable(measure_efficiency, grows=False, adds=False, lowest_is_best=True),
    }
)
