"""The examination of registers that leave open what ours tell, or write it in another way."""

from __future__ import annotations

import pytest

from enms_core.storage.doctor import Scope, examine
from tests.conftest import run_on
from tests.core.conftest import execute
from tests.core.doctor_cases import NOON, NOW, WORKS, at

OPEN = """
ALTER TABLE energy_tariffs ALTER weekdays DROP NOT NULL, ALTER start_time DROP NOT NULL,
    ALTER end_time DROP NOT NULL, ALTER valid_from DROP NOT NULL, ALTER rate_per_unit DROP NOT NULL;
"""


@pytest.fixture
def open_url(empty_url: str) -> str:
    """The sound little factory, with a day and a night tariff that need not tell everything."""
    execute(empty_url, WORKS + OPEN)
    return empty_url


def codes(url: str) -> list[tuple[object, ...]]:
    found = run_on(url, lambda store: examine(store.readings, Scope(NOW, None, None, 20)))
    assert isinstance(found, list)
    return [(each.code, each.start, each.facts.get("hours")) for each in found]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE energy_tariffs SET weekdays = NULL",
        "UPDATE energy_tariffs SET weekdays = NULL, valid_from = NULL",
        "UPDATE energy_tariffs SET end_time = NULL WHERE name = 'night';"
        "UPDATE energy_tariffs SET start_time = NULL WHERE name = 'day'",
        "DELETE FROM energy_tariffs WHERE name = 'night';"
        "UPDATE energy_tariffs SET start_time = NULL, end_time = NULL",
        "DELETE FROM energy_tariffs WHERE name = 'night';"
        "UPDATE energy_tariffs SET start_time = '24:00', end_time = '24:00'",
        "INSERT INTO energy_tariffs (factory_id, energy_source_id, name, currency, valid_from)"
        " SELECT factory_id, energy_source_id, 'to come', currency, valid_from"
        " FROM energy_tariffs WHERE name = 'day'",
    ],
    ids=["every day", "always", "midnight", "whole day", "24:00", "no rate yet"],
)
def test_what_is_open_holds_always(open_url: str, change: str) -> None:
    execute(open_url, change)
    assert codes(open_url) == []


def test_a_row_without_a_rate_covers_nothing(open_url: str) -> None:
    execute(open_url, "UPDATE energy_tariffs SET rate_per_unit = NULL WHERE name = 'night'")
    assert codes(open_url) == [("tariff_missing", NOW, 56)]


def test_a_window_without_an_end_is_until_midnight(open_url: str) -> None:
    execute(open_url, "UPDATE energy_tariffs SET end_time = NULL WHERE name = 'night'")
    assert codes(open_url) == [("tariff_missing", NOW, 42)]


def test_tariffs_of_every_day_overlap_as_others_do(open_url: str) -> None:
    execute(
        open_url,
        """UPDATE energy_tariffs SET weekdays = NULL;
           UPDATE energy_tariffs SET start_time = NULL WHERE name = 'day'""",
    )
    assert codes(open_url) == [("tariffs_overlap", at("2026-01-01T00:00"), None)]


def test_a_unit_of_energy_in_other_letters_is_held_against_the_rating(open_url: str) -> None:
    execute(
        open_url,
        f"""UPDATE energy_sources SET unit = 'KWH' WHERE name = 'electricity';
            UPDATE energy_readings SET energy_kwh = 5.17, power_kw = 20.68
            WHERE time = '{NOON.isoformat()}'""",
    )
    assert codes(open_url) == [("impossible_consumption", NOON, None)]
