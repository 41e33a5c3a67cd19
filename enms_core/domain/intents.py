"""The questions this skill knows, and what each takes for granted when it is not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Need

NOW = PeriodPhrase("now")
YESTERDAY = PeriodPhrase("unit", unit="day", offset=-1)
LAST_MONTH = PeriodPhrase("unit", unit="month", offset=-1)
THIS_QUARTER = PeriodPhrase("unit", unit="quarter")
LAST_24_HOURS = PeriodPhrase("past", unit="hour", count=24)
LAST_30_DAYS = PeriodPhrase("past", unit="day", count=30)
LAST_FOUR_WEEKS = PeriodPhrase("past", unit="week", count=4)
LAST_12_MONTHS = PeriodPhrase("past", unit="month", count=12)

RANKING = "ranking"
COMPARISON = "comparison"
# What machines are ranked and compared by.
QUANTITIES = ("energy", "power", "cost", "carbon", "efficiency", "anomalies", "production")


@dataclass(frozen=True)
class Intent:
    """What an intent takes for granted.

    period: the default stretch; periods: of aspects that are told of another. metric: the default
    aspect. metrics: all its aspects, the one whose words say least first; empty where it has none.
    takes_machine, takes_source, takes_period: which slots it has at all. needs: what
    must be known, from the conversation or by asking back. about_energy: False for the conversation
    itself, which needs no energy word. is_plain: a word that narrows the question and is not
    understood must not be passed over.
    """

    period: PeriodPhrase = TODAY
    periods: Mapping[str, PeriodPhrase] = field(default_factory=dict)
    metric: str | None = None
    metrics: tuple[str, ...] = ()
    takes_machine: bool = True
    takes_source: bool = True
    takes_period: bool = True
    needs: Need | None = None
    about_energy: bool = True
    is_plain: bool = False


INTENTS: Mapping[str, Intent] = MappingProxyType(
    {
        "energy": Intent(
            metric="total",
            metrics=("total", "average", "by_hour", "by_day", "by_source", "trend"),
            is_plain=True,
        ),
        "power": Intent(
            period=NOW,
            periods={"average": TODAY, "peak": TODAY, "minimum": TODAY},
            metric="latest",
            metrics=("latest", "average", "peak", "minimum"),
            is_plain=True,
        ),
        "cost": Intent(metrics=("demand_charge",), is_plain=True),
        "carbon": Intent(is_plain=True),
        "production": Intent(
            metric="units",
            metrics=("units", "good", "rejects", "quality", "downtime"),
            takes_source=False,
            is_plain=True,
        ),
        "ranking": Intent(metric="energy", metrics=QUANTITIES, is_plain=True),
        "comparison": Intent(
            metric="energy", metrics=QUANTITIES, needs="comparison", is_plain=True
        ),
        "factory_overview": Intent(takes_source=False),
        "machine_list": Intent(takes_period=False),
        "machine_status": Intent(takes_source=False, takes_period=False, needs="machine"),
        "status_history": Intent(
            periods={"pattern": LAST_FOUR_WEEKS},
            metric="offline",
            metrics=("uptime", "offline", "pattern"),
            takes_source=False,
            needs="machine",
        ),
        "energy_source_list": Intent(takes_period=False),
        "seu_list": Intent(takes_machine=False, takes_period=False),
        "driver_list": Intent(takes_period=False, needs="energy_source"),
        "system_health": Intent(
            takes_machine=False, takes_source=False, takes_period=False, about_energy=False
        ),
        "baseline_train": Intent(),
        "baseline_predict": Intent(),
        "baseline_explain": Intent(),
        "baseline_list": Intent(),
        "baseline_activate": Intent(),
        "baseline_compare": Intent(),
        "performance": Intent(),
        "root_cause": Intent(),
        "opportunities": Intent(period=LAST_30_DAYS),
        "kpi": Intent(metrics=("peak_demand",)),
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
        "explain_term": Intent(takes_machine=False, takes_source=False, takes_period=False),
        "evidence": Intent(takes_machine=False, about_energy=False),
        "repeat": Intent(takes_machine=False, about_energy=False),
        "help": Intent(takes_machine=False, about_energy=False),
    }
)

# About the conversation, not about the factory: what follows builds on the answer before it.
OF_CONVERSATION = frozenset({"evidence", "repeat", "explain_term", "help"})
