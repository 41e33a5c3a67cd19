"""How it is said which performance indicators are beyond a bound that was asked about."""

from __future__ import annotations

from enms_core.domain.kpi import Kpi, KpiAnswer
from enms_core.language.render import Dialog
from enms_core.language.speech.bounds import bound_words, say_verdicts
from enms_core.language.speech.kpi_words import amount_words, energy_words
from enms_core.language.speech.measured import items_words
from enms_core.language.speech.voice import Voice


def lists_beyond(answer: KpiAnswer) -> bool:
    """Whether the machines beyond a bound are asked for, and not whether all together are."""
    return answer.threshold is not None and answer.question.in_full and bool(_held(answer))


def say_kpi_held(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """Yes or no; where they differ by energy source, or of all indicators by their names."""
    if answer.threshold is None:
        return []
    is_of_all, names = answer.question.metric == "all", voice.files.values["kpis"]
    verdicts = [
        (names[each.name] if is_of_all else energy_words(each, voice), each.is_beyond)
        for each in answer.held
    ]
    return say_verdicts(verdicts, bound_words(answer.threshold, voice))


def say_kpi_beyond(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """The machines beyond the bound and how many were compared, or that none is."""
    assert answer.threshold is not None and answer.period is not None
    held = _held(answer)
    beyond = [each for each in held if each.is_beyond]
    slots = {
        "figure": voice.files.values["kpis"][held[0].name],
        "bound": bound_words(answer.threshold, voice),
        "period": voice.period(answer.question.period, answer.period),
    }
    items = [(voice.words.name(str(each.machine)), amount_words(each, voice)) for each in beyond]
    said: Dialog = (
        ("kpi_passed", {**slots, "items": items_words(items, voice, whole=True)})
        if items
        else ("kpi_passed_none", slots)
    )
    count = voice.words.count(len({each.machine for each in held}))
    return [said, ("kpi_compared", {"count": count})]


def _held(answer: KpiAnswer) -> list[Kpi]:
    return [each for each in answer.by_machine if each.is_beyond is not None]
