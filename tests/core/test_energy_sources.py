"""Carriers are rows: a new one needs no code, and a hostile one does no harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Asker
from tests.core.conftest import execute, rows

MakeAsker = Callable[..., Asker]

COOLING_WATER = """
CREATE TABLE cooling_water_readings (
    time timestamptz NOT NULL, machine_id uuid NOT NULL, volume_m3 double precision NOT NULL,
    PRIMARY KEY (machine_id, time)
);
INSERT INTO energy_sources (name, unit, kwh_per_unit, is_purchased, readings_table,
                            consumption_column)
VALUES ('cooling_water', 'm³', 5.8, true, 'cooling_water_readings', 'volume_m3');
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '00000000-0000-0000-0000-0000000000a1', id, 21600, 'interval', 'start', unit,
       '2026-11-01T00:00+01:00'
FROM energy_sources WHERE name = 'cooling_water';
INSERT INTO cooling_water_readings
SELECT quarter, '00000000-0000-0000-0000-0000000000a1', 0.75
FROM generate_series('2026-11-17T00:00+01:00'::timestamptz, '2026-11-17T18:00+01:00',
                     '6 hours') AS quarter;
"""

INJECTION = "energy_readings; DROP TABLE energy_readings; --"


def test_a_carrier_that_is_a_new_row_is_answered(workshop_url: str, engine_on: MakeAsker) -> None:
    execute(workshop_url, COOLING_WATER)
    reply = engine_on(workshop_url).ask("how much cooling water did lathe seven use yesterday")
    assert (reply.outcome, reply.slots["energy_source"]) == ("answered", "cooling_water")
    assert (reply.data["quantity"], reply.data["unit"]) == (3.0, "m³")
    assert reply.data["energy_kwh"] == pytest.approx(17.4)
    assert reply.data["coverage_percent"] == 100.0
    assert dict(reply.dialogs)["energy_used"]["amount"] == "three cubic meters"


def test_a_purchased_carrier_that_is_a_new_row_joins_the_total(
    workshop_url: str, engine_on: MakeAsker
) -> None:
    execute(workshop_url, COOLING_WATER)
    reply = engine_on(workshop_url).ask("how much energy did lathe seven use yesterday")
    assert reply.data["purchased_energy_kwh"] == pytest.approx(60.0 + 17.4)


@pytest.mark.parametrize("column", ["readings_table", "consumption_column"])
def test_a_hostile_source_row_cannot_inject(
    workshop_url: str, engine_on: MakeAsker, column: str
) -> None:
    sql = f"UPDATE energy_sources SET {column} = %s WHERE name = 'electricity'"
    execute(workshop_url, sql, INJECTION)
    reply = engine_on(workshop_url).ask("how much energy did lathe seven use yesterday")
    assert (reply.outcome, reply.dialogs) == (
        "no_data",
        (("sources_unreadable", {"sources": "electricity"}),),
    )
    assert reply.data == {"available_sources": []}
    assert rows(workshop_url, "SELECT count(*) FROM energy_readings") == [(24,)]


def test_a_total_without_an_unusable_source_says_so(
    workshop_url: str, engine_on: MakeAsker
) -> None:
    execute(workshop_url, COOLING_WATER)
    execute(workshop_url, "UPDATE energy_sources SET readings_table='x' WHERE name='electricity'")
    reply = engine_on(workshop_url).ask("how much energy did lathe seven use yesterday")
    assert (reply.outcome, reply.data["quantity"]) == ("answered", 3.0)
    assert reply.issues == ({"code": "sources.unreadable", "sources": "electricity"},)
    assert "sources_unreadable" in dict(reply.dialogs)


def test_a_machine_without_any_meter_is_said(workshop_url: str, engine_on: MakeAsker) -> None:
    execute(workshop_url, "DELETE FROM meters")
    reply = engine_on(workshop_url).ask("how much energy did lathe seven use yesterday")
    assert (reply.outcome, reply.dialogs[0][0]) == ("no_data", "scope_not_metered")
    assert "lathe seven" in reply.speech


def test_readings_without_a_registered_meter_have_unknown_coverage(
    workshop_url: str, engine_on: MakeAsker
) -> None:
    execute(
        workshop_url,
        """
        INSERT INTO seus (name, energy_source_id, machine_ids)
        SELECT 'Lathe-7 electricity', energy_source_id, ARRAY[machine_id] FROM meters;
        DELETE FROM meters
        """,
    )
    reply = engine_on(workshop_url).ask("what did lathe seven consume yesterday")
    assert reply.data["quantity"] == 60.0
    assert [issue["code"] for issue in reply.issues] == ["readings.coverage_unknown"]
    assert "coverage_unknown" in dict(reply.dialogs)
