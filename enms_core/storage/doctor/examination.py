"""The examination of a database: all checks, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enms_core.domain.finding import Finding, Severity
from enms_core.storage.database import Database
from enms_core.storage.doctor import tables
from enms_core.storage.doctor.columns import (
    Columns,
    Source,
    feature_tables,
    load_columns,
    load_sources,
    missing,
)
from enms_core.storage.doctor.readings import readings_of
from enms_core.storage.doctor.registers import check_registers
from enms_core.storage.doctor.series import check_series
from enms_core.storage.doctor.statement import Scope
from enms_core.storage.doctor.values import check_values

SEVEREST_FIRST = tuple(Severity)


async def examine(database: Database, scope: Scope) -> Sequence[Finding]:
    """Everything found wrong, missing or doubtful in the readings and the registers.

    Errors first, then by table, code, machine and time. Tables and columns that a check needs and
    the database has not are findings too (not_examined). Give the database a statement timeout of
    minutes: a check reads whole tables.
    """
    columns = await load_columns(database)
    sources = await load_sources(database)
    found = list(_unreadable(sources, columns))
    readable = [each for each in sources if missing(columns, each.table, each.named) is None]
    for source in readable:
        readings = readings_of(source, columns)
        found += await check_values(database, scope, readings)
        found += await check_series(database, scope, readings)
    found += await _check_readings_tables(database, scope, columns, readable)
    found += await _check_tables_beside(database, scope, columns, readable)
    found += await check_registers(database, scope, columns)
    return sorted(found, key=_rank)


def _unreadable(sources: Sequence[Source], columns: Columns) -> Iterator[Finding]:
    for source in sources:
        absent = missing(columns, source.table, source.named)
        if absent is not None:
            facts = {"missing": absent, "source": source.name}
            yield Finding("not_examined", source.table or "energy_sources", facts=facts)


async def _check_readings_tables(
    database: Database, scope: Scope, columns: Columns, sources: Sequence[Source]
) -> Sequence[Finding]:
    """Once for each table, however many sources share it."""
    required: dict[str, set[str]] = {}
    for source in sources:
        required.setdefault(source.table, set()).update(set(source.named) - {source.rate})
    found: list[Finding] = []
    for table, names in required.items():
        found += await tables.check_values(database, scope, columns, table, is_past=True)
        found += await tables.check_required(database, scope, columns, table, names)
    return found


async def _check_tables_beside(
    database: Database, scope: Scope, columns: Columns, sources: Sequence[Source]
) -> Sequence[Finding]:
    """Production, status, conditions, weather, and whatever else drivers are read from."""
    found: list[Finding] = []
    known = {*tables.PAST, tables.WEATHER, *await feature_tables(database)}
    for table in sorted(known - {source.table for source in sources}):
        absent = missing(columns, table, tables.REQUIRED.get(table, ("time",)))
        if absent is not None:
            found.append(Finding("not_examined", table, facts={"missing": absent}))
            continue
        is_past = table in tables.PAST
        found += await tables.check_values(database, scope, columns, table, is_past)
        if is_past:
            names = tables.REQUIRED.get(table, ())
            found += await tables.check_required(database, scope, columns, table, names)
            found += await tables.check_duplicates(database, scope, columns, table)
        found += await tables.check_meaning(database, scope, columns, table)
    return found


def _rank(finding: Finding) -> tuple[object, ...]:
    start = "" if finding.start is None else finding.start.isoformat()
    return (
        SEVEREST_FIRST.index(finding.severity),
        finding.table,
        finding.code,
        finding.factory or "",
        finding.machine or "",
        start,
    )
