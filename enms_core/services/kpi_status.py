"""Indicators of what machines did: operating hours, idle share, availability."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from enms_core.analysis.kpi import IdleUse, TimeInModes, idle_use, time_in_modes
from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.evidence import Evidence
from enms_core.domain.kpi import Kpi, KpiName, NoKpi
from enms_core.domain.question import Question
from enms_core.services.asked import asked_sources, not_begun, periods_of
from enms_core.services.context import Context
from enms_core.services.kpi_part import Part, only_source
from enms_core.services.status_history import Told, told_of
from enms_core.storage.kpis import energy_blocks
from enms_core.storage.segments import segments_until

NAMES: tuple[KpiName, ...] = ("operating_hours", "idle_share", "idle_hours", "availability")
LONGEST_BLOCK_SECONDS = 3600


@dataclass(frozen=True)
class _Machine:
    """One machine, or several together: time in modes, use while idle, or why that is not known."""

    time: TimeInModes
    idle: IdleUse | NoKpi
    name: str | None = None

    @property
    def is_partial(self) -> bool:
        return self.time.unknown > 0.0


async def times_part(question: Question, context: Context) -> Part | Answer:
    """What the history alone tells: times of the machines together, added; then of each."""
    return await _part(question, context, with_use=False)


async def status_part(question: Question, context: Context) -> Part | Answer:
    """The same with what was used while idle, which takes longer."""
    return await _part(question, context, with_use=True)


async def _part(question: Question, context: Context, *, with_use: bool) -> Part | Answer:
    periods = periods_of(question, context)
    if periods is None:
        return not_begun(question, context)
    told = await told_of(periods, context)
    known = [each for each in told if time_in_modes(each.inside).known]
    idle = await _idle(question, known if with_use else (), context)
    machines = [
        _Machine(
            time_in_modes(each.inside), idle.get(each.machine.id, "not_metered"), each.machine.name
        )
        for each in known
    ]
    source = only_source(question, context)
    return Part(
        figures=_figures(_together(machines), source),
        by_machine=tuple(
            kpi for each in machines if len(told) > 1 for kpi in _figures(each, source)
        ),
        issues=_issues(told),
        rests_on=Evidence(status_changes=sum(each.changes for each in told)),
    )


def _issues(told: Sequence[Told]) -> tuple[DataIssue, ...]:
    """Machines whose status is not known, at all or for a part of the time."""
    times = {each.machine: time_in_modes(each.inside) for each in told}
    without = tuple(machine for machine, time in times.items() if not time.known)
    partly = tuple(machine for machine, time in times.items() if time.known and time.unknown)
    issues = (("status.none", without), ("status.partial", partly))
    return tuple(DataIssue(code, machines=machines) for code, machines in issues if machines)


def _together(machines: Sequence[_Machine]) -> _Machine:
    time = sum((each.time for each in machines), TimeInModes())
    reasons = [each.idle for each in machines if not isinstance(each.idle, IdleUse)]
    uses = [each.idle for each in machines if isinstance(each.idle, IdleUse)]
    unknown: NoKpi | None = next((each for each in reasons if each != "not_metered"), None)
    if unknown is None and not uses:
        unknown = "not_metered"
    return _Machine(time, unknown or sum(uses, IdleUse(0.0, 0.0)))


def _figures(of: _Machine, source: str | None) -> tuple[Kpi, ...]:
    time, partial = of.time, of.is_partial
    if not time.known:
        return tuple(Kpi(name, None, None, reason="no_status") for name in NAMES)
    no_modes: NoKpi | None = "no_modes" if time.untold else None
    share = of.idle.share_percent if isinstance(of.idle, IdleUse) else None
    reason: NoKpi = "no_use" if isinstance(of.idle, IdleUse) else of.idle
    available = time.availability_percent
    return (
        Kpi("operating_hours", time.operating_hours, "h", None, of.name, is_partial=partial),
        Kpi(
            "idle_share",
            None if no_modes else share,
            "%",
            source,
            of.name,
            reason=no_modes or (reason if share is None else None),
            is_partial=partial,
        ),
        Kpi(
            "idle_hours",
            None if no_modes else time.idle_hours,
            "h",
            None,
            of.name,
            reason=no_modes,
            is_partial=partial,
        ),
        Kpi(
            "availability",
            available,
            "%",
            None,
            of.name,
            reason=no_modes or ("switched_off" if available is None else None),
            is_partial=partial,
        ),
    )


async def _idle(
    question: Question, told: Sequence[Told], context: Context
) -> dict[UUID, IdleUse | NoKpi]:
    """Use while idle of each machine that has a meter for what is asked about."""
    metered = [each for each in told if asked_sources(question, each.machine, context)]
    segments = [
        segment
        for each in metered
        for segment in segments_until(context.now, each.machine.id, each.windows)
    ]
    blocks = await energy_blocks(context.store.readings, segments, question.sources)
    found: dict[UUID, IdleUse | NoKpi] = {each.machine.id: "not_metered" for each in told}
    for each in metered:
        own = blocks.get(each.machine.id)
        if own is None:
            found[each.machine.id] = "no_readings"
        elif own.seconds > LONGEST_BLOCK_SECONDS:
            found[each.machine.id] = "no_block"
        else:
            use = idle_use(own, each.inside)
            found[each.machine.id] = "unit" if math.isnan(use.known) else use
    return found
