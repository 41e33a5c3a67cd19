"""Storing the readings of a file: all of them, or nothing; a second time changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed
from enms_core.storage.audit import person, record
from enms_core.storage.bulk import driver_connection
from enms_core.storage.identifiers import quoted
from enms_core.storage.import_destination import (
    Destination,
    find_factory,
    find_machine,
    find_source,
    known_zone,
    register_meter,
    unit_factor,
)
from enms_core.storage.meter_file import FileFormat, MeterFile
from enms_core.storage.registers import EnergySourceRow, MachineRow
from enms_core.storage.rollup_sql import literal
from enms_core.storage.sessions import RegisterStore

__all__ = ["Destination", "ImportReport", "import_file"]

IMPORT_LOCK = 7_305_003


@dataclass(frozen=True)
class ImportReport:
    """What an import did. quantity is in the source's unit, over all rows of the file."""

    rows: int
    stored: int
    quantity: float
    unit: str
    first: datetime
    last: datetime
    interval: timedelta
    missing_intervals: int


STAGE = """
CREATE TEMPORARY TABLE staged_file (time timestamptz, quantity double precision, line integer)
ON COMMIT DROP
"""

# The second of two rows of one stamp that tell different values.
CONTRADICTION_IN_FILE = """
SELECT max(line) FROM staged_file GROUP BY time HAVING min(quantity) <> max(quantity)
ORDER BY 1 LIMIT 1
"""

# A row whose stamp is stored already with another value: than the column would hold of it, since
# real and numeric(10, 2) hold less than a file tells.
CONTRADICTION_TO_STORED = """
SELECT f.line FROM staged_file AS f
JOIN {table} AS r ON r.machine_id = $1 AND r.time = f.time{carrier}
WHERE r.{quantity} <> CAST(f.quantity AS {type})
ORDER BY 1 LIMIT 1
"""

# A row whose interval would lie across intervals that are stored: both would count its energy.
ACROSS_STORED = """
SELECT min(f.line) FROM staged_file AS f
JOIN {table} AS r ON r.machine_id = $1
                 AND r.time > f.time - $2::interval AND r.time < f.time + $2::interval
                 AND r.time <> f.time{carrier}
"""

SUMMARY = """
SELECT count(*) AS rows, count(DISTINCT time) AS distinct_rows, min(time) AS first,
       max(time) AS last, sum(quantity) AS quantity
FROM (SELECT DISTINCT time, quantity FROM staged_file) AS f
"""

STORE = """
INSERT INTO {table} (machine_id, time, {quantity}{more_columns})
SELECT DISTINCT ON (time) $1::uuid, time, quantity{more_values} FROM staged_file
ON CONFLICT DO NOTHING
"""

COLUMN_TYPE = """
SELECT format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = to_regclass(quote_ident($1)) AND attname = $2 AND NOT attisdropped
"""

HAS_COLUMN = """
SELECT EXISTS (
    SELECT FROM pg_attribute
    WHERE attrelid = to_regclass(quote_ident($1)) AND attname = $2 AND NOT attisdropped
)
"""


async def import_file(
    registers: RegisterStore, path: Path, destination: Destination, file_format: FileFormat
) -> ImportReport:
    """Store a file's readings in one transaction.

    Raises ImportFailed, with nothing stored, for a file that cannot be read to its end, or that
    contradicts itself or what is stored.
    """
    async with registers.session() as session:
        connection = await driver_connection(session)
        await connection.execute(f"SELECT pg_advisory_xact_lock({IMPORT_LOCK})")
        source = await find_source(session, destination.source)
        factory = await find_factory(session, destination)
        machine = await find_machine(session, factory, destination)
        file = MeterFile(path, file_format, known_zone(file_format.timezone or factory.timezone))
        factor = unit_factor(destination.unit, source)
        await connection.execute(STAGE)
        await connection.copy_records_to_table("staged_file", records=_records(file, factor))
        report = await _store(session, file, machine, source)
        await record(session, person(), "import", None, _facts(path, machine, source, report))
    return report


def _facts(
    path: Path, machine: MachineRow, source: EnergySourceRow, report: ImportReport
) -> dict[str, str | int | float | None]:
    """What the audit log tells of an import; quantity in the source's unit."""
    return {
        "machine": machine.name,
        "source": source.name,
        "file": path.name,
        "rows": report.rows,
        "stored": report.stored,
        "quantity": report.quantity,
        "unit": report.unit,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
    }


def _records(file: MeterFile, factor: float) -> Iterator[tuple[datetime, float, int]]:
    for reading in file.readings():
        yield reading.start, reading.value * factor, reading.line


async def _store(
    session: AsyncSession, file: MeterFile, machine: MachineRow, source: EnergySourceRow
) -> ImportReport:
    connection = await driver_connection(session)
    await _refuse_contradictions(connection, machine, source, file.interval)
    summary = await connection.fetchrow(SUMMARY)
    if not summary["rows"]:
        raise ImportFailed("there is no value in the file")
    await register_meter(session, file.interval, machine, source, summary["first"])
    status = await connection.execute(await _store_statement(connection, file, source), machine.id)
    span = summary["last"] - summary["first"]
    return ImportReport(
        rows=summary["rows"],
        stored=int(status.split()[-1]),
        quantity=summary["quantity"],
        unit=source.unit,
        first=summary["first"],
        last=summary["last"],
        interval=file.interval,
        missing_intervals=span // file.interval + 1 - summary["rows"],
    )


async def _refuse_contradictions(
    connection: asyncpg.Connection,
    machine: MachineRow,
    source: EnergySourceRow,
    interval: timedelta,
) -> None:
    line = await connection.fetchval(CONTRADICTION_IN_FILE)
    if line is not None:
        raise ImportFailed("the file tells two values for one time", line)
    table = source.readings_table
    own = {
        "table": await quoted(connection.fetchval, table),
        "carrier": await _carrier_condition(connection, source),
    }
    sql = CONTRADICTION_TO_STORED.format(
        **own,
        quantity=await quoted(connection.fetchval, table, source.consumption_column),
        type=await connection.fetchval(COLUMN_TYPE, table, source.consumption_column),
    )
    line = await connection.fetchval(sql, machine.id)
    if line is not None:
        raise ImportFailed("another value is stored for this time already", line)
    if interval >= timedelta(days=1):  # local days have 23 to 25 hours
        return
    line = await connection.fetchval(ACROSS_STORED.format(**own), machine.id, interval)
    if line is not None:
        raise ImportFailed("its interval lies across intervals that are stored", line)


async def _carrier_condition(connection: asyncpg.Connection, source: EnergySourceRow) -> str:
    """SQL that leaves out the rows of other carriers in the same table."""
    if source.carrier_column is None or source.carrier_value is None:
        return ""
    column = await quoted(connection.fetchval, source.readings_table, source.carrier_column)
    return f" AND r.{column}::text = {literal(source.carrier_value)}"


async def _store_statement(
    connection: asyncpg.Connection, file: MeterFile, source: EnergySourceRow
) -> str:
    """The INSERT, with the mean rate of each interval and the origin where the table has them."""
    table, columns, values = source.readings_table, "", ""
    if source.rate_column is not None:
        columns += f", {await quoted(connection.fetchval, table, source.rate_column)}"
        values += f", quantity / {file.interval / timedelta(hours=1)!r}"
    if await connection.fetchval(HAS_COLUMN, table, "data_source"):
        columns += ", data_source"
        values += ", 'import'"
    if source.carrier_column is not None and source.carrier_value is not None:
        columns += f", {await quoted(connection.fetchval, table, source.carrier_column)}"
        values += f", {literal(source.carrier_value)}"
    return STORE.format(
        table=await quoted(connection.fetchval, table),
        quantity=await quoted(connection.fetchval, table, source.consumption_column),
        more_columns=columns,
        more_values=values,
    )
