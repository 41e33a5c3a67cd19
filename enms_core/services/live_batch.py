"""One batch of values in its transaction: readings are stored, samples become readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.grid import instant_of, instants_of, moment_of, moments_of
from enms_core.analysis.snapping import snapped_to_clock
from enms_core.domain.messages import BatchReport, LiveReason
from enms_core.services.live_messages import Said
from enms_core.services.live_samples import SampleStore
from enms_core.services.live_values import LiveRule, Outcome, Placed, placed
from enms_core.storage.imports.readings_table import readings_table
from enms_core.storage.live_meters import LiveRegisters, MeterKind
from enms_core.storage.live_readings import Reading


@dataclass(frozen=True)
class Group:
    """Values that are stored alike: their rule, interval and time zone."""

    rule: int
    interval: timedelta
    zone: str


async def store_values(
    registers: LiveRegisters, rules: Sequence[LiveRule], said: Sequence[Said], now: datetime
) -> BatchReport:
    """Store what a batch says, in the transaction of the registers."""
    outcome = Outcome()
    machines = await registers.machines({each.machine for each in said}, _new_types(said, rules))
    values = placed(said, rules, machines, now, outcome)
    for group, some in (await _grouped(values, registers, rules, outcome)).items():
        live, zone = rules[group.rule], ZoneInfo(group.zone)
        kind = await _meter_kind(registers, live, group.interval)
        if live.rule.kind == "interval":
            await _store_intervals(registers, kind, zone, some, outcome)
        else:
            await SampleStore(registers, kind, live, zone).store(some, outcome)
    return outcome.report()


def _new_types(said: Sequence[Said], rules: Sequence[LiveRule]) -> dict[str, str]:
    """Of machines that may be registered their types."""
    used = ((each.machine, rules[each.rule].rule) for each in said)
    return {machine: rule.machine_type for machine, rule in used if rule.register_machines}


async def _meter_kind(registers: LiveRegisters, live: LiveRule, interval: timedelta) -> MeterKind:
    return MeterKind(
        source=live.source,
        table=await readings_table(registers.connection, live.source, interval, "meter"),
        interval=interval,
        kind=live.rule.kind,
        stamp=live.rule.stamp or "start",
        register_digits=live.rule.register_digits,
    )


async def _grouped(
    values: Sequence[Placed],
    registers: LiveRegisters,
    rules: Sequence[LiveRule],
    outcome: Outcome,
) -> Mapping[Group, list[Placed]]:
    by_rule: defaultdict[int, list[Placed]] = defaultdict(list)
    for each in values:
        by_rule[each.said.rule].append(each)
    groups: defaultdict[Group, list[Placed]] = defaultdict(list)
    for rule, some in by_rule.items():
        told = rules[rule].rule.interval
        meters = {}
        if told is None:
            meters = await registers.open_meters(
                rules[rule].source, [each.machine.id for each in some]
            )
        for each in some:
            meter = meters.get(each.machine.id)
            interval = told or (None if meter is None else meter.interval)
            if interval is None:
                outcome.refuse(each.said, LiveReason.NO_METER, each.said.machine)
            else:
                groups[Group(rule, interval, each.machine.zone)].append(each)
    return groups


async def _store_intervals(
    registers: LiveRegisters,
    kind: MeterKind,
    zone: ZoneInfo,
    values: Sequence[Placed],
    outcome: Outcome,
) -> None:
    starts = _starts(kind, zone, values)
    readings = [
        Reading(each.machine.id, start, each.value)
        for each, start in zip(values, starts, strict=True)
    ]
    for each, fate in zip(values, await registers.store(kind, readings), strict=True):
        outcome.count(each.said, fate)


def _starts(kind: MeterKind, zone: ZoneInfo, values: Sequence[Placed]) -> list[datetime]:
    """Where the intervals begin; a gateway's stamps come a little late."""
    length = kind.interval if kind.stamp == "end" else timedelta()
    moments = np.array([moment_of(each.instant - length) for each in values])
    starts, _ = snapped_to_clock(instants_of(moments), kind.interval, zone)
    return [instant_of(moment) for moment in moments_of(starts)]
