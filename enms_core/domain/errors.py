"""Every error the core raises.

    EnmsError
    ├── StorageError
    │   ├── StorageUnavailable        the server is down or starting
    │   │   └── StorageTimeout        the server does not answer in time
    │   ├── QueryFailed               the server answered, but refused the statement
    │   │   └── ValueRefused          because of a value in it
    │   ├── SchemaMismatch            the database is not at the revision that this version needs
    │   ├── TrainingBusy              somebody else is training a baseline of the same energy use
    │   ├── UnknownVersion            a baseline has no such version
    │   ├── UnknownPlan               an action plan is not there any more
    │   ├── AdoptionRefused           a database has tables of our names that cannot be worked with
    │   └── UnknownSite               the device's own site is no factory of the database
    ├── LanguageMissing               no language files for a language
    │   └── LanguageIncomplete        a file that the language cannot do without is missing
    ├── InvalidRequest                another program asked in a way that is no question
    ├── ImpossiblePeriod              a stretch of time that no calendar has
    │   └── EmptyPeriod               a stretch that has not begun: nothing has happened in it yet
    ├── ImportFailed                  a file of readings that cannot be stored; nothing was stored
    │   └── RowsRefused               too many of its rows cannot be taken
    ├── BackupFailed                  no backup was made
    └── RestoreFailed                 nothing was restored; the database is as it was

Errors carry facts; the message is built once, here. They are for logs and terminals: what a person
hears comes from the language files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from enms_core.domain.imports import Rejection


class EnmsError(Exception):
    """Root of the family."""


class StorageError(EnmsError):
    """The database could not do what was asked."""


class StorageUnavailable(StorageError):
    """The database server cannot be reached."""

    def __init__(self, reason: str, what: str = "cannot be reached") -> None:
        super().__init__(f"the energy database {what}: {reason}")
        self.reason = reason


class StorageTimeout(StorageUnavailable):
    """The database server did not answer in time; asking at once again would wait as long."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "did not answer in time")


class QueryFailed(StorageError):
    """The server refused a statement."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the energy database refused a statement: {reason}")
        self.reason = reason


class ValueRefused(QueryFailed):
    """The server refused a value that a statement told: it will never take it."""


class SchemaMismatch(StorageError):
    """The database's schema is not the one this version works with."""

    def __init__(self, found: str | None, needed: str) -> None:
        super().__init__(
            f"the database is at schema {found or 'none'}, this version needs {needed}: "
            "run `enms db upgrade`"
        )
        self.found = found
        self.needed = needed


class TrainingBusy(StorageError):
    """Somebody else is training a baseline of the same significant energy use."""

    def __init__(self, seu_id: UUID) -> None:
        super().__init__(f"another training of the energy use {seu_id} has not ended yet")
        self.seu_id = seu_id


class UnknownPlan(StorageError):
    """An action plan is not there any more."""

    def __init__(self, title: str) -> None:
        super().__init__(f"there is no action plan {title!r} any more")
        self.title = title


class UnknownVersion(StorageError):
    """A significant energy use has no baseline of a version."""

    def __init__(self, seu: str, version: int) -> None:
        super().__init__(f"{seu!r} has no baseline version {version}")
        self.seu = seu
        self.version = version


class AdoptionRefused(StorageError):
    """A database has tables of our names that cannot be worked with; nothing was changed."""

    def __init__(self, place: str, needed: str, found: str | None) -> None:
        super().__init__(
            f"this database cannot be used, nothing was changed: {place} must be {needed}, "
            f"found {found or 'no such column'}"
        )
        self.place = place
        self.needed = needed
        self.found = found


class UnknownSite(StorageError):
    """The device's own site is no factory of the database; nothing else may stand in for it."""

    def __init__(self, site: str, known: Sequence[str]) -> None:
        super().__init__(f"no factory is named {site!r}; there are {', '.join(known) or 'none'}")
        self.site = site


class LanguageMissing(EnmsError):
    """There are no language files for a language."""

    def __init__(self, lang: str) -> None:
        super().__init__(f"no language files for {lang!r}")
        self.lang = lang


class LanguageIncomplete(LanguageMissing):
    """A language lacks a file, or a word in one, that nothing can stand in for."""

    def __init__(self, lang: str, lacking: str) -> None:
        EnmsError.__init__(self, f"the language {lang!r} lacks {lacking}")
        self.lang = lang
        self.lacking = lacking


class InvalidRequest(EnmsError):
    """Another program's request is none: it has no text, an unknown language or a wrong time."""


class ImpossiblePeriod(EnmsError, ValueError):
    """A stretch of time that no calendar has, such as the 30th of February."""


class EmptyPeriod(ImpossiblePeriod):
    """A stretch that begins now: nothing has happened in it yet."""


class ImportFailed(EnmsError):
    """A file of readings that cannot be stored; nothing of it was stored.

    path: the file, where another than the only one could be meant.
    """

    def __init__(self, reason: str, line: int | None = None, path: Path | None = None) -> None:
        where = "" if line is None else f" (line {line})"
        super().__init__(f"nothing was stored: {reason}{where}")
        self.reason = reason
        self.line = line
        self.path = path


class RowsRefused(ImportFailed):
    """A file of which too many rows cannot be taken. rejections: these rows of one column, up to
    where the file was read."""

    def __init__(self, reason: str, line: int, rejections: Sequence[Rejection]) -> None:
        super().__init__(reason, line)
        self.rejections = rejections


class BackupFailed(EnmsError):
    """The database could not be written to a file; the file's name is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"no backup was made: {reason}")
        self.reason = reason


class RestoreFailed(EnmsError):
    """A backup could not be restored; the database is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"nothing was restored: {reason}")
        self.reason = reason
