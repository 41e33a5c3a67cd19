"""The words of a comparison's sides: what they are called, and their figures."""

from __future__ import annotations

from enms_core.domain.comparison import Compared, ComparisonAnswer, Side
from enms_core.domain.measure import Kind
from enms_core.language.speech.measured import Role, figure_words, measure_of, value_words
from enms_core.language.speech.voice import Voice


def figure(answer: ComparisonAnswer, role: Role, kind: Kind, voice: Voice) -> str:
    """What is compared, as part of a sentence."""
    metric = measure_of(answer.metric, [side.phrase for side in answer.sides])
    return figure_words(metric, role, kind, voice)


def is_of_one_period(answer: ComparisonAnswer) -> bool:
    return len({side.phrase for side in answer.sides}) == 1


def side_words(side: Side, answer: ComparisonAnswer, voice: Voice) -> str:
    """A side by its machines; with its period where the sides have several."""
    scope = voice.scope(side.scope)
    if is_of_one_period(answer):
        return scope
    period = voice.period(side.phrase, side.period)
    return voice.words.phrase("comparison_side", {"scope": scope, "period": period})


def judged_words(value: float, compared: Compared, voice: Voice) -> str:
    """A figure that is judged; with "a day" where it is one per day."""
    amount = value_words(value, compared.kind, voice)
    if not compared.is_per_day:
        return amount
    return voice.words.phrase("measure_per_day", {"words": amount})


def side_amount(compared: Compared, place: int, voice: Voice) -> str:
    """The figure of one side by one kind of amount."""
    value = compared.judged(place)
    if value is None:
        return voice.words.phrase("measure_unknown")
    return judged_words(value, compared, voice)


def side_amounts(place: int, answer: ComparisonAnswer, voice: Voice) -> str:
    """All figures of one side: of each currency, or of each energy source."""
    amounts = [
        _of_source(side_amount(each, place, voice), each, answer, voice)
        for each in answer.compared
        if each.values[place] is not None
    ]
    if not amounts:
        return voice.words.phrase("measure_unknown")
    return voice.words.listed(amounts, whole=True)


def _of_source(amount: str, compared: Compared, answer: ComparisonAnswer, voice: Voice) -> str:
    if compared.kind.source is None or answer.metric != "energy":
        return amount
    source = voice.words.source(compared.kind.source)
    return voice.words.phrase("amount_of_source", {"amount": amount, "source": source})
