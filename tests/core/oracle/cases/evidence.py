"""Questions after whose answer somebody asks how that is known."""

from __future__ import annotations

from tests.core.oracle.case import (
    ALL,
    BELT,
    BOILER,
    EU,
    GAP_DAY,
    LAST_WEEK,
    OCTOBER,
    OCTOBER_US,
    ONE,
    THIS_WEEK,
    US,
    YESTERDAY,
    YESTERDAY_US,
    Case,
)

HOW = ("how do you know that", "where does that number come from", "how do you know")

CASES = (
    Case("what did compressor one consume yesterday", ONE, YESTERDAY),
    Case("what did the boiler consume last week", BOILER, LAST_WEEK),
    Case("energy of compressor one on the 21st of July 2026", ONE, GAP_DAY),
    Case("what did the whole factory consume yesterday", ALL, YESTERDAY, YESTERDAY_US,
         about_everything=True),
    Case("energy use of conveyor A by day last week", BELT, LAST_WEEK, metric="by_day"),
    Case("what did the American plant spend on energy last month", US, "", OCTOBER_US,
         intent="cost", metric=None),
    Case("what did the energy of the boiler cost last week", BOILER, LAST_WEEK, intent="cost",
         metric=None),
    Case("how much carbon did boiler one emit this week", BOILER, THIS_WEEK, intent="carbon",
         metric=None),
    Case("average power of compressor one yesterday", ONE, YESTERDAY, intent="power",
         metric="average"),
    Case("what was the peak power of compressor one yesterday", ONE, YESTERDAY, intent="power",
         metric="peak"),
    Case("how many units did conveyor A produce yesterday", BELT, YESTERDAY, intent="production",
         metric="units"),
    Case("which machine used the most energy yesterday", ALL, YESTERDAY, YESTERDAY_US,
         intent="ranking", metric="energy", about_everything=True),
    Case("top five machines by cost last month", ALL, OCTOBER, OCTOBER_US, intent="ranking",
         metric="cost", about_everything=True),
    Case("when was conveyor A offline last week", BELT, LAST_WEEK, intent="status_history",
         metric="offline"),
    Case("are all compressors running", (ONE[0], EU[0], US[0]), intent="machine_status",
         metric=None),
    Case("which machines do you monitor", ALL, intent="machine_list", metric=None),
)  # fmt: skip
