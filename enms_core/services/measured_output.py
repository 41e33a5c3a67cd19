"""Figures of what machines made, and of the energy for each unit made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from enms_core.analysis.measure import clock_hours
from enms_core.analysis.ranking import is_low
from enms_core.domain.answer import Refusal
from enms_core.domain.catalogue import Machine
from enms_core.domain.evidence import Evidence, evidence_between
from enms_core.domain.measure import (
    KWH_PER_UNIT_MADE,
    UNITS_MADE,
    Amount,
    Figure,
    Kind,
    Measured,
)
from enms_core.domain.period import Period
from enms_core.domain.production import Production
from enms_core.domain.question import Question
from enms_core.domain.use import MachineUse
from enms_core.services.asked import not_begun, periods_of
from enms_core.services.context import Context
from enms_core.services.measured import measured_of_usage, nobody, of_machine
from enms_core.services.production import production_of
from enms_core.services.usage import Usage, usage_of
from enms_core.storage.efficiency import EnergyAndUnits, energy_and_units
from enms_core.storage.segments import Segment, segments_until


async def measure_production(question: Question, context: Context) -> Measured | Refusal:
    """Units made."""
    periods = periods_of(question, context)
    if periods is None:
        return not_begun(question, context)
    machines = context.machines(question)
    if not machines:
        return nobody(question, context)
    made = await production_of(machines, periods, context)
    return Measured(
        period=context.local_period(question.period, question.scope.machine_ids),
        figures=tuple(
            _made(machine, made.get(machine.id), periods[machine.id]) for machine in machines
        ),
        evidence=_evidence(made),
    )


def _made(machine: Machine, made: Production | None, periods: Sequence[Period]) -> Figure:
    hours = sum(period.hours for period in periods)
    if made is None or made.units is None:
        return Figure(machine, hours=hours, reason="no_production")
    return Figure(
        machine,
        (Amount(Kind(UNITS_MADE), made.units),),
        hours,
        clock_hours(periods),
        partial="readings" if "units" in made.partial else None,
    )


def _evidence(made: Mapping[UUID, Production]) -> Evidence:
    return evidence_between(
        sum(each.readings for each in made.values()),
        [moment for each in made.values() for moment in (each.first, each.last)],
    )


async def measure_efficiency(question: Question, context: Context) -> Measured | Refusal:
    """Energy for each unit made [kWh per unit], over the hours in which both are known (rule 4)."""
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    segments = [
        segment
        for use in usage.machines
        for segment in segments_until(context.now, use.machine.id, use.periods)
    ]
    told = await energy_and_units(context.store.readings, segments, question.sources)
    whole_s = _whole_seconds(segments)

    def figure(use: MachineUse) -> Figure:
        return _per_unit(use, told.get(use.machine.id), whole_s[use.machine.id])

    return measured_of_usage(usage, context, figure)


def _whole_seconds(segments: Sequence[Segment]) -> dict[UUID, float]:
    """Length of the whole hours that lie in each machine's time [s]."""
    lengths = dict.fromkeys((segment.machine_id for segment in segments), 0.0)
    for segment in segments:
        start, end = segment.whole_hours()
        lengths[segment.machine_id] += (end - start).total_seconds()
    return lengths


def _per_unit(use: MachineUse, told: EnergyAndUnits | None, whole_seconds: float) -> Figure:
    if told is None:
        return of_machine(use, (), "no_common_hours")
    if told.units <= 0:
        return of_machine(use, (), "no_output")
    if told.energy_kwh is None:
        return of_machine(use, (), "energy_content_unknown")
    amount = Amount(Kind(KWH_PER_UNIT_MADE), told.energy_kwh, told.units)
    counted = 100.0 * told.counted_seconds / whole_seconds if whole_seconds else None
    return of_machine(use, (amount,), partial="readings" if is_low(counted) else None)
