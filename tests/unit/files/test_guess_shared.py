"""Guesses on real meters. The folder is no part of the project: tests are left out without it."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.domain.imports import FilePlan, ReadingsTarget, TableFormat
from enms_core.files.guessing import Unattended, completed, settled
from enms_core.files.series import read
from tests.unit.files.exports import DAY, HOUR, QUARTER, plan_of

SHARED = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")

CHICAGO = ZoneInfo("America/Chicago")
SEOUL = ZoneInfo("Asia/Seoul")


def value_sum(plan: FilePlan, zone: ZoneInfo) -> float:
    return sum(float(np.sum(np.asarray(chunk.targets[0].values))) for chunk in read(plan, zone))


def test_steel_is_found_out_without_a_flag() -> None:
    plan = settled(plan_of(SHARED / "steel" / "steel_industry_2018.csv.gz"), SEOUL, Unattended())
    target = plan.targets[0]
    assert isinstance(target, ReadingsTarget)
    assert plan.format == TableFormat(
        encoding="utf-8-sig",
        delimiter=",",
        decimal=".",
        time_column="date",
        time_format="%d/%m/%y %H:%M",
        stamp="end",
        is_descending=False,
    )
    assert (target.column, target.unit, target.kind) == ("Usage_kWh", "kWh", "interval")
    assert target.interval == QUARTER
    assert value_sum(plan, SEOUL) == pytest.approx(959_636.71, abs=0.005)


@pytest.mark.parametrize(
    ("name", "interval"),
    [
        ("il-electricity-cdd-hdd-hourly", HOUR),
        ("il-electricity-cdd-hdd-daily", DAY),
        ("il-electricity-cdd-only-daily", DAY),
        ("il-gas-hdd-only-daily", DAY),
        ("il-gas-intercept-only-daily", DAY),
    ],
)
def test_meters_of_houses_are_found_out(name: str, interval: object) -> None:
    plan = settled(plan_of(SHARED / "eemeter" / f"{name}.csv.gz"), CHICAGO, Unattended())
    target = plan.targets[0]
    assert isinstance(target, ReadingsTarget)
    assert (plan.format.time_column, plan.format.time_format) == ("start", "ISO 8601")
    assert plan.format.stamp == "start"
    assert (target.column, target.unit, target.kind) == ("value", None, "interval")
    assert target.interval == interval


def test_seven_loads_of_a_transformer_are_a_choice() -> None:
    guessed = completed(plan_of(SHARED / "ett" / "ETTh1.csv.gz"), SEOUL)
    (choice,) = guessed.choices
    assert choice.flag == "--value-column"
    assert list(choice.options) == ["HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT"]
    target = completed(choice.options["HUFL"], SEOUL).plan.targets[0]
    assert (target.column, target.interval) == ("HUFL", HOUR)
