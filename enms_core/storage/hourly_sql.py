"""The SQL that reads columns of a table by hour: from its rollup, or from its rows.

A statement gives one row an owner (machine or site); a column is one string of bytes with the
values of all hours, in network order, so that a year of hours is decoded at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.catalogue import Carrier
from enms_core.storage.json_paths import path_name
from enms_core.storage.rollup_shape import RollupShape
from enms_core.storage.rollup_sql import HOUR, quote


@dataclass(frozen=True)
class HourlyRows:
    """Which rows of a table are read. is_forecast: None where the table does not tell forecasts
    from what was measured."""

    table: str
    owner: str = "machine_id"
    carrier: Carrier | None = None
    is_forecast: bool | None = None


@dataclass(frozen=True)
class HourlyValue:
    """What is made of the rows of an hour: SUM, AVG, MIN, MAX or COUNT of a column (of a number in
    it, where there is a path), or BACKFILLED: how many of them were written afterwards."""

    aggregation: str
    column: str | None = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expression:
    """Value and weight of an hour, as SQL of a rollup's row `p`.

    weight: readings of a sum or a count; of an average how long its values stand for [s].
    """

    value: str
    weight: str


# Owners $1, hours from $2 to $3. Whether there are rows is one probe of the key, in its order: to
# find out that there are none, the planner would read the whole table.
OF_OWNERS = """
SELECT f.owner, (
    SELECT true FROM {table} WHERE {owner} = f.owner{only} ORDER BY time LIMIT 1
) IS NOT NULL AS has_rows, r.*
FROM unnest($1::uuid[]) AS f (owner)
CROSS JOIN LATERAL (
    SELECT string_agg(timestamptz_send(p.bucket), ''::bytea) AS hours, {packed}
    FROM ({hours}) AS p
) AS r
"""
PACKED = "string_agg(float8send(coalesce(p.v{n}, 'NaN')), ''::bytea) AS v{n}"
FROM_ROLLUP = """
SELECT p.bucket, {values} FROM {rollup} AS p
WHERE p.{owner} = f.owner AND p.bucket >= $2 AND p.bucket < $3{only}
"""
# Within a quarter hour rows count alike, and quarter hours with rows weigh the same: as in rollups
# of tables that no meter tells the intervals of.
FROM_ROWS = """
SELECT enms.hour_of(q.bucket) AS bucket, {of_hour}
FROM (
    SELECT enms.quarter_of(t.time) AS bucket, {of_quarter}
    FROM (
        SELECT time, {expressions} FROM {table}
        WHERE {owner} = f.owner AND time >= $2 AND time < $3{only}
    ) AS t
    GROUP BY 1
) AS q
GROUP BY 1
"""
# How the values of rows become those of quarter hours, and these those of hours.
SUMS = ("sum({x})", "sum({q})")
AGGREGATES = {
    "SUM": SUMS,
    "COUNT": SUMS,
    "BACKFILLED": SUMS,
    "AVG": ("avg({x})", "avg({q})"),
    "MIN": ("min({x})", "min({q})"),
    "MAX": ("max({x})", "max({q})"),
}
WEIGHT_OF_SUM = ("count({x})", "sum({q})")
WEIGHT_OF_MEAN = ("CASE WHEN count({x}) > 0 THEN 900 END", "sum({q})")


def rolled_up(shape: RollupShape, wanted: HourlyValue) -> Expression | None:
    """A value of a rollup's row; None where the rollup does not keep it."""
    column, kind = wanted.column, wanted.aggregation
    if kind == "BACKFILLED":
        return Expression("p.backfill_count", "p.reading_count")
    if column is None:
        return Expression("p.reading_count", "p.reading_count") if kind == "COUNT" else None
    column = path_name(column, wanted.path)
    if column in shape.summed:
        return _of_sum(column, kind)
    if column in shape.averaged and kind in ("AVG", "MIN", "MAX"):
        part = {"AVG": "mean", "MIN": "min", "MAX": "max"}[kind]
        return Expression(_part(column, part), _part(column, "seconds"))
    return None


def rollup_statement(rows: HourlyRows, table: str, found: Sequence[Expression], only: str) -> str:
    """A statement on a rollup. table: quoted. only: a further condition on rows."""
    flat = (sql for each in found for sql in (each.value, each.weight))
    hours = FROM_ROLLUP.format(
        values=", ".join(f"({sql})::double precision AS v{n}" for n, sql in enumerate(flat)),
        rollup=HOUR.view(rows.table),
        owner=rows.owner,
        only=only,
    )
    return _of_owners(rows, table, only, hours, len(found))


def rows_statement(
    rows: HourlyRows, table: str, wanted: Sequence[tuple[HourlyValue, str]], only: str
) -> str:
    """A statement on a table's rows. wanted: with the SQL of each, of a row."""
    of_quarter, of_hour = [], []
    for n, (value, _) in enumerate(wanted):
        kinds = AGGREGATES[value.aggregation]
        weights = WEIGHT_OF_SUM if kinds is SUMS else WEIGHT_OF_MEAN
        for place, (quarter, hour) in ((2 * n, kinds), (2 * n + 1, weights)):
            of_quarter.append(f"{quarter.format(x=f't.x{n}')} AS q{place}")
            summed = hour.format(q=f"q.q{place}")
            of_hour.append(f"({summed})::double precision AS v{place}")
    hours = FROM_ROWS.format(
        of_hour=", ".join(of_hour),
        of_quarter=", ".join(of_quarter),
        expressions=", ".join(f"{sql} AS x{n}" for n, (_, sql) in enumerate(wanted)),
        table=table,
        owner=rows.owner,
        only=only,
    )
    return _of_owners(rows, table, only, hours, len(wanted))


def _of_owners(rows: HourlyRows, table: str, only: str, hours: str, count: int) -> str:
    return OF_OWNERS.format(
        table=table,
        owner=rows.owner,
        only=only,
        packed=", ".join(PACKED.format(n=n) for n in range(2 * count)),
        hours=hours,
    )


def _of_sum(column: str, kind: str) -> Expression | None:
    total, count = _part(column, "sum"), _part(column, "count")
    values = {"SUM": total, "AVG": f"{total} / nullif({count}, 0)", "COUNT": count}
    return Expression(values[kind], count) if kind in values else None


def _part(column: str, part: str) -> str:
    return f"p.{quote(f'{column}_{part}')}"
