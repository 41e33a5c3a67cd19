"""Units of meters: conversions by definition, however the units are spelled."""

from __future__ import annotations

from itertools import product

import pytest

from enms_core.domain.conversions import (
    CELSIUS,
    HOURS,
    POWERS,
    SCALES,
    conversion,
    known_unit,
    linear_conversion,
)
from enms_core.domain.units import KWH_PER_UNIT, rate_unit

UNITS = [unit for units in SCALES.values() for unit in units]


class TestSpelling:
    @pytest.mark.parametrize("unit", [*UNITS, *POWERS, *CELSIUS, "m³/h", "kg/s", "MJ/h", "l/min"])
    def test_a_unit_is_known_in_every_case_but_that_of_milli(self, unit: str) -> None:
        assert {known_unit(each) for each in (unit, f" {unit} ", unit.upper())} == {unit}

    @pytest.mark.parametrize(
        ("text", "unit"),
        [("KWH", "kWh"), ("kW·h", "kWh"), ("kW-h", "kWh"), ("kw h", "kWh"), ("m3", "m³"),
         ("M^3", "m³"), ("Nm3", "Nm³"), ("cf", "ft³"), ("cu. ft.", "ft³"), ("mcf", "Mcf"),
         ("L", "l"), ("litres", "l"), ("lbs", "lb"), ("therms", "therm"), ("mmbtu", "MMBtu"),
         ("m3/hr", "m³/h"), ("M3 / H", "m³/h"), ("cfm", "ft³/min"), ("degF", "°F"), ("℃", "°C"),
         ("kJ/s", "kJ/s"), ("km/h", "km/h"), ("m/s", "m/s"), ("percent", "%")],
    )  # fmt: skip
    def test_of_others_is_ours(self, text: str, unit: str) -> None:
        assert known_unit(text) == unit

    @pytest.mark.parametrize(
        "text",
        ["", "h", "/", "kWh/", "/h", "None/None", "kVA", "kvarh", "ton", "gal", "MBtu", "A", "V",
         "mW", "mWh", "mJ", "kWh/m³", "m/s/h", "kW/h/h", "EUR"],
    )  # fmt: skip
    def test_that_means_nothing_or_two_things_is_none(self, text: str) -> None:
        assert known_unit(text) is None


class TestConversion:
    @pytest.mark.parametrize(
        ("value", "unit", "wanted", "expected"),
        [
            (1, "MWh", "kWh", 1000),
            (500, "Wh", "kWh", 0.5),
            (3.6, "MJ", "kWh", 1),
            (1, "GJ", "kWh", 277.7777777777778),
            (1, "therm", "kWh", 29.307107017222222),  # 100,000 Btu of 1055.05585262 J
            (1, "MMBtu", "MJ", 1055.05585262),
            (1, "Dth", "therm", 10),
            (1, "Gcal", "MWh", 1.163),
            (1, "ft³", "m³", 0.028316846592),
            (1, "ccf", "ft³", 100),
            (2, "Mcf", "m³", 56.633693184),
            (1500, "L", "m3", 1.5),
            (1, "lb", "kg", 0.45359237),
            (2, "t", "kg", 2000),
            (1, "MW", "kW", 1000),
            (3.6, "MJ/h", "kW", 1),
            (1, "kJ/s", "kW", 1),
            (24, "kWh/d", "kW", 1),
            (1, "l/s", "m³/h", 3.6),
            (1, "kg/min", "kg/h", 60),
            (36, "km/h", "m/s", 10),
            (10, "mph", "m/s", 4.4704),
        ],
    )
    def test_by_definition(self, value: float, unit: str, wanted: str, expected: float) -> None:
        factor = conversion(unit, wanted)
        assert factor is not None
        assert value * factor == pytest.approx(expected, rel=1e-14)

    def test_there_and_back_is_nothing(self) -> None:
        for unit, other in product(UNITS, UNITS):
            there, back = conversion(unit, other), conversion(other, unit)
            assert (there is None) == (back is None)
            assert there is None or back is None or there * back == pytest.approx(1, rel=1e-14)

    def test_only_units_of_one_kind_go_into_each_other(self) -> None:
        for kind, other in product(SCALES, SCALES):
            found = [conversion(a, b) is None for a, b in product(SCALES[kind], SCALES[other])]
            assert set(found) == {kind != other}

    def test_the_units_of_the_whole_project_are_those_of_meters(self) -> None:
        assert KWH_PER_UNIT.items() <= SCALES["energy"].items()

    @pytest.mark.parametrize("unit", ["kWh", "m³", "kg"])
    @pytest.mark.parametrize("span", HOURS)
    def test_a_rate_is_its_amount_in_the_hours_of_its_time(self, unit: str, span: str) -> None:
        factor = conversion(f"{unit}/{span}", rate_unit(unit))
        assert factor == pytest.approx(1 / HOURS[span], rel=1e-14)

    def test_an_amount_is_no_rate(self) -> None:
        assert conversion("kWh", "kW") is None
        assert conversion("m³/h", "m³") is None

    def test_a_unit_that_nobody_knows_is_itself_only(self) -> None:
        assert conversion("pallets", " pallets") == 1
        assert conversion("pallets", "boxes") is None
        assert conversion("pallets", "kg") is None

    def test_a_normal_cubic_meter_is_no_cubic_meter(self) -> None:
        assert conversion("m³", "Nm³") is None
        assert conversion("Sm³", "Nm³") is None


class TestEnergyContent:
    def test_energy_goes_into_a_volume_by_its_own_content(self) -> None:
        assert conversion("kWh", "m³", 10.0) == pytest.approx(0.1)
        assert conversion("therm", "m³", 10.0) == pytest.approx(2.9307107017222222)

    def test_a_power_goes_into_a_rate_by_it(self) -> None:
        assert conversion("MW", "m³/h", 10.0) == pytest.approx(100)
        assert conversion("kW", "kg/min", 10.0) == pytest.approx(0.1 / 60)

    @pytest.mark.parametrize("content", [None, 0.0])
    def test_without_a_content_it_does_not(self, content: float | None) -> None:
        assert conversion("kWh", "m³", content) is None

    def test_nor_into_anything_else_nor_back(self) -> None:
        assert conversion("kWh", "%", 10.0) is None
        assert conversion("kWh", "m³/h", 10.0) is None
        assert conversion("m³", "kWh", 10.0) is None

    def test_it_does_not_change_what_needs_none(self) -> None:
        assert conversion("MWh", "kWh", 7.0) == 1000
        assert conversion("l", "m³", 7.0) == pytest.approx(1e-3)


class TestTemperatures:
    @pytest.mark.parametrize(
        ("value", "unit", "wanted", "expected"),
        [(32, "°F", "°C", 0), (212, "F", "C", 100), (-40, "°F", "°C", -40), (0, "K", "°C", -273.15),
         (25, "°C", "K", 298.15), (100, "°C", "°F", 212), (0, "K", "°F", -459.67)],
    )  # fmt: skip
    def test_are_moved_and_stretched(
        self, value: float, unit: str, wanted: str, expected: float
    ) -> None:
        scale = linear_conversion(unit, wanted)
        assert scale is not None
        assert value * scale[0] + scale[1] == pytest.approx(expected, abs=1e-12)

    def test_are_never_only_stretched(self) -> None:
        assert conversion("°F", "°C") is None

    def test_are_nothing_else(self) -> None:
        assert linear_conversion("°F", "kWh") is None

    def test_other_units_are_only_stretched(self) -> None:
        assert linear_conversion("km/h", "m/s") == (pytest.approx(1 / 3.6), 0.0)
