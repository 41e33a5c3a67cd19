"""Performance indicators of the demo plant: those of the database's functions, and those of
several machines against SQL that shares nothing with the product's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import psycopg
import pytest
from psycopg.rows import dict_row

from enms_core.domain.answer import NoReadings, NotBegun
from enms_core.domain.kpi import KpiAnswer
from tests.conftest import PLANT_NOW
from tests.core.service_desk import Desk
from tests.core.status_truth import BY_MODE

MACHINES = (
    "Compressor-1", "HVAC-Main", "Conveyor-A", "Hydraulic-Pump-1", "Injection-Molding-1",
    "Boiler-1", "Compressor-EU-1", "HVAC-EU-North", "Compressor-US-1", "Conveyor-US-1",
)  # fmt: skip
# The clocks of Berlin went back in October, on the 25th.
PERIODS = ("yesterday", "last month", "this week", "on 25 October 2026", "today")
CALCULATED = "SELECT * FROM enms.calculate_all_kpis(%s, %s, %s, %s)"
SUMS = """
SELECT date_bin('15 minutes', r.time, '2020-01-01 00:00Z') AS block, sum(r.energy_kwh) * 4
FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id
WHERE m.name = ANY(%s) AND r.time >= %s AND r.time < %s
GROUP BY block ORDER BY block
"""
# The plant changes its status at quarter hours only.
IDLE = """
SELECT sum(r.energy_kwh) FILTER (WHERE s.mode = 'idle'), sum(r.energy_kwh)
FROM energy_readings AS r
JOIN machines AS m ON m.id = r.machine_id
CROSS JOIN LATERAL (
    SELECT h.mode FROM machine_status_history AS h
    WHERE h.machine_id = r.machine_id AND h.time <= r.time ORDER BY h.time DESC LIMIT 1
) AS s
WHERE m.name = ANY(%s) AND r.time >= %s AND r.time < %s
"""


@pytest.fixture(scope="module")
def desk(plant_url: str) -> Iterator[Desk]:
    made = Desk(plant_url)
    yield made
    made.close()


def asked(desk: Desk, metric: str, *machines: str, period: str, source: str = "") -> KpiAnswer:
    sources = (source,) if source else ()
    answer = desk.ask("kpi", *machines, metric=metric, period=period, sources=sources)
    assert isinstance(answer, KpiAnswer), answer
    return answer


def calculated(
    desk: Desk, connection: psycopg.Connection, machine: str, answer: KpiAnswer, source: str | None
) -> dict[str, Any]:
    [id_] = [each.id for each in desk.catalogue.machines if each.name == machine]
    assert answer.period is not None
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(CALCULATED, (id_, answer.period.start, answer.period.end, source))
        found = row.fetchone()
    assert found is not None
    return found


def same(value: float | None, expected: Any, factor: float = 1.0) -> None:
    """Equal to a relative 1e-12; unknown where the other is."""
    if expected is None:
        assert value is None
    else:
        assert value == pytest.approx(factor * float(expected), rel=1e-12)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("machine", MACHINES)
def test_the_figures_of_a_machine_are_those_of_the_database(
    desk: Desk, plant_connection: psycopg.Connection, machine: str, period: str
) -> None:
    answer = asked(desk, "all", machine, period=period)
    told = {each.name: each for each in answer.figures}

    row = calculated(desk, plant_connection, machine, answer, None)

    same(told["sec"].value, row["sec_kwh_per_unit"])
    same(told["peak_demand"].value, row["peak_demand_kw"])
    assert told["peak_demand"].at == row["peak_time"]
    same(told["load_factor"].value, row["load_factor"], 100.0)
    same(told["cost"].value, row["energy_cost"])
    assert told["cost"].unit == row["currency"]
    same(told["carbon"].value, row["emissions_kg_co2e"])


@pytest.mark.parametrize("metric", ["sec", "peak_demand", "load_factor", "cost", "carbon"])
def test_a_source_that_was_named_counts_alone(
    desk: Desk, plant_connection: psycopg.Connection, metric: str
) -> None:
    answer = asked(desk, metric, "Boiler-1", period="last month", source="electricity")
    column, factor = {
        "sec": ("sec_kwh_per_unit", 1.0),
        "peak_demand": ("peak_demand_kw", 1.0),
        "load_factor": ("load_factor", 100.0),
        "cost": ("energy_cost", 1.0),
        "carbon": ("emissions_kg_co2e", 1.0),
    }[metric]

    row = calculated(desk, plant_connection, "Boiler-1", answer, "electricity")

    assert {each.energy_source for each in answer.figures} == {"electricity"}
    [value] = [each.value for each in answer.figures if each.name == metric]
    same(value, row[column], factor)


@pytest.mark.parametrize("period", ["yesterday", "last month"])
def test_demand_of_several_machines_is_that_of_their_sum(
    desk: Desk, plant_connection: psycopg.Connection, period: str
) -> None:
    names = ("Compressor-1", "HVAC-Main", "Boiler-1")
    answer = asked(desk, "all", *names, period=period)
    assert answer.period is not None
    told = {each.name: each for each in answer.figures}

    blocks = plant_connection.execute(
        SUMS, (list(names), answer.period.start, answer.period.end)
    ).fetchall()

    rates = np.array([rate for _, rate in blocks])
    same(told["peak_demand"].value, rates.max())
    assert told["peak_demand"].at == blocks[int(rates.argmax())][0]
    same(told["load_factor"].value, rates.mean() / rates.max(), 100.0)
    same(told["base_load"].value, np.quantile(rates, 0.05))


@pytest.mark.parametrize("metric", ["peak_demand", "load_factor", "base_load"])
@pytest.mark.parametrize("machines", [("Compressor-1",), ("Compressor-1", "Conveyor-A")])
def test_the_peak_is_the_one_that_a_question_about_power_tells(
    desk: Desk, machines: tuple[str, ...], metric: str
) -> None:
    answer = asked(desk, "all", *machines, period="every night last week")
    power = asked(desk, "peak_demand", *machines, period="every night last week")

    [of_all] = [each for each in answer.figures if each.name == "peak_demand"]
    [of_power] = [each for each in power.figures if each.name == "peak_demand"]
    assert of_all == of_power
    assert asked(desk, metric, *machines, period="every night last week").figures


@pytest.mark.parametrize("names", [("Conveyor-A",), ("Conveyor-A", "Hydraulic-Pump-1")])
def test_the_idle_share_is_what_was_used_while_idle(
    desk: Desk, plant_connection: psycopg.Connection, names: tuple[str, ...]
) -> None:
    answer = asked(desk, "idle_share", *names, period="last month")
    assert answer.period is not None

    [(idle, used)] = plant_connection.execute(
        IDLE, (list(names), answer.period.start, answer.period.end)
    ).fetchall()

    assert answer.figures[0].value == pytest.approx(100 * idle / used, rel=1e-9)


def test_times_are_those_of_the_status_history_in_each_site_s_own_day(
    desk: Desk, plant_connection: psycopg.Connection
) -> None:
    names = ("Compressor-1", "Compressor-US-1")
    answer = asked(desk, "all", *names, period="on 25 October 2026")
    told = {each.name: each.value for each in answer.figures}
    zones = {"Compressor-1": "Europe/Berlin", "Compressor-US-1": "America/Chicago"}

    modes: dict[str, float] = {}
    for name, zone in zones.items():
        [(since, until)] = plant_connection.execute(
            "SELECT '2026-10-25'::timestamp AT TIME ZONE %s, '2026-10-26'::timestamp "
            "AT TIME ZONE %s",
            (zone, zone),
        ).fetchall()
        values = {"machine": name, "starts": [since], "stops": [until]}
        for mode, seconds in plant_connection.execute(BY_MODE, values).fetchall():
            modes[mode] = modes.get(mode, 0.0) + seconds

    assert told["operating_hours"] == pytest.approx(modes["running"] / 3600, rel=1e-12)
    assert sum(modes.values()) == 49 * 3600  # the clocks of Berlin went back
    ready = modes["running"] + modes.get("idle", 0.0)
    down = sum(s for mode, s in modes.items() if mode not in ("running", "idle", "off"))
    assert told["availability"] == pytest.approx(100 * ready / (ready + down), rel=1e-12)


def test_money_in_two_currencies_is_two_figures(desk: Desk) -> None:
    answer = asked(desk, "cost", "Compressor-1", "Compressor-US-1", period="yesterday")

    told = [(each.name, each.unit) for each in answer.figures]

    assert told == [
        ("cost", "EUR"), ("cost", "USD"), ("cost_per_unit", "EUR/unit"),
        ("cost_per_unit", "USD/unit"),
    ]  # fmt: skip
    assert {each.machine for each in answer.by_machine} == {"Compressor-1", "Compressor-US-1"}


def test_of_several_machines_each_is_told(desk: Desk) -> None:
    both = asked(desk, "sec", "Compressor-1", "HVAC-Main", period="yesterday")
    alone = asked(desk, "sec", "Compressor-1", period="yesterday")

    own = {each.machine: each for each in both.by_machine}

    assert own["Compressor-1"].value == alone.figures[0].value == both.figures[0].value
    assert own["HVAC-Main"].reason == "no_production"
    assert alone.by_machine == ()


def test_what_has_no_readings_is_refused(desk: Desk) -> None:
    for metric in ("sec", "peak_demand", "load_factor", "cost", "carbon", "all"):
        answer = desk.ask("kpi", "Compressor-1", metric=metric, period="in 2019")
        assert isinstance(answer, NoReadings), metric


def test_what_has_not_begun_is_refused(desk: Desk) -> None:
    for metric in ("sec", "operating_hours", "all"):
        answer = desk.ask("kpi", "Compressor-1", metric=metric, period="tomorrow")
        assert isinstance(answer, NotBegun), metric


def test_an_answer_rests_on_readings_prices_factors_and_status(desk: Desk) -> None:
    evidence = asked(desk, "all", "Compressor-1", period="yesterday").evidence()

    assert (evidence.readings, evidence.coverage_percent) == (1440, 100.0)
    assert evidence.prices
    assert evidence.factors
    assert evidence.status_changes
    assert evidence.last is not None
    assert evidence.last < PLANT_NOW
