"""Machines, sites and periods side by side."""

from __future__ import annotations

from functools import partial

from tests.core.oracle.case import (
    ALL,
    AUTUMN_DAY,
    AUTUMN_NOON,
    AUTUMN_TODAY,
    BELT,
    BOILER,
    DEMO,
    EU,
    EU_ONE,
    GAS,
    HALL,
    LAST_WEEK,
    LAST_WEEK_US,
    NORTH,
    OCTOBER,
    OCTOBER_US,
    ONE,
    POWER,
    PRESS,
    SPRING_DAY_US,
    THIS_MONTH,
    US,
    US_BELT,
    US_ONE,
    YESTERDAY,
    YESTERDAY_US,
    Case,
)

energy = partial(Case, intent="comparison", metric="energy")
power = partial(Case, intent="comparison", metric="power")
cost = partial(Case, intent="comparison", metric="cost")
carbon = partial(Case, intent="comparison", metric="carbon")
made = partial(Case, intent="comparison", metric="production")
efficiency = partial(Case, intent="comparison", metric="efficiency")
SAME = "same hours"
# Up to the last whole minute, or quarter of an hour, that the meters have read by 10:07:30.
TODAY_SO_FAR = "2026-11-18T00:00+01:00/2026-11-18T10:07+01:00"
WEEK_SO_FAR = "2026-11-16T00:00+01:00/2026-11-18T10:00+01:00"
MONTH_SO_FAR_US = "2026-11-01T00:00-05:00/2026-11-18T03:00-06:00"
YEAR_SO_FAR = "2026-01-01T00:00+01:00/2026-11-18T10:00+01:00"
SEPTEMBER = "2026-09-01T00:00+02:00/2026-10-01T00:00+02:00"

CASES = (
    # Machines and sites
    energy("compare compressor one and boiler one this month", (ONE[0], BOILER[0]), THIS_MONTH,
           sides=(ONE, BOILER)),
    energy("compare compressor one and compressor US one last week", (ONE[0], US[0]), LAST_WEEK,
           LAST_WEEK_US, sides=(ONE, US_ONE)),
    energy("compare the Demo Manufacturing Plant and the European Production Facility last month",
           (*DEMO, *EU), OCTOBER, sides=(DEMO, EU)),
    energy("compare the American plant with the European plant last week", (*EU, *US), LAST_WEEK,
           LAST_WEEK_US, sides=(US, EU)),
    energy("compare conveyor A and conveyor US one on the 8th of March 2026", (BELT[0], US[1]),
           "2026-03-08T00:00+01:00/2026-03-09T00:00+01:00", SPRING_DAY_US, sides=(BELT, US_BELT)),
    energy("compare compressor one, conveyor A and HVAC main yesterday",
           (ONE[0], BELT[0], HALL[0]), YESTERDAY, sides=(ONE, BELT, HALL)),
    energy("compare the electricity of compressor one and boiler one last week",
           (ONE[0], BOILER[0]), LAST_WEEK, "", (POWER,), sides=(ONE, BOILER)),
    cost("compare the cost of compressor one and compressor EU one last month", (ONE[0], EU[0]),
         OCTOBER, sides=(ONE, EU_ONE)),
    cost("compare the cost of compressor one and compressor US one last month", (ONE[0], US[0]),
         OCTOBER, OCTOBER_US, sides=(ONE, US_ONE)),
    carbon("compare the carbon emissions of HVAC main and HVAC EU north last week",
           (HALL[0], EU[1]), LAST_WEEK, sides=(HALL, NORTH)),
    made("compare the production of conveyor A and conveyor US one yesterday", (BELT[0], US[1]),
         YESTERDAY, YESTERDAY_US, sides=(BELT, US_BELT)),
    power("compare the average power of compressor one and compressor EU one last week",
          (ONE[0], EU[0]), LAST_WEEK, sides=(ONE, EU_ONE)),
    efficiency("compare the efficiency of compressor one and compressor EU one last month",
               (ONE[0], EU[0]), OCTOBER, sides=(ONE, EU_ONE)),
    # Periods
    energy("compare the energy use of compressor one in October and September 2026", ONE, OCTOBER,
           berlin_before=SEPTEMBER),
    energy("compare compressor one this week and last week", ONE, WEEK_SO_FAR, step=SAME,
           berlin_before="2026-11-09T00:00+01:00/2026-11-11T10:00+01:00"),
    energy("compare the boiler today with yesterday", BOILER, TODAY_SO_FAR, step=SAME,
           berlin_before="2026-11-17T00:00+01:00/2026-11-17T10:07+01:00"),
    energy("compare HVAC main today with yesterday", HALL, AUTUMN_TODAY, step=SAME,
           berlin_before="2026-10-24T00:00+02:00/2026-10-24T12:15+02:00", now=AUTUMN_NOON),
    energy("compare conveyor A on the 25th of October 2026 with the 24th of October 2026",
           BELT, AUTUMN_DAY, berlin_before="2026-10-24T00:00+02:00/2026-10-25T00:00+02:00"),
    cost("compare our energy cost last month with September 2026", ALL, OCTOBER, OCTOBER_US,
         about_everything=True, berlin_before=SEPTEMBER,
         chicago_before="2026-09-01T00:00-05:00/2026-10-01T00:00-05:00"),
    energy("compare the American plant this month with last month", US, "", MONTH_SO_FAR_US,
           step=SAME, chicago_before="2026-10-01T00:00-05:00/2026-10-18T03:00-05:00"),
    made("compare the production of injection molding one last week with this week", PRESS,
         "2026-11-09T00:00+01:00/2026-11-11T10:00+01:00", berlin_before=WEEK_SO_FAR, step=SAME),
    carbon("compare the emissions of the boiler in 2025 with this year", BOILER,
           "2025-01-01T00:00+01:00/2025-11-18T10:00+01:00", berlin_before=YEAR_SO_FAR, step=SAME),
    energy("compare the gas consumption of boiler one in October and September 2026", BOILER,
           OCTOBER, "", (GAS,), berlin_before=SEPTEMBER),
    made("compare the production of conveyor A today with yesterday", BELT, TODAY_SO_FAR, step=SAME,
         berlin_before="2026-11-17T00:00+01:00/2026-11-17T10:07+01:00"),
    energy("compare all compressors last week", (ONE[0], EU[0], US[0]), LAST_WEEK, LAST_WEEK_US,
           sides=(ONE, EU_ONE, US_ONE)),
)  # fmt: skip
