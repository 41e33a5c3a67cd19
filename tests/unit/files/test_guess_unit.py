"""Units: found wherever a file tells them, and never passed over where they cannot be read."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import ReadingsTarget, RowFilter, Site, WeatherTarget
from enms_core.files import guess_unit
from enms_core.files.guess_unit import multiple_in
from enms_core.files.guessing import Guessed, completed
from tests.unit.files.exports import HOUR, plan_of, saved, table

BERLIN = ZoneInfo("Europe/Berlin")
SAMPLE = 20_000


def rows(beside: str = "", header: str = "Zeit;Verbrauch") -> list[str]:
    lines = table(
        header, lambda at, kwh: f"{at:%d.%m.%Y %H:%M};{kwh:.2f}{beside}", begin="2026-01-05"
    )
    return lines[:500]


def guessed(folder: Path, lines: Sequence[str], **of_target: object) -> Guessed:
    press = ReadingsTarget(machine="Press-3", source="electricity")
    target = replace(press, **of_target)  # type: ignore[arg-type]
    return completed(plan_of(saved(folder, lines), targets=[target]), BERLIN)


def test_examples_hold() -> None:
    assert doctest.testmod(guess_unit).failed == 0


@pytest.mark.parametrize(
    "lines",
    [
        ["Zeit;Verbrauch", ";MWh", *rows()[1:]],
        ["Zeit;Verbrauch", "[dd.mm.yyyy];[MWh]", *rows()[1:]],
        ["Einheit: MWh", "", *rows()],
        ["Kunde;4711", "Einheit;MWh", *rows()],
        ["Werk Nord;Strom", *rows(header="Zeit;Verbrauch MWh")],
        rows(";MWh", "Zeit;Verbrauch;Unit"),
    ],
    ids=["below", "below in brackets", "title", "label", "second line", "column"],
)
def test_a_unit_is_found_where_the_file_tells_it(lines: Sequence[str], tmp_path: Path) -> None:
    """All of these were stored as kWh."""
    found = guessed(tmp_path, lines)
    assert (found.choices, found.plan.targets[0].unit) == ((), "MWh")


def test_a_row_of_units_is_found_in_a_spreadsheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in ["Zeit;Verbrauch", ";MWh", *rows()[1:]]:
        book.active.append(line.split(";"))
    book.save(tmp_path / "export.xlsx")
    assert completed(plan_of(tmp_path / "export.xlsx"), BERLIN).plan.targets[0].unit == "MWh"


@pytest.mark.parametrize(
    "name",
    [
        "Energie MWhr", "Wirkenergie [Ws]", "E [tce]", "用电量(万千瓦时)", "E [kvarh]", "P (kVA)",
        "E [mWh]", "кВт·ч", "kWh*1000", "Pulses (0.1 kWh)", "E (10 kWh)", "E [x100 kWh]",
        "Verbrauch in Tsd. kWh", "E [kWh]*1000", "E kWh/100", "kWh (x1000)", "1000 kWh", "kW/h",
        "kWh/m2",
    ],
)  # fmt: skip
def test_a_unit_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    """They counted as no unit, or lost their factor, and were stored as kWh."""
    with pytest.raises(ImportFailed, match=r"unclear.*say --unit"):
        guessed(tmp_path, rows(header=f"Zeit;{name}"), column=name)


@pytest.mark.parametrize(
    "name",
    ["Line 1 kWh", "Line 10 kWh", "1-1:1.8.0*255 [kWh]", "kWh (column 2)", "kWh/15min", "T1 kWh",
     "Strom 2025/26 kWh", "Consommation / kWh", "MWh(th)", "Energy kWh (15 min)"],
)  # fmt: skip
def test_numbers_that_are_no_factors_leave_a_unit_as_it_is(name: str) -> None:
    assert not multiple_in(name)


@pytest.mark.parametrize(
    "lines",
    [
        ["Zeit;Verbrauch", "-;Ws", *rows()[1:]],
        ["Lastgang in MWh", "", *rows()],
        rows(";MWhr", "Zeit;Verbrauch;Unit"),
    ],
    ids=["below", "title", "column"],
)
def test_a_unit_beside_the_name_that_cannot_be_read_is_refused(
    lines: Sequence[str], tmp_path: Path
) -> None:
    with pytest.raises(ImportFailed, match=r"unclear.*say --unit"):
        guessed(tmp_path, lines)


def test_what_was_said_is_not_doubted(tmp_path: Path) -> None:
    lines = rows(header="Zeit;E (kVA)")
    assert guessed(tmp_path, lines, column="E (kVA)", unit="kW").plan.targets[0].unit == "kW"


def test_two_units_of_one_column_are_a_choice(tmp_path: Path) -> None:
    (choice,) = guessed(tmp_path, rows(";MWh", "Zeit;Verbrauch kWh;Unit")).choices
    assert (choice.flag, sorted(choice.options)) == ("--unit", ["MWh", "kWh"])


@pytest.mark.parametrize("change", [300, SAMPLE + 5000], ids=["early", "late"])
def test_rows_of_several_units_are_imported_each_by_itself(change: int, tmp_path: Path) -> None:
    """Of rows in kWh and in MWh all were stored as kWh, or all in the unit of the first."""
    lines = table("time;E;Unit", lambda at, kwh: f"{at};{kwh:.2f}", begin="2020-01-01", count=26000)
    unit = ["kWh"] * change + ["MWh"] * len(lines)
    mixed = [lines[0], *(f"{line};{each}" for line, each in zip(lines[1:], unit, strict=False))]
    with pytest.raises(ImportFailed, match=r"several units, MWh and kWh.*--rows Unit=MWh"):
        guessed(tmp_path, mixed)
    of_one = guessed(tmp_path, mixed, rows=RowFilter("Unit", "MWh"))
    assert of_one.plan.targets[0].unit == "MWh"


@pytest.mark.parametrize(
    ("column", "quantity", "zone", "options"),
    [
        ("Temp", "outdoor_temp_c", "America/New_York", ["°C", "°F"]),
        ("Temp", "outdoor_temp_c", "Europe/Berlin", None),
        ("Wind", "wind_speed_m_s", "Europe/Berlin", ["m/s", "km/h", "mph", "kn"]),
        ("Humidity", "outdoor_humidity_percent", "America/New_York", None),
    ],
)
def test_weather_without_a_unit_is_a_choice_where_several_are_in_use(
    column: str, quantity: str, zone: str, options: Sequence[str] | None, tmp_path: Path
) -> None:
    """Fahrenheit of New York was stored as degrees Celsius."""
    lines = table(
        f"time;{column}", lambda at, kwh: f"{at};{kwh:.1f}", begin="2026-01-05", step=HOUR, count=90
    )
    plan = replace(
        plan_of(saved(tmp_path, lines)),
        site=Site(name="Works", timezone=zone),
        targets=[WeatherTarget(column=column, quantity=quantity)],
    )
    found = completed(plan, ZoneInfo(zone))
    assert [list(each.options) for each in found.choices] == ([options] if options else [])
