-- An EnMS database with a table of readings per carrier and without meters.
-- Broken: factories without a known time zone, times without a zone, no unique key, a NULL energy,
-- text where numbers and arrays belong, a view that has a rollup's name.
CREATE TABLE factories (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    timezone text
);
CREATE TABLE machines (
    id uuid PRIMARY KEY,
    factory_id uuid,
    name text NOT NULL,
    type text NOT NULL,
    rated_power_kw text,
    aliases text
);
CREATE TABLE energy_sources (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    unit text NOT NULL,
    cost_per_unit real
);
CREATE TABLE seus (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    energy_source_id uuid NOT NULL,
    machine_ids uuid[]
);
CREATE TABLE energy_baselines (
    id uuid PRIMARY KEY,
    machine_id uuid NOT NULL,
    model_version integer NOT NULL,
    coefficients jsonb NOT NULL,
    r_squared double precision
);
CREATE UNIQUE INDEX baselines_by_machine ON energy_baselines (model_version, machine_id);
CREATE TABLE energy_readings (
    time timestamptz NOT NULL,
    machine_id uuid NOT NULL,
    energy_kwh double precision,
    power_kw double precision
);
CREATE INDEX ON energy_readings (machine_id, time DESC);
CREATE TABLE natural_gas_readings (
    "time" timestamptz NOT NULL,
    machine_id uuid NOT NULL,
    consumption_m3 numeric NOT NULL,
    calorific_value_mj_m3 numeric,
    PRIMARY KEY (machine_id, "time")
);
CREATE TABLE steam_readings (
    time timestamptz NOT NULL,
    machine_id uuid NOT NULL,
    mass_flow double precision,
    PRIMARY KEY (machine_id, time)
);
CREATE TABLE compressed_air_end_use_readings (
    time timestamp NOT NULL,
    machine_id uuid NOT NULL,
    consumption_m3 double precision,
    PRIMARY KEY (machine_id, time)
);
CREATE VIEW energy_readings_1hour AS
SELECT date_trunc('hour', time) AS hour, machine_id, sum(energy_kwh) AS kwh
FROM energy_readings GROUP BY 1, 2;

INSERT INTO factories (id, name, timezone) VALUES
('00000000-0000-0000-0000-0000000000f1', 'North Works', 'America/Chicago'),
('00000000-0000-0000-0000-0000000000f2', 'South Works', NULL),
('00000000-0000-0000-0000-0000000000f3', 'West Works', 'Mars/Olympus');
INSERT INTO machines (id, factory_id, name, type, rated_power_kw, aliases) VALUES
('00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000f1', 'Kiln-1', 'kiln',
 '300', 'big kiln'),
('00000000-0000-0000-0000-0000000000c2', '00000000-0000-0000-0000-0000000000f1', 'Fan-4', 'fan',
 'about 20', NULL),
('00000000-0000-0000-0000-0000000000c3', '00000000-0000-0000-0000-0000000000f2', 'Mixer-2',
 'mixer', NULL, NULL),
('00000000-0000-0000-0000-0000000000c4', '00000000-0000-0000-0000-0000000000f3', 'Crusher-1',
 'crusher', NULL, NULL),
('00000000-0000-0000-0000-0000000000c5', NULL, 'Spare-1', 'pump', NULL, NULL);
INSERT INTO energy_sources (id, name, unit, cost_per_unit) VALUES
('00000000-0000-0000-0000-0000000000e1', 'electricity', 'kWh', 0.12),
('00000000-0000-0000-0000-0000000000e2', 'gas', 'm3', 0.5),
('00000000-0000-0000-0000-0000000000e4', 'steam', 'kg', NULL);
INSERT INTO seus (id, name, energy_source_id, machine_ids) VALUES
('00000000-0000-0000-0000-0000000000d1', 'Kiln gas', '00000000-0000-0000-0000-0000000000e2',
 '{00000000-0000-0000-0000-0000000000c1}'),
('00000000-0000-0000-0000-0000000000d2', 'Mixing', '00000000-0000-0000-0000-0000000000e1',
 '{00000000-0000-0000-0000-0000000000c3}'),
('00000000-0000-0000-0000-0000000000d3', 'Nothing yet', '00000000-0000-0000-0000-0000000000e1',
 NULL);
INSERT INTO energy_baselines (id, machine_id, model_version, coefficients, r_squared) VALUES
('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000c1', 1, '{"x": 2}',
 0.7);
-- Every 10 minutes.
INSERT INTO energy_readings (time, machine_id, energy_kwh, power_kw)
SELECT t, m, CASE WHEN t <> '2026-04-02T03:00-05:00' THEN 5.0 END, 30.0
FROM generate_series('2026-04-01T00:00-05:00'::timestamptz, '2026-04-03T23:50-05:00',
                     '10 minutes') AS t,
     unnest(ARRAY['00000000-0000-0000-0000-0000000000c1',
                  '00000000-0000-0000-0000-0000000000c3']::uuid[]) AS m;
INSERT INTO energy_readings (time, machine_id, energy_kwh)
VALUES ('2026-04-01T00:00-05:00', '00000000-0000-0000-0000-0000000000c1', 5.0),
       ('2026-04-01T00:00-05:00', '00000000-0000-0000-0000-0000000000c2', 1.0),
       ('2026-04-01T01:00-05:00', '00000000-0000-0000-0000-0000000000c2', 1.0);
-- The gas meter's clock is some milliseconds off.
INSERT INTO natural_gas_readings (time, machine_id, consumption_m3, calorific_value_mj_m3)
SELECT t + interval '37 ms' * (row_number() OVER () % 2),
       '00000000-0000-0000-0000-0000000000c1', 3.25, 36.0
FROM generate_series('2026-04-01T00:00-05:00'::timestamptz, '2026-04-03T23:00-05:00',
                     '1 hour') AS t;
INSERT INTO steam_readings (time, machine_id, mass_flow)
VALUES ('2026-04-01T00:00-05:00', '00000000-0000-0000-0000-0000000000c1', 400);
INSERT INTO compressed_air_end_use_readings (time, machine_id, consumption_m3)
SELECT t, '00000000-0000-0000-0000-0000000000c2', 12.0
FROM generate_series('2026-04-01 00:00'::timestamp, '2026-04-02 23:00', '1 hour') AS t;
