"""How a factory at a glance is said."""

from __future__ import annotations

from enms_core.domain.emissions import EMISSIONS_UNIT
from enms_core.domain.overview import OverviewAnswer
from enms_core.language.money import spent_words
from enms_core.language.render import Dialog
from enms_core.language.speech.energy import say_amounts
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice

PRICES, FACTORS, STATUS = "prices.missing", "factors.missing", "status.none"


def say_overview(answer: OverviewAnswer, voice: Voice) -> list[Dialog]:
    """Energy, cost and emissions, the biggest users, who runs, and what is doubtful."""
    return [
        *say_amounts(answer.energy, voice),
        *_cost_and_carbon(answer, voice),
        *_top(answer, voice),
        *_running(answer, voice),
        *_doubts(answer, voice),
    ]


def _cost_and_carbon(answer: OverviewAnswer, voice: Voice) -> list[Dialog]:
    slots: dict[str, str] = {}
    if answer.cost.amounts:
        slots["cost"] = spent_words(voice.words, answer.cost.amounts)
    emissions_kg = answer.emissions.emissions_kg_co2e
    if emissions_kg is not None:
        slots["emissions"] = voice.words.amount(emissions_kg, EMISSIONS_UNIT)
    if not slots:
        return []
    return [("overview_" + "_and_".join(slots), slots)]


def _top(answer: OverviewAnswer, voice: Voice) -> list[Dialog]:
    if len(answer.energy.machines) < 2 or not answer.top:
        return []
    machines = voice.machines([each.machine.id for each in answer.top])
    return [
        ("overview_top_one" if len(answer.top) == 1 else "overview_top", {"machines": machines})
    ]


def _running(answer: OverviewAnswer, voice: Voice) -> list[Dialog]:
    if answer.running is None:
        return []
    total = voice.words.count(len(answer.known_states))
    if answer.running == 1:
        return [("overview_running_one", {"total": total})]
    running = voice.words.count(answer.running)
    return [("overview_running", {"running": running, "total": total})]


def _doubts(answer: OverviewAnswer, voice: Voice) -> list[Dialog]:
    of_readings = [i for i in answer.issues if i.code not in (PRICES, FACTORS, STATUS)]
    codes = {issue.code for issue in answer.issues}
    said = say_issues(of_readings, voice, len(answer.energy.machines), len(answer.energy.uses))
    if PRICES in codes:
        said.append(("overview_prices_missing" if answer.cost.amounts else "overview_no_price", {}))
    if FACTORS in codes:
        is_partial = answer.emissions.emissions_kg_co2e is not None
        said.append(("overview_factors_missing" if is_partial else "overview_no_factor", {}))
    if STATUS in codes:
        unknown = [state.machine.id for state in answer.states or () if state.status is None]
        said.append(("status_none", {"machines": voice.machines(unknown)}))
    return said
