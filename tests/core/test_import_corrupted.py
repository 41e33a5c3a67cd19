"""Damaged files as a whole import: clearly refused, or every row of them accounted for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    FilePlan,
    ReadingsTarget,
    Reason,
    Site,
    TableFormat,
    TargetReport,
)
from enms_core.files.guessing import Unattended
from enms_core.services.importing import import_files
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.conftest import rows, stored
from tests.damage import INTERVAL, Variant, good_lines, said, variants
from tests.damage_kinds import COLUMNS

KINDS = {kind: list(each) for kind, each in groupby(variants(), attrgetter("kind"))}
READINGS = """
SELECT r.time, r.energy_kwh FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id
WHERE m.name = '{name}' ORDER BY r.time
"""
# A clock that is a little off is set right, and told.
SNAPPED = timedelta(minutes=1.5)
# A good row next to a damaged one may be what the damaged one is in the way of.
IN_THE_WAY = {Reason.CONTRADICTS_FILE, Reason.ACROSS_FILE}

Readings = dict[datetime, float]
Outcome = TargetReport | ImportFailed


def plan(path: Path, variant: Variant) -> FilePlan:
    """All that is said is whose column it is; the rest is found from the file."""
    target = ReadingsTarget(
        column=COLUMNS[variant.writing][1], unit="kWh", machine=variant.name, source="electricity"
    )
    site = Site(name="Works", timezone="Europe/Berlin")
    return FilePlan(path=path, site=site, format=TableFormat(), targets=[target])


async def outcome(store: Store, path: Path, variant: Variant) -> Outcome:
    path.write_bytes(variant.content)
    try:
        imported = await import_files(
            store,
            [plan(path, variant)],
            adviser=Unattended(),
            progress=lambda _path, _done: None,
        )
    except ImportFailed as error:
        return error
    return imported.failures[0][1] if imported.failures else imported.files[0].report.targets[0]


def check_readings(readings: Readings, lines: dict[int, str], variant: Variant) -> None:
    """Everything that is stored is said by a line of the file."""
    told = {each for line in lines.values() if (each := said(line, variant.writing)) is not None}
    for start, value in readings.items() - told:
        assert any(value == amount and abs(start - at) <= SNAPPED for at, amount in told), start


def check_losses(
    readings: Readings, report: TargetReport, lines: dict[int, str], variant: Variant
) -> None:
    """Every row of the good file that the variant still has is stored, or refused by its line."""
    refused = {each.line: each.reason for each in report.rejections}
    good = set(good_lines(variant.writing)[1:])
    for at, line in lines.items():
        if line not in good:
            continue
        found = said(line, variant.writing)
        assert found is not None
        if at in refused:
            assert refused[at] in IN_THE_WAY
        else:
            assert readings[found[0]] == found[1]


def missing(readings: Readings) -> int:
    """How many intervals are not there, between those that are."""
    return (max(readings) - min(readings)) // INTERVAL + 1 - len(readings)


def check(url: str, variant: Variant, report: TargetReport) -> None:
    found = dict(rows(url, READINGS.format(name=variant.name)))
    readings = {at.astimezone(timezone.utc): value for at, value in found.items()}  # type: ignore[attr-defined]
    lines = variant.filled_lines()
    check_readings(readings, lines, variant)
    check_losses(readings, report, lines, variant)
    accounted = report.rows + report.duplicates + len(report.rejections) + report.empty
    assert accounted == len(lines)
    assert report.stored == report.rows == len(readings)
    assert report.missing_intervals == missing(readings)
    assert report.quantity == pytest.approx(sum(readings.values()), rel=1e-12)
    assert len(report.rejections) <= (len(lines) - report.empty) / 100


def test_most_variants_are_good_enough_to_be_stored() -> None:
    assert sum(each.is_good_enough for variants in KINDS.values() for each in variants) > 180


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_refused_or_accounted_for_row_by_row(
    kind: str, empty_url: str, tmp_path: Path
) -> None:
    async def import_all(store: Store) -> None:
        for variant in KINDS[kind]:
            before = stored(empty_url)
            found = await outcome(store, tmp_path / "meter.csv", variant)
            if isinstance(found, ImportFailed):
                assert not variant.is_good_enough, found.reason
                assert len(found.reason) > 10
                assert stored(empty_url) == before
            else:
                check(empty_url, variant, found)

    run_on(empty_url, import_all)
