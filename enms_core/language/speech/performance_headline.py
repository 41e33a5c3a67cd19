"""The first words about a performance: how much against expected, and whether that is unusual."""

from __future__ import annotations

from collections.abc import Mapping

from enms_core.domain.performance import Deviation, Rated
from enms_core.language.render import Dialog
from enms_core.language.speech.performance_words import (
    MOST_PERCENT,
    NOTHING,
    amount_words,
    deviation_words,
    percent_words,
    scale_for,
    worth_words,
)
from enms_core.language.speech.voice import Voice


def say_headline(
    slots: Mapping[str, str], deviation: Deviation, unit: str, is_running: bool, voice: Voice
) -> list[Dialog]:
    """Actual against expected, then its significance. slots: `scope`, `source` and `period`."""
    if deviation.is_significant is False:
        dialog = "performance_normal_running" if is_running else "performance_normal"
        return [(dialog, {**slots, "deviation": deviation_words(deviation, unit, voice)})]
    return [say_use(slots, deviation, unit, voice), *_scatter(deviation)]


def say_use(slots: Mapping[str, str], deviation: Deviation, unit: str, voice: Voice) -> Dialog:
    """How much was used, and how much more or less than expected."""
    scale = scale_for(unit, deviation.actual, deviation.expected)
    actual = scale.amount(deviation.actual, voice)
    percent = deviation.percent
    if _is_same(deviation):
        return "performance_same", {**slots, "actual": actual}
    dialog = f"performance_{'more' if deviation.quantity > 0 else 'less'}"
    is_alike = scale.rounded(deviation.actual) == scale.rounded(deviation.expected)
    if percent is None or abs(percent) > MOST_PERCENT or is_alike:
        difference = amount_words(abs(deviation.quantity), unit, voice)
        return f"{dialog}_amount", {**slots, "actual": actual, "difference": difference}
    expected = scale.number(deviation.expected, voice)
    told = {"percent": percent_words(percent, voice), "actual": actual, "expected": expected}
    return dialog, {**slots, **told}


def _is_same(deviation: Deviation) -> bool:
    """Whether it is as expected; what is no chance never is."""
    percent, is_sure = deviation.percent, deviation.is_significant is not None
    is_little = percent is not None and abs(percent) < NOTHING and not is_sure
    return is_little or not deviation.quantity


def _scatter(deviation: Deviation) -> list[Dialog]:
    """Whether it is unusual, where there is anything."""
    if _is_same(deviation):
        return []
    if deviation.is_significant is None:
        return [("performance_scatter_unknown", {})]
    side = "above" if deviation.quantity > 0 else "below"
    return [(f"performance_scatter_{side}", {})]


def say_worth(deviation: Deviation, rated: Rated, is_purchased: bool, voice: Voice) -> list[Dialog]:
    """What a deviation that is no chance cost and emitted, or saved.

    Money is left out where it goes the other way: more used, but in cheaper hours.
    """
    if not deviation.is_significant:
        return []
    is_more = deviation.quantity > 0
    unknown = rated.cost_missing and is_purchased
    costs = [each for each in rated.costs if each.amount and (each.amount > 0) is is_more]
    carbon = rated.carbon_kg if rated.carbon_kg and (rated.carbon_kg > 0) is is_more else None
    worth = worth_words([] if unknown else costs, carbon, voice)
    dialog = "performance_worth_more" if is_more else "performance_worth_less"
    said: list[Dialog] = [(dialog, {"worth": worth})] if worth else []
    return [*said, ("performance_price_missing", {})] if unknown else said
