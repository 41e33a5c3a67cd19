"""Loading the registers into the catalogue that understanding and services work with.

What an adopted database leaves open is left out, never guessed: a factory without a time zone with
its machines, a source whose readings cannot be used, a meter or an SEU of either. The findings
(adoption.py) say what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, RowMapping, text

from enms_core.domain.catalogue import (
    Carrier,
    Catalogue,
    EnergyContent,
    EnergySource,
    Factory,
    Machine,
    Meter,
    Seu,
    Unreadable,
)
from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.drivers import Drivers, tables_of
from enms_core.storage.features import read_features, read_view_columns
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.source_tables import (
    SourceRow,
    fault_of,
    plain_name,
    read_relations,
    read_sources,
    spelled,
)

# A person waits for the registers: a locked table is said after some seconds, not waited for.
BOUNDED = "SET LOCAL statement_timeout = '5s'"
FACTORIES = "SELECT id, name, timezone, currency FROM factories ORDER BY created_at, name"
MACHINES = """
SELECT id, factory_id, name, coalesce(type, '') AS type, aliases
FROM machines WHERE is_active IS NOT FALSE AND name IS NOT NULL ORDER BY name
"""
METERS = """
SELECT machine_id, energy_source_id, nominal_interval_seconds, valid_from, valid_to
FROM meters WHERE nominal_interval_seconds IS NOT NULL AND valid_from IS NOT NULL
"""
SEUS = "SELECT id, name, energy_source_id, machine_ids FROM seus ORDER BY name"

Named = TypeVar("Named", Factory, Machine, EnergySource)


async def load_catalogue(store: RegisterStore, site: str | None = None) -> Catalogue:
    """All registers at one instant; `site` is the device's own factory."""
    async with store.connection() as connection:
        return await connection.run_sync(_load, site)


def is_time_zone(name: str | None) -> bool:
    """Whether a name is a time zone's.

    >>> is_time_zone("Europe/Berlin"), is_time_zone("Europe"), is_time_zone(None)
    (True, False, False)
    """
    try:
        return name is not None and bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the folder of a continent
        return False


def _load(connection: Connection, site: str | None) -> Catalogue:
    connection.execute(text(BOUNDED))
    factories = _by_id(_factory(row) for row in _rows(connection, FACTORIES) if _has_zone(row))
    machines = _by_id(
        _machine(row) for row in _rows(connection, MACHINES) if row["factory_id"] in factories
    )
    rows = read_sources(connection)
    features = read_features(connection)
    tables = {row.readings_table for row in rows} | tables_of(features)
    relations = read_relations(connection, tables)
    sources = _by_id(_source(row) for row in rows if fault_of(row, relations) is None)
    unusable: dict[object, SourceRow] = {row.id: row for row in rows if row.id not in sources}
    views = read_view_columns(connection, features)
    drivers, refused = Drivers(features, relations, rows, views).of(sources)
    meters, seus = list(_rows(connection, METERS)), list(_rows(connection, SEUS))
    return Catalogue(
        factories=tuple(factories.values()),
        machines=tuple(machines.values()),
        sources=tuple(sources.values()),
        meters=tuple(
            _meter(row)
            for row in meters
            if row["machine_id"] in machines and row["energy_source_id"] in sources
        ),
        seus=tuple(_seus(seus, machines, sources)),
        unreadable=_unreadable(meters, seus, unusable, machines),
        drivers=drivers,
        refused_drivers=refused,
        site=site,
    )


def _rows(connection: Connection, sql: str) -> Iterable[RowMapping]:
    return connection.execute(text(sql)).mappings()


def _by_id(items: Iterable[Named]) -> dict[object, Named]:
    return {item.id: item for item in items}


def _has_zone(row: RowMapping) -> bool:
    return is_time_zone(row["timezone"])


def _factory(row: RowMapping) -> Factory:
    return Factory(row["id"], row["name"], row["timezone"], row["currency"])


def _machine(row: RowMapping) -> Machine:
    aliases = tuple(alias for alias in _list(row["aliases"]) if alias)
    return Machine(row["id"], row["factory_id"], row["name"], row["type"], aliases)


def _source(row: SourceRow) -> EnergySource:
    assert row.readings_table is not None and row.consumption_column is not None  # no fault
    unit = spelled(row.unit or "")
    content = carrier = None
    content_unit = spelled(row.energy_content_unit or "")
    if row.energy_content_column and content_unit in KWH_PER_UNIT:
        reference = row.reference_content or 0.0
        content = EnergyContent(row.energy_content_column, content_unit, reference)
    if row.carrier_column is not None and row.carrier_value is not None:
        carrier = Carrier(row.carrier_column, row.carrier_value)
    by_definition = KWH_PER_UNIT.get(unit)
    return EnergySource(
        id=row.id,
        name=plain_name(row.name),
        unit=unit,
        is_purchased=row.is_purchased is not False,
        readings_table=row.readings_table,
        consumption_column=row.consumption_column,
        kwh_per_unit=by_definition if row.kwh_per_unit is None else row.kwh_per_unit,
        content=content,
        carrier=carrier,
    )


def _meter(row: RowMapping) -> Meter:
    return Meter(
        row["machine_id"],
        row["energy_source_id"],
        int(row["nominal_interval_seconds"]),
        row["valid_from"],
        row["valid_to"],
    )


def _seus(
    rows: Iterable[RowMapping],
    machines: Mapping[object, Machine],
    sources: Mapping[object, EnergySource],
) -> Iterable[Seu]:
    """SEUs of a known source, with those of their machines that are known."""
    for row in rows:
        known = tuple(id_ for id_ in _list(row["machine_ids"]) if id_ in machines)
        if known and row["energy_source_id"] in sources:
            yield Seu(row["id"], row["name"], row["energy_source_id"], known)


def _unreadable(
    meters: Iterable[RowMapping],
    seus: Iterable[RowMapping],
    unusable: Mapping[object, SourceRow],
    machines: Mapping[object, Machine],
) -> tuple[Unreadable, ...]:
    """Which machines have a meter or an SEU of a source that cannot be used."""
    pairs = [(row["machine_id"], row["energy_source_id"]) for row in meters]
    pairs += [(id_, row["energy_source_id"]) for row in seus for id_ in _list(row["machine_ids"])]
    return tuple(
        Unreadable(
            machine_id,
            plain_name(unusable[source_id].name),
            unusable[source_id].is_purchased is not False,
        )
        for machine_id, source_id in dict.fromkeys(pairs)
        if machine_id in machines and source_id in unusable
    )


def _list(value: Any) -> list[Any]:
    """The values of an array; none where an adopted column is no array."""
    return value if isinstance(value, list) else []
