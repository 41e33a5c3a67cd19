"""Values as words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.domain.units import KWH_PER_UNIT, LARGER_UNIT, for_the_ear
from enms_core.language.files import load_language
from enms_core.language.words import Words, rounded

FILES = load_language("en-us")
WORDS = Words(FILES)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (12.0, "12"),
        (950.4, "950"),
        (41.27, "41.3"),
        (0.0432, "0.0432"),
        (0.04325, "0.0433"),
        (2.345, "2.35"),  # halves go up, though the nearest float of 2.345 lies below
        (2.335, "2.34"),
        (999.5, "1000"),
        (9.995, "10"),
        (1234.5, "1230"),
        (1235.0, "1240"),
        (-2.345, "-2.35"),
        (1e-12, "0.000000000001"),
    ],
)
def test_three_digits_are_said_and_halves_go_up(value: float, said: str) -> None:
    assert f"{rounded(value):f}" == said


@given(st.floats(min_value=1e-9, max_value=1e15))
def test_rounding_changes_less_than_half_a_percent(value: float) -> None:
    short = rounded(value)

    assert abs(short - Decimal(repr(value))) <= Decimal("0.005") * Decimal(repr(value))
    assert len(short.normalize().as_tuple().digits) <= 3


@pytest.mark.parametrize(
    ("value", "unit", "heard"),
    [
        (9_500, "kWh", (9_500, "kWh")),
        (9_999.9, "kWh", (9_999.9, "kWh")),
        (10_000, "kWh", (10, "MWh")),
        (12_400, "kWh", (12.4, "MWh")),
        (12_400_000, "kWh", (12.4, "GWh")),
        (12_400, "Wh", (12.4, "kWh")),
        (-12_400, "kWh", (-12.4, "MWh")),
        (12_400, "kg", (12.4, "t")),
        (12_400, "m³", (12_400, "m³")),
        (99_000_000, "GWh", (99_000_000, "GWh")),
    ],
)
def test_the_larger_unit_comes_from_ten_thousand_up(
    value: float, unit: str, heard: tuple[float, str]
) -> None:
    assert for_the_ear(value, unit) == heard


def test_larger_units_of_energy_hold_what_their_definition_says() -> None:
    for unit, (larger, factor) in LARGER_UNIT.items():
        if unit in KWH_PER_UNIT:
            assert KWH_PER_UNIT[larger] == pytest.approx(factor * KWH_PER_UNIT[unit])


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (950.4, "kWh", "nine hundred and fifty kilowatt hours"),
        (1.0, "kWh", "one kilowatt hour"),
        (0.9999, "kWh", "one kilowatt hour"),
        (1.01, "kWh", "one point zero one kilowatt hours"),
        (0.0, "kWh", "zero kilowatt hours"),
        (9_500, "kWh", "nine thousand five hundred kilowatt hours"),
        (12_400, "kWh", "twelve point four megawatt hours"),
        (9_999.9, "kWh", "ten thousand kilowatt hours"),
        (9_412, "m³", "nine thousand four hundred and ten cubic meters"),
        (1, "m³", "one cubic meter"),
        (21.0, "Nm³", "twenty one normal cubic meters"),
        (-5.2, "kWh", "minus five point two kilowatt hours"),
        (-1.0, "kWh", "minus one kilowatt hour"),
        (1.0, "%", "one percent"),
        (3, "barrels", "three barrels"),
    ],
)
def test_an_amount_is_said_with_its_unit(value: float, unit: str, said: str) -> None:
    assert WORDS.amount(value, unit) == said


def test_every_unit_of_energy_has_words() -> None:
    assert set(KWH_PER_UNIT) <= set(FILES.values["units"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Compressor-1", "compressor one"),
        ("Compressor-EU-1", "compressor E U one"),
        ("HVAC-Main", "HVAC main"),
        ("HVAC-EU-North", "HVAC E U north"),
        ("Conveyor-A", "conveyor A"),
        ("boiler_12", "boiler twelve"),
        ("Press 2.5", "press two five"),
        ("M-0815", "M zero eight one five"),
        ("Unit 1234567", "unit one two three four five six seven"),
        ("Boiler²", "boiler two"),
        ("9" * 500, " ".join(["nine"] * 500)),
        ("💥", "💥"),
        ("", ""),
    ],
)
def test_a_name_is_said_as_people_say_it(name: str, said: str) -> None:
    assert WORDS.name(name) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c and one more"),
        (list("abcdefgh"), "a, b, c and five more"),
    ],
)
def test_a_list_names_three_and_counts_the_rest(items: list[str], said: str) -> None:
    assert WORDS.listed(items) == said


def test_a_list_may_be_told_whole_or_as_a_choice() -> None:
    assert WORDS.listed(["a", "b", "c", "d"], whole=True) == "a, b, c and d"
    assert WORDS.listed(["a", "b"], "list_or") == "a or b"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than one minute"),
        (59, "less than one minute"),
        (60, "one minute"),
        (900, "fifteen minutes"),
        (3_599, "fifty nine minutes"),
        (3_600, "one hour"),
        (5_400, "one point five hours"),
        (7_200, "two hours"),
        (86_400, "twenty four hours"),
        (172_800, "two days"),
        (216_000, "two point five days"),
    ],
)
def test_a_duration_is_told_in_the_unit_that_fits(seconds: float, said: str) -> None:
    assert WORDS.duration(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, "less than one minute ago"),
        (60, "one minute ago"),
        (900, "fifteen minutes ago"),
        (3_600, "one hour ago"),
        (7_200, "two hours ago"),
    ],
)
def test_how_long_ago_something_was_has_words_of_its_own(seconds: float, said: str) -> None:
    assert WORDS.ago(seconds) == said


def test_a_date_is_told_without_digits() -> None:
    assert WORDS.day(date(2026, 11, 18)) == "the eighteenth of November twenty twenty six"
    assert WORDS.day(date(2026, 3, 1)) == "the first of March twenty twenty six"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("natural_gas", "natural gas"),
        ("electricity", "electricity"),
        ("district_cooling", "district cooling"),
        ("fuel'; {unit} %s", "fuel unit s"),
        ("Heat_2-EU", "heat two E U"),
    ],
)
def test_a_source_is_called_as_people_call_it(name: str, said: str) -> None:
    assert WORDS.source(name) == said


def test_a_unit_without_words_is_said_as_it_is_written() -> None:
    assert WORDS.amount(2, "kWh") == "two kilowatt hours"
    assert WORDS.amount(2, 'k"g{0}') == "two k g zero"


def test_a_count_is_never_rounded() -> None:
    assert WORDS.count(1_234) == "one thousand two hundred and thirty four"
