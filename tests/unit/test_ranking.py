"""Rankings worked out by hand."""

from __future__ import annotations

import pytest

from enms_core.analysis.bounds import bound_in
from enms_core.analysis.ranking import Wanted, rankings
from enms_core.domain.measure import Amount, Figure, Kind, in_unit
from enms_core.domain.question import Threshold
from enms_core.domain.ranking import Ranking
from tests.unit.catalogues import machine

KWH, EUR, USD = Kind("kWh"), Kind(currency="EUR"), Kind(currency="USD")
ALL = Wanted()


def figure(name: str, value: float, kind: Kind = KWH, **told: object) -> Figure:
    return Figure(machine(name), (Amount(kind, value),), **told)  # type: ignore[arg-type]


def places(ranking: Ranking) -> list[tuple[int, str, float]]:
    return [(item.rank, item.machine.name, item.amount.value) for item in ranking.items]


THREE = (figure("Belt", 10.0), figure("Drill", 60.0), figure("Press", 30.0))


def test_the_highest_figure_comes_first() -> None:
    (found,) = rankings(THREE, ALL)

    assert places(found) == [(1, "Drill", 60.0), (2, "Press", 30.0), (3, "Belt", 10.0)]
    assert [item.share_percent for item in found.items] == [60.0, 30.0, 10.0]
    assert (found.total, found.machines) == (100.0, 3)


def test_the_lowest_figure_comes_first_where_that_was_asked() -> None:
    (found,) = rankings(THREE, Wanted(lowest_first=True, count=2))

    assert places(found) == [(1, "Belt", 10.0), (2, "Press", 30.0)]
    assert found.total == 100.0


@pytest.mark.parametrize("lowest_first", [False, True])
def test_equal_figures_stand_in_the_order_of_the_names(lowest_first: bool) -> None:
    twins = (figure("Press", 5.0), figure("Belt", 5.0), figure("Drill", 5.0))

    (found,) = rankings(twins, Wanted(lowest_first=lowest_first))

    assert [item.machine.name for item in found.items] == ["Belt", "Drill", "Press"]


def test_two_currencies_are_two_rankings() -> None:
    euros, dollars = rankings(
        (figure("Belt", 10.0, EUR), figure("Drill", 99.0, USD), figure("Press", 30.0, EUR)), ALL
    )

    assert places(euros) == [(1, "Press", 30.0), (2, "Belt", 10.0)]
    assert places(dollars) == [(1, "Drill", 99.0)]
    assert [ranking.total for ranking in (euros, dollars)] == [40.0, 99.0]


def test_energy_per_unit_is_a_quotient_of_sums_and_has_no_total() -> None:
    kind = Kind("kWh/unit")
    figures = (
        Figure(machine("Belt"), (Amount(kind, 30.0, per=10.0),)),
        Figure(machine("Press"), (Amount(kind, 8.0, per=4.0),)),
    )

    (found,) = rankings(figures, Wanted(lowest_first=True, has_total=False))

    assert places(found) == [(1, "Press", 2.0), (2, "Belt", 3.0)]
    assert found.total is None
    assert [item.share_percent for item in found.items] == [None, None]


@pytest.mark.parametrize(
    "doubt",
    [{"partial": "price"}, {"covered_seconds": 89.0, "expected_seconds": 100.0}],
    ids=["a price is missing", "readings are missing"],
)
def test_an_incomplete_figure_is_ranked_and_marked_and_nobody_has_a_share(
    doubt: dict[str, object],
) -> None:
    (found,) = rankings((*THREE, figure("Saw", 20.0, **doubt)), ALL)

    assert [item.machine.name for item in found.items if item.is_incomplete] == ["Saw"]
    assert {item.share_percent for item in found.items} == {None}


def test_an_incomplete_machine_that_is_not_told_is_not_forgotten() -> None:
    """The saw might have used more than the bound, if all its readings were there."""
    saw = figure("Saw", 25.0, covered_seconds=50.0, expected_seconds=100.0)

    (first,) = rankings((*THREE, saw), Wanted(count=1))
    (beyond,) = rankings((*THREE, saw), Wanted(threshold=Threshold(28.0, "kWh", ">")))

    assert [item.machine.name for item in first.items] == ["Drill"]
    for found in (first, beyond):
        assert [(item.machine.name, item.lack) for item in found.incomplete] == [
            ("Saw", "readings")
        ]


def test_shares_are_not_told_where_energy_was_fed_back() -> None:
    (found,) = rankings((*THREE, figure("Solar", -40.0)), ALL)

    assert {item.share_percent for item in found.items} == {None}


@pytest.mark.parametrize("covered", [90.0, 100.0])
def test_a_figure_with_nine_tenths_of_its_readings_is_complete(covered: float) -> None:
    (found,) = rankings((figure("Saw", 1.0, covered_seconds=covered, expected_seconds=100.0),), ALL)

    assert not found.items[0].is_incomplete


def test_shares_are_not_told_where_a_machine_is_left_out() -> None:
    (found,) = rankings(THREE, Wanted(has_shares=False))

    assert found.total == 100.0
    assert {item.share_percent for item in found.items} == {None}


@pytest.mark.parametrize(
    ("op", "names"),
    [(">", ["Drill"]), (">=", ["Drill", "Press"]), ("<", ["Belt"]), ("<=", ["Press", "Belt"])],
)
def test_only_those_beyond_the_bound_are_kept_with_their_places(op: str, names: list[str]) -> None:
    bound = Threshold(0.03, "MWh", op)  # type: ignore[arg-type]

    (found,) = rankings(THREE, Wanted(threshold=bound))

    assert [item.machine.name for item in found.items] == names
    assert found.machines == 3


def test_a_bound_in_euros_says_nothing_about_dollars() -> None:
    figures = (figure("Belt", 10.0, EUR), figure("Drill", 99.0, USD))

    (found,) = rankings(figures, Wanted(threshold=Threshold(5.0, "EUR", ">")))

    assert places(found) == [(1, "Belt", 10.0)]


@pytest.mark.parametrize(
    ("kind", "value", "unit", "bound"),
    [
        (KWH, 2.0, "MWh", 2_000.0),
        (KWH, 3.6, "MJ", 1.0),
        (KWH, 2.0, "kW", None),
        (Kind("kW"), 500.0, "W", 0.5),
        (Kind("kW"), 2.0, "GW", 2_000_000.0),
        (Kind("kg"), 2.0, "t", 2_000.0),
        (Kind("units"), 500.0, "units", 500.0),
        (Kind("units"), 500.0, "", 500.0),
        (Kind("kWh/unit"), 2.0, "MWh", 2_000.0),
        (Kind("kWh/unit"), 2.0, "kWh/unit", 2.0),
        (EUR, 5.0, "EUR", 5.0),
        (EUR, 5.0, "USD", None),
        (EUR, 5.0, "kWh", None),
        (Kind("m³", source="natural_gas"), 5.0, "m³", 5.0),
        (Kind("m³", source="natural_gas"), 5.0, "kWh", None),
    ],
)
def test_a_bound_is_held_against_a_figure_in_its_unit(
    kind: Kind, value: float, unit: str, bound: float | None
) -> None:
    found = bound_in(kind, Threshold(value, unit, ">"))

    assert found == (None if bound is None else pytest.approx(bound))


@pytest.mark.parametrize("op", ["less", "more"])
def test_a_bound_of_a_change_is_none(op: str) -> None:
    assert bound_in(KWH, Threshold(5.0, "kWh", op)) is None  # type: ignore[arg-type]


def test_units_are_converted_both_ways() -> None:
    assert in_unit(2.0, "MW", "kW") == 2_000.0
    assert in_unit(500.0, "W", "kW") == 0.5
    assert in_unit(1.0, "kW", "kWh") is None
