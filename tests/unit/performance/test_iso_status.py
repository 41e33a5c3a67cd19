"""The status of an analysis: by significance, and by what has stood for longer than the period."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enms_core.domain.causes import Finding
from tests.unit.answers.common import PERIOD
from tests.unit.performances import cause, finding, part

LONG_AGO = PERIOD.start - timedelta(days=20)


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (990.0, "on_target"),  # 39 more than 951, within 40
        (992.0, "requires_attention"),  # 4.3 % more
        (1_031.0, "non_compliant"),  # 8.4 % more
        (900.0, "excellent"),
    ],
)
def test_a_deviation_is_judged_by_its_scatter_and_then_its_size(actual: float, status: str) -> None:
    assert part(actual, 951.0, half=40.0).iso_status == status


def test_without_statistics_there_is_no_status() -> None:
    assert part(1_031.0, 951.0, half=None).iso_status is None


@pytest.mark.parametrize("suspicion", ["leak", "wear", "cooling"])
def test_a_leak_that_stands_for_long_requires_attention_on_a_day_in_range(suspicion: str) -> None:
    told = part(960.0, 951.0, half=40.0, cause=cause(finding(suspicion, LONG_AGO)))

    assert told.iso_status == "requires_attention"
    assert told.data()["iso_status"] == "requires_attention"


@pytest.mark.parametrize(
    "found",
    [
        finding("standby", LONG_AGO),
        finding("schedule", LONG_AGO),
        finding("gain", LONG_AGO),
        finding("leak", None),
        finding("leak", PERIOD.start),
        finding("leak", LONG_AGO, confidence=0.8),
        finding("leak", LONG_AGO, half=291.0),
    ],
    ids=["standby", "schedule", "gain", "always", "begun within", "unsure", "maybe nothing"],
)
def test_nothing_else_makes_a_day_in_range_an_issue(found: Finding) -> None:
    assert part(960.0, 951.0, half=40.0, cause=cause(found)).iso_status == "on_target"
