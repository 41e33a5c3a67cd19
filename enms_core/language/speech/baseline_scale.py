"""The amounts of a prediction as they are said: all in one unit, none more exact than the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from enms_core.domain.baseline_prediction import Prediction
from enms_core.domain.units import for_the_ear
from enms_core.language.speech.voice import Voice
from enms_core.language.words import SIGNIFICANT_DIGITS, rounded

# What is smaller would be heard as a row of zeros.
SMALLEST = 1e-6


@dataclass(frozen=True)
class Scale:
    """One unit for all amounts of an answer, so that a listener can compare them."""

    unit: str
    factor: float

    def rounded(self, value: float) -> Decimal:
        """The number of an amount as it is said."""
        return rounded_or_zero(value * self.factor)

    def amount(self, value: float, voice: Voice) -> str:
        """An amount with its unit."""
        said = self.rounded(value)
        if not self.unit:
            return voice.words.number(said)
        return voice.words.counted(said, voice.words.unit(self.unit))

    def number(self, value: float, voice: Voice) -> str:
        """The number of an amount alone."""
        return voice.words.number(self.rounded(value))

    def as_fine_as(self, value: float, said: float) -> Decimal:
        """A value to the last digit that another one is said with, lest it looks more exact."""
        own = self.rounded(value)
        step = max(_last_digit(own), _last_digit(self.rounded(said)))
        short = own.quantize(step, rounding=ROUND_HALF_UP)
        return rounded(float(short)) if short else own


def _last_digit(said: Decimal) -> Decimal:
    """What the last of the digits stands for that a number is said with."""
    return Decimal(1).scaleb(said.adjusted() - SIGNIFICANT_DIGITS + 1)


def rounded_or_zero(value: float) -> Decimal:
    """A value as it is said, zero where it is next to nothing."""
    return rounded(value) if abs(value) >= SMALLEST else Decimal(0)


def scale_of(answer: Prediction) -> Scale:
    unit = answer.of.source.unit
    largest = max(abs(answer.expected), abs(answer.actual or 0.0))
    value, larger = for_the_ear(largest, unit)
    return Scale(larger, value / largest if largest else 1.0)
