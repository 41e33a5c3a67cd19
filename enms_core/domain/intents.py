"""The questions this skill knows, and what each takes for granted when it is not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import Need

NOW = PeriodPhrase("now")
YESTERDAY = PeriodPhrase("unit", unit="day", offset=-1)
TOMORROW = PeriodPhrase("unit", unit="day", offset=1)
LAST_MONTH = PeriodPhrase("unit", unit="month", offset=-1)
THIS_QUARTER = PeriodPhrase("unit", unit="quarter")
LAST_24_HOURS = PeriodPhrase("past", unit="hour", count=24)
LAST_30_DAYS = PeriodPhrase("past", unit="day", count=30)
LAST_FOUR_WEEKS = PeriodPhrase("past", unit="week", count=4)
LAST_12_MONTHS = PeriodPhrase("past", unit="month", count=12)

ENERGY = "energy"
RANKING = "ranking"
COMPARISON = "comparison"
KPI = "kpi"
TRAINING = "baseline_train"
PLANNING = "action_plan_create"
SAVING = "opportunities"
PREDICTING = "baseline_predict"
FORECAST = "forecast"
EXPLAINING = "explain_term"
OVERVIEW = "factory_overview"  # of a factory or a site
# What machines are ranked and compared by.
QUANTITIES = ("energy", "power", "cost", "carbon", "efficiency", "anomalies", "production")


# Names of slots, as the catalogue of questions has them.
MACHINE = "machine"
SOURCE = "energy_source"
PERIOD = "period"
OF_FIGURES = frozenset({MACHINE, SOURCE, PERIOD})
OF_MACHINES = frozenset({MACHINE, PERIOD})
OF_SEUS = frozenset({MACHINE, SOURCE})
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Intent:
    """What an intent takes, and takes for granted.

    slots: what it takes at all, beside its metric. needs: what must be known, from the conversation
    or by asking back, in the order in which it is asked. period: the default stretch; periods: of
    aspects that are told of another. metric: the default aspect. metrics: all its aspects, the one
    whose words say least first; empty where it has none. about_energy: False for the conversation
    itself, which needs no energy word. is_plain: a word that narrows the question and is not
    understood must not be passed over.
    """

    slots: frozenset[str] = OF_FIGURES
    needs: tuple[Need, ...] = ()
    period: PeriodPhrase = TODAY
    periods: Mapping[str, PeriodPhrase] = field(default_factory=dict)
    metric: str | None = None
    metrics: tuple[str, ...] = ()
    about_energy: bool = True
    is_plain: bool = False

    def takes(self, slot: str) -> bool:
        """Whether a slot of that name belongs to it."""
        return slot in self.slots


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
            slots=OF_MACHINES,
            metric="units",
            metrics=("units", "good", "rejects", "quality", "downtime"),
            is_plain=True,
        ),
        "ranking": Intent(
            slots=OF_FIGURES | {"count", "threshold"},
            metric="energy",
            metrics=QUANTITIES,
            is_plain=True,
        ),
        "comparison": Intent(
            slots=OF_FIGURES | {"compared_to"},
            needs=("comparison",),
            metric="energy",
            metrics=QUANTITIES,
            is_plain=True,
        ),
        "factory_overview": Intent(slots=OF_MACHINES),
        "machine_list": Intent(slots=OF_SEUS),
        "machine_status": Intent(slots=frozenset({MACHINE}), needs=("machine",)),
        "status_history": Intent(
            slots=OF_MACHINES,
            needs=("machine",),
            periods={"pattern": LAST_FOUR_WEEKS},
            metric="offline",
            metrics=("uptime", "offline", "pattern"),
        ),
        "energy_source_list": Intent(slots=OF_SEUS),
        "seu_list": Intent(slots=frozenset({SOURCE})),
        "driver_list": Intent(slots=OF_SEUS, needs=("energy_source",)),
        "system_health": Intent(slots=NOTHING, about_energy=False),
        "baseline_train": Intent(
            slots=OF_FIGURES | {"drivers"}, needs=("machine", "energy_source")
        ),
        "baseline_predict": Intent(slots=OF_FIGURES | {"conditions"}, needs=("machine",)),
        "baseline_explain": Intent(slots=OF_SEUS | {"count"}, needs=("machine",)),
        "baseline_list": Intent(slots=OF_SEUS),
        "baseline_activate": Intent(slots=OF_SEUS | {"count"}, needs=("machine",)),
        "baseline_compare": Intent(slots=OF_SEUS | {"drivers"}, needs=("machine",)),
        "performance": Intent(slots=OF_FIGURES | {"threshold"}),
        "root_cause": Intent(slots=OF_FIGURES | {"threshold"}, needs=("machine",)),
        "opportunities": Intent(
            slots=OF_MACHINES | {"count", "threshold", "suspected", "cost"}, period=LAST_30_DAYS
        ),
        "kpi": Intent(
            slots=OF_FIGURES | {"threshold"},
            metric="all",
            metrics=(
                "all",
                "cost",
                "carbon",
                "sec",
                "peak_demand",
                "load_factor",
                "base_load",
                "operating_hours",
                "idle_share",
                "availability",
            ),
        ),
        "anomaly_list": Intent(
            slots=OF_MACHINES | {"severity", "count"},
            period=LAST_24_HOURS,
            metric="list",
            metrics=("list", "count", "trend"),
        ),
        "anomaly_resolve": Intent(slots=frozenset({MACHINE})),
        "alert_subscribe": Intent(slots=frozenset({MACHINE, "severity", "threshold"})),
        "alert_stop": Intent(slots=frozenset({MACHINE, "horizon"})),
        "briefing": Intent(slots=frozenset({PERIOD}), period=YESTERDAY),
        "forecast": Intent(
            slots=OF_SEUS | {"horizon", "threshold"},
            period=TOMORROW,
            metric="energy",
            metrics=("energy", "power", "peak", "cost"),
        ),
        "load_shift": Intent(slots=frozenset({MACHINE, "horizon"})),
        "enpi_report": Intent(slots=OF_MACHINES, period=THIS_QUARTER),
        "target_set": Intent(slots=OF_SEUS | {"threshold", "date"}, needs=("machine", "threshold")),
        "target_progress": Intent(slots=frozenset({MACHINE})),
        "action_plan_create": Intent(
            slots=frozenset({MACHINE, "plan", "date", "cost"}), needs=("machine",)
        ),
        "action_plan_list": Intent(slots=frozenset({MACHINE})),
        "action_plan_update": Intent(
            slots=frozenset({"plan", "progress", "person", "date"}), needs=("plan",)
        ),
        "energy_review": Intent(slots=frozenset({SOURCE, PERIOD}), period=LAST_12_MONTHS),
        "report": Intent(slots=OF_MACHINES | {"kind"}, period=LAST_MONTH),
        "explain_term": Intent(slots=frozenset({"topic"})),
        "evidence": Intent(slots=frozenset({SOURCE, PERIOD}), about_energy=False),
        "repeat": Intent(slots=frozenset({SOURCE, PERIOD}), about_energy=False),
        "help": Intent(slots=frozenset({"topic", SOURCE, PERIOD}), about_energy=False),
    }
)

# About the conversation, not about the factory: what follows builds on the answer before it.
OF_CONVERSATION = frozenset({"evidence", "repeat", "explain_term", "help"})
