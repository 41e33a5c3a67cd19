"""Answers held against the bound that a question names: yes or no of each figure, or that the bound
does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from enms_core.analysis.bounds import (
    bound_in,
    deviation_kinds,
    is_deviation_beyond,
    is_kpi_beyond,
    kpi_kind,
)
from enms_core.domain.answer import Answer
from enms_core.domain.kpi import Kpi, KpiAnswer
from enms_core.domain.measure import Kind
from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance, SourcePerformance
from enms_core.domain.question import Threshold
from enms_core.domain.ranking import ThresholdUnfit

DEVIATION, ALL = "deviation", "all"
# What is named by itself: of "which machines" every one is meant, and no sum.
WHOLES = frozenset({"all", "site", "group"})
# Of these a figure for each unit made is asked.
OF_EACH_UNIT = {"cost": "cost_per_unit", "carbon": "carbon_per_unit"}


def held_performance(answer: PerformanceAnalysis) -> Answer:
    """An analysis with what of it lies beyond the bound of its question."""
    threshold = answer.question.threshold
    if threshold is None or not answer.parts:
        return answer
    kinds = [
        kind
        for part in answer.parts
        for kind in deviation_kinds(part.of.source.unit, part.rated, part.of.source.kwh_per_unit)
    ]
    if not _fits(kinds, threshold):
        return _unfit(answer, DEVIATION, kinds, threshold)
    scope = answer.question.scope
    is_whole = scope.is_said and scope.kind in WHOLES and not answer.question.in_full
    return replace(
        answer,
        parts=tuple(map(_held_part(threshold), answer.parts)),
        sources=tuple(map(_held_source(threshold), answer.sources)),
        threshold=threshold,
        lists=len(answer.parts) > 1 and not is_whole,
    )


def _held_part(threshold: Threshold) -> Callable[[SeuPerformance], SeuPerformance]:
    def held(part: SeuPerformance) -> SeuPerformance:
        source = part.of.source
        beyond = is_deviation_beyond(
            part.deviation, source.unit, part.rated, threshold, source.kwh_per_unit
        )
        return replace(part, is_beyond=beyond)

    return held


def _held_source(threshold: Threshold) -> Callable[[SourcePerformance], SourcePerformance]:
    def held(each: SourcePerformance) -> SourcePerformance:
        beyond = is_deviation_beyond(each.deviation, each.unit, each.rated, threshold)
        return replace(each, is_beyond=beyond)

    return held


def held_kpi(answer: KpiAnswer) -> Answer:
    """Indicators with whether the one that was asked about lies beyond the bound; of all of them,
    those that it fits."""
    threshold, names = answer.question.threshold, _asked(answer)
    kinds = [kind for each in answer.known if each.name in names and (kind := kpi_kind(each))]
    if threshold is None:
        return answer
    if not kinds:  # whether an unknown figure lies beyond it is unknown, and said
        return replace(answer, threshold=threshold)
    if not _fits(kinds, threshold):
        return _unfit(answer, str(answer.question.metric), kinds, threshold)

    def held(kpi: Kpi) -> Kpi:
        return replace(kpi, is_beyond=is_kpi_beyond(kpi, threshold) if kpi.name in names else None)

    return replace(
        answer,
        figures=tuple(map(held, answer.figures)),
        by_machine=tuple(map(held, answer.by_machine)),
        threshold=threshold,
    )


def _asked(answer: KpiAnswer) -> frozenset[str]:
    """The indicators that a bound is of."""
    metric, names = str(answer.question.metric), frozenset(each.name for each in answer.known)
    if metric == ALL:
        return names
    return frozenset({OF_EACH_UNIT.get(metric, metric)})


def _fits(kinds: list[Kind], threshold: Threshold) -> bool:
    return any(bound_in(kind, threshold) is not None for kind in kinds)


def _unfit(answer: Answer, figure: str, kinds: list[Kind], threshold: Threshold) -> ThresholdUnfit:
    return ThresholdUnfit(
        question=answer.question,
        period=answer.period,
        metric=figure,
        threshold=threshold,
        kinds=tuple(dict.fromkeys(kinds)),
    )
