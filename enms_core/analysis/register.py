"""What a counter's register says between two samples: use, a roll-over, or a doubt.

A difference is taken as used unless the register says that it is none. What a user wants of a
doubtful one: no use invented, none lost without a word. So it is left as a gap and told, with its
amount where there is one:

    roll_over      it passed its highest number and went on from nought: taken as used, and told
    reset          it fell without that: what was used meanwhile is unknown
    replacement    the meter's name changed: no difference of two meters is taken
    jump           it rose by more than can be used: the amount is told
    wrong_reading  it fell or jumped, perhaps stood still, and came back: what it showed meanwhile
                   is no use, the difference around it is
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.flows import HOUR_US, Amounts
from enms_core.analysis.grid import Moments
from enms_core.analysis.remarks import Remarks
from enms_core.analysis.samples import Sample

# Where registers of unknown width roll over besides the powers of ten: at 16 and 32 bits. One that
# falls from a smaller number is one that begins anew each day or month.
LEAST_DIGITS = 4
BINARY_RANGES = (2.0**16, 2.0**32)


@dataclass(frozen=True)
class Doubt:
    """A step that is no use until the next one tells more: the samples around it."""

    before: Sample
    after: Sample


@dataclass(frozen=True)
class Limits:
    """What a register can do.

    range: the number at which it rolls over, None where nobody told it. highest_rate: the most
    that can be used [unit per hour], None where it is unknown. interval [µs]: a step counts as no
    shorter, since a coarse register may tick between two samples that are a moment apart.
    """

    range: float | None
    highest_rate: float | None
    interval: int

    def are_possible(self, amounts: Amounts, spans: Moments) -> NDArray[np.bool_]:
        """Whether so much can be used in such times [µs]."""
        if self.highest_rate is None:
            return np.ones(amounts.size, dtype=np.bool_)
        return amounts <= self.highest_rate * np.maximum(spans, self.interval) / HOUR_US

    def is_possible(self, amount: float, span: int) -> bool:
        """Whether so much can be used in such a time [µs]."""
        if self.highest_rate is None:
            return True
        return amount <= self.highest_rate * max(span, self.interval) / HOUR_US


class RegisterJudge:
    """Decides step by step what was used; notes in `remarks` what is no plain difference."""

    def __init__(self, limits: Limits, remarks: Remarks) -> None:
        self.limits = limits
        self.doubt: Doubt | None = None
        self._remarks = remarks

    def use(self, before: Sample, after: Sample) -> tuple[int, float] | None:
        """Since when [µs] and how much was used up to `after`; None where that is unknown.

        While a doubt stands, steps at which the register does not move are not to be judged, and
        are no use: a register that fell and stands still may be one that cannot be read.
        """
        if before.serial and after.serial != before.serial:
            self.settle()
            self._remarks.add("replacement", before.moment, after.moment)
            return None
        if self.doubt is not None and self._comes_back(self.doubt.before, before, after):
            return self._around(self.doubt, after)
        self.settle()
        return self._step(before, after)

    def settle(self) -> None:
        """The last doubt stays one: tell it."""
        if self.doubt is None:
            return
        before, after = self.doubt.before, self.doubt.after
        rise = after.value - before.value
        code, amount = ("jump", rise) if rise > 0 else ("reset", None)
        self._remarks.add(code, before.moment, after.moment, amount)
        self.doubt = None

    def _step(self, before: Sample, after: Sample) -> tuple[int, float] | None:
        amount, span = after.value - before.value, after.moment - before.moment
        if amount >= 0 and self.limits.is_possible(amount, span):
            return before.moment, amount
        rolled = _rolled_over(self.limits, before.value, after.value, span) if amount < 0 else None
        if rolled is None:
            self.doubt = Doubt(before, after)
            return None
        self._remarks.add("roll_over", before.moment, after.moment, rolled)
        return before.moment, rolled

    def _around(self, doubt: Doubt, after: Sample) -> tuple[int, float]:
        self.doubt = None
        self._remarks.add("wrong_reading", doubt.before.moment, after.moment)
        return doubt.before.moment, after.value - doubt.before.value

    def _comes_back(self, trusted: Sample, doubtful: Sample, after: Sample) -> bool:
        """Whether a sample follows from the one before the doubt, and not from the doubtful one."""
        since = after.moment - trusted.moment
        amount = after.value - trusted.value
        if amount < 0 or not self.limits.is_possible(amount, since):
            return False
        if doubtful.value > trusted.value:
            return after.value < doubtful.value
        return not self._counts_from_nought(trusted, doubtful, after)

    def _counts_from_nought(self, trusted: Sample, fallen: Sample, after: Sample) -> bool:
        """Whether the register fell to nought and went on by what can be used."""
        return (
            self.limits.highest_rate is not None
            and self.limits.is_possible(fallen.value, fallen.moment - trusted.moment)
            and self.limits.is_possible(after.value - fallen.value, after.moment - fallen.moment)
        )


def _rolled_over(limits: Limits, before: float, after: float, span: int) -> float | None:
    """What was used if the register rolled over: it fell by more than half of its range.

    A range that nobody told is taken only where the use is possible, and known to be.
    """
    if limits.range is None and limits.highest_rate is None:
        return None
    ranges = _guessed_ranges(before) if limits.range is None else [limits.range]
    for width in ranges:
        used = after + width - before
        # A logger that rounds may show the range itself.
        if before <= width < 2 * (before - after) and limits.is_possible(used, span):
            return used
    return None


def _guessed_ranges(value: float) -> list[float]:
    """Ranges of a register that shows a value: by its digits, and of 16 and 32 bits."""
    digits = len(str(int(value)))
    binary = [width for width in BINARY_RANGES if value < width]
    return [*([10.0**digits] if digits >= LEAST_DIGITS else []), *binary]
