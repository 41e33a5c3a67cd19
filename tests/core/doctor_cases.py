"""A sound little factory, and for each check the one statement that makes it unsound."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# Midnight in Berlin at the end of the factory's three days: 15, 16 and 17 November 2026.
NOW = datetime.fromisoformat("2026-11-18T00:00+01:00")
START = NOW - timedelta(days=3)
QUARTER = timedelta(minutes=15)
NOON = datetime.fromisoformat("2026-11-16T12:00+01:00")
NEW_YEAR = datetime.fromisoformat("2026-01-01T00:00+01:00")
PRESS = "00000000-0000-0000-0000-0000000000a1"
BOILER = "00000000-0000-0000-0000-0000000000a2"
# No machine has this id.
NOBODY = "00000000-0000-0000-0000-0000000000ff"

# A press (electricity, production, status) and a boiler (gas), three days of quarter hours, 288
# readings each. No value repeats the one before it; consumption is the rate times a quarter hour.
WORKS = """
INSERT INTO factories (id, name, timezone, currency)
VALUES ('00000000-0000-0000-0000-00000000000f', 'Works', 'Europe/Berlin', 'EUR');
INSERT INTO machines (id, factory_id, name, type, rated_power_kw)
VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-00000000000f',
        'Press-1', 'press', 10),
       ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-00000000000f',
        'Boiler-2', 'boiler', 5);
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, 900, 'interval', 'start', s.unit,
       '2026-11-15T00:00+01:00'::timestamptz
FROM machines AS m JOIN energy_sources AS s
  ON (m.name, s.name) IN (('Press-1', 'electricity'), ('Boiler-2', 'natural_gas'));
INSERT INTO seus (id, name, energy_source_id, machine_ids)
SELECT '00000000-0000-0000-0000-0000000000e1', 'Press-1 electricity', id,
       ARRAY['00000000-0000-0000-0000-0000000000a1'::uuid]
FROM energy_sources WHERE name = 'electricity';
INSERT INTO energy_readings (machine_id, time, energy_kwh, power_kw, power_factor)
SELECT '00000000-0000-0000-0000-0000000000a1',
       '2026-11-15T00:00+01:00'::timestamptz + n * interval '15 minutes',
       1.5 + n % 7 / 10.0, 4 * (1.5 + n % 7 / 10.0), 0.9
FROM generate_series(0, 287) AS n;
INSERT INTO natural_gas_readings (machine_id, time, consumption_m3, flow_rate_m3h)
SELECT '00000000-0000-0000-0000-0000000000a2',
       '2026-11-15T00:00+01:00'::timestamptz + n * interval '15 minutes',
       2 + n % 5 / 10.0, 4 * (2 + n % 5 / 10.0)
FROM generate_series(0, 287) AS n;
INSERT INTO production_data (machine_id, time, production_count, good_count, reject_count)
SELECT machine_id, time, 10, 9, 1 FROM energy_readings;
INSERT INTO machine_status_history (machine_id, time, is_running, mode)
VALUES ('00000000-0000-0000-0000-0000000000a1', '2026-11-15T00:00+01:00', true, 'running'),
       ('00000000-0000-0000-0000-0000000000a1', '2026-11-16T12:00+01:00', false, 'idle');
INSERT INTO environmental_data (machine_id, time, outdoor_humidity_percent)
SELECT machine_id, time, 60 FROM energy_readings;
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from)
SELECT f.id, s.id, t.name, 0.2, 'EUR', '{0,1,2,3,4,5,6}'::integer[], t.start_time, t.end_time,
       '2026-01-01T00:00+01:00'::timestamptz
FROM factories AS f, energy_sources AS s,
     (VALUES ('day', '06:00'::time, '22:00'::time), ('night', '22:00', '06:00'))
         AS t (name, start_time, end_time)
WHERE s.name = 'electricity';
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, valid_to)
SELECT id, 'DE', v.factor, v.valid_from, v.valid_to
FROM energy_sources,
     (VALUES (0.4, '2025-01-01T00:00+01:00'::timestamptz, '2026-01-01T00:00+01:00'::timestamptz),
             (0.3, '2026-01-01T00:00+01:00', NULL)) AS v (factor, valid_from, valid_to)
WHERE name = 'electricity';
INSERT INTO energy_baselines (machine_id, seu_id, energy_source_id, model_type, model_version,
                              training_start_date, training_end_date, coefficients, feature_names,
                              r_squared, rmse, mae, created_at)
SELECT machine_ids[1], id, energy_source_id, 'linear', version,
       '2026-01-01T00:00+01:00'::timestamptz, '2026-02-01T00:00+01:00'::timestamptz,
       '{}'::jsonb, '{}'::text[], r2, 1, 1, '2026-11-16T12:00+01:00'::timestamptz
FROM seus, (VALUES (1, 0.9), (2, NULL)) AS v (version, r2);
"""


@dataclass(frozen=True)
class Case:
    """Statements, and the one finding that must come of them."""

    breaking: str
    code: str
    table: str
    machine: str | None
    start: datetime | None
    end: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def at(wall: str) -> datetime:
    """An instant by its wall time in Berlin, in winter."""
    return datetime.fromisoformat(f"{wall}+01:00")


def at_noon(table: str, assignment: str) -> str:
    return f"UPDATE {table} SET {assignment} WHERE time = '{NOON.isoformat()}';"


def power(assignment: str, code: str, **facts: Any) -> Case:
    """The press' reading of noon is changed; it is reading 144, 1.9 kWh at 7.6 kW."""
    sql = at_noon("energy_readings", assignment)
    return Case(sql, code, "energy_readings", "Press-1", NOON, NOON + QUARTER, facts)


def cell(table: str, assignment: str, code: str, **facts: Any) -> Case:
    """One row of noon is changed, and found as an instant."""
    return Case(at_noon(table, assignment), code, table, "Press-1", NOON, None, facts)


def nullable(table: str, name: str) -> Case:
    """The column was made without NOT NULL, and a value of noon is empty."""
    sql = f"ALTER TABLE {table} ALTER {name} DROP NOT NULL;" + at_noon(table, f"{name} = NULL")
    return Case(sql, "missing_value", table, "Press-1", NOON, None, {"column": name})


def without(where: str) -> str:
    return f"DELETE FROM energy_readings WHERE {where};"


def tariff(assignment: str, name: str = "day") -> str:
    return f"UPDATE energy_tariffs SET {assignment} WHERE name = '{name}';"


CASES = (
    power("energy_kwh = -3, power_kw = NULL", "negative_consumption", value=-3, unit="kWh"),
    power("power_kw = -7.6", "negative_rate", value=-7.6),
    # 10 kW twice over are 5 kWh in a quarter hour, and a minute of starting is 0.1667 kWh.
    power("energy_kwh = 5.17, power_kw = 20.68", "impossible_consumption", value=5.17),
    # The usual reading is 2 to 2.4 m³; 99 of 100 are below 2.4, and fifty times that is 120.
    Case(
        at_noon("natural_gas_readings", "consumption_m3 = 121, flow_rate_m3h = 484"),
        "impossible_consumption", "natural_gas_readings", "Boiler-2", NOON, NOON + QUARTER,
        {"value": 121, "at_most": 120},
    ),
    power("energy_kwh = 2.2", "rate_mismatch", value=2.2, by_rate=1.9),
    cell("energy_readings", "energy_kwh = 'NaN'", "not_finite", column="energy_kwh", value="NaN"),
    cell("energy_readings", "power_kw = '-Infinity'", "not_finite", column="power_kw"),
    cell("energy_readings", "power_factor = 90", "out_of_range", value=90, low=-1, high=1),
    cell("environmental_data", "outdoor_humidity_percent = 101", "out_of_range", high=100),
    nullable("energy_readings", "energy_kwh"),
    nullable("production_data", "production_count"),
    nullable("machine_status_history", "is_running"),
    cell("production_data", "good_count = 10", "parts_exceed_count", good=10, rejected=1),
    cell("production_data", "reject_count = -1", "negative_count", value=-1),
    cell("machine_status_history", "is_running = true, mode = 'fault'", "status_contradiction"),
    cell("machine_status_history", "mode = 'running'", "status_contradiction", is_running=False),
    # The stamp moves by less than a tenth of the interval: nothing is missing, nothing overlaps.
    Case(
        at_noon("energy_readings", "time = time + interval '1 minute'"),
        "off_grid", "energy_readings", "Press-1", at("2026-11-16T12:01"), at("2026-11-16T12:16"),
        {"interval_seconds": 900},
    ),
    Case(
        f"""INSERT INTO energy_readings (machine_id, time, energy_kwh)
            VALUES ('{PRESS}', '2026-11-18T00:15+01:00', 1)""",
        "in_future", "energy_readings", "Press-1", at("2026-11-18T00:15"),
    ),
    Case(
        without("time >= '2026-11-16T12:00+01:00' AND time < '2026-11-16T12:30+01:00'"),
        "gap", "energy_readings", "Press-1", NOON, NOON + 2 * QUARTER, {"missing": 2},
    ),
    Case(
        without("time < '2026-11-15T00:45+01:00'"),
        "gap", "energy_readings", "Press-1", START, START + 3 * QUARTER, {"missing": 3},
    ),
    Case(
        without("time >= '2026-11-17T22:45+01:00'"),
        "silent_meter", "energy_readings", "Press-1", NOW - 5 * QUARTER, NOW, {"missing": 5},
    ),
    Case(
        "DELETE FROM energy_readings; DELETE FROM environmental_data",
        "silent_meter", "energy_readings", "Press-1", START, NOW, {"missing": 288},
    ),
    Case(
        f"""ALTER TABLE energy_readings DROP CONSTRAINT energy_readings_pkey;
            INSERT INTO energy_readings SELECT * FROM energy_readings
            WHERE time = '{NOON.isoformat()}'""",
        "duplicate", "energy_readings", "Press-1", NOON, NOON + QUARTER, {"readings": 2},
    ),
    Case(
        f"""ALTER TABLE machine_status_history DROP CONSTRAINT machine_status_history_pkey;
            INSERT INTO machine_status_history SELECT * FROM machine_status_history
            WHERE time = '{NOON.isoformat()}'""",
        "duplicate", "machine_status_history", "Press-1", NOON, None, {"readings": 2},
    ),
    # Noon is 1.9 kWh; the three quarter hours after it repeat it.
    Case(
        """UPDATE energy_readings SET energy_kwh = 1.9, power_kw = 7.6
           WHERE time > '2026-11-16T12:00+01:00' AND time < '2026-11-16T13:00+01:00'""",
        "stuck_meter", "energy_readings", "Press-1", NOON + QUARTER, NOON + 4 * QUARTER,
        {"readings": 4, "value": 1.9},
    ),
    Case(
        f"""UPDATE meters SET valid_from = '2026-11-15T06:00+01:00'
            WHERE machine_id = '{PRESS}'""",
        "outside_service", "energy_readings", "Press-1", START, START + 23 * QUARTER,
        {"readings": 24},
    ),
    Case(
        f"DELETE FROM meters WHERE machine_id = '{PRESS}'",
        "no_meter", "energy_readings", "Press-1", START, NOW - QUARTER, {"readings": 288},
    ),
    Case(
        f"""ALTER TABLE energy_readings DROP CONSTRAINT IF EXISTS energy_readings_machine_id_fkey;
            INSERT INTO energy_readings (machine_id, time, energy_kwh)
            VALUES ('{NOBODY}', '{NOON.isoformat()}', 1)""",
        "unknown_machine", "energy_readings", NOBODY, NOON, NOON, {"readings": 1},
    ),
    # Half of the readings are above 1.8 kWh, which is 7.2 kW.
    Case(
        "UPDATE machines SET rated_power_kw = 3 WHERE name = 'Press-1'",
        "rated_power_exceeded", "energy_readings", "Press-1", None, None,
        {"usual_kw": 7.2, "rated_kw": 3},
    ),
    # Of 1.9 kWh at 0.2 a cost of 0.38 is right.
    Case(
        """ALTER TABLE energy_readings ADD energy_cost numeric, ADD tariff_rate numeric;
           UPDATE energy_readings SET energy_cost = round(0.2 * energy_kwh::numeric, 2),
                                      tariff_rate = 0.2;"""
        + at_noon("energy_readings", "energy_cost = 0.39"),
        "cost_mismatch", "energy_readings", "Press-1", NOON, NOON + QUARTER,
        {"value": 0.39, "expected": 0.38},
    ),
    Case(
        "UPDATE factories SET timezone = 'Europe/Atlantis'",
        "unknown_zone", "factories", None, None, None, {"zone": "Europe/Atlantis"},
    ),
    Case(
        tariff("rate_per_unit = -0.2"),
        "negative_tariff", "energy_tariffs", None, NEW_YEAR, None, {"tariff": "day", "value": -0.2},
    ),
    Case(
        tariff("currency = 'USD'"),
        "wrong_currency", "energy_tariffs", None, NEW_YEAR, None, {"factory_currency": "EUR"},
    ),
    Case(
        tariff("start_time = '05:00'"),
        "tariffs_overlap", "energy_tariffs", None, at("2026-01-01T05:00"), at("2026-01-01T06:00"),
    ),
    Case(
        tariff("start_time = '07:00'"),
        "tariff_missing", "energy_tariffs", None, at("2026-11-18T06:00"), at("2026-11-24T07:00"),
        {"hours": 7},
    ),
    # The 21st and 22nd are the week's Saturday and Sunday.
    Case(
        tariff("weekdays = '{0,1,2,3,4}'"),
        "tariff_missing", "energy_tariffs", None, at("2026-11-21T06:00"), at("2026-11-22T22:00"),
        {"hours": 32},
    ),
    # A window over midnight belongs to the weekday of its evening: Sunday's ends on Monday.
    Case(
        tariff("weekdays = '{0,1,2,3,4,5}'", "night"),
        "tariff_missing", "energy_tariffs", None, at("2026-11-22T22:00"), at("2026-11-23T06:00"),
        {"hours": 8},
    ),
    Case(
        "UPDATE carbon_factors SET factor_kg_per_unit = -0.4 WHERE valid_to IS NOT NULL",
        "negative_carbon_factor", "carbon_factors", None, at("2025-01-01T00:00"), NEW_YEAR,
        {"value": -0.4},
    ),
    Case(
        "UPDATE carbon_factors SET valid_to = '2026-03-01T00:00+01:00' WHERE valid_to IS NOT NULL",
        "carbon_factors_overlap", "carbon_factors", None, NEW_YEAR, at("2026-03-01T00:00"),
        {"value": 0.4, "other": 0.3},
    ),
    Case(
        f"""ALTER TABLE meters DROP CONSTRAINT meters_nominal_interval_seconds_check;
            INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                                unit, valid_from)
            SELECT '{BOILER}', id, 0, 'interval', 'start', unit, '{NOON.isoformat()}'
            FROM energy_sources WHERE name = 'electricity'""",
        "meter_interval", "meters", "Boiler-2", NOON, None, {"interval_seconds": 0},
    ),
    Case(
        f"""INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                                unit, valid_from)
            SELECT machine_id, energy_source_id, 900, kind, stamp, unit, '{NOON.isoformat()}'
            FROM meters WHERE machine_id = '{PRESS}'""",
        "meters_overlap", "meters", "Press-1", NOON, None, {"source": "electricity"},
    ),
    # The meter was taken out at noon and another one put in an hour later.
    Case(
        f"""UPDATE meters SET valid_to = '{NOON.isoformat()}' WHERE machine_id = '{PRESS}';
            INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                                unit, valid_from)
            SELECT machine_id, energy_source_id, 900, kind, stamp, unit, '2026-11-16T13:00+01:00'
            FROM meters WHERE machine_id = '{PRESS}';"""
        + without("time >= '2026-11-16T12:00+01:00' AND time < '2026-11-16T13:00+01:00'"),
        "no_meter_in_service", "meters", "Press-1", NOON, NOON + 4 * QUARTER,
    ),
    Case(
        f"UPDATE seus SET machine_ids = ARRAY['{NOBODY}'::uuid]",
        "seu_machine_unknown", "seus", NOBODY, None, None, {"seu": "Press-1 electricity"},
    ),
    Case(
        "UPDATE energy_baselines SET r_squared = 1.2 WHERE model_version = 1",
        "statistics_impossible", "energy_baselines", "Press-1", NOON, NOON,
        {"column": "r_squared", "value": 1.2},
    ),
    Case(
        "UPDATE energy_baselines SET rmse = -1 WHERE model_version = 2",
        "statistics_impossible", "energy_baselines", "Press-1", NOON, NOON, {"column": "rmse"},
    ),
    Case(
        "UPDATE seus SET mae = 'NaN'",
        "statistics_impossible", "seus", "Press-1", None, None, {"column": "mae", "value": "NaN"},
    ),
    Case(
        "UPDATE energy_sources SET rate_column = 'flow' WHERE name = 'steam'",
        "not_examined", "steam_readings", None, None, None, {"missing": "steam_readings.flow"},
    ),
    Case(
        "UPDATE energy_sources SET readings_table = 'oil_readings' WHERE name = 'steam'",
        "not_examined", "oil_readings", None, None, None, {"missing": "oil_readings"},
    ),
    Case(
        """ALTER TABLE energy_sources ALTER readings_table DROP NOT NULL;
           UPDATE energy_sources SET readings_table = NULL WHERE name = 'steam'""",
        "not_examined", "energy_sources", None, None, None,
        {"missing": "readings_table", "source": "steam"},
    ),
    Case(
        "ALTER TABLE machine_status_history ALTER is_running TYPE text",
        "check_refused", "machine_status_history", None, None,
    ),
)  # fmt: skip
