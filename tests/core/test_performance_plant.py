"""The analysis of the demo plant against a second computation, hour by hour, from its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from math import fsum, sqrt

import pytest

from enms_core.domain.performance import PerformanceAnalysis, SeuPerformance
from enms_core.domain.period import Period, PeriodPhrase, utc
from enms_core.services.performance import answer_performance, answer_root_cause
from tests.conftest import PLANT_NOW, forget_baselines
from tests.core.conftest import execute, rows
from tests.core.performance_works import YESTERDAY, answered, train_all

LAST_MONTH = PeriodPhrase("unit", unit="month", offset=-1)
TRAINED = (
    "Compressor-1 electricity",
    "Compressor-1 compressed air",
    "HVAC-Main electricity",
    "Boiler-1 electricity",
    "Boiler-1 natural gas",
    "Compressor-US-1 electricity",
)
HOURS = """
SELECT date_trunc('hour', r.time, 'UTC') AS hour, sum(r.{column})
FROM {table} AS r JOIN machines AS m ON m.id = r.machine_id
WHERE m.name = '{machine}' AND r.time >= '{start}' AND r.time < '{end}' GROUP BY 1 ORDER BY 1
"""


@pytest.fixture(scope="module")
def trained_url(plant_url: str) -> Iterator[str]:
    train_all(plant_url, PLANT_NOW, TRAINED)
    yield plant_url
    forget_baselines(plant_url)


def analysis(
    url: str, period: PeriodPhrase, machines: tuple[str, ...] = (), sources: tuple[str, ...] = ()
) -> PerformanceAnalysis:
    answer = answered(url, answer_performance, "performance", period, PLANT_NOW, machines, sources)
    assert isinstance(answer, PerformanceAnalysis)
    return answer


def used(url: str, part: SeuPerformance) -> dict[datetime, float]:
    """By hour, from the rows."""
    source, period = part.of.source, part.period
    sql = HOURS.format(
        column=source.consumption_column,
        table=source.readings_table,
        machine=part.of.machines[0].name,
        start=utc(period.start).isoformat(),
        end=utc(period.end).isoformat(),
    )
    return {hour: float(use) for hour, use in rows(url, sql)}  # type: ignore[arg-type, misc]


def of_seu(answer: PerformanceAnalysis, name: str) -> SeuPerformance:
    return next(part for part in answer.parts if part.of.seu.name == name)


def test_what_is_compared_and_what_is_not_is_all_that_was_used(trained_url: str) -> None:
    answer = analysis(trained_url, LAST_MONTH)

    assert {part.of.seu.name for part in answer.parts} == {
        name for name in TRAINED if "compressed" not in name
    }
    for part in answer.parts:
        total = fsum(used(trained_url, part).values())
        both = part.deviation.actual + part.actual_elsewhere
        assert both == pytest.approx(total, rel=1e-9)
        assert part.hours + part.hours_missing <= part.period.hours


def test_seus_without_a_baseline_are_named_and_not_guessed_at(trained_url: str) -> None:
    answer = analysis(trained_url, LAST_MONTH)

    without = {of.seu.name for of in answer.without}
    assert "Conveyor-A electricity" in without
    assert not without & {part.of.seu.name for part in answer.parts}


def test_sources_are_sums_with_independent_errors(trained_url: str) -> None:
    answer = analysis(trained_url, LAST_MONTH)

    sources = {each.energy_source: each for each in answer.sources}
    assert set(sources) == {"electricity", "natural_gas"}
    electricity = sources["electricity"]
    parts = [part for part in answer.parts if part.of.source.name == "electricity"]
    assert len(parts) == 4
    whole = electricity.deviation
    assert whole.quantity == pytest.approx(fsum(part.deviation.quantity for part in parts))
    halves = [(part.deviation.upper or 0.0) - part.deviation.expected for part in parts]
    assert whole.upper == pytest.approx(whole.expected + sqrt(fsum(half**2 for half in halves)))
    in_euros = [money for part in parts for money in part.rated.costs if money.currency == "EUR"]
    costs = {money.currency: money.amount for money in electricity.rated.costs}
    assert costs["EUR"] == pytest.approx(sum((each.amount for each in in_euros), Decimal(0)))


def test_what_is_produced_is_told_where_it_is_asked_for(trained_url: str) -> None:
    by_name = analysis(trained_url, YESTERDAY, ("Compressor-1",), ("compressed_air",))

    assert [part.of.source.name for part in by_name.parts] == ["compressed_air"]
    machine = analysis(trained_url, YESTERDAY, ("Compressor-1",))
    assert [part.of.source.name for part in machine.parts] == ["electricity"]


def test_the_equation_expects_what_it_expects(trained_url: str) -> None:
    """The equation of the model, by hand on the hours of the machine's drivers."""
    part = analysis(trained_url, YESTERDAY, ("Compressor-1",)).only
    assert part is not None
    equation = part.baseline.model.equation
    drivers = {term.driver: term.coefficient for term in equation.terms}
    assert set(drivers) == {"production_count", "outdoor_temp_c"}
    hours = _compressor_hours(trained_url, part.period)

    assert part.hours == len(hours)
    expected = fsum(
        equation.intercept
        + drivers["production_count"] * units
        + drivers["outdoor_temp_c"] * temperature
        for _, units, temperature in hours
    )
    assert part.deviation.expected == pytest.approx(expected, rel=1e-9)
    assert part.deviation.actual == pytest.approx(fsum(use for use, *_ in hours), rel=1e-9)


COMPRESSOR_HOURS = """
WITH hours AS (
    SELECT h, h + interval '1 hour' AS ended FROM generate_series(
        '{start}'::timestamptz, '{end}'::timestamptz - interval '1 hour', '1 hour') AS h
), machine AS (SELECT id, factory_id FROM machines WHERE name = 'Compressor-1')
SELECT e.kwh, p.units, w.temperature
FROM hours, machine AS m,
LATERAL (SELECT sum(energy_kwh) AS kwh, count(*) AS n FROM energy_readings
         WHERE machine_id = m.id AND time >= h AND time < ended) AS e,
LATERAL (SELECT sum(production_count) AS units FROM production_data
         WHERE machine_id = m.id AND time >= h AND time < ended) AS p,
LATERAL (SELECT avg(t) AS temperature FROM (
         SELECT avg(outdoor_temp_c) AS t FROM site_weather
         WHERE factory_id = m.factory_id AND time >= h AND time < ended AND NOT is_forecast
         GROUP BY date_bin('15 minutes', time, '2020-01-01Z')) AS q) AS w
WHERE e.n >= 4 AND NOT EXISTS (
    SELECT FROM machine_status_history AS s WHERE s.machine_id = m.id AND NOT s.is_running
    AND s.time < ended AND h < coalesce((SELECT min(time) FROM machine_status_history
                                         WHERE machine_id = m.id AND time > s.time), 'infinity'))
ORDER BY h
"""


def _compressor_hours(url: str, period: Period) -> list[tuple[float, float, float]]:
    """Use, units and temperature of each hour in which the compressor ran all through."""
    start, end = (utc(moment).isoformat() for moment in (period.start, period.end))
    found = rows(url, COMPRESSOR_HOURS.format(start=start, end=end))
    return [tuple(map(float, row)) for row in found]  # type: ignore[arg-type, misc]


def test_contributions_and_rest_are_what_was_used(trained_url: str) -> None:
    answer = answered(
        trained_url, answer_root_cause, "root_cause", YESTERDAY, PLANT_NOW, ("Compressor-1",)
    )

    assert isinstance(answer, PerformanceAnalysis) and answer.only is not None
    part, cause = answer.only, answer.only.cause
    assert cause is not None
    added = fsum(each.quantity for each in cause.contributions)
    assert cause.usual + added + cause.rest == pytest.approx(part.deviation.actual)
    assert cause.rest == pytest.approx(part.deviation.quantity)


def test_the_leak_is_found_with_what_sealing_it_saves(trained_url: str) -> None:
    """Priced by the hours of running of four weeks: between the night rate and the day rate."""
    part = analysis(trained_url, YESTERDAY, ("Compressor-1",)).only

    assert part is not None and part.cause is not None
    assert part.cause.findings[0].suspicion == "leak"
    first = part.recommendations[0]
    assert (first.suspicion, first.savings.quantity) == (
        "leak",
        part.cause.findings[0].per_week,
    )
    [money] = first.savings.costs
    assert 0.10 < float(money.amount) / first.savings.quantity < 0.20
    assert money.currency == "EUR"
    assert first.savings.carbon_kg == pytest.approx(0.45 * first.savings.quantity)
    assert first.payback_weeks is None


def test_an_analysis_of_a_machine_has_each_of_its_sources(trained_url: str) -> None:
    answer = analysis(trained_url, LAST_MONTH, ("Boiler-1",))

    assert {part.of.source.name for part in answer.parts} == {"electricity", "natural_gas"}
    assert answer.parts[0].deviation.is_significant or not any(
        part.deviation.is_significant for part in answer.parts
    )


def test_each_site_has_days_and_money_of_its_own(trained_url: str) -> None:
    """Yesterday in Chicago ends seven hours after that in Berlin."""
    machines = ("Compressor-1", "Compressor-US-1")

    answer = analysis(trained_url, YESTERDAY, machines)

    german, american = (of_seu(answer, f"{name} electricity") for name in machines)
    assert american.period.end.isoformat() == "2026-11-18T00:00:00-06:00"
    assert utc(american.period.end) - utc(german.period.end) == timedelta(hours=7)
    [money] = american.rated.costs
    assert money.currency == "USD"
    total = fsum(used(trained_url, american).values())
    assert american.deviation.actual + american.actual_elsewhere == pytest.approx(total)
    [electricity] = answer.sources
    assert {each.currency for each in electricity.rated.costs} == {"EUR", "USD"}


def test_where_the_day_has_not_begun_nothing_is_told_of_a_site(trained_url: str) -> None:
    early = datetime(2026, 11, 18, 1, 30, tzinfo=timezone.utc)  # half past two in Berlin
    year = PeriodPhrase("year", year=2026)
    eighteenth = PeriodPhrase("date", day=18, month=11, of=year)

    answer = answered(
        trained_url,
        answer_performance,
        "performance",
        eighteenth,
        early,
        ("Compressor-1", "Compressor-US-1"),
    )

    assert isinstance(answer, PerformanceAnalysis)
    assert [issue.code for issue in answer.issues] == ["period.not_begun"]
    told = [part.of.seu.name for part in answer.parts]
    assert told == ["Compressor-1 electricity"]


MACHINES = """
UPDATE seus SET machine_ids = ARRAY(SELECT id FROM machines WHERE name = ANY ('{}'))
WHERE name = 'Compressor-1 electricity'
"""


def test_an_seu_of_two_sites_has_no_price_and_no_factor(trained_url: str) -> None:
    execute(trained_url, MACHINES.format("{Compressor-1,Compressor-US-1}"))
    try:
        part = of_seu(
            analysis(trained_url, YESTERDAY, ("Compressor-1",)), "Compressor-1 electricity"
        )
    finally:
        execute(trained_url, MACHINES.format("{Compressor-1}"))

    assert (part.rated.costs, part.rated.cost_missing) == ((), True)
    assert part.rated.carbon_kg is None
