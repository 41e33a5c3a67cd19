"""A mapping: where the columns of many files go, and the messages of meters, as a YAML file says.

docs/importing.md and docs/listening.md tell its keys.
"""

from __future__ import annotations

from dataclasses import fields
from glob import glob
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    LARGEST_GAP,
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    RowFilter,
    Site,
    StatusTarget,
    TableFormat,
    Target,
    WeatherTarget,
)
from enms_core.files.mapping_keys import (
    Column,
    Files,
    ListenRule,
    Mapping,
    place_of,
    sentence,
)
from enms_core.files.yaml_tree import read_yaml

__all__ = ["ListenRule", "Mapping", "plans_of", "read_mapping"]

# What a mapping calls the weather → its column of site_weather.
WEATHER = {
    "temperature": "outdoor_temp_c",
    "humidity": "outdoor_humidity_percent",
    "wind": "wind_speed_m_s",
}


def read_mapping(path: Path) -> Mapping:
    """The mapping of a YAML file. Raises ImportFailed, which tells the place of what is wrong."""
    tree = read_yaml(path)
    try:
        return Mapping.model_validate(tree.value)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        line = tree.line(place_of(fault))
        raise ImportFailed(f"{path.name}: {sentence(fault)}", line) from error


def plans_of(mapping: Mapping, path: Path) -> list[FilePlan]:
    """The plans of the mapping's files, in its order, those of a pattern by their names.

    path: of the mapping, whose folder relative paths begin in. Raises ImportFailed where it names
    no file that is there, or leaves something open that no file can tell.
    """
    if not mapping.files:
        raise ImportFailed(f"{path.name} names no files")
    return [
        _plan(file, mapping, part, path) for part in mapping.files for file in _found(part, path)
    ]


def _found(part: Files, mapping: Path) -> list[Path]:
    named = mapping.parent / part.path
    if named.is_file():  # also where its name has a bracket
        return [named]
    matching = glob(part.path, root_dir=mapping.parent, recursive=True)
    found = sorted(file for each in matching if (file := mapping.parent / each).is_file())
    if not found:
        raise ImportFailed(f"{mapping.name}: no file is named {part.path}")
    return found


def _plan(file: Path, mapping: Mapping, part: Files, path: Path) -> FilePlan:
    given = mapping.factory
    levels = (part, mapping.defaults)
    named = {each.name: _said(each.name, *levels) for each in fields(TableFormat)}
    columns = {"time_column": _said("time", *levels), "clock_column": _said("clock", *levels)}
    table = TableFormat(**{**named, **columns})
    targets = [_target(column, path, *levels) for column in part.columns]
    site = Site() if given is None else Site(**given.model_dump())
    return FilePlan(path=file, site=site, format=table, targets=targets)


def _target(column: Column, path: Path, *levels: object) -> Target:
    rows = None if column.rows is None else RowFilter(column.rows.column, column.rows.value)
    common: dict[str, Any] = {"column": column.column, "unit": column.unit, "rows": rows}
    if column.weather is not None:
        return WeatherTarget(**common, quantity=WEATHER[column.weather])
    common["interval"] = column.interval
    common["machine"] = _needed("machine", column, path, *levels)
    common["machine_type"] = _said("machine_type", column, *levels) or "machine"
    if column.production is not None:
        return ProductionTarget(**common, quantity=column.production)
    if column.status is not None:
        return StatusTarget(**common, words=column.status)
    return ReadingsTarget(
        **common,
        source=_needed("source", column, path, *levels),
        kind=_said("kind", column, *levels),
        largest_gap=_said("largest_gap", column, *levels) or LARGEST_GAP,
        register_digits=column.register_digits,
        serial_column=column.serial_column,
        seu=column.seu,
        kwh_per_unit=column.kwh_per_unit,
        highest_rate=column.highest_rate,
    )


def _said(key: str, *levels: object) -> Any:
    """What the nearest says that says anything: the column, its files, the defaults."""
    said = (getattr(level, key, None) for level in levels)
    return next((each for each in said if each is not None), None)


def _needed(key: str, column: Column, path: Path, *levels: object) -> Any:
    said = _said(key, column, *levels)
    if said is None:
        raise ImportFailed(f"{path.name}: column {column.column!r} has no {key!r}")
    return said
