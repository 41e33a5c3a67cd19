"""Every number of an energy answer against SQL of our own, and every number as it is spoken.

The instants of each question stand here as a person would look them up in a calendar; the SQL
shares nothing with the product's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

import psycopg
import pytest

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.energy_cases import AIR, CASES, GAS, POWER, STEAM, Case
from tests.core.energy_truth import Truth, by_source, truths_of

UNITS = {POWER: "kWh", GAS: "m³", STEAM: "kg", AIR: "Nm³"}
PURCHASED = {POWER, GAS}
BELOW_20 = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES = {word: value for value, word in enumerate(BELOW_20.split())}
VALUES |= {word: 10 * value for value, word in enumerate(TENS.split(), 2)}
SCALES = {"thousand": 1_000, "million": 1_000_000}
SPOKEN_UNITS = {
    "kilowatt hours": ("kWh", 1),
    "megawatt hours": ("kWh", 1_000),
    "gigawatt hours": ("kWh", 1_000_000),
    "normal cubic meters": ("Nm³", 1),
    "cubic meters": ("m³", 1),
    "kilograms": ("kg", 1),
    "tons": ("kg", 1_000),
}
NUMBER_WORD = "|".join([*VALUES, *SCALES, "hundred", "and", "point"])
AMOUNT = re.compile(rf"((?:\b(?:{NUMBER_WORD}) )+)({'|'.join(SPOKEN_UNITS)})")


@pytest.fixture(scope="module")
def asker(plant_url: str) -> Iterator[Asker]:
    made = Asker(plant_url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def connection(plant_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(plant_url) as opened:
        yield opened


@pytest.fixture(params=CASES, ids=lambda case: f"{case.said} ({case.now[5:16]})")
def case(request: pytest.FixtureRequest) -> Case:
    asked: Case = request.param
    return asked


@pytest.fixture
def reply(asker: Asker, case: Case) -> Reply:
    return asker.ask(case.said, now=datetime.fromisoformat(case.now))


def test_the_question_is_taken_for_the_machines_sources_and_instants_meant(
    reply: Reply, case: Case
) -> None:
    stretches = case.stretches(case.machines[0])
    sources = list(case.sources or ())
    assert (reply.outcome, reply.intent) == ("answered", "energy")
    machines = [] if case.about_everything else sorted(case.machines)
    assert sorted(_names(reply)) == machines
    assert reply.slots["energy_source"] == (sources[0] if len(sources) == 1 else sources or None)
    assert _period(reply.slots["period"]) == (stretches[0][0], stretches[-1][1])


def test_every_number_of_the_answer_is_what_the_database_holds(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    truths = truths_of(case, connection)
    totals = by_source(truths)
    assert _sources(reply.data["sources"]) == {s: _expected(s, t) for s, t in totals.items()}
    assert reply.data["purchased_energy_kwh"] == _near(_purchased_kwh(totals))
    assert _head(reply) == _expected_head(totals)


def test_every_number_of_each_machine_is_what_the_database_holds(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    truths = truths_of(case, connection)
    machines = reply.data["machines"]
    assert isinstance(machines, list)
    assert sorted(each["machine"] for each in machines) == sorted(case.machines)
    for each in machines:
        name, stretches = each["machine"], case.stretches(each["machine"])
        own = {s: _expected(s, truth) for (machine, s), truth in truths.items() if machine == name}
        assert _sources(each["sources"]) == own
        assert _period(each["period"]) == (stretches[0][0], stretches[-1][1])


def test_missing_readings_are_told(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    totals = by_source(truths_of(case, connection))
    codes = {
        source: "readings.coverage_low" if truth.coverage_percent < 90 else "readings.gap"
        for source, truth in totals.items()
        if truth.covered_s < truth.expected_s
    }
    assert {issue["energy_source"]: issue["code"] for issue in reply.issues} == codes
    assert ("missing" in reply.speech) == bool(codes)


def test_the_amounts_spoken_are_the_amounts_rounded(
    reply: Reply, case: Case, connection: psycopg.Connection
) -> None:
    totals = by_source(truths_of(case, connection))
    amounts = [(truth.quantity, UNITS[source]) for source, truth in totals.items()]
    together = _purchased_kwh(totals)
    if len(totals) > 1 and together is not None:
        amounts.append((together, "kWh"))
    spoken = [_spoken(*found) for found in AMOUNT.findall(reply.speech)]
    assert [unit for _, unit in spoken] == [unit for _, unit in amounts]
    assert [value for value, _ in spoken] == pytest.approx(
        [float(f"{value:.2e}") for value, _ in amounts]
    )


def test_a_spoken_number_is_parsed_as_a_person_hears_it() -> None:
    said = "that is twelve thousand and forty point zero five megawatt hours"
    assert [_spoken(*found) for found in AMOUNT.findall(said)] == [(12_040_050.0, "kWh")]


def _purchased_kwh(totals: dict[str, Truth]) -> float | None:
    """Energy of all sources together; None where one of them is produced here."""
    if not PURCHASED.issuperset(totals):
        return None
    return sum(truth.energy_kwh or 0.0 for truth in totals.values())


def _near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, rel=1e-9)


def _expected(source: str, truth: Truth) -> dict[str, object]:
    """A source's part of `data`."""
    return {
        "energy_source": source,
        "quantity": _near(truth.quantity),
        "unit": UNITS[source],
        "energy_kwh": _near(truth.energy_kwh),
        "is_purchased": source in PURCHASED,
        "readings": truth.readings,
        "coverage_percent": _near(truth.coverage_percent),
        "first_reading": truth.first,
        "last_reading": truth.last,
    }


def _expected_head(totals: dict[str, Truth]) -> dict[str, object]:
    """The numbers at the top of `data`, where one source answers."""
    if len(totals) > 1:
        return {}
    whole = _expected(*next(iter(totals.items())))
    head = ("energy_kwh", "quantity", "unit", "energy_source", "coverage_percent")
    return {key: whole[key] for key in head}


def _head(reply: Reply) -> dict[str, object]:
    rest = ("purchased_energy_kwh", "sources", "machines")
    return {key: value for key, value in reply.data.items() if key not in rest}


def _sources(data: object) -> dict[str, dict[str, object]]:
    """Sources by name, with their stamps as instants."""
    assert isinstance(data, list)
    stamps = ("first_reading", "last_reading")
    return {
        each["energy_source"]: each | {key: datetime.fromisoformat(each[key]) for key in stamps}
        for each in data
    }


def _names(reply: Reply) -> list[str]:
    names = reply.slots["machines"]
    assert isinstance(names, list)
    return names


def _period(data: object) -> tuple[datetime, datetime]:
    assert isinstance(data, dict)
    return datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"])


def _spoken(number: str, unit: str) -> tuple[float, str]:
    """Number words and a unit as a value in the unit of the readings."""
    symbol, factor = SPOKEN_UNITS[unit]
    return _number(number.split()) * factor, symbol


def _number(words: Sequence[str]) -> float:
    whole, part = list(words), ""
    if "point" in words:
        cut = words.index("point")
        whole, part = list(words[:cut]), "".join(str(VALUES[word]) for word in words[cut + 1 :])
    total = group = 0
    for word in whole:
        if word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word == "hundred":
            group *= 100
        elif word != "and":
            group += VALUES[word]
    return float(f"{total + group}.{part or 0}")
