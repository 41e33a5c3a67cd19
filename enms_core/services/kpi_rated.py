"""Indicators of what energy costs and emits, also for each unit made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.cost import CostAnswer
from enms_core.domain.emissions import EMISSIONS_UNIT, EmissionsAnswer
from enms_core.domain.kpi import Kpi, KpiName
from enms_core.domain.question import Question
from enms_core.domain.tariff import Money
from enms_core.services.carbon import answer_carbon
from enms_core.services.context import Context
from enms_core.services.cost import answer_cost
from enms_core.services.kpi_part import Part
from enms_core.services.kpi_per_unit import carbon_per_unit, cost_per_unit

MISSING = "missing"
PerUnit = Callable[[Question, Context], Awaitable[tuple[Kpi, ...]]]


async def cost_part(question: Question, context: Context) -> Part | Answer:
    """Energy cost without demand charge, a figure for each currency."""
    answer = await answer_cost(replace(question, metric=None), context)
    if not isinstance(answer, CostAnswer):
        return answer
    is_partial = any(MISSING in each.cost.bases for each in answer.counted)
    source = answer.counted[0].source.name if len(answer.counted) == 1 else None
    machines = answer.machines if len(answer.machines) > 1 else ()
    return Part(
        figures=_money("cost", answer.total, source, is_partial=is_partial),
        by_machine=tuple(
            kpi
            for each in machines
            for kpi in _money(
                "cost",
                each.cost.amounts,
                source,
                machine=each.machine.name,
                is_partial=MISSING in each.cost.bases,
            )
        ),
        issues=answer.issues,
        rests_on=answer.evidence(),
        told_by=answer,
    )


def _money(
    name: KpiName,
    sums: Sequence[Money],
    source: str | None,
    *,
    machine: str | None = None,
    is_partial: bool = False,
) -> tuple[Kpi, ...]:
    return tuple(
        Kpi(name, float(each.amount), each.currency, source, machine, is_partial=is_partial)
        for each in sums
    )


async def carbon_part(question: Question, context: Context) -> Part | Answer:
    """Emissions [kg CO2e], location based."""
    answer = await answer_carbon(question, context)
    if not isinstance(answer, EmissionsAnswer):
        return answer
    is_partial = any(MISSING in each.emissions.bases for each in answer.counted)
    source = answer.counted[0].source.name if len(answer.counted) == 1 else None
    machines = answer.machines if len(answer.machines) > 1 else ()
    own = (
        Kpi(
            "carbon",
            each.emissions.emissions_kg_co2e,
            EMISSIONS_UNIT,
            source,
            each.machine.name,
            reason="no_factor" if each.emissions.emissions_kg_co2e is None else None,
        )
        for each in machines
    )
    total = Kpi("carbon", answer.emissions_kg_co2e, EMISSIONS_UNIT, source, is_partial=is_partial)
    return Part((total,), tuple(own), answer.issues, answer.evidence(), answer)


async def cost_with_per_unit(question: Question, context: Context) -> Part | Answer:
    """Energy cost, and the cost of a unit made where production is on record."""
    return await _with_per_unit(
        await cost_part(question, context), cost_per_unit, question, context
    )


async def carbon_with_per_unit(question: Question, context: Context) -> Part | Answer:
    """Emissions, and those of a unit made where production is on record."""
    part = await carbon_part(question, context)
    return await _with_per_unit(part, carbon_per_unit, question, context)


async def _with_per_unit(
    part: Part | Answer, per_unit: PerUnit, question: Question, context: Context
) -> Part | Answer:
    if not isinstance(part, Part):
        return part
    source = part.figures[0].energy_source
    own = await per_unit(question, context)
    named = (replace(each, energy_source=source) for each in own)
    return replace(part, figures=(*part.figures, *named))
