"""What the KPIs reckon with: the site, the energy sources that can be used, and production."""

from __future__ import annotations

SITE = """
CREATE FUNCTION enms.kpi_site(machine uuid) RETURNS factories
LANGUAGE sql STABLE
AS 'SELECT f.* FROM machines AS m JOIN factories AS f ON f.id = m.factory_id WHERE m.id = machine'
"""

# kWh in one unit of energy, by definition of the units, however they are spelled; NULL for others.
KWH_PER_UNIT = r"""
CREATE FUNCTION enms.kpi_kwh_per_unit(unit text) RETURNS double precision
LANGUAGE sql IMMUTABLE
RETURN CASE lower(btrim(unit, E' \t\r\n'))
    WHEN 'kwh' THEN 1::double precision WHEN 'wh' THEN 1e-3 WHEN 'mwh' THEN 1e3
    WHEN 'gwh' THEN 1e6 WHEN 'kj' THEN 1 / 3600::double precision
    WHEN 'mj' THEN 1 / 3.6::double precision WHEN 'gj' THEN 1e3 / 3.6::double precision
END
"""

# A value of a reading; NULL where it is no number: such a reading is a missing one.
FINITE = """
CREATE FUNCTION enms.kpi_finite(value double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN value > '-infinity' AND value < 'infinity' THEN value END
"""

# Whether the table and the columns that a source names are there and of types to reckon with.
CAN_BE_READ = """
CREATE FUNCTION enms.kpi_can_be_read(s energy_sources) RETURNS boolean
LANGUAGE sql STABLE
AS $$
    SELECT s.consumption_column IS NOT NULL AND NOT EXISTS (
        SELECT FROM (VALUES
            ('time', '{timestamp with time zone}'::text[]),
            ('machine_id', '{uuid}'),
            (s.consumption_column,
             '{double precision,real,numeric,integer,bigint,smallint}'),
            (s.energy_content_column, NULL),
            (s.carrier_column, NULL)
        ) AS needed (name, types)
        WHERE needed.name IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_attribute AS a
            WHERE a.attrelid = to_regclass(quote_ident(s.readings_table))
              AND a.attnum > 0 AND NOT a.attisdropped AND a.attname = needed.name
              AND (needed.types IS NULL OR format_type(a.atttypid, NULL) = ANY (needed.types))
        )
    )
$$
"""

# Whether a table has rows of several carriers for one machine and time: told by a third column of
# a unique key, without any key over machine and time by the usual name.
IS_SHARED = """
CREATE FUNCTION enms.kpi_is_shared(readings_table text) RETURNS boolean
LANGUAGE sql STABLE
AS $$
    WITH named AS (
        SELECT to_regclass(quote_ident(readings_table)) AS relation
    ), key AS (
        SELECT ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                     WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) AS columns
        FROM named AS n JOIN pg_index AS i ON i.indrelid = n.relation
        WHERE i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
    ), counted AS (
        SELECT coalesce(bool_or(cardinality(k.columns) = 2), false) AS is_one,
               coalesce(bool_or(cardinality(k.columns) = 3), false) AS is_several
        FROM key AS k WHERE k.columns @> ARRAY['machine_id', 'time']
    )
    SELECT NOT c.is_one AND (c.is_several OR EXISTS (
        SELECT FROM named AS n JOIN pg_attribute AS a ON a.attrelid = n.relation
        WHERE a.attname = 'energy_type' AND NOT a.attisdropped
    ))
    FROM counted AS c
$$
"""

# Whether a source can be answered; the catalogue leaves out the same ones. Rows of other carriers
# must not count as its own, and a column in kWh of a source in another unit is the wrong amount or
# has the wrong price.
IS_USABLE = """
CREATE FUNCTION enms.kpi_is_usable(s energy_sources) RETURNS boolean
LANGUAGE sql STABLE
AS $$
    SELECT enms.kpi_can_be_read(s)
       AND (s.carrier_column IS NOT NULL AND s.carrier_value IS NOT NULL
            OR NOT enms.kpi_is_shared(s.readings_table))
       AND (right(s.consumption_column, 4) <> '_kwh'
            OR (enms.kpi_kwh_per_unit(s.unit) = 1) IS TRUE)
$$
"""

# A source as the KPIs reckon with it, where an adopted row leaves something open: kWh spelled our
# way, units of energy converted by definition, no column that lacks its unit or value.
COMPLETED = """
CREATE FUNCTION enms.kpi_completed(s energy_sources) RETURNS energy_sources
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF enms.kpi_kwh_per_unit(s.unit) = 1 THEN
        s.unit := 'kWh';
    END IF;
    s.kwh_per_unit := coalesce(s.kwh_per_unit, enms.kpi_kwh_per_unit(s.unit));
    s.reference_content := coalesce(s.reference_content, 0);
    IF enms.kpi_kwh_per_unit(s.energy_content_unit) IS NULL THEN
        s.energy_content_column := NULL;
    END IF;
    IF s.carrier_value IS NULL THEN
        s.carrier_column := NULL;
    END IF;
    RETURN s;
END
$$
"""

# The sources that a question means: the one named, else those purchased that the machine has a
# meter or an SEU for. None where one of these cannot be used: a total without it looks complete.
SOURCES = """
CREATE FUNCTION enms.kpi_sources(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text
) RETURNS SETOF energy_sources
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF (isfinite(period_start) AND period_start < period_end AND isfinite(period_end)) IS NOT TRUE
    THEN
        RAISE invalid_parameter_value
        USING MESSAGE = format('a period cannot be from %s to %s', period_start, period_end);
    ELSIF NOT EXISTS (SELECT FROM machines AS m WHERE m.id = machine) THEN
        RAISE invalid_parameter_value USING MESSAGE = format('there is no machine %s', machine);
    ELSIF wanted IS NOT NULL AND NOT EXISTS (
        SELECT FROM energy_sources AS s WHERE s.name = wanted AND enms.kpi_is_usable(s)
    ) THEN
        RAISE invalid_parameter_value
        USING MESSAGE = format('there is no usable energy source named %L', wanted);
    END IF;
    RETURN QUERY
    WITH meant AS MATERIALIZED (
        SELECT s, enms.kpi_is_usable(s) AS is_usable
        FROM energy_sources AS s
        WHERE CASE WHEN wanted IS NOT NULL THEN s.name = wanted
              ELSE s.is_purchased IS NOT FALSE AND (
                  EXISTS (SELECT FROM meters AS m
                          WHERE m.machine_id = machine AND m.energy_source_id = s.id)
                  OR EXISTS (SELECT FROM seus AS u
                             WHERE machine = ANY(u.machine_ids) AND u.energy_source_id = s.id)
              ) END
    )
    SELECT c.*
    FROM meant AS m CROSS JOIN LATERAL enms.kpi_completed(m.s) AS c
    WHERE (SELECT bool_and(o.is_usable) FROM meant AS o)
    ORDER BY c.name;
END
$$
"""

# What a machine makes, told as if it were an energy source; no row where there is no such table.
PRODUCTION = """
CREATE FUNCTION enms.kpi_production() RETURNS SETOF energy_sources
LANGUAGE sql STABLE
AS $$
    SELECT p.* FROM jsonb_populate_record(
        NULL::energy_sources,
        '{"readings_table": "production_data", "consumption_column": "production_count"}'
    ) AS p
    WHERE enms.kpi_can_be_read(p)
$$
"""

# Dropped in the opposite order.
FUNCTIONS = (
    SITE, KWH_PER_UNIT, FINITE, CAN_BE_READ, IS_SHARED, IS_USABLE, COMPLETED, SOURCES, PRODUCTION
)  # fmt: skip
