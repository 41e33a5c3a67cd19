"""Which machines have the most, or the least, of something."""

from __future__ import annotations

from enms_core.analysis.bounds import bound_in
from enms_core.analysis.ranking import Wanted, kinds_of, rankings
from enms_core.domain.answer import Answer
from enms_core.domain.measure import MAKES_NOTHING, Kind, LeftOut, Measured, left_out_issues
from enms_core.domain.question import Question
from enms_core.domain.ranking import Ranking, RankingAnswer, ThresholdUnfit
from enms_core.services.context import Context
from enms_core.services.measures import DEFAULT_MEASURE, MEASURES, Measurable

DEFAULT_COUNT = 3


async def answer_ranking(question: Question, context: Context) -> Answer:
    """The first machines by a figure, or all of those beyond a bound.

    Money in two currencies is ranked in each by itself. Efficiency is energy for each unit made, so
    the most efficient machine is the one with the lowest figure.
    """
    name = question.metric or DEFAULT_MEASURE
    metric = MEASURES[name]
    measured = await metric.measure(question, context)
    if not isinstance(measured, Measured):
        return measured
    kinds = kinds_of(measured.figures)
    unfit = _unfit(question, name, kinds, measured)
    return unfit or _ranked(question, name, measured)


def _unfit(
    question: Question, metric: str, kinds: tuple[Kind, ...], measured: Measured
) -> ThresholdUnfit | None:
    threshold = question.threshold
    if (
        threshold is None
        or not kinds
        or any(bound_in(kind, threshold) is not None for kind in kinds)
    ):
        return None
    return ThresholdUnfit(
        question=question,
        period=measured.period,
        metric=metric,
        threshold=threshold,
        kinds=kinds,
    )


def _ranked(question: Question, name: str, measured: Measured) -> RankingAnswer:
    metric, count = MEASURES[name], _count(question)
    wanted = _wanted(question, metric, measured, count)
    found = rankings(measured.figures, wanted)
    left_out = (*measured.left_out, *_beside(measured, found))
    return RankingAnswer(
        question=question,
        period=measured.period,
        metric=name,
        order=question.order,
        lowest_first=wanted.lowest_first,
        rankings=found,
        left_out=left_out,
        count=count,
        threshold=question.threshold,
        basis=measured.evidence,
        issues=left_out_issues(left_out, measured.issues),
        outcome="answered" if kinds_of(measured.figures) else "no_data",
    )


def _wanted(
    question: Question, metric: Measurable, measured: Measured, count: int | None
) -> Wanted:
    return Wanted(
        lowest_first=(question.order == "lowest") != metric.lowest_is_best,
        count=count,
        threshold=question.threshold,
        has_total=metric.adds,
        has_shares=metric.adds and all(each.reason in MAKES_NOTHING for each in measured.left_out),
    )


def _count(question: Question) -> int | None:
    """How many are told; all where they are wanted in full, or where a bound chooses them."""
    if question.in_full:
        return None
    if question.count is None and question.threshold is not None:
        return None
    return question.count if question.count is not None else DEFAULT_COUNT


def _beside(measured: Measured, found: tuple[Ranking, ...]) -> list[LeftOut]:
    """Machines whose amounts are of no kind that the bound can be held against."""
    kinds = {ranking.kind for ranking in found}
    return [
        LeftOut(figure.machine, "other_currency")
        for figure in measured.figures
        if figure.amounts and not any(amount.kind in kinds for amount in figure.amounts)
    ]
