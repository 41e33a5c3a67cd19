"""How it is said whether figures lie beyond a bound, and that a bound does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from enms_core.domain.measure import Kind
from enms_core.domain.question import Comparison, Side, Threshold
from enms_core.domain.ranking import ThresholdUnfit
from enms_core.language.render import Dialog
from enms_core.language.speech.measured import unit_words, value_words
from enms_core.language.speech.voice import Voice

BOUNDS: Mapping[Comparison, str] = MappingProxyType(
    {">": "bound_above", ">=": "bound_at_least", "<": "bound_below", "<=": "bound_at_most"}
)
SIDES: Mapping[Side | None, str] = MappingProxyType(
    {"above": "performance_above", "below": "performance_below", None: "performance_off"}
)


def bound_words(threshold: Threshold, voice: Voice) -> str:
    """A bound in the unit that it was asked in: "more than sixty percent"."""
    is_money = bool(voice.words.forms("currencies", threshold.unit))
    kind = Kind(currency=threshold.unit) if is_money else Kind(threshold.unit)
    amount = value_words(threshold.value, kind, voice)
    return voice.words.phrase(BOUNDS[threshold.op], {"amount": amount})


def deviation_bound_words(threshold: Threshold, voice: Voice) -> str:
    """A bound of a deviation: "more than five percent above expected"."""
    amount = {"amount": bound_words(threshold, voice)}
    return voice.words.phrase(SIDES[threshold.side], amount)


def say_verdicts(verdicts: Sequence[tuple[str, bool | None]], bound: str) -> list[Dialog]:
    """Yes or no, by what the figures are of where they differ. verdicts: names and whether the
    figure is beyond the bound; None where that is not known."""
    known = [(name, verdict) for name, verdict in verdicts if verdict is not None]
    if not known:
        return [("bound_unknown", {"bound": bound})]
    if len({verdict for _, verdict in known}) == 1:
        return [("bound_yes" if known[0][1] else "bound_no", {"bound": bound})]
    return [("bound_yes_for" if v else "bound_no_for", {"name": name}) for name, v in known]


def say_unfit(answer: ThresholdUnfit, figure: str, voice: Voice) -> Dialog:
    """That a figure is not told in the unit of a bound."""
    units = [unit_words(kind.unit or kind.currency or "", voice) for kind in answer.kinds]
    slots = {
        "figure": figure,
        "unit": unit_words(answer.threshold.unit, voice),
        "units": voice.words.listed(units, "list_or", whole=True),
    }
    return "bound_unfit", slots
