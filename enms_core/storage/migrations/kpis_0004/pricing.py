"""How the KPIs price: what was used, times the tariff or the carbon factor of that time."""

from __future__ import annotations

# The instant of a wall time. One that a clock change skips moves forward, one that it repeats is
# the first pass; PostgreSQL by itself takes the second.
INSTANT_OF = """
CREATE FUNCTION enms.instant_of(wall timestamp, zone text) RETURNS timestamptz
LANGUAGE sql STABLE
RETURN (
    SELECT CASE WHEN w.by_yesterday AT TIME ZONE zone = wall
                THEN least(w.by_yesterday, wall AT TIME ZONE zone)
                ELSE wall AT TIME ZONE zone END
    FROM (SELECT (wall - interval '1 day') AT TIME ZONE zone + interval '24 hours' AS by_yesterday)
         AS w
)
"""

# The period cut wherever another tariff counts: in order, without gaps. rate is NULL where no row
# in the site's currency covers the time; without any row at all it is the flat cost per unit. Where
# several cover it, the one valid from the latest date counts, then the one with the shorter
# window, then with fewer weekdays, then the first. A window belongs to the weekday on which it
# starts; it may end up to two local days later: over midnight, and where the clocks moved its end.
RATES = """
CREATE FUNCTION enms.kpi_rates(
    site factories, s energy_sources, period_start timestamptz, period_end timestamptz
) RETURNS TABLE (since timestamptz, rate numeric, demand_charge_per_kw numeric, currency text,
                 basis text)
LANGUAGE sql STABLE
AS $$
    WITH tariff AS (
        SELECT t.*, t.starts::interval AS opens,
               CASE WHEN t.ends > t.starts THEN t.ends - t.starts
                    ELSE t.ends - t.starts + interval '24 hours' END AS length
        FROM (
            SELECT e.*, coalesce(nullif(e.start_time, '24:00'), '00:00') AS starts,
                   coalesce(nullif(e.end_time, '24:00'), '00:00') AS ends,
                   coalesce(e.valid_from, '-infinity') AS begins,
                   coalesce(e.valid_to, 'infinity') AS expires
            FROM energy_tariffs AS e
            WHERE e.factory_id = site.id AND e.energy_source_id = s.id
        ) AS t
    ), ranked AS (
        SELECT t.*, row_number() OVER (
                   ORDER BY t.begins DESC, t.length, coalesce(cardinality(t.weekdays), 7), t.id
               ) AS place
        FROM tariff AS t
        WHERE t.rate_per_unit IS NOT NULL AND t.begins < period_end AND t.expires > period_start
    ), span AS (
        SELECT t.place, d.day::date AS day,
               greatest(enms.instant_of(d.day + t.opens, site.timezone), t.begins, period_start)
               AS since,
               least(enms.instant_of(d.day + t.opens + t.length, site.timezone), t.expires,
                     period_end) AS until
        FROM ranked AS t
        CROSS JOIN generate_series(
            date_trunc('day', period_start AT TIME ZONE site.timezone) - interval '2 days',
            period_end AT TIME ZONE site.timezone, interval '1 day'
        ) AS d (day)
        WHERE t.weekdays IS NULL OR extract(isodow FROM d.day) - 1 = ANY(t.weekdays)
    ), cut AS (
        SELECT period_start AS moment
        UNION SELECT p.since FROM span AS p WHERE p.since < p.until
        UNION SELECT p.until FROM span AS p WHERE p.since < p.until AND p.until < period_end
    ), held AS (
        SELECT c.moment, min(p.place) AS place
        FROM cut AS c CROSS JOIN generate_series(0, 2) AS back (days)
        LEFT JOIN span AS p ON p.day = (c.moment AT TIME ZONE site.timezone)::date - back.days
                            AND p.since <= c.moment AND c.moment < p.until
        GROUP BY c.moment
    )
    SELECT h.moment, t.rate_per_unit::numeric, t.demand_charge_per_kw::numeric,
           coalesce(t.currency, site.currency), 'tariff'
    FROM held AS h
    LEFT JOIN ranked AS t ON t.place = h.place
                         AND (t.currency = site.currency) IS NOT FALSE
    WHERE EXISTS (SELECT FROM tariff)
    UNION ALL
    SELECT period_start, s.cost_per_unit::numeric, NULL, site.currency, 'flat'
    WHERE NOT EXISTS (SELECT FROM tariff)
$$
"""

# Energy cost without demand charge; numeric keeps the 15 digits that a double holds for certain.
# NULL where something used has no rate, and where rates are in two currencies. cost_basis is the
# weakest of what was used: missing, flat, tariff.
COST = """
CREATE FUNCTION enms.kpi_cost(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text,
    OUT energy_cost numeric, OUT currency text, OUT cost_basis text
)
LANGUAGE sql STABLE
AS $$
    WITH used AS (
        SELECT u.*
        FROM enms.kpi_sources(machine, period_start, period_end, wanted) AS s
        CROSS JOIN LATERAL (
            WITH stretch AS (
                SELECT row_number() OVER (ORDER BY r.since)::integer AS stretch, r.*
                FROM enms.kpi_rates(enms.kpi_site(machine), s, period_start, period_end) AS r
            )
            SELECT r.rate, r.currency, r.basis, u.quantity::numeric AS quantity
            FROM stretch AS r
            JOIN enms.kpi_use(
                machine, s, (SELECT array_agg(since ORDER BY since) || period_end FROM stretch)
            ) AS u USING (stretch)
        ) AS u
    ), total AS (
        SELECT sum(coalesce(quantity * rate, 0)) AS amount,
               min(used.currency) FILTER (WHERE rate IS NOT NULL) AS currency,
               bool_or(rate IS NULL AND quantity <> 0) OR
               count(DISTINCT coalesce(used.currency, '')) FILTER (WHERE rate IS NOT NULL) > 1
               AS is_missing,
               bool_or(basis = 'flat') AS is_flat
        FROM used
    )
    SELECT CASE WHEN NOT is_missing THEN amount END,
           CASE WHEN NOT is_missing THEN total.currency END,
           CASE WHEN is_missing THEN 'missing' WHEN is_flat THEN 'flat'
                WHEN NOT is_flat THEN 'tariff' END
    FROM total
$$
"""

# The period cut wherever another carbon factor counts, as kpi_rates. Only rows of the site's
# country and of no region hold; one of the country counts first, then the one valid from the latest
# date.
FACTORS = """
CREATE FUNCTION enms.kpi_factors(
    site factories, s energy_sources, period_start timestamptz, period_end timestamptz
) RETURNS TABLE (since timestamptz, rate double precision, basis text)
LANGUAGE sql STABLE
AS $$
    WITH factor AS (
        SELECT c.factor_kg_per_unit, coalesce(c.valid_from, '-infinity') AS begins,
               coalesce(c.valid_to, 'infinity') AS expires,
               row_number() OVER (
                   ORDER BY nullif(c.region, '') IS NULL, c.valid_from DESC NULLS LAST, c.source
               ) AS place
        FROM carbon_factors AS c
        WHERE c.energy_source_id = s.id AND c.factor_kg_per_unit IS NOT NULL
          AND (nullif(c.region, '') IS NULL OR lower(c.region) = lower(site.country))
    ), cut AS (
        SELECT period_start AS moment
        UNION SELECT f.begins FROM factor AS f
              WHERE f.begins > period_start AND f.begins < period_end
        UNION SELECT f.expires FROM factor AS f
              WHERE f.expires > period_start AND f.expires < period_end
    )
    SELECT c.moment, f.factor_kg_per_unit::double precision, 'factor'
    FROM cut AS c
    LEFT JOIN LATERAL (
        SELECT g.factor_kg_per_unit FROM factor AS g
        WHERE g.begins <= c.moment AND c.moment < g.expires ORDER BY g.place LIMIT 1
    ) AS f ON true
    WHERE EXISTS (SELECT FROM factor)
    UNION ALL
    SELECT period_start, s.carbon_intensity::double precision, 'flat'
    WHERE NOT EXISTS (SELECT FROM factor)
$$
"""

# Emissions, with the energy that they belong to. carbon_basis as cost_basis: missing, flat, factor.
EMISSIONS = """
CREATE FUNCTION enms.kpi_emissions(
    machine uuid, period_start timestamptz, period_end timestamptz, wanted text,
    OUT emissions_kg_co2e double precision, OUT energy_kwh double precision, OUT carbon_basis text
)
LANGUAGE sql STABLE
AS $$
    WITH used AS (
        SELECT u.*
        FROM enms.kpi_sources(machine, period_start, period_end, wanted) AS s
        CROSS JOIN LATERAL (
            WITH stretch AS (
                SELECT row_number() OVER (ORDER BY r.since)::integer AS stretch, r.*
                FROM enms.kpi_factors(enms.kpi_site(machine), s, period_start, period_end) AS r
            )
            SELECT r.rate, r.basis, u.quantity, u.energy_kwh
            FROM stretch AS r
            JOIN enms.kpi_use(
                machine, s, (SELECT array_agg(since ORDER BY since) || period_end FROM stretch)
            ) AS u USING (stretch)
        ) AS u
    ), total AS (
        SELECT bool_or(rate IS NULL AND quantity <> 0) AS is_missing,
               bool_or(basis = 'flat') AS is_flat,
               sum(coalesce(quantity * rate, 0)) AS emissions,
               CASE WHEN count(used.energy_kwh) = count(*) THEN sum(used.energy_kwh) END AS energy
        FROM used
    )
    SELECT CASE WHEN NOT is_missing THEN emissions END, energy,
           CASE WHEN is_missing THEN 'missing' WHEN is_flat THEN 'flat'
                WHEN NOT is_flat THEN 'factor' END
    FROM total
$$
"""

# Dropped in the opposite order.
FUNCTIONS = (INSTANT_OF, RATES, COST, FACTORS, EMISSIONS)
