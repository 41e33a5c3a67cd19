"""What was used while each price or carbon factor held."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import fsum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from enms_core.domain.answer import DataIssue
from enms_core.domain.carbon import Emissions
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.period import Period
from enms_core.domain.rated import Unrated
from enms_core.domain.tariff import Cost
from enms_core.domain.use import MachineUse, SourceUse
from enms_core.services.context import Context
from enms_core.services.usage import Usage
from enms_core.storage.series import consumption_by


class Stretch(Protocol):
    """Half-open stretch [UTC] in which one rule holds."""

    @property
    def start(self) -> datetime: ...

    @property
    def end(self) -> datetime: ...

    @property
    def rule(self) -> object: ...


Held = TypeVar("Held", bound=Stretch)
Sum = TypeVar("Sum", Cost, Emissions)
OfSource = TypeVar("OfSource")
# A period of a site and a source, cut wherever another rule begins to hold.
Cut = Callable[[Period, Factory, EnergySource], Sequence[Held]]
# What a machine used of a source while a rule held, in the source's unit; under the first stretch.
Rated = list[tuple[Held, float]]
# (factory id, energy source id) of what has prices or factors at all.
Rules = Container[tuple[UUID, UUID]]
_Read = tuple[MachineUse, SourceUse]


@dataclass(frozen=True)
class Codes:
    """Issues of one kind of rule: none at all, none that covers the time, produced here."""

    absent: str
    missing: str
    produced: str


async def rated_uses(
    usage: Usage, context: Context, cut: Cut[Held]
) -> dict[tuple[UUID, str], Rated[Held]]:
    """What was used while each rule held, by machine and source; rules without readings left out.

    One query for each site and source, none where one stretch is the whole period.
    """
    groups: dict[tuple[UUID, str], list[_Read]] = {}
    for machine, use in _read(usage):
        groups.setdefault((machine.machine.factory_id, use.source.name), []).append((machine, use))
    found = await asyncio.gather(*(_of_site(group, context, cut) for group in groups.values()))
    by_key = {key: rated for each in found for key, rated in each.items()}
    return {
        (machine.machine.id, use.source.name): by_key[machine.machine.id, use.source.name]
        for machine, use in _read(usage)
    }


def _read(usage: Usage) -> Iterator[_Read]:
    """Machines and sources with readings."""
    return ((machine, use) for machine in usage.machines for use in machine.uses if use.readings)


async def _of_site(
    group: Sequence[_Read], context: Context, cut: Cut[Held]
) -> dict[tuple[UUID, str], Rated[Held]]:
    """Of machines of one site, which have the same periods, and one source."""
    first, source = group[0][0], group[0][1].source
    site = context.catalogue.factory(first.machine.factory_id)
    whole = cut(first.period, site, source)
    if len(whole) == 1:
        return {(m.machine.id, source.name): [(whole[0], use.quantity)] for m, use in group}
    is_one = len(first.periods) == 1
    stretches = whole if is_one else [e for p in first.periods for e in cut(p, site, source)]
    ids = [machine.machine.id for machine, _ in group]
    rated = await by_rule(source, ids, stretches, context)
    return {(id_, source.name): each for id_, each in rated.items()}


async def by_rule(
    source: EnergySource, machine_ids: Sequence[UUID], stretches: Sequence[Held], context: Context
) -> dict[UUID, Rated[Held]]:
    """What machines used while each rule held: the stretches of one rule together, under the first
    of them. They do not overlap; between them lie others that nobody asked about."""
    first: dict[object, Held] = {}
    for stretch in stretches:
        first.setdefault(stretch.rule, stretch)
    place = {rule: number for number, rule in enumerate(first)}
    group_at = {stretch.start: place[stretch.rule] for stretch in stretches}
    edges = sorted({edge for each in stretches for edge in (each.start, each.end)})
    groups = [group_at.get(edge) for edge in edges[:-1]]
    found = await consumption_by(context.store.readings, source, machine_ids, edges, groups)
    return {
        id_: [
            (each, use.quantity)
            for each, use in zip(first.values(), uses, strict=True)
            if use.readings
        ]
        for id_, uses in found.items()
    }


def in_use(rated: Rated[Held], has_rule: Callable[[Held], bool]) -> Rated[Held]:
    """The stretches in which something was used: where nothing was, no price is missing, and no
    other currency is called for. Where nothing was used at all, one that has a price or factor."""
    used = [(stretch, quantity) for stretch, quantity in rated if quantity]
    return used or [each for each in rated if has_rule(each[0])][:1]


class Sums(Protocol):
    """The cost or the emissions of one machine and source."""

    @property
    def bases(self) -> frozenset[Any]: ...

    @property
    def missing_quantity(self) -> float: ...


def sum_of_machine(
    found: Mapping[tuple[UUID, str], Sum],
    machine_id: UUID,
    start: Sum,
    names: Container[str] | None = None,
) -> Sum:
    """What one machine's energy cost or emitted, added to nothing: of the sources of these names,
    of all where none are given."""
    own = (
        each
        for (id_, name), each in found.items()
        if id_ == machine_id and (names is None or name in names)
    )
    return sum(own, start)


def by_source(
    usage: Usage,
    found: Mapping[tuple[UUID, str], Sum],
    build: Callable[[EnergySource, float, Sum], OfSource],
    total: Callable[[Iterable[Sum]], Sum],
) -> tuple[OfSource, ...]:
    """The sources with readings, machines together."""
    return tuple(
        build(
            use.source,
            use.quantity,
            total(each for (_, name), each in found.items() if name == use.source.name),
        )
        for use in usage.totals
        if use.readings
    )


def unrated(
    usage: Usage, sums: Mapping[tuple[UUID, str], Sums], rules: Rules, context: Context
) -> tuple[Unrated, ...]:
    """What has no price or factor, by site and source. What was not used at all counts only where
    there is neither."""
    groups: dict[tuple[UUID, str], list[Sums]] = {}
    for machine, use in _read(usage):
        key = machine.machine.factory_id, use.source.name
        groups.setdefault(key, []).append(sums[machine.machine.id, use.source.name])
    used = {use.source.name: use for use in usage.totals}
    found = (
        _unrated(used[name], context.catalogue.factory(site_id), same, rules)
        for (site_id, name), same in groups.items()
    )
    return tuple(each for each in found if each is not None)


def _unrated(use: SourceUse, site: Factory, sums: Sequence[Sums], rules: Rules) -> Unrated | None:
    quantity = fsum(each.missing_quantity for each in sums)
    if not quantity and any(each.bases for each in sums):
        return None
    share = 100.0 * quantity / use.quantity if use.quantity else None
    return Unrated(use.source, site, quantity, share, (site.id, use.source.id) in rules)


def issues_of(
    usage: Usage, rated: Container[str], missing: Sequence[Unrated], codes: Codes, context: Context
) -> tuple[DataIssue, ...]:
    """What is doubtful about a sum: what has no price or factor, what is not in it because it is
    produced here, and the readings.

    rated: names of the sources that have an amount.
    """
    ids = usage.question.scope.machine_ids
    sites = {context.catalogue.machine(id_).factory_id for id_ in ids}
    return (
        *(
            each.issue(codes.missing if each.has_rows else codes.absent, len(sites) > 1)
            for each in missing
            if each.quantity
        ),
        *(
            DataIssue(codes.produced, {"energy_source": use.source.name})
            for use in usage.totals
            if use.source.name in rated and not use.source.is_purchased
        ),
        *usage.issues,
    )
