"""Energy day by day and hour by hour against SQL of our own, on the demo plant."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from enms_core.domain.energy import SeriesAnswer, SeriesTooLong, TypicalDayAnswer
from enms_core.domain.intents import LAST_MONTH, YESTERDAY
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.series import Point
from tests.conftest import Asker
from tests.core.conftest import execute
from tests.core.energy_asking import answer_of, answer_to
from tests.core.energy_metric_cases import (
    ALL_TIME,
    IN_2025,
    LAST_QUARTER,
    LAST_WEEK,
    SERIES,
    MetricCase,
)
from tests.core.energy_metric_truth import points_of
from tests.core.energy_truth import Truth
from tests.core.oracle.case import ALL, POWER

MakeAsker = Callable[..., Asker]


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
DAILY_METER = """
DELETE FROM energy_readings;
INSERT INTO energy_readings (machine_id, time, energy_kwh)
VALUES ('00000000-0000-0000-0000-0000000000a1', '2026-11-17T00:00+01:00', 60.0);
UPDATE meters SET nominal_interval_seconds = 86400
"""
LAST_WEEK_AND_YESTERDAY = PeriodPhrase("range", start=LAST_WEEK, end=YESTERDAY)


class TestSeries:
    @pytest.mark.parametrize("metric_case", SERIES, ids=str)
    def test_every_point_is_what_the_database_holds(
        self, plant_asker: Asker, plant_connection: psycopg.Connection, metric_case: MetricCase
    ) -> None:
        answer = answer_to(plant_asker, metric_case)
        assert isinstance(answer, SeriesAnswer)
        is_daily = metric_case.phrase.kind == "daily"
        truths = points_of(metric_case.asked, metric_case.step, is_daily, plant_connection)
        assert {series.source.name for series in answer.series} == set(truths[0])
        for series in answer.series:
            expected = [_expected(point[series.source.name]) for point in truths]
            assert [_found(point) for point in series.points] == expected

    @pytest.mark.parametrize("metric_case", SERIES, ids=str)
    def test_the_points_add_up_to_the_total(
        self, plant_asker: Asker, metric_case: MetricCase
    ) -> None:
        answer = answer_to(plant_asker, metric_case)
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
    def test_days_are_not_told_by_the_hour(
        self, workshop_url: str, engine_on: MakeAsker, metric: str
    ) -> None:
        execute(workshop_url, DAILY_METER)
        answer = answer_of(engine_on(workshop_url), metric, ("Lathe-7",), YESTERDAY)
        assert answer.data()["series"] == []
        assert [(issue.code, issue.facts) for issue in answer.issues] == [
            ("readings.too_coarse", {"energy_source": POWER})
        ]

    def test_days_are_told_by_the_day(self, workshop_url: str, engine_on: MakeAsker) -> None:
        execute(workshop_url, DAILY_METER)
        answer = answer_of(engine_on(workshop_url), "by_day", ("Lathe-7",), LAST_WEEK_AND_YESTERDAY)
        assert isinstance(answer, SeriesAnswer)
        quantities = [point.quantity for point in answer.series[0].points]
        assert quantities == [*[None] * 8, 60.0]


class TestTypicalDay:
    def test_each_hour_is_the_mean_of_that_hour_of_all_days(
        self, plant_asker: Asker, plant_connection: psycopg.Connection
    ) -> None:
        """October has one hour from two to three more than days."""
        answer = answer_of(plant_asker, "by_hour", ("Compressor-1",), LAST_MONTH)
        assert isinstance(answer, TypicalDayAnswer)
        hours = answer.typical_days[0].hours
        means = plant_connection.execute(MEANS_OF_OCTOBER).fetchall()
        assert [(hour.hour, hour.quantity) for hour in hours] == [
            (hour, pytest.approx(mean)) for hour, mean in means
        ]
        assert [hour.days for hour in hours] == [31, 31, 32, *[31] * 21]
        assert answer.data()["series"] == []

    def test_hours_with_missing_readings_are_left_out(self, plant_asker: Asker) -> None:
        """On the 21st of July the hours from three to nine have no readings."""
        answer = answer_of(plant_asker, "by_hour", ("Compressor-1",), LAST_QUARTER)
        assert isinstance(answer, TypicalDayAnswer)
        days = [hour.days for hour in answer.typical_days[0].hours]
        assert days == [*[92] * 3, *[91] * 6, *[92] * 15]


class TestTooLong:
    @pytest.mark.parametrize("metric", ["by_hour", "by_day", "trend"])
    def test_what_is_too_long_for_a_series_is_told_as_a_total(
        self, plant_asker: Asker, metric: str
    ) -> None:
        answer = answer_of(plant_asker, metric, ("Compressor-1",), ALL_TIME)
        assert isinstance(answer, SeriesTooLong)
        assert answer.data()["series"] == []
        assert answer.data()["quantity"] == answer.total.uses[0].quantity

    def test_a_year_of_all_machines_is_not_gone_through_by_the_hour(
        self, plant_asker: Asker
    ) -> None:
        assert isinstance(answer_of(plant_asker, "by_hour", ALL, IN_2025), SeriesTooLong)
        assert isinstance(answer_of(plant_asker, "by_day", ALL, IN_2025), SeriesAnswer)
