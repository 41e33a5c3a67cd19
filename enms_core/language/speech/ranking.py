"""How a ranking is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from enms_core.domain.measure import Kind, Lack
from enms_core.domain.question import Threshold
from enms_core.domain.ranking import RankedItem, Ranking, RankingAnswer, ThresholdUnfit
from enms_core.language.render import Dialog
from enms_core.language.speech.bounds import say_unfit
from enms_core.language.speech.measured import (
    Role,
    at_site,
    figure_words,
    items_words,
    measure_of,
    say_doubts,
    unit_words,
    value_words,
)
from enms_core.language.speech.voice import Voice

BOUNDS: Mapping[str, str] = MappingProxyType(
    {
        ">": "ranking_above",
        ">=": "ranking_at_least",
        "<": "ranking_below",
        "<=": "ranking_at_most",
    }
)
ANY = Kind()
INCOMPLETE: Mapping[Lack, str] = MappingProxyType(
    {
        "readings": "ranking_incomplete",
        "price": "ranking_incomplete_price",
        "factor": "ranking_incomplete_factor",
    }
)


def say_ranking(answer: RankingAnswer, voice: Voice) -> list[Dialog]:
    """The machines in order, by each kind of amount, and what is doubtful."""
    dialogs = [dialog for ranking in answer.rankings for dialog in _ranking(ranking, answer, voice)]
    if not answer.rankings:
        dialogs.append(("ranking_nothing", _slots(ANY, answer, voice)))
    if len({ranking.kind.currency for ranking in answer.rankings}) > 1:
        dialogs.append(("ranking_currencies", {}))
    incomplete = [item for ranking in answer.rankings for item in ranking.incomplete]
    is_marked = any(item.lack == "readings" for item in incomplete)
    doubts = say_doubts(answer.left_out, answer.issues, voice, is_marked=is_marked)
    return [*dialogs, *_incomplete(incomplete, voice), *doubts]


def _incomplete(items: Sequence[RankedItem], voice: Voice) -> list[Dialog]:
    """Whose figures lack something, also of those that are not told: they might belong there."""
    machines = {
        lack: tuple(dict.fromkeys(item.machine.id for item in items if item.lack == lack))
        for lack in INCOMPLETE
    }
    return [
        (INCOMPLETE[lack], {"machines": voice.machines(own)})
        for lack, own in machines.items()
        if own
    ]


def say_threshold_unfit(answer: ThresholdUnfit, voice: Voice) -> list[Dialog]:
    """That a bound is of another quantity, or of a change."""
    if answer.is_change:
        return [("ranking_change", {})]
    indicator = voice.files.values["kpis"].get(answer.metric)
    if indicator is not None and answer.question.intent != "ranking":
        return [say_unfit(answer, indicator, voice)]
    units = [unit_words(kind.unit or kind.currency or "", voice) for kind in answer.kinds]
    slots = {
        "figure": figure_words(_measure(answer), "by", ANY, voice),
        "unit": unit_words(answer.threshold.unit, voice),
        "units": voice.words.listed(units, "list_or", whole=True),
    }
    return [("ranking_unfit", slots)]


def _measure(answer: RankingAnswer | ThresholdUnfit) -> str:
    return measure_of(answer.metric, (answer.question.period,))


def _ranking(ranking: Ranking, answer: RankingAnswer, voice: Voice) -> list[Dialog]:
    slots = _slots(ranking.kind, answer, voice)
    if answer.threshold is not None:
        return [_beyond(ranking, answer.threshold, answer, slots, voice)]
    if len(ranking.items) == 1:
        dialogs = _first(ranking, answer, slots, voice)
    else:
        dialogs = [_listed(ranking, answer, slots, voice)]
    is_short = answer.count is not None and len(ranking.items) < answer.count
    return [*dialogs, ("ranking_no_more", {})] if is_short else dialogs


def _slots(kind: Kind, answer: RankingAnswer, voice: Voice) -> dict[str, str]:
    assert answer.period is not None
    figure = figure_words(_measure(answer), "by", kind, voice)
    return {
        "figure": at_site(figure, answer.question.scope, voice),
        "period": voice.period(answer.question.period, answer.period),
    }


def _first(
    ranking: Ranking, answer: RankingAnswer, slots: Mapping[str, str], voice: Voice
) -> list[Dialog]:
    """The one machine that is told, with its share of what there is."""
    item, kind = ranking.items[0], ranking.kind
    role: Role = "least" if answer.lowest_first else "most"
    most = figure_words(_measure(answer), role, kind, voice)
    first: Dialog = (
        "ranking_first",
        {
            "machine": voice.machines((item.machine.id,)),
            "verb": figure_words(_measure(answer), "verb", kind, voice),
            "most": at_site(most, answer.question.scope, voice),
            "period": slots["period"],
            "amount": value_words(item.amount.value, kind, voice),
        },
    )
    if item.share_percent is None or ranking.machines == 1:
        return [first]
    return [first, ("ranking_share", {"percent": voice.words.percent(item.share_percent)})]


def _listed(
    ranking: Ranking, answer: RankingAnswer, slots: Mapping[str, str], voice: Voice
) -> Dialog:
    items = _items(ranking, True, voice)
    if answer.count is None:
        return "ranking_all", {**slots, "items": items}
    dialog = "ranking_top" if answer.order == "highest" else "ranking_bottom"
    count = voice.words.count(len(ranking.items))
    return dialog, {**slots, "count": count, "items": items}


def _beyond(
    ranking: Ranking,
    threshold: Threshold,
    answer: RankingAnswer,
    slots: Mapping[str, str],
    voice: Voice,
) -> Dialog:
    """Those beyond a bound; the bound is told in the unit that it was asked in."""
    kind = ranking.kind
    if kind.unit is not None:
        kind = Kind(unit=threshold.unit or kind.unit)
    amount = value_words(threshold.value, kind, voice)
    bound = voice.words.phrase(BOUNDS[threshold.op], {"amount": amount})
    if not ranking.items:
        return "ranking_none_beyond", {**slots, "bound": bound}
    whole = answer.question.in_full or answer.question.count is not None
    items = _items(ranking, whole, voice)
    return "ranking_beyond", {**slots, "bound": bound, "items": items}


def _items(ranking: Ranking, whole: bool, voice: Voice) -> str:
    names = voice.distinct_names([item.machine.id for item in ranking.items])
    amounts = [value_words(item.amount.value, ranking.kind, voice) for item in ranking.items]
    return items_words(list(zip(names, amounts, strict=True)), voice, whole)
