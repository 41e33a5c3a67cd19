"""Values of messages on their way to the database: whose each is, when it was, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from enms_core.analysis.grid import instant_of
from enms_core.domain.imports import Reason
from enms_core.domain.messages import BatchReport, LiveReason, Refusal
from enms_core.files.mapping import ListenRule
from enms_core.services.live_messages import Said, Wrong
from enms_core.storage.live_meters import Machine
from enms_core.storage.live_readings import Fate
from enms_core.storage.registers import EnergySourceRow

# Before it no meter sent messages; a clock that was never set begins in 1970.
EARLIEST = datetime(2000, 1, 1, tzinfo=timezone.utc)
# Clocks of meters are a little fast; intervals are known when they are over.
MOST_AHEAD = timedelta(hours=1)
UTC = timezone.utc


@dataclass(frozen=True)
class LiveRule:
    """A rule with its source; factor: how many of the source's units one of the rule's is."""

    rule: ListenRule
    source: EnergySourceRow
    factor: float


@dataclass(frozen=True)
class Placed:
    """A value with its machine; in the unit of the source, of power in that unit per hour."""

    said: Said
    machine: Machine
    instant: datetime
    value: float


@dataclass
class Outcome:
    """What became of the values of a batch, as they are dealt with."""

    stored: int = 0
    duplicates: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def refuse(self, said: Said, reason: Reason | LiveReason, detail: str = "") -> None:
        self.refusals.append(Refusal(said.message, reason, detail))

    def count(self, said: Said, fate: Fate) -> None:
        if fate == "stored":
            self.stored += 1
        elif fate == "same":
            self.duplicates += 1
        else:
            self.refuse(said, fate)

    def report(self) -> BatchReport:
        return BatchReport(
            stored=self.stored,
            duplicates=self.duplicates,
            refusals=self.refusals,
            remarks=self.remarks,
        )


def placed(
    said: Iterable[Said],
    rules: Sequence[LiveRule],
    machines: Mapping[str, Machine],
    now: datetime,
    outcome: Outcome,
) -> list[Placed]:
    """Values with their machines and instants, in their order; others are refused."""
    found = []
    for each in said:
        machine, live = machines.get(each.machine), rules[each.rule]
        if machine is None:
            outcome.refuse(each, LiveReason.UNKNOWN_MACHINE, each.machine)
            continue
        try:
            instant = _instant(each, ZoneInfo(live.rule.timezone or machine.zone), now)
        except Wrong as wrong:
            outcome.refuse(each, wrong.reason)
        else:
            found.append(Placed(each, machine, instant, each.value * live.factor))
    return found


def _instant(said: Said, zone: ZoneInfo, now: datetime) -> datetime:
    """When it was. Of a wall time that comes twice only an order of rows could tell which one is
    meant, and messages have none."""
    written = instant_of(said.wall_us)
    if said.offset_us is not None:
        instant = written - timedelta(microseconds=said.offset_us)
    else:
        wall = written.replace(tzinfo=zone)
        instant = wall.astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
            raise Wrong(Reason.SKIPPED_TIME)
        if wall.replace(fold=1).astimezone(UTC) != instant:
            raise Wrong(LiveReason.REPEATED_TIME)
    if not EARLIEST <= instant <= now + MOST_AHEAD:
        raise Wrong(LiveReason.WRONG_CLOCK)
    return instant
