"""Totals of energy: each amount that is spoken, in order, and the readings that are missing.

What all answers are held against is in `test_answers`.
"""

from __future__ import annotations

import pytest

from enms_core.services.reply import Reply
from tests.core.energy_truth import by_source, truths_of
from tests.core.oracle.asking import Oracle, name_of
from tests.core.oracle.case import Case
from tests.core.oracle.cases.energy import CASES
from tests.core.oracle.expected import Expected
from tests.core.oracle.hearing import amounts
from tests.core.oracle.spoken import is_heard

pytestmark = pytest.mark.parametrize("case", CASES, ids=name_of)


def test_missing_readings_are_told(reply: Reply, case: Case, oracle: Oracle) -> None:
    totals = by_source(truths_of(case, oracle.connection))
    codes = {
        source: "readings.coverage_low" if truth.coverage_percent < 90 else "readings.gap"
        for source, truth in totals.items()
        if truth.covered_s < truth.expected_s
    }
    assert {issue["energy_source"]: issue["code"] for issue in reply.issues} == codes
    assert ("missing" in reply.speech) == bool(codes)


def test_the_amounts_spoken_are_the_amounts_rounded(reply: Reply, expected: Expected) -> None:
    """Each source, what they are together, and what that cost; nothing else but missing time."""
    costs = reply.data["costs"]
    assert isinstance(costs, list)
    said = [*expected.said, *((money["amount"], money["currency"]) for money in costs)]
    heard = [each for each in amounts(reply.speech) if each.unit not in ("s", "%")]
    assert len(heard) == len(said)
    assert [
        (each, amount)
        for each, amount in zip(heard, said, strict=True)
        if not is_heard(each, *amount)
    ] == []
