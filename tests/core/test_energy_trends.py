"""Trends of energy against SQL of our own, on the demo plant."""

from __future__ import annotations

from itertools import combinations
from statistics import fmean, median

import psycopg
import pytest

from enms_core.domain.energy import TrendAnswer
from enms_core.domain.intents import YESTERDAY
from tests.conftest import Asker
from tests.core.energy_asking import answer_of
from tests.core.energy_metric_cases import LAST_QUARTER, LAST_WEEK
from tests.core.oracle.case import GAS

GAS_OF_SUMMER = """
SELECT sum(consumption_m3)
FROM natural_gas_readings JOIN machines ON machines.id = machine_id
WHERE name = 'Boiler-1' AND time >= '2026-07-01T00:00+02:00' AND time < '2026-10-01T00:00+02:00'
GROUP BY (time AT TIME ZONE 'Europe/Berlin')::date
ORDER BY (time AT TIME ZONE 'Europe/Berlin')::date
"""


def test_the_slope_is_that_of_the_days_read_by_sql(
    plant_asker: Asker, plant_connection: psycopg.Connection
) -> None:
    """The boiler's gas of the third quarter: the pairwise slopes of the days themselves."""
    answer = answer_of(plant_asker, "trend", ("Boiler-1",), LAST_QUARTER, (GAS,))
    assert isinstance(answer, TrendAnswer)
    days = [row[0] for row in plant_connection.execute(GAS_OF_SUMMER)]
    course = _without_weekdays(days)
    slopes = [(b - a) / (y - x) for (x, a), (y, b) in combinations(enumerate(course), 2)]
    slope = answer.trends[0].slope
    assert (slope.direction, slope.points, answer.step) == ("rising", 92, "day")
    assert slope.change_percent == pytest.approx(700 * median(slopes) / fmean(course))


def test_a_trend_by_day_tells_the_days_it_is_from(plant_asker: Asker) -> None:
    answer = answer_of(plant_asker, "trend", ("Boiler-1",), LAST_QUARTER, (GAS,))
    data = answer.data()
    assert data["trend"] == "rising"
    assert data["points"] == 92
    assert (data["step"], data["change_percent_per_hour"]) == ("day", None)
    series = data["series"]
    assert isinstance(series, list)
    assert len(series[0]["points"]) == 92


def test_a_week_is_too_short_for_a_trend(plant_asker: Asker) -> None:
    data = answer_of(plant_asker, "trend", ("Compressor-1",), LAST_WEEK).data()
    assert (data["trend"], data["p_value"], data["points"]) == (None, None, 7)


def test_days_with_missing_readings_are_left_out(plant_asker: Asker) -> None:
    data = answer_of(plant_asker, "trend", ("Compressor-1",), LAST_QUARTER).data()
    assert data["points"] == 91


def test_a_day_goes_by_its_hours(plant_asker: Asker) -> None:
    data = answer_of(plant_asker, "trend", ("Compressor-1",), YESTERDAY).data()
    assert (data["step"], data["points"], data["change_percent_per_week"]) == ("hour", 24, None)


def _without_weekdays(days: list[float]) -> list[float]:
    """From the first of July, a Wednesday, on."""
    medians = [median(days[first::7]) for first in range(7)]
    return [day - medians[place % 7] + median(days) for place, day in enumerate(days)]
