"""What an answer rests on, asked for after it and counted again in the tables."""

from __future__ import annotations

from itertools import cycle

import pytest

from tests.core.oracle.asking import Oracle
from tests.core.oracle.case import Case
from tests.core.oracle.cases.evidence import CASES, HOW
from tests.core.oracle.evidence import evidence
from tests.core.oracle.hearing import amounts
from tests.core.oracle.same import differences
from tests.core.oracle.spoken import is_told, numbers_in


@pytest.mark.parametrize(
    ("case", "how"),
    list(zip(CASES, cycle(HOW), strict=False)),
    ids=[case.said for case in CASES],
)
def test_the_evidence_is_what_the_database_holds(oracle: Oracle, case: Case, how: str) -> None:
    first = oracle.asker.ask(case.said, now=case.at, session=case.said)
    assert (first.outcome, first.intent) == ("answered", case.intent)
    reply = oracle.asker.ask(how, now=case.at, session=case.said)
    assert (reply.outcome, reply.intent) == ("answered", "evidence")
    assert differences(reply.data, evidence(case, oracle.connection)) == []
    numbers = list(numbers_in(reply.data))
    assert [heard for heard in amounts(reply.speech) if not is_told(heard, numbers)] == []
