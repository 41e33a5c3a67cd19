"""What another program names, in the registers: machines, a site, an energy source, an SEU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.catalogue import Catalogue, Factory, Machine
from enms_core.domain.names import are_alike
from enms_core.domain.question import Scope
from enms_core.domain.seu import SeuOfSource
from enms_core.services.request_faults import Fault, FaultCode, RequestRefused, options, quoted
from enms_core.services.request_fields import ScopeFields, SeuFields
from enms_core.services.seus import all_seus, scope_of


@dataclass(frozen=True)
class Named:
    """The machines and energy sources that a request is about."""

    scope: Scope
    sources: tuple[str, ...]


def named_in(fields: ScopeFields, catalogue: Catalogue) -> Named:
    """What is named; everything where nothing is. Raises RequestRefused."""
    seu = fields.seu if isinstance(fields, SeuFields) else None
    if seu is not None:
        return _of_seu(seu, fields, catalogue)
    factory = None if fields.site is None else _factory(fields.site, catalogue)
    return Named(_scope(fields, factory, catalogue), _sources(fields.energy_source, catalogue))


def _of_seu(name: str, fields: ScopeFields, catalogue: Catalogue) -> Named:
    for other in ("machines", "site", "energy_source"):
        if getattr(fields, other) is not None:
            message = "seu names the machines and the energy source by itself"
            raise RequestRefused(Fault("fields_conflict", message, other))
    seus = all_seus(catalogue)
    found: list[SeuOfSource] = [of for of in seus if are_alike(of.seu.name, name)]
    if not found:
        raise _unknown("unknown_seu", "SEU", name, "seu", [of.seu.name for of in seus])
    if len(found) > 1:
        message = f"several SEUs are named {quoted(name)}; name machines and energy_source"
        raise RequestRefused(Fault("ambiguous", message, "seu"), "clarify")
    return Named(scope_of(found[0]), (found[0].source.name,))


def _factory(name: str, catalogue: Catalogue) -> Factory:
    found = next((each for each in catalogue.factories if are_alike(each.name, name)), None)
    if found is None:
        known = [each.name for each in catalogue.factories]
        raise _unknown("unknown_site", "site", name, "site", known)
    return found


def _scope(fields: ScopeFields, factory: Factory | None, catalogue: Catalogue) -> Scope:
    there = catalogue.machines if factory is None else catalogue.machines_of((factory.id,))
    if fields.machines is None:
        if factory is not None:
            return Scope("site", tuple(machine.id for machine in there), factory.name)
        ids = tuple(machine.id for machine in catalogue.home_machines)
        return Scope("all", ids, is_said=False)
    names = [fields.machines] if isinstance(fields.machines, str) else fields.machines
    machines = [_machine(name, there, catalogue) for name in names]
    return Scope("machines", tuple(dict.fromkeys(machine.id for machine in machines)))


def _machine(name: str, there: Sequence[Machine], catalogue: Catalogue) -> Machine:
    """The one machine of a name, or else of an alias."""
    found = [each for each in there if are_alike(each.name, name)]
    found = found or [each for each in there if any(are_alike(a, name) for a in each.aliases)]
    if not found:
        known = [each.name for each in there]
        raise _unknown("unknown_machine", "machine", name, "machines", known)
    if len(found) > 1:
        raise _several(name, found, catalogue)
    return found[0]


def _several(name: str, found: Sequence[Machine], catalogue: Catalogue) -> RequestRefused:
    """Machines of one alias are told apart by their names, those of one name by their sites."""
    names = options(machine.name for machine in found)
    is_by_name = len(names) == len(found)
    field = "machines" if is_by_name else "site"
    sites = options(catalogue.factory(machine.factory_id).name for machine in found)
    message = f"several machines are named {quoted(name)}"
    fault = Fault("ambiguous", message, field, names if is_by_name else sites)
    return RequestRefused(fault, "clarify")


def _sources(name: str | None, catalogue: Catalogue) -> tuple[str, ...]:
    if name is None:
        return ()
    known = [each.name for each in catalogue.sources]
    found = next((each for each in known if are_alike(each, name)), None)
    if found is None:
        raise _unknown("unknown_source", "energy source", name, "energy_source", known)
    return (found,)


def _unknown(
    code: FaultCode, what: str, name: str, field: str, known: Sequence[str]
) -> RequestRefused:
    fault = Fault(code, f"no {what} is named {quoted(name)}", field, options(known))
    outcome = "unknown_source" if code == "unknown_source" else "unknown_machine"
    return RequestRefused(fault, outcome, name)  # type: ignore[arg-type]
