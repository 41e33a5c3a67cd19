"""A small works with prices and carbon factors of every kind, over days on which clocks change.

Two sites with a zone and a currency each, and a shed with neither currency nor country. Quarter
hours of electricity in spring and autumn, hours of gas and steam.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.conftest import own_database, run_on

REGISTERS = """
INSERT INTO factories (name, timezone, currency, country)
VALUES ('Works', 'Europe/Berlin', 'EUR', 'DE'), ('Plant', 'America/Chicago', 'USD', 'US'),
       ('Shed', 'UTC', NULL, NULL);
INSERT INTO machines (factory_id, name, type)
SELECT f.id, m.name, m.type FROM factories AS f
JOIN (VALUES ('Works', 'Lathe', 'lathe'), ('Works', 'Boiler', 'boiler'),
             ('Works', 'Idler', 'lathe'), ('Plant', 'Press', 'press'), ('Shed', 'Pump', 'pump')
     ) AS m (site, name, type)
  ON m.site = f.name;
UPDATE energy_sources SET cost_per_unit = p.price, carbon_intensity = p.kg
FROM (VALUES ('electricity', 0.15, 0.45), ('natural_gas', 0.5, 2.03), ('steam', 0.08, NULL))
  AS p (name, price, kg)
WHERE p.name = energy_sources.name;
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, CASE s.name WHEN 'electricity' THEN 900 ELSE 3600 END, 'interval', 'start',
       s.unit, '2026-01-01Z'
FROM machines AS m JOIN energy_sources AS s
  ON s.name = 'electricity' OR m.name = 'Boiler' AND s.name IN ('natural_gas', 'steam')
  OR m.name = 'Lathe' AND s.name = 'compressed_air';
"""
READINGS = """
CREATE TEMPORARY TABLE quarters AS
SELECT time, extract(epoch FROM time)::bigint / 900 AS number
FROM (SELECT generate_series('2026-03-05Z'::timestamptz, '2026-04-02Z', '15 minutes')
      UNION ALL
      SELECT generate_series('2026-10-20Z'::timestamptz, '2026-11-18T08:45Z', '15 minutes')
     ) AS q (time);
INSERT INTO energy_readings (machine_id, time, energy_kwh)
SELECT m.id, time, CASE m.name WHEN 'Idler' THEN 0
                   ELSE (10 + (number * length(m.name) * 7) % 31) / 7.0 END
FROM quarters, machines AS m
WHERE m.name <> 'Lathe' OR NOT (time >= '2026-11-05T06:00Z' AND time < '2026-11-05T14:00Z');
INSERT INTO natural_gas_readings (machine_id, time, consumption_m3)
SELECT m.id, time, (5 + number % 13) / 3.0 FROM quarters, machines AS m
WHERE m.name = 'Boiler' AND number % 4 = 0;
INSERT INTO steam_readings (machine_id, time, consumption_kg)
SELECT m.id, time, 40 + number % 11 FROM quarters, machines AS m
WHERE m.name = 'Boiler' AND number % 4 = 0;
INSERT INTO compressed_air_end_use_readings (machine_id, time, consumption_m3)
SELECT m.id, time, 3 FROM quarters, machines AS m WHERE m.name = 'Lathe' AND number % 4 = 0;
"""
# By day and by night over midnight; weekends; a dearer winter that begins in the middle of a
# quarter hour; a peak price in another currency. In the plant prices begin late and end early.
TARIFFS = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from, valid_to, demand_charge_per_kw)
SELECT f.id, s.id, t.name, t.rate, t.currency, t.weekdays, t.begins::time, t.ends::time,
       t.since::timestamptz, t.until::timestamptz, t.per_kw
FROM energy_sources AS s, factories AS f
JOIN (VALUES
    ('Works', 'night', 0.1, 'EUR', '{0,1,2,3,4,5,6}'::int[], '22:00', '06:00',
     '2026-01-01T00:00+01', NULL, 6),
    ('Works', 'day', 0.2, 'EUR', '{0,1,2,3,4}', '06:00', '22:00',
     '2026-01-01T00:00+01', NULL, 9),
    ('Works', 'weekend', 0.15, 'EUR', '{5,6}', '06:00', '22:00',
     '2026-01-01T00:00+01', NULL, 7.5),
    ('Works', 'winter', 0.25, 'EUR', '{0,1,2,3,4}', '06:00', '22:00',
     '2026-10-28T12:07+01', NULL, 12),
    ('Works', 'peak', 0.33, 'CHF', '{0,1,2,3,4}', '18:00', '20:00',
     '2026-11-10T00:00+01', NULL, NULL),
    ('Plant', 'contract', 0.12, 'USD', '{0,1,2,3,4,5,6}', '00:00', '00:00',
     '2026-03-07T12:00-06', '2026-11-04T00:00-06', NULL)
) AS t (site, name, rate, currency, weekdays, begins, ends, since, until, per_kw)
  ON t.site = f.name
WHERE s.name = 'electricity';
"""
# Germany's own of two years; one for all regions, which begins in March; gas has only its own.
FACTORS = """
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, valid_to,
                            source)
SELECT id, c.region, c.kg, c.since::timestamptz, c.until::timestamptz, c.source
FROM energy_sources, (VALUES
    ('DE', 0.38, '2026-01-01T00:00+01', '2026-10-30T00:00+01', 'Agency 2025'),
    ('de', 0.36, '2026-10-30T00:00+01', NULL, 'Agency 2026'),
    (NULL, 0.48, '2026-03-07T12:00Z', NULL, 'World 2026')
) AS c (region, kg, since, until, source)
WHERE name = 'electricity';
"""


@contextmanager
def works_database(server_url: str, template: str) -> Iterator[str]:
    """URL of a database with the works in it, half of it refreshed into rollups."""
    with own_database(server_url, template) as url:
        with psycopg.connect(url) as connection:
            for statements in (REGISTERS, READINGS, TARIFFS, FACTORS):
                connection.execute(statements.encode())
        run_on(url, lambda store: store.refresh_rollups())
        yield url
