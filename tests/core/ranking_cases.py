"""Rankings, with the instants that a person would look up for them in a calendar."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.question import Order, Threshold
from tests.conftest import PLANT_NOW
from tests.core.measure_truth import Asked
from tests.core.oracle.case import (
    ALL,
    AUTUMN_DAY,
    AUTUMN_DAY_US,
    DEMO,
    EU,
    GAP_DAY,
    GAS,
    LAST_WEEK,
    LAST_WEEK_US,
    NIGHTS_OF_WEEK_43,
    OCTOBER,
    OCTOBER_US,
    POWER,
    REPLACEMENT_DAY,
    SPRING_DAY,
    STEAM,
    SUMMER,
    SUMMER_US,
    TODAY,
    TODAY_US,
    US,
    YESTERDAY,
    YESTERDAY_US,
)

DEMO_SITE, EU_SITE, US_SITE = (
    "Demo Manufacturing Plant",
    "European Production Facility",
    "American Assembly Plant",
)
COMPRESSORS = ("Compressor-1", "Compressor-EU-1", "Compressor-US-1")


@dataclass(frozen=True)
class Ranked:
    """What is asked for. site: a site by name; else the machines of `asked`, all where they are
    everything. period: as it is said."""

    metric: str
    asked: Asked
    period: str
    order: Order = "highest"
    count: int | None = None
    threshold: Threshold | None = None
    in_full: bool = False
    site: str | None = None
    now: str = PLANT_NOW.isoformat()

    def __str__(self) -> str:
        who = self.site or ("all" if self.asked.machines == ALL else ", ".join(self.asked.machines))
        return f"{self.order} {self.metric} {self.period} of {who} ({self.now[5:16]})"


def everything(berlin: str, chicago: str, *sources: str) -> Asked:
    return Asked(ALL, berlin, chicago, sources)


YESTERDAY_ALL = everything(YESTERDAY, YESTERDAY_US)
TODAY_ALL = everything(TODAY, TODAY_US)
WEEK_ALL = everything(LAST_WEEK, LAST_WEEK_US)
OCTOBER_ALL = everything(OCTOBER, OCTOBER_US)

CASES = (
    # Every figure, over everything: two countries, two currencies, each site by its own calendar
    Ranked("energy", YESTERDAY_ALL, "yesterday"),
    Ranked("power", YESTERDAY_ALL, "yesterday"),
    Ranked("cost", YESTERDAY_ALL, "yesterday"),
    Ranked("carbon", YESTERDAY_ALL, "yesterday"),
    Ranked("production", YESTERDAY_ALL, "yesterday"),
    Ranked("efficiency", YESTERDAY_ALL, "yesterday"),
    Ranked("energy", YESTERDAY_ALL, "yesterday", order="lowest", count=1),
    Ranked("power", WEEK_ALL, "last week", order="lowest", count=5),
    Ranked("cost", WEEK_ALL, "last week", count=1),
    Ranked("carbon", WEEK_ALL, "last week", order="lowest"),
    Ranked("production", WEEK_ALL, "last week", order="lowest", count=2),
    Ranked("efficiency", WEEK_ALL, "last week", order="lowest", count=1),
    Ranked("energy", OCTOBER_ALL, "last month", count=20),
    Ranked("cost", OCTOBER_ALL, "last month", in_full=True),
    # Running periods
    Ranked("energy", TODAY_ALL, "today"),
    Ranked("efficiency", TODAY_ALL, "today", count=1),
    Ranked("cost", everything("2026-10-25T00:00+02:00/2026-10-25T02:30+01:00",
                              "2026-10-24T00:00-05:00/2026-10-24T20:30-05:00"),
           "today", now="2026-10-25T02:30+01:00"),
    # Sites and groups
    Ranked("energy", Asked(DEMO, LAST_WEEK), "last week", site=DEMO_SITE),
    Ranked("cost", Asked(EU, LAST_WEEK), "last week", site=EU_SITE),
    Ranked("carbon", Asked(US, "", AUTUMN_DAY_US), "on the 1st of November 2026",
           site=US_SITE),
    Ranked("energy", Asked(COMPRESSORS, SUMMER, SUMMER_US), "in the third quarter of 2026"),
    Ranked("power", Asked(COMPRESSORS, YESTERDAY, YESTERDAY_US), "yesterday", count=1),
    Ranked("efficiency", Asked(DEMO, OCTOBER), "in October", site=DEMO_SITE, count=2),
    # A source that is named: in its own unit, those that have it
    Ranked("energy", everything(YESTERDAY, YESTERDAY_US, POWER), "yesterday", count=1),
    Ranked("energy", Asked(("Boiler-1",), LAST_WEEK, "", (GAS,)), "last week"),
    Ranked("energy", Asked(("Boiler-1",), LAST_WEEK, "", (STEAM,)), "last week"),
    Ranked("power", Asked(("Boiler-1",), YESTERDAY, "", (GAS,)), "yesterday"),
    # Days on which the clocks change, and nights
    Ranked("energy", Asked(DEMO, SPRING_DAY), "on the 29th of March 2026", site=DEMO_SITE),
    Ranked("cost", Asked(DEMO, AUTUMN_DAY), "on the 25th of October 2026", site=DEMO_SITE),
    Ranked("cost", Asked(DEMO, NIGHTS_OF_WEEK_43), "in week 43 of 2026 between 22:00 and 6:00",
           site=DEMO_SITE),
    Ranked("efficiency", Asked(DEMO, NIGHTS_OF_WEEK_43),
           "in week 43 of 2026 between 22:00 and 6:00", site=DEMO_SITE),
    # Gaps: some readings missing, none at all, a meter replaced
    Ranked("energy", Asked(DEMO, GAP_DAY),
           "on the 21st of July 2026", site=DEMO_SITE, in_full=True),
    Ranked("energy", Asked(DEMO, "2026-09-15T00:00+02:00/2026-09-16T00:00+02:00"),
           "on the 15th of September 2026", site=DEMO_SITE, in_full=True),
    Ranked("cost", Asked(EU, "2026-01-22T00:00+01:00/2026-01-24T00:00+01:00"),
           "from the 22nd to the 23rd of January 2026", site=EU_SITE),
    Ranked("power", Asked(DEMO, REPLACEMENT_DAY),
           "on the 21st of June 2026", site=DEMO_SITE, in_full=True),
    # Bounds
    Ranked("energy", YESTERDAY_ALL, "yesterday", threshold=Threshold(1, "MWh", ">")),
    Ranked("energy", YESTERDAY_ALL, "yesterday", order="lowest",
           threshold=Threshold(400, "kWh", "<=")),
    Ranked("power", YESTERDAY_ALL, "yesterday", threshold=Threshold(44_000, "W", ">=")),
    Ranked("cost", YESTERDAY_ALL, "yesterday", threshold=Threshold(100, "EUR", ">")),
    Ranked("production", YESTERDAY_ALL, "yesterday", threshold=Threshold(12_000, "units", ">")),
    Ranked("efficiency", YESTERDAY_ALL, "yesterday", threshold=Threshold(0.1, "kWh", "<")),
    Ranked("energy", YESTERDAY_ALL, "yesterday", threshold=Threshold(1, "GWh", ">")),
)  # fmt: skip
