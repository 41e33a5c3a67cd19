"""`enms db`: what is in the database, its schema, its backups, and who wrote what."""

from __future__ import annotations

import argparse
import json
from collections.abc import Awaitable, Callable
from datetime import MINYEAR, datetime, timezone

from enms_cli.opening import UNSEEDED, note_unseeded
from enms_core.settings import Settings
from enms_core.storage import audit, schema
from enms_core.storage.adoption import findings
from enms_core.storage.backup import backup, read_dump
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.contents import Contents, ReadingsTable, database_status
from enms_core.storage.restore import restore
from enms_core.storage.rollups import RollupState, remove, rollup_states
from enms_core.storage.store import Store

BYTES_PER_MB = 1_000_000

Action = Callable[[argparse.Namespace, Settings, Store], Awaitable[None]]


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """One action on the database that the settings name."""
    # Who restores a backup into a new database wants no demo plant in it.
    note_unseeded(settings, options.empty or options.action == "restore")
    store = Store(settings)
    try:
        await store.connect()
        await ACTIONS[options.action](options, settings, store)
        return 0
    finally:
        await store.close()


async def _status(_options: argparse.Namespace, settings: Settings, store: Store) -> None:
    found = await schema.current(store.registers)
    status = await database_status(store)
    where = settings.data_dir if store.is_embedded else "the server of ENMS_DATABASE_URL"
    print(f"database: {'embedded, in ' if store.is_embedded else ''}{where}")
    timescale = f"TimescaleDB {status.timescale}" if status.timescale else "no TimescaleDB"
    print(f"server: PostgreSQL {status.postgresql}, {timescale}")
    print(f"size: {status.size_bytes / BYTES_PER_MB:,.1f} MB")
    print(f"schema: {found or 'none'} (this version works with {schema.head()})")
    if found == schema.head():
        await _print_registers(store)
    for table in status.readings:
        print(f"{table.name}: {_readings_line(table)}")
    if found == schema.head():
        await _print_upkeep(store)


async def _print_registers(store: Store) -> None:
    catalogue = await load_catalogue(store.registers)
    print(f"factories: {', '.join(factory.name for factory in catalogue.factories) or 'none'}")
    print(f"machines: {len(catalogue.machines)}")
    print(f"energy sources: {', '.join(source.name for source in catalogue.sources) or 'none'}")


def _readings_line(table: ReadingsTable) -> str:
    rows = f"{'' if table.is_counted else 'about '}{table.rows:,} rows"
    if table.first is None or table.last is None:
        return rows
    return f"{rows}, {_utc(table.first)} to {_utc(table.last)} UTC"


async def _print_upkeep(store: Store) -> None:
    for state in await rollup_states(store):
        print(f"rollups of {state.readings_table}: {_freshness(state)}")
    for finding in await findings(store):
        print(f"note: {finding}")


def _freshness(state: RollupState) -> str:
    if state.fresh_until is None:
        return "fresh"
    waiting = f"{state.pending:,} changes wait for a refresh"
    if state.fresh_until.year == MINYEAR:  # -infinity, as the driver has it: all of it waits
        return waiting
    return f"fresh until {_utc(state.fresh_until)} UTC, {waiting}"


async def _upgrade(options: argparse.Namespace, settings: Settings, store: Store) -> None:
    found = await schema.current(store.registers)
    await store.upgrade()
    if found != schema.head():
        async with store.registers.session() as session:
            before, after = {"schema": found}, {"schema": schema.head()}
            await audit.record(session, audit.person(), "db.upgrade", before, after)
    await _status(options, settings, store)


async def _refresh(_options: argparse.Namespace, _settings: Settings, store: Store) -> None:
    await schema.check(store.registers)
    report = await store.refresh_rollups()
    print(f"{report.ranges:,} changed ranges, {report.hours:,.0f} hours aggregated again")


async def _drop_rollups(_options: argparse.Namespace, _settings: Settings, store: Store) -> None:
    await schema.check(store.registers)
    kept = await remove(store)
    print("the rollups are gone; `enms db upgrade` brings them back")
    if kept:
        print(f"something reads from these, they stay: {', '.join(kept)}")


async def _backup(options: argparse.Namespace, _settings: Settings, store: Store) -> None:
    size_bytes = await backup(store, options.path, options.force)
    print(f"{options.path}: {size_bytes / BYTES_PER_MB:,.1f} MB")


async def _restore(options: argparse.Namespace, settings: Settings, store: Store) -> None:
    dump = await read_dump(options.path)
    print(f"{options.path}: made {dump.made}, schema {dump.revision}")
    if store.is_embedded:  # before, so that a kill cannot leave it beside somebody's own data
        (settings.data_dir.expanduser() / UNSEEDED).unlink(missing_ok=True)
    done = await restore(store, dump, audit.person(), options.replace)
    print(f"before: {_contents_line(done.before)}")
    print(f"now: {_contents_line(done.after)}")
    if done.revision != schema.head():
        print(f"schema: {done.revision}; `enms db upgrade` brings it to {schema.head()}")
    elif dump.revision != done.revision:
        print(f"schema: brought to {done.revision}")


def _contents_line(found: Contents) -> str:
    return (
        f"{found.factories:,} factories, {found.machines:,} machines, {found.readings:,} readings"
    )


async def _log(options: argparse.Namespace, _settings: Settings, store: Store) -> None:
    await schema.check(store.registers)
    for row in await audit.latest(store.registers, options.limit):
        change = {"before": row.before, "after": row.after}
        if options.json:
            entry = {"time": row.time.isoformat(), "who": row.who, "what": row.what, **change}
            print(json.dumps(entry, ensure_ascii=False))
        else:
            facts = json.dumps(change, ensure_ascii=False)
            print(f"{row.time.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S} UTC", end="  ")
            print(f"{row.who}  {row.what}  {facts}")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.utc):%Y-%m-%d %H:%M}"


ACTIONS: dict[str, Action] = {
    "status": _status,
    "upgrade": _upgrade,
    "refresh": _refresh,
    "drop-rollups": _drop_rollups,
    "backup": _backup,
    "restore": _restore,
    "log": _log,
}
