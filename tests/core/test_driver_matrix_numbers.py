"""Numbers in columns of JSON: one row that holds none is unknown, and never stops the others."""

from __future__ import annotations

import json
import sys
import unicodedata
from itertools import chain

import pytest

from enms_core.analysis.hourly_table import Floats
from tests.conftest import run_on
from tests.core.conftest import execute, rows
from tests.core.matrix_works import LATHE, equal, feature, five_hours, value

# What Python or Unicode calls a space, and signs beside them that show nothing; PostgreSQL's text
# holds no zero.
SPACES = [
    chr(code)
    for code in range(1, sys.maxunicode + 1)
    if chr(code).isspace() or unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp", "Cf", "Cc")
]
KNOWN_SPACES = " \t\n\r\f\v"
ODD = [
    *("1e999", "-1e999", "1e-999", "9" * 400, "1e99999999999999999999"),
    *("0x1F", "1_000", "1e", "e5", "inf", "-Infinity", "NaN", "+", "-", "--1", "1 2", "1,5"),
    # Digits of others.
    *("\u0663", "\uff11", "1\u0663", "\u00bd"),
]


@pytest.fixture
def wet_url(workshop_url: str) -> str:
    """The moisture of two batches, one in the first hour and one in the second."""
    feature(workshop_url, "wet", "production_data", "metadata->moisture")
    value(workshop_url, "production_data", "production_count", LATHE, "00:00", 1)
    value(workshop_url, "production_data", "production_count", LATHE, "01:00", 1)
    execute(workshop_url, "UPDATE production_data SET metadata = '{\"moisture\": 12.5}'")
    return workshop_url


def spoil(url: str, texts: list[str]) -> None:
    """Say these in the second hour, each in a second of its own."""
    execute(url, "DELETE FROM production_data WHERE time = '2026-11-17T01:00+01:00'")
    execute(
        url,
        f"""
        INSERT INTO production_data (machine_id, time, production_count, metadata)
        SELECT '{LATHE}', '2026-11-17T01:00+01:00'::timestamptz + n * interval '1 s', 1,
               jsonb_build_object('moisture', told)
        FROM jsonb_array_elements_text(%s::jsonb) WITH ORDINALITY AS t (told, n)
        """,
        json.dumps(texts),
    )


def told(url: str) -> tuple[Floats, Floats, Floats]:
    """The driver by hour: from the rows, from a rollup not refreshed yet, and from a fresh one."""
    from_rows = five_hours(url).drivers["wet"]
    run_on(url, lambda store: store.refresh_rollups())
    fresh = five_hours(url).drivers["wet"]
    execute(url, "UPDATE production_data SET metadata = metadata")
    return from_rows, five_hours(url).drivers["wet"], fresh


def test_a_number_beside_a_space_that_the_server_does_not_know_is_none(wet_url: str) -> None:
    odd = [space for space in SPACES if space not in KNOWN_SPACES]
    assert len(odd) > 100 and "\u2003" in odd
    spoil(wet_url, [text for space in odd for text in (f"{space}12", f"12{space}", f"1{space}2")])

    for found in told(wet_url):
        assert equal(found, 12.5, None, None, None, None)


def test_a_number_beside_plain_spaces_is_one(wet_url: str) -> None:
    made = ((f"{space}12", f"12{space}", f"-1e1{space}") for space in KNOWN_SPACES)
    spoil(wet_url, [*chain.from_iterable(made), f"{KNOWN_SPACES}+.5e1{KNOWN_SPACES}"])

    for found in told(wet_url):
        assert equal(found, 12.5, (6 * (12 + 12 - 10) + 5) / 19, None, None, None)


def test_what_is_no_number_of_double_precision_is_none(wet_url: str) -> None:
    spoil(wet_url, ODD)

    for found in told(wet_url):
        assert equal(found, 12.5, None, None, None, None)


def test_only_the_rollups_are_asked_where_they_are_fresh(wet_url: str) -> None:
    spoil(wet_url, ["\u200312"])
    run_on(wet_url, lambda store: store.refresh_rollups())

    stored = """
    SELECT "metadata->moisture_mean" FROM enms."production_data_1hour_data" ORDER BY bucket
    """
    assert rows(wet_url, stored) == [(12.5,), (None,)]
