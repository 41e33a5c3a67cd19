"""Rankings of small databases, counted by hand: what has no figure, and what makes one doubtful."""

from __future__ import annotations

import pytest

from enms_core.domain.intents import NOW, YESTERDAY
from enms_core.services.measures import MEASURES
from enms_core.services.ranking import answer_ranking
from tests.core.answering import works_on
from tests.core.conftest import execute
from tests.core.measure_truth import UNKNOWN_GAS

# A drill that used what the lathe did, and a crane without a meter.
TWIN = """
INSERT INTO machines (id, factory_id, name, type)
SELECT gen_random_uuid(), id, m.name, 'tool'
FROM factories, (VALUES ('Drill-1'), ('Crane-2')) AS m (name);
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT (SELECT id FROM machines WHERE name = 'Drill-1'), energy_source_id,
       nominal_interval_seconds, kind, stamp, unit, valid_from
FROM meters WHERE unit = 'kWh';
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT (SELECT id FROM machines WHERE name = 'Drill-1'), time, energy_kwh FROM energy_readings;
"""
# What the lathe made on its known day, from midnight on.
PRODUCED = """
INSERT INTO production_data (machine_id, time, production_count)
SELECT (SELECT id FROM machines WHERE name = 'Lathe-7'), hour, {units}
FROM generate_series('2026-11-17T00:00+01:00'::timestamptz,
                     '2026-11-17T00:00+01:00'::timestamptz + interval '{last} hours',
                     '1 hour') AS hour;
"""


def test_a_machine_whose_last_reading_is_old_has_no_power_now(workshop_url: str) -> None:
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=NOW, metric="power"))

    assert told.data["left_out"] == [{"machine": "Lathe-7", "reason": "not_current"}]
    assert told.answer.outcome == "no_data"
    assert told.speech == (
        "There is nothing to rank by power right now."
        " The latest readings of lathe seven are too old to tell the present."
    )


def test_machines_of_equal_use_stand_in_the_order_of_their_names(workshop_url: str) -> None:
    execute(workshop_url, TWIN)
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=YESTERDAY))

    assert [each["machine"] for each in told.data["items"]] == ["Drill-1", "Lathe-7"]
    assert told.data["left_out"] == [{"machine": "Crane-2", "reason": "not_metered"}]
    assert [each["share_percent"] for each in told.data["items"]] == [None, None]
    assert "no meter registered for crane two" in told.speech


def test_a_machine_whose_energy_is_not_known_is_left_out_and_said(workshop_url: str) -> None:
    execute(workshop_url, UNKNOWN_GAS)
    execute(workshop_url, TWIN)
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=YESTERDAY))

    assert [each["machine"] for each in told.data["items"]] == ["Drill-1"]
    reasons = {each["machine"]: each["reason"] for each in told.data["left_out"]}
    assert reasons == {"Lathe-7": "energy_content_unknown", "Crane-2": "not_metered"}
    assert "a source of it has no known energy content" in told.speech


@pytest.mark.parametrize("metric", MEASURES)
def test_a_database_without_machines_has_nothing_to_rank(empty_url: str, metric: str) -> None:
    works = works_on(empty_url)

    told = works.ask(answer_ranking, works.question(period=NOW, metric=metric))

    assert told.answer.outcome == "no_data"
    assert told.speech.startswith("There are no machines in the energy database yet.")


def test_energy_per_unit_counts_the_hours_that_have_both(workshop_url: str) -> None:
    """Half a day was counted: 12 hours of 2.5 kWh for 300 units, and the figure is doubtful."""
    execute(workshop_url, PRODUCED.format(units=25, last=11))
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=YESTERDAY, metric="efficiency"))

    (item,) = told.data["items"]
    assert (item["value"], item["is_incomplete"]) == (pytest.approx(0.1), True)


def test_a_machine_that_made_nothing_has_no_energy_per_unit(workshop_url: str) -> None:
    execute(workshop_url, PRODUCED.format(units=0, last=23))
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=YESTERDAY, metric="efficiency"))

    assert told.data["left_out"] == [{"machine": "Lathe-7", "reason": "no_output"}]
    assert "Nothing was produced by lathe seven in that time." in told.speech


def test_a_machine_without_a_price_is_left_out_and_said(workshop_url: str) -> None:
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=YESTERDAY, metric="cost"))

    assert told.data["left_out"] == [{"machine": "Lathe-7", "reason": "no_price"}]
    assert "There is no price for the energy of lathe seven." in told.speech


def test_an_incomplete_machine_below_the_first_is_told_as_well(workshop_url: str) -> None:
    """The drill lacks half its readings, and might have used more than the lathe."""
    execute(workshop_url, TWIN)
    execute(
        workshop_url,
        """
        DELETE FROM energy_readings USING machines AS m
        WHERE m.id = machine_id AND m.name = 'Drill-1' AND time >= '2026-11-17T12:00+01:00'
        """,
    )
    works = works_on(workshop_url)

    told = works.ask(answer_ranking, works.question(period=YESTERDAY, count=1))

    assert [each["machine"] for each in told.data["items"]] == ["Lathe-7"]
    assert told.data["rankings"][0]["incomplete"] == ["Drill-1"]
    assert "drill one is incomplete" in told.speech
