"""Which doubts about readings are told."""

from __future__ import annotations

import pytest

from enms_core.analysis.doubts import usage_issues
from tests.unit.answers.common import use


@pytest.mark.parametrize(
    ("missing_s", "codes"), [(0.037, []), (0.999, []), (1.0, ["readings.gap"])]
)
def test_less_than_a_second_is_no_gap(missing_s: float, codes: list[str]) -> None:
    issues = usage_issues([use("electricity", 10.0, missing_s)], [])

    assert [issue.code for issue in issues] == codes
