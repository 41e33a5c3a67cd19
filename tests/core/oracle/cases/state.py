"""The factory at a glance, what machines do and did, and what the registers hold."""

from __future__ import annotations

from functools import partial

from tests.core.oracle.case import (
    AIR,
    ALL,
    AUTUMN_DAY,
    AUTUMN_NOON,
    AUTUMN_NOON_US,
    AUTUMN_TODAY,
    BELT,
    BOILER,
    EU,
    GAS,
    HALL,
    LAST_WEEK,
    LAST_WEEK_US,
    OCTOBER,
    OCTOBER_US,
    ONE,
    POWER,
    PRESS,
    PUMP,
    SPRING_DAY,
    SPRING_NOON,
    STEAM,
    THIS_WEEK,
    TODAY,
    TODAY_US,
    US,
    US_BELT,
    US_HALL,
    US_ONE,
    YESTERDAY,
    YESTERDAY_US,
    Case,
)

overview = partial(Case, intent="factory_overview", metric=None, about_everything=True)
machines = partial(Case, intent="machine_list", metric=None)
status = partial(Case, intent="machine_status", metric=None)
offline = partial(Case, intent="status_history", metric="offline")
uptime = partial(Case, intent="status_history", metric="uptime")
pattern = partial(Case, intent="status_history", metric="pattern")
sources = partial(Case, intent="energy_source_list", metric=None)
seus = partial(Case, intent="seu_list", metric=None)
drivers = partial(Case, intent="driver_list", metric=None, about_everything=True)
health = partial(Case, intent="system_health", metric=None, about_everything=True)
FOUR_WEEKS = "2026-10-21T10:07:30+02:00/2026-11-18T10:07:30+01:00"

CASES = (
    overview("give me a factory overview", ALL, TODAY, TODAY_US),
    overview("overview of the factory yesterday", ALL, YESTERDAY, YESTERDAY_US),
    overview("give me a factory overview for last month", ALL, OCTOBER, OCTOBER_US),
    overview("give me a factory overview", ALL, AUTUMN_TODAY,
             "2026-10-25T00:00-05:00/2026-10-25T06:15-05:00", now=AUTUMN_NOON),
    overview("give me an overview of the American plant", US, "", TODAY_US,
             about_everything=False),
    overview("overview of the European plant yesterday", EU, YESTERDAY, about_everything=False),
    machines("which machines do you monitor", ALL, about_everything=True),
    machines("which machines are in the American plant", US),
    machines("list all compressors", (ONE[0], EU[0], US[0])),
    status("is boiler one running", BOILER),
    status("are all compressors running", (ONE[0], EU[0], US[0])),
    status("which machines are running", ALL, about_everything=True),
    status("are all machines of the American plant running", US),
    status("is conveyor A running", BELT, now=AUTUMN_NOON),
    status("what is the status of injection molding one", PRESS),
    status("is conveyor US one running", US_BELT, now=AUTUMN_NOON_US),
    status("is HVAC main running", HALL, now=SPRING_NOON),
    offline("when was compressor one offline yesterday", ONE, YESTERDAY),
    offline("when was conveyor A offline last week", BELT, LAST_WEEK),
    offline("when was the boiler offline in October", BOILER, OCTOBER),
    offline("when was conveyor US one offline last week", US_BELT, "", LAST_WEEK_US),
    offline("when was HVAC main offline on the 29th of March 2026", HALL, SPRING_DAY),
    uptime("what was the uptime of injection molding one last month", PRESS, OCTOBER),
    offline("when was injection molding one offline this week", PRESS, THIS_WEEK),
    uptime("what was the uptime of compressor one last night", ONE,
           "2026-11-17T22:00+01:00/2026-11-18T06:00+01:00"),
    uptime("what was the uptime of the pump last week", PUMP, LAST_WEEK),
    uptime("uptime of conveyor A on the 25th of October 2026", BELT, AUTUMN_DAY),
    uptime("uptime of compressor US one in the first week of November 2026", US_ONE, "",
           "2026-11-01T00:00-05:00/2026-11-08T00:00-06:00"),
    uptime("what was the uptime of all compressors last month", (ONE[0], EU[0], US[0]), OCTOBER,
           OCTOBER_US),
    pattern("when does HVAC main usually run", HALL, FOUR_WEEKS),
    pattern("when does conveyor A usually run", BELT, FOUR_WEEKS),
    pattern("what are the usual running hours of HVAC US one", US_HALL, "",
            "2026-10-21T03:07:30-05:00/2026-11-18T03:07:30-06:00"),
    sources("what energy sources does boiler one use", BOILER),
    sources("which energy sources do we have", ALL, about_everything=True),
    sources("what energy sources does the American plant use", US),
    seus("list our significant energy uses", ALL, about_everything=True),
    seus("list the significant energy uses for electricity", ALL, sources=(POWER,),
         about_everything=True),
    seus("significant energy uses for natural gas", ALL, sources=(GAS,), about_everything=True),
    drivers("what features are available for electricity", ALL, sources=(POWER,)),
    drivers("what drivers are there for natural gas", ALL, sources=(GAS,)),
    drivers("which drivers can I use for steam", ALL, sources=(STEAM,)),
    drivers("what features are available for compressed air", ALL, sources=(AIR,)),
    health("is the energy system online", ALL),
    health("is the energy system online", ALL, now="2026-07-21T08:00+02:00"),
    health("are all meters working", ALL, now=AUTUMN_NOON),
)  # fmt: skip
