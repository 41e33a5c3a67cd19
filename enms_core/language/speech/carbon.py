"""How it is said what energy use emitted."""

from __future__ import annotations

from enms_core.domain.emissions import EMISSIONS_UNIT, EmissionsAnswer
from enms_core.domain.rated import NoFactor
from enms_core.language.render import Dialog
from enms_core.language.speech.rated import say_left_out, say_nothing_rated, say_parts
from enms_core.language.speech.voice import Voice


def say_carbon(answer: EmissionsAnswer, voice: Voice) -> list[Dialog]:
    """The sum, its parts, what is not in it, and what is doubtful."""
    beside = {
        each.source.name: _amount(each.emissions.emissions_kg_co2e or 0.0, voice)
        for each in answer.beside
    }
    left_out = say_left_out(answer, len(answer.sources), beside, voice)
    said = [_total(answer, voice), *_parts(answer, voice), *left_out]
    return [*said, ("carbon_location", {})] if answer.is_full else said


def say_no_factor(answer: NoFactor, voice: Voice) -> list[Dialog]:
    return say_nothing_rated(answer, "carbon_unknown", voice)


def _total(answer: EmissionsAnswer, voice: Voice) -> Dialog:
    assert answer.period is not None
    slots = voice.where_and_when(answer.question, answer.period)
    slots["amount"] = _amount(answer.emissions_kg_co2e, voice)
    if len(answer.counted) > 1:
        return "carbon_of_energy", slots
    source = voice.words.source(answer.counted[0].source.name)
    return "carbon_of_source", {**slots, "source": source}


def _parts(answer: EmissionsAnswer, voice: Voice) -> list[Dialog]:
    parts = (
        (each.source.name, {"amount": _amount(each.emissions.emissions_kg_co2e or 0.0, voice)})
        for each in answer.counted
    )
    return say_parts(answer, "carbon", parts, voice)


def _amount(emissions_kg_co2e: float, voice: Voice) -> str:
    return voice.words.amount(emissions_kg_co2e, EMISSIONS_UNIT)
