"""Sums of energy use, by numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from enms_core.analysis.energy import add_up, purchased_energy_kwh, total, total_by_source
from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Scope
from enms_core.domain.use import SourceUse
from tests.unit.catalogues import demo_catalogue

CATALOGUE = demo_catalogue()
EARLY = datetime(2026, 11, 17, tzinfo=timezone.utc)
LATE = datetime(2026, 11, 18, tzinfo=timezone.utc)


def use(
    source: str,
    quantity: float,
    energy_kwh: float | None = 0.0,
    readings: int = 4,
    covered_s: float = 3_600.0,
    expected_s: float | None = 3_600.0,
) -> SourceUse:
    carrier = CATALOGUE.source(source)
    return SourceUse(carrier, quantity, energy_kwh, readings, covered_s, expected_s, EARLY, LATE)


def test_uses_of_one_source_are_added() -> None:
    summed = total([use("natural_gas", 10.0, 107.0), use("natural_gas", 5.5, 58.5, 2, 1_800.0)])

    assert (summed.quantity, summed.energy_kwh, summed.readings) == (15.5, 165.5, 6)
    assert (summed.covered_seconds, summed.expected_seconds) == (5_400.0, 7_200.0)
    assert summed.coverage_percent == 75.0
    assert summed.missing_seconds == 1_800.0


def test_the_sum_runs_from_the_first_reading_to_the_last() -> None:
    older = replace(use("steam", 1.0), first=EARLY, last=EARLY)
    newer = replace(use("steam", 1.0), first=LATE, last=LATE)
    silent = replace(use("steam", 0.0, readings=0), first=None, last=None)

    summed = total([newer, silent, older])

    assert (summed.first, summed.last) == (EARLY, LATE)


def test_a_part_without_a_known_energy_content_makes_the_sum_unknown() -> None:
    assert total([use("natural_gas", 1.0, 10.7), use("natural_gas", 1.0, None)]).energy_kwh is None


def test_a_part_without_readings_does_not() -> None:
    silent = use("natural_gas", 0.0, None, readings=0)

    assert total([use("natural_gas", 1.0, 10.7), silent]).energy_kwh == 10.7


def test_a_part_of_unknown_length_makes_the_coverage_unknown() -> None:
    summed = total([use("electricity", 1.0), use("electricity", 1.0, expected_s=None)])

    assert summed.expected_seconds is None
    assert summed.coverage_percent is None
    assert summed.missing_seconds == 0.0


def test_sources_are_kept_apart_in_the_order_they_appear() -> None:
    sums = total_by_source(
        [use("natural_gas", 1.0), use("electricity", 2.0), use("natural_gas", 4.0)]
    )

    assert [(each.source.name, each.quantity) for each in sums] == [
        ("natural_gas", 5.0),
        ("electricity", 2.0),
    ]
    assert total_by_source([]) == ()


@pytest.mark.parametrize(
    ("uses", "energy_kwh"),
    [
        ([use("electricity", 310.0, 310.0), use("natural_gas", 10.0, 106.9)], 416.9),
        ([use("electricity", 310.0, 310.0), use("natural_gas", 10.0, None)], None),
        # Steam is made of gas, and compressed air of electricity: neither is counted twice.
        ([use("natural_gas", 10.0, 106.9), use("steam", 100.0, 67.0)], 106.9),
        ([use("electricity", 5.0, 5.0), use("compressed_air", 40.0, None)], 5.0),
        ([use("steam", 100.0, 67.0)], None),
        ([], None),
    ],
)
def test_only_purchased_energy_is_added_up(uses: list[SourceUse], energy_kwh: float | None) -> None:
    assert purchased_energy_kwh(uses) == energy_kwh


@pytest.mark.parametrize(
    ("covered_s", "expected_s", "percent"),
    [(1_800, 3_600, 50.0), (7_200, 3_600, 100.0), (0, 0, 100.0), (0, 3_600, 0.0), (5, None, None)],
)
def test_coverage_is_a_share_of_at_most_everything(
    covered_s: float, expected_s: float | None, percent: float | None
) -> None:
    assert use("steam", 1, covered_s=covered_s, expected_s=expected_s).coverage_percent == percent


def answer(*uses: SourceUse) -> EnergyAnswer:
    question = Question("energy", Scope("machines", ()), YESTERDAY)
    return EnergyAnswer(
        question=question,
        period=Period(EARLY, LATE),
        uses=uses,
        machines=(),
        purchased_energy_kwh=5.0,
    )


def test_the_data_of_one_source_has_its_figures_at_the_top() -> None:
    data = answer(use("natural_gas", 10.0, 106.9)).data()

    assert (data["quantity"], data["unit"], data["energy_kwh"]) == (10.0, "m³", 106.9)
    assert (data["energy_source"], data["coverage_percent"]) == ("natural_gas", 100.0)


def test_the_data_of_several_sources_has_no_quantity_of_all() -> None:
    data = answer(use("natural_gas", 10.0), use("electricity", 1.0)).data()

    assert not {"quantity", "energy_kwh", "unit"} & set(data)
    assert data["purchased_energy_kwh"] == 5.0
    assert data["sources"] == [
        {
            "energy_source": name,
            "quantity": quantity,
            "unit": unit,
            "energy_kwh": 0.0,
            "is_purchased": True,
            "readings": 4,
            "coverage_percent": 100.0,
            "first_reading": "2026-11-17T00:00:00+00:00",
            "last_reading": "2026-11-18T00:00:00+00:00",
        }
        for name, quantity, unit in (("natural_gas", 10.0, "m³"), ("electricity", 1.0, "kWh"))
    ]


@pytest.mark.parametrize(
    ("uses", "do_add_up"),
    [
        ((use("electricity", 1.0), use("natural_gas", 1.0)), True),
        ((use("electricity", 1.0), use("natural_gas", 1.0, energy_kwh=None)), False),
        ((use("electricity", 1.0), use("natural_gas", 0.0, readings=0)), False),
        ((use("electricity", 1.0), use("steam", 1.0)), False),
        ((use("electricity", 1.0),), False),
    ],
)
def test_sources_are_told_as_one_where_all_are_purchased_and_of_known_energy(
    uses: tuple[SourceUse, ...], do_add_up: bool
) -> None:
    assert add_up(uses) is do_add_up
