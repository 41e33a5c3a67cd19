"""Reading the stored versions of baselines, ours and those of other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from enms_core.domain.baseline import Baseline, Equation, Model
from enms_core.domain.period import Period
from enms_core.storage.adopted_models import (
    equation_of,
    grain_of,
    instant_of,
    parsed_json,
    period_of,
)
from enms_core.storage.catalogue import is_time_zone
from enms_core.storage.database import Database
from enms_core.storage.model_json import model_from

# The columns of an adopted table may be of any type: as JSON they are all read alike. Times are
# those of the SEU's site where they tell no zone.
ZONE = """
(SELECT f.timezone FROM machines AS m JOIN factories AS f ON f.id = m.factory_id
 WHERE m.id = ANY (s.machine_ids) ORDER BY m.name LIMIT 1)
"""
# The drivers of an energy source that no column tells.
COMPUTED = """
ARRAY(SELECT f.feature_name::text FROM energy_source_features AS f
      WHERE f.energy_source_id = {source} AND upper(f.aggregation_function) = 'CUSTOM')
"""
SOURCE = "coalesce(b.energy_source_id, s.energy_source_id)"
# Whatever type the column has.
IS_ACTIVE = "to_jsonb(b.is_active) #>> '{}' IN ('true', 't')"
# What a list of many SEUs shows: the version in use, else the newest. Where `seus` has a model too,
# all of them tell whether it is one of them.
SHOWN = f"""
(s.regression_coefficients IS NOT NULL OR {IS_ACTIVE}
 OR b.model_version =
     (SELECT max(n.model_version) FROM energy_baselines AS n WHERE n.seu_id = s.id))
"""
VERSIONS = f"""
SELECT s.id AS seu_id, s.name AS seu, {SOURCE} AS source_id,
       to_jsonb(b)::text AS stored, b.training_start_date AS begun, b.training_end_date AS ended,
       b.created_at, {ZONE} AS zone, {COMPUTED.format(source=SOURCE)} AS computed
FROM energy_baselines AS b JOIN seus AS s ON s.id = b.seu_id
WHERE (:every OR s.id = ANY (CAST(:ids AS uuid[]))) AND (:is_whole OR {SHOWN})
ORDER BY b.model_version DESC, b.created_at DESC
"""
# The one model that a program kept which knew no versions.
LEGACY = f"""
SELECT s.id AS seu_id, s.name AS seu, s.energy_source_id AS source_id, to_jsonb(s)::text AS stored,
       s.baseline_start_date AS begun, s.baseline_end_date AS ended, s.trained_at AS created_at,
       {ZONE} AS zone, {COMPUTED.format(source="s.energy_source_id")} AS computed
FROM seus AS s
WHERE s.regression_coefficients IS NOT NULL AND (:every OR s.id = ANY (CAST(:ids AS uuid[])))
ORDER BY s.name
"""
LEGACY_VERSION = 0
Row = Mapping[str, Any]


@dataclass(frozen=True)
class StoredModels:
    """versions: by SEU, the newest first. unreadable: names of models that tell no equation.
    damaged: names of models of ours of which only the equation can be read."""

    versions: Mapping[UUID, tuple[Baseline, ...]]
    unreadable: tuple[str, ...]
    damaged: tuple[str, ...]


def read_models(connection: Connection, seu_ids: Sequence[UUID] | None) -> StoredModels:
    """The versions of some SEUs, inside a transaction; of all where none is told."""
    bound = {"every": seu_ids is None, "ids": [str(each) for each in seu_ids or ()]}
    versions = connection.execute(text(VERSIONS), {**bound, "is_whole": True}).mappings()
    legacy = connection.execute(text(LEGACY), bound).mappings()
    return _models([{**row} for row in versions], [{**row} for row in legacy])


async def stored_models(
    readings: Database, seu_ids: Sequence[UUID], is_whole: bool = True
) -> StoredModels:
    """The same on the connections that are kept for questions: making one takes longer than all
    that is read. is_whole: not only the active version of each SEU and the newest."""
    bound = False, list(seu_ids)
    versions = await readings.fetch(_numbered(VERSIONS), *bound, is_whole)
    return _models(versions, await readings.fetch(_numbered(LEGACY), *bound))


def _numbered(sql: str) -> str:
    """A statement with its parameters as asyncpg has them."""
    for number, name in enumerate((":every", ":ids", ":is_whole"), start=1):
        sql = sql.replace(name, f"${number}")
    return sql


def _models(version_rows: Iterable[Row], legacy_rows: Iterable[Row]) -> StoredModels:
    versions = [_version(row) for row in version_rows]
    legacy = [_legacy(row) for row in legacy_rows]
    hidden = _hidden(versions)
    found: dict[UUID, list[Baseline]] = {}
    for baseline in (each.baseline for each in (*versions, *legacy)):
        if baseline is not None and not _is_told_again(baseline, found.get(baseline.seu_id, ())):
            found.setdefault(baseline.seu_id, []).append(baseline)
    return StoredModels(
        versions={seu_id: _one_active(each, seu_id in hidden) for seu_id, each in found.items()},
        unreadable=tuple(each.name for each in (*versions, *legacy) if each.baseline is None),
        damaged=tuple(each.name for each in versions if each.is_damaged),
    )


@dataclass(frozen=True)
class _Read:
    name: str
    seu_id: UUID
    is_active: bool
    baseline: Baseline | None
    is_damaged: bool = False


def _version(row: Row) -> _Read:
    stored = json.loads(row["stored"])
    period, zone = _period(row, is_to_last_day=False), _zone(row)
    name = f"{row['seu']} version {stored['model_version']}"
    details = parsed_json(stored["metadata"])
    model = model_from(details)
    is_ours = isinstance(details, dict) and "format" in details and "model" in details
    if model is None:
        grain = grain_of(stored["training_samples"], period)
        columns = (stored["coefficients"], stored["feature_names"], stored["intercept"])
        model = _model(equation_of(*columns, grain, row["computed"]))
    is_active = parsed_json(stored["is_active"]) in (True, "t")
    if model is None:
        return _Read(name, row["seu_id"], is_active, None)
    baseline = Baseline(
        seu_id=row["seu_id"],
        energy_source_id=row["source_id"],
        version=int(stored["model_version"]),
        model=model,
        is_active=is_active,
        period=period,
        created_at=instant_of(row["created_at"], zone),
        trained_by=stored["trained_by"],
    )
    is_damaged = is_ours and model.statistics is None
    return _Read(name, baseline.seu_id, is_active, baseline, is_damaged)


def _legacy(row: Row) -> _Read:
    stored = json.loads(row["stored"])
    columns = (stored["regression_coefficients"], stored["feature_columns"], stored["intercept"])
    # Who keeps one model by SEU trains it on days.
    model = _model(equation_of(*columns, "day", row["computed"]))
    name = f"{row['seu']} (seus)"
    if model is None:
        return _Read(name, row["seu_id"], True, None)
    baseline = Baseline(
        seu_id=row["seu_id"],
        energy_source_id=row["source_id"],
        version=LEGACY_VERSION,
        model=model,
        is_active=True,
        period=_period(row, is_to_last_day=True),
        created_at=instant_of(row["created_at"], _zone(row)),
        trained_by=stored["trained_by"],
    )
    return _Read(name, baseline.seu_id, True, baseline)


def _model(equation: Equation | None) -> Model | None:
    return None if equation is None else Model(equation)


def _is_told_again(baseline: Baseline, versions: Iterable[Baseline]) -> bool:
    """Whether the columns of `seus` only repeat a version, as other programs write them."""
    told = _numbers(baseline)
    return baseline.version == LEGACY_VERSION and any(_numbers(each) == told for each in versions)


def _numbers(baseline: Baseline) -> object:
    equation = baseline.model.equation
    return equation.intercept, {(term.driver, term.coefficient) for term in equation.terms}


def _hidden(versions: Iterable[_Read]) -> set[UUID]:
    """SEUs whose active version cannot be read. versions: the newest first."""
    active: dict[UUID, _Read] = {}
    for each in versions:
        if each.is_active:
            active.setdefault(each.seu_id, each)
    return {seu_id for seu_id, each in active.items() if each.baseline is None}


def _one_active(versions: Sequence[Baseline], is_hidden: bool) -> tuple[Baseline, ...]:
    """The newest active one is active; the model of `seus` where no other one is.

    is_hidden: the active one cannot be read. Then none is: nobody chose another one.
    """
    told = () if is_hidden else versions
    active = next((each.version for each in told if each.is_active), None)
    return tuple(replace(each, is_active=each.version == active) for each in versions)


def _period(row: Row, is_to_last_day: bool) -> Period | None:
    return period_of(row["begun"], row["ended"], _zone(row), is_to_last_day)


def _zone(row: Row) -> ZoneInfo:
    name: Any = row["zone"]
    return ZoneInfo(name if is_time_zone(name) else "UTC")
