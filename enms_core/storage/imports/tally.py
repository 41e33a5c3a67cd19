"""What is counted of one column's rows on their way into the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from enms_core.analysis.import_chunk import TargetChunk
from enms_core.domain.errors import ImportFailed, RowsRefused
from enms_core.domain.imports import MOST_REJECTED_PERCENT, Rejection, Remark

# They are kept until the report; a file with more of them is refused whatever its size.
MOST_REJECTED_ROWS = 100_000
# What a table's column may round off of the sum, and what is told of it.
MOST_ROUNDED_PERCENT = 1.0
UNTOLD_PERCENT = 0.01


@dataclass
class Tally:
    """Rows of one column, as they pass.

    rows: with a value, good or refused. empty: without one. duplicates: told again with the same
    value, or taken back by a later row where the last one wins.
    """

    column: str
    rows: int = 0
    empty: int = 0
    duplicates: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def take(self, chunk: TargetChunk) -> None:
        """Count the rows of a piece of the file."""
        self.rows += len(chunk.lines) + len(chunk.rejections)
        self.empty += chunk.empty
        self.refuse(chunk.rejections)

    def refuse(self, rejections: Iterable[Rejection]) -> None:
        """Note rows that are not stored; RowsRefused where they are more than can be listed."""
        self.rejections.extend(rejections)
        if len(self.rejections) > MOST_REJECTED_ROWS:
            self._fail()

    def judge(self) -> None:
        """RowsRefused where more than 1 % of the rows with a value are refused."""
        if len(self.rejections) * 100 > self.rows * MOST_REJECTED_PERCENT:
            self._fail()

    def weigh(
        self, told: float, rounding: float, unit: str, first: datetime, last: datetime
    ) -> None:
        """Note what the table's column rounds off of all amounts, which are `told` together.

        Raises ImportFailed where that is more than 1 %: of 0.4 kWh a column of whole numbers holds
        nothing.
        """
        part = 100 * abs(rounding)
        if part > MOST_ROUNDED_PERCENT * abs(told):
            raise ImportFailed(
                f"column {self.column!r} tells {told:g} {unit}, of which the table's column, which "
                f"holds less of each value, would make {told + rounding:g}"
            )
        if part > UNTOLD_PERCENT * abs(told):
            self.remarks.append(Remark("rounded", first, last, rounding, unit))

    def _fail(self) -> None:
        reasons = Counter(rejection.reason for rejection in self.rejections)
        reason, count = reasons.most_common(1)[0]
        first = next(each for each in self.rejections if each.reason is reason)
        told = f"{len(self.rejections):,} of {self.rows:,} rows of column {self.column!r}"
        most = "" if count == len(self.rejections) else f"{count:,} of them: "
        text = f" {first.text!r}" if first.text else ""
        raise RowsRefused(
            f"{told} cannot be taken, {most}{reason.value}, the first{text}",
            first.line,
            self.rejections,
        )
