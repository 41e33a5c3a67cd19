"""Actual against expected: every figure by hand on a day of one machine."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from math import sqrt

import pytest
from scipy.stats import t

from enms_core.domain.answer import NotBegun
from enms_core.domain.baseline import Equation, Model, Term
from enms_core.domain.baseline_answers import NoSeu
from enms_core.domain.baseline_asking import OffersTraining
from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.tariff import Money
from enms_core.services.performance import answer_performance, answer_root_cause
from tests.core.baseline_cases import WITH_SEU
from tests.core.conftest import execute
from tests.core.performance_works import (
    NOW,
    SAMPLES,
    SCATTER,
    YESTERDAY,
    answered,
    flat_model,
    with_baseline,
)

# t s √(24 + 24²/n): the scatter of 24 hours, and of the intercept in all of them.
HALF = t.ppf(0.995, SAMPLES - 1) * SCATTER * sqrt(24 + 24**2 / SAMPLES)
EVERY_NIGHT = PeriodPhrase("daily", from_minute=0, to_minute=360, of=YESTERDAY)


def analysis(
    url: str, period: PeriodPhrase = YESTERDAY, now: datetime = NOW
) -> PerformanceAnalysis:
    answer = answered(url, answer_performance, "performance", period, now)
    assert isinstance(answer, PerformanceAnalysis)
    return answer


def part(url: str, period: PeriodPhrase = YESTERDAY, now: datetime = NOW) -> SeuPerformance:
    only = analysis(url, period, now).only
    assert only is not None
    return only


def test_a_day_is_held_against_its_baseline(workshop_url: str) -> None:
    """24 hours of 2.5 kWh where 2.0 were expected: 60 instead of 48."""
    with_baseline(workshop_url)

    found = part(workshop_url)

    deviation = found.deviation
    assert (deviation.actual, deviation.expected, deviation.quantity) == (60.0, 48.0, 12.0)
    assert deviation.lower == pytest.approx(48.0 - HALF)
    assert deviation.upper == pytest.approx(48.0 + HALF)
    assert deviation.percent == 25.0
    assert deviation.efficiency_score == pytest.approx(0.8)
    assert (deviation.is_significant, deviation.iso_status) == (True, "non_compliant")
    assert (found.hours, found.hours_missing, found.coverage_percent) == (24, 0, 100.0)
    assert found.actual_elsewhere == 0.0


def test_the_deviation_costs_what_the_tariff_of_each_hour_says(workshop_url: str) -> None:
    """12 h x 0.5 kWh x 0.20 and 12 h x 0.5 kWh x 0.10; 12 h at 0.4 kg and 12 h at 0.5 kg."""
    with_baseline(workshop_url)

    rated = part(workshop_url).rated

    assert rated.costs == (Money(Decimal("1.80"), "EUR"),)
    assert rated.carbon_kg == pytest.approx(5.4)


def test_an_hour_without_its_reading_is_not_compared(workshop_url: str) -> None:
    with_baseline(workshop_url)
    execute(workshop_url, "DELETE FROM energy_readings WHERE time = '2026-11-17T10:00+01:00'")

    found = part(workshop_url)

    assert (found.deviation.actual, found.deviation.expected) == (57.5, 46.0)
    assert (found.hours, found.hours_missing) == (23, 1)
    assert found.coverage_percent == pytest.approx(100 * 23 / 24)


def test_hours_in_which_it_stood_are_told_apart(workshop_url: str) -> None:
    """Off up to six, and at noon for half an hour: 17 hours are compared, one is partial."""
    with_baseline(workshop_url)
    execute(
        workshop_url,
        """
        INSERT INTO machine_status_history (machine_id, time, mode, is_running)
        SELECT m.id, t.time, t.mode, t.mode = 'running' FROM machines AS m,
             (VALUES (timestamptz '2026-11-16T00:00+01:00', 'off'),
                     ('2026-11-17T06:00+01:00', 'running'), ('2026-11-17T12:00+01:00', 'idle'),
                     ('2026-11-17T12:30+01:00', 'running')) AS t (time, mode)
        """,
    )

    found = part(workshop_url)

    assert (found.hours, found.hours_missing, found.hours_partial) == (17, 0, 1)
    assert (found.deviation.actual, found.actual_elsewhere) == (42.5, 17.5)
    cause = found.cause
    assert cause is not None
    assert (cause.status.idle_hours, cause.status.starts) == (0.5, 2)


def test_a_running_day_ends_at_its_last_whole_hour(workshop_url: str) -> None:
    with_baseline(workshop_url)
    now = datetime(2026, 11, 17, 9, 7, 30, tzinfo=timezone.utc)

    answer = analysis(workshop_url, TODAY, now)

    assert answer.is_running
    assert answer.only is not None and answer.period is not None
    assert (answer.only.hours, answer.only.deviation.actual) == (10, 25.0)
    ten = "2026-11-17T10:00:00+01:00"
    assert answer.only.period.end.isoformat() == answer.period.end.isoformat() == ten
    assert answer.only.projection is None  # no week before it


def test_a_running_day_is_projected_from_its_weeks(workshop_url: str) -> None:
    """A usual Tuesday: 19.0 kWh up to ten and 43.4 kWh after it. Today has 25.0 kWh so far: a level
    of 25/19, so that 43.4 (1 + 0.75 (25/19 - 1)) are to come."""
    with_baseline(workshop_url)
    execute(
        workshop_url,
        """
        UPDATE meters SET valid_from = '2026-01-01Z';
        INSERT INTO energy_readings (machine_id, time, energy_kwh)
        SELECT m.id, hour,
               2.5 + 0.1 * (extract(hour FROM wall) - 11.5) + 0.05 * extract(dow FROM wall)
        FROM machines AS m, generate_series('2026-08-01T00:00+02:00'::timestamptz,
                                            '2026-11-16T23:00+01:00', '1 hour') AS hour,
             LATERAL (SELECT hour AT TIME ZONE 'Europe/Berlin' AS wall) AS w
        """,
    )

    found = part(workshop_url, TODAY, datetime(2026, 11, 17, 9, 7, 30, tzinfo=timezone.utc))

    end = found.projection
    assert end is not None
    expected = 25.0 + 43.4 * (1.0 + 0.75 * (25.0 / 19.0 - 1.0))
    assert (end.quantity, end.weeks) == (pytest.approx(expected), 8)
    assert (end.lower, end.upper) == (pytest.approx(expected), pytest.approx(expected, rel=0.01))
    assert part(workshop_url).projection is None  # yesterday is over


def test_before_the_first_whole_hour_of_a_day_nothing_is_told(workshop_url: str) -> None:
    with_baseline(workshop_url)

    answer = analysis(workshop_url, TODAY, datetime(2026, 11, 16, 23, 40, tzinfo=timezone.utc))

    assert answer.outcome == "no_data"
    assert [each.reason for each in answer.cannot] == ["too_short"]


def test_the_same_hours_of_each_day_are_compared_alone(workshop_url: str) -> None:
    with_baseline(workshop_url)

    found = part(workshop_url, EVERY_NIGHT)

    assert (found.hours, found.deviation.actual) == (6, 15.0)
    assert found.cause is not None
    assert found.cause.usual + found.cause.rest == pytest.approx(15.0)


def test_a_day_of_25_hours_has_them_all(workshop_url: str) -> None:
    with_baseline(workshop_url)
    execute(
        workshop_url,
        """
        UPDATE meters SET valid_from = '2026-01-01Z';
        INSERT INTO energy_readings (machine_id, time, energy_kwh)
        SELECT m.id, hour, 2.5 FROM machines AS m, generate_series(
            '2026-10-25T00:00+02:00'::timestamptz, '2026-10-25T23:00+01:00', '1 hour') AS hour
        """,
    )

    found = part(workshop_url, now=datetime(2026, 10, 26, 9, tzinfo=timezone.utc))

    assert (found.hours, found.deviation.expected) == (25, 50.0)


def test_without_readings_nothing_is_compared(workshop_url: str) -> None:
    with_baseline(workshop_url)

    answer = analysis(workshop_url, now=NOW + timedelta(days=3))

    assert (answer.outcome, answer.parts) == ("no_data", ())
    assert [each.reason for each in answer.cannot] == ["readings"]


def test_a_future_period_has_not_begun(workshop_url: str) -> None:
    with_baseline(workshop_url)
    tomorrow = PeriodPhrase("unit", unit="day", offset=1)

    answer = answered(workshop_url, answer_performance, "performance", tomorrow)

    assert isinstance(answer, NotBegun)


def test_without_an_active_baseline_one_is_offered_and_no_mean_stands_in(
    workshop_url: str,
) -> None:
    execute(workshop_url, WITH_SEU)

    for service, intent in (
        (answer_performance, "performance"),
        (answer_root_cause, "root_cause"),
    ):
        assert isinstance(answered(workshop_url, service, intent), OffersTraining)


def test_a_version_that_is_not_active_is_not_used(workshop_url: str) -> None:
    with_baseline(workshop_url)
    execute(workshop_url, "UPDATE energy_baselines SET is_active = false")

    answer = answered(workshop_url, answer_performance, "performance")

    assert isinstance(answer, OffersTraining)
    assert answer.has_inactive


def test_a_machine_of_no_significant_use_is_told_so(workshop_url: str) -> None:
    assert isinstance(answered(workshop_url, answer_performance, "performance"), NoSeu)


def test_a_missing_price_is_told_and_not_guessed(workshop_url: str) -> None:
    with_baseline(workshop_url)
    execute(workshop_url, "DELETE FROM energy_tariffs WHERE name = 'night'")
    execute(workshop_url, "DELETE FROM carbon_factors WHERE valid_to IS NULL")

    rated = part(workshop_url).rated

    assert rated.costs == (Money(Decimal("1.20"), "EUR"),)
    assert (rated.cost_missing, rated.carbon_kg) == (True, None)


def test_why_has_the_cause_and_says_that_it_was_asked(workshop_url: str) -> None:
    with_baseline(workshop_url)

    answer = answered(workshop_url, answer_root_cause, "root_cause")

    assert isinstance(answer, PerformanceAnalysis)
    assert answer.asks_why
    assert answer.only is not None and answer.only.cause is not None
    assert (answer.only.cause.usual, answer.only.cause.rest) == (48.0, 12.0)


def test_a_model_without_statistics_tells_no_significance(workshop_url: str) -> None:
    with_baseline(workshop_url, Model(flat_model().equation))

    deviation = part(workshop_url).deviation

    assert (deviation.quantity, deviation.lower, deviation.upper) == (12.0, None, None)
    assert (deviation.is_significant, deviation.iso_status) == (None, None)


def test_a_driver_that_nobody_records_is_named(workshop_url: str) -> None:
    with_baseline(workshop_url, Model(Equation("hour", 2.0, (Term("moon_phase", 1.0),))))

    answer = analysis(workshop_url)

    assert (answer.outcome, [each.drivers for each in answer.cannot]) == (
        "no_data",
        [("moon_phase",)],
    )


def test_a_model_of_days_tells_whole_days(workshop_url: str) -> None:
    with_baseline(workshop_url, Model(Equation("day", 50.0, ())))

    assert part(workshop_url).deviation.quantity == 10.0
    now = datetime(2026, 11, 17, 20, tzinfo=timezone.utc)
    [cannot] = analysis(workshop_url, TODAY, now).cannot
    assert cannot.reason == "too_short"


def test_anomalies_of_the_period_are_counted(workshop_url: str) -> None:
    with_baseline(workshop_url)
    execute(
        workshop_url,
        """
        INSERT INTO anomalies (machine_id, start_time, end_time, anomaly_type, severity,
                               metric_name)
        SELECT m.id, a.begun, a.ended, 'spike', 'warning', 'energy' FROM machines AS m,
             (VALUES (timestamptz '2026-11-17T10:00+01:00', timestamptz '2026-11-17T11:00+01:00'),
                     ('2026-11-16T22:00+01:00', '2026-11-17T01:00+01:00'),
                     ('2026-11-16T10:00+01:00', '2026-11-16T11:00+01:00'),
                     ('2026-11-18T00:00+01:00', NULL)) AS a (begun, ended)
        """,
    )

    cause = part(workshop_url).cause

    assert cause is not None
    assert cause.status.anomalies == 2
