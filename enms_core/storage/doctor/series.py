"""Checks of readings in their order, and against the register of meters."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.finding import Finding
from enms_core.storage.database import Database
from enms_core.storage.doctor.readings import Readings
from enms_core.storage.doctor.statement import Scope

# A load that is exactly the same for an hour is rare; for two or three readings it is not.
STUCK_HOURS = 1.0
STUCK_READINGS = 4
# Share of an interval by which a stamp may be late or early without a reading being missing or
# counted twice; the grid is another check.
JITTER = 0.1

# Readings on their way are not missing yet: a meter is silent from an hour and two intervals on.
SILENT_HOURS = 1.0
SILENT_INTERVALS = 2

# Each meter's readings in order, those of machines without any meter too; a meter that delivered
# nothing has one row without a time. Intervals above an hour may follow the factory's clock, which
# takes an hour away once a year: hence `slack`.
SERIES = """
watched AS (
    SELECT w.machine_id, w.seconds, make_interval(secs => w.seconds) AS step,
           CASE WHEN w.seconds > 3600 THEN 3600 ELSE 0 END AS slack_seconds,
           greatest(w.start_time, since) AS start_time, least(w.end_time, until, now) AS end_time
    FROM (
        SELECT machine_id, seconds, start_time, end_time FROM services
        UNION ALL
        SELECT id, NULL, '-infinity', 'infinity' FROM machines
        WHERE id NOT IN (SELECT machine_id FROM services)
    ) AS w, asked
), series AS (
    SELECT w.*, r.time, {quantity} AS quantity,
           lag(r.time) OVER in_order AS previous, lead(r.time) OVER in_order AS following,
           row_number() OVER in_order AS position,
           {quantity} <> 0 AND {quantity} = lag({quantity}) OVER in_order
               AND {rate} IS NOT DISTINCT FROM lag({rate}) OVER in_order AS is_same
    FROM watched AS w
    LEFT JOIN {table} AS r
        ON r.machine_id = w.machine_id AND r.time >= w.start_time AND r.time < w.end_time
           AND {carrier}
    WHERE w.start_time < w.end_time AND (r.time IS NOT NULL OR w.seconds IS NOT NULL)
    WINDOW in_order AS (PARTITION BY w.machine_id, w.start_time ORDER BY r.time)
), spaced AS (
    SELECT series.*, extract(epoch FROM following - time) AS spacing_seconds,
           CASE WHEN seconds IS NULL THEN 0
                WHEN time IS NULL THEN floor(extract(epoch FROM end_time - start_time) / seconds)
                WHEN following IS NULL
                THEN floor(extract(epoch FROM end_time - time) / seconds) - 1
                ELSE floor(extract(epoch FROM following - time) / seconds + $7) - 1
           END AS missing_after,
           CASE WHEN previous IS NULL AND time IS NOT NULL AND start_time > '-infinity'
                THEN floor(extract(epoch FROM time - start_time) / seconds) ELSE 0
           END AS missing_before
    FROM series
), noted AS MATERIALIZED (
    SELECT * FROM spaced
    WHERE is_same OR missing_after > 0 OR missing_before > 0
       OR spacing_seconds < coalesce((1 - $7) * seconds - slack_seconds, 1)
)"""
# Two readings of one instant: both are counted.
DUPLICATES = """
SELECT 'duplicate', NULL::uuid, machine_id, time, time + step,
       jsonb_build_object('readings', count(*) + 1)
FROM noted
WHERE following = time
GROUP BY machine_id, time, step
"""
# A reading that begins before the one before it has ended: some energy is counted twice.
OVERLAPS = """
SELECT 'overlap', NULL, machine_id, following, time + step,
       jsonb_build_object('interval_seconds', seconds, 'spacing_seconds', spacing_seconds)
FROM noted
WHERE spacing_seconds > 0 AND spacing_seconds < (1 - $7) * seconds - slack_seconds
"""
# Intervals that the meter in service did not deliver; a gap that lasts until now is a meter that
# is silent.
GAPS = """
SELECT CASE WHEN is_last THEN 'silent_meter' ELSE 'gap' END,
       NULL, machine_id, coalesce(time + step, start_time), coalesce(following, end_time),
       jsonb_build_object('missing', missing_after, 'interval_seconds', seconds)
FROM (SELECT *, following IS NULL AND end_time = $3 AS is_last FROM noted) AS ended
WHERE missing_after > 0
  AND NOT (is_last AND (missing_after < $12::integer
                        OR missing_after * seconds < $13::double precision * 3600))
UNION ALL
SELECT 'gap', NULL, machine_id, start_time, time,
       jsonb_build_object('missing', missing_before, 'interval_seconds', seconds)
FROM noted
WHERE missing_before > 0
"""
# Runs of one non-zero value; where a rate is stored, it is stuck too. The run's first reading may
# be true: the stretch begins with the first repetition.
STUCK = """
SELECT 'stuck_meter', NULL, machine_id, min(time), max(time) + coalesce(max(step), interval '0'),
       jsonb_build_object('readings', count(*) + 1, 'value', min(quantity))
FROM (
    SELECT *, position - row_number() OVER (PARTITION BY machine_id, start_time
                                            ORDER BY position) AS run
    FROM noted
    WHERE is_same AND coalesce(time - previous < 1.5 * step, time > previous)
) AS repeated
GROUP BY machine_id, start_time, run
HAVING count(*) + 1 >= $8::integer
   AND max(time) + coalesce(max(step), interval '0') - min(previous)
       >= make_interval(secs => $9::double precision * 3600)
"""
READINGS_IN_ORDER = f"""
WITH {{services}}, {SERIES}
SELECT found.code, found.factory_id, found.machine_id, found.start_time, found.end_time,
       found.facts || jsonb_build_object('source', $10::text, 'unit', $11::text)
FROM ({DUPLICATES} UNION ALL {OVERLAPS} UNION ALL {GAPS} UNION ALL {STUCK})
    AS found (code, factory_id, machine_id, start_time, end_time, facts)
"""
# Readings at times when no meter of their machine and source was in service: nothing tells whether
# they are complete. One finding per stretch without a meter.
UNSERVED = """
WITH {services}, outside AS (
    SELECT machine_id, unnest(tstzmultirange(tstzrange(NULL, NULL))
                              - range_agg(tstzrange(start_time, end_time))) AS stretch
    FROM services
    WHERE start_time < end_time
    GROUP BY machine_id
)
SELECT CASE WHEN m.id IS NULL THEN 'unknown_machine'
            WHEN o.stretch IS NULL THEN 'no_meter' ELSE 'outside_service' END,
       NULL::uuid, r.machine_id, min(r.time), max(r.time),
       jsonb_build_object('readings', count(*), 'source', $7::text)
FROM {table} AS r
LEFT JOIN outside AS o ON o.machine_id = r.machine_id AND r.time <@ o.stretch
LEFT JOIN machines AS m ON m.id = r.machine_id
WHERE {in_scope} AND {carrier} AND r.time <= $3
  AND (o.stretch IS NOT NULL OR r.machine_id NOT IN (SELECT machine_id FROM services))
GROUP BY r.machine_id, m.id, o.stretch
"""


async def check_series(database: Database, scope: Scope, readings: Readings) -> Sequence[Finding]:
    """Findings about the order of a source's readings, and about their meters."""
    source = readings.source
    in_order = await readings.ask(
        database,
        scope,
        READINGS_IN_ORDER,
        JITTER,
        STUCK_READINGS,
        STUCK_HOURS,
        source.name,
        source.unit,
        SILENT_INTERVALS,
        SILENT_HOURS,
    )
    unserved = await readings.ask(database, scope, UNSERVED, source.name)
    return [*in_order, *unserved]
