"""The figures that machines are ranked and compared by, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from enms_core.analysis.measure import (
    each_apart,
    energy_amounts,
    mean_rates,
    merged_evidence,
)
from enms_core.domain.answer import DataIssue
from enms_core.domain.evidence import Evidence, ModelEvidence
from enms_core.domain.measure import Amount, Kind, LeftOut, left_out_issues
from tests.unit.answers.common import DAY_S, use
from tests.unit.catalogues import machine

POWER, GAS = use("electricity", 240.0), replace(use("natural_gas", 24.0), energy_kwh=256.0)
STEAM, AIR = use("steam", 100.0), use("compressed_air", 50.0)
UNKNOWN = replace(GAS, energy_kwh=None)
SILENT = replace(GAS, quantity=0.0, energy_kwh=None, readings=0, read_seconds=0.0)


def test_energy_is_purchased_energy_together() -> None:
    assert energy_amounts([POWER, GAS], ()) == (Amount(Kind("kWh"), 496.0),)


def test_energy_is_unknown_where_a_source_cannot_be_converted() -> None:
    assert energy_amounts([POWER, UNKNOWN], ()) == ()


def test_a_source_without_readings_leaves_the_energy_of_the_others() -> None:
    """It lowers the coverage, and is told there."""
    assert energy_amounts([POWER, SILENT], ()) == (Amount(Kind("kWh"), 240.0),)


def test_a_source_that_was_named_counts_in_its_own_unit() -> None:
    named = (Amount(Kind("m³", source="natural_gas"), 24.0),)

    assert energy_amounts([GAS], ("natural_gas",)) == named
    assert energy_amounts([UNKNOWN], ("natural_gas",)) == named


def test_a_produced_source_is_never_added_to_a_purchased_one() -> None:
    found = energy_amounts([GAS, STEAM], ("natural_gas", "steam"))

    assert [amount.kind.source for amount in found] == ["natural_gas", "steam"]
    assert found == each_apart([GAS, STEAM, SILENT])


def test_a_mean_rate_is_taken_over_the_time_that_has_readings() -> None:
    half = replace(POWER, read_seconds=DAY_S / 2)

    assert mean_rates([POWER], ()) == (Amount(Kind("kW"), 10.0),)
    assert mean_rates([half], ()) == (Amount(Kind("kW"), 20.0),)


def test_what_is_not_metered_in_energy_is_no_power_unless_it_was_named() -> None:
    assert mean_rates([POWER, GAS], ()) == (Amount(Kind("kW"), 10.0),)
    assert mean_rates([GAS], ("natural_gas",)) == (Amount(Kind("m³/h", source="natural_gas"), 1.0),)


@pytest.mark.parametrize("uses", [[SILENT], [GAS], []])
def test_there_is_no_power_without_readings_of_energy(uses: list[object]) -> None:
    assert mean_rates(uses, ()) == ()  # type: ignore[arg-type]


def test_evidence_of_several_figures_is_as_complete_as_the_least_of_them() -> None:
    first, last = (datetime(2026, 11, day, tzinfo=timezone.utc) for day in (1, 17))
    parts = (
        Evidence(readings=96, coverage_percent=100.0, first=first, last=first),
        Evidence(readings=48, coverage_percent=50.0, first=last, last=last),
    )

    assert merged_evidence(parts) == Evidence(144, 50.0, first, last)
    assert merged_evidence([*parts, Evidence()]).coverage_percent is None


def test_evidence_of_several_figures_loses_none_of_their_grounds() -> None:
    """Status changes, the registers and the version of a model once were left out."""
    second, third = ModelEvidence(2, r2=0.8), ModelEvidence(3, r2=0.9)
    one = Evidence(status_changes=3, registers=True, models=(second,))

    merged = merged_evidence([one, replace(one, status_changes=4, registers=False)])

    assert (merged.status_changes, merged.registers, merged.models) == (7, True, (second,))
    both = merged_evidence([one, replace(one, models=(third, second))])
    assert both.models == (second, third)


def test_a_reason_is_told_once_where_the_readings_tell_it_already() -> None:
    known = (DataIssue("readings.machine_missing", machines=(machine("Belt"),)),)
    left_out = (
        LeftOut(machine("Belt"), "no_readings"),
        LeftOut(machine("Drill"), "no_price"),
        LeftOut(machine("Press"), "no_price"),
    )

    assert left_out_issues(left_out, known) == (
        *known,
        DataIssue("figures.no_price", machines=(machine("Drill"), machine("Press"))),
    )
