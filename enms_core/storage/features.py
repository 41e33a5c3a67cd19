"""The registered features of energy sources as they stand, and where their values are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, text

from enms_core.storage.json_paths import split_path

# Columns of readings that follow from the use they are read beside, and one that does wherever it
# is read: as drivers they would explain the use by itself.
CONSEQUENCES = frozenset({"power_kw", "current_a", "power_factor", "reactive_kvarh"})
EVERYWHERE = "machine_temp_c"
CUSTOM = "CUSTOM"
HEATING, COOLING = "heating_degree_days", "cooling_degree_days"
OPERATING_HOURS = "operating_hours"
FUNCTIONS = frozenset({HEATING, COOLING, OPERATING_HOURS})
AGGREGATIONS = frozenset({"SUM", "AVG", "MIN", "MAX", "COUNT"})

FEATURES = """
SELECT s.name AS source, f.energy_source_id, f.feature_name, f.source_table, f.source_column,
       upper(f.aggregation_function) AS aggregation, f.is_regression_feature,
       s.readings_table, s.consumption_column, s.rate_column
FROM energy_source_features AS f JOIN energy_sources AS s ON s.id = f.energy_source_id
ORDER BY s.name, f.feature_name
"""
# Which columns of readings tables the views among some relations are made of, at any depth.
VIEW_COLUMNS = """
WITH RECURSIVE used (name, relation, number) AS (
    SELECT t.name, to_regclass(quote_ident(t.name))::oid, 0
    FROM unnest(CAST(:names AS text[])) AS t (name)
    UNION
    SELECT u.name, d.refobjid, d.refobjsubid
    FROM used AS u
    JOIN pg_rewrite AS r ON r.ev_class = u.relation
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                       AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> u.relation
)
SELECT u.name AS view, t.name AS readings_table, a.attname AS column
FROM used AS u
JOIN unnest(CAST(:readings AS text[])) AS t (name) ON to_regclass(quote_ident(t.name)) = u.relation
JOIN pg_attribute AS a ON a.attrelid = u.relation AND a.attnum = u.number
WHERE t.name <> u.name
"""

ViewColumns = Mapping[str, Collection[tuple[str, str]]]


@dataclass(frozen=True)
class Feature:
    """A row of energy_source_features, with the readings of its energy source.

    table, column, path: what it is read from; None and empty where it names nothing.
    """

    source: str
    energy_source_id: UUID
    name: str
    table: str | None
    column: str | None
    path: tuple[str, ...]
    aggregation: str | None
    is_driver: bool
    readings_table: str | None
    measured: frozenset[str]

    def is_consequence(self, views: ViewColumns) -> bool:
        """Whether it is made of the use that it should explain, under whatever name."""
        names = self.measured | CONSEQUENCES
        if EVERYWHERE in (self.column, *self.path) or not self.measured.isdisjoint(self.path):
            return True
        if self.table == self.readings_table:
            return self.column in names or not names.isdisjoint(self.path)
        used = views.get(self.table or "", ())
        return any((self.readings_table, name) in used for name in names)


def read_features(connection: Connection) -> Sequence[Feature]:
    """All features, by source and name."""
    return [_feature(row) for row in connection.execute(text(FEATURES)).mappings()]


def read_view_columns(connection: Connection, features: Iterable[Feature]) -> ViewColumns:
    """The columns of readings that the views which features name are made of."""
    features = list(features)
    names = sorted({each.table for each in features if each.table is not None})
    readings = sorted({each.readings_table for each in features if each.readings_table})
    found: dict[str, set[tuple[str, str]]] = {}
    bound = {"names": names, "readings": readings}
    for row in connection.execute(text(VIEW_COLUMNS), bound).mappings():
        found.setdefault(row["view"], set()).add((row["readings_table"], row["column"]))
    return found


def _feature(row: RowMapping) -> Feature:
    column, path = _column_and_path(row["source_column"])
    measured = {row["consumption_column"], row["rate_column"]} - {None}
    return Feature(
        source=row["source"],
        energy_source_id=row["energy_source_id"],
        name=row["feature_name"],
        table=row["source_table"],
        column=column,
        path=path,
        aggregation=row["aggregation"],
        is_driver=row["is_regression_feature"] is True,
        readings_table=row["readings_table"],
        measured=frozenset(measured),
    )


def _column_and_path(name: Any) -> tuple[str | None, tuple[str, ...]]:
    return (None, ()) if name is None else split_path(name)
