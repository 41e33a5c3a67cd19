"""Whether two equations are the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enms_core.analysis.better_model import are_same
from enms_core.domain.baseline import Equation, Term

PIECES, HEATING = Term("pieces", 0.5), Term("cold", 240.0, "heating", 15.5)
KNOWN = Equation("hour", 10.0, (PIECES, HEATING))


def with_terms(*terms: Term) -> Equation:
    return replace(KNOWN, terms=terms)


@pytest.mark.parametrize(
    "other",
    [
        KNOWN,
        with_terms(HEATING, PIECES),
        with_terms(replace(PIECES, coefficient=0.5 * (1 + 5e-10)), HEATING),
        replace(KNOWN, intercept=10.0 * (1 - 5e-10)),
    ],
)
def test_equations_are_the_same_whatever_the_order_and_the_last_digits(other: Equation) -> None:
    assert are_same(KNOWN, other)


@pytest.mark.parametrize(
    "other",
    [
        replace(KNOWN, grain="day"),
        replace(KNOWN, intercept=10.00000002),
        with_terms(PIECES),
        with_terms(replace(PIECES, driver="parts"), HEATING),
        with_terms(replace(PIECES, coefficient=-0.5), HEATING),
        with_terms(replace(PIECES, coefficient=0.5 * (1 + 2e-9)), HEATING),
        with_terms(PIECES, replace(HEATING, base_temperature_degc=15.6)),
        with_terms(PIECES, replace(HEATING, kind="cooling")),
    ],
)
def test_any_other_number_or_term_makes_another_equation(other: Equation) -> None:
    assert not are_same(KNOWN, other)
    assert not are_same(other, KNOWN)
