"""What energy cost and emitted, row by row: by SQL that shares nothing with the product's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import psycopg

from tests.core.energy_truth import ROWS
from tests.core.oracle.case import GAS, POWER

Rule = Literal["price", "factor"]
# Each row by the price or factor of its time, or by the source's own where none is registered.
RATED = """
SELECT CASE WHEN k.is_flat THEN 'flat' ELSE p.name END,
       CASE WHEN p.rate IS NOT NULL OR k.is_flat THEN coalesce(p.currency, f.currency) END,
       CASE WHEN k.is_flat THEN s.{flat} ELSE p.rate END AS rate,
       sum(r.amount::numeric),
       sum(r.amount::numeric * (CASE WHEN k.is_flat THEN s.{flat} ELSE p.rate END)::numeric)
FROM (SELECT machine_id, time, {amount} AS amount FROM {table}) AS r
JOIN machines AS m ON m.id = r.machine_id
JOIN factories AS f ON f.id = m.factory_id
JOIN energy_sources AS s ON s.name = %(source)s
CROSS JOIN LATERAL (
    SELECT s.{flat} IS NOT NULL AND NOT EXISTS ({registered}) AS is_flat
) AS k
LEFT JOIN LATERAL ({held}) AS p ON NOT k.is_flat
WHERE m.name = %(machine)s AND r.time >= %(start)s AND r.time < %(end)s
GROUP BY 1, 2, 3
ORDER BY min(r.time)
"""
# A price goes by the clock on the wall. A window over midnight belongs to the day that it begins
# on; the latest row wins, then the shortest window.
PRICES = """
SELECT t.name, t.currency, t.rate_per_unit AS rate
FROM energy_tariffs AS t,
     LATERAL (SELECT r.time AT TIME ZONE f.timezone AS wall) AS w,
     LATERAL (SELECT w.wall::time AS clock, extract(isodow FROM w.wall)::int - 1 AS today,
                     extract(isodow FROM w.wall - interval '1 day')::int - 1 AS yesterday) AS d
WHERE t.factory_id = f.id AND t.energy_source_id = s.id
  AND r.time >= t.valid_from AND r.time < coalesce(t.valid_to, 'infinity')
  AND CASE WHEN t.start_time < t.end_time
           THEN d.clock >= t.start_time AND d.clock < t.end_time AND d.today = ANY (t.weekdays)
           ELSE d.clock >= t.start_time AND d.today = ANY (t.weekdays)
                OR d.clock < t.end_time AND d.yesterday = ANY (t.weekdays) END
ORDER BY t.valid_from DESC,
         CASE WHEN t.start_time < t.end_time THEN t.end_time - t.start_time
              ELSE t.end_time - t.start_time + interval '24 hours' END
LIMIT 1
"""
PRICED = "SELECT FROM energy_tariffs AS t WHERE t.factory_id = f.id AND t.energy_source_id = s.id"
# A factor of the site's country goes before one of no region, then the latest.
OF_THE_SITE = """
FROM carbon_factors AS c
WHERE c.energy_source_id = s.id AND (c.region IS NULL OR lower(c.region) = lower(f.country))
"""
FACTORS = f"""
SELECT c.source AS name, NULL::text AS currency, c.factor_kg_per_unit AS rate
{OF_THE_SITE}
  AND r.time >= c.valid_from AND r.time < coalesce(c.valid_to, 'infinity')
ORDER BY c.region IS NULL, c.valid_from DESC
LIMIT 1
"""
SQL: dict[Rule, dict[str, str]] = {
    "price": {"flat": "cost_per_unit", "registered": PRICED, "held": PRICES},
    "factor": {"flat": "carbon_intensity", "registered": f"SELECT {OF_THE_SITE}", "held": FACTORS},
}


@dataclass(frozen=True)
class Rated:
    """What a machine used of a source by one price or factor; rate and amount None without one."""

    machine: str
    source: str
    name: str | None
    currency: str | None
    rate: float | None
    quantity: Decimal
    amount: Decimal | None


@dataclass(frozen=True)
class Asked:
    """A question: its period in words, and as stretches in the calendar of each zone.

    No machines: all. sources: those named; none: what is purchased.
    """

    period: str
    machines: tuple[str, ...] = ()
    berlin: str = ""
    chicago: str = ""
    utc: str = ""
    sources: tuple[str, ...] = ()

    def stretches(self, zone: str) -> list[tuple[datetime, datetime]]:
        written = {"Europe/Berlin": self.berlin, "America/Chicago": self.chicago, "UTC": self.utc}
        pairs = (stretch.split("/") for stretch in written[zone].split())
        return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in pairs]


def truth_of(url: str, asked: Asked, rule: Rule) -> list[Rated]:
    """Each machine and source by each price or factor that something was used under; the first of
    them where nothing was."""
    rows = _all(url, asked, rule)
    used = {(row.machine, row.source) for row in rows if row.quantity}
    idle = {(row.machine, row.source): row for row in reversed(rows) if row.amount is not None}
    return [
        row
        for row in rows
        if row.quantity
        or ((row.machine, row.source) not in used and row == idle.get((row.machine, row.source)))
    ]


def _all(url: str, asked: Asked, rule: Rule) -> list[Rated]:
    with psycopg.connect(url) as connection:
        zones = connection.execute(ZONES).fetchall()
        return [
            rated
            for machine, zone in zones
            if machine in asked.machines or not asked.machines
            for source in asked.sources or (POWER, GAS)
            for rated in _rated(connection, machine, source, asked.stretches(zone), rule)
        ]


ZONES = """
SELECT m.name, f.timezone FROM machines AS m JOIN factories AS f ON f.id = m.factory_id
"""


def _rated(
    connection: psycopg.Connection[Any],
    machine: str,
    source: str,
    stretches: Sequence[tuple[datetime, datetime]],
    rule: Rule,
) -> list[Rated]:
    table, amount, _ = ROWS[source]
    sql = RATED.format(table=table, amount=amount, **SQL[rule])
    return [
        Rated(machine, source, *row)
        for start, end in stretches
        for row in connection.execute(
            sql.encode(), {"machine": machine, "source": source, "start": start, "end": end}
        )
    ]
