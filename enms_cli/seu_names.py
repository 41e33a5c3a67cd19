"""The SEU (significant energy use) that a person names at the terminal: by its name, or by that of
its machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.names import folded
from enms_core.domain.seu import SeuOfSource
from enms_core.services.seus import all_seus

# Names at least this much alike [%] are offered in place of one that is unknown, so many at most.
ALIKE_PERCENT = 55
MOST_OFFERED = 3


def seu_named(name: str, source: str | None, catalogue: Catalogue) -> SeuOfSource:
    """The one SEU of a name and, where it is given, an energy source. ValueError tells what else
    could be meant where there is not one."""
    seus = all_seus(catalogue)
    if source is not None:
        seus = _of_source(seus, source, catalogue)
    found = [of for of in seus if folded(of.seu.name) == folded(name)]
    found = found or [of for of in seus if folded(name) in set(_machine_names(of))]
    if not found:
        raise ValueError(_unknown("SEU", name, _all_names(seus)))
    if len(found) > 1:
        meant = ", ".join(f"{of.seu.name} ({of.source.name})" for of in found)
        raise ValueError(
            f"several SEUs may be meant by {name!r}: {meant}; --source tells them apart"
        )
    return found[0]


def _of_source(
    seus: Sequence[SeuOfSource], source: str, catalogue: Catalogue
) -> tuple[SeuOfSource, ...]:
    names = [each.name for each in catalogue.sources]
    if folded(source) not in map(folded, names):
        raise ValueError(_unknown("energy source", source, names))
    return tuple(of for of in seus if folded(of.source.name) == folded(source))


def _machine_names(of: SeuOfSource) -> Iterable[str]:
    for machine in of.machines:
        yield from map(folded, (machine.name, *machine.aliases))


def _all_names(seus: Sequence[SeuOfSource]) -> list[str]:
    machines = [machine.name for of in seus for machine in of.machines]
    return list(dict.fromkeys([*(of.seu.name for of in seus), *machines]))


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    alike = process.extract(
        name,
        known,
        scorer=fuzz.WRatio,
        processor=folded,
        limit=MOST_OFFERED,
        score_cutoff=ALIKE_PERCENT,
    )
    offered = [found[0] for found in alike]
    if offered:
        return f"no {what} is named {name!r}; is it {' or '.join(map(repr, offered))}?"
    return f"no {what} is named {name!r}; there are {', '.join(known[:12]) or 'none'}"
