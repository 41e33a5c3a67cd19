"""What can be asked first about imported files: subjects, and calendar periods with readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import chain, islice, pairwise

from enms_core.analysis.grid import end_of
from enms_core.analysis.whole_periods import CalendarUnit, is_free_of, whole_periods
from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.imports import ProductionTarget, ReadingsTarget, StatusTarget, TargetReport
from enms_core.domain.period import Period, utc
from enms_core.services.importing import ImportedFile
from enms_core.storage.source_tables import plain_name

OLDEST = datetime.min.replace(tzinfo=timezone.utc)
LOOKED_AT = 60  # so many of the newest periods are looked at for one without a gap


@dataclass(frozen=True)
class Stretch:
    """A calendar period to ask about, and its unit."""

    unit: CalendarUnit
    period: Period


@dataclass(frozen=True)
class Subject:
    """One question to ask. before: the period that the first is compared with."""

    name: str
    machine: Machine | None = None
    source: str | None = None
    when: Stretch | None = None
    before: Stretch | None = None


def subjects_of(files: Sequence[ImportedFile], catalogue: Catalogue) -> Iterator[Subject]:
    """What may be asked, the best first: about the newest readings, then what goes with them."""
    told = [
        (machine, report)
        for file in files
        for report in file.report.targets
        for machine in _machines(file, report, catalogue)
    ]
    told.sort(key=lambda each: utc(each[1].last) if each[1].last else OLDEST, reverse=True)
    of_readings = (_of_readings(machine, report, catalogue) for machine, report in told)
    beside = (_beside(machine, report, catalogue) for machine, report in told)
    yield from chain.from_iterable(of_readings)
    yield from chain.from_iterable(beside)
    yield Subject("machines")


def _machines(file: ImportedFile, report: TargetReport, catalogue: Catalogue) -> list[Machine]:
    """The machine that a column was of; none where it has no rows, or is of no machine."""
    name, site = getattr(report.target, "machine", None), file.plan.site.name
    return [
        machine
        for machine in catalogue.machines
        if report.rows
        and machine.name == name
        and site in (None, catalogue.factory(machine.factory_id).name)
    ]


def _of_readings(machine: Machine, report: TargetReport, catalogue: Catalogue) -> Iterator[Subject]:
    target = report.target
    if not isinstance(target, ReadingsTarget):
        return
    source = plain_name(target.source)
    days, months, years = (
        _whole(unit, report, machine, catalogue) for unit in ("day", "month", "year")
    )
    newest = [*months, *days]
    for when in newest[:1]:
        yield Subject("energy", machine, source, when)
    for when in [*years, *newest][:1]:
        yield Subject("peak", machine, when=when)
    if _has_rivals(machine, source, catalogue):
        for when in newest[:1]:
            yield Subject("ranking", source=source, when=when)
    for when, before in islice(pairwise(months), 1):
        yield Subject("comparison", machine, source, when, before)
    for when in [*years, *months][:1]:
        yield Subject("trend", machine, source, when)


def _beside(machine: Machine, report: TargetReport, catalogue: Catalogue) -> Iterator[Subject]:
    names = {ProductionTarget: "production", StatusTarget: "status"}
    name = names.get(type(report.target))
    if name is not None:
        months = _whole("month", report, machine, catalogue)
        for when in (months or _whole("day", report, machine, catalogue))[:1]:
            yield Subject(name, machine, when=when)


def _has_rivals(machine: Machine, source: str, catalogue: Catalogue) -> bool:
    """Whether it is one of several machines that "the factory" means and that have the source."""
    return machine in catalogue.home_machines and any(
        each != machine and source in {other.name for other in catalogue.sources_of(each.id)}
        for each in catalogue.home_machines
    )


def _whole(
    unit: CalendarUnit, report: TargetReport, machine: Machine, catalogue: Catalogue
) -> list[Stretch]:
    """Whole periods of what was imported, the newest first; those without a gap before others."""
    if report.first is None or report.last is None:
        return []
    zone = catalogue.factory(machine.factory_id).zone
    end = utc(report.last)
    if report.interval is not None:
        end = end_of(report.last, report.interval, zone)
    if end <= utc(report.first):
        return []
    found = list(islice(whole_periods(unit, Period(report.first, end), zone), LOOKED_AT))
    found.sort(key=lambda period: not is_free_of(report.gaps, period))
    return [Stretch(unit, period) for period in found]
