"""Samples of counters and power meters: kept for a day, and made into readings as they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from enms_core.analysis.grid import instant_of, moments_of
from enms_core.analysis.live_metering import (
    LiveMeter,
    LiveSample,
    Metered,
    is_long_since_begun,
    metered,
    tail_of,
)
from enms_core.domain.imports import Reason, Remark
from enms_core.domain.messages import LiveReason
from enms_core.services.live_values import LiveRule, Outcome, Placed
from enms_core.storage.live_meters import LiveRegisters, MeterKind
from enms_core.storage.live_readings import Reading
from enms_core.storage.sent_samples import Newest, SentSamples


@dataclass(frozen=True)
class History:
    """What is known of a machine's meter before a batch.

    newest: the time of its newest sample; what is needed for the readings to come begins there.
    samples: in the order of time, from where those readings need them. seen: by time, all samples
    that a message could tell again.
    """

    newest: datetime | None
    samples: Sequence[LiveSample]
    seen: Mapping[datetime, LiveSample]
    is_filed: bool


class SampleStore:
    """Stores samples of one rule's meters, in the transaction of the registers."""

    def __init__(
        self, registers: LiveRegisters, kind: MeterKind, live: LiveRule, zone: ZoneInfo
    ) -> None:
        self._registers = registers
        self._kind = kind
        self._samples = SentSamples(registers.connection, live.source.id, kind.kind)
        self._meter = LiveMeter(
            kind=kind.kind,
            stamp=live.rule.stamp,
            interval=kind.interval,
            largest_gap=live.rule.largest_gap,
            register_digits=kind.register_digits,
            factor=live.factor,
            zone=zone,
        )

    async def store(self, values: Iterable[Placed], outcome: Outcome) -> None:
        """Keep samples, and store the readings that they complete."""
        machines: dict[UUID, list[Placed]] = {}
        for each in values:
            machines.setdefault(each.machine.id, []).append(each)
        known = await self._known(machines)
        new = {
            machine: found
            for machine, some in machines.items()
            if (found := self._new(known[machine], some, outcome))
        }
        if not new:
            return
        await self._samples.keep(new)
        if self._meter.kind == "counter":
            await self._move_ends(known, new)
        names = {machine: some[0].said.machine for machine, some in machines.items()}
        await self._store_readings(known, new, names, outcome)

    async def _known(self, values: Mapping[UUID, Sequence[Placed]]) -> dict[UUID, History]:
        newest = await self._samples.newest(values)
        needed = {
            machine: self._meter.needed_since(each.time)
            for machine, each in newest.items()
            if each.time is not None
        }
        told = {
            machine: min(min(each.instant for each in values[machine]), since)
            for machine, since in needed.items()
        }
        sent = await self._samples.sent_since(told)
        filed = await self._samples.filed_since(
            {machine: since for machine, since in needed.items() if newest[machine].is_filed}
        )
        return {
            machine: self._history(
                newest[machine], needed.get(machine), sent.get(machine, ()), filed.get(machine, ())
            )
            for machine in values
        }

    def _history(
        self,
        newest: Newest,
        needed: datetime | None,
        sent: Sequence[LiveSample],
        filed: Sequence[LiveSample],
    ) -> History:
        seen = {each.time: each for each in (*filed, *sent)}
        if newest.time is None or needed is None:
            return History(None, (), seen, False)
        samples = filed if newest.is_filed else sent
        first = sum(each.time <= needed for each in samples)
        return History(newest.time, samples[max(first - 1, 0) :], seen, newest.is_filed)

    def _new(self, known: History, values: Iterable[Placed], outcome: Outcome) -> list[LiveSample]:
        """Samples that were not told before, in the order of time."""
        new: dict[datetime, LiveSample] = {}
        closed = None if known.newest is None else self._meter.open_since(known.newest)
        for each in values:
            sample = LiveSample(each.instant, each.value, each.said.serial)
            before = known.seen.get(sample.time) or new.get(sample.time)
            if before is not None:
                outcome.count(each.said, "same" if before == sample else Reason.CONTRADICTS_STORED)
            elif closed is not None and sample.time < closed:
                outcome.refuse(each.said, LiveReason.LATE)
            else:
                new[sample.time] = sample
                outcome.count(each.said, "stored")
        return [new[instant] for instant in sorted(new)]

    async def _move_ends(
        self, known: Mapping[UUID, History], new: Mapping[UUID, Sequence[LiveSample]]
    ) -> None:
        dropped, kept = {}, {}
        for machine, some in new.items():
            before = known[machine]
            together = _in_order(before.samples, some)
            old = set(tail_of(self._meter, before.samples, before.newest))
            tail = tail_of(self._meter, together, together[-1].time)
            is_inner = is_long_since_begun(self._meter, before.samples, before.newest)
            if is_inner and not before.is_filed:
                dropped[machine] = sorted(old - set(tail), key=_time)
            kept[machine] = tail if before.newest is not None else some
        await self._samples.move_ends(dropped, kept)

    async def _store_readings(
        self,
        known: Mapping[UUID, History],
        new: Mapping[UUID, Sequence[LiveSample]],
        names: Mapping[UUID, str],
        outcome: Outcome,
    ) -> None:
        readings: list[Reading] = []
        source = self._kind.source
        rates = await self._registers.highest_rates(self._kind, new)
        for machine, some in new.items():
            before = known[machine]
            together = _in_order(before.samples, some)
            found = metered(self._meter, together, before.newest, source.unit, rates[machine])
            readings += _readings(machine, found)
            outcome.remarks += [self._told(names[machine], each) for each in found.remarks]
        fates = await self._registers.store(self._kind, readings)
        for reading, fate in zip(readings, fates, strict=True):
            if isinstance(fate, (Reason, LiveReason)):
                name = f"{names[reading.machine_id]} {source.name}"
                outcome.remarks.append(f"{name}: {fate.value}, {_minute(reading.start)}")

    def _told(self, name: str, remark: Remark) -> str:
        """A line for the terminal."""
        amount = "" if remark.quantity is None else f", {remark.quantity:.6g} {remark.unit}"
        until = "" if remark.end is None else f" to {_minute(remark.end)}"
        code = remark.code.replace("_", " ")
        return f"{name} {self._kind.source.name}: {code}, {_minute(remark.start)}{until}{amount}"


def _readings(machine: UUID, found: Metered) -> list[Reading]:
    starts = moments_of(found.readings.start).tolist()
    quantities = found.readings.quantity.tolist()
    estimated = found.readings.is_estimated.tolist()
    return [
        Reading(machine, instant_of(start), quantity, is_estimated)
        for start, quantity, is_estimated in zip(starts, quantities, estimated, strict=True)
    ]


def _in_order(first: Sequence[LiveSample], second: Sequence[LiveSample]) -> list[LiveSample]:
    return sorted((*first, *second), key=_time)


def _time(sample: LiveSample) -> datetime:
    return sample.time


def _minute(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
