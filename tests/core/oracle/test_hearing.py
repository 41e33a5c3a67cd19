"""The ear and the eye of the oracle: what was said is read back, and what differs is seen."""

from __future__ import annotations

import pytest

from tests.core.oracle.hearing import Heard, amounts, times
from tests.core.oracle.same import differences
from tests.core.oracle.spoken import is_heard

SAID = {
    "that is twelve thousand and forty point zero five megawatt hours": [(12_040_050.0, "kWh")],
    "three euros twenty and eighteen dollars thirty": [(3.2, "EUR"), (18.3, "USD")],
    "five thousand euros and five thousand dollars": [(5_000.0, "EUR"), (5_000.0, "USD")],
    "two euros and five cents, and three more": [(2.05, "EUR")],
    "ninety two euros and three more": [(92.0, "EUR")],
    "compressor one, two and a half, two kilowatts": [(2.0, "kW")],
    "one million two hundred thousand good units": [(1_200_000.0, "good_units")],
    "eighty-two point five percent, for nineteen hours": [(82.5, "%"), (68_400.0, "s")],
}


@pytest.mark.parametrize(("said", "heard"), SAID.items())
def test_a_spoken_amount_is_read_as_a_person_hears_it(
    said: str, heard: list[tuple[float, str]]
) -> None:
    assert [(each.value, each.unit) for each in amounts(said)] == heard


def test_a_spoken_time_is_read_as_a_person_hears_it() -> None:
    said = (
        "at two fifteen p m, yesterday at eleven zero five a m, and at twelve thirty a m; at noon"
    )
    assert times(said) == {(14, 15), (11, 5), (0, 30), (12, 0)}


def test_what_is_heard_is_three_digits_of_the_value_and_no_other() -> None:
    assert is_heard(Heard(950.0, "kWh"), 950.4, "kWh")
    assert not is_heard(Heard(951.0, "kWh"), 950.4, "kWh")
    assert not is_heard(Heard(950.4, "kWh"), 950.4, "kWh")
    assert not is_heard(Heard(950.0, "kWh"), 950.4, "kW")


def test_a_number_that_is_off_by_a_millionth_is_seen() -> None:
    told = {"sources": [{"energy_source": "steam", "quantity": 1.000001}], "count": 0}
    expected = {"sources": [{"energy_source": "steam", "quantity": 1.0}], "count": 0}
    assert differences(expected, expected) == []
    assert differences(told, expected) == ["data.sources[0].quantity is 1.000001, 1.0 expected"]
    assert differences({"count": 1e-12}, {"count": 0}) == ["data.count is 1e-12, 0 expected"]
    assert differences({}, {"count": 0}) == ["data.count is missing"]
