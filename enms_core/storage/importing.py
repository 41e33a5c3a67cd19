"""Storing the readings of a file: all of them, or nothing; a second time changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.errors import ImportFailed
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.audit import person, record
from enms_core.storage.bulk import driver_connection
from enms_core.storage.identifiers import quoted
from enms_core.storage.meter_file import FileFormat, MeterFile
from enms_core.storage.registers import EnergySourceRow, FactoryRow, MachineRow, MeterRow
from enms_core.storage.sessions import RegisterStore

IMPORT_LOCK = 7_305_003
# Ways to write a unit that ASCII files have.
SAME_UNIT = {"m3": "m³", "nm3": "Nm³"}


@dataclass(frozen=True)
class Destination:
    """Whose readings a file holds. The machine and its factory are made if they are new.

    unit: of the file's values; None means the source's own.
    """

    machine: str
    machine_type: str
    source: str
    factory: str | None = None
    timezone: str | None = None
    currency: str | None = None
    unit: str | None = None


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

# A row whose stamp is stored already with another value.
CONTRADICTION_TO_STORED = """
SELECT f.line FROM staged_file AS f
JOIN {table} AS r ON r.machine_id = $1 AND r.time = f.time
WHERE r.{quantity} <> f.quantity
ORDER BY 1 LIMIT 1
"""

# A row whose interval would lie across intervals that are stored: both would count its energy.
ACROSS_STORED = """
SELECT min(f.line) FROM staged_file AS f
JOIN {table} AS r ON r.machine_id = $1
                 AND r.time > f.time - $2::interval AND r.time < f.time + $2::interval
                 AND r.time <> f.time
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
        source = await _source(session, destination.source)
        factory = await _factory(session, destination)
        machine = await _machine(session, factory, destination)
        file = MeterFile(path, file_format, _zone(file_format.timezone or factory.timezone))
        factor = _unit_factor(destination.unit, source)
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
    await _register_meter(session, file, machine, source, summary["first"])
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
    sql = CONTRADICTION_TO_STORED.format(
        table=await quoted(connection.fetchval, table),
        quantity=await quoted(connection.fetchval, table, source.consumption_column),
    )
    line = await connection.fetchval(sql, machine.id)
    if line is not None:
        raise ImportFailed("another value is stored for this time already", line)
    if interval >= timedelta(days=1):  # local days have 23 to 25 hours
        return
    sql = ACROSS_STORED.format(table=await quoted(connection.fetchval, table))
    line = await connection.fetchval(sql, machine.id, interval)
    if line is not None:
        raise ImportFailed("its interval lies across intervals that are stored", line)


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
    return STORE.format(
        table=await quoted(connection.fetchval, table),
        quantity=await quoted(connection.fetchval, table, source.consumption_column),
        more_columns=columns,
        more_values=values,
    )


async def _source(session: AsyncSession, name: str) -> EnergySourceRow:
    rows = (await session.exec(select(EnergySourceRow).order_by(EnergySourceRow.name))).all()
    for row in rows:
        if row.name == name.strip().lower().replace(" ", "_"):
            return row
    known = ", ".join(row.name for row in rows)
    raise ImportFailed(f"no energy source {name!r}; there are {known}")


def _unit_factor(unit: str | None, source: EnergySourceRow) -> float:
    """How many of the source's units one unit of the file is."""
    wanted = source.unit if unit is None else SAME_UNIT.get(unit.lower(), unit)
    if wanted == source.unit:
        return 1.0
    if wanted in KWH_PER_UNIT and source.unit in KWH_PER_UNIT:
        return KWH_PER_UNIT[wanted] / KWH_PER_UNIT[source.unit]
    raise ImportFailed(f"{unit} cannot be converted to {source.unit}")


async def _machine(
    session: AsyncSession, factory: FactoryRow, destination: Destination
) -> MachineRow:
    named = select(MachineRow).where(
        MachineRow.factory_id == factory.id, MachineRow.name == destination.machine
    )
    machine = (await session.exec(named)).first()
    if machine is None:
        machine = MachineRow(
            factory_id=factory.id, name=destination.machine, type=destination.machine_type
        )
        session.add(machine)
        await session.flush()
    return machine


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImportFailed(f"there is no time zone {name!r}") from error


async def _factory(session: AsyncSession, destination: Destination) -> FactoryRow:
    """The factory named, or the one that the machine is in; a new one needs its time zone."""
    if destination.factory is None:
        return await _factory_of_machine(session, destination.machine)
    named = select(FactoryRow).where(FactoryRow.name == destination.factory)
    factory = (await session.exec(named)).first()
    if factory is not None:
        return factory
    if destination.timezone is None:
        raise ImportFailed(f"factory {destination.factory!r} is new: say its time zone")
    factory = FactoryRow(
        name=destination.factory, timezone=destination.timezone, currency=destination.currency
    )
    session.add(factory)
    await session.flush()
    return factory


async def _factory_of_machine(session: AsyncSession, machine: str) -> FactoryRow:
    query = (
        select(FactoryRow)
        .join(MachineRow, col(MachineRow.factory_id) == FactoryRow.id)
        .where(MachineRow.name == machine)
    )
    found = (await session.exec(query)).all()
    if len(found) != 1:
        known = "no" if not found else "more than one"
        raise ImportFailed(f"{known} machine {machine!r} is registered: say its factory")
    return found[0]


async def _register_meter(
    session: AsyncSession,
    file: MeterFile,
    machine: MachineRow,
    source: EnergySourceRow,
    first: datetime,
) -> None:
    """The meter that the file comes from, in service since the file's first interval."""
    query = select(MeterRow).where(
        MeterRow.machine_id == machine.id, MeterRow.energy_source_id == source.id
    )
    meters = (await session.exec(query.order_by(col(MeterRow.valid_from)))).all()
    seconds = int(file.interval.total_seconds())
    if not meters:
        session.add(
            MeterRow(
                machine_id=machine.id,
                energy_source_id=source.id,
                nominal_interval_seconds=seconds,
                kind="interval",
                stamp="start",
                unit=source.unit,
                valid_from=first,
            )
        )
    else:
        _refuse_other_intervals(meters, seconds)
        meters[0].valid_from = min(first, meters[0].valid_from)
    await session.flush()


def _refuse_other_intervals(meters: Sequence[MeterRow], seconds: int) -> None:
    """Readings of another interval would make the coverage of the machine's answers wrong."""
    for meter in meters:
        if meter.nominal_interval_seconds != seconds:
            raise ImportFailed(
                f"the machine's meter reads every {meter.nominal_interval_seconds} s, "
                f"the file every {seconds} s"
            )
