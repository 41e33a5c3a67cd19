"""Machines as another program needs them to ask on: what of them it can name."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Catalogue, Factory, Machine
from enms_core.domain.listing import MachineList


def machines_data(answer: Answer | None, catalogue: Catalogue) -> dict[str, object]:
    """The machines of a list with their other names, energy sources and SEUs; nothing of any other
    answer."""
    if not isinstance(answer, MachineList):
        return {}
    return {"machines": [_machine(each, site, catalogue) for each, site in answer.machines]}


def _machine(machine: Machine, factory: Factory, catalogue: Catalogue) -> dict[str, object]:
    return {
        "machine": machine.name,
        "aliases": list(machine.aliases),
        "type": machine.type or None,
        "factory": factory.name,
        "timezone": factory.timezone,
        "currency": factory.currency,
        "energy_sources": [source.name for source in catalogue.sources_of(machine.id)],
        "seus": [seu.name for seu in catalogue.seus if machine.id in seu.machine_ids],
    }
