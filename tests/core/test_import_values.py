"""Values: which are the same as those that are stored, and what a table can hold of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import TargetReport
from tests.conftest import run_on
from tests.core.conftest import HOURS, PRESS, Import, execute, hours, import_path, rows, stored

READINGS = "SELECT time, energy_kwh FROM energy_readings ORDER BY time"
COARSE = """
CREATE TABLE IF NOT EXISTS energy_readings (time timestamptz, machine_id uuid, energy_kwh {kind},
                                            UNIQUE (machine_id, time))
"""


class TestTheSame:
    def test_the_same_amounts_in_another_unit_change_nothing(self, imported: Import) -> None:
        """7.49 kWh are not to the last digit what 7490 Wh or 0.00749 MWh are: that was another
        value, and the file was refused."""
        amounts = [round(0.07 * n + 0.01 * (n % 7), 2) for n in range(1, 200)]
        stamps = [line.split(",")[0] for line in hours(199)]
        imported([f"{at},{kwh}" for at, kwh in zip(stamps, amounts, strict=True)])
        for unit, size in (("Wh", 1000.0), ("MWh", 0.001), ("MJ", 3.6)):
            lines = [f"{at},{kwh * size!r}" for at, kwh in zip(stamps, amounts, strict=True)]
            again = imported(lines, replace(PRESS, unit=unit))
            assert (again.unchanged, again.rejections) == (199, [])

    def test_the_register_of_the_same_meter_tells_the_same_amounts(self, imported: Import) -> None:
        amounts = [round(0.07 * n + 0.01 * (n % 7), 2) for n in range(1, 200)]
        stamps = [line.split(",")[0] for line in hours(200)]
        imported([f"{at},{kwh}" for at, kwh in zip(stamps, amounts, strict=False)])
        register = accumulate(amounts, initial=1_234_567.89)
        lines = [f"{at},{value:.2f}" for at, value in zip(stamps, register, strict=True)]
        again = imported(lines, replace(PRESS, kind="counter", unit="kWh"))
        assert (again.unchanged, again.rejections) == (199, [])

    def test_a_stored_row_without_a_value_contradicts_nothing(
        self, imported: Import, empty_url: str
    ) -> None:
        """An adopted table may have rows that only tell a voltage."""
        imported(HOURS)
        execute(empty_url, "ALTER TABLE energy_readings ALTER energy_kwh DROP NOT NULL")
        execute(empty_url, "UPDATE energy_readings SET energy_kwh = NULL WHERE energy_kwh > 2")
        report = imported(HOURS)
        assert (report.stored, report.replaced, report.unchanged) == (2, 0, 1)
        assert [row[1] for row in rows(empty_url, READINGS)] == [1.5, 2.5, 3.5]


class TestCoarseColumns:
    """A column that holds less of each value than the file: what is told is what is stored."""

    @pytest.fixture
    def coarse(self, bare_url: str, tmp_path: Path) -> Callable[..., TargetReport]:
        """Imports hours of one amount into a table whose column is of a type."""

        def run(kind: str, amount: float, count: int) -> TargetReport:
            execute(bare_url, COARSE.format(kind=kind))
            run_on(bare_url, lambda store: store.upgrade())
            path = tmp_path / "meter.csv"
            lines = (f"{line.split(',')[0]},{amount}" for line in hours(count))
            path.write_text("\n".join(("time,value", *lines)))
            return import_path(bare_url, path)

        return run

    def test_the_total_is_of_what_is_stored_and_the_difference_is_told(
        self, coarse: Callable[..., TargetReport]
    ) -> None:
        for stored_now in (100, 0):
            report = coarse("numeric(10, 1)", 10.04, 100)
            assert (report.stored, report.quantity) == (stored_now, pytest.approx(1000.0))
            [remark] = report.remarks
            assert (remark.code, remark.quantity) == ("rounded", pytest.approx(-4.0))

    def test_what_rounding_hardly_changes_needs_no_remark(
        self, coarse: Callable[..., TargetReport]
    ) -> None:
        report = coarse("real", 10.04, 100)
        assert (report.quantity, report.remarks) == (pytest.approx(1004.0), [])

    def test_a_column_of_whole_numbers_is_no_place_for_small_amounts(
        self, coarse: Callable[..., TargetReport], bare_url: str
    ) -> None:
        """400 rows of 0.4 kWh were told as 160 kWh; the table held 0."""
        with pytest.raises(ImportFailed, match=r"'value' tells 160 kWh, .* would make 0"):
            coarse("integer", 0.4, 400)
        assert stored(bare_url) == (0, 0, 0, 0)
