"""The term of the glossary that an answer was about: what "what does that mean" asks for."""

from __future__ import annotations

from collections.abc import Mapping

from enms_core.domain.question import Question

# By aspect, else by intent; keys of the glossary.
OF_METRICS: Mapping[str, str] = {
    "demand_charge": "demand_charge",
    "sec": "specific_energy_consumption",
    "peak_demand": "peak_demand",
    "load_factor": "load_factor",
    "base_load": "base_load",
    "idle_share": "idle_share",
    "by_hour": "load_profile",
}
OF_INTENTS: Mapping[str, str] = {
    "kpi": "kpi",
    "carbon": "carbon_dioxide_equivalent",
    "seu_list": "seu",
    "energy_source_list": "energy_carrier",
    "driver_list": "relevant_variable",
    "baseline_train": "energy_baseline",
    "baseline_predict": "expected_energy",
    "baseline_explain": "energy_baseline",
    "baseline_list": "energy_baseline",
    "baseline_activate": "energy_baseline",
    "baseline_compare": "energy_baseline",
    "performance": "expected_energy",
    "root_cause": "deviation",
    "opportunities": "energy_saving",
    "anomaly_list": "anomaly",
    "anomaly_resolve": "anomaly",
    "forecast": "forecast",
    "load_shift": "load_shifting",
    "enpi_report": "enpi",
    "target_set": "energy_target",
    "target_progress": "energy_target",
    "action_plan_create": "action_plan",
    "action_plan_list": "action_plan",
    "action_plan_update": "action_plan",
    "energy_review": "energy_review",
}


def term_told(question: Question) -> str | None:
    """The key of the term, None where the answer was about none."""
    return OF_METRICS.get(question.metric or "", OF_INTENTS.get(question.intent))
