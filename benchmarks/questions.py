"""The questions' queries, and the same figures as bare SQL."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from benchmarks.plant import END, ZONE, Opened, days_back, utc
from enms_core.analysis.demand import BLOCK_SECONDS, demand_window
from enms_core.analysis.status import durations_by_mode, status_stretches
from enms_core.analysis.tariff import energy_cost, priced_stretches
from enms_core.domain.period import Period
from enms_core.domain.tariff import Cost, PricedQuantity
from enms_core.storage.consumption import Segment, consumption
from enms_core.storage.power import coincident_demand, machine_demands
from enms_core.storage.series import consumption_between
from enms_core.storage.status import status_at, status_changes
from enms_core.storage.tariffs import load_tariffs

YEAR_DAYS = 365
HOURS, QUARTERS = "energy_readings_1hour", "energy_readings_15min"
Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Question:
    """A question's query, and the same figure as bare SQL over {relation}, where there is such.

    rollup: the relation that bare SQL would take it from; None where no rollup has it.
    """

    name: str
    ours: Ask
    sql: str | None = None
    values: tuple[object, ...] = ()
    rollup: str | None = HOURS

    def bare(self) -> tuple[str | None, str | None]:
        """The SQL over the rollup and over the rows."""
        if self.sql is None:
            return None, None
        raw = self.sql.format(value="energy_kwh", time="time", relation="energy_readings")
        if self.rollup is None:
            return None, raw
        rolled_up = self.sql.format(value="energy_kwh_sum", time="bucket", relation=self.rollup)
        return rolled_up, raw


def questions(opened: Opened) -> Iterator[Question]:
    """All of them, in the order in which they are printed."""
    yield from energy_questions(opened)
    yield from demand_questions(opened)
    yield from cost_questions(opened)
    yield from status_questions(opened)
    yield kpi_question(opened)


def month_questions(opened: Opened) -> Iterator[Question]:
    """Those of the last 30 days that read what a refresh is for."""
    yield from (each for each in questions(opened) if "30 days" in each.name)


ONE_MACHINE = """
SELECT sum({value}) FROM {relation} WHERE machine_id = $1 AND {time} >= $2 AND {time} < $3
"""
EACH_MACHINE = """
SELECT machine_id, sum({value}) FROM {relation} WHERE {time} >= $1 AND {time} < $2 GROUP BY 1
"""
BY_DAY = """
SELECT date_trunc('day', {time}, 'Europe/Berlin'), sum({value}) FROM {relation}
WHERE machine_id = $1 AND {time} >= $2 AND {time} < $3 GROUP BY 1
"""
EACH_BY_DAY = """
SELECT machine_id, date_trunc('day', {time}, 'Europe/Berlin'), sum({value}) FROM {relation}
WHERE {time} >= $1 AND {time} < $2 GROUP BY 1, 2
"""


def energy_questions(opened: Opened) -> Iterator[Question]:
    """Sums over stretches, and by day."""
    database, source = opened.store.readings, opened.source
    one, machines = opened.machines[0], opened.machines
    yesterday, month, year = (days_back(days) for days in (1, 30, YEAR_DAYS))
    cut = END - timedelta(hours=26, minutes=53), END - timedelta(hours=2, minutes=7)
    edges = [days_back(YEAR_DAYS - day)[0] for day in range(YEAR_DAYS)] + [utc(END)]

    def used(of: Sequence[UUID], start: datetime, end: datetime) -> Ask:
        segments = [Segment(machine, utc(start), utc(end)) for machine in of]
        return lambda: consumption(database, source, segments)

    def by_day(of: Sequence[UUID]) -> Ask:
        return lambda: consumption_between(database, source, of, edges)

    yield Question("machine, yesterday", used([one], *yesterday), ONE_MACHINE, (one, *yesterday))
    yield Question("machine, odd 24 hours", used([one], *cut), ONE_MACHINE, (one, *cut))
    yield Question("machine, 30 days", used([one], *month), ONE_MACHINE, (one, *month))
    yield Question("all machines, 30 days", used(machines, *month), EACH_MACHINE, month)
    yield Question("all machines, a year", used(machines, *year), EACH_MACHINE, year)
    yield Question("machine by day, a year", by_day([one]), BY_DAY, (one, *year))
    yield Question("all machines by day, a year", by_day(machines), EACH_BY_DAY, year)


ONE_PEAK = """
SELECT max(kwh) * 4 FROM (
    SELECT sum({value}) AS kwh FROM {relation}
    WHERE machine_id = $1 AND {time} >= $2 AND {time} < $3
    GROUP BY date_bin('15 minutes', {time}, '2000-01-01Z')
) AS quarter
"""
COMMON_PEAK = """
SELECT max(kwh) * 4 FROM (
    SELECT sum({value}) AS kwh FROM {relation} WHERE {time} >= $1 AND {time} < $2
    GROUP BY date_bin('15 minutes', {time}, '2000-01-01Z')
) AS quarter
"""


def demand_questions(opened: Opened) -> Iterator[Question]:
    """The highest quarter hour of one machine, and of the sum of all."""
    database, source = opened.store.readings, opened.source
    one, machines = opened.machines[0], opened.machines

    def peak(start: datetime, end: datetime) -> Ask:
        window = demand_window(Period(start, end), BLOCK_SECONDS)
        return lambda: machine_demands(database, source, [one], window)

    def common(start: datetime, end: datetime) -> Ask:
        window = demand_window(Period(start, end), BLOCK_SECONDS)
        return lambda: coincident_demand(database, source, machines, window)

    for words, days in (("30 days", 30), ("a year", YEAR_DAYS)):
        span = days_back(days)
        yield Question(f"peak of machine, {words}", peak(*span), ONE_PEAK, (one, *span), QUARTERS)
        yield Question(f"peak of all, {words}", common(*span), COMMON_PEAK, span, QUARTERS)


ALL_COST = """
SELECT sum({value} * CASE WHEN extract(hour FROM {time} AT TIME ZONE 'Europe/Berlin')
                               BETWEEN 8 AND 19 THEN 0.2 ELSE 0.1 END)
FROM {relation} WHERE {time} >= $1 AND {time} < $2
"""


def cost_questions(opened: Opened) -> Iterator[Question]:
    """All machines by day rate and night rate."""
    for words, days in (("30 days", 30), ("a year", YEAR_DAYS)):
        span = days_back(days)
        ask = CostQuery(opened, Period(*span))
        yield Question(f"cost of all, {words}", ask, ALL_COST, span)


@dataclass(frozen=True)
class CostQuery:
    """From the tariffs' rows to the sum of money."""

    opened: Opened
    period: Period

    async def __call__(self) -> Cost:
        database, source = self.opened.store.readings, self.opened.source
        tariffs = (await load_tariffs(database))[self.opened.factory_id, source.id]
        stretches = priced_stretches(self.period, tariffs, ZONE)
        edges = [stretches[0].start, *(stretch.end for stretch in stretches)]
        found = await consumption_between(database, source, self.opened.machines, edges)
        return energy_cost(
            PricedQuantity(stretch, use.quantity)
            for uses in found.values()
            for stretch, use in zip(stretches, uses, strict=True)
        )


LAST_STATUS = """
SELECT DISTINCT ON (machine_id) machine_id, mode, time FROM machine_status_history
WHERE time <= $1 ORDER BY machine_id, time DESC
"""
CHANGES = """
SELECT machine_id, time, mode FROM machine_status_history
WHERE time >= $1 AND time < $2 ORDER BY machine_id, time
"""


def status_questions(opened: Opened) -> Iterator[Question]:
    """What all machines do now, and how long they did what in a year."""
    database, machines = opened.store.readings, opened.machines
    year = days_back(YEAR_DAYS)

    async def durations() -> object:
        period = Period(*year)
        found = await status_changes(database, machines, period)
        return [durations_by_mode(status_stretches(each, period)) for each in found.values()]

    now = utc(END)
    yield Question(
        "status of all, now",
        lambda: status_at(database, machines, now),
        LAST_STATUS,
        (now,),
        rollup=None,
    )
    yield Question("status of all, a year", durations, CHANGES, year, rollup=None)


KPIS = """
SELECT * FROM enms.calculate_all_kpis($1, $2, $3)
"""


def kpi_question(opened: Opened) -> Question:
    """The function in the database; it has no short counterpart."""
    values = opened.machines[0], *days_back(30)
    return Question("KPIs of machine, 30 days", lambda: opened.store.readings.fetch(KPIS, *values))
