"""The list of refused rows: a CSV file beside the report, with every one of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from enms_core.domain.imports import FileReport, Rejection

HEADER = ("line", "column", "text", "reason")


class RejectsFolder:
    """Where lists of refused rows go: FILE.rejected.csv in the working folder, or the one file that
    was named. Two files of one name in different folders get a list each.

    is_dry: nothing is written. faults: why lists could not be written.
    """

    def __init__(self, named: Path | None, *, is_dry: bool = False) -> None:
        self.faults: list[OSError] = []
        self._named = named
        self._is_dry = is_dry
        self._taken: set[Path] = set()

    def write(self, file: Path, rejections: Sequence[Rejection]) -> Path | None:
        """The list of a file's refused rows; None where nothing is written."""
        if self._is_dry or not rejections:
            return None
        path = self._named or self._free(file)
        self._taken.add(path)
        try:
            _write(path, rejections)
        except OSError as error:
            self.faults.append(error)
            return None
        return path

    def _free(self, path: Path) -> Path:
        name = path.name.removesuffix(".gz")
        stem = Path(name).stem
        free, number = Path(f"{stem}.rejected.csv"), 1
        while free in self._taken:
            number += 1
            free = Path(f"{stem}-{number}.rejected.csv")
        return free


def all_rejections(report: FileReport) -> list[Rejection]:
    """The refused rows of all columns of a file, in the order of their lines."""
    found = [rejection for target in report.targets for rejection in target.rejections]
    return sorted(found, key=lambda rejection: rejection.line)


def _write(path: Path, rejections: Iterable[Rejection]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for each in rejections:
            writer.writerow((each.line, each.column, each.text, each.reason.value))
