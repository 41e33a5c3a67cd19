"""Importing files: all plans are checked first, then each file is stored in its own transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from enms_core.domain.errors import EnmsError, ImportFailed, StorageError
from enms_core.domain.imports import FilePlan, FileReport, ReadingsTarget, Target
from enms_core.files.guessing import Adviser, settled
from enms_core.files.series import read
from enms_core.storage.imports.destination import find_source, known_zone, site_zone
from enms_core.storage.imports.intake import unit_factor
from enms_core.storage.imports.seus import check_seus, make_seus
from enms_core.storage.imports.storing import machines_of, store_file
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.source_tables import plain_name
from enms_core.storage.store import Store

Progress = Callable[[Path, float], None]  # the file, and the part of it [0-1] that is done


@dataclass(frozen=True)
class ImportedFile:
    """A file that was stored: its plan as settled, the factory's time zone, what became of it."""

    plan: FilePlan
    zone: ZoneInfo
    report: FileReport


@dataclass(frozen=True)
class Imported:
    """What an import did. failures: files of which nothing was stored, and why; the others are
    stored all the same. seus: significant energy uses that are new; none where a file failed, they
    are registered when the import is done again. faults: what could not be done after the files
    were stored."""

    files: Sequence[ImportedFile]
    failures: Sequence[tuple[Path, EnmsError]] = ()
    seus: Sequence[str] = ()
    faults: Sequence[str] = ()


@dataclass(frozen=True)
class _Ready:
    """A plan that has been checked. stamps: the zone of stamps without an offset."""

    plan: FilePlan
    zone: ZoneInfo
    stamps: ZoneInfo


async def import_files(
    store: Store,
    plans: Sequence[FilePlan],
    *,
    adviser: Adviser,
    progress: Progress,
    replace: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Store files, then bring the rollups up to date and register the significant energy uses.

    A plan that cannot be carried out raises ImportFailed before any file is stored: an unknown zone
    or source, a column that is not there, something left open that the adviser does not decide.
    replace: values of the files take the place of stored ones. dry_run: the same work and reports,
    and nothing is stored.
    """
    registers = store.registers
    await check_seus(registers, plans)
    ready = [await _named(plan.path, _checked(registers, plan, adviser)) for plan in plans]
    files: list[ImportedFile] = []
    failures: list[tuple[Path, EnmsError]] = []
    for each in ready:
        try:
            report = await _stored(registers, each, progress, replace=replace, dry_run=dry_run)
            files.append(ImportedFile(each.plan, each.zone, report))
        except (ImportFailed, StorageError) as error:  # what was stored before must be told
            failures.append((each.plan.path, error))
    done = Imported(files, failures)
    return done if dry_run or not files else await _followed_up(store, plans, done)


async def _followed_up(store: Store, plans: Sequence[FilePlan], done: Imported) -> Imported:
    """Everything that comes after the files; a fault in it leaves what is stored to be told."""
    seus, faults = [], []
    if not done.failures:  # else one of several machines might never come into its use
        try:
            seus = await make_seus(store.registers, plans)
        except ImportFailed as error:
            faults.append(error.reason)
        except StorageError as error:
            faults.append(str(error))
    try:
        await store.refresh_rollups()
    except StorageError as error:
        faults.append(str(error))
    return changed(done, seus=seus, faults=faults)


async def _named(path: Path, checking: Awaitable[_Ready]) -> _Ready:
    """What is checked; a refusal tells which of the files it is about."""
    try:
        return await checking
    except ImportFailed as error:
        is_named = error.reason.startswith(path.name)
        reason = error.reason if is_named else f"{path.name}: {error.reason}"
        raise ImportFailed(reason, error.line, path) from error


async def _checked(registers: RegisterStore, plan: FilePlan, adviser: Adviser) -> _Ready:
    zone = await site_zone(registers, plan.site, machines_of(plan))
    async with registers.session() as session:
        sources = {name: await find_source(session, name) for name in _sources(plan)}
    complete = settled(plan, _zone_of_stamps(plan, zone), adviser)
    _refuse_two_for_one_place(complete)
    for target in complete.targets:
        if isinstance(target, ReadingsTarget):
            unit_factor(target, sources[target.source])
    return _Ready(complete, zone, _zone_of_stamps(complete, zone))


def _refuse_two_for_one_place(plan: FilePlan) -> None:
    """Two columns of one source of a machine: the second would contradict or replace the first."""
    seen: dict[Hashable, str] = {}
    for target in plan.targets:
        place = _place(target)
        if place in seen:
            both = f"{seen[place]!r} and {target.column!r}"
            raise ImportFailed(f"columns {both} go to one place")
        seen[place] = target.column


def _place(target: Target) -> Hashable:
    """What only one column tells: of some rows, a machine's source, a state, pieces, weather."""
    if isinstance(target, ReadingsTarget):
        return target.rows, target.machine, plain_name(target.source)
    machine, quantity = (getattr(target, name, None) for name in ("machine", "quantity"))
    return target.rows, type(target), machine, quantity


def _zone_of_stamps(plan: FilePlan, site: ZoneInfo) -> ZoneInfo:
    """The zone of stamps without an offset: the file's own, where that is said or found."""
    return site if plan.format.timezone is None else known_zone(plan.format.timezone)


async def _stored(
    registers: RegisterStore, ready: _Ready, progress: Progress, *, replace: bool, dry_run: bool
) -> FileReport:
    return await store_file(
        registers,
        ready.plan,
        read(ready.plan, ready.stamps),
        replace=replace,
        dry_run=dry_run,
        progress=partial(progress, ready.plan.path),
    )


def _sources(plan: FilePlan) -> Iterable[str]:
    return {target.source: None for target in plan.targets if isinstance(target, ReadingsTarget)}
