"""The parts of queries that ask the functions of schema `enms` for many machines at once.

$1 to $3: stretches of machines, which do not overlap. $4: names of the sources that are counted
together; NULL stands for those that a machine purchases.
"""

from __future__ import annotations

# The whole time of each machine, with the stretches in it.
SPANS = """WITH span AS (
    SELECT machine_id, array_agg(since ORDER BY since) AS starts,
           array_agg(until ORDER BY since) AS ends, min(since) AS since, max(until) AS until
    FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS s (machine_id, since, until)
    GROUP BY machine_id
)"""

# What each machine has of the sources.
SOURCES_TOGETHER = """    FROM (
        SELECT array_agg(k) AS sources
        FROM unnest($4::text[]) AS n (name)
        CROSS JOIN LATERAL enms.kpi_sources(s.machine_id, s.since, s.until, n.name) AS k
    ) AS m"""

# The hours, blocks of enms.kpi_sec, that lie in the stretches and have energy and production.
HOURS_OF_BOTH = f"""{SOURCES_TOGETHER}
    CROSS JOIN enms.kpi_production() AS made
    CROSS JOIN LATERAL enms.kpi_window_of(s.machine_id, m.sources, 3600, s.since, s.until) AS w
    CROSS JOIN LATERAL enms.kpi_blocks(s.machine_id, m.sources, w) AS e
    JOIN LATERAL enms.kpi_source_blocks(s.machine_id, made, w) AS p USING (block)
    WHERE e.is_complete
      AND s.ends[width_bucket(block, s.starts)] >= block + make_interval(secs => w.seconds)
) AS r
WHERE r.units IS NOT NULL"""
