"""The plan of one file from the flags of `enms import`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from enms_core.domain.imports import (
    LARGEST_GAP,
    UNSAID,
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    Site,
    StatusTarget,
    TableFormat,
    Target,
    WeatherTarget,
)
from enms_core.files.guess_words import plain_words

# Flags that tell of one file, by their name in the options; a mapping tells them of each file.
ONE_FILE: Mapping[str, str] = MappingProxyType(
    {
        "path": "FILE",
        "machine_type": "--type",
        **{
            name: f"--{name.replace('_', '-')}"
            for name in (
                "machine", "source", "factory", "timezone", "currency", "seu", "value_column",
                "unit", "kwh_per_unit", "kind", "also", "interval", "largest_gap",
                "register_digits", "highest_rate", "serial_column", "rows", "time_column",
                "clock_column", "time_format", "stamp", "decimal", "delimiter", "encoding",
                "sheet", "rejects",
            )
        },
    }
)  # fmt: skip
# Flags that tell of readings: without them none are stored, only what --also names.
READINGS = (
    "source", "value_column", "unit", "kwh_per_unit", "kind", "largest_gap", "register_digits",
    "highest_rate", "serial_column", "seu",
)  # fmt: skip

# Parts of a column's name → the column of the table that it goes to; the first that fits is taken.
WEATHER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "temp": "outdoor_temp_c",
        "humid": "outdoor_humidity_percent",
        "feuchte": "outdoor_humidity_percent",
        "wind": "wind_speed_m_s",
    }
)
PRODUCTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "good": "good_count",
        "reject": "reject_count",
        "scrap": "reject_count",
        "ausschuss": "reject_count",
    }
)


def plan_of(options: argparse.Namespace) -> FilePlan:
    """What the flags say of the file; ValueError where they are wrong or too few."""
    if options.path is None:
        raise ValueError("a FILE is needed, or --map MAPPING")
    targets = [*_readings(options), *_beside(options)]
    if not targets:
        raise ValueError("--machine and --source are needed: whose readings these are")
    return FilePlan(
        path=options.path, site=_site(options), format=_format(options), targets=targets
    )


def mapping_of(options: argparse.Namespace) -> Path | None:
    """The file of `--map`, None without one; ValueError where flags contradict it."""
    if options.map is None:
        return None
    mapping: Path = options.map
    given = [flag for name, flag in ONE_FILE.items() if getattr(options, name) not in (None, [])]
    if given:
        raise ValueError(f"--map tells everything about its files: leave out {', '.join(given)}")
    return mapping


def _site(options: argparse.Namespace) -> Site:
    return Site(name=options.factory, timezone=options.timezone, currency=options.currency)


def _format(options: argparse.Namespace) -> TableFormat:
    return TableFormat(
        encoding=options.encoding,
        delimiter=options.delimiter,
        decimal=options.decimal,
        sheet=options.sheet,
        time_column=options.time_column,
        clock_column=options.clock_column,
        time_format=options.time_format,
        timezone=options.timezone,
        stamp=options.stamp,
    )


def _readings(options: argparse.Namespace) -> Iterator[Target]:
    if not any(getattr(options, name) is not None for name in READINGS):
        return
    if options.machine is None or options.source is None:
        raise ValueError("readings need --machine and --source")
    yield ReadingsTarget(
        column=options.value_column or UNSAID,
        unit=options.unit,
        rows=options.rows,
        interval=options.interval,
        machine=options.machine,
        machine_type=_machine_type(options),
        source=options.source,
        kind=options.kind,
        largest_gap=LARGEST_GAP if options.largest_gap is None else options.largest_gap,
        register_digits=options.register_digits,
        serial_column=options.serial_column,
        seu=options.seu,
        kwh_per_unit=options.kwh_per_unit,
        highest_rate=options.highest_rate,
    )


def _beside(options: argparse.Namespace) -> Iterator[Target]:
    for what, *columns in options.also:
        if what not in MAKERS:
            raise ValueError(f"--also {what}: it is one of {', '.join(MAKERS)}")
        if not columns:
            raise ValueError(f"--also {what}: a column is needed")
        for column in columns:
            yield MAKERS[what](options, column)


def _status(options: argparse.Namespace, column: str) -> Target:
    return StatusTarget(
        column=column,
        rows=options.rows,
        machine=_machine(options, "status"),
        machine_type=_machine_type(options),
    )


def _production(options: argparse.Namespace, column: str) -> Target:
    return ProductionTarget(
        column=column,
        rows=options.rows,
        interval=options.interval,
        machine=_machine(options, "production"),
        machine_type=_machine_type(options),
        quantity=_quantity(column, PRODUCTION_WORDS) or "production_count",
    )


def _weather(options: argparse.Namespace, column: str) -> Target:
    quantity = _quantity(column, WEATHER_WORDS)
    if quantity is None:
        words = ", ".join(WEATHER_WORDS)
        raise ValueError(f"--also weather {column}: the name has none of {words}; use --map")
    return WeatherTarget(column=column, rows=options.rows, quantity=quantity)


MAKERS: Mapping[str, Callable[[argparse.Namespace, str], Target]] = MappingProxyType(
    {"status": _status, "production": _production, "weather": _weather}
)


def _quantity(column: str, words: Mapping[str, str]) -> str | None:
    name = plain_words(column)
    return next((quantity for word, quantity in words.items() if word in name), None)


def _machine(options: argparse.Namespace, what: str) -> str:
    if options.machine is None:
        raise ValueError(f"--also {what} needs --machine")
    machine: str = options.machine
    return machine


def _machine_type(options: argparse.Namespace) -> str:
    return options.machine_type or ReadingsTarget.machine_type
