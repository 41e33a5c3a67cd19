-- An EnMS database whose developers keep all carriers in one table of readings, in kWh.
-- Broken: features that lead nowhere or are a consequence, a model without statistics, an SEU of a
-- machine that is gone, a unit that contradicts its readings, a column that we cannot fill.
CREATE TABLE factories (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(100) NOT NULL,
    location varchar(200),
    timezone varchar(50) DEFAULT 'UTC',
    currency char(3),
    created_at timestamptz DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE machines (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    factory_id uuid REFERENCES factories (id) ON DELETE CASCADE,
    name varchar(100) NOT NULL UNIQUE,
    type varchar(50),
    rated_power_kw numeric(10, 2),
    mqtt_topic varchar(200),
    is_active boolean,
    created_at timestamptz DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE energy_sources (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(50) NOT NULL UNIQUE,
    unit varchar(20) NOT NULL,
    cost_per_unit numeric(10, 4),
    carbon_intensity numeric(10, 4),
    icon varchar(50) NOT NULL
);
CREATE TABLE energy_source_features (
    id serial PRIMARY KEY,
    energy_source_id uuid NOT NULL REFERENCES energy_sources (id),
    feature_name varchar(100) NOT NULL,
    data_type varchar(50) NOT NULL,
    source_table varchar(100),
    source_column varchar(100),
    aggregation_function varchar(20) NOT NULL,
    is_regression_feature boolean DEFAULT true,
    UNIQUE (energy_source_id, feature_name)
);
CREATE TABLE seus (
    id uuid DEFAULT gen_random_uuid() PRIMARY KEY,
    name varchar(200) NOT NULL,
    energy_source_id uuid NOT NULL REFERENCES energy_sources (id),
    machine_ids uuid[] NOT NULL,
    regression_coefficients jsonb,
    intercept numeric,
    feature_columns text[],
    r_squared numeric(5, 4),
    rmse numeric,
    trained_at timestamp
);
CREATE TABLE energy_baselines (
    id serial PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machines (id),
    seu_id uuid REFERENCES seus (id),
    model_name varchar(100),
    model_type varchar(50) DEFAULT 'linear_regression',
    model_version integer NOT NULL,
    training_start_date timestamptz NOT NULL,
    training_end_date timestamptz NOT NULL,
    training_samples integer NOT NULL,
    coefficients jsonb NOT NULL,
    feature_names text[],
    r_squared numeric(5, 4),
    is_active boolean DEFAULT true,
    CONSTRAINT uq_machine_model_version UNIQUE (machine_id, model_version)
);
CREATE INDEX idx_baselines_machine ON energy_baselines (machine_id);
CREATE TABLE energy_readings (
    time timestamptz NOT NULL,
    machine_id uuid NOT NULL REFERENCES machines (id),
    energy_type varchar(50) NOT NULL DEFAULT 'electricity',
    energy_kwh numeric(12, 4),
    power_kw numeric(10, 3) CHECK (power_kw >= 0),
    operator varchar(50),
    CONSTRAINT energy_readings_pkey PRIMARY KEY (machine_id, time, energy_type)
);
CREATE TABLE production_data (
    time timestamptz NOT NULL,
    machine_id uuid NOT NULL REFERENCES machines (id),
    production_count integer NOT NULL,
    shift varchar(10),
    PRIMARY KEY (time, machine_id)
);
CREATE TABLE anomalies (
    id serial PRIMARY KEY,
    machine_id uuid NOT NULL REFERENCES machines (id),
    alert_code varchar(20) NOT NULL,
    severity varchar(20) NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    detected_at timestamptz NOT NULL DEFAULT now()
);
CREATE FUNCTION calculate_sec(machine uuid, since timestamptz, until timestamptz) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT sum(energy_kwh) FROM energy_readings
    WHERE machine_id = machine AND time BETWEEN since AND until
$$;
CREATE FUNCTION calculate_all_kpis(machine uuid) RETURNS TABLE (kpi text, value numeric)
LANGUAGE sql STABLE AS $$ SELECT 'sec', 1.0 $$;

INSERT INTO factories (id, name, location, timezone, currency)
VALUES ('00000000-0000-0000-0000-0000000000f1', 'Paper Mill', 'Graz', 'Europe/Vienna', 'EUR');
INSERT INTO machines (id, factory_id, name, type, rated_power_kw, mqtt_topic, is_active) VALUES
('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-0000000000f1', 'Boiler-7',
 'boiler', 45.00, 'mill/boiler', NULL),
('00000000-0000-0000-0000-0000000000b2', '00000000-0000-0000-0000-0000000000f1', 'Press-2',
 NULL, 120.50, NULL, true),
('00000000-0000-0000-0000-0000000000b3', '00000000-0000-0000-0000-0000000000f1', 'Press-1',
 'press', NULL, NULL, false);
INSERT INTO energy_sources (id, name, unit, cost_per_unit, carbon_intensity, icon) VALUES
('00000000-0000-0000-0000-0000000000e1', 'Electricity', 'KWH', 0.1500, 0.4500, 'bolt'),
('00000000-0000-0000-0000-0000000000e2', 'Natural Gas', 'kWh', 0.0600, 0.2000, 'flame'),
('00000000-0000-0000-0000-0000000000e3', 'steam', 'kg', 0.0800, NULL, 'cloud');
INSERT INTO energy_source_features
    (energy_source_id, feature_name, data_type, source_table, source_column, aggregation_function,
     is_regression_feature) VALUES
('00000000-0000-0000-0000-0000000000e1', 'production_count', 'integer', 'production_data',
 'production_count', 'SUM', true),
('00000000-0000-0000-0000-0000000000e1', 'avg_power_kw', 'numeric', 'energy_readings', 'power_kw',
 'AVG', true),
('00000000-0000-0000-0000-0000000000e1', 'humidity', 'numeric', 'production_data', 'humidity',
 'AVG', true),
('00000000-0000-0000-0000-0000000000e2', 'outdoor', 'numeric', 'weather_station', 'temp', 'AVG',
 true);
INSERT INTO seus (id, name, energy_source_id, machine_ids, regression_coefficients, intercept,
                  feature_columns, r_squared, trained_at) VALUES
('00000000-0000-0000-0000-0000000000d1', 'Boiler electricity',
 '00000000-0000-0000-0000-0000000000e1', '{00000000-0000-0000-0000-0000000000b1}',
 '{"production_count": 0.4}', 12.5, '{production_count}', 0.8123, '2026-02-01 09:00'),
('00000000-0000-0000-0000-0000000000d2', 'Boiler gas',
 '00000000-0000-0000-0000-0000000000e2', '{00000000-0000-0000-0000-0000000000b1}',
 '{"outdoor": -3.5}', 80, '{outdoor}', NULL, NULL),
('00000000-0000-0000-0000-0000000000d3', 'Boiler steam',
 '00000000-0000-0000-0000-0000000000e3',
 '{00000000-0000-0000-0000-0000000000b1,00000000-0000-0000-0000-0000000000bb}',
 NULL, NULL, NULL, NULL, NULL);
INSERT INTO energy_baselines (machine_id, seu_id, model_name, model_version, training_start_date,
                              training_end_date, training_samples, coefficients, feature_names,
                              r_squared) VALUES
('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-0000000000d1', 'boiler', 1,
 '2025-01-01Z', '2026-01-01Z', 365, '{"production_count": 0.4}', '{production_count}', 0.8123);
INSERT INTO energy_readings (time, machine_id, energy_type, energy_kwh, power_kw, operator)
SELECT quarter, '00000000-0000-0000-0000-0000000000b1', carrier, kwh, kwh * 4, 'night crew'
FROM generate_series('2026-03-01T00:00+01:00'::timestamptz, '2026-03-03T23:45+01:00',
                     '15 minutes') AS quarter,
     (VALUES ('electricity', 2.0), ('natural_gas', 10.0), ('STEAM', 7.0)) AS c (carrier, kwh);
INSERT INTO energy_readings (time, machine_id, energy_kwh)
SELECT hour, '00000000-0000-0000-0000-0000000000b2',
       CASE WHEN extract(hour FROM hour AT TIME ZONE 'Europe/Vienna') <> 5 THEN 30.5 END
FROM generate_series('2026-03-01T00:00+01:00'::timestamptz, '2026-03-03T23:00+01:00',
                     '1 hour') AS hour;
INSERT INTO production_data (time, machine_id, production_count, shift)
SELECT hour, '00000000-0000-0000-0000-0000000000b2', 100, 'A'
FROM generate_series('2026-03-01T00:00+01:00'::timestamptz, '2026-03-03T23:00+01:00',
                     '1 hour') AS hour;
INSERT INTO anomalies (machine_id, alert_code, severity)
VALUES ('00000000-0000-0000-0000-0000000000b1', 'E-17', 'info');
