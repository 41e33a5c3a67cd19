"""A question and what it means, as a person would look it up: machines by name, instants in a
calendar. The machines and the stretches that many questions share are named here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.conftest import PLANT_NOW

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
UNITS = {POWER: "kWh", GAS: "m³", STEAM: "kg", AIR: "Nm³"}
PURCHASED = {POWER, GAS}
ONE, PUMP, HALL, BELT, BOILER, PRESS = (
    ("Compressor-1",),
    ("Hydraulic-Pump-1",),
    ("HVAC-Main",),
    ("Conveyor-A",),
    ("Boiler-1",),
    ("Injection-Molding-1",),
)
EU_ONE, NORTH, US_ONE, US_BELT, US_HALL = EU[:1], EU[1:], US[:1], US[1:2], US[2:]

LAST_WEEK = "2026-11-09T00:00+01:00/2026-11-16T00:00+01:00"
LAST_WEEK_US = "2026-11-09T00:00-06:00/2026-11-16T00:00-06:00"
THIS_WEEK = "2026-11-16T00:00+01:00/2026-11-18T10:07:30+01:00"
THIS_WEEK_US = "2026-11-16T00:00-06:00/2026-11-18T03:07:30-06:00"
THIS_MONTH = "2026-11-01T00:00+01:00/2026-11-18T10:07:30+01:00"
THIS_MONTH_US = "2026-11-01T00:00-05:00/2026-11-18T03:07:30-06:00"
YESTERDAY = "2026-11-17T00:00+01:00/2026-11-18T00:00+01:00"
YESTERDAY_US = "2026-11-17T00:00-06:00/2026-11-18T00:00-06:00"
TODAY = "2026-11-18T00:00+01:00/2026-11-18T10:07:30+01:00"
TODAY_US = "2026-11-18T00:00-06:00/2026-11-18T03:07:30-06:00"
NOW = "2026-11-18T09:52:30+01:00/2026-11-18T10:07:30+01:00"
NOW_US = "2026-11-18T02:52:30-06:00/2026-11-18T03:07:30-06:00"
OCTOBER = "2026-10-01T00:00+02:00/2026-11-01T00:00+01:00"
OCTOBER_US = "2026-10-01T00:00-05:00/2026-11-01T00:00-05:00"
SUMMER = "2026-07-01T00:00+02:00/2026-10-01T00:00+02:00"
SUMMER_US = "2026-07-01T00:00-05:00/2026-10-01T00:00-05:00"
THIS_YEAR = "2026-01-01T00:00+01:00/2026-11-18T10:07:30+01:00"
YEAR_2025 = "2025-01-01T00:00+01:00/2026-01-01T00:00+01:00"
YEAR_2025_US = "2025-01-01T00:00-06:00/2026-01-01T00:00-06:00"
WEEK_43 = "2026-10-19T00:00+02:00/2026-10-26T00:00+01:00"
NIGHTS_OF_WEEK_43 = " ".join(
    [
        "2026-10-19T22:00+02:00/2026-10-20T06:00+02:00",
        "2026-10-20T22:00+02:00/2026-10-21T06:00+02:00",
        "2026-10-21T22:00+02:00/2026-10-22T06:00+02:00",
        "2026-10-22T22:00+02:00/2026-10-23T06:00+02:00",
        "2026-10-23T22:00+02:00/2026-10-24T06:00+02:00",
        "2026-10-24T22:00+02:00/2026-10-25T06:00+01:00",
        "2026-10-25T22:00+01:00/2026-10-26T06:00+01:00",
    ]
)
# The days on which the clocks change: of 23 and of 25 hours.
SPRING_DAY = "2026-03-29T00:00+01:00/2026-03-30T00:00+02:00"
AUTUMN_DAY = "2026-10-25T00:00+02:00/2026-10-26T00:00+01:00"
SPRING_DAY_US = "2026-03-08T00:00-06:00/2026-03-09T00:00-05:00"
AUTUMN_DAY_US = "2026-11-01T00:00-05:00/2026-11-02T00:00-06:00"
# The planted gaps: six hours of 21 July without readings of compressor one, two of 6 November
# without conveyor A; the pump's meter was replaced on 21 June.
GAP_DAY = "2026-07-21T00:00+02:00/2026-07-22T00:00+02:00"
SHORT_GAP_DAY = "2026-11-06T00:00+01:00/2026-11-07T00:00+01:00"
REPLACEMENT_DAY = "2026-06-21T00:00+02:00/2026-06-22T00:00+02:00"
# Middays of the days on which the clocks change.
SPRING_NOON, AUTUMN_NOON = "2026-03-29T12:15+02:00", "2026-10-25T12:15+01:00"
SPRING_NOON_US, AUTUMN_NOON_US = "2026-03-08T12:15-05:00", "2026-11-01T12:15-06:00"
SPRING_TODAY = "2026-03-29T00:00+01:00/2026-03-29T12:15+02:00"
AUTUMN_TODAY = "2026-10-25T00:00+02:00/2026-10-25T12:15+01:00"
SPRING_TODAY_US = "2026-03-08T00:00-06:00/2026-03-08T12:15-05:00"

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Case:
    """A question, and the machines and sources that it is about.

    berlin, chicago: the stretches, as start/end, in the calendar of the sites there. sources: those
    named; None means what the machines purchase. about_everything: no machine was named. metric,
    count, threshold (value, unit, comparison): what the question says of them. order: of a ranking.
    step: what an average or a series goes by. berlin_before, chicago_before: the second period.
    sides: machines that are compared with each other.
    """

    said: str
    machines: tuple[str, ...]
    berlin: str = ""
    chicago: str = ""
    sources: tuple[str, ...] | None = None
    now: str = PLANT_NOW.isoformat()
    about_everything: bool = False
    intent: str = "energy"
    metric: str | None = "total"
    count: int | None = None
    threshold: tuple[float, str, str] | None = None
    order: str = "highest"
    step: str | None = None
    berlin_before: str = ""
    chicago_before: str = ""
    sides: tuple[tuple[str, ...], ...] = ()

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.now)

    def metered(self) -> Iterator[tuple[str, str]]:
        """(machine, source) of the answer, machine by machine."""
        for machine in self.machines:
            for source in self.sources_of(machine):
                yield machine, source

    def sources_of(self, machine: str) -> list[str]:
        """The machine's sources that the question is about."""
        asked = (POWER, GAS) if self.sources is None else self.sources
        return [source for source in asked if source in METERED.get(machine, (POWER,))]

    def stretches(self, machine: str) -> list[Stretch]:
        return stretches(self.chicago if machine in US else self.berlin)

    def stretches_before(self, machine: str) -> list[Stretch]:
        return stretches(self.chicago_before if machine in US else self.berlin_before)


METERED = {"Boiler-1": (POWER, GAS, STEAM), "Compressor-1": (POWER, AIR)}


def stretches(written: str) -> list[Stretch]:
    """Pairs of instants, written as start/end with spaces between."""
    pairs = (stretch.split("/") for stretch in written.split())
    return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in pairs]


def zone_of(machine: str) -> str:
    return "America/Chicago" if machine in US else "Europe/Berlin"
