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
from enms_cli.import_report import lines
from enms_cli.opening import opened
from enms_cli.progress import import_bar
from enms_cli.rejected_rows import RejectsFolder
from enms_core.domain.imports import FilePlan
from enms_core.files.mapping import plans_of, read_mapping
from enms_core.services.importing import Imported, ImportedFile, import_files
from enms_core.settings import Settings
from enms_core.storage.store import Store


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Import and tell what was stored; 1 where nothing of a file was stored."""
    plans = _plans(options)
    async with opened(settings, options.empty) as store:
        imported = await _imported(store, plans, options)
        is_whole = _print_files(imported, options)
        if imported.files and not (options.dry_run or options.json):
            await _print_questions(store, imported)
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
    """Tell what became of each file; False where one was not stored, or its list not written."""
    folder = RejectsFolder(options.rejects)
    is_whole = not imported.failures
    for file in imported.files:
        try:
            rejects = None if options.dry_run else folder.write(file.report)
        except OSError as error:
            _complain(f"the list of refused rows cannot be written: {error}")
            rejects, is_whole = None, False
        _print_file(file, rejects, options)
    for path, failure in imported.failures:
        if options.json:
            print(json.dumps(failed_json(path, failure.reason), ensure_ascii=False))
        _complain(f"{path}: {failure}")
    if not options.json:
        for seu in imported.seus:
            print(f"new significant energy use: {seu}")
    return is_whole


def _print_file(file: ImportedFile, rejects: Path | None, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(as_json(file.report, file.zone, rejects), ensure_ascii=False))
    else:
        print("\n".join(lines(file.report, file.zone, rejects, is_dry=options.dry_run)))


async def _print_questions(store: Store, imported: Imported) -> None:
    # The libraries that understand take 100 MB, which a large file need not find taken.
    from enms_core.services.first_questions import first_questions

    replies = await first_questions(store, imported.files, datetime.now(timezone.utc))
    if replies:
        print("\nYou can ask now:")
    for reply in replies:
        print(f"- {reply.utterance}\n  {reply.speech}")


def _complain(reason: str) -> None:
    print(f"enms: {reason}", file=sys.stderr)
