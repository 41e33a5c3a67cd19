"""What was made, together, and what must be known about the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import reduce

from enms_core.analysis.coverage import earliest, latest
from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import Machine
from enms_core.domain.period import Period, utc
from enms_core.domain.production import MachineProduction, Production, ProductionMetric

# An edge of a period without rows is said from here on: a time, and a share of the period.
EDGE = timedelta(hours=1)
EDGE_SHARE = 0.05


def together(made: Iterable[Production]) -> Production:
    """The sum of what several machines, or one in several stretches, made.

    What is known is summed; a part that tells nothing adds nothing, and marks the sum as partial.
    Quality comes from the sums, never from a mean of percentages.
    """
    return reduce(_added, (each for each in made if each.readings), Production())


def _added(one: Production, other: Production) -> Production:
    if not one.readings:
        return other
    one_sided: set[ProductionMetric] = {
        metric
        for metric in ("units", "good", "rejects", "downtime")
        if (one.value(metric) is None) != (other.value(metric) is None)
    }
    return Production(
        units=_sum(one.units, other.units),
        good_units=_sum(one.good_units, other.good_units),
        reject_units=_sum(one.reject_units, other.reject_units),
        downtime_seconds=_sum(one.downtime_seconds, other.downtime_seconds),
        judged_good=one.judged_good + other.judged_good,
        judged_units=one.judged_units + other.judged_units,
        readings=one.readings + other.readings,
        first=earliest([one.first, other.first]),
        last=latest([one.last, other.last]),
        partial=one.partial | other.partial | one_sided,
    )


def _sum(one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return sum(known) if known else None


def production_issues(
    machines: Sequence[MachineProduction], metric: ProductionMetric
) -> list[DataIssue]:
    """Machines whose rows begin late or end early in the period, and rows that tell nothing."""
    issues = [
        *_edge_issue("production.begun_late", machines, _begins_late, lambda made: made.first),
        *_edge_issue("production.ended", machines, _ends_early, lambda made: made.last),
    ]
    asked: frozenset[ProductionMetric] = frozenset(
        ("good", "rejects") if metric == "quality" else (metric,)
    )
    partial = [
        each
        for each in machines
        if asked & each.production.partial or any(each.production.value(m) is None for m in asked)
    ]
    if partial:
        issues.append(DataIssue("production.partial", machines=_machines(partial)))
    return issues


def _edge_issue(
    code: str,
    machines: Sequence[MachineProduction],
    is_cut: Callable[[MachineProduction], bool],
    edge: Callable[[Production], datetime | None],
) -> list[DataIssue]:
    """The machines cut at an edge, and the instant [UTC] of the first of them."""
    cut = [each for each in machines if is_cut(each)]
    if not cut:
        return []
    moment = earliest([edge(each.production) for each in cut])
    assert moment is not None
    return [DataIssue(code, {"time": utc(moment).isoformat()}, machines=_machines(cut))]


def _begins_late(made: MachineProduction) -> bool:
    first = made.production.first
    return first is not None and _is_long(utc(first) - utc(made.periods[0].start), made.periods)


def _ends_early(made: MachineProduction) -> bool:
    """A row stands for the time up to the next, so the usual step counts as told."""
    first, last = made.production.first, made.production.last
    if first is None or last is None:
        return False
    step = (utc(last) - utc(first)) / max(1, made.production.readings - 1)
    return _is_long(utc(made.periods[-1].end) - utc(last) - step, made.periods)


def _is_long(gap: timedelta, periods: Sequence[Period]) -> bool:
    share = timedelta(hours=EDGE_SHARE * sum(period.hours for period in periods))
    return gap > max(EDGE, share)


def _machines(made: Sequence[MachineProduction]) -> tuple[Machine, ...]:
    return tuple(each.machine for each in made)
