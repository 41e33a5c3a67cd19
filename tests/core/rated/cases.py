"""Questions about money and emissions, with the instants that a calendar has for them."""

from __future__ import annotations

from tests.core.oracle.case import (
    AIR,
    AUTUMN_DAY,
    AUTUMN_DAY_US,
    BELT,
    BOILER,
    EU,
    GAS,
    HALL,
    LAST_WEEK,
    NIGHTS_OF_WEEK_43,
    OCTOBER,
    OCTOBER_US,
    ONE,
    POWER,
    SPRING_DAY,
    SPRING_DAY_US,
    STEAM,
    THIS_MONTH,
    THIS_MONTH_US,
    THIS_YEAR,
    TODAY,
    US,
    YEAR_2025,
    YEAR_2025_US,
    YESTERDAY,
    YESTERDAY_US,
)
from tests.core.rated.truth import Asked

TUESDAY_UTC = "2026-11-17T00:00+00:00/2026-11-18T00:00+00:00"
CHANGE = "2026-10-28T00:00+01:00/2026-10-29T00:00+01:00"
WEEK_45 = "2026-11-02T00:00+01:00/2026-11-09T00:00+01:00"
WEEK_45_US = "2026-11-02T00:00-06:00/2026-11-09T00:00-06:00"
MARCH = "2026-03-01T00:00+01:00/2026-04-01T00:00+02:00"
MARCH_US = "2026-03-01T00:00-06:00/2026-04-01T00:00-05:00"
EVENINGS = " ".join(
    f"2026-11-{day:02}T17:30+01:00/2026-11-{day:02}T19:10+01:00" for day in range(9, 16)
)
LATHE, KETTLE, PRESS, SHED = ("Lathe",), ("Boiler",), ("Press",), ("Pump",)
EVERYTHING_IN_MARCH = {
    "berlin": MARCH,
    "chicago": MARCH_US,
    "utc": "2026-03-01T00:00+00:00/2026-04-01T00:00+00:00",
}
EVERYTHING_THIS_MONTH = {
    "berlin": THIS_MONTH,
    "chicago": THIS_MONTH_US,
    "utc": "2026-11-01T00:00+00:00/2026-11-18T09:07:30+00:00",
}

# Of the works in works.py.
OF_WORKS = (
    # Day and night, weekdays and weekends, over midnight
    Asked("yesterday", LATHE, YESTERDAY),
    Asked("today", LATHE, TODAY),
    Asked("last night", LATHE, "2026-11-17T22:00+01:00/2026-11-18T06:00+01:00"),
    Asked("yesterday between 21:30 and 23:50", LATHE,
          "2026-11-17T21:30+01:00/2026-11-17T23:50+01:00"),
    Asked("from 5:20 to 6:40 yesterday", LATHE, "2026-11-17T05:20+01:00/2026-11-17T06:40+01:00"),
    Asked("on the 24th of October 2026 between 22:00 and 6:00", LATHE,
          "2026-10-24T22:00+02:00/2026-10-25T06:00+01:00"),
    Asked("last weekend", LATHE, "2026-11-14T00:00+01:00/2026-11-16T00:00+01:00"),
    Asked("in the last 3 hours", LATHE, "2026-11-18T07:07:30+01:00/2026-11-18T10:07:30+01:00"),
    Asked("last week", KETTLE, LAST_WEEK),
    Asked("last week", LATHE, LAST_WEEK, sources=(POWER,)),
    # The same hours of several days, each with its own price; half in another currency
    Asked("in week 46 of 2026 between 17:30 and 19:10", LATHE, EVENINGS),
    Asked("in week 43 of 2026 between 22:00 and 6:00", LATHE, NIGHTS_OF_WEEK_43),
    # Days on which the clocks change
    Asked("on the 25th of October 2026", LATHE, AUTUMN_DAY),
    Asked("on the 29th of March 2026", KETTLE, SPRING_DAY),
    Asked("on the 29th of March 2026 between 0:00 and 7:00", LATHE,
          "2026-03-29T00:00+01:00/2026-03-29T07:00+02:00"),
    Asked("on the 8th of March 2026", PRESS, chicago=SPRING_DAY_US),
    Asked("on the 1st of November 2026", PRESS, chicago=AUTUMN_DAY_US),
    # Prices and factors that change, begin and end in the period
    Asked("on the 28th of October 2026", LATHE, CHANGE),
    Asked("in October 2026", LATHE, OCTOBER),
    Asked("in week 45 of 2026", LATHE, WEEK_45),
    Asked("in week 45 of 2026", PRESS, chicago=WEEK_45_US),
    Asked("in March 2026", PRESS, chicago=MARCH_US),
    Asked("last month", PRESS, chicago=OCTOBER_US),
    # A gap, no use at all, two currencies of one site
    Asked("on the 5th of November 2026", LATHE,
          "2026-11-05T00:00+01:00/2026-11-06T00:00+01:00"),
    Asked("last week", ("Idler",), LAST_WEEK),
    Asked("in week 46 of 2026", ("Lathe", "Idler"), LAST_WEEK),
    # Sources by name: flat, produced, several
    Asked("in October 2026", KETTLE, OCTOBER, sources=(GAS,)),
    Asked("on the 29th of March 2026", KETTLE, SPRING_DAY, sources=(POWER, GAS)),
    # Sites and all of them, each by its own calendar and in its own money
    Asked("yesterday", SHED, utc=TUESDAY_UTC),
    Asked("yesterday", ("Lathe", "Pump"), YESTERDAY, utc=TUESDAY_UTC),
    Asked("last month", ("Lathe", "Press"), OCTOBER, OCTOBER_US),
    Asked("in March 2026", **EVERYTHING_IN_MARCH),
    Asked("this month", **EVERYTHING_THIS_MONTH),
    Asked("this month", ("Boiler", "Press", "Pump"), **EVERYTHING_THIS_MONTH, sources=(POWER,)),
)  # fmt: skip

# Of the demo plant.
OF_PLANT = (
    Asked("yesterday", ONE, YESTERDAY),
    Asked("today", BOILER, TODAY),
    Asked("last month", BOILER, OCTOBER),
    Asked("last month", BOILER, OCTOBER, sources=(STEAM,)),
    Asked("last week", ONE, LAST_WEEK, sources=(AIR,)),
    Asked("on the 25th of October 2026", HALL, AUTUMN_DAY),
    Asked("on the 29th of March 2026", HALL, SPRING_DAY),
    Asked("in week 43 of 2026 between 22:00 and 6:00", BELT, NIGHTS_OF_WEEK_43),
    Asked("this year", BOILER, THIS_YEAR, sources=(GAS,)),
    Asked("in 2025", EU, YEAR_2025),
    Asked("on the 1st of November 2026", US, chicago=AUTUMN_DAY_US),
    Asked("yesterday", berlin=YESTERDAY, chicago=YESTERDAY_US),
    Asked("last month", berlin=OCTOBER, chicago=OCTOBER_US),
    Asked("in 2025", berlin=YEAR_2025, chicago=YEAR_2025_US, sources=(POWER,)),
)
