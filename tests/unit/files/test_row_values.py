"""Cells as values: what a meter or a machine can have told, and why anything else is not stored."""

from __future__ import annotations

import pytest

from enms_core.domain.imports import Reason
from enms_core.files.row_values import EMPTY, FINE, REASONS, modes_of, numbers_of


def outcome(fault: int) -> object:
    return {FINE: "fine", EMPTY: "empty"}.get(fault, REASONS.get(fault))


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("12.5", "fine"),
            ("0", "fine"),
            ("-0.0", "fine"),
            ("1e15", "fine"),
            ("", "empty"),
            ("n/a", "empty"),
            ("12,5x", Reason.NO_NUMBER),
            ("inf", Reason.NO_NUMBER),
            ("-0.001", Reason.NEGATIVE),
            ("1.1e15", Reason.IMPOSSIBLE),
        ],
    )
    def test_an_amount_is_a_possible_number(self, text: str, expected: object) -> None:
        assert outcome(numbers_of([text], ".", may_be_negative=False).faults[0]) == expected

    def test_a_temperature_may_be_negative_but_not_anything(self) -> None:
        found = numbers_of(["-40,5", "-1e16"], ",", may_be_negative=True)
        assert [outcome(each) for each in found.faults] == ["fine", Reason.IMPOSSIBLE]
        assert found.values[0] == -40.5


class TestModes:
    @pytest.mark.parametrize(
        ("word", "mode"),
        [("1", "running"), ("True", "running"), ("ON", "running"), ("0.0", "off"), ("off", "off"),
         ("false", "off"), (" Maintenance ", "maintenance"), ("FAULT", "fault"), ("idle", "idle")],
    )  # fmt: skip
    def test_what_machines_write_needs_no_explanation(self, word: str, mode: str) -> None:
        found = modes_of([word], {})
        assert (found.values.tolist(), outcome(found.faults[0])) == ([mode], "fine")

    def test_words_of_the_user_come_first(self) -> None:
        found = modes_of(["0", "STÖRUNG", "läuft"], {"0": "idle", "Störung": "fault"})
        assert found.values[:2].tolist() == ["idle", "fault"]
        assert [outcome(each) for each in found.faults] == ["fine", "fine", Reason.UNKNOWN_WORD]

    def test_an_empty_cell_is_no_unknown_word(self) -> None:
        found = modes_of(["", " ", "NaN"], {})
        assert [outcome(each) for each in found.faults] == ["empty"] * 3
