"""Blocks of time of one length: for demand, and for what has to be compared over the same time."""

from __future__ import annotations

# seconds: length of a block. slack: how far the readings of a complete block may fall short of it,
# where a meter's interval does not divide it. origin: where a block starts. since, until: what is
# read, whole blocks where there is one, else the period with its cut blocks. width: of the cells
# that no block cuts.
WINDOW = """
CREATE TYPE enms.kpi_window AS (
    seconds integer, slack integer, origin timestamptz, since timestamptz, until timestamptz,
    is_whole boolean, width text
)
"""

# Blocks are at least shortest_seconds long, and as long as the longest interval of the meters in
# service: within it only the mean is known. They start at multiples of their length, counted in the
# wall time that the period starts in: quarter hours of UTC are those of every zone, longer ones
# follow the site's clock. No row where a source has no meter in service.
WINDOW_OF = """
CREATE FUNCTION enms.kpi_window_of(
    machine uuid, sources energy_sources[], shortest_seconds integer,
    period_start timestamptz, period_end timestamptz
) RETURNS SETOF enms.kpi_window
LANGUAGE sql STABLE
AS $$
    WITH meter AS (
        SELECT m.nominal_interval_seconds AS seconds
        FROM unnest(sources) AS s
        LEFT JOIN meters AS m ON m.machine_id = machine AND m.energy_source_id = s.id
                             AND m.valid_from < period_end
                             AND (m.valid_to IS NULL OR m.valid_to > period_start)
    ), length AS (
        SELECT greatest(shortest_seconds, max(seconds)) AS seconds
        FROM meter HAVING count(seconds) = count(*) AND count(*) > 0
    ), phase AS (
        SELECT l.seconds, make_interval(secs => l.seconds) AS step,
               make_interval(secs => mod(extract(epoch FROM period_start AT TIME ZONE f.timezone),
                                         l.seconds)::double precision) AS past
        FROM length AS l, enms.kpi_site(machine) AS f
    ), whole AS (
        SELECT p.*, period_start - p.past AS origin,
               period_start - p.past + CASE WHEN p.past > interval '0' THEN p.step
                                            ELSE interval '0' END AS since
        FROM phase AS p
    ), counted AS (
        SELECT w.*, floor(extract(epoch FROM period_end - w.since) / w.seconds) AS blocks
        FROM whole AS w
    )
    SELECT c.seconds, (SELECT max(mod(c.seconds, m.seconds)) FROM meter AS m), c.origin,
           CASE WHEN c.blocks > 0 THEN c.since ELSE period_start END,
           CASE WHEN c.blocks > 0
                THEN c.since + make_interval(secs => (c.blocks * c.seconds)::double precision)
                ELSE period_end END,
           c.blocks > 0,
           CASE WHEN c.blocks > 0 AND mod(c.seconds, 3600) = 0 AND enms.hour_of(c.origin) = c.origin
                THEN '1hour'
                WHEN c.blocks > 0 AND mod(c.seconds, 900) = 0
                     AND enms.quarter_of(c.origin) = c.origin THEN '15min'
                ELSE 'reading' END
    FROM counted AS c
$$
"""

# What was used of one source in each block that has readings.
SOURCE_BLOCKS = """
CREATE FUNCTION enms.kpi_source_blocks(machine uuid, s energy_sources, w enms.kpi_window)
RETURNS TABLE (block timestamptz, quantity double precision, energy_kwh double precision,
               covered_seconds double precision)
LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT date_bin(make_interval(secs => ($3).seconds), c.time, ($3).origin),
                sum(c.quantity),
                CASE WHEN count(c.energy_kwh) = count(*) THEN sum(c.energy_kwh) END,
                sum(c.covered_seconds)
         FROM (%s) AS c GROUP BY 1',
        enms.kpi_cells(s, w.width, '($3).since', '($3).until')
    ) USING machine, s, w;
END
$$
"""

# The sources together. per_hour: mean rate over the block, in the sources' unit per hour. Two days
# of a daily meter that meet in one block where the clocks change are a mean over both. is_complete:
# whole, and each source has told all of it.
BLOCKS = """
CREATE FUNCTION enms.kpi_blocks(machine uuid, sources energy_sources[], w enms.kpi_window)
RETURNS TABLE (block timestamptz, per_hour double precision, energy_kwh double precision,
               is_complete boolean)
LANGUAGE sql STABLE
AS $$
    SELECT b.block,
           sum(b.quantity * 3600 / CASE WHEN w.seconds > 3600
                                        THEN greatest(b.covered_seconds, w.seconds)
                                        ELSE w.seconds END),
           CASE WHEN count(b.energy_kwh) = count(*) THEN sum(b.energy_kwh) END,
           w.is_whole AND count(*) = cardinality(sources)
           AND coalesce(bool_and(b.covered_seconds >= w.seconds - w.slack), false)
    FROM unnest(sources) AS s CROSS JOIN LATERAL enms.kpi_source_blocks(machine, s, w) AS b
    GROUP BY b.block
$$
"""

# The highest block of the sources metered in kWh, together; the first where there are several.
# Load factor: the mean of the complete blocks over the highest one, which is E / (Pmax * T) with T
# the time of the complete blocks, so that gaps do not lower it.
DEMAND = """
CREATE FUNCTION enms.kpi_demand(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text,
    OUT peak_demand_kw double precision, OUT peak_time timestamptz,
    OUT demand_interval_seconds integer, OUT load_factor double precision
)
LANGUAGE sql STABLE
AS $$
    WITH metered AS (
        SELECT array_agg(s) AS sources
        FROM enms.kpi_sources(machine, period_start, period_end, wanted) AS s WHERE s.unit = 'kWh'
    ), used AS (
        SELECT b.*, w.seconds
        FROM metered AS m
        CROSS JOIN LATERAL enms.kpi_window_of(
            machine, m.sources, 900, period_start, period_end
        ) AS w
        CROSS JOIN LATERAL enms.kpi_blocks(machine, m.sources, w) AS b
    )
    SELECT p.per_hour, p.block, p.seconds,
           (SELECT avg(u.per_hour) FROM used AS u WHERE u.is_complete) / nullif(p.per_hour, 0)
    FROM used AS p ORDER BY p.per_hour DESC, p.block LIMIT 1
$$
"""

# Specific energy: sum of energy over sum of units, over the same hours: those whose energy is
# complete and that have production. NULL without output, and where energy cannot be converted.
SEC = """
CREATE FUNCTION enms.kpi_sec(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text
) RETURNS double precision
LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN count(e.energy_kwh) = count(*)
                THEN sum(e.energy_kwh) / nullif(sum(p.quantity), 0) END
    FROM (
        SELECT array_agg(s) AS sources
        FROM enms.kpi_sources(machine, period_start, period_end, wanted) AS s
    ) AS m
    CROSS JOIN enms.kpi_production() AS made
    CROSS JOIN LATERAL enms.kpi_window_of(machine, m.sources, 3600, period_start, period_end) AS w
    CROSS JOIN LATERAL enms.kpi_blocks(machine, m.sources, w) AS e
    JOIN LATERAL enms.kpi_source_blocks(machine, made, w) AS p USING (block)
    WHERE e.is_complete
$$
"""

# Each local month's peak of each source metered in kWh, times the charge of the tariff that was
# valid then; the sum over the months. NULL where a peak has no tariff, where no tariff charges
# demand, and where charges are in two currencies.
DEMAND_CHARGE = """
CREATE FUNCTION enms.kpi_demand_charge(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text
) RETURNS numeric
LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN bool_and(r.rate IS NOT NULL) AND count(DISTINCT r.currency) < 2
                THEN sum(d.peak_demand_kw::numeric * r.demand_charge_per_kw) END
    FROM enms.kpi_site(machine) AS f
    CROSS JOIN LATERAL generate_series(
        date_trunc('month', period_start AT TIME ZONE f.timezone),
        period_end AT TIME ZONE f.timezone, interval '1 month'
    ) AS g (month)
    CROSS JOIN LATERAL (
        SELECT greatest(enms.instant_of(g.month, f.timezone), period_start) AS since,
               least(enms.instant_of(g.month + interval '1 month', f.timezone), period_end) AS until
    ) AS m
    CROSS JOIN enms.kpi_sources(machine, period_start, period_end, wanted) AS s
    CROSS JOIN LATERAL enms.kpi_demand(machine, m.since, m.until, s.name) AS d
    CROSS JOIN LATERAL enms.kpi_rates(
        f, s, d.peak_time, d.peak_time + interval '1 microsecond'
    ) AS r
    WHERE m.since < m.until AND s.unit = 'kWh' AND d.peak_time IS NOT NULL
$$
"""

# Dropped in the opposite order, the type last.
FUNCTIONS = (WINDOW_OF, SOURCE_BLOCKS, BLOCKS, DEMAND, SEC, DEMAND_CHARGE)
