"""What an examination of the data finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType


class Severity(str, Enum):
    """error: a number is wrong or cannot be trusted; warning: look at it; info: good to know.

    The members stand in the order in which they concern a person.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


# Every kind of finding there is.
SEVERITY: Mapping[str, Severity] = MappingProxyType(
    {
        # one reading
        "negative_consumption": Severity.ERROR,
        "negative_rate": Severity.ERROR,
        "impossible_consumption": Severity.ERROR,
        "cost_mismatch": Severity.ERROR,
        "missing_value": Severity.ERROR,
        "not_finite": Severity.ERROR,
        "out_of_range": Severity.ERROR,
        "in_future": Severity.ERROR,
        "rate_mismatch": Severity.WARNING,
        "off_grid": Severity.WARNING,
        # readings in their order
        "duplicate": Severity.ERROR,
        "overlap": Severity.ERROR,
        "gap": Severity.WARNING,
        "silent_meter": Severity.WARNING,
        "stuck_meter": Severity.WARNING,
        # readings and registers
        "unknown_machine": Severity.ERROR,
        "outside_service": Severity.WARNING,
        "rated_power_exceeded": Severity.WARNING,
        "no_meter": Severity.INFO,
        # production and status
        "negative_count": Severity.ERROR,
        "parts_exceed_count": Severity.ERROR,
        "status_contradiction": Severity.ERROR,
        # registers
        "unknown_zone": Severity.ERROR,
        "negative_tariff": Severity.ERROR,
        "wrong_currency": Severity.ERROR,
        "tariffs_overlap": Severity.ERROR,
        "tariff_missing": Severity.WARNING,
        "negative_carbon_factor": Severity.ERROR,
        "carbon_factors_overlap": Severity.ERROR,
        "meter_interval": Severity.ERROR,
        "meters_overlap": Severity.ERROR,
        "no_meter_in_service": Severity.WARNING,
        "seu_machine_unknown": Severity.ERROR,
        "statistics_impossible": Severity.ERROR,
        # what could not be examined
        "not_examined": Severity.WARNING,
        "check_refused": Severity.WARNING,
    }
)


@dataclass(frozen=True)
class Finding:
    """One thing found in the data.

    code: a key of SEVERITY. machine and factory: names; a machine that no register knows is told by
    its id. [start, end) is the stretch concerned; end is None where it lasts or is an instant,
    both where the finding has no time. facts: numbers and names, by what they are. more: how many
    findings of the same code and machine are not listed after this one.
    """

    code: str
    table: str
    factory: str | None = None
    machine: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    more: int = 0

    def __post_init__(self) -> None:
        if self.code not in SEVERITY:
            raise ValueError(f"no kind of finding is named {self.code!r}")

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.code]
