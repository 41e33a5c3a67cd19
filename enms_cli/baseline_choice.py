"""What the baseline commands share: the database opened, the SEU and the version that are meant."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timezone

from enms_cli.baseline_output import refusal
from enms_cli.days import Moment, begin_of, end_of, moment, written
from enms_cli.faults import CommandFailed
from enms_cli.opening import opened
from enms_cli.seu_names import seu_named
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import BaselinesOfSeu, VersionUnknown
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import utc
from enms_core.domain.seu import SeuOfSource
from enms_core.services.baseline_versions import in_local_time
from enms_core.services.training import question_of
from enms_core.settings import Settings
from enms_core.storage.baselines import baselines_of
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store


@dataclass(frozen=True)
class Span:
    """--from and --to as they were given."""

    begin: Moment | None
    end: Moment | None

    @property
    def is_given(self) -> bool:
        return self.begin is not None or self.end is not None


@dataclass(frozen=True)
class Works:
    """An opened database with its registers, at one instant."""

    store: Store
    catalogue: Catalogue
    now: datetime

    def seu(self, options: argparse.Namespace) -> SeuOfSource:
        return seu_named(options.seu, options.source, self.catalogue)

    async def versions(self, of: SeuOfSource) -> BaselinesOfSeu:
        """All versions of an SEU."""
        (known,) = await self.versions_of_all((of,))
        return known

    async def versions_of_all(self, seus: Sequence[SeuOfSource]) -> list[BaselinesOfSeu]:
        """The same for several, also for those that have none."""
        found = await baselines_of(self.store.readings, [of.seu.id for of in seus])
        return [
            BaselinesOfSeu(of, in_local_time(found.get(of.seu.id, ()), of, self.catalogue))
            for of in seus
        ]


@asynccontextmanager
async def works(options: argparse.Namespace, settings: Settings) -> AsyncIterator[Works]:
    """The database that the settings name."""
    given = getattr(options, "now", None)
    said = moment(given) if given is not None else None
    async with opened(settings, options.empty) as store:
        catalogue = await load_catalogue(store.registers, settings.site)
        now = datetime.now(timezone.utc) if said is None else begin_of(said, catalogue.zone)
        yield Works(store, catalogue, now)


def span_of(options: argparse.Namespace) -> Span:
    """Raises ValueError for what is no day or time."""
    begin, end = options.begin, options.end
    return Span(begin and moment(begin), end and moment(end))


def bounds(
    span: Span, of: SeuOfSource, catalogue: Catalogue
) -> tuple[datetime | None, datetime | None]:
    """The instants that are meant, days and times without an offset in the zone of the machines.
    Raises ValueError where no time lies between them."""
    zone = catalogue.zone_of(of.seu.machine_ids)
    begin = None if span.begin is None else begin_of(span.begin, zone)
    end = None if span.end is None else end_of(span.end, zone)
    if span.begin and span.end and begin and end and utc(end) <= utc(begin):
        raise ValueError(f"--to {written(span.end)} must come after --from {written(span.begin)}")
    return begin, end


def version_of(known: BaselinesOfSeu, number: int | None) -> Baseline:
    """The version of a number; without one the active one, else the newest. Raises
    CommandFailed."""
    if not known.versions:
        name = known.of.seu.name
        raise CommandFailed(f"{name} has no baseline yet; train one: enms train {name!r}")
    if number is None:
        return known.active or known.versions[0]
    found = [each for each in known.versions if each.version == number]
    if not found:
        raise CommandFailed(refusal(unknown_version(known, number)))
    return found[0]


def unknown_version(known: BaselinesOfSeu, number: int) -> VersionUnknown:
    return VersionUnknown(
        question=question_of(known.of),
        of=known.of,
        asked=number,
        versions=tuple(each.version for each in known.versions),
    )
