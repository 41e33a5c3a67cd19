"""What can happen to readings, and to the registers that their rollups are made by."""

from __future__ import annotations

from tests.core.rollup_bench import M1, M2, M3

INSERT = "INSERT INTO utility_readings (time, machine_id, carrier, amount, rate, heat)"

# Each may come once, in any order: rows that are moved get microseconds of their own.
CHANGES = {
    "a late row": f"""
        {INSERT} VALUES ('2026-03-28T05:07:30.5Z', '{M1}', 'a', 3.5, 12, 38)
        ON CONFLICT DO NOTHING""",
    "a row in an hour that had none": f"""
        {INSERT} VALUES ('2026-03-20T11:00Z', '{M2}', 'b', 3.5, 12, 38)""",
    "rows at the edges of an hour": f"""
        {INSERT} SELECT t::timestamptz, '{M2}', 'a', 1.25, 3, NULL
        FROM unnest(ARRAY['2026-03-29T01:00Z', '2026-03-29T01:59:59.999999Z',
                          '2026-03-29T02:00Z', '2026-03-29T00:59:59.999999Z']) AS t
        ON CONFLICT DO NOTHING""",
    "a row of no carrier": f"""
        {INSERT} VALUES ('2026-03-28T08:00:09Z', '{M1}', NULL, 2, 2, 2)""",
    "changed values": """
        UPDATE utility_readings SET amount = amount * 2, rate = NULL, heat = 30 + items
        WHERE time >= '2026-03-28T09:10Z' AND time < '2026-03-28T23:40Z'""",
    "rows said to be estimated": """
        UPDATE utility_readings SET is_estimated = NOT is_estimated, data_source = 'backfill'
        WHERE time < '2026-03-28T15:00Z'""",
    "another carrier": """
        UPDATE utility_readings SET carrier = 'c', time = time + interval '64 us'
        WHERE carrier = 'a' AND time < '2026-03-29T00:00Z'""",
    "deleted rows": """
        DELETE FROM utility_readings WHERE extract(hour FROM time AT TIME ZONE 'UTC') < 9""",
    "a machine's rows deleted": f"DELETE FROM utility_readings WHERE machine_id = '{M3}'",
    "rows moved across hours": f"""
        UPDATE utility_readings SET time = time + interval '5 hours 7 minutes 1 us'
        WHERE machine_id = '{M1}'""",
    "rows moved to another machine": f"""
        UPDATE utility_readings SET machine_id = '{M3}', time = time - interval '61 days 16 us'
        WHERE machine_id = '{M2}'""",
    "an emptied table": "TRUNCATE utility_readings",
    "rows written twice": f"""
        {INSERT} SELECT time, machine_id, carrier, 7, 8, 9 FROM utility_readings WHERE items < 50
        ON CONFLICT (machine_id, time, carrier) DO UPDATE SET amount = excluded.amount""",
    "rows merged": f"""
        MERGE INTO utility_readings AS r
        USING (SELECT time, machine_id, carrier FROM utility_readings
               WHERE items < 30 AND carrier IS NOT NULL
               UNION SELECT '2026-03-28T21:00:00.3Z', '{M1}', 'b') AS n
        ON (r.time, r.machine_id, r.carrier) = (n.time, n.machine_id, n.carrier)
        WHEN MATCHED AND amount > 40 THEN DELETE
        WHEN MATCHED THEN UPDATE SET rate = 1.5
        WHEN NOT MATCHED THEN INSERT (time, machine_id, carrier, amount)
                              VALUES (n.time, n.machine_id, n.carrier, 6)""",
    "one statement that inserts and deletes": f"""
        WITH gone AS (DELETE FROM utility_readings WHERE machine_id = '{M1}' RETURNING *)
        {INSERT} SELECT time + interval '256 us', machine_id, carrier, amount, rate, heat
        FROM gone""",
    "a meter added": f"""
        INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                            unit, valid_from)
        SELECT '{M3}', id, 450, 'interval', 'start', 'kg', '2026-03-28T06:20Z'
        FROM energy_sources WHERE name = 'alpha'""",
    "another interval": "UPDATE meters SET nominal_interval_seconds = 300 WHERE valid_to IS NULL",
    "a meter out of service": """
        UPDATE meters SET valid_to = '2026-03-29T04:40Z' WHERE valid_to IS NULL""",
    "a meter in service before": """
        UPDATE meters SET valid_from = valid_from - interval '9 hours'
        WHERE nominal_interval_seconds IN (600, 3600)""",
    "a meter of another machine": f"""
        UPDATE meters SET machine_id = '{M3}' WHERE nominal_interval_seconds = 600""",
    "a meter of another source": f"""
        UPDATE meters SET energy_source_id = b.id FROM energy_sources AS a, energy_sources AS b
        WHERE machine_id = '{M2}' AND a.id = energy_source_id
          AND a.name = 'alpha' AND b.name = 'beta'""",
    "meters removed": "DELETE FROM meters WHERE nominal_interval_seconds < 1000",
    "all meters removed": "TRUNCATE meters",
    "carriers by other names": """
        UPDATE energy_sources SET carrier_value = CASE carrier_value WHEN 'a' THEN 'b' ELSE 'c' END
        WHERE carrier_value IS NOT NULL""",
}
