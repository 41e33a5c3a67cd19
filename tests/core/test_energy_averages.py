"""Averages of energy against SQL of our own, on the demo plant."""

from __future__ import annotations

import psycopg
import pytest

from enms_core.domain.energy import AverageAnswer
from enms_core.domain.intents import LAST_MONTH, YESTERDAY
from enms_core.services.energy import answer_energy
from tests.conftest import Asker
from tests.core.answering import works_on
from tests.core.conftest import execute
from tests.core.energy_asking import answer_of, answer_to
from tests.core.energy_metric_cases import AVERAGES, MetricCase
from tests.core.energy_truth import Truth, truths_of
from tests.core.measure_truth import UNKNOWN_GAS


@pytest.mark.parametrize("metric_case", AVERAGES, ids=str)
def test_it_is_the_use_over_the_time_that_readings_cover(
    plant_asker: Asker, plant_connection: psycopg.Connection, metric_case: MetricCase
) -> None:
    answer = answer_to(plant_asker, metric_case)
    assert isinstance(answer, AverageAnswer)
    truths = truths_of(metric_case.asked, plant_connection)
    for average in answer.averages:
        own = [(m, t) for (m, source), t in truths.items() if source == average.source.name]
        assert average.per_hour == pytest.approx(
            sum(truth.quantity / (truth.covered_s / 3600) for _, truth in own)
        )
        if metric_case.days >= 1:
            assert average.per_day == pytest.approx(
                sum(_per_day(metric_case, machine, truth) for machine, truth in own)
            )
        else:
            assert average.per_day is None
    assert answer.step == metric_case.step


def test_a_source_without_a_conversion_has_its_average_in_its_own_unit(plant_asker: Asker) -> None:
    answer = answer_of(plant_asker, "average", ("Compressor-1",), YESTERDAY, ("compressed_air",))
    assert isinstance(answer, AverageAnswer)
    data = answer.data()
    assert data["average_per_hour"] == answer.averages[0].per_hour
    assert (data["unit"], data["energy_kwh"], data["step"]) == ("Nm³", None, "hour")


def test_several_sources_carry_their_averages_each(plant_asker: Asker) -> None:
    answer = answer_of(plant_asker, "average", ("Boiler-1",), LAST_MONTH)
    assert isinstance(answer, AverageAnswer)
    data = answer.data()
    assert (data["average_per_day"], data["average_per_hour"]) == (None, None)
    sources = data["sources"]
    assert isinstance(sources, list)
    assert [each["average_per_day"] for each in sources] == [
        average.per_day for average in answer.averages
    ]


def _per_day(metric_case: MetricCase, machine: str, truth: Truth) -> float:
    stretches = metric_case.asked.stretches(machine)
    asked_s = sum((end - start).total_seconds() for start, end in stretches)
    return truth.quantity / (metric_case.days * truth.covered_s / asked_s)


# Air that is bought, of which nobody knows how much energy it is: a third source of the lathe.
BOUGHT_AIR = """
UPDATE energy_sources SET is_purchased = true WHERE name = 'compressed_air';
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT DISTINCT m.machine_id, s.id, 3600, 'interval', 'start', s.unit, m.valid_from
FROM meters AS m, energy_sources AS s WHERE s.name = 'compressed_air';
INSERT INTO compressed_air_end_use_readings (machine_id, time, consumption_m3)
SELECT machine_id, time, 2 FROM energy_readings;
"""


def test_sources_of_unknown_energy_are_told_one_by_one(workshop_url: str) -> None:
    """Three sources are told as the energy that they are together, where that is known."""
    execute(workshop_url, UNKNOWN_GAS + BOUGHT_AIR)
    works = works_on(workshop_url)
    question = works.question("Lathe-7", period=YESTERDAY, metric="average", step="day")

    told = works.ask(answer_energy, question)

    assert told.data["together"] is None
    assert {each["energy_source"]: each["average_per_day"] for each in told.data["sources"]} == {
        "electricity": 60.0,
        "natural_gas": 36.0,
        "compressed_air": 48.0,
    }
    assert "sixty kilowatt hours of electricity" in told.speech
    assert "thirty six cubic meters of natural gas" in told.speech
