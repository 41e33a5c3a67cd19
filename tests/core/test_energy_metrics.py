"""Averages, days, hours and trends of energy against SQL of our own, on the demo plant.

The questions are built by hand, so that what is tested is the answer and not the understanding.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from statistics import fmean, median
from uuid import UUID

import psycopg
import pytest

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.energy import (
    AverageAnswer,
    EnergyAnswer,
    SeriesAnswer,
    SeriesTooLong,
    TrendAnswer,
    TypicalDayAnswer,
)
from enms_core.domain.intents import LAST_MONTH, YESTERDAY
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Scope, Step
from enms_core.domain.series import Point
from enms_core.services.context import Context
from enms_core.services.energy import answer_energy
from tests.conftest import PLANT_NOW, Asker
from tests.core.conftest import execute
from tests.core.energy_cases import ALL, GAS, POWER, US
from tests.core.energy_metric_cases import (
    AVERAGES,
    IN_2025,
    LAST_QUARTER,
    LAST_WEEK,
    SERIES,
    MetricCase,
)
from tests.core.energy_metric_truth import points_of
from tests.core.energy_truth import Truth, truths_of

# Local hours of the wall clock; October repeats the hour from two to three on the 25th.
MEANS_OF_OCTOBER = """
WITH hours AS (
    SELECT date_trunc('hour', time) AS hour, sum(energy_kwh) AS kwh
    FROM energy_readings JOIN machines ON machines.id = machine_id
    WHERE name = 'Compressor-1' AND time >= '2026-10-01T00:00+02:00'
      AND time < '2026-11-01T00:00+01:00'
    GROUP BY 1
)
SELECT extract(hour FROM hour AT TIME ZONE 'Europe/Berlin')::int AS clock, avg(kwh)
FROM hours GROUP BY 1 ORDER BY 1
"""
GAS_OF_SUMMER = """
SELECT sum(consumption_m3)
FROM natural_gas_readings JOIN machines ON machines.id = machine_id
WHERE name = 'Boiler-1' AND time >= '2026-07-01T00:00+02:00' AND time < '2026-10-01T00:00+02:00'
GROUP BY (time AT TIME ZONE 'Europe/Berlin')::date
ORDER BY (time AT TIME ZONE 'Europe/Berlin')::date
"""
COST_OF_YESTERDAY = """
SELECT sum(energy_kwh * CASE WHEN extract(hour FROM time AT TIME ZONE 'Europe/Berlin') >= 8
                              AND extract(hour FROM time AT TIME ZONE 'Europe/Berlin') < 20
                             THEN 0.20 ELSE 0.10 END)
FROM energy_readings JOIN machines ON machines.id = machine_id
WHERE name = 'Compressor-1' AND time >= '2026-11-17T00:00+01:00'
  AND time < '2026-11-18T00:00+01:00'
"""
DAILY_METER = """
DELETE FROM energy_readings;
INSERT INTO energy_readings (machine_id, time, energy_kwh)
VALUES ('00000000-0000-0000-0000-0000000000a1', '2026-11-17T00:00+01:00', 60.0);
UPDATE meters SET nominal_interval_seconds = 86400
"""
# A price for the hours of the day alone.
DAY_TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency,
                            weekdays, start_time, end_time, valid_from)
SELECT '00000000-0000-0000-0000-00000000000f', id, 'day', 0.2, 'EUR', '{0,1,2,3,4,5,6}',
       '08:00', '20:00', '2026-01-01T00:00+01:00'
FROM energy_sources WHERE name = 'electricity'
"""
LAST_WEEK_AND_YESTERDAY = PeriodPhrase("range", start=LAST_WEEK, end=YESTERDAY)
ALL_TIME = PeriodPhrase("past", unit="year", count=3)


@pytest.fixture(scope="module")
def asker(plant_url: str) -> Iterator[Asker]:
    made = Asker(plant_url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def connection(plant_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(plant_url) as opened:
        yield opened


def answer_of(
    asker: Asker,
    metric: str,
    machines: tuple[str, ...],
    phrase: PeriodPhrase,
    sources: tuple[str, ...] = (),
    step: Step | None = None,
    **surroundings: object,
) -> Answer:
    async def answered() -> Answer:
        catalogue = await asker.engine.registers.current()
        scope = Scope("machines", _ids(catalogue, machines))
        question = Question("energy", scope, phrase, sources, metric=metric, step=step)
        context = Context(asker.engine.store, catalogue, PLANT_NOW, **surroundings)  # type: ignore[arg-type]
        return await answer_energy(question, context)

    return asker.loop.run(answered(), 60)


def _ids(catalogue: Catalogue, names: tuple[str, ...]) -> tuple[UUID, ...]:
    return tuple(machine.id for machine in catalogue.machines if machine.name in names)


def asked(asker: Asker, metric_case: MetricCase) -> Answer:
    return answer_of(
        asker,
        metric_case.metric,
        metric_case.asked.machines,
        metric_case.phrase,
        metric_case.asked.sources or (),
        metric_case.asked_step,
    )


class TestAverage:
    @pytest.mark.parametrize("metric_case", AVERAGES, ids=str)
    def test_it_is_the_use_over_the_time_that_readings_cover(
        self, asker: Asker, connection: psycopg.Connection, metric_case: MetricCase
    ) -> None:
        answer = asked(asker, metric_case)
        assert isinstance(answer, AverageAnswer)
        truths = truths_of(metric_case.asked, connection)
        for average in answer.averages:
            own = [(m, t) for (m, source), t in truths.items() if source == average.source.name]
            assert average.per_hour == pytest.approx(
                sum(truth.quantity / (truth.covered_s / 3600) for _, truth in own)
            )
            if metric_case.days >= 1:
                assert average.per_day == pytest.approx(
                    sum(_per_day(metric_case, machine, truth) for machine, truth in own)
                )
            else:
                assert average.per_day is None
        assert answer.step == metric_case.step

    def test_a_source_without_a_conversion_has_its_average_in_its_own_unit(
        self, asker: Asker
    ) -> None:
        answer = answer_of(asker, "average", ("Compressor-1",), YESTERDAY, ("compressed_air",))
        assert isinstance(answer, AverageAnswer)
        data = answer.data()
        assert data["average_per_hour"] == answer.averages[0].per_hour
        assert (data["unit"], data["energy_kwh"], data["step"]) == ("Nm³", None, "hour")

    def test_several_sources_carry_their_averages_each(self, asker: Asker) -> None:
        answer = answer_of(asker, "average", ("Boiler-1",), LAST_MONTH)
        assert isinstance(answer, AverageAnswer)
        data = answer.data()
        assert (data["average_per_day"], data["average_per_hour"]) == (None, None)
        sources = data["sources"]
        assert isinstance(sources, list)
        assert [each["average_per_day"] for each in sources] == [
            average.per_day for average in answer.averages
        ]


def _per_day(metric_case: MetricCase, machine: str, truth: Truth) -> float:
    stretches = metric_case.asked.stretches(machine)
    asked_s = sum((end - start).total_seconds() for start, end in stretches)
    return truth.quantity / (metric_case.days * truth.covered_s / asked_s)


class TestSeries:
    @pytest.mark.parametrize("metric_case", SERIES, ids=str)
    def test_every_point_is_what_the_database_holds(
        self, asker: Asker, connection: psycopg.Connection, metric_case: MetricCase
    ) -> None:
        answer = asked(asker, metric_case)
        assert isinstance(answer, SeriesAnswer)
        is_daily = metric_case.phrase.kind == "daily"
        truths = points_of(metric_case.asked, metric_case.step, is_daily, connection)
        assert {series.source.name for series in answer.series} == set(truths[0])
        for series in answer.series:
            expected = [_expected(point[series.source.name]) for point in truths]
            assert [_found(point) for point in series.points] == expected

    @pytest.mark.parametrize("metric_case", SERIES, ids=str)
    def test_the_points_add_up_to_the_total(self, asker: Asker, metric_case: MetricCase) -> None:
        answer = asked(asker, metric_case)
        assert isinstance(answer, SeriesAnswer)
        sums = [sum(point.quantity or 0.0 for point in each.points) for each in answer.series]
        assert sums == pytest.approx([use.quantity for use in answer.total.uses])


def _expected(truth: Truth) -> tuple[object, ...]:
    if not truth.readings:
        return None, 0.0
    coverage = 100.0 if truth.expected_s == 0 else truth.coverage_percent
    return pytest.approx(truth.quantity), pytest.approx(coverage)


def _found(point: Point) -> tuple[object, ...]:
    return point.quantity, point.coverage_percent


class TestCoarseMeter:
    """A meter that is read once a day: hour by hour it would all seem to be used at midnight."""

    @pytest.mark.parametrize("metric", ["by_hour", "trend"])
    def test_days_are_not_told_by_the_hour(self, workshop_url: str, metric: str) -> None:
        execute(workshop_url, DAILY_METER)
        asker = Asker(workshop_url)
        try:
            answer = answer_of(asker, metric, ("Lathe-7",), YESTERDAY)
        finally:
            asker.close()
        assert answer.data()["series"] == []
        assert [(issue.code, issue.facts) for issue in answer.issues] == [
            ("readings.too_coarse", {"energy_source": POWER})
        ]

    def test_days_are_told_by_the_day(self, workshop_url: str) -> None:
        execute(workshop_url, DAILY_METER)
        asker = Asker(workshop_url)
        try:
            answer = answer_of(asker, "by_day", ("Lathe-7",), LAST_WEEK_AND_YESTERDAY)
        finally:
            asker.close()
        assert isinstance(answer, SeriesAnswer)
        quantities = [point.quantity for point in answer.series[0].points]
        assert quantities == [*[None] * 8, 60.0]


class TestTypicalDay:
    def test_each_hour_is_the_mean_of_that_hour_of_all_days(
        self, asker: Asker, connection: psycopg.Connection
    ) -> None:
        """October has one hour from two to three more than days."""
        answer = answer_of(asker, "by_hour", ("Compressor-1",), LAST_MONTH)
        assert isinstance(answer, TypicalDayAnswer)
        hours = answer.typical_days[0].hours
        means = connection.execute(MEANS_OF_OCTOBER).fetchall()
        assert [(hour.hour, hour.quantity) for hour in hours] == [
            (hour, pytest.approx(mean)) for hour, mean in means
        ]
        assert [hour.days for hour in hours] == [31, 31, 32, *[31] * 21]
        assert answer.data()["series"] == []

    def test_hours_with_missing_readings_are_left_out(self, asker: Asker) -> None:
        """On the 21st of July the hours from three to nine have no readings."""
        answer = answer_of(asker, "by_hour", ("Compressor-1",), LAST_QUARTER)
        assert isinstance(answer, TypicalDayAnswer)
        days = [hour.days for hour in answer.typical_days[0].hours]
        assert days == [*[92] * 3, *[91] * 6, *[92] * 15]


class TestTrend:
    def test_the_slope_is_that_of_the_days_read_by_sql(
        self, asker: Asker, connection: psycopg.Connection
    ) -> None:
        """The boiler's gas of the third quarter: the pairwise slopes of the days themselves."""
        answer = answer_of(asker, "trend", ("Boiler-1",), LAST_QUARTER, (GAS,))
        assert isinstance(answer, TrendAnswer)
        days = [row[0] for row in connection.execute(GAS_OF_SUMMER)]
        course = _without_weekdays(days)
        slopes = [(b - a) / (y - x) for (x, a), (y, b) in combinations(enumerate(course), 2)]
        slope = answer.trends[0].slope
        assert (slope.direction, slope.points, answer.step) == ("rising", 92, "day")
        assert slope.change_percent == pytest.approx(700 * median(slopes) / fmean(course))

    def test_a_trend_by_day_tells_the_days_it_is_from(self, asker: Asker) -> None:
        answer = answer_of(asker, "trend", ("Boiler-1",), LAST_QUARTER, (GAS,))
        data = answer.data()
        assert data["trend"] == "rising"
        assert data["points"] == 92
        assert (data["step"], data["change_percent_per_hour"]) == ("day", None)
        series = data["series"]
        assert isinstance(series, list)
        assert len(series[0]["points"]) == 92

    def test_a_week_is_too_short_for_a_trend(self, asker: Asker) -> None:
        data = answer_of(asker, "trend", ("Compressor-1",), LAST_WEEK).data()
        assert (data["trend"], data["p_value"], data["points"]) == (None, None, 7)

    def test_days_with_missing_readings_are_left_out(self, asker: Asker) -> None:
        data = answer_of(asker, "trend", ("Compressor-1",), LAST_QUARTER).data()
        assert data["points"] == 91

    def test_a_day_goes_by_its_hours(self, asker: Asker) -> None:
        data = answer_of(asker, "trend", ("Compressor-1",), YESTERDAY).data()
        assert (data["step"], data["points"], data["change_percent_per_week"]) == ("hour", 24, None)


def _without_weekdays(days: list[float]) -> list[float]:
    """From the first of July, a Wednesday, on."""
    medians = [median(days[first::7]) for first in range(7)]
    return [day - medians[place % 7] + median(days) for place, day in enumerate(days)]


class TestTooLong:
    @pytest.mark.parametrize("metric", ["by_hour", "by_day", "trend"])
    def test_what_is_too_long_for_a_series_is_told_as_a_total(
        self, asker: Asker, metric: str
    ) -> None:
        answer = answer_of(asker, metric, ("Compressor-1",), ALL_TIME)
        assert isinstance(answer, SeriesTooLong)
        assert answer.data()["series"] == []
        assert answer.data()["quantity"] == answer.total.uses[0].quantity

    def test_a_year_of_all_machines_is_not_gone_through_by_the_hour(self, asker: Asker) -> None:
        assert isinstance(answer_of(asker, "by_hour", ALL, IN_2025), SeriesTooLong)
        assert isinstance(answer_of(asker, "by_day", ALL, IN_2025), SeriesAnswer)


class TestMoney:
    def test_a_day_is_priced_by_the_hour(
        self, asker: Asker, connection: psycopg.Connection
    ) -> None:
        """Ten cents at night, twenty by day."""
        answer = answer_of(asker, "total", ("Compressor-1",), YESTERDAY)
        (expected,) = connection.execute(COST_OF_YESTERDAY).fetchone() or (None,)
        data = answer.data()
        assert (data["cost"], data["currency"]) == (pytest.approx(float(expected)), "EUR")
        assert {(rule.energy_source, rule.basis) for rule in answer.evidence().prices} == {
            (POWER, "tariff")
        }

    def test_two_currencies_are_two_sums(self, asker: Asker) -> None:
        data = answer_of(asker, "total", ALL, YESTERDAY).data()
        costs = data["costs"]
        assert isinstance(costs, list)
        assert [each["currency"] for each in costs] == ["EUR", "USD"]
        for currency, machines in (("EUR", set(ALL) - set(US)), ("USD", set(US))):
            own = answer_of(asker, "total", tuple(machines), YESTERDAY).data()["cost"]
            assert own in [pytest.approx(each["amount"]) for each in costs
                           if each["currency"] == currency]  # fmt: skip
        assert (data["cost"], data["currency"]) == (None, None)

    @pytest.mark.parametrize(
        "surroundings", [{"verbosity": "brief"}, {"is_follow_up": True}], ids=str
    )
    def test_who_wants_it_short_or_asks_on_hears_no_cost(
        self, asker: Asker, surroundings: dict[str, object]
    ) -> None:
        answer = answer_of(asker, "total", ("Compressor-1",), YESTERDAY, **surroundings)
        assert (answer.data()["cost"], answer.data()["costs"]) == (None, [])

    @pytest.mark.parametrize(
        ("metric", "machines", "phrase", "sources"),
        [
            ("by_source", ("Boiler-1",), YESTERDAY, ()),
            ("average", ("Boiler-1",), YESTERDAY, ()),
            ("total", ("Boiler-1",), YESTERDAY, ("steam",)),
            ("total", ("Boiler-1",), YESTERDAY, ("electricity", "steam")),
            ("total", ("Compressor-1",), ALL_TIME, ()),
        ],
    )
    def test_the_cost_is_not_told_where_it_was_not_asked_or_is_not_money_spent(
        self,
        asker: Asker,
        metric: str,
        machines: tuple[str, ...],
        phrase: PeriodPhrase,
        sources: tuple[str, ...],
    ) -> None:
        assert answer_of(asker, metric, machines, phrase, sources).data()["cost"] is None

    def test_a_price_that_is_missing_for_some_hours_leaves_the_cost_unsaid(
        self, workshop_url: str
    ) -> None:
        execute(workshop_url, DAY_TARIFF)
        asker = Asker(workshop_url)
        try:
            answer = answer_of(asker, "total", ("Lathe-7",), YESTERDAY)
        finally:
            asker.close()
        assert isinstance(answer, EnergyAnswer)
        assert (answer.uses[0].quantity, answer.data()["cost"]) == (60.0, None)
