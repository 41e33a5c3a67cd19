"""How an answer about energy is said."""

from __future__ import annotations

from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.period import Period
from enms_core.domain.use import SourceUse
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice


def say_energy(answer: EnergyAnswer, voice: Voice) -> list[Dialog]:
    """What was used, the carriers together where they can be added, and what is doubtful."""
    assert answer.period is not None
    dialogs = [_used(answer, answer.period, voice)]
    if len(answer.uses) > 1 and all(_is_known_purchase(use) for use in answer.uses):
        dialogs.append(_together(answer.purchased_energy_kwh, voice))
    issues = say_issues(answer.issues, voice, len(answer.machines), len(answer.uses))
    return [*dialogs, *issues]


def _used(answer: EnergyAnswer, period: Period, voice: Voice) -> Dialog:
    slots = voice.where_and_when(answer.question, period)
    uses = [use for use in answer.uses if use.readings]
    only = uses[0]
    if len(uses) == 1 and only.source.is_purchased:
        amount = voice.words.amount(only.quantity, only.source.unit)
        source = voice.words.source(only.source.name)
        return "energy_used", {**slots, "amount": amount, "source": source}
    amounts = voice.words.listed([amount_of_source(use, voice) for use in uses], whole=True)
    purchased = all(use.source.is_purchased for use in uses)
    return "energy_used_several" if purchased else "energy_metered", {**slots, "amounts": amounts}


def amount_of_source(use: SourceUse, voice: Voice) -> str:
    """An amount with what it is of: "three hundred and ten kilowatt hours of electricity"."""
    slots = {
        "amount": voice.words.amount(use.quantity, use.source.unit),
        "source": voice.words.source(use.source.name),
    }
    return voice.words.phrase("amount_of_source", slots)


def _together(purchased_energy_kwh: float | None, voice: Voice) -> Dialog:
    if purchased_energy_kwh is None:
        return "energy_content_unknown", {}
    return "energy_together", {"amount": voice.words.amount(purchased_energy_kwh, "kWh")}


def _is_known_purchase(use: SourceUse) -> bool:
    return use.source.is_purchased and use.readings > 0
