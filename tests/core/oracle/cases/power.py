"""What machines draw."""

from __future__ import annotations

from functools import partial

from tests.core.oracle.case import (
    ALL,
    AUTUMN_DAY,
    AUTUMN_DAY_US,
    AUTUMN_NOON,
    AUTUMN_NOON_US,
    BELT,
    BOILER,
    DEMO,
    EU,
    GAP_DAY,
    GAS,
    HALL,
    LAST_WEEK,
    LAST_WEEK_US,
    NORTH,
    NOW,
    NOW_US,
    OCTOBER,
    ONE,
    PRESS,
    PUMP,
    REPLACEMENT_DAY,
    SPRING_DAY,
    SPRING_DAY_US,
    SPRING_NOON_US,
    SPRING_TODAY_US,
    STEAM,
    TODAY,
    US,
    US_BELT,
    US_HALL,
    YESTERDAY,
    Case,
)

now = partial(Case, intent="power", metric="latest")
mean = partial(Case, intent="power", metric="average")
peak = partial(Case, intent="power", metric="peak")
lowest = partial(Case, intent="power", metric="minimum")
demand = partial(Case, intent="kpi", metric="peak_demand")

CASES = (
    # The latest readings
    now("what is the boiler drawing right now", BOILER, NOW),
    now("what is compressor one drawing right now", ONE, NOW),
    now("how much power is conveyor A using right now", BELT, NOW),
    now("what is the power of HVAC US one right now", US_HALL, "", NOW_US),
    now("what is the current power of the European plant", EU, NOW),
    now("how much power is the whole factory drawing right now", ALL, NOW, NOW_US,
        about_everything=True),
    now("what are all compressors drawing right now", (ONE[0], EU[0], US[0]), NOW, NOW_US),
    now("what is compressor one drawing right now", ONE,
        "2026-10-25T12:00+01:00/2026-10-25T12:15+01:00", now=AUTUMN_NOON),
    now("what is conveyor US one drawing right now", US_BELT, "",
        "2026-11-01T12:00-06:00/2026-11-01T12:15-06:00", now=AUTUMN_NOON_US),
    now("what is compressor one drawing right now", ONE,
        "2026-07-21T07:45+02:00/2026-07-21T08:00+02:00", now="2026-07-21T08:00+02:00"),
    # Means
    mean("what was the average power of HVAC main last week", HALL, LAST_WEEK),
    mean("average power of compressor one yesterday", ONE, YESTERDAY),
    mean("what was the average power of the boiler in October", BOILER, OCTOBER),
    mean("average power of conveyor US one on the 8th of March 2026", US_BELT, "", SPRING_DAY_US),
    mean("average power of compressor one on the 21st of July 2026", ONE, GAP_DAY),
    mean("what was the average power of the hydraulic pump on the 21st of June 2026", PUMP,
         REPLACEMENT_DAY),
    mean("what was the average power of all compressors last week", (ONE[0], EU[0], US[0]),
         LAST_WEEK, LAST_WEEK_US),
    mean("average power of the Demo Manufacturing Plant yesterday", DEMO, YESTERDAY),
    mean("average power of injection molding one today", PRESS, TODAY),
    mean("average power of the boiler in gas yesterday", BOILER, YESTERDAY, "", (GAS,)),
    # Highest quarter hours
    peak("what was the peak power of compressor one yesterday", ONE, YESTERDAY),
    peak("what was the highest power of the boiler last week", BOILER, LAST_WEEK),
    peak("peak power of HVAC EU north in October", NORTH, OCTOBER),
    peak("what was the peak power of the Demo Manufacturing Plant last week", DEMO, LAST_WEEK),
    peak("peak power of the American plant on the 1st of November 2026", US, "", AUTUMN_DAY_US),
    peak("what was the peak power of conveyor A on the 25th of October 2026", BELT, AUTUMN_DAY),
    peak("peak power of compressor one today", ONE, TODAY),
    peak("what is the peak power of conveyor US one today", US_BELT, "", SPRING_TODAY_US,
         now=SPRING_NOON_US),
    peak("what was the highest steam flow of boiler one yesterday", BOILER, YESTERDAY, "",
         (STEAM,)),
    peak("what was the peak power of HVAC main on the night of the 28th of March 2026", HALL,
         "2026-03-28T22:00+01:00/2026-03-29T06:00+02:00"),
    # Lowest quarter hours
    lowest("what was the lowest power of conveyor A yesterday", BELT, YESTERDAY),
    lowest("minimum power of the hydraulic pump last week", PUMP, LAST_WEEK),
    lowest("what was the minimum power of compressor one on the 21st of July 2026", ONE, GAP_DAY),
    lowest("lowest power of the American plant last week", US, "", LAST_WEEK_US),
    lowest("minimum power of the hydraulic pump on the 21st of June 2026", PUMP, REPLACEMENT_DAY),
    lowest("lowest power of HVAC main on the 29th of March 2026", HALL, SPRING_DAY),
    # Peak demand, the indicator
    demand("what was the peak demand of compressor one last week", ONE, LAST_WEEK),
    demand("peak demand of the American plant last week", US, "", LAST_WEEK_US),
    demand("what was the peak demand of HVAC main on the 29th of March 2026", HALL, SPRING_DAY),
)  # fmt: skip
