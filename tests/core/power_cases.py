"""Questions about power on the demo plant, with the instants that a calendar has for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.core.power_truth import Stretches

DEMO = (
    "Boiler-1",
    "Compressor-1",
    "Conveyor-A",
    "HVAC-Main",
    "Hydraulic-Pump-1",
    "Injection-Molding-1",
)
EU = ("Compressor-EU-1", "HVAC-EU-North")
US = ("Compressor-US-1", "Conveyor-US-1", "HVAC-US-1")
ALL = (*DEMO, *EU, *US)
POWER, GAS, STEAM, AIR = "electricity", "natural_gas", "steam", "compressed_air"
UNITS = {POWER: "kW", GAS: "m³/h", STEAM: "kg/h", AIR: "Nm³/h"}
TODAY = "2026-11-18T00:00+01:00/2026-11-18T10:07:30+01:00"
YESTERDAY = "2026-11-17T00:00+01:00/2026-11-18T00:00+01:00"
YESTERDAY_US = "2026-11-17T00:00-06:00/2026-11-18T00:00-06:00"
LAST_WEEK = "2026-11-09T00:00+01:00/2026-11-16T00:00+01:00"
LAST_7_DAYS = "2026-11-11T10:07:30+01:00/2026-11-18T10:07:30+01:00"
WORKING_HOURS = " ".join(
    f"2026-11-{day:02}T08:00+01:00/2026-11-{day:02}T18:00+01:00" for day in range(9, 16)
)
AUTUMN_DAY = "2026-10-25T00:00+02:00/2026-10-26T00:00+01:00"
SPRING_DAY = "2026-03-29T00:00+01:00/2026-03-30T00:00+02:00"
SPRING_US = "2026-03-08T00:00-06:00/2026-03-09T00:00-05:00"
GAP_DAY = "2026-07-21T00:00+02:00/2026-07-22T00:00+02:00"
OCTOBER = "2026-10-01T00:00+02:00/2026-11-01T00:00+01:00"
JUNE = "2026-06-01T00:00+02:00/2026-07-01T00:00+02:00"


@dataclass(frozen=True)
class Case:
    """A question, and the stretches that a person would look up for it in a calendar.

    chicago: those of the machines in America, where they differ. The common blocks of all machines
    are those of Berlin.
    """

    machines: tuple[str, ...]
    period: str
    berlin: str
    source: str = POWER
    chicago: str = ""

    def stretches(self, machine: str) -> Stretches:
        return stretches_of(self.chicago if self.chicago and machine in US else self.berlin)


def stretches_of(text: str) -> Stretches:
    pairs = [each.split("/") for each in text.split()]
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs]


OVER_TIME = (
    Case(("Compressor-1",), "yesterday", YESTERDAY),
    Case(("Compressor-1",), "today", TODAY),
    Case(("Compressor-1",), "last week", LAST_WEEK),
    Case(("HVAC-Main",), "over the last 7 days", LAST_7_DAYS),
    Case(("Boiler-1",), "yesterday", YESTERDAY),
    Case(("Boiler-1",), "yesterday", YESTERDAY, GAS),
    Case(("Boiler-1",), "in october", OCTOBER, STEAM),
    Case(("Compressor-1",), "last week", LAST_WEEK, AIR),
    Case(("Conveyor-A",), "between 8 and 18 last week", WORKING_HOURS),
    Case(DEMO[1:3], "between 8 and 18 last week", WORKING_HOURS),
    Case(("HVAC-Main",), "on the 25th of october 2026", AUTUMN_DAY),
    Case(("HVAC-Main", "Compressor-1"), "on the 29th of march 2026", SPRING_DAY),
    Case(US, "on the 8th of march 2026", SPRING_US),
    Case(("Compressor-1",), "on the 21st of july 2026", GAP_DAY),
    Case(("Hydraulic-Pump-1",), "in june 2026", JUNE),
    Case(DEMO, "yesterday", YESTERDAY),
    Case(ALL, "yesterday", YESTERDAY, chicago=YESTERDAY_US),
    Case(ALL, "on the 21st of july 2026", GAP_DAY,
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
