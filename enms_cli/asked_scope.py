"""The machines and the energy source that a person names at the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.names import are_alike
from enms_core.domain.question import Scope


def asked_scope(names: Sequence[str], catalogue: Catalogue) -> Scope:
    """Machines by name or alias, or all of a site; everything where none is named.

    ValueError tells what there is where a name is unknown.
    """
    if not names:
        ids = tuple(machine.id for machine in catalogue.home_machines)
        return Scope("all", ids, is_said=False)
    sites = [f for f in catalogue.factories for name in names if are_alike(f.name, name)]
    if len(names) == 1 and sites:
        machines = catalogue.machines_of([sites[0].id])
        return Scope("site", tuple(machine.id for machine in machines), sites[0].name)
    ids = tuple(dict.fromkeys(each.id for name in names for each in _named(name, catalogue)))
    return Scope("machines", ids)


def asked_sources(name: str | None, catalogue: Catalogue) -> tuple[str, ...]:
    """The energy source that is named."""
    if name is None:
        return ()
    found = [each.name for each in catalogue.sources if are_alike(each.name, name)]
    if not found:
        known = ", ".join(each.name for each in catalogue.sources)
        raise ValueError(f"no energy source is named {name!r}; there are {known or 'none'}")
    return (found[0],)


def _named(name: str, catalogue: Catalogue) -> Iterator[Machine]:
    found = [
        machine
        for machine in catalogue.machines
        if any(are_alike(each, name) for each in (machine.name, *machine.aliases))
    ]
    if not found:
        known = ", ".join(machine.name for machine in catalogue.machines[:12])
        raise ValueError(f"no machine is named {name!r}; there are {known or 'none'}")
    yield from found
