"""What state machines are in at the moment of the question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.evidence import Evidence
from enms_core.domain.question import Outcome
from enms_core.domain.status import StatusNow


@dataclass(frozen=True)
class MachineState:
    """A machine at `now`, in the local time of its factory; status is None where no history tells
    it.

    last_sign: the last that was heard of the machine, where that is too long ago to know how it is
    now: the status is that of then.
    """

    machine: Machine
    status: StatusNow | None
    now: datetime
    last_sign: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.status is not None and self.status.is_running

    def data(self) -> dict[str, object]:
        status = self.status
        since = status.since.astimezone(self.now.tzinfo) if status else None
        return {
            "machine": self.machine.name,
            "mode": status.mode if status else None,
            "is_running": status.is_running if status else None,
            "since": since.isoformat() if since else None,
            "duration_seconds": (self.now - since).total_seconds() if since else None,
            "last_sign": self.last_sign.isoformat() if self.last_sign else None,
        }


@dataclass(frozen=True, kw_only=True)
class MachineStatusAnswer(Answer):
    """The states of the machines of a question, by the status history up to now.

    Nobody is told the present by any other register: it may be older than the history.
    """

    machines: tuple[MachineState, ...]

    @property
    def known(self) -> tuple[MachineState, ...]:
        return tuple(state for state in self.machines if state.status is not None)

    @property
    def unknown(self) -> tuple[MachineState, ...]:
        return tuple(state for state in self.machines if state.status is None)

    @property
    def stale(self) -> tuple[MachineState, ...]:
        """The known states that are of another time: nothing was heard since."""
        return tuple(state for state in self.known if state.last_sign is not None)

    @property
    def running(self) -> int:
        return sum(state.is_running for state in self.machines)

    def data(self) -> dict[str, object]:
        return {
            "machines": [state.data() for state in self.machines],
            "running": self.running,
            "count": len(self.machines),
        }

    def evidence(self) -> Evidence:
        return Evidence(status_changes=len(self.known))


@dataclass(frozen=True, kw_only=True)
class NoStatus(Answer):
    """None of the machines has a status at the time that was asked about."""

    outcome: Outcome = "no_data"
