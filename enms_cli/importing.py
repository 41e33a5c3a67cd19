"""`enms import`: readings of one meter from a CSV file."""

from __future__ import annotations

import argparse

from enms_cli.opening import opened
from enms_core.settings import Settings
from enms_core.storage.importing import Destination, ImportReport, import_file
from enms_core.storage.meter_file import FileFormat


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Import one file and tell what was stored."""
    destination = Destination(
        machine=options.machine,
        machine_type=options.machine_type,
        source=options.source,
        factory=options.factory,
        timezone=options.timezone,
        currency=options.currency,
        unit=options.unit,
    )
    file_format = FileFormat(
        timezone=options.timezone,
        stamp=options.stamp,
        time_column=options.time_column,
        value_column=options.value_column,
        time_format=options.time_format,
        delimiter=options.delimiter,
        decimal=options.decimal,
    )
    async with opened(settings, options.empty) as store:
        report = await import_file(store.registers, options.path, destination, file_format)
        await store.refresh_rollups()
    _print(report, options.machine)
    return 0


def _print(report: ImportReport, machine: str) -> None:
    minutes = report.interval.total_seconds() / 60
    print(f"{machine}: {report.rows:,} readings of {minutes:g} minutes")
    print(
        f"from {report.first:%Y-%m-%d %H:%M} to {report.last:%Y-%m-%d %H:%M} UTC, interval starts"
    )
    print(
        f"total {report.quantity:,.2f} {report.unit}, {report.missing_intervals} intervals missing"
    )
    print(f"{report.stored:,} stored now, {report.rows - report.stored:,} were there already")
