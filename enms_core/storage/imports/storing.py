"""Storing a file: all its columns in one transaction, or nothing; a second time changes nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, cast

from enms_core.analysis.import_chunk import FileChunk
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    FilePlan,
    FileReport,
    ProductionTarget,
    ReadingsTarget,
    StatusTarget,
    Target,
    TargetReport,
    writable,
)
from enms_core.storage.audit import Facts, person, record
from enms_core.storage.bulk import driver_connection
from enms_core.storage.imports.companions import Companion, CompanionIn, companion_in
from enms_core.storage.imports.destination import Place, find_factory, new_machines
from enms_core.storage.imports.import_lock import wait_for_other_writers
from enms_core.storage.imports.intake import open_intake
from enms_core.storage.imports.intervals import IntervalsIn, intervals_in
from enms_core.storage.imports.samples import SamplesIn
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.source_tables import plain_name

# A role's own limit of time is not for years of readings.
PATIENCE = "SET LOCAL statement_timeout = 0"
OF_MACHINES = (ReadingsTarget, ProductionTarget, StatusTarget)

ColumnIn: TypeAlias = IntervalsIn | SamplesIn | CompanionIn
Progress = Callable[[float], None]


async def store_file(
    registers: RegisterStore,
    plan: FilePlan,
    chunks: Iterator[FileChunk],
    *,
    replace: bool,
    dry_run: bool,
    progress: Progress,
) -> FileReport:
    """Store a file's columns in one transaction; what became of them.

    plan: complete. chunks: of the file, read in a thread while the server stores those before.
    replace: what is stored gives way to the file, and its earlier rows to its later ones. dry_run:
    all is done and taken back. progress: is told the part of the file that is stored [0-1]. Raises
    ImportFailed, with nothing stored, for a file that cannot be read to its end, of which more than
    1 % of the rows are refused, or that has no place where it should go.
    """
    async with registers.session() as session:
        connection = await driver_connection(session)
        await connection.execute(PATIENCE)  # also for those who write now
        await wait_for_other_writers(connection)
        factory = await find_factory(session, plan.site, machines_of(plan))
        place = Place(session, connection, factory)
        new = await new_machines(place, machines_of(plan))
        columns = await _open(place, plan, replace=replace)
        await _take_all(columns, chunks, progress)
        reports = await _finish(columns, replace=replace)
        for report in reports:
            await record(session, person(), "import", None, _facts(plan, report))
        if dry_run:
            await session.rollback()
    return FileReport(path=plan.path, targets=reports, new_machines=new)


def machines_of(plan: FilePlan) -> list[str]:
    """The machines that a file tells of."""
    return [each.machine for each in plan.targets if isinstance(each, OF_MACHINES)]


async def _open(place: Place, plan: FilePlan, *, replace: bool) -> list[ColumnIn]:
    """A way in for each target, in the order of the plan."""
    goals = Counter(map(_goal, plan.targets))
    columns: list[ColumnIn] = []
    for number, target in enumerate(plan.targets):
        if not isinstance(target, ReadingsTarget):
            columns.append(await companion_in(place, number, cast("Companion", target)))
            continue
        intake = await open_intake(place, number, target, plan.format, replace=replace)
        if target.kind == "interval":
            columns.append(await intervals_in(intake, is_alone=goals[_goal(target)] == 1))
        else:
            columns.append(SamplesIn(intake, plan.format.stamp))
    return columns


def _goal(target: Target) -> tuple[str, str] | None:
    """What two columns of one file may share: a machine's source."""
    if not isinstance(target, ReadingsTarget):
        return None
    return target.machine, plain_name(target.source)


async def _take_all(
    columns: Sequence[ColumnIn], chunks: Iterator[FileChunk], progress: Progress
) -> None:
    """Take a chunk in while the next one is read; both end before an error goes on."""
    chunk = await asyncio.to_thread(next, chunks, None)
    while chunk is not None:
        following, taken = await asyncio.gather(
            asyncio.to_thread(next, chunks, None), _take(columns, chunk), return_exceptions=True
        )
        for outcome in (taken, following):
            if isinstance(outcome, BaseException):
                raise outcome
        progress(chunk.done)
        chunk = cast("FileChunk | None", following)


async def _take(columns: Sequence[ColumnIn], chunk: FileChunk) -> None:
    for rows in chunk.targets:
        await columns[rows.target].take(rows)


async def _finish(columns: Sequence[ColumnIn], *, replace: bool) -> list[TargetReport]:
    """Store what waits: readings first; pieces that are good go into rows of pieces made."""
    reports = {}
    for number, column in sorted(enumerate(columns), key=lambda each: _rank(each[1])):
        reports[number] = await column.finish(replace=replace)
    if not any(column.tally.rows for column in columns):
        raise ImportFailed("there is no value in the file")
    return [reports[number] for number in sorted(reports)]


def _rank(column: ColumnIn) -> int:
    return column.rank if isinstance(column, CompanionIn) else -1


def _facts(plan: FilePlan, report: TargetReport) -> Facts:
    """What the audit log tells of a column; quantity in `unit`."""
    target = report.target
    return {
        "machine": getattr(target, "machine", None),
        "source": getattr(target, "source", None),
        "file": writable(plan.path.name),
        "column": target.column,
        "rows": report.rows,
        "stored": report.stored,
        "replaced": report.replaced,
        "rejected": len(report.rejections),
        "quantity": report.quantity,
        "unit": report.unit,
        "kwh_per_unit": getattr(target, "kwh_per_unit", None),
        "first": None if report.first is None else report.first.isoformat(),
        "last": None if report.last is None else report.last.isoformat(),
    }
