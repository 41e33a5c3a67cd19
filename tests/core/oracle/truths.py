"""Intent, or intent and metric → what an answer must hold."""

from __future__ import annotations

from collections.abc import Mapping

from tests.core.oracle.carbon import carbon
from tests.core.oracle.case import Case
from tests.core.oracle.comparison import comparison
from tests.core.oracle.cost import cost
from tests.core.oracle.course import average, by_step, trend
from tests.core.oracle.demand import demand_charge
from tests.core.oracle.expected import Truths
from tests.core.oracle.kpi import kpi
from tests.core.oracle.overview import overview
from tests.core.oracle.power import power
from tests.core.oracle.production import production
from tests.core.oracle.ranking import ranking
from tests.core.oracle.registers import (
    driver_list,
    energy_source_list,
    machine_list,
    seu_list,
    system_health,
)
from tests.core.oracle.status import machine_status, status_history
from tests.core.oracle.use import energy

TRUTHS: Mapping[str, Truths] = {
    "energy total": energy,
    "energy by_source": energy,
    "energy average": average,
    "energy by_day": by_step,
    "energy by_hour": by_step,
    "energy trend": trend,
    "power": power,
    "kpi": kpi,
    "cost": cost,
    "cost demand_charge": demand_charge,
    "carbon": carbon,
    "production": production,
    "ranking": ranking,
    "comparison": comparison,
    "factory_overview": overview,
    "machine_list": machine_list,
    "machine_status": machine_status,
    "status_history": status_history,
    "energy_source_list": energy_source_list,
    "seu_list": seu_list,
    "driver_list": driver_list,
    "system_health": system_health,
}


def truth_of(case: Case) -> Truths:
    """What computes the answer to a question from the tables."""
    return TRUTHS.get(f"{case.intent} {case.metric}") or TRUTHS[case.intent]
