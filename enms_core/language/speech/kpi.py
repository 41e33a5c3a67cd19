"""How performance indicators are said: one of them with what belongs to it, or all in one list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from enms_core.domain.answer import Answer
from enms_core.domain.cost import CostAnswer
from enms_core.domain.emissions import EmissionsAnswer
from enms_core.domain.kpi import Kpi, KpiAnswer, KpiName
from enms_core.domain.power import PowerAnswer
from enms_core.language.render import Dialog
from enms_core.language.speech.carbon import say_carbon
from enms_core.language.speech.cost import amounts as cost_amounts
from enms_core.language.speech.cost import say_cost
from enms_core.language.speech.kpi_beyond import lists_beyond, say_kpi_beyond, say_kpi_held
from enms_core.language.speech.kpi_doubts import say_kpi_doubts, say_unknown
from enms_core.language.speech.kpi_words import (
    THOUSAND,
    amount_words,
    energy_words,
    is_cheap,
    money_of,
)
from enms_core.language.speech.measured import items_words
from enms_core.language.speech.power import say_power
from enms_core.language.speech.rated import say_left_out
from enms_core.language.speech.voice import Voice
from enms_core.language.words import LONGEST_LIST

Slots = Mapping[str, str]


def say_kpi(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """The figures, what is not known and why, and what is doubtful. First whether they are beyond
    the bound that was asked about; of a list only those that are."""
    if lists_beyond(answer):
        return [*say_kpi_beyond(answer, voice), *say_kpi_doubts(answer, voice)]
    return [*say_kpi_held(answer, voice), *_said(answer, voice)]


def _said(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    if isinstance(answer.told_by, PowerAnswer):
        return say_power(answer.told_by, voice)
    unknown = say_unknown(answer, voice)
    if answer.told_by is not None:
        return [*_with_sum(answer, answer.told_by, voice), *unknown]
    said = _all(answer, voice) if answer.question.metric == "all" else _figures(answer, voice)
    return [*said, *_by_machine(answer, voice), *unknown, *say_kpi_doubts(answer, voice)]


def _with_sum(answer: KpiAnswer, told: Answer, voice: Voice) -> list[Dialog]:
    """Cost or emissions of a unit, then of all; only these where those of a unit are not known."""
    assert isinstance(told, (CostAnswer, EmissionsAnswer))
    per_unit = _figures(answer, voice)
    if not per_unit:
        return say_cost(told, voice) if isinstance(told, CostAnswer) else say_carbon(told, voice)
    if isinstance(told, CostAnswer):
        in_all: Dialog = ("kpi_cost_in_all", {"money": cost_amounts(told.total, voice)})
    else:
        total = [each for each in answer.known if each.name == "carbon"]
        in_all = ("kpi_carbon_in_all", {"amount": amount_words(total[0], voice)})
    doubts = say_left_out(told, len(told.sources), {}, voice)
    return [*per_unit, in_all, *doubts]


def _all(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """All of them in one list, but what says nothing: no idling, and hours of several machines."""
    is_one = len(answer.question.scope.machine_ids) == 1
    items = [
        _item(each, voice)
        for each in answer.known
        if (each.value or each.name != "idle_share") and (is_one or each.name != "operating_hours")
    ]
    if not items:
        return []
    return [("kpi_all", {**_slots(answer, voice), "items": voice.words.listed(items, whole=True)})]


def _item(kpi: Kpi, voice: Voice) -> str:
    if kpi.name == "cost":
        slots = {"money": money_of(kpi, voice)}
    elif kpi.unit == "%":
        slots = {"percent": amount_words(kpi, voice)}
    elif kpi.unit == "h":
        slots = {"duration": amount_words(kpi, voice)}
    else:
        slots = {"amount": amount_words(kpi, voice), "energy": energy_words(kpi, voice)}
    return voice.words.phrase(f"kpi_item_{kpi.name}", slots)


def _figures(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    return [
        SAYINGS[each.name](each, answer, voice) for each in answer.known if each.name in SAYINGS
    ]


def _slots(answer: KpiAnswer, voice: Voice) -> dict[str, str]:
    assert answer.period is not None
    return voice.where_and_when(answer.question, answer.period)


def _amount(kpi: Kpi, answer: KpiAnswer, voice: Voice) -> Dialog:
    amount = {"amount": amount_words(kpi, voice), "energy": energy_words(kpi, voice)}
    return f"kpi_{kpi.name}", {**_slots(answer, voice), **amount}


def _load_factor(kpi: Kpi, answer: KpiAnswer, voice: Voice) -> Dialog:
    [peak] = [
        each
        for each in answer.figures
        if each.name == "peak_demand" and each.energy_source == kpi.energy_source
    ]
    slots = {
        "percent": amount_words(kpi, voice),
        "energy": energy_words(kpi, voice),
        "peak": amount_words(peak, voice),
    }
    return "kpi_load_factor", {**_slots(answer, voice), **slots}


def _operating_hours(kpi: Kpi, answer: KpiAnswer, voice: Voice) -> Dialog:
    together = "_together" if len(answer.question.scope.machine_ids) > 1 else ""
    slots = {**_slots(answer, voice), "duration": amount_words(kpi, voice)}
    return f"kpi_operating_hours{together}", slots


def _idle_share(kpi: Kpi, answer: KpiAnswer, voice: Voice) -> Dialog:
    [time] = [each for each in answer.figures if each.name == "idle_hours"]
    slots = {**_slots(answer, voice), "energy": energy_words(kpi, voice)}
    if not kpi.value:
        return "kpi_idle_none", slots
    percent = {"percent": amount_words(kpi, voice), "duration": amount_words(time, voice)}
    return "kpi_idle_share", {**slots, **percent}


def _availability(kpi: Kpi, answer: KpiAnswer, voice: Voice) -> Dialog:
    return "kpi_availability", {**_slots(answer, voice), "percent": amount_words(kpi, voice)}


def _cost_per_unit(kpi: Kpi, answer: KpiAnswer, voice: Voice) -> Dialog:
    slots = {**_slots(answer, voice), "energy": energy_words(kpi, voice)}
    if is_cheap(kpi):
        return "kpi_cost_per_thousand", {**slots, "money": money_of(kpi, voice, THOUSAND)}
    return "kpi_cost_per_unit", {**slots, "money": money_of(kpi, voice)}


def _by_machine(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """A few machines one by one, or all where the whole list was asked for."""
    metric, in_full = answer.question.metric, answer.question.in_full
    told = [each for each in answer.by_machine if each.name == metric and each.value is not None]
    names = [each.machine for each in told if each.machine is not None]
    is_once = len(set(names)) == len(names) > 1
    if not is_once or (len(names) > LONGEST_LIST and not in_full):
        return []
    amounts = [amount_words(each, voice) for each in told]
    spoken = [voice.words.name(name) for name in names]
    items = items_words(list(zip(spoken, amounts, strict=True)), voice, whole=in_full)
    return [("kpi_by_machine", {"items": items})]


SAYINGS: Mapping[KpiName, Callable[[Kpi, KpiAnswer, Voice], Dialog]] = MappingProxyType(
    {
        "sec": _amount,
        "load_factor": _load_factor,
        "base_load": _amount,
        "operating_hours": _operating_hours,
        "idle_share": _idle_share,
        "availability": _availability,
        "cost_per_unit": _cost_per_unit,
        "carbon_per_unit": _amount,
    }
)
