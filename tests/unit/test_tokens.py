"""Words of an utterance and where they stand in it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.language.tokens import MAX_TOKENS, tokenize, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How much did Compressor-1 use?", "how much did compressor 1 use"),
        ("compressor1 HVAC_Main", "compressor 1 hvac main"),
        ("the boiler's gas, what’s that", "the boiler gas what that"),
        ("the 1st, at 14:30 on 2026-03-01", "the 1 st at 14:30 on 2026-03-01"),
        ("14.3.2026 or 3/14/2026", "14.3.2026 or 3/14/2026"),
        ("2.5 kWh, 2,5 kWh, 1,200 m³.", "2.5 kwh 2,5 kwh 1,200 m 3"),
        ("from -5 °C to 20%", "from -5 ° c to 20 %"),
        ("15-minute data", "15 minute data"),
        ("8am to 6pm", "8 am to 6 pm"),
        ("ＢＯＩＬＥＲ　１", "boiler 1"),
        ("fu\u0308nf", "fünf"),
        ("🔥 \x00 \u200b ...", ""),
        ("", ""),
    ],
)
def test_text_is_split_into_normalised_words(text: str, words: str) -> None:
    assert [token.text for token in tokenize(text)] == words.split()


def test_spans_point_into_the_text_as_it_was_said() -> None:
    text = "Ｃompressor1's fu\u0308nf İstanbul"

    spans = [text[token.start : token.end] for token in tokenize(text)]

    assert spans == ["Ｃompressor", "1", "s", "fu\u0308nf", "İstanbul"]


@settings(deadline=None)
@given(st.text(max_size=500))
def test_any_text_has_ordered_spans_within_it(text: str) -> None:
    tokens = tokenize(text)

    assert all(0 <= token.start < token.end <= len(text) and token.text for token in tokens)
    assert all(a.start <= b.start for a, b in pairwise(tokens))


@settings(deadline=None)
@given(st.text(max_size=500) | st.text("abcßüİſﬁKΣ\u0300 -1'", max_size=30))
def test_words_alone_are_those_that_have_places(text: str) -> None:
    assert words_of(text) == tuple(token.text for token in tokenize(text))


@pytest.mark.parametrize("piece", ["a ", "\u0300\u0316", "1,", "'s", "\u202e🔥", "((("])
def test_hostile_text_is_cut_and_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    tokens = tokenize(piece * 200_000)

    assert len(tokens) <= MAX_TOKENS
    assert time.perf_counter() - started < 0.5
