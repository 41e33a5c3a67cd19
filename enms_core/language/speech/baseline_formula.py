"""A model's equation in words: what one hour's use equals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from enms_core.domain.baseline import Equation, Grain, Term
from enms_core.domain.seu import SeuOfSource
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_scale import rounded_or_zero
from enms_core.language.speech.baseline_words import value_words
from enms_core.language.speech.sources import driver_words
from enms_core.language.speech.voice import Voice
from enms_core.language.words import rounded

# Below this a factor is said for a thousand (a million, ...) of its driver: its zeros would be lost
# on a listener.
SMALLEST_FACTOR = Decimal("0.001")
STEP = 1000
MOST_STEPS = 4
ONE = Decimal(1)
HOURS_PER_DAY = 24.0
DEGREES = "°C"  # key of the unit of base temperatures


def say_formula(of: SeuOfSource, equation: Equation, voice: Voice) -> list[Dialog]:
    """The equation with its unit, then what degree days are counted from."""
    slots = {
        "source": voice.words.source(of.source.name),
        "formula": _sum(equation, voice),
    }
    if of.source.unit:
        unit = voice.words.unit(of.source.unit)[-1]
        formula: Dialog = (f"baseline_formula_{equation.grain}", {**slots, "unit": unit})
    else:
        formula = (f"baseline_formula_plain_{equation.grain}", slots)
    return [formula, *_bases(equation, voice)]


def _sum(equation: Equation, voice: Voice) -> str:
    """Intercept and terms; a sum that has no intercept begins with its first term."""
    terms = [_Summand.of(term, equation.grain, voice) for term in equation.terms]
    intercept = rounded_or_zero(equation.intercept)
    if terms and not intercept:
        first = terms.pop(0)
        words = _product(first, rounded(first.factor), voice)
    else:
        words = voice.words.number(intercept)
    for term in terms:
        sign = "minus" if term.factor < 0 else "plus"
        product = _product(term, rounded(abs(term.factor)), voice)
        words = voice.words.phrase(f"baseline_formula_{sign}", {"formula": words, "term": product})
    return words


@dataclass(frozen=True)
class _Summand:
    """What a factor is multiplied with, in words."""

    factor: float
    driver: str

    @classmethod
    def of(cls, term: Term, grain: Grain, voice: Voice) -> _Summand:
        """A term as it can be reckoned with: of an hour, degree days are degrees beyond the base,
        of which each counts a 24th."""
        if not _is_in_degrees(term, grain):
            return cls(term.coefficient, driver_words(term.driver, voice))
        base = value_words(DEGREES, term.base_temperature_degc or 0.0, voice)
        words = voice.words.phrase(f"baseline_degrees_{term.kind}", {"base": base})
        return cls(term.coefficient / HOURS_PER_DAY, words)


def _is_in_degrees(term: Term, grain: Grain) -> bool:
    return grain == "hour" and term.kind != "value" and term.base_temperature_degc is not None


def _product(summand: _Summand, factor: Decimal, voice: Voice) -> str:
    """Factor times driver; once the driver is the driver alone."""
    if factor == ONE:
        return summand.driver
    factor, divisor = _sayable(factor)
    slots = {"factor": voice.words.number(factor), "driver": summand.driver}
    if divisor == 1:
        return voice.words.phrase("baseline_formula_times", slots)
    slots["divisor"] = voice.words.count(divisor)
    return voice.words.phrase("baseline_formula_divided", slots)


def _sayable(factor: Decimal) -> tuple[Decimal, int]:
    """A factor and what its driver is divided by, so that few zeros are said.

    >>> _sayable(Decimal("0.0071")), _sayable(Decimal("0.00025"))
    ((Decimal('0.0071'), 1), (Decimal('0.25'), 1000))
    """
    divisor = 1
    for _ in range(MOST_STEPS):
        if not factor or abs(factor) >= SMALLEST_FACTOR:
            return factor, divisor
        factor, divisor = factor * STEP, divisor * STEP
    return (factor, divisor) if abs(factor) >= SMALLEST_FACTOR else (Decimal(0), 1)


def _bases(equation: Equation, voice: Voice) -> list[Dialog]:
    return [
        (
            f"baseline_base_{term.kind}",
            {
                "driver": driver_words(term.driver, voice),
                "base": value_words(DEGREES, term.base_temperature_degc, voice),
            },
        )
        for term in equation.terms
        if term.kind != "value"
        and term.base_temperature_degc is not None
        and not _is_in_degrees(term, equation.grain)
    ]
