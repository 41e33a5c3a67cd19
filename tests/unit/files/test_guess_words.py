"""Hints and units in the names of columns."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from enms_core.files import guess_interval, guess_words, stamps
from enms_core.files.guess_columns import Role, columns_of
from enms_core.files.guess_sample import Sample
from enms_core.files.guess_words import Hint, has_hint, header_unit


@pytest.mark.parametrize("module", [guess_interval, guess_words, stamps])
def test_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Usage_kWh", "kWh"),
        ("KWH", "kWh"),
        ("Energy (MWh)", "MWh"),
        ("Leistung [kW]", "kW"),
        ("P_total_kW", "kW"),
        ("power_w", "W"),
        ("使用電力量（kWh）", "kWh"),
        ("Consommation / kWh", "kWh"),
        ("Energy kWh/15min", "kWh"),
        ("Flow m3/h", "m³/h"),
        ("Volumen Nm³", "Nm³"),
        ("USAGE (therms)", "therm"),
        ("Gas (ccf)", "ccf"),
        ("Steam [t]", "t"),
        ("tempF", "°F"),
        ("Außentemperatur °C", "°C"),
        ("Lagging_Current_Reactive.Power_kVarh", None),
        ("CO2(tCO2)", None),
        ("cum_energy", None),
        ("T", None),
        ("Load", None),
        ("", None),
    ],
)
def test_the_unit_in_a_name(name: str, unit: str | None) -> None:
    assert header_unit(name) == unit


@pytest.mark.parametrize(
    ("name", "hint", "expected"),
    [
        ("Zählerstand", "counter", True),
        ("ZAEHLERSTAND", "counter", True),
        ("Standort", "counter", False),
        ("Interval Ending", "end", True),
        ("Zeit bis", "end", True),
        ("Legend", "end", False),
        ("startTime", "start", True),
        ("Account", "production", False),
        ("Piece count", "production", True),
        ("Début", "start", True),
        ("日付", "time", True),
        ("model", "status", False),
        ("timestamp_utc", "utc", True),
    ],
)
def test_hints_are_words_and_not_parts_of_others(name: str, hint: Hint, expected: bool) -> None:
    assert has_hint(name, hint) is expected


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("Bezug kWh", ["1,5", "2"], "meter"),
        ("Power factor", ["0.9", "0.8"], "other"),
        ("EUR/kWh", ["0.3", "0.3"], "other"),
        ("€/kWh", ["0.3", "0.3"], "other"),
        ("Output [kg]", ["3", "4"], "production"),
        ("Stück", ["3", "4"], "production"),
        ("Humidity %", ["40", "41"], "weather"),
        ("Voltage [V]", ["230", "231"], "other"),
        ("Meter", ["17"] * 30, "serial"),
        ("Meter", ["M17"] * 30, "serial"),
        ("Meter reading", ["17", "18"], "meter"),
        ("State", ["1", "0"] * 20, "status"),
        ("Status", ["run", "stop"] * 20, "status"),
        ("Remark", ["ok", "late"], "other"),
        ("Load", ["", ""], "other"),
    ],
)
def test_what_a_column_holds(name: str, cells: list[str], role: Role) -> None:
    (column,) = columns_of(Sample([name], {name: cells}), ())
    assert column.role == role
