"""What drives the use of an energy source, and what is registered for it and cannot."""

from __future__ import annotations

import pytest

from enms_core.services.sources import answer_driver_list
from tests.core.adopted.databases import ONE_TABLE
from tests.core.answering import Works, adopted, works_on
from tests.core.conftest import execute, rows


@pytest.fixture(scope="module")
def plant(plant_url: str) -> Works:
    return works_on(plant_url)


DRIVERS = """
SELECT f.feature_name, upper(f.aggregation_function) FROM energy_source_features AS f
JOIN energy_sources AS s ON s.id = f.energy_source_id
WHERE f.is_regression_feature AND s.name = '{}'
"""


@pytest.mark.parametrize("source", ["electricity", "natural_gas", "steam", "compressed_air"])
def test_drivers_are_the_features_that_are_marked_as_such(plant: Works, source: str) -> None:
    told = plant.ask(answer_driver_list, plant.question(sources=(source,)))

    found = {(d["driver"], d["aggregation"]) for d in told.data["drivers"]}
    assert found == set(rows(plant.url, DRIVERS.format(source)))
    assert told.data["refused"] == []
    assert told.data["energy_source"] == source


def test_drivers_are_said_as_people_call_them(plant: Works) -> None:
    told = plant.ask(answer_driver_list, plant.question(sources=("steam",)))

    assert told.speech == (
        "For steam I know four drivers: heating degree days, operating hours, outdoor temperature"
        " and production count."
    )


CONSEQUENCES = """
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, source_table,
                                    source_column, aggregation_function, is_regression_feature)
SELECT s.id, f.name, 'numeric', f.place, f.read, f.how, true
FROM energy_sources AS s, (VALUES
    ('total', 'energy_readings', 'energy_kwh', 'SUM'),
    ('draw', 'energy_readings', 'power_kw', 'AVG'),
    ('amps', 'energy_readings', 'current_a', 'AVG'),
    ('cos_phi', 'energy_readings', 'power_factor', 'AVG'),
    ('volts', 'energy_readings', 'voltage_v', 'AVG'),
    ('warmth', 'environmental_data', 'machine_temp_c', 'AVG'),
    ('gone', 'no_such_table', 'x', 'AVG'),
    ('gone_too', 'production_data', 'no_such_column', 'AVG'),
    ('moisture', 'production_data', 'metadata->moisture', 'AVG'),
    ('heating_degree_days', NULL, NULL, 'CUSTOM')
) AS f (name, place, read, how) WHERE s.name IN ('electricity', 'compressed_air');
"""


def test_what_follows_from_the_use_is_no_driver_whatever_its_flag(workshop_url: str) -> None:
    """The electricity of a compressor may well drive its compressed air."""
    execute(workshop_url, CONSEQUENCES)
    workshop = works_on(workshop_url)

    of = {
        name: workshop.ask(answer_driver_list, workshop.question(sources=(name,))).data
        for name in ("electricity", "compressed_air")
    }

    assert {(d["driver"], d["reason"]) for d in of["electricity"]["refused"]} == {
        ("total", "consequence"),
        ("draw", "consequence"),
        ("amps", "consequence"),
        ("cos_phi", "consequence"),
        ("warmth", "consequence"),
        ("gone", "missing"),
        ("gone_too", "missing"),
    }
    assert {d["driver"] for d in of["electricity"]["drivers"]} == {
        "volts",
        "moisture",
        "heating_degree_days",
    }
    assert {"total", "draw"} <= {d["driver"] for d in of["compressed_air"]["drivers"]}


def test_a_source_without_drivers_is_said_to_have_none(workshop_url: str) -> None:
    workshop = works_on(workshop_url)

    told = workshop.ask(answer_driver_list, workshop.question(sources=("natural_gas",)))

    assert told.speech == "There are no drivers for natural gas in my list."
    assert told.answer.outcome == "answered"


def test_without_a_source_the_drivers_of_each_are_told(plant: Works) -> None:
    told = plant.ask(answer_driver_list, plant.question())

    assert [s["energy_source"] for s in told.data["sources"]] == [
        source.name for source in plant.catalogue.sources
    ]


def test_the_drivers_of_an_adopted_database_are_those_it_can_read(bare_url: str) -> None:
    mill = adopted(bare_url, ONE_TABLE)

    power = mill.ask(answer_driver_list, mill.question(sources=("electricity",)))
    gas = mill.ask(answer_driver_list, mill.question(sources=("natural_gas",)))

    assert power.data["drivers"] == [{"driver": "production_count", "aggregation": "SUM"}]
    assert {(d["driver"], d["reason"]) for d in power.data["refused"]} == {
        ("avg_power_kw", "consequence"),
        ("humidity", "missing"),
    }
    assert (gas.data["drivers"], len(gas.data["refused"])) == ([], 1)
