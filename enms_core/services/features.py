"""Which service answers which intent, and which questions are answered at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from enms_core.domain.answer import Answer
from enms_core.domain.question import Outcome, Question, Understanding
from enms_core.services.action_plan_create import answer_action_plan_create
from enms_core.services.action_plan_list import answer_action_plan_list
from enms_core.services.action_plan_update import answer_action_plan_update
from enms_core.services.baseline_activate import answer_baseline_activate
from enms_core.services.baseline_compare import answer_baseline_compare
from enms_core.services.baseline_explain import answer_baseline_explain
from enms_core.services.baseline_list import answer_baseline_list
from enms_core.services.baseline_predict import answer_baseline_predict
from enms_core.services.baseline_train import answer_baseline_train
from enms_core.services.carbon import answer_carbon
from enms_core.services.comparison import answer_comparison
from enms_core.services.context import Context
from enms_core.services.cost import answer_cost
from enms_core.services.energy import answer_energy
from enms_core.services.evidence import answer_evidence
from enms_core.services.explain_term import answer_explain_term
from enms_core.services.health import answer_system_health
from enms_core.services.help import answer_help
from enms_core.services.kpi import METRICS as KPIS
from enms_core.services.kpi import answer_kpi
from enms_core.services.machine_list import answer_machine_list
from enms_core.services.machine_status import answer_machine_status
from enms_core.services.measures import MEASURES
from enms_core.services.opportunities import answer_opportunities
from enms_core.services.overview import answer_factory_overview
from enms_core.services.performance import answer_performance, answer_root_cause
from enms_core.services.power import answer_power
from enms_core.services.production import answer_production
from enms_core.services.ranking import answer_ranking
from enms_core.services.sources import (
    answer_driver_list,
    answer_energy_source_list,
    answer_seu_list,
)
from enms_core.services.status_history import answer_status_history

Service = Callable[[Question, Context], Awaitable[Answer]]

# intent → the service that answers it. An intent that is not here is understood, and said to be not
# answered yet; so is an aspect, where METRICS lists those that the service answers.
SERVICES: Mapping[str, Service] = {
    "energy": answer_energy,
    "power": answer_power,
    "production": answer_production,
    "ranking": answer_ranking,
    "comparison": answer_comparison,
    "machine_list": answer_machine_list,
    "machine_status": answer_machine_status,
    "status_history": answer_status_history,
    "energy_source_list": answer_energy_source_list,
    "seu_list": answer_seu_list,
    "driver_list": answer_driver_list,
    "system_health": answer_system_health,
    "cost": answer_cost,
    "carbon": answer_carbon,
    "factory_overview": answer_factory_overview,
    "kpi": answer_kpi,
    "baseline_train": answer_baseline_train,
    "baseline_list": answer_baseline_list,
    "baseline_explain": answer_baseline_explain,
    "baseline_activate": answer_baseline_activate,
    "baseline_compare": answer_baseline_compare,
    "baseline_predict": answer_baseline_predict,
    "performance": answer_performance,
    "root_cause": answer_root_cause,
    "opportunities": answer_opportunities,
    "action_plan_create": answer_action_plan_create,
    "action_plan_list": answer_action_plan_list,
    "action_plan_update": answer_action_plan_update,
    "evidence": answer_evidence,
    "explain_term": answer_explain_term,
    "help": answer_help,
}
ANSWERED = frozenset({*SERVICES, "repeat"})
# What changes something once the person has said yes; what of it takes longer than an answer.
WRITING = frozenset(
    {"baseline_train", "baseline_activate", "action_plan_create", "action_plan_update"}
)
TRAINING = frozenset({"baseline_train"})
METRICS: Mapping[str, frozenset[str]] = {
    "ranking": frozenset(MEASURES),
    "comparison": frozenset({*MEASURES, "total"}),
    "kpi": KPIS,
}
COMPARING = frozenset({"comparison"})
# What energy sources are compared by.
OF_SOURCES = frozenset({"energy", "total", "cost", "carbon"})


def writes(question: Question) -> bool:
    """Whether answering changes something: then it is never tried a second time by itself."""
    return question.intent in WRITING and question.confirmed


def takes_long(question: Question) -> bool:
    """Whether answering may take longer than a person waits without a word."""
    return question.intent in TRAINING and question.confirmed


def built_or_not(understanding: Understanding) -> Understanding:
    """An understanding as `not_yet` where no service answers the question."""
    question = understanding.question
    if question is None or question.intent == "repeat":
        return understanding
    metrics = METRICS.get(question.intent)
    built = (
        question.intent in SERVICES
        and (metrics is None or question.metric in metrics)
        and (question.compared_to is None or question.intent in COMPARING)
        and (question.metric in OF_SOURCES or not question.compares_sources)
    )
    return understanding if built else replace(understanding, outcome=_not_built(understanding))


def _not_built(understanding: Understanding) -> Outcome:
    """What is unknown or open is said first: it would have to be mended anyway."""
    return "not_yet" if understanding.outcome == "answered" else understanding.outcome
