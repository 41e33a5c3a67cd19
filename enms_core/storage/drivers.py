"""The registered features of energy sources: which may be drivers, and why others may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, RowMapping, text

from enms_core.domain.catalogue import Driver, RefusedDriver
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.source_tables import Relation

# Columns of readings that follow from the use they are read beside, and one that does wherever it
# is read: as drivers they would explain the use by itself.
CONSEQUENCES = ("power_kw", "current_a", "power_factor", "reactive_kvarh")
EVERYWHERE = "machine_temp_c"

# All features. One without a column of its own, and computed, is read from no table.
FEATURES = """
SELECT s.name AS source, f.energy_source_id, f.feature_name AS feature, f.source_table,
       split_part(f.source_column, '->', 1) AS source_column,
       upper(f.aggregation_function) AS aggregation, f.is_regression_feature,
       f.source_column = :everywhere OR f.source_table = s.readings_table
           AND (f.source_column IN (s.consumption_column, s.rate_column)
                OR f.source_column = ANY (CAST(:consequences AS text[]))) AS is_consequence
FROM energy_source_features AS f JOIN energy_sources AS s ON s.id = f.energy_source_id
ORDER BY s.name, f.feature_name
"""

REASONS: Mapping[str, Literal["consequence", "missing"]] = {
    "feature_column_missing": "missing",
    "feature_is_consequence": "consequence",
}


def read_features(connection: Connection) -> Sequence[RowMapping]:
    """All features, by source and name."""
    bound = {"everywhere": EVERYWHERE, "consequences": list(CONSEQUENCES)}
    return connection.execute(text(FEATURES), bound).mappings().all()


def feature_faults(row: RowMapping, relations: Mapping[str, Relation]) -> Iterator[Finding]:
    """Why a feature cannot be used: it leads nowhere, or is a consequence marked as a driver."""
    told = {"feature": row["feature"], "source": row["source"]}
    table, column = row["source_table"], row["source_column"]
    is_of_column = table is not None or row["aggregation"] != "CUSTOM"
    if is_of_column and (table not in relations or column not in relations[table].types):
        facts = {**told, "place": f"{table}.{column}"}
        yield Finding("energy_source_features", "feature_column_missing", facts)
    if row["is_regression_feature"] and row["is_consequence"]:
        facts = {**told, "column": column}
        yield Finding("energy_source_features", "feature_is_consequence", facts)


def drivers_of(
    rows: Iterable[RowMapping],
    relations: Mapping[str, Relation],
    source_ids: Collection[object],
) -> tuple[tuple[Driver, ...], tuple[RefusedDriver, ...]]:
    """The features marked as drivers of some sources: those that may be, and those refused."""
    drivers: list[Driver] = []
    refused: list[RefusedDriver] = []
    for row in rows:
        if not row["is_regression_feature"] or row["energy_source_id"] not in source_ids:
            continue
        source_id: UUID = row["energy_source_id"]
        fault = next(feature_faults(row, relations), None)
        if fault is None:
            drivers.append(Driver(source_id, row["feature"], row["aggregation"]))
        else:
            refused.append(RefusedDriver(source_id, row["feature"], REASONS[fault.code]))
    return tuple(drivers), tuple(refused)
