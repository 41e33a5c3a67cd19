"""What machines make."""

from __future__ import annotations

from functools import partial

from tests.core.oracle.case import (
    ALL,
    AUTUMN_DAY,
    AUTUMN_DAY_US,
    AUTUMN_NOON,
    AUTUMN_TODAY,
    BELT,
    DEMO,
    EU,
    LAST_WEEK,
    LAST_WEEK_US,
    NIGHTS_OF_WEEK_43,
    OCTOBER,
    OCTOBER_US,
    ONE,
    PRESS,
    PUMP,
    SPRING_DAY,
    THIS_MONTH,
    THIS_MONTH_US,
    TODAY,
    US,
    US_BELT,
    YESTERDAY,
    YESTERDAY_US,
    Case,
)

units = partial(Case, intent="production", metric="units")
good = partial(Case, intent="production", metric="good")
rejects = partial(Case, intent="production", metric="rejects")
quality = partial(Case, intent="production", metric="quality")
downtime = partial(Case, intent="production", metric="downtime")

CASES = (
    units("how many units did injection molding one make today", PRESS, TODAY),
    units("how many units did conveyor A produce yesterday", BELT, YESTERDAY),
    units("production of the hydraulic pump last week", PUMP, LAST_WEEK),
    units("how many units did conveyor US one make on the 1st of November 2026", US_BELT, "",
          AUTUMN_DAY_US),
    units("how many units did conveyor A make on the 29th of March 2026", BELT, SPRING_DAY),
    units("how many units did the American plant make last week", US, "", LAST_WEEK_US),
    units("how many units did all compressors make yesterday", (ONE[0], EU[0], US[0]), YESTERDAY,
          YESTERDAY_US),
    units("how many units have we made this month", ALL, THIS_MONTH, THIS_MONTH_US,
          about_everything=True),
    units("how many units did conveyor A make last night", BELT,
          "2026-11-17T22:00+01:00/2026-11-18T06:00+01:00"),
    units("how many units did injection molding one make in week 43 of 2026 between 22:00 and 6:00",
          PRESS, NIGHTS_OF_WEEK_43),
    units("how many units has conveyor A made today", BELT, AUTUMN_TODAY, now=AUTUMN_NOON),
    good("how many good units did conveyor A make yesterday", BELT, YESTERDAY),
    good("how many good units did injection molding one make in October", PRESS, OCTOBER),
    good("how many good units did conveyor US one produce yesterday", US_BELT, "", YESTERDAY_US),
    good("how many good units did the American plant make in October", US, "", OCTOBER_US),
    rejects("how many rejects did injection molding one make last week", PRESS, LAST_WEEK),
    rejects("how many rejects did the Demo Manufacturing Plant have last month", DEMO, OCTOBER),
    rejects("how many rejected units did conveyor A make on the 25th of October 2026", BELT,
            AUTUMN_DAY),
    quality("what was the quality of injection molding one last month", PRESS, OCTOBER),
    quality("what was the quality of conveyor A in October", BELT, OCTOBER),
    quality("what was the quality rate of the American plant last week", US, "", LAST_WEEK_US),
    downtime("what was the production downtime of conveyor A in October", BELT, OCTOBER),
    downtime("production downtime of injection molding one last month", PRESS, OCTOBER),
)  # fmt: skip
