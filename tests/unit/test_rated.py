"""Which sources a sum of money or emissions is of, and what it leaves out."""

from __future__ import annotations

from enms_core.domain.rated import counted
from tests.unit.answers.cost import NOT_COVERED, NOT_PRICED, cost, no_price, part
from tests.unit.tariffs import DAY_RATE, tariff

FLAT = tariff("flat", "0.08", basis="flat")
POWER, STEAM = part("electricity", (DAY_RATE, 100.0)), part("steam", (FLAT, 50.0))
UNPRICED = part("natural_gas", (None, 7.0))


def test_produced_sources_are_never_added_to_purchased_ones() -> None:
    answer = cost(POWER, STEAM)

    assert answer.counted == (POWER,)
    assert answer.beside == (STEAM,)
    assert answer.data()["cost"] == 20.0


def test_produced_sources_alone_are_told_as_they_are() -> None:
    answer = cost(STEAM)

    assert (answer.counted, answer.beside) == ((STEAM,), ())
    assert answer.data()["cost"] == 4.0


def test_a_source_without_a_price_is_in_no_total_and_stays_in_the_data() -> None:
    answer = cost(POWER, UNPRICED)

    assert counted((UNPRICED,)) == ()
    assert answer.counted == (POWER,)
    assert answer.data()["sources"] == [POWER.data(), UNPRICED.data()]
    assert UNPRICED.data()["basis"] == ["missing"]
    assert UNPRICED.data()["missing_quantity"] == 7.0
    assert UNPRICED.data()["cost"] is None


def test_without_any_price_the_sources_and_sites_are_named_once() -> None:
    answer = no_price(NOT_PRICED, NOT_COVERED, NOT_COVERED)

    assert answer.sources == ("natural_gas", "electricity")
    assert answer.sites == ("Demo Manufacturing Plant", "European Production Facility")
    assert not answer.has_rows
