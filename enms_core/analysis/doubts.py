"""What a listener must know about the readings behind a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from enms_core.analysis.energy import total_by_source
from enms_core.domain.answer import DataIssue, FactValue
from enms_core.domain.use import MachineUse, SourceUse

Key = TypeVar("Key")

LOW_COVERAGE_PERCENT = 90.0
# Share of a period that may lie beyond complete intervals before it is said.
EDGE_SHARE = 0.05
# Less is a period that ends within a second.
SHORTEST_GAP_SECONDS = 1.0


def usage_issues(totals: Sequence[SourceUse], machines: Sequence[MachineUse]) -> list[DataIssue]:
    """Gaps and estimates per source, and the machines without any reading."""
    silent = tuple(m.machine for m in machines if not any(use.readings for use in m.uses))
    issues = [issue for use in totals if (issue := _coverage_issue(use)) is not None]
    issues += [_estimated_issue(use) for use in totals if use.estimated]
    if silent:
        issues.append(DataIssue("readings.machine_missing", machines=silent))
    return issues


def without_coarse(uses: Mapping[Key, SourceUse]) -> dict[Key, SourceUse]:
    """The uses, nothing told of the sources whose readings all reach beyond the period."""
    coarse = {use.source for use in total_by_source(uses.values()) if use.is_too_coarse}
    return {
        key: replace(use, quantity=0.0, energy_kwh=None, readings=0)
        if use.source in coarse
        else use
        for key, use in uses.items()
    }


def _window_issue(use: SourceUse, facts: Mapping[str, FactValue]) -> DataIssue | None:
    """A meter too coarse for the period: "the last two hours" of hourly readings is one of them."""
    asked = use.asked_seconds or 0.0
    if use.beyond_intervals_seconds <= EDGE_SHARE * asked:
        return None
    return DataIssue(
        "readings.window",
        {**facts, "covered_seconds": use.covered_seconds, "asked_seconds": asked},
    )


def _coverage_issue(use: SourceUse) -> DataIssue | None:
    """What a listener must know about the completeness of one source's readings."""
    facts: dict[str, FactValue] = {"energy_source": use.source.name}
    if not use.readings:
        return DataIssue("readings.none", facts)
    if use.is_too_coarse:
        return DataIssue("readings.longer_than_period", facts)
    if use.coverage_percent is None:
        return DataIssue("readings.coverage_unknown", facts)
    if use.missing_seconds < SHORTEST_GAP_SECONDS:
        return _window_issue(use, facts)
    low = use.coverage_percent < LOW_COVERAGE_PERCENT
    return DataIssue(
        "readings.coverage_low" if low else "readings.gap",
        {
            **facts,
            "coverage_percent": use.coverage_percent,
            "missing_seconds": use.missing_seconds,
        },
    )


def _estimated_issue(use: SourceUse) -> DataIssue:
    """How much of a source's readings was not measured one by one."""
    return DataIssue(
        "readings.estimated",
        {
            "energy_source": use.source.name,
            "readings": use.estimated,
            "estimated_seconds": use.estimated_seconds,
        },
    )
