"""Key performance indicators of machines over a period; formulas as in docs/kpis.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from enms_core.domain.answer import Answer
from enms_core.domain.evidence import NO_EVIDENCE, Evidence
from enms_core.domain.question import Threshold

# Behind the unit of a figure for each unit made.
PER_UNIT = "/unit"
KpiName = Literal[
    "sec",
    "peak_demand",
    "load_factor",
    "cost",
    "cost_per_unit",
    "carbon",
    "carbon_per_unit",
    "base_load",
    "operating_hours",
    "idle_share",
    "idle_hours",
    "availability",
]
# Why there is no figure: nothing was made; no production is on record; no hour has both complete
# readings and production; no whole block; no status history; one that does not tell idle from off;
# switched off all the time; no price or carbon factor; some energy cannot be converted to kWh;
# nothing was used; no readings at all; no meter.
NoKpi = Literal[
    "no_output",
    "no_production",
    "no_common_hours",
    "no_block",
    "no_status",
    "no_modes",
    "switched_off",
    "no_price",
    "no_factor",
    "unit",
    "no_use",
    "no_readings",
    "not_metered",
]


@dataclass(frozen=True)
class Kpi:
    """One figure of one scope.

    unit: kWh/unit, kW, %, h, kg CO2e, a currency, or one of these per unit made ("EUR/unit").
    energy_source: None of several purchased ones together, and of figures of time. machine: None of
    the scope as a whole. at: when a peak began. interval_seconds: length of the blocks behind it.
    reason: why value is None. is_partial: hours are missing or a part has no rate. is_beyond:
    whether it lies beyond the bound that was asked about; None where none was, or nothing tells.
    """

    name: KpiName
    value: float | None
    unit: str | None
    energy_source: str | None = None
    machine: str | None = None
    at: datetime | None = None
    reason: NoKpi | None = None
    is_partial: bool = False
    interval_seconds: int | None = None
    is_beyond: bool | None = None

    def data(self) -> dict[str, object]:
        """Of a figure that is held against a bound, with the verdict."""
        own = {**vars(self), "at": self.at.isoformat() if self.at else None}
        if self.is_beyond is None:
            del own["is_beyond"]
        return own


@dataclass(frozen=True, kw_only=True)
class KpiAnswer(Answer):
    """The figures asked about: of the scope as a whole, and of its machines where there are
    several.

    told_by: the answer to a question of its own that a figure comes from (cost, emissions, power);
    what it says and what it has to say about its data is said with it. threshold: the bound that
    the figures are held against.
    """

    figures: tuple[Kpi, ...]
    by_machine: tuple[Kpi, ...] = ()
    rests_on: Evidence = NO_EVIDENCE
    told_by: Answer | None = None
    threshold: Threshold | None = None

    @property
    def held(self) -> tuple[Kpi, ...]:
        """The figures of the whole scope that a bound was asked of."""
        return tuple(each for each in self.figures if each.is_beyond is not None)

    @property
    def known(self) -> tuple[Kpi, ...]:
        return tuple(each for each in self.figures if each.value is not None)

    @property
    def unknown(self) -> tuple[Kpi, ...]:
        return tuple(each for each in self.figures if each.value is None)

    def data(self) -> dict[str, object]:
        """The contract's `data`; with that of the answer that a figure comes from."""
        return {
            **(self.told_by.data() if self.told_by else {}),
            "kpis": [each.data() for each in self.figures],
            "by_machine": [each.data() for each in self.by_machine],
            **({} if self.threshold is None else {"threshold": self.threshold.data()}),
        }

    def evidence(self) -> Evidence:
        return self.rests_on
