"""TimescaleDB: what a server is, hypertables, and rollups as continuous aggregates.

The Apache edition has hypertables; rollups are tables there as on plain PostgreSQL. The Community
edition keeps them as continuous aggregates in real-time mode, refreshed by policies; there a
late row counts from the next refresh of its policy on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import asyncpg

from enms_core.settings import Settings
from enms_core.storage.rollup_shape import RollupShape
from enms_core.storage.rollup_sql import (
    ESTIMATED_SHARE,
    HOUR,
    QUARTER,
    Bucket,
    all_names,
    literal,
    quarters,
    quote,
    summed_columns,
    weighed,
)

Edition = Literal["plain", "apache", "community"]

CHUNK = "30 days"
# Since then statement triggers on hypertables see the rows that a statement changed; before, such
# a trigger is accepted and every later insert fails.
TRANSITION_TABLES_SINCE = (2, 18)


@dataclass(frozen=True)
class Server:
    """What a database server can do for time series. version: of TimescaleDB, () without it."""

    edition: Edition
    version: tuple[int, ...] = ()

    @property
    def notes_hypertables(self) -> bool:
        """Whether changed rows of a hypertable can be noted by triggers."""
        return self.version >= TRANSITION_TABLES_SINCE


SERVER = """
SELECT extversion, current_setting('timescaledb.license', true) AS license
FROM pg_extension WHERE extname = 'timescaledb'
"""

HYPERTABLES = """
SELECT hypertable_name FROM timescaledb_information.hypertables
WHERE to_regclass(quote_ident(hypertable_name)) =
      to_regclass(quote_ident(hypertable_schema) || '.' || quote_ident(hypertable_name))
"""

# Those of some tables that are not another's: an adopted table stays as it is.
OUR_TABLES = """
SELECT t.name FROM unnest($1::text[]) AS t (name)
WHERE EXISTS (SELECT FROM enms.made_objects AS o
              WHERE o.kind = 'table' AND to_regclass(o.relation) = to_regclass(quote_ident(t.name)))
"""

# Without an index on time alone: every question names its machines.
MAKE_HYPERTABLE = """
SELECT create_hypertable(to_regclass(quote_ident({table})), by_range('time', interval '{chunk}'),
                         create_default_indexes => false, migrate_data => true)
"""

COMPRESS = """
ALTER TABLE {table} SET (timescaledb.compress, timescaledb.compress_segmentby = 'machine_id',
                         timescaledb.compress_orderby = 'time')
"""
COMPRESSION_POLICY = """
SELECT add_compression_policy(to_regclass(quote_ident($1)), make_interval(days => $2),
                              if_not_exists => true)
"""
RETENTION_POLICY = """
SELECT add_retention_policy(to_regclass(quote_ident($1)), make_interval(days => $2),
                            if_not_exists => true)
"""
# Refreshes what has changed; where readings are dropped after some time, only what still has
# them, because a bucket without its readings would be emptied.
REFRESH_POLICY = """
SELECT add_continuous_aggregate_policy({name}, start_offset => make_interval(days => {days}),
                                       end_offset => interval '{width}',
                                       schedule_interval => interval '1 minute')
"""
REFRESH = "CALL refresh_continuous_aggregate({name}, NULL, NULL)"


async def server_of(connection: asyncpg.Connection) -> Server:
    """What the server of a connection is, by its settings and not by trying."""
    row = await connection.fetchrow(SERVER)
    if row is None:
        return Server("plain")
    version = tuple(int(part) for part in row["extversion"].split(".")[:2])
    return Server("community" if row["license"] == "timescale" else "apache", version)


async def prepared_hypertables(
    connection: asyncpg.Connection, server: Server, tables: Sequence[str], settings: Settings
) -> set[str]:
    """Those of some readings tables that are hypertables; our own are made so, with what the
    settings ask of them."""
    if server.edition == "plain":
        return set()
    found = {row[0] for row in await connection.fetch(HYPERTABLES)}
    if server.edition == "community" or server.notes_hypertables:
        for row in await connection.fetch(OUR_TABLES, sorted(set(tables) - found)):
            await connection.execute(MAKE_HYPERTABLE.format(table=literal(row[0]), chunk=CHUNK))
            found.add(row[0])
    if server.edition == "community":
        for table in sorted(found.intersection(tables)):
            await _keep_small(connection, table, settings)
    return found


async def _keep_small(connection: asyncpg.Connection, table: str, settings: Settings) -> None:
    """Compress and drop old readings, where the settings say so."""
    if settings.compress_after_days is not None:
        await connection.execute(COMPRESS.format(table=quote(table)))
        await connection.execute(COMPRESSION_POLICY, table, settings.compress_after_days)
    if settings.retention_days is not None:
        await connection.execute(RETENTION_POLICY, table, settings.retention_days)


def continuous_statements(shape: RollupShape, retention_days: int | None) -> Iterator[str]:
    """Continuous aggregates, hours on top of quarter hours, and the views that read them."""
    table = shape.readings_table
    quarter = quarters(shape, "true", "time_bucket('15 minutes', time)")
    yield _aggregate(QUARTER.data(table), quarter)
    yield _aggregate(HOUR.data(table), _hours(shape))
    for bucket in (QUARTER, HOUR):
        name = literal(bucket.data(table))
        days = "NULL" if retention_days is None else str(retention_days)
        yield REFRESH_POLICY.format(name=name, days=days, width=bucket.width)
        yield _view(shape, bucket)


def _aggregate(name: str, select: str) -> str:
    options = "timescaledb.continuous, timescaledb.materialized_only = false"
    return f"CREATE MATERIALIZED VIEW {name} WITH ({options}) AS {select} WITH NO DATA"


def _hours(shape: RollupShape) -> str:
    """Plain aggregates by hour from those by quarter hour; means are weighed by their counts."""
    keys = "".join(f", q.{quote(key)}" for key in (shape.owner, *shape.keys))
    parts = [f"{column.of_quarters} AS {column.name}" for column in summed_columns(shape)]
    for name in shape.averaged:
        mean, low, high = (quote(f"{name}_{part}") for part in ("mean", "min", "max"))
        count = quote(f"{name}_count")
        parts.append(f"sum(q.{mean} * q.{count}) / nullif(sum(q.{count}), 0) AS {mean}")
        parts.append(f"min(q.{low}) AS {low}")
        parts.append(f"max(q.{high}) AS {high}")
        parts.append(f"sum(q.{count})::bigint AS {count}")
    groups = ", ".join(str(n + 1) for n in range(2 + len(shape.keys)))
    return f"""
    SELECT time_bucket('1 hour', q.bucket) AS bucket{keys}, {", ".join(parts)}
    FROM {QUARTER.data(shape.readings_table)} AS q GROUP BY {groups}"""


def _view(shape: RollupShape, bucket: Bucket) -> str:
    rows = weighed(shape, bucket.data(shape.readings_table), bucket)
    return f"""
    CREATE VIEW {bucket.view(shape.readings_table)} AS
    SELECT {", ".join(all_names(shape))}, {ESTIMATED_SHARE} FROM ({rows}) AS aggregated"""


def drop_continuous_statements(shape: RollupShape) -> Iterator[str]:
    """Undo continuous_statements; what others built on the views is in the way and stays."""
    for bucket in (HOUR, QUARTER):
        yield f"DROP VIEW IF EXISTS {bucket.view(shape.readings_table)}"
    for bucket in (HOUR, QUARTER):
        yield f"DROP MATERIALIZED VIEW {bucket.data(shape.readings_table)}"


def refresh_continuous_statements(shape: RollupShape) -> Iterator[str]:
    """Refresh both aggregates now; each statement needs to be outside a transaction."""
    for bucket in (QUARTER, HOUR):
        yield REFRESH.format(name=literal(bucket.data(shape.readings_table)))
