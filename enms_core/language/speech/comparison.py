"""How a comparison is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from enms_core.domain.comparison import SAME_PERCENT, Compared, ComparisonAnswer, Side
from enms_core.domain.measure import Kind, Lack
from enms_core.language.render import Dialog
from enms_core.language.speech.compared import (
    figure,
    is_of_one_period,
    judged_words,
    side_amount,
    side_amounts,
    side_words,
)
from enms_core.language.speech.measured import items_words, say_doubts
from enms_core.language.speech.voice import Voice

ANY = Kind()
INCOMPLETE: Mapping[Lack, str] = MappingProxyType(
    {
        "readings": "comparison_incomplete",
        "price": "comparison_incomplete_price",
        "factor": "comparison_incomplete_factor",
        "energy_content": "comparison_incomplete_content",
    }
)


def say_comparison(answer: ComparisonAnswer, voice: Voice) -> list[Dialog]:
    """The difference, or the highest and the lowest; then what is doubtful."""
    dialogs = _told(answer, voice)
    if answer.is_same_hours:
        dialogs.append(("comparison_same_hours", {}))
    if any(each.is_per_day for each in answer.compared):
        dialogs.append(("comparison_per_day", {}))
    if answer.is_so_far:
        dialogs.append(("comparison_so_far", {}))
    elif any(each.is_of_other_length for each in answer.compared):
        dialogs.append(("comparison_lengths", {}))
    incomplete = _incomplete(answer, voice)
    is_marked = any("readings" in side.lacks for side in answer.sides)
    doubts = say_doubts(answer.left_out, answer.issues, voice, is_marked=is_marked)
    return [*dialogs, *incomplete, *doubts]


def _incomplete(answer: ComparisonAnswer, voice: Voice) -> list[Dialog]:
    """What each side lacks, so that there is no percentage."""
    sides = {lack: [side for side in answer.sides if lack in side.lacks] for lack in INCOMPLETE}
    return [
        (INCOMPLETE[lack], {"sides": voice.words.listed(names, whole=True)})
        for lack, own in sides.items()
        if (names := [side_words(side, answer, voice) for side in own])
    ]


def _told(answer: ComparisonAnswer, voice: Voice) -> list[Dialog]:
    if len(answer.sides) == 1:
        return [_one(answer, voice)]
    if len(answer.sides) > 2:
        dialogs = [each for kind in answer.compared for each in _several(kind, answer, voice)]
        return [*dialogs, *_apart(answer)]
    is_doubtful = any(side.is_incomplete for side in answer.sides)
    if is_doubtful or not all(each.difference for each in answer.compared) or not answer.compared:
        return [_plain(answer, voice), *_apart(answer)]
    return [_pair(each, answer, voice) for each in answer.compared]


def _apart(answer: ComparisonAnswer) -> list[Dialog]:
    """Why the amounts of two sides are not held against each other."""
    if len({each.kind.currency for each in answer.compared}) > 1:
        return [("comparison_currencies", {})]
    if len(answer.compared) > 1:
        return [("comparison_apart", {})]
    return []


def _one(answer: ComparisonAnswer, voice: Voice) -> Dialog:
    side = answer.sides[0]
    slots = {
        "figure": figure(answer, "by", ANY, voice),
        "scope": voice.scope(side.scope),
        "period": voice.period(side.phrase, side.period),
        "amount": side_amounts(0, answer, voice),
    }
    return "comparison_one", slots


def _plain(answer: ComparisonAnswer, voice: Voice) -> Dialog:
    """Both figures, without a judgement."""
    slots = {
        **_names(answer.sides, voice),
        "figure": figure(answer, "by", ANY, voice),
        "first_amount": side_amounts(0, answer, voice),
        "second_amount": side_amounts(1, answer, voice),
    }
    return f"{_dialog(answer.sides)}_plain", slots


def _pair(compared: Compared, answer: ComparisonAnswer, voice: Voice) -> Dialog:
    """Which of two sides has more, and by how much."""
    percent = compared.difference.percent if compared.difference is not None else None
    if percent is None:
        return _plain(answer, voice)
    slots = {
        **_names(answer.sides, voice),
        "first_amount": side_amount(compared, 0, voice),
        "second_amount": side_amount(compared, 1, voice),
    }
    dialog = _dialog(answer.sides)
    if abs(percent) <= SAME_PERCENT:
        by = figure(answer, "by", compared.kind, voice)
        return f"{dialog}_same", {**slots, "figure": by}
    role = figure(answer, "more" if percent > 0 else "less", compared.kind, voice)
    if compared.is_per_day:
        role = voice.words.phrase("measure_per_day", {"words": role})
    return dialog, {
        **slots,
        "verb": figure(answer, "verb", compared.kind, voice),
        "more": role,
        "percent": voice.words.percent(abs(percent)),
    }


def _dialog(sides: Sequence[Side]) -> str:
    return "comparison_periods" if _are_periods(sides) else "comparison_parts"


def _are_periods(sides: Sequence[Side]) -> bool:
    return sides[0].scope == sides[1].scope


def _names(sides: Sequence[Side], voice: Voice) -> dict[str, str]:
    """The slots that name two sides: two scopes and a period, or a scope and two periods."""
    first, second = sides[0], sides[1]
    if _are_periods(sides):
        return {
            "scope": voice.scope(first.scope),
            "first_period": voice.period(first.phrase, first.period),
            "second_period": voice.period(second.phrase, second.period),
        }
    return {
        "first": voice.scope(first.scope),
        "second": voice.scope(second.scope),
        "period": voice.period(first.phrase, first.period),
    }


def _several(compared: Compared, answer: ComparisonAnswer, voice: Voice) -> list[Dialog]:
    """The highest and the lowest of several sides, their spread, and what lies between."""
    highest, lowest, spread = compared.highest, compared.lowest, compared.spread
    if highest is None or lowest is None or not spread:
        return [_figures(compared, answer, voice)]
    between = _items(compared, answer, {highest, lowest}, voice)
    dialogs: list[Dialog] = [
        ("comparison_highest", _extreme(compared, highest, answer, voice)),
        ("comparison_lowest", _extreme(compared, lowest, answer, voice)),
        ("comparison_spread", {"amount": judged_words(spread, compared, voice)}),
    ]
    if not between:
        return dialogs
    return [*dialogs, ("comparison_between", {"items": items_words(between, voice, whole=True)})]


def _extreme(
    compared: Compared, place: int, answer: ComparisonAnswer, voice: Voice
) -> dict[str, str]:
    """The slots of the highest or the lowest side."""
    role = figure(answer, "most" if place == compared.highest else "least", compared.kind, voice)
    side = answer.sides[place]
    if is_of_one_period(answer):
        period = voice.period(side.phrase, side.period)
        role = voice.words.phrase("measure_when", {"words": role, "period": period})
    return {
        "side": side_words(side, answer, voice),
        "verb": figure(answer, "verb", compared.kind, voice),
        "most": role,
        "amount": side_amount(compared, place, voice),
    }


def _figures(compared: Compared, answer: ComparisonAnswer, voice: Voice) -> Dialog:
    """The figures there are of one kind, where there are fewer than two."""
    items = items_words(_items(compared, answer, set(), voice), voice, whole=True)
    by = figure(answer, "by", compared.kind, voice)
    return "comparison_figures", {"figure": by, "items": items}


def _items(
    compared: Compared, answer: ComparisonAnswer, without: set[int], voice: Voice
) -> list[tuple[str, str]]:
    """Sides that have a figure, with it."""
    return [
        (side_words(side, answer, voice), side_amount(compared, place, voice))
        for place, side in enumerate(answer.sides)
        if place not in without and compared.values[place] is not None
    ]
