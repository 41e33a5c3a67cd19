"""What nobody said about a file: found in the file itself, with the reason, or asked.

What is certain is filled in and told (`Found`). What the file leaves open in two ways that lead to
other numbers is never decided here: it is a `Choice`, which a person or a flag answers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, ReadingsTarget, RowFilter
from enms_core.files.guess_draft import Choice, Draft, Found, Guessed
from enms_core.files.guess_interval import guess_interval
from enms_core.files.guess_kind import guess_kind
from enms_core.files.guess_sample import Sample, read_sample
from enms_core.files.guess_stamp import guess_stamp
from enms_core.files.guess_times import guess_times
from enms_core.files.guess_unit import guess_unit
from enms_core.files.guess_values import guess_column, guess_decimal, guess_rows
from enms_core.files.guess_walls import FileWalls
from enms_core.files.guess_zone import guess_zone
from enms_core.files.opening import found_encoding
from enms_core.files.spreadsheet import is_spreadsheet
from enms_core.files.tables import open_table

__all__ = [
    "Adviser", "Choice", "Found", "Guessed", "Unattended", "completed", "settled", "undecided",
]  # fmt: skip


class Adviser(Protocol):
    """Who decides what a file leaves open, and is told what was found."""

    def choose(self, path: Path, choice: Choice) -> str:
        """One of the options; ImportFailed where nobody can say."""

    def accept(self, guessed: Guessed) -> None:
        """Everything is decided; ImportFailed where it is not as it should be."""


class Unattended:
    """Takes what is certain and refuses what is not."""

    def choose(self, path: Path, choice: Choice) -> str:
        raise undecided(path, choice)

    def accept(self, guessed: Guessed) -> None:
        pass


def undecided(path: Path, choice: Choice) -> ImportFailed:
    """The refusal of a file that leaves something open, with the flag that says it."""
    options = " or ".join(choice.options)
    return ImportFailed(
        f"{path.name}: the {choice.topic} may be {options} ({choice.why}); say {choice.flag}"
    )


def settled(plan: FilePlan, zone: ZoneInfo, adviser: Adviser) -> FilePlan:
    """The complete plan: what the file tells, and the adviser's choices."""
    guessed = completed(plan, zone)
    while guessed.choices:
        choice = guessed.choices[0]
        guessed = completed(choice.options[adviser.choose(plan.path, choice)], zone)
    adviser.accept(guessed)
    return guessed.plan


def completed(plan: FilePlan, zone: ZoneInfo) -> Guessed:
    """The plan with everything that the file tells; what was said stays as it is.

    zone: of stamps without an offset. What rests on a choice waits until that is made. Raises
    ImportFailed: the file cannot be read, lacks a column that was named, or is none of meters.
    """
    draft = Draft(plan)
    _guess_text(draft)
    samples = _Samples(draft)
    guess_times(draft, samples.of(0), plan.targets[0].rows)
    if not draft.choices:
        _guess_columns(draft, samples)
    if not draft.choices:
        _guess_kinds(draft, samples, zone)
    if not draft.choices:
        _guess_intervals(draft, samples)
    walls = FileWalls(draft, zone)
    if not draft.choices:
        guess_zone(draft, samples.of(0), zone, walls)
    if not draft.choices:
        guess_stamp(draft, samples.of(0), walls)
    return draft.guessed()


class _Samples:
    """The first rows of each meter of a file, each read once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._read: dict[RowFilter | None, Sample] = {}

    def of(self, place: int) -> Sample:
        plan = self._draft.plan
        rows = plan.targets[place].rows
        if rows not in self._read:
            self._read[rows] = read_sample(plan.path, plan.format, rows, _named(plan))
        return self._read[rows]


def _named(plan: FilePlan) -> list[str]:
    """The columns that somebody named: they must be there."""
    names = {plan.format.time_column, plan.format.clock_column}
    for target in plan.targets:
        names |= {target.column, target.rows.column if target.rows else None}
        names |= {target.serial_column} if isinstance(target, ReadingsTarget) else set()
    return sorted(filter(None, names))


def _guess_text(draft: Draft) -> None:
    """Encoding and delimiter of a text file, so that they are found once only."""
    path, given = draft.plan.path, draft.format
    if is_spreadsheet(path):
        return
    if given.encoding is None:
        draft.put_format(replace(given, encoding=found_encoding(path)))
        draft.tell("encoding", draft.format.encoding or "", "by its bytes")
    if given.delimiter is None:
        with open_table(path, draft.format) as table:
            draft.put_format(replace(draft.format, delimiter=table.delimiter))
        draft.tell("delimiter", repr(draft.format.delimiter), "it makes the most even columns")


def _guess_columns(draft: Draft, samples: _Samples) -> None:
    for place in range(len(draft.plan.targets)):
        guess_column(draft, place, samples.of(place))
        guess_rows(draft, place, samples.of(place))
        if draft.choices:
            return
    guess_decimal(draft, samples.of(0))


def _guess_kinds(draft: Draft, samples: _Samples, zone: ZoneInfo) -> None:
    for place in range(len(draft.plan.targets)):
        guess_unit(draft, place, samples.of(place), draft.plan.site.timezone or zone.key)
        guess_kind(draft, place, samples.of(place))


def _guess_intervals(draft: Draft, samples: _Samples) -> None:
    for place in range(len(draft.plan.targets)):
        guess_interval(draft, place, samples.of(place))
