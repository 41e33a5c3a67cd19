"""Meters for the readings that an adopted database has and no meter of.

Without a meter nobody can say what complete data are, so one is registered with the spacing that
the latest readings have.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from enms_core.storage.migrations import made
from enms_core.storage.migrations.adopting import required_columns
from enms_core.storage.migrations.fitting import TEXTS
from enms_core.storage.source_tables import SourceRow, fault_of, read_relations, read_sources

# One row per machine that has at least three readings and no meter of the source; the interval is
# the median of the latest spacings, in whole seconds.
REGISTER = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, :source_id, latest.seconds, 'interval', 'start', :unit, latest.first
FROM machines AS m
CROSS JOIN LATERAL (
    SELECT count(*) AS readings,
           round(extract(
               epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY r.spacing)
           ))::integer AS seconds,
           (SELECT min(f.time) FROM {table} AS f
            WHERE f.machine_id = m.id AND f.{quantity} IS NOT NULL{carrier}) AS first
    FROM (
        SELECT f.time - lag(f.time) OVER (ORDER BY f.time) AS spacing
        FROM (SELECT DISTINCT f.time FROM {table} AS f
              WHERE f.machine_id = m.id AND f.{quantity} IS NOT NULL{carrier}
              ORDER BY f.time DESC LIMIT 500) AS f
    ) AS r
) AS latest
WHERE latest.readings >= 3 AND latest.seconds > 0
  AND NOT EXISTS (SELECT FROM meters AS k
                  WHERE k.machine_id = m.id AND k.energy_source_id = :source_id)
RETURNING id
"""
# What REGISTER fills: texts, and others whose types were asked for before (fitting.py).
TEXT_COLUMNS = frozenset({"kind", "stamp", "unit"})
FILLED = TEXT_COLUMNS | {
    "machine_id",
    "energy_source_id",
    "nominal_interval_seconds",
    "valid_from",
}
QUOTED = "SELECT quote_ident(:name)"


def register(connection: Connection, revision: str) -> None:
    """Register meters for the usable sources whose table of readings is theirs.

    None where a meter of theirs needs more than we know; the findings name the column.
    """
    if not _can_register(connection):
        return
    sources = read_sources(connection)
    relations = read_relations(connection, (source.readings_table for source in sources))
    for source in sources:
        if fault_of(source, relations) is None and not _is_ours(connection, source):
            _register(connection, revision, source)


def _can_register(connection: Connection) -> bool:
    if made.is_ours(connection, "meters"):
        return True
    types = read_relations(connection, ["meters"])["meters"].types
    return (
        required_columns(connection, "meters") <= FILLED
        and all(types[name] in TEXTS for name in TEXT_COLUMNS)
        # Going back takes our rows by their id, and columns that we added before them.
        and "id" not in made.columns_of_ours(connection, "meters")
    )


def _register(connection: Connection, revision: str, source: SourceRow) -> None:
    known: dict[str, object] = {"source_id": source.id, "unit": source.unit}
    carrier = ""
    if source.carrier_column is not None:
        carrier = f" AND f.{_quoted(connection, source.carrier_column)} = :carrier_value"
        known["carrier_value"] = source.carrier_value
    statement = REGISTER.format(
        table=_quoted(connection, source.readings_table),
        quantity=_quoted(connection, source.consumption_column),
        carrier=carrier,
    )
    with made.where_allowed(connection, f"registering meters of {source.name}"):
        meters = connection.execute(text(statement), known).scalars().all()
        if not made.is_ours(connection, "meters"):
            for meter_id in meters:
                made.record_row(connection, revision, "meters", meter_id)


def _is_ours(connection: Connection, source: SourceRow) -> bool:
    return source.readings_table is None or made.is_ours(connection, source.readings_table)


def _quoted(connection: Connection, name: str | None) -> str:
    return str(connection.execute(text(QUOTED), {"name": name}).scalar_one())
