"""Names, days and values that fronts share."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from enms_core.domain import json_values, names
from enms_core.domain.period_phrase import PeriodPhrase
from enms_core.language.period_words import phrase_of


@pytest.mark.parametrize("module", [names, json_values])
def test_examples_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted > 0


def test_words_that_are_a_period_and_nothing_else_are_one() -> None:
    assert phrase_of("last week", "en-us") == PeriodPhrase("unit", unit="week", offset=-1)
    assert phrase_of("letzte Woche", "de-de") == phrase_of("last week", "en-us")


@pytest.mark.parametrize("words", ["", "last mnth", "energy of last week", "today yesterday"])
def test_other_words_are_none(words: str) -> None:
    assert phrase_of(words, "en-us") is None
