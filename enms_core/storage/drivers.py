"""Which registered features may be drivers, where their values are, and why others may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from uuid import UUID

from enms_core.domain.catalogue import Carrier, Driver, DriverPlace, RefusedDriver
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.features import (
    AGGREGATIONS,
    CUSTOM,
    FUNCTIONS,
    OPERATING_HOURS,
    Feature,
    ViewColumns,
)
from enms_core.storage.json_paths import JSON_TYPES
from enms_core.storage.production import COLUMN_OF
from enms_core.storage.production import TABLE as PRODUCTION_TABLE
from enms_core.storage.source_tables import NUMBERS, WITH_ZONE, Relation, SourceRow

REGISTER = "energy_source_features"
# Where degree days take the temperature from that name no column.
TEMPERATURE = ("site_weather", "outdoor_temp_c")
FORECAST_COLUMN = "is_forecast"

Owner = Literal["machine_id", "factory_id"]
OWNERS: tuple[Owner, ...] = ("machine_id", "factory_id")


@dataclass(frozen=True)
class Drivers:
    """What the database tells of the tables that features name.

    views: which columns of readings the views among them are made of.
    """

    features: Sequence[Feature]
    relations: Mapping[str, Relation]
    sources: Sequence[SourceRow]
    views: ViewColumns

    def faults(self, feature: Feature) -> Iterator[Finding]:
        """Why a feature cannot be used: it leads nowhere, or is a consequence and no driver."""
        found = self._fault_of_function(feature) or self._fault_of_place(feature)
        if found is not None:
            yield found
        if feature.is_driver and feature.is_consequence(self.views):
            yield _fault(feature, "feature_is_consequence", column=feature.column)

    def of(
        self, source_ids: Collection[object]
    ) -> tuple[tuple[Driver, ...], tuple[RefusedDriver, ...]]:
        """The features marked as drivers of some sources: those that may be, and those refused."""
        drivers: list[Driver] = []
        refused: list[RefusedDriver] = []
        for feature in self.features:
            if not feature.is_driver or feature.energy_source_id not in source_ids:
                continue
            key = (feature.energy_source_id, feature.name)
            codes = {fault.code for fault in self.faults(feature)}
            if not codes:
                drivers.append(Driver(*key, feature.aggregation, self.place(feature)))
            elif "feature_is_consequence" in codes:
                refused.append(RefusedDriver(*key, "consequence"))
            else:
                refused.append(RefusedDriver(*key, "missing"))
        return tuple(drivers), tuple(refused)

    def place(self, feature: Feature) -> DriverPlace:
        """Where the values of a feature without faults are."""
        table, column = _read_from(feature)
        if table is None:
            return DriverPlace()
        relation = self.relations[table]
        owner = _owner_of(relation)
        assert owner is not None  # no fault
        return DriverPlace(
            table=table,
            column=column,
            path=feature.path,
            owner=owner,
            carrier=self._carrier_of(feature, table),
            own_tables=self._own_tables(owner, column, feature.path),
            source_id=self._measured_source(feature),
            has_forecasts=relation.types.get(FORECAST_COLUMN) == "boolean",
            counts_production=self._counts_production(feature, table, owner),
        )

    def _fault_of_function(self, feature: Feature) -> Finding | None:
        known = FUNCTIONS if feature.aggregation == CUSTOM else AGGREGATIONS
        name = feature.name if feature.aggregation == CUSTOM else feature.aggregation
        # What is only asked about, and never a driver, may be computed by others.
        if not feature.is_driver or name in known:
            return None
        return _fault(feature, "feature_function_unknown", function=name)

    def _fault_of_place(self, feature: Feature) -> Finding | None:
        table, column = _read_from(feature)
        if table is None and feature.aggregation == CUSTOM:
            return None
        place = f"{table}.{column}"
        relation = self.relations.get(table or "")
        is_counted = feature.aggregation == "COUNT" and column is None
        if relation is None or not (is_counted or column in relation.types):
            return _fault(feature, "feature_column_missing", place=place)
        if not feature.is_driver:
            return None
        if _owner_of(relation) is None or not _is_fit(relation, feature, column):
            return _fault(feature, "feature_unfit", place=place)
        if self._is_of_several_carriers(feature, relation):
            return _fault(feature, "feature_carrier_unknown", place=place)
        return None

    def _is_of_several_carriers(self, feature: Feature, relation: Relation) -> bool:
        has_carriers = relation.carrier_column is not None and relation.name in self._read_tables
        return has_carriers and self._carrier_of(feature, relation.name) is None

    def _carrier_of(self, feature: Feature, table: str) -> Carrier | None:
        """Which rows of a table of several carriers are meant: the source's own, else those of the
        only source that reads it."""
        told = [row for row in self.sources if row.readings_table == table]
        own = [row for row in told if row.id == feature.energy_source_id]
        meant = own or told
        if len(meant) != 1 or meant[0].carrier_column is None or meant[0].carrier_value is None:
            return None
        return Carrier(meant[0].carrier_column, meant[0].carrier_value)

    def _measured_source(self, feature: Feature) -> UUID | None:
        place = (feature.table, feature.column)
        measured = [s for s in self.sources if (s.readings_table, s.consumption_column) == place]
        return measured[0].id if len(measured) == 1 and not feature.path else None

    def _own_tables(
        self, owner: Owner, column: str | None, path: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Tables of machines' conditions that have a column of the name of a site's."""
        if owner != "factory_id" or column is None or path:
            return ()
        named = dict.fromkeys(each.table for each in self.features if each.table is not None)
        found = (self.relations[name] for name in named if name in self.relations)
        return tuple(
            each.name
            for each in found
            if each.name not in self._read_tables
            and _owner_of(each) == "machine_id"
            and each.types.get(column) in NUMBERS
        )

    @cached_property
    def _read_tables(self) -> frozenset[str]:
        """The tables of energy readings."""
        return frozenset(row.readings_table for row in self.sources if row.readings_table)

    def _counts_production(self, feature: Feature, table: str, owner: Owner) -> bool:
        """Whether a feature tells how much a machine made: in the records of production all plain
        columns do but lost time; of other rows, what is summed and no energy."""
        if owner != "machine_id" or table in self._read_tables:
            return False
        if table == PRODUCTION_TABLE:
            return not feature.path and feature.column != COLUMN_OF["downtime"]
        return feature.aggregation in ("SUM", "COUNT")


def tables_of(features: Iterable[Feature]) -> set[str | None]:
    """The tables that features are read from."""
    return {_read_from(each)[0] for each in features} | {each.table for each in features}


def _read_from(feature: Feature) -> tuple[str | None, str | None]:
    """Table and column; of status history what is computed is read elsewhere."""
    if feature.aggregation != CUSTOM:
        return feature.table, feature.column
    if feature.name == OPERATING_HOURS:
        return None, None
    if feature.table is None and feature.name in FUNCTIONS:
        return TEMPERATURE
    return feature.table, feature.column


def _owner_of(relation: Relation) -> Owner | None:
    """Whose rows a table has; None where it has no times, or rows of nobody."""
    if relation.types.get("time") != WITH_ZONE:
        return None
    return next((name for name in OWNERS if relation.types.get(name) == "uuid"), None)


def _is_fit(relation: Relation, feature: Feature, column: str | None) -> bool:
    """Whether a column holds what the feature reads."""
    if column is None or feature.aggregation == "COUNT":
        return not feature.path or relation.types.get(column or "") in JSON_TYPES
    return relation.types[column] in (JSON_TYPES if feature.path else NUMBERS)


def _fault(feature: Feature, code: str, **facts: object) -> Finding:
    told = {"feature": feature.name, "source": feature.source, **facts}
    return Finding(REGISTER, code, told)
