"""Texts of numbers: read as the file writes them, or not at all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.domain.imports import Decimal
from enms_core.files.amounts import amounts, found_decimal

NAN = math.nan


def read(text: str, decimal: Decimal) -> float | None:
    """One text's number, None where it is bad; the same alone and among others."""
    alone = amounts([text], decimal)
    among = amounts(["1", text, "x", "2"], decimal)
    assert among.bad.tolist() == [False, alone.bad[0], True, False]
    np.testing.assert_array_equal(among.values, [1.0, alone.values[0], NAN, 2.0])
    if alone.bad[0]:
        assert np.isnan(alone.values[0])
        return None
    return float(alone.values[0])


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("3.17", 3.17), ("3", 3.0), ("-3.5", -3.5), ("+3.5", 3.5), (".5", 0.5), ("5.", 5.0),
            ("1e3", 1000.0), ("1.5E-2", 0.015), (" 3.17 ", 3.17), ("0", 0.0), ("-0.0", 0.0),
            ("1,234", 1234.0), ("1,234.5", 1234.5), ("-1,234,567.25", -1234567.25),
            ("1 234.5", 1234.5), ("1\u00a0234.5", 1234.5), ("1\u202f234", 1234.0),
            ("1'234'567", 1234567.0), ("1’234.5", 1234.5), ("0.123", 0.123), ("1234.567", 1234.567),
        ],
    )  # fmt: skip
    def test_with_a_decimal_point(self, text: str, value: float) -> None:
        assert read(text, ".") == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("3,17", 3.17), ("3", 3.0), ("-3,5", -3.5), (",5", 0.5), ("1,5E-2", 0.015),
            ("1.234", 1234.0), ("1.234,5", 1234.5), ("1.002,6", 1002.6), ("1 234,5", 1234.5),
            ("1.234.567", 1234567.0), ("0,123", 0.123),
        ],
    )  # fmt: skip
    def test_with_a_decimal_comma(self, text: str, value: float) -> None:
        assert read(text, ",") == value

    @pytest.mark.parametrize(
        ("text", "decimal"),
        [
            ("1.23", ","), ("1,23", "."), ("0.123", ","), ("0,123", "."), ("12,34,567", "."),
            ("1,2345", "."), ("1234,567", "."), ("1,234 567", "."), ("1.234,567.8", ","),
            ("1.2.3", "."), ("1,,234", "."), (",234", "."), ("1,234e5", "."), ("- 5", "."),
            ("5-", "."), ("1_000", "."), ("1_000", ","), ("0x10", "."), ("1e999", "."),
            ("-1e999", "."), ("inf", "."), ("-Infinity", "."), ("three", "."), ("3.5 kWh", "."),
            ("٣", "."), ("３", "."), ("1²", "."), ("3\ufffd5", "."), ("1\x1f2", ","),
            ("1\n2", "."), ("12 34", "."), ("--5", "."), ("e5", "."), (".", "."), ("+", "."),
            ("TRUE", "."),
        ],
    )  # fmt: skip
    def test_what_is_no_number_is_never_read_as_one(self, text: str, decimal: Decimal) -> None:
        assert read(text, decimal) is None

    @pytest.mark.parametrize("decimal", [".", ","])
    @pytest.mark.parametrize(
        "text", ["", " ", "nan", "NaN", "null", "NULL", "None", "NA", "N/A", "#N/A", "-", "--"]
    )
    def test_nothing_is_nothing(self, text: str, decimal: Decimal) -> None:
        value = read(text, decimal)
        assert value is not None
        assert math.isnan(value)

    def test_no_texts_are_no_numbers(self) -> None:
        assert amounts([], ".").values.shape == amounts([], ",").bad.shape == (0,)

    @given(
        st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20),
        st.sampled_from([".", ","]),
    )
    def test_every_number_comes_back_as_it_was_written(
        self, numbers: list[float], decimal: Decimal
    ) -> None:
        texts = [repr(number).replace(".", decimal) for number in numbers]
        read_back = amounts(texts, decimal)
        assert read_back.values.tolist() == numbers
        assert not read_back.bad.any()

    @given(
        st.lists(st.integers(-(10**9), 10**9), max_size=20),
        st.integers(0, 3),
        st.sampled_from([".", ","]),
    )
    def test_thousands_come_back_as_they_were_written(
        self, numbers: list[int], places: int, decimal: Decimal
    ) -> None:
        swapped = str.maketrans(",.", ".,") if decimal == "," else {}
        texts = [f"{number / 10**places:,.{places}f}".translate(swapped) for number in numbers]
        read_back = amounts(texts, decimal)
        assert read_back.values.tolist() == [number / 10**places for number in numbers]

    @given(st.lists(st.text("0123456789.-+e_ '\u00a0n", max_size=8), max_size=8))
    def test_a_text_means_the_same_whatever_stands_beside_it(self, texts: list[str]) -> None:
        together = amounts(texts, ".")
        alone = [amounts([text], ".") for text in texts]
        assert together.bad.tolist() == [bool(each.bad[0]) for each in alone]
        values = [each.values[0] for each in alone]
        np.testing.assert_array_equal(together.values, values)

    def test_a_comma_that_became_a_point_makes_no_thousands(self) -> None:
        read_back = amounts(["28,598", "28.598", "28,599", "x"], ",")
        assert read_back.bad.tolist() == [False, True, False, True]

    def test_thousands_are_thousands_where_another_number_shows_it(self) -> None:
        read_back = amounts(["999,5", "1.234,5", "1.235", "3,5"], ",")
        assert read_back.values.tolist() == [999.5, 1234.5, 1235.0, 3.5]

    def test_one_decimal_among_whole_thousands_makes_them_no_decimals(self) -> None:
        read_back = amounts(["1.234", "1.235", "1,2"], ",")
        assert read_back.values.tolist() == [1234.0, 1235.0, 1.2]


class TestFoundDecimal:
    @pytest.mark.parametrize(
        ("samples", "decimal"),
        [
            (["3.17", "4.46"], "."),
            (["3,17", "4,46"], ","),
            (["1.234,5", "1.234"], ","),
            (["1,234.5", "1,234"], "."),
            (["1.234.567"], ","),
            (["1,234,567"], "."),
            (["0.123", "1.234"], "."),
            (["1234.567", "1.234"], "."),
            (["1.234", "1500"], "."),
            (["1,234", "1500"], ","),
            (["3", "4", ""], "."),
            ([], "."),
            (["3,17"] * 50 + ["3.17"], ","),
            (["3,17", "17.5.2018", "off", "-"], ","),
        ],
    )
    def test_numbers_that_can_be_read_in_one_way_only_tell(
        self, samples: Sequence[str], decimal: Decimal
    ) -> None:
        assert found_decimal(samples) == decimal

    @pytest.mark.parametrize(
        "samples", [["1.234"], ["1,234", "5,678"], ["1.234", "999"], ["3,17", "3.17"]]
    )
    def test_numbers_that_can_be_read_in_two_ways_tell_nothing(
        self, samples: Sequence[str]
    ) -> None:
        assert found_decimal(samples) is None
