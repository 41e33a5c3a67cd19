"""How it is said what energy cost."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.cost import CostAnswer
from enms_core.domain.rated import NoPrice
from enms_core.domain.tariff import Money
from enms_core.language.money import spent_words
from enms_core.language.render import Dialog
from enms_core.language.speech.rated import say_left_out, say_nothing_rated, say_parts
from enms_core.language.speech.voice import Voice


def say_cost(answer: CostAnswer, voice: Voice) -> list[Dialog]:
    """The sum in each currency, its parts, what is not in it, and what is doubtful."""
    beside = {each.source.name: amounts(each.cost.amounts, voice) for each in answer.beside}
    left_out = say_left_out(answer, len(answer.sources), beside, voice)
    said = [_total(answer, voice), *_parts(answer, voice), *left_out]
    if answer.is_full and answer.charges_demand:
        said.append(("cost_without_demand", {}))
    return said


def say_no_price(answer: NoPrice, voice: Voice) -> list[Dialog]:
    return say_nothing_rated(answer, "cost_unknown", voice)


def amounts(sums: Sequence[Money], voice: Voice) -> str:
    """Sums of money, one a currency; a currency without money only where all are."""
    told = [each for each in sums if each.amount] or sums[:1]
    return spent_words(voice.words, told)


def _total(answer: CostAnswer, voice: Voice) -> Dialog:
    assert answer.period is not None
    slots = voice.where_and_when(answer.question, answer.period)
    slots["money"] = amounts(answer.total, voice)
    if len(answer.counted) > 1:
        return "cost_of_energy", slots
    return "cost_of_source", {**slots, "source": voice.words.source(answer.counted[0].source.name)}


def _parts(answer: CostAnswer, voice: Voice) -> list[Dialog]:
    parts = (
        (each.source.name, {"money": amounts(each.cost.amounts, voice)}) for each in answer.counted
    )
    return say_parts(answer, "cost", parts, voice)
