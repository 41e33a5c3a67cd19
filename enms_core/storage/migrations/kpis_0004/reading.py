"""How the KPIs read: what was used of a source between some instants."""

from __future__ import annotations

from enms_core.storage.migrations.kpis_0004 import sources

# The SQL for cells of a source: time, quantity, energy_kwh, readings, first_time, covered_seconds.
# width is '1hour', '15min' or 'reading'; since and until are SQL for the bounds. In that SQL $1 is
# the machine and $2 the row of the source. Energy is quantity * (content - reference) where a row
# tells its content, else quantity * kwh_per_unit, else NULL. Where the source has no rollup yet,
# or one that was made for another source of the same table, its readings are aggregated.
CELLS = """
CREATE FUNCTION enms.kpi_cells(s energy_sources, width text, since text, until text) RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    shape jsonb := (
        SELECT r.shape FROM enms.rollups AS r WHERE r.readings_table = s.readings_table
    );
    is_rolled_up boolean := coalesce(
        shape->'summed' ? s.consumption_column AND shape->>'owner' = 'machine_id'
        AND coalesce(shape->>'measure', s.consumption_column) = s.consumption_column
        AND shape->>'carrier_column' IS NOT DISTINCT FROM s.carrier_column
        AND (s.energy_content_column IS NULL OR s.energy_content_column = shape->>'content'),
        false
    );
    carrier text := CASE WHEN s.carrier_column IS NULL THEN 'true'
                         ELSE format('%I::text = ($2).carrier_value', s.carrier_column) END;
    of_content text := 'enms.kpi_kwh_per_unit(($2).energy_content_unit)';
    energy text;
    readings text;
BEGIN
    IF is_rolled_up AND width <> 'reading' THEN
        energy := CASE WHEN s.energy_content_column IS NULL
            THEN '%1$I * ($2).kwh_per_unit'
            ELSE 'coalesce((content_sum - ($2).reference_content * content_quantity) * %3$s, 0)
                  + CASE WHEN %2$I > content_count
                    THEN (%1$I - coalesce(content_quantity, 0)) * ($2).kwh_per_unit ELSE 0 END' END;
        RETURN format(
            'SELECT bucket AS time, %1$I AS quantity, (' || energy || ')::double precision AS
                    energy_kwh, %2$I AS readings, first_time, covered_seconds
             FROM enms.%4$I
             WHERE machine_id = $1 AND bucket >= %5$s AND bucket < %6$s AND %2$I > 0 AND %7$s',
            s.consumption_column || '_sum', s.consumption_column || '_count', of_content,
            s.readings_table || '_' || width, since, until, carrier
        );
    END IF;
    readings := format(
        'SELECT r.time, r.quantity,
                coalesce(r.quantity * (r.content - ($2).reference_content) * %1$s,
                         r.quantity * ($2).kwh_per_unit)::double precision AS energy_kwh,
                1::bigint AS readings, r.time AS first_time,
                m.seconds::double precision AS covered_seconds
         FROM (
             SELECT time, enms.kpi_finite(%2$I) AS quantity, enms.kpi_finite(%3$s) AS content
             FROM %4$I
             WHERE machine_id = $1 AND time >= %5$s AND time < %6$s
               AND enms.kpi_finite(%2$I) IS NOT NULL AND %7$s
         ) AS r
         LEFT JOIN LATERAL (
             SELECT nominal_interval_seconds AS seconds FROM meters
             WHERE machine_id = $1 AND energy_source_id = ($2).id
               AND valid_from <= r.time AND (valid_to IS NULL OR r.time < valid_to)
             ORDER BY valid_from DESC LIMIT 1
         ) AS m ON true',
        of_content, s.consumption_column, coalesce(quote_ident(s.energy_content_column), 'NULL'),
        s.readings_table, since, until, carrier
    );
    RETURN CASE width WHEN 'reading' THEN readings ELSE format(
        'SELECT enms.%I(time) AS time, sum(quantity) AS quantity,
                CASE WHEN count(energy_kwh) = count(*) THEN sum(energy_kwh) END AS energy_kwh,
                count(*) AS readings, min(time) AS first_time,
                CASE WHEN count(covered_seconds) = count(*) THEN sum(covered_seconds) END
                AS covered_seconds
         FROM (%s) AS r GROUP BY 1',
        CASE width WHEN '1hour' THEN 'hour_of' ELSE 'quarter_of' END, readings
    ) END;
END
$$
"""

# What was used between neighbouring edges (in order, the period's own first and last); stretches
# count from 1, those without readings are absent. An hour that an edge cuts is taken by quarter
# hours, a quarter hour that one cuts by readings: a reading belongs where its interval starts.
# OFFSET 0 keeps the bounds of a cut hour inside its query; joined from outside, the planner reads
# all of the machine's cells for each.
USE = """
CREATE FUNCTION enms.kpi_use(machine uuid, s energy_sources, edges timestamptz[])
RETURNS TABLE (stretch integer, quantity double precision, energy_kwh double precision,
               readings bigint, first_time timestamptz)
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    cut_hours timestamptz[] := ARRAY(
        SELECT DISTINCT enms.hour_of(e) FROM unnest(edges) AS e WHERE e <> enms.hour_of(e)
    );
    cut_quarters timestamptz[] := ARRAY(
        SELECT DISTINCT enms.quarter_of(e) FROM unnest(edges) AS e WHERE e <> enms.quarter_of(e)
    );
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT width_bucket(c.time, $7), sum(c.quantity),
                CASE WHEN count(c.energy_kwh) = count(*) THEN sum(c.energy_kwh) END,
                sum(c.readings)::bigint, min(c.first_time)
         FROM (
             SELECT h.* FROM (%s) AS h WHERE h.time <> ALL ($5)
             UNION ALL
             SELECT q.* FROM unnest($5) AS cut (start), LATERAL (%s OFFSET 0) AS q
             WHERE q.time <> ALL ($6)
             UNION ALL
             SELECT r.* FROM unnest($6) AS cut (start), LATERAL (%s OFFSET 0) AS r
         ) AS c
         GROUP BY 1',
        enms.kpi_cells(s, '1hour', '$3', '$4'),
        enms.kpi_cells(s, '15min', 'greatest($3, cut.start)',
                       'least($4, cut.start + interval ''1 hour'')'),
        enms.kpi_cells(s, 'reading', 'greatest($3, cut.start)',
                       'least($4, cut.start + interval ''15 minutes'')')
    ) USING machine, s, edges[1], edges[cardinality(edges)], cut_hours, cut_quarters, edges;
END
$$
"""

# Time for which complete intervals should be there [s], in a stretch with one nominal interval:
# they begin at multiples of it from the first reading; days are counted, because local days have 23
# to 25 hours. Without a meter the whole stretch is expected: nothing was measured there.
EXPECTED_SECONDS = """
CREATE FUNCTION enms.kpi_expected_seconds(
    since timestamptz, until timestamptz, seconds integer, first_time timestamptz
) RETURNS double precision
LANGUAGE sql STABLE
RETURN (
    SELECT CASE
        WHEN seconds IS NULL THEN extract(epoch FROM until - since)
        WHEN seconds >= 86400
        THEN floor(extract(epoch FROM until - since) / seconds + 0.05) * seconds
        ELSE seconds * greatest(
            0,
            floor((extract(epoch FROM until) - p.phase) / seconds)
            - ceil((extract(epoch FROM since) - p.phase) / seconds)
        )
    END
    FROM (SELECT coalesce(mod(extract(epoch FROM first_time), seconds), 0) AS phase) AS p
)
"""

# Energy of one source with what its meters should have told. Readings outside every meter's time of
# service stand for the last meter's interval. Without any meter expected_seconds is NULL.
SOURCE_ENERGY = """
CREATE FUNCTION enms.kpi_source_energy(
    machine uuid, s energy_sources, period_start timestamptz, period_end timestamptz
) RETURNS TABLE (energy_kwh double precision, readings bigint,
                 expected_seconds double precision, covered_seconds double precision)
LANGUAGE sql STABLE
AS $$
    WITH meter AS (
        SELECT m.valid_from, coalesce(m.valid_to, 'infinity') AS valid_to,
               m.nominal_interval_seconds AS seconds
        FROM meters AS m WHERE m.machine_id = machine AND m.energy_source_id = s.id
    ), edge AS (
        SELECT period_start AS moment
        UNION SELECT valid_from FROM meter
              WHERE valid_from > period_start AND valid_from < period_end
        UNION SELECT valid_to FROM meter WHERE valid_to > period_start AND valid_to < period_end
    ), piece AS (
        SELECT e.moment AS since, lead(e.moment, 1, period_end) OVER in_order AS until,
               (row_number() OVER in_order)::integer AS stretch,
               (SELECT m.seconds FROM meter AS m
                WHERE m.valid_from <= e.moment AND e.moment < m.valid_to
                ORDER BY m.valid_from DESC LIMIT 1) AS seconds
        FROM edge AS e WINDOW in_order AS (ORDER BY e.moment)
    ), used AS (
        SELECT p.*, u.energy_kwh, coalesce(u.readings, 0) AS readings,
               CASE WHEN EXISTS (SELECT FROM meter)
               THEN enms.kpi_expected_seconds(p.since, p.until, p.seconds, u.first_time) END
               AS expected_seconds
        FROM piece AS p LEFT JOIN enms.kpi_use(
            machine, s, (SELECT array_agg(since ORDER BY since) || period_end FROM piece)
        ) AS u USING (stretch)
    )
    SELECT CASE WHEN count(energy_kwh) = count(*) FILTER (WHERE readings > 0)
                THEN sum(energy_kwh) END,
           sum(readings)::bigint, sum(expected_seconds),
           sum(least(expected_seconds, readings * coalesce(
               seconds, (SELECT m.seconds FROM meter AS m ORDER BY m.valid_from DESC LIMIT 1)
           )))
    FROM used
$$
"""

# The sources together. A source without a reading adds nothing, and lowers the coverage; without
# any source nothing is known, not even a number of readings.
ENERGY = """
CREATE FUNCTION enms.kpi_energy(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text,
    OUT energy_kwh double precision, OUT readings bigint, OUT coverage_percent double precision
)
LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN count(e.energy_kwh) = count(*) FILTER (WHERE e.readings > 0)
                THEN sum(e.energy_kwh) END,
           sum(e.readings)::bigint,
           CASE WHEN count(e.expected_seconds) = count(*)
                THEN 100 * sum(e.covered_seconds) / nullif(sum(e.expected_seconds), 0) END
    FROM enms.kpi_sources(machine, period_start, period_end, wanted) AS s
    CROSS JOIN LATERAL enms.kpi_source_energy(machine, s, period_start, period_end) AS e
$$
"""

# Dropped in the opposite order.
FUNCTIONS = (*sources.FUNCTIONS, CELLS, USE, EXPECTED_SECONDS, SOURCE_ENERGY, ENERGY)
