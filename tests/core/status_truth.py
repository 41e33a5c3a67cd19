"""What a database's status history tells, by SQL that shares nothing with the product's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg

# Each row of the history until the next one, cut to some windows. A row that tells neither a mode
# nor whether the machine ran is none.
CUT = """
WITH history AS (
    SELECT h.time, h.mode, coalesce(h.is_running, h.mode = 'running') AS is_running,
           lead(h.time, 1, 'infinity') OVER (ORDER BY h.time) AS until
    FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
    WHERE m.name = %(machine)s AND (h.mode IS NOT NULL OR h.is_running IS NOT NULL)
), cut AS (
    SELECT mode, is_running, NOT is_running AND mode IS DISTINCT FROM 'idle' AS is_offline,
           h.time, greatest(h.time, w.start) AS begun, least(h.until, w.stop) AS ended
    FROM history AS h
    JOIN unnest(%(starts)s::timestamptz[], %(stops)s::timestamptz[]) AS w (start, stop)
        ON h.time < w.stop AND h.until > w.start
)
"""
BY_MODE = f"""
{CUT} SELECT mode, extract(epoch FROM sum(ended - begun))::float FROM cut GROUP BY mode
"""
RUNNING = f"""
{CUT} SELECT coalesce(extract(epoch FROM sum(ended - begun) FILTER (WHERE is_running)), 0)::float,
       coalesce(extract(epoch FROM sum(ended - begun)), 0)::float FROM cut
"""
# Times offline as islands: what lies between two rows that are not offline is one, however many
# rows and windows it has.
OFFLINE = f"""
{CUT}, numbered AS (
    SELECT c.*, (SELECT count(*) FROM history AS h
                 WHERE h.time <= c.time AND (h.is_running OR h.mode = 'idle')) AS island
    FROM cut AS c WHERE c.is_offline
)
SELECT min(begun), max(ended), extract(epoch FROM sum(ended - begun))::float
FROM numbered GROUP BY island ORDER BY 1
"""
NOW = """
SELECT h.mode, h.is_running FROM machine_status_history AS h
JOIN machines AS m ON m.id = h.machine_id
WHERE m.name = %(machine)s AND h.time <= %(now)s ORDER BY h.time DESC LIMIT 1
"""
# Since when the rows have told the same.
SINCE = """
SELECT min(h.time) FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
WHERE m.name = %(machine)s AND h.time <= %(now)s AND NOT EXISTS (
    SELECT FROM machine_status_history AS o
    WHERE o.machine_id = h.machine_id AND o.time > h.time AND o.time <= %(now)s
      AND (o.mode, o.is_running) IS DISTINCT FROM (h.mode, h.is_running))
"""
# How much of each hour of the local week a machine ran, by its status at the beginning of
# each quarter hour: the plant changes its status then only.
HOURLY = """
SELECT (extract(isodow FROM q AT TIME ZONE %(zone)s) - 1) * 24
           + extract(hour FROM q AT TIME ZONE %(zone)s) AS hour,
       avg(s.is_running::int)::float
FROM generate_series(%(start)s::timestamptz, %(stop)s::timestamptz - interval '1 second',
                     '15 minutes') AS q
CROSS JOIN LATERAL (
    SELECT is_running FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
    WHERE m.name = %(machine)s AND h.time <= q ORDER BY h.time DESC LIMIT 1
) AS s
GROUP BY 1 ORDER BY 1
"""

Windows = list[tuple[datetime, datetime]]


def asked(url: str, sql: str, **values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql.encode(), values).fetchall()


def in_windows(url: str, sql: str, machine: str, windows: Windows) -> list[tuple[Any, ...]]:
    """A statement over the history of a machine, cut to some windows."""
    starts, stops = ([window[edge] for window in windows] for edge in (0, 1))
    return asked(url, sql, machine=machine, starts=starts, stops=stops)


def windows_of(written: str) -> Windows:
    """Windows as start/end, by the calendar of the site."""
    pairs = (window.split("/") for window in written.split())
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs]
