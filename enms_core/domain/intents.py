"""The questions this skill knows, and what each takes for granted when it is not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from enms_core.domain.period import TODAY, PeriodPhrase

NOW = PeriodPhrase("now")
YESTERDAY = PeriodPhrase("unit", unit="day", offset=-1)
LAST_MONTH = PeriodPhrase("unit", unit="month", offset=-1)
THIS_QUARTER = PeriodPhrase("unit", unit="quarter")
LAST_24_HOURS = PeriodPhrase("past", unit="hour", count=24)
LAST_30_DAYS = PeriodPhrase("past", unit="day", count=30)
LAST_12_MONTHS = PeriodPhrase("past", unit="month", count=12)


@dataclass(frozen=True)
class Intent:
    """What an intent takes for granted.

    period: the default stretch. metric: the default aspect. takes_machine: whether a machine can be
    named at all. about_energy: False for the conversation itself, which needs no energy word.
    is_plain: a word that narrows the question and is not understood must not be passed over.
    """

    period: PeriodPhrase = TODAY
    metric: str | None = None
    takes_machine: bool = True
    about_energy: bool = True
    is_plain: bool = False


INTENTS: Mapping[str, Intent] = MappingProxyType(
    {
        "energy": Intent(metric="total", is_plain=True),
        "power": Intent(period=NOW, metric="latest"),
        "cost": Intent(),
        "carbon": Intent(),
        "production": Intent(),
        "ranking": Intent(metric="energy"),
        "comparison": Intent(),
        "factory_overview": Intent(),
        "machine_list": Intent(),
        "machine_status": Intent(),
        "status_history": Intent(),
        "energy_source_list": Intent(),
        "seu_list": Intent(takes_machine=False),
        "driver_list": Intent(takes_machine=False),
        "system_health": Intent(takes_machine=False, about_energy=False),
        "baseline_train": Intent(),
        "baseline_predict": Intent(),
        "baseline_explain": Intent(),
        "baseline_list": Intent(),
        "baseline_activate": Intent(),
        "baseline_compare": Intent(),
        "performance": Intent(),
        "root_cause": Intent(),
        "opportunities": Intent(period=LAST_30_DAYS),
        "kpi": Intent(),
        "anomaly_list": Intent(period=LAST_24_HOURS),
        "anomaly_resolve": Intent(),
        "alert_subscribe": Intent(),
        "alert_stop": Intent(),
        "briefing": Intent(period=YESTERDAY, takes_machine=False),
        "forecast": Intent(),
        "load_shift": Intent(),
        "enpi_report": Intent(period=THIS_QUARTER),
        "target_set": Intent(),
        "target_progress": Intent(),
        "action_plan_create": Intent(),
        "action_plan_list": Intent(),
        "action_plan_update": Intent(),
        "energy_review": Intent(period=LAST_12_MONTHS, takes_machine=False),
        "report": Intent(period=LAST_MONTH),
        "explain_term": Intent(takes_machine=False),
        "evidence": Intent(takes_machine=False, about_energy=False),
        "repeat": Intent(takes_machine=False, about_energy=False),
        "help": Intent(takes_machine=False, about_energy=False),
    }
)
