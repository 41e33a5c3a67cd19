"""Telling the sources of an adopted database where their readings are.

Of their rows only columns that we added are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, text

from enms_core.domain.units import KWH_PER_UNIT
from enms_core.storage.migrations import made
from enms_core.storage.migrations.adopting import required_columns
from enms_core.storage.migrations.usual_sources import SHARED, USUAL, Place, canonical, insert
from enms_core.storage.source_tables import (
    Relation,
    SourceRow,
    read_relations,
    read_sources,
    spelled,
)

TEXTS = frozenset({"text", "character varying"})
CARRIERS = "enms_carriers"  # where a connection keeps what `look` found
# What a table of several carriers holds, whatever unit each of them is bought in.
IN_KWH: Mapping[str, object] = {"unit": "kWh", "kwh_per_unit": 1.0}


@dataclass(frozen=True)
class Places:
    """Where an adopted database has the readings of the usual carriers.

    columns: by table, those that may be named; a column that was added to a table of theirs is
    empty and is not. carriers: values of `carrier_column` in the table of several carriers, by the
    usual name. A carrier that is written in several ways is not among them: one value alone would
    leave readings out.
    """

    columns: Mapping[str, frozenset[str]]
    carrier_column: str | None
    carriers: Mapping[str, str]

    def of(self, name: str) -> dict[str, object]:
        """Columns of energy_sources that lead to a carrier's readings; {} where there are none."""
        carrier = self.carrier_of(name)
        usual = USUAL.get(canonical(name))
        if carrier:
            return {**asdict(self._named(SHARED)), **carrier}
        if usual is None or (self.carrier_column is not None and usual.place == SHARED):
            return {}
        has_table = usual.place.consumption_column in self.columns.get(
            usual.place.readings_table, ()
        )
        return asdict(self._named(usual.place)) if has_table else {}

    def carrier_of(self, name: str) -> dict[str, object]:
        """Columns of energy_sources that tell a carrier apart in the table of several."""
        value = self.carriers.get(canonical(name))
        if value is None:
            return {}
        return {"carrier_column": self.carrier_column, "carrier_value": value}

    def _named(self, place: Place) -> Place:
        columns = self.columns[place.readings_table]
        has_content = place.energy_content_column in columns
        return Place(
            place.readings_table,
            place.consumption_column,
            place.rate_column if place.rate_column in columns else None,
            place.energy_content_column if has_content else None,
            place.energy_content_unit if has_content else None,
            place.reference_content if has_content else 0.0,
        )


def look(connection: Connection) -> None:
    """Read which carriers the table of several holds, for `settle`.

    That reads the whole table: before the first change, since no one else can use the tables from
    then on until all of it is done.
    """
    shared = read_relations(connection, [SHARED.readings_table]).get(SHARED.readings_table)
    if shared is not None:
        connection.info[CARRIERS] = _carriers(connection, shared)


def settle(connection: Connection, revision: str) -> None:
    """Fill what we added to their sources, and add usual ones that only have readings."""
    tables = read_relations(connection, (usual.place.readings_table for usual in USUAL.values()))
    theirs = {name for name in tables if not made.is_ours(connection, name)}
    sources_are_ours = made.is_ours(connection, "energy_sources")
    if sources_are_ours and not theirs:
        return
    places = _places(connection, tables, theirs)
    if not sources_are_ours:
        for row in list(_missing_rows(connection, places, theirs)):
            with made.where_allowed(connection, f"adding the source {row['name']}"):
                insert(connection, row)
                made.record_row(connection, revision, "energy_sources", row["id"])
    for source in read_sources(connection):
        if sources_are_ours:
            _update(connection, source, _ours(source, places))
        else:
            added = made.columns_of_ours(connection, "energy_sources")
            wanted = _theirs(source, places).items()
            _update(connection, source, {name: value for name, value in wanted if name in added})


def _ours(source: SourceRow, places: Places) -> dict[str, object]:
    """What a row of ours is corrected by: its readings stand among those of other carriers."""
    carrier = places.carrier_of(source.name)
    return {**places.of(source.name), **IN_KWH} if carrier else {}


def _theirs(source: SourceRow, places: Places) -> dict[str, object]:
    """What a row of theirs may be completed by."""
    usual = USUAL.get(canonical(source.name))
    known: dict[str, object] = {"kwh_per_unit": KWH_PER_UNIT.get(spelled(source.unit or ""))}
    if usual is not None:
        known["is_purchased"] = usual.is_purchased
    if source.readings_table is None:
        return {**known, **places.of(source.name)}
    if source.readings_table == SHARED.readings_table:
        return {**known, **places.carrier_of(source.name)}
    return known


def _places(connection: Connection, tables: Mapping[str, Relation], theirs: set[str]) -> Places:
    columns = {
        name: frozenset(table.types) - made.columns_of_ours(connection, name)
        for name, table in tables.items()
    }
    shared = tables[SHARED.readings_table] if SHARED.readings_table in theirs else None
    column = None if shared is None else shared.carrier_column
    if shared is None or column is None:
        return Places(columns, None, {})
    carriers = connection.info.get(CARRIERS)
    return Places(columns, column, _carriers(connection, shared) if carriers is None else carriers)


def _carriers(connection: Connection, shared: Relation) -> dict[str, str]:
    column = shared.carrier_column
    has_quantity = SHARED.consumption_column in shared.types
    if column is None or shared.types[column] not in TEXTS or not has_quantity:
        return {}
    quoted = connection.dialect.identifier_preparer.quote(column)
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT {quoted} FROM {SHARED.readings_table} WHERE {quoted} IS NOT NULL"
    )
    written: dict[str, list[str]] = {}
    for value in found.scalars():
        written.setdefault(canonical(value), []).append(value)
    return {name: values[0] for name, values in written.items() if len(values) == 1}


def _missing_rows(
    connection: Connection, places: Places, theirs: set[str]
) -> Iterator[dict[str, object]]:
    """Usual sources that there are readings of and no row; none where a row needs more."""
    known = {canonical(source.name) for source in read_sources(connection)}
    required = required_columns(connection, "energy_sources")
    for name, usual in USUAL.items():
        place = places.of(name)
        if name in known or not place or not _is_filled(connection, place, theirs):
            continue
        row = {**usual.row, **place, **(IN_KWH if places.carrier_of(name) else {})}
        if required <= row.keys():
            yield row


def _is_filled(connection: Connection, place: Mapping[str, object], theirs: set[str]) -> bool:
    if place["readings_table"] not in theirs:
        return False
    statement = f"SELECT EXISTS (SELECT FROM {place['readings_table']})"
    return bool(connection.exec_driver_sql(statement).scalar())


def _update(connection: Connection, source: SourceRow, values: Mapping[str, object]) -> None:
    if values:
        assigned = ", ".join(f"{name} = :{name}" for name in values)
        statement = text(f"UPDATE energy_sources SET {assigned} WHERE id = :source_id")
        connection.execute(statement, {**values, "source_id": source.id})
