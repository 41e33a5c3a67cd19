"""Imports for tests: plans of files, carried out on a database as the command line does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enms_core.domain.imports import FilePlan, ReadingsTarget, Site, TableFormat, Target
from enms_core.files.guessing import Adviser, Unattended
from enms_core.files.mapping import plans_of, read_mapping
from enms_core.services.importing import Imported, Progress, import_files
from tests.conftest import run_on

WORKS = Site(name="Stamping Works", timezone="Europe/Berlin", currency="EUR")


def plan(path: Path, *targets: Target, site: Site = WORKS, **table: object) -> FilePlan:
    """A plan of a file; what its table is not told is found from the file."""
    chosen = TableFormat(**table)  # type: ignore[arg-type]
    return FilePlan(path=path, site=site, format=chosen, targets=targets)


def power(machine: str = "Press-3", **said: object) -> ReadingsTarget:
    """Electricity of a machine."""
    return ReadingsTarget(machine=machine, source="electricity", **said)  # type: ignore[arg-type]


def mapped(folder: Path, text: str) -> list[FilePlan]:
    """The plans of a mapping that stands in a folder."""
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return plans_of(read_mapping(path), path)


def imported(
    url: str,
    plans: Sequence[FilePlan],
    adviser: Adviser | None = None,
    progress: Progress = lambda path, done: None,
    **ways: bool,
) -> Imported:
    """Import files; ways: replace, dry_run."""

    def run(store: object) -> object:
        decides = adviser or Unattended()
        return import_files(store, plans, adviser=decides, progress=progress, **ways)  # type: ignore[arg-type]

    found = run_on(url, run)
    assert isinstance(found, Imported)
    return found
