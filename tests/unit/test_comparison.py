"""Comparisons worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from enms_core.analysis.comparison import (
    Total,
    compared,
    differ_by_hours,
    lacks_of,
    must_stand_apart,
    total_of,
)
from enms_core.domain.comparison import Difference
from enms_core.domain.measure import Amount, Figure, Kind, Lack, Measured, Reason
from enms_core.domain.period import Period
from tests.unit.catalogues import machine

KWH, GAS, EUR, USD = (
    Kind("kWh"),
    Kind("m³", source="natural_gas"),
    Kind(currency="EUR"),
    Kind(currency="USD"),
)
DAY = Period(
    datetime(2026, 11, 17, tzinfo=timezone.utc), datetime(2026, 11, 18, tzinfo=timezone.utc)
)


def figure(
    value: float, kind: Kind = KWH, hours: float = 24.0, clock_hours: float | None = None
) -> Figure:
    return Figure(machine("Belt"), (Amount(kind, value),), hours, clock_hours or hours)


def without(reason: Reason) -> Figure:
    return Figure(machine("Drill"), reason=reason)


def side(*figures: Figure, grows: bool = True) -> Total:
    return total_of(figures, grows)


def test_the_difference_is_first_minus_second_in_percent_of_the_second() -> None:
    (found,) = compared([side(figure(112.0)), side(figure(100.0))])

    assert found.difference == Difference(12.0, 12.0)
    assert not found.is_per_day


def test_a_side_is_the_sum_of_its_machines() -> None:
    (found,) = compared([side(figure(70.0), figure(50.0)), side(figure(100.0))])

    assert found.difference == Difference(20.0, 20.0)


def test_energy_per_unit_of_several_machines_is_a_quotient_of_sums() -> None:
    kind = Kind("kWh/unit")
    figures = (
        Figure(machine("Belt"), (Amount(kind, 30.0, per=10.0),), 24.0),
        Figure(machine("Press"), (Amount(kind, 10.0, per=90.0),), 24.0),
    )

    total = total_of(figures, grows=False)

    assert total.values[kind].value == pytest.approx(0.4)
    assert total.values[kind].per_day is None


def test_periods_of_different_length_are_judged_per_day() -> None:
    """February used as much as March on each of its days."""
    march, february = side(figure(3_100.0, hours=31 * 24)), side(figure(2_800.0, hours=28 * 24))

    (found,) = compared([march, february])

    assert found.is_per_day
    assert found.difference == Difference(pytest.approx(0.0), pytest.approx(0.0))
    assert [value.value for value in found.values if value] == [3_100.0, 2_800.0]
    assert [value.per_day for value in found.values if value] == pytest.approx([100.0, 100.0])


@pytest.mark.parametrize(
    ("hours", "clock_hours", "is_of_other_length"),
    [(23.0, 24.0, False), (25.0, 24.0, False), (12.25, 12.25, True), (35.0, 35.0, True)],
)
def test_a_day_or_a_part_of_one_is_told_as_it_is(
    hours: float, clock_hours: float, is_of_other_length: bool
) -> None:
    """What half a day used is not said as twice as much "a day"."""
    (found,) = compared([side(figure(90.0, KWH, hours, clock_hours)), side(figure(120.0))])

    assert not found.is_per_day
    assert found.difference == Difference(-30.0, -25.0)
    assert found.is_of_other_length is is_of_other_length
    assert found.values[0] is not None
    assert found.values[0].per_day == pytest.approx(90.0 * 24 / hours)


def test_the_same_hours_are_of_one_length_also_where_a_clock_change_is_in_one_of_them() -> None:
    """The last 36 hours in Berlin and in Chicago, where the clocks changed a week apart."""
    (found,) = compared([side(figure(36.0, KWH, 36.0, 35.0)), side(figure(36.0, KWH, 36.0, 36.0))])

    assert (found.is_per_day, found.is_of_other_length) == (False, False)


def test_machines_in_two_zones_each_count_their_own_days() -> None:
    total = side(figure(100.0, hours=24.0), figure(50.0, hours=12.0))

    assert total.values[KWH].per_day == pytest.approx(200.0)
    assert total.lengths_s == {86_400, 43_200}
    assert total.days == {1}


def test_what_does_not_grow_with_time_is_not_judged_per_day() -> None:
    march = side(figure(40.0, Kind("kW"), 31 * 24), grows=False)
    february = side(figure(50.0, Kind("kW"), 28 * 24), grows=False)

    (found,) = compared([march, february])

    assert not found.is_per_day
    assert found.difference == Difference(-10.0, -20.0)


def test_nothing_is_a_percentage_of_nothing() -> None:
    (found,) = compared([side(figure(5.0)), side(figure(0.0))])

    assert found.difference == Difference(5.0, None)


def test_two_currencies_have_no_difference() -> None:
    euros, dollars = compared([side(figure(5.0, EUR)), side(figure(7.0, USD))])

    assert (euros.difference, dollars.difference) == (None, None)
    assert (euros.values[1], dollars.values[0]) == (None, None)
    assert euros.highest is None


def test_sides_in_the_same_two_currencies_are_compared_in_each() -> None:
    first = side(figure(12.0, EUR), figure(9.0, USD))
    second = side(figure(10.0, EUR), figure(10.0, USD))

    euros, dollars = compared([first, second])

    assert euros.difference == Difference(2.0, 20.0)
    assert dollars.difference == Difference(-1.0, -10.0)


def test_of_several_sides_the_highest_and_the_lowest_are_named() -> None:
    (found,) = compared([side(figure(20.0)), side(figure(50.0)), side(figure(5.0))])

    assert (found.highest, found.lowest, found.spread) == (1, 2, 45.0)
    assert found.difference is None


def test_a_side_without_a_figure_is_neither_the_highest_nor_the_lowest() -> None:
    (found,) = compared([side(without("no_readings")), side(figure(5.0)), side(figure(7.0))])

    assert (found.highest, found.lowest) == (2, 1)
    assert found.values[0] is None


def test_energy_sources_stand_apart_where_the_energy_of_one_is_not_known() -> None:
    unknown = Figure(
        machine("Boiler"),
        hours=24.0,
        apart=(Amount(KWH, 3.0), Amount(GAS, 8.0)),
        reason="energy_content_unknown",
    )

    assert must_stand_apart([[unknown], [figure(5.0)]])
    assert not must_stand_apart([[figure(5.0)], [without("no_readings")]])
    assert set(total_of([unknown], grows=True, apart=True).values) == {KWH, GAS}


@pytest.mark.parametrize(
    ("figures", "lacks"),
    [
        ([figure(5.0)], ()),
        ([Figure(machine("A"), covered_seconds=89.0, expected_seconds=100.0)], ("readings",)),
        ([Figure(machine("A"), covered_seconds=90.0, expected_seconds=100.0)], ()),
        ([figure(5.0), Figure(machine("A"), partial="price")], ("price",)),
        ([figure(5.0), without("no_price"), without("no_readings")], ("price", "readings")),
        ([figure(5.0), without("no_factor")], ("factor",)),
        ([figure(5.0), without("energy_content_unknown")], ("energy_content",)),
        ([figure(5.0), without("not_metered")], ("readings",)),
        ([figure(5.0), without("no_production")], ()),
    ],
)
def test_a_side_tells_what_it_misses_much_of(
    figures: list[Figure], lacks: tuple[Lack, ...]
) -> None:
    assert lacks_of(Measured(DAY, tuple(figures)), ()) == lacks


@pytest.mark.parametrize(
    ("other", "lacks"),
    [(91.5, ("readings",)), (80.0, ()), (99.9, ("readings",)), (0.0, ())],
)
def test_what_is_missing_may_be_all_of_a_difference(other: float, lacks: tuple[str, ...]) -> None:
    """Nine percent of the readings are missing, and the difference is not larger, or it is."""
    gappy = replace(figure(other), covered_seconds=91.0, expected_seconds=100.0)

    found = compared([side(gappy), side(figure(100.0))])

    assert lacks_of(Measured(DAY, (gappy,)), found) == lacks


def test_a_few_readings_missing_hide_no_sameness() -> None:
    gappy = replace(figure(99.9), covered_seconds=99.6, expected_seconds=100.0)

    found = compared([side(gappy), side(figure(100.0))])

    assert lacks_of(Measured(DAY, (gappy,)), found) == ()


def test_what_is_not_even_is_not_judged() -> None:
    """Today until ten o'clock and a whole week: neither a percentage nor a figure a day."""
    today, week = side(figure(70.0, hours=10.0)), side(figure(1_680.0, hours=168.0))

    (found,) = compared([today, week], is_even=False)

    assert (found.difference, found.is_per_day) == (None, False)
    assert (found.highest, found.lowest, found.spread) == (None, None, None)
    assert [found.judged(0), found.judged(1)] == [70.0, 1_680.0]


@pytest.mark.parametrize(("hours", "differ"), [(3.0, True), (9.5, False), (10.0, False)])
def test_a_running_day_is_longer_where_it_began_earlier(hours: float, differ: bool) -> None:
    assert (
        differ_by_hours([side(figure(1.0, hours=10.0)), side(figure(1.0, hours=hours))]) == differ
    )


@pytest.mark.parametrize(("first", "second"), [(96.0, -144.0), (-144.0, 96.0), (-2.0, -1.0)])
def test_energy_fed_back_is_no_percentage(first: float, second: float) -> None:
    (found,) = compared([side(figure(first)), side(figure(second))])

    assert found.difference == Difference(first - second, None)


def test_the_coverage_of_a_side_is_that_of_its_machines_together() -> None:
    full = Figure(machine("A"), covered_seconds=300.0, expected_seconds=300.0)
    empty = Figure(machine("B"), expected_seconds=100.0, reason="no_readings")

    assert Measured(DAY, (full, empty)).coverage_percent == 75.0
    assert Measured(DAY, (full, without("not_metered"))).coverage_percent == 100.0
    assert Measured(DAY, (full, figure(1.0))).coverage_percent is None
    assert Measured(DAY, ()).coverage_percent is None
