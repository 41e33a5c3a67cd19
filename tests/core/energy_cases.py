"""Questions about energy, with the instants that a person would look up for them in a calendar."""

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


@dataclass(frozen=True)
class Case:
    """A question, and the machines and sources that it is about.

    berlin, chicago: the stretches, as start/end, in the calendar of the sites there. sources: those
    named; None means what the machines purchase. about_everything: no machine was named.
    """

    said: str
    machines: tuple[str, ...]
    berlin: str = ""
    chicago: str = ""
    sources: tuple[str, ...] | None = None
    now: str = PLANT_NOW.isoformat()
    about_everything: bool = False

    def metered(self) -> Iterator[tuple[str, str]]:
        """(machine, source) of the answer, machine by machine."""
        for machine in self.machines:
            bought = (POWER, GAS) if machine == "Boiler-1" else (POWER,)
            for source in bought if self.sources is None else self.sources:
                yield machine, source

    def stretches(self, machine: str) -> list[tuple[datetime, datetime]]:
        written = self.chicago if machine in US else self.berlin
        pairs = (stretch.split("/") for stretch in written.split())
        return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in pairs]


LAST_WEEK = "2026-11-09T00:00+01:00/2026-11-16T00:00+01:00"
YESTERDAY = "2026-11-17T00:00+01:00/2026-11-18T00:00+01:00"
YESTERDAY_US = "2026-11-17T00:00-06:00/2026-11-18T00:00-06:00"
TODAY = "2026-11-18T00:00+01:00/2026-11-18T10:07:30+01:00"
OCTOBER = "2026-10-01T00:00+02:00/2026-11-01T00:00+01:00"
OCTOBER_US = "2026-10-01T00:00-05:00/2026-11-01T00:00-05:00"
SUMMER = "2026-07-01T00:00+02:00/2026-10-01T00:00+02:00"
SUMMER_US = "2026-07-01T00:00-05:00/2026-10-01T00:00-05:00"
SPRING_DAY = "2026-03-29T00:00+01:00/2026-03-30T00:00+02:00"
AUTUMN_DAY = "2026-10-25T00:00+02:00/2026-10-26T00:00+01:00"
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
ONE, PUMP, HALL, BELT, BOILER, PRESS = (
    ("Compressor-1",),
    ("Hydraulic-Pump-1",),
    ("HVAC-Main",),
    ("Conveyor-A",),
    ("Boiler-1",),
    ("Injection-Molding-1",),
)

CASES = (
    # One machine, its purchased energy
    Case("what did compressor one consume yesterday", ONE, YESTERDAY),
    Case("energy use of boiler one last week please", BOILER, LAST_WEEK),
    Case("what did the boiler consume yesterday", BOILER, YESTERDAY),
    Case("how many kilowatt hours did the injection molding machine take in October", PRESS,
         OCTOBER),
    Case("consumption of the European compressor last week", ("Compressor-EU-1",), LAST_WEEK),
    # A source by name
    Case("tell me the electricity usage of boiler one yesterday", BOILER, YESTERDAY, "", (POWER,)),
    Case("how much gas did the boiler burn last month", BOILER, OCTOBER, "", (GAS,)),
    Case("how much steam did boiler one use last month", BOILER, OCTOBER, "", (STEAM,)),
    Case("how much steam did boiler one use today", BOILER, TODAY, "", (STEAM,)),
    Case("how much compressed air did compressor one use last week", ONE, LAST_WEEK, "", (AIR,)),
    Case("consumption of compressor one compressed air in October", ONE, OCTOBER, "", (AIR,)),
    Case("gas consumption of the plant last quarter", BOILER, SUMMER, "", (GAS,),
         about_everything=True),
    Case("how much steam did we use in 2025", BOILER, YEAR_2025, "", (STEAM,),
         about_everything=True),
    Case("how much electricity and gas did boiler one use last month", BOILER, OCTOBER, "",
         (POWER, GAS)),
    # Running days, and hours that roll
    Case("what has compressor one used today", ONE, TODAY),
    Case("how much electricity did conveyor A use this morning", BELT,
         "2026-11-18T06:00+01:00/2026-11-18T10:07:30+01:00", "", (POWER,)),
    Case("consumption of the hydraulic pump in the last 3 hours", PUMP,
         "2026-11-18T07:07:30+01:00/2026-11-18T10:07:30+01:00"),
    Case("consumption of HVAC main over the last 24 hours", HALL,
         "2026-11-17T10:07:30+01:00/2026-11-18T10:07:30+01:00"),
    Case("consumption of conveyor A over the last 7 days", BELT,
         "2026-11-11T10:07:30+01:00/2026-11-18T10:07:30+01:00"),
    Case("what has conveyor A used this week", BELT,
         "2026-11-16T00:00+01:00/2026-11-18T10:07:30+01:00"),
    Case("how much energy has boiler one used this month", BOILER,
         "2026-11-01T00:00+01:00/2026-11-18T10:07:30+01:00"),
    Case("how much electricity has compressor EU 1 used since Monday", ("Compressor-EU-1",),
         "2026-11-16T00:00+01:00/2026-11-18T10:07:30+01:00", "", (POWER,)),
    # Nights, shifts and windows of a day
    Case("consumption of HVAC main last night", HALL,
         "2026-11-17T22:00+01:00/2026-11-18T06:00+01:00"),
    Case("how much energy did compressor one use yesterday between 22:00 and 6:00", ONE,
         "2026-11-17T22:00+01:00/2026-11-18T06:00+01:00"),
    Case("how much energy did conveyor A use on Monday from 8 am to 4 pm", BELT,
         "2026-11-16T08:00+01:00/2026-11-16T16:00+01:00"),
    Case("what did compressor one consume in week 43 of 2026 between 22:00 and 6:00", ONE,
         NIGHTS_OF_WEEK_43),
    # Months, quarters, years and weeks
    Case("how much energy did conveyor A use in February 2026", BELT,
         "2026-02-01T00:00+01:00/2026-03-01T00:00+01:00"),
    Case("energy of injection molding one in the second quarter of 2026", PRESS,
         "2026-04-01T00:00+02:00/2026-07-01T00:00+02:00"),
    Case("consumption of compressor one in the first half of 2026", ONE,
         "2026-01-01T00:00+01:00/2026-07-01T00:00+02:00"),
    Case("how much energy did HVAC main use in 2025", HALL, YEAR_2025),
    Case("consumption of the pump in week 43 of 2026", PUMP, WEEK_43),
    Case("consumption of the pump in week 1 of 2026", PUMP,
         "2025-12-29T00:00+01:00/2026-01-05T00:00+01:00"),
    Case("what did boiler one consume from Monday to Wednesday last week", BOILER,
         "2026-11-09T00:00+01:00/2026-11-12T00:00+01:00"),
    # The days on which the clocks change: 23, 24 and 25 hours
    Case("consumption of compressor one on the 29th of March 2026", ONE, SPRING_DAY),
    Case("consumption of boiler one on the 25th of October 2026", BOILER, AUTUMN_DAY),
    Case("consumption of HVAC main on the night of the 28th of March 2026", HALL,
         "2026-03-28T22:00+01:00/2026-03-29T06:00+02:00"),
    Case("how much energy did HVAC main use on the 24th of October 2026 between 22:00 and 6:00",
         HALL, "2026-10-24T22:00+02:00/2026-10-25T06:00+01:00"),
    Case("energy of compressor US one on the 8th of March 2026", US[:1], "",
         "2026-03-08T00:00-06:00/2026-03-09T00:00-05:00"),
    Case("energy of conveyor US one on the 1st of November 2026", US[1:2], "",
         "2026-11-01T00:00-05:00/2026-11-02T00:00-06:00"),
    Case("what has conveyor A used today", BELT, "2026-10-25T00:00+02:00/2026-10-25T02:30+01:00",
         now="2026-10-25T02:30+01:00"),
    Case("consumption of the pump in the last 3 hours", PUMP,
         "2026-03-29T00:00+01:00/2026-03-29T04:00+02:00", now="2026-03-29T04:00+02:00"),
    Case("consumption of the pump over the last 24 hours", PUMP,
         "2026-10-24T13:00+02:00/2026-10-25T12:00+01:00", now="2026-10-25T12:00+01:00"),
    # Groups, sites and everything; each site by its own calendar
    Case("how much electricity did all compressors use last month", (ONE[0], EU[0], US[0]),
         OCTOBER, OCTOBER_US, (POWER,)),
    Case("what did all HVACs consume in the third quarter of 2026", (EU[1], HALL[0], US[2]),
         SUMMER, SUMMER_US),
    Case("how much energy did all conveyors use on the 8th of March 2026", (BELT[0], US[1]),
         "2026-03-08T00:00+01:00/2026-03-09T00:00+01:00",
         "2026-03-08T00:00-06:00/2026-03-09T00:00-05:00"),
    Case("how much electricity did compressor one and compressor EU one use last week",
         (ONE[0], EU[0]), LAST_WEEK, "", (POWER,)),
    Case("consumption of the Demo Manufacturing Plant last week", DEMO, LAST_WEEK),
    Case("how much energy did the European plant use in 2025", EU, YEAR_2025),
    Case("how much energy did the American plant use on the 1st of November 2026", US, "",
         "2026-11-01T00:00-05:00/2026-11-02T00:00-06:00"),
    Case("how much did the American plant use on the 15th of November 2026", US, "",
         "2026-11-15T00:00-06:00/2026-11-16T00:00-06:00"),
    Case("what did the whole factory consume yesterday", ALL, YESTERDAY, YESTERDAY_US,
         about_everything=True),
    Case("how much energy have we used today", ALL, TODAY,
         "2026-11-18T00:00-06:00/2026-11-18T03:07:30-06:00", about_everything=True),
    Case("what did the whole factory consume yesterday", ALL, YESTERDAY,
         "2026-11-16T00:00-06:00/2026-11-17T00:00-06:00", now="2026-11-18T04:00+01:00",
         about_everything=True),
    Case("how many kilowatt hours did we use last year by source", ALL, YEAR_2025, YEAR_2025_US,
         about_everything=True),
    Case("how much gas has the factory used this year", BOILER, THIS_YEAR, "", (GAS,),
         about_everything=True),
    Case("what did all machines except the boiler consume yesterday", ALL[1:], YESTERDAY,
         YESTERDAY_US),
    # The planted gaps, and the replaced meter
    Case("energy of compressor one on the 21st of July 2026", ONE,
         "2026-07-21T00:00+02:00/2026-07-22T00:00+02:00"),
    Case("energy of conveyor A on the 6th of November 2026", BELT,
         "2026-11-06T00:00+01:00/2026-11-07T00:00+01:00"),
    Case("how much electricity did injection molding one use in September 2026", PRESS,
         "2026-09-01T00:00+02:00/2026-10-01T00:00+02:00", "", (POWER,)),
    Case("how much gas did boiler one burn on the 2nd of May 2026", BOILER,
         "2026-05-02T00:00+02:00/2026-05-03T00:00+02:00", "", (GAS,)),
    Case("consumption of HVAC EU north in January 2026", EU[1:],
         "2026-01-01T00:00+01:00/2026-02-01T00:00+01:00"),
    Case("consumption of the hydraulic pump on the 21st of June 2026", PUMP,
         "2026-06-21T00:00+02:00/2026-06-22T00:00+02:00"),
    Case("consumption of the hydraulic pump in June 2026", PUMP,
         "2026-06-01T00:00+02:00/2026-07-01T00:00+02:00"),
)  # fmt: skip
