"""Key performance indicators: one of them, or all, of any machines over any period."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from enms_core.analysis.measure import distinct, merged_evidence
from enms_core.domain.answer import Answer, NotBegun
from enms_core.domain.evidence import Evidence
from enms_core.domain.kpi import Kpi, KpiAnswer, KpiName
from enms_core.domain.question import Question
from enms_core.services.context import Context
from enms_core.services.kpi_demand import demand_part, peak_part
from enms_core.services.kpi_part import Part, refused
from enms_core.services.kpi_rated import (
    carbon_part,
    carbon_with_per_unit,
    cost_part,
    cost_with_per_unit,
)
from enms_core.services.kpi_sec import sec_part
from enms_core.services.kpi_status import status_part, times_part
from enms_core.services.thresholds import held_kpi

ALL = "all"


@dataclass(frozen=True)
class _Way:
    """Where figures come from, which of them are meant, and which are asked about as all."""

    part: Callable[[Question, Context], Awaitable[Part | Answer]]
    names: tuple[KpiName, ...]


WAYS: Mapping[str, _Way] = MappingProxyType(
    {
        "sec": _Way(sec_part, ("sec",)),
        "peak_demand": _Way(peak_part, ("peak_demand",)),
        "load_factor": _Way(demand_part, ("load_factor", "peak_demand")),
        "base_load": _Way(demand_part, ("base_load",)),
        "cost": _Way(cost_with_per_unit, ("cost", "cost_per_unit")),
        "carbon": _Way(carbon_with_per_unit, ("carbon", "carbon_per_unit")),
        "operating_hours": _Way(times_part, ("operating_hours",)),
        "idle_share": _Way(status_part, ("idle_share", "idle_hours")),
        "availability": _Way(times_part, ("availability",)),
    }
)
OF_ALL: tuple[_Way, ...] = (
    _Way(sec_part, ("sec",)),
    _Way(demand_part, ("peak_demand", "load_factor", "base_load")),
    _Way(cost_part, ("cost",)),
    _Way(carbon_part, ("carbon",)),
    _Way(status_part, ("operating_hours", "idle_share", "availability")),
)
METRICS = frozenset({*WAYS, ALL})


async def answer_kpi(question: Question, context: Context) -> Answer:
    """One indicator, or all of them together."""
    way = WAYS.get(question.metric or ALL)
    if way is not None:
        part = await way.part(question, context)
        return _answer(question, [_named(part, way)], context) if isinstance(part, Part) else part
    parts = await asyncio.gather(*(way.part(question, context) for way in OF_ALL))
    refusals = [each for each in parts if not isinstance(each, Part)]
    if any(isinstance(each, NotBegun) for each in refusals) or (refusals and not _known(parts)):
        return refusals[0]
    told = [
        _named(part if isinstance(part, Part) else refused(way.names, part), way)
        for way, part in zip(OF_ALL, parts, strict=True)
    ]
    return _answer(question, told, context)


def _known(parts: Sequence[Part | Answer]) -> bool:
    figures = (kpi for part in parts if isinstance(part, Part) for kpi in part.figures)
    return any(kpi.value is not None for kpi in figures)


def _named(part: Part, way: _Way) -> Part:
    """The part with the figures that are meant, in the order in which they are told."""

    def meant(figures: Sequence[Kpi]) -> tuple[Kpi, ...]:
        return tuple(each for name in way.names for each in figures if each.name == name)

    return Part(
        meant(part.figures), meant(part.by_machine), part.issues, part.rests_on, part.told_by
    )


def _answer(question: Question, parts: Sequence[Part], context: Context) -> Answer:
    figures = tuple(each for part in parts for each in part.figures)
    is_known = any(each.value is not None for each in figures)
    answer = KpiAnswer(
        question=question,
        period=context.local_period(question.period, question.scope.machine_ids),
        issues=distinct([issue for part in parts for issue in part.issues]),
        outcome="answered" if is_known else "no_data",
        figures=figures,
        by_machine=tuple(each for part in parts for each in part.by_machine),
        rests_on=_evidence([part.rests_on for part in parts]),
        told_by=parts[0].told_by if len(parts) == 1 else None,
    )
    return held_kpi(answer)


def _evidence(parts: Sequence[Evidence]) -> Evidence:
    """What all figures rest on: they are of the same readings, which count once."""
    most = max(parts, key=lambda each: each.readings)
    return replace(
        merged_evidence(parts),
        readings=most.readings,
        coverage_percent=most.coverage_percent,
    )
