"""Questions about power on the demo plant, with the instants that a calendar has for them. Those
that are asked as sentences stand in `oracle`."""

from __future__ import annotations

from dataclasses import dataclass

from tests.core.oracle.case import (
    AIR,
    ALL,
    AUTUMN_DAY,
    BELT,
    BOILER,
    DEMO,
    GAP_DAY,
    GAS,
    HALL,
    LAST_WEEK,
    OCTOBER,
    ONE,
    POWER,
    PUMP,
    SPRING_DAY,
    SPRING_DAY_US,
    STEAM,
    TODAY,
    US,
    YESTERDAY,
    YESTERDAY_US,
    Case,
)

LAST_7_DAYS = "2026-11-11T10:07:30+01:00/2026-11-18T10:07:30+01:00"
WORKING_HOURS = " ".join(
    f"2026-11-{day:02}T08:00+01:00/2026-11-{day:02}T18:00+01:00" for day in range(9, 16)
)
JUNE = "2026-06-01T00:00+02:00/2026-07-01T00:00+02:00"


@dataclass(frozen=True)
class PowerCase:
    """Machines and a source over a period: as it is said, and where it lies in the calendar."""

    machines: tuple[str, ...]
    period: str
    berlin: str = ""
    source: str = POWER
    chicago: str = ""

    def __str__(self) -> str:
        return f"{self.period}, {self.source} of {len(self.machines)}"

    def asked(self, metric: str) -> Case:
        sources = (self.source,)
        return Case(
            "", self.machines, self.berlin, self.chicago, sources, intent="power", metric=metric
        )


OVER_TIME = (
    PowerCase(ONE, "today", TODAY),
    PowerCase(ONE, "last week", LAST_WEEK),
    PowerCase(HALL, "over the last 7 days", LAST_7_DAYS),
    PowerCase(BOILER, "yesterday", YESTERDAY),
    PowerCase(BOILER, "yesterday", YESTERDAY, GAS),
    PowerCase(BOILER, "in october", OCTOBER, STEAM),
    PowerCase(ONE, "last week", LAST_WEEK, AIR),
    PowerCase(BELT, "between 8 and 18 last week", WORKING_HOURS),
    PowerCase(DEMO[1:3], "between 8 and 18 last week", WORKING_HOURS),
    PowerCase(HALL, "on the 25th of october 2026", AUTUMN_DAY),
    PowerCase((*HALL, *ONE), "on the 29th of march 2026", SPRING_DAY),
    PowerCase(US, "on the 8th of march 2026", chicago=SPRING_DAY_US),
    PowerCase(PUMP, "in june 2026", JUNE),
    PowerCase(DEMO, "yesterday", YESTERDAY),
    PowerCase(ALL, "yesterday", YESTERDAY, chicago=YESTERDAY_US),
    PowerCase(ALL, "on the 21st of july 2026", GAP_DAY,
              chicago="2026-07-21T00:00-05:00/2026-07-22T00:00-05:00"),
)  # fmt: skip
MOMENTS = (
    "2026-11-18T10:07:30+01:00",
    "2026-11-17T03:00+01:00",
    "2026-10-25T02:20+02:00",
    "2026-10-25T02:20+01:00",
    "2026-09-15T14:07+02:00",
    "2026-07-21T13:10+02:00",
    "2026-03-29T03:01+02:00",
    "2024-10-01T00:05+02:00",
)
