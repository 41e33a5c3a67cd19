"""Checks of single readings: one pass over the readings of a source for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.finding import Finding
from enms_core.storage.database import Database
from enms_core.storage.doctor.readings import Readings
from enms_core.storage.doctor.statement import Scope, any_of

# A nameplate tells shaft power of a motor and leaves service factor and losses out, so twice of it
# is the most that a machine draws for long; a start draws six times its power for ten seconds.
RATED_POWER_HEADROOM = 2.0
START_UP_SECONDS = 60
# What a machine uses in 99 of 100 of its busy intervals is near its full load: nothing that works
# uses fifty times as much, while a slipped decimal point or a register that is counted from zero
# does. With fewer readings than these the wrong one would be the measure itself.
OUTLIER_FACTOR = 50.0
OUTLIER_READINGS = 200
# The rate is rounded, and the quantity to the meter's resolution: 5 % of the reading and 2 % of
# full load leave room for both.
RATE_TOLERANCE = 0.05
RATE_FLOOR = 0.02
# Money is rounded to the cent.
COST_TOLERANCE = 0.005
COST_FLOOR = 0.005

# One row per machine: half and nearly all of its busy intervals use less per hour than this (per
# reading where no meter tells the interval). 30 days before the scope make a short scope judgeable.
TYPICAL = """
typical AS MATERIALIZED (
    SELECT machine_id, levels[1] AS median, levels[2] AS high
    FROM (
        SELECT r.machine_id,
               percentile_cont(ARRAY[0.5, 0.99])
                   WITHIN GROUP (ORDER BY {quantity} / coalesce(s.hours, 1)) AS levels
        FROM {table} AS r
        LEFT JOIN services AS s ON {in_service}
        WHERE {quantity} > 0 AND {quantity} < 'Infinity' AND {carrier}
          AND r.time >= coalesce($1 - interval '30 days', '-infinity')
          AND r.time < coalesce($2, 'infinity'::timestamptz)
        GROUP BY r.machine_id
        HAVING count(*) >= $9::integer
    ) AS busy
)"""
# A machine whose usual power is above what its nameplate allows has a wrong nameplate: the rule of
# outliers judges it, and the register is what is found.
BELIEVED = """
believed AS MATERIALIZED (
    SELECT m.id AS machine_id, t.median, t.high, m.rated_power_kw,
           CASE WHEN t.median * $7 > m.rated_power_kw * $8 THEN NULL
                WHEN $7::double precision IS NOT NULL THEN m.rated_power_kw / $7 END
               AS rated_per_hour,
           coalesce(z.name, 'UTC') AS zone
    FROM machines AS m
    JOIN factories AS f ON f.id = m.factory_id
    LEFT JOIN pg_timezone_names AS z ON z.name = f.timezone
    LEFT JOIN typical AS t ON t.machine_id = m.id
)"""
# A reading `d`: ceiling is the most that the machine can use in its interval.
MEASURED = """
measured AS (
    SELECT r.machine_id, r.time, {quantity} AS quantity, {rate} AS rate, {cost} AS cost,
           {tariff} AS tariff, s.seconds, s.hours, b.zone, b.high,
           CASE WHEN b.rated_per_hour IS NOT NULL AND s.seconds IS NOT NULL
                THEN b.rated_per_hour * ($8 * s.seconds + $10::double precision) / 3600
                ELSE $11::double precision * b.high * coalesce(s.hours, 1) END AS ceiling
    FROM {table} AS r
    LEFT JOIN services AS s ON {in_service}
    LEFT JOIN believed AS b ON b.machine_id = r.machine_id
    WHERE {in_scope} AND {carrier}
)"""


@dataclass(frozen=True)
class Rule:
    """A condition that a sound reading never meets, and the facts that prove it, in SQL."""

    code: str
    is_wrong: str
    facts: str


RULES = (
    # Consumption is what went in; a register that ran backwards or a subtraction went wrong.
    Rule("negative_consumption", "quantity < 0 AND quantity > '-Infinity'", "'value', quantity"),
    Rule("negative_rate", "rate < 0 AND rate > '-Infinity'", "'value', rate"),
    Rule(
        "impossible_consumption",
        "quantity > ceiling AND quantity < 'Infinity'",
        "'value', quantity, 'at_most', ceiling",
    ),
    # One of the two columns is wrong, or the rate is a sample and no mean. What another rule tells
    # of the same reading is not told again.
    Rule(
        "rate_mismatch",
        f"""quantity >= 0 AND rate >= 0 AND quantity < 'Infinity' AND rate < 'Infinity'
            AND NOT coalesce(quantity > ceiling, false)
            AND abs(quantity - rate * hours) > {RATE_TOLERANCE} * greatest(quantity, rate * hours)
                                               + {RATE_FLOOR} * coalesce(high, 0) * hours""",
        "'value', quantity, 'by_rate', rate * hours",
    ),
    # Intervals begin at multiples of their length: in UTC, or on the factory's clock (a day, and an
    # hour in a zone of 30 minutes). Intervals that do not fill a day have no grid.
    Rule(
        "off_grid",
        """86400 % seconds = 0 AND extract(epoch FROM time) % seconds <> 0
           AND extract(epoch FROM time AT TIME ZONE zone) % seconds <> 0""",
        "'interval_seconds', seconds",
    ),
    # A stored cost is the energy at the rate stored beside it.
    Rule(
        "cost_mismatch",
        f"""abs(cost - quantity * tariff)
            > {COST_TOLERANCE} * greatest(abs(cost), abs(quantity * tariff)) + {COST_FLOOR}""",
        "'value', cost, 'expected', quantity * tariff",
    ),
)
FACTS = ", ".join(
    f"('{rule.code}', {rule.is_wrong}, jsonb_build_object({rule.facts}))" for rule in RULES
)

# All rules on one pass; the rows that meet none are left behind first.
SINGLE_READINGS = f"""
WITH {{services}}, {TYPICAL}, {BELIEVED}, {MEASURED}
SELECT v.code, NULL::uuid, d.machine_id, d.time, d.time + make_interval(secs => d.seconds),
       v.facts || jsonb_build_object('source', $12::text, 'unit', $13::text)
FROM measured AS d
CROSS JOIN LATERAL (VALUES {FACTS}) AS v (code, is_wrong, facts)
WHERE v.is_wrong AND {any_of(rule.is_wrong for rule in RULES)}
UNION ALL
SELECT 'rated_power_exceeded', NULL, machine_id, NULL, NULL,
       jsonb_build_object('source', $12::text, 'usual_kw', median * $7,
                          'rated_kw', rated_power_kw)
FROM believed
WHERE median * $7 > rated_power_kw * $8
"""


async def check_values(database: Database, scope: Scope, readings: Readings) -> Sequence[Finding]:
    """Findings about single readings of a source."""
    source = readings.source
    return await readings.ask(
        database,
        scope,
        SINGLE_READINGS,
        source.kwh_per_unit,
        RATED_POWER_HEADROOM,
        OUTLIER_READINGS,
        START_UP_SECONDS,
        OUTLIER_FACTOR,
        source.name,
        source.unit,
    )
