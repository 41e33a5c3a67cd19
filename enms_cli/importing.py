"""`enms import`: readings of meters, and what goes with them, from files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from enms_cli.guesses import Person
from enms_cli.import_json import as_json, failed_json
from enms_cli.import_plan import mapping_of, plan_of
from enms_cli.import_report import lines, refused_lines
from enms_cli.opening import opened
from enms_cli.progress import import_bar
from enms_cli.rejected_rows import RejectsFolder, all_rejections
from enms_core.domain.errors import EnmsError, ImportFailed, RowsRefused
from enms_core.domain.imports import FilePlan, Rejection, writable
from enms_core.files.mapping import plans_of, read_mapping
from enms_core.services.importing import Imported, import_files
from enms_core.settings import Settings
from enms_core.storage.store import Store


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Import and tell what was stored; 1 where something of it was not."""
    try:
        plans = _plans(options)
        async with opened(settings, options.empty) as store:
            imported = await _imported(store, plans, options)
            is_whole = _print_files(imported, options)
            if imported.files and not (imported.faults or options.dry_run or options.json):
                await _print_questions(store, imported)
    except EnmsError as error:
        if options.json:
            _print_json(failed_json(_path_of(error, options), error))
        raise
    return 0 if is_whole else 1


def _plans(options: argparse.Namespace) -> Sequence[FilePlan]:
    mapping = mapping_of(options)
    return [plan_of(options)] if mapping is None else plans_of(read_mapping(mapping), mapping)


async def _imported(
    store: Store, plans: Sequence[FilePlan], options: argparse.Namespace
) -> Imported:
    is_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    with import_bar() as progress:
        return await import_files(
            store,
            plans,
            adviser=Person(is_terminal=is_terminal, takes_all=options.yes),
            progress=progress,
            replace=options.replace,
            dry_run=options.dry_run,
        )


def _print_files(imported: Imported, options: argparse.Namespace) -> bool:
    """Tell what became of each file; False where one was not stored, its list not written, or what
    comes after the files not done."""
    folder = RejectsFolder(options.rejects, is_dry=options.dry_run)
    now = datetime.now(timezone.utc)
    for file in imported.files:
        rejects = folder.write(file.report.path, all_rejections(file.report))
        if options.json:
            _print_json(as_json(file.report, file.zone, rejects))
        else:
            told = lines(file.report, file.zone, now, rejects, is_dry=options.dry_run)
            print(writable("\n".join(told)))
    for path, failure in imported.failures:
        refused = failure.rejections if isinstance(failure, RowsRefused) else ()
        _print_failure(path, failure, refused, folder.write(path, refused), options)
    if not options.json:
        for seu in imported.seus:
            print(f"new significant energy use: {seu}")
    for error in folder.faults:
        _complain(f"the list of refused rows cannot be written: {error}")
    for fault in imported.faults:
        _complain(f"the files are stored, but not everything was done after them: {fault}")
    return not (imported.failures or folder.faults or imported.faults)


def _print_failure(
    path: Path,
    failure: EnmsError,
    refused: Sequence[Rejection],
    rejects: Path | None,
    options: argparse.Namespace,
) -> None:
    _complain(f"{path}: {failure}")
    if options.json:
        _print_json(failed_json(path, failure, refused, rejects))
        return
    for line in refused_lines(refused, rejects):
        print(writable(line), file=sys.stderr)


def _path_of(error: EnmsError, options: argparse.Namespace) -> Path:
    """The file that an error before the first one is about; of all files, the mapping."""
    path: Path | None = error.path if isinstance(error, ImportFailed) else None
    return path or options.map or options.path


def _print_json(told: dict[str, object]) -> None:
    print(writable(json.dumps(told, ensure_ascii=False)))


async def _print_questions(store: Store, imported: Imported) -> None:
    # The libraries that understand take 100 MB, which a large file need not find taken.
    from enms_core.services.first_questions import first_questions

    replies = await first_questions(store, imported.files, datetime.now(timezone.utc))
    if replies:
        print("\nYou can ask now:")
    for reply in replies:
        print(f"- {reply.utterance}\n  {reply.speech}")


def _complain(reason: str) -> None:
    print(writable(f"enms: {reason}"), file=sys.stderr)
