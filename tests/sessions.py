"""Ten conversations in which a mix-up would show: each about its own machine, seldom by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ROUNDS = 3
# Of the demo plant with its second country.
MACHINES = (
    *("Compressor-1", "HVAC-Main", "Conveyor-A", "Hydraulic-Pump-1", "Injection-Molding-1"),
    *("Boiler-1", "Compressor-EU-1", "HVAC-EU-North", "Compressor-US-1", "Conveyor-US-1"),
)
# Which compressor is meant: how it is chosen, in the order in which they are offered.
CHOICES = (
    ("the first one", "Compressor-1"),
    ("the second one", "Compressor-EU-1"),
    ("the third one", "Compressor-US-1"),
)


@dataclass(frozen=True)
class Said:
    """A question, and the machine that its answer names; None where it names none."""

    text: str
    machine: str | None = None
    outcome: str = "answered"


def conversations() -> dict[str, list[Said]]:
    """Thirty questions a session, by the session's name: its machine's."""
    return {
        machine: [said for _ in range(ROUNDS) for said in _round(machine, *CHOICES[number % 3])]
        for number, machine in enumerate(MACHINES)
    }


def _round(machine: str, reply: str, chosen: str) -> Iterator[Said]:
    yield Said(f"how much energy did {machine} use in october 2026", machine)
    yield Said("and last week", machine)
    yield Said("and the cost", machine)
    yield Said("say that again", machine)
    yield Said("how do you know that")
    yield Said("how much energy did the compressor use in october 2026", outcome="clarify")
    yield Said(reply, chosen)
    yield Said("and yesterday", chosen)
    yield Said(f"how much electricity did {machine} use last week", machine)
    yield Said("say that again", machine)
