"""Power: the mean over a period, and the latest readings where it is asked about now."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.analysis.measure import combined, mean_rates, rate_amount
from enms_core.domain.answer import Refusal
from enms_core.domain.catalogue import EnergySource, Machine
from enms_core.domain.evidence import evidence_between
from enms_core.domain.measure import Amount, Figure, Measured, Reason
from enms_core.domain.power import LatestReading
from enms_core.domain.question import Question
from enms_core.domain.use import MachineUse
from enms_core.services.asked import asked_sources
from enms_core.services.context import Context
from enms_core.services.measured import measured_of_usage, of_machine, unmetered
from enms_core.services.power_latest import Latest, latest_of
from enms_core.services.usage import Usage, usage_of


async def measure_power(question: Question, context: Context) -> Measured | Refusal:
    """Power [kW]: of the latest readings where now is meant, else the mean over the period.

    Of a source that was named and is not metered in energy: its unit per hour.
    """
    if question.period.kind == "now" and question.scope.machine_ids:
        return await _latest(question, context)
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage

    def figure(use: MachineUse) -> Figure:
        amounts = mean_rates(use.uses, question.sources)
        reason: Reason | None = None if amounts else "power_unknown"
        return of_machine(use, amounts, reason)

    return measured_of_usage(usage, context, figure)


async def _latest(question: Question, context: Context) -> Measured:
    """Of each machine's readings that are not too old to tell the present."""
    machine_ids = question.scope.machine_ids
    asked = {each: asked_sources(question, each, context) for each in context.machines(question)}
    sources = list(dict.fromkeys(source for each in asked.values() for source in each))
    latest = await latest_of(machine_ids, sources, context)
    used = [reading for reading in latest.values() if reading.is_current(context.now)]
    return Measured(
        period=context.local_period(question.period, machine_ids),
        figures=(
            *(_now(question, each, own, latest, context) for each, own in asked.items() if own),
            *unmetered(question, context),
        ),
        evidence=evidence_between(len(used), [reading.time for reading in used]),
    )


def _now(
    question: Question,
    machine: Machine,
    sources: Sequence[EnergySource],
    latest: Latest,
    context: Context,
) -> Figure:
    found = [
        (source, latest[machine.id, source.name])
        for source in sources
        if (machine.id, source.name) in latest
    ]
    amounts = [
        amount
        for source, reading in found
        if (amount := _current(source, reading, question, context)) is not None
    ]
    if amounts:
        return Figure(machine, combined(amounts))
    return Figure(machine, reason=_reason([reading for _, reading in found], context))


def _current(
    source: EnergySource, reading: LatestReading, question: Question, context: Context
) -> Amount | None:
    if reading.rate is None or not reading.is_current(context.now):
        return None
    return rate_amount(source, reading.rate, question.sources)


def _reason(readings: Sequence[LatestReading], context: Context) -> Reason:
    """Why none of a machine's latest readings tells its power of now."""
    if not readings:
        return "no_readings"
    is_old = not any(reading.is_current(context.now) for reading in readings)
    return "not_current" if is_old else "power_unknown"
