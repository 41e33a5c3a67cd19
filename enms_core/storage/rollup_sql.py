"""The SQL of a rollup, made for its shape.

Three steps, written once and used by the refresh and by the real-time views alike: readings →
quarter hours → hours. A quarter hour is the smallest bucket: its readings count alike, and it is
weighed by the time that they stand for. Without a registered meter that time is not known; then
every quarter hour with readings weighs the same in its hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enms_core.storage.json_paths import is_path, number_at, split_path
from enms_core.storage.rollup_shape import RollupShape

SCHEMA = "enms"


def quote(name: str) -> str:
    """An identifier in double quotes, as PostgreSQL's quote_ident does it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string constant."""
    return "'" + text.replace("'", "''") + "'"


def finite(column: str) -> str:
    """A quoted column's value; NULL where it is no number: such a reading is a missing one."""
    value = f"{column}::double precision"
    return f"CASE WHEN {value} > '-Infinity' AND {value} < 'Infinity' THEN {value} END"


@dataclass(frozen=True)
class Bucket:
    """A width of the rollups."""

    suffix: str
    width: str
    seconds: int

    def data(self, table: str) -> str:
        """The relation that holds refreshed buckets."""
        return f"{SCHEMA}.{quote(f'{table}_{self.suffix}_data')}"

    def view(self, table: str) -> str:
        """The exact relation, refreshed or not."""
        return f"{SCHEMA}.{quote(f'{table}_{self.suffix}')}"


# What a question can ask for: the years that Python knows, less one at each end to reckon in. A
# reading outside, or at no finite time, is in no bucket.
CALENDAR = {
    "first": "timestamptz '0002-01-01 00:00+00'",
    "last": "timestamptz '9999-01-01 00:00+00'",
}
QUARTER = Bucket("15min", "15 minutes", 900)
HOUR = Bucket("1hour", "1 hour", 3600)


@dataclass(frozen=True)
class Column:
    """A column of a rollup: name, type, and how an hour is made from quarter hours `q`."""

    name: str
    type: str
    of_quarters: str


def columns(shape: RollupShape) -> list[Column]:
    """What both relations hold beside the bucket and its keys; the hour's expected count is told
    apart."""
    covered = "CASE WHEN count(q.covered_seconds) = count(*) THEN sum(q.covered_seconds) END"
    return [
        *summed_columns(shape),
        Column("covered_seconds", "double precision", covered),
        *_averaged_columns(shape),
    ]


def summed_columns(shape: RollupShape) -> Iterator[Column]:
    """The columns that need no weights."""
    yield Column("reading_count", "bigint", "sum(q.reading_count)::bigint")
    yield Column("first_time", "timestamptz", "min(q.first_time)")
    yield Column("last_time", "timestamptz", "max(q.last_time)")
    yield Column("estimated_count", "bigint", "sum(q.estimated_count)::bigint")
    yield Column("backfill_count", "bigint", "sum(q.backfill_count)::bigint")
    for name in shape.summed:
        total, count = quote(f"{name}_sum"), quote(f"{name}_count")
        yield Column(total, "double precision", f"sum(q.{total})")
        yield Column(count, "bigint", f"sum(q.{count})::bigint")
    if shape.content is not None:
        yield Column("content_sum", "double precision", "sum(q.content_sum)")
        yield Column("content_quantity", "double precision", "sum(q.content_quantity)")
        yield Column("content_count", "bigint", "sum(q.content_count)::bigint")


def _averaged_columns(shape: RollupShape) -> Iterator[Column]:
    for name in shape.averaged:
        mean, low, high, weight = (quote(f"{name}_{part}") for part in STATE_PARTS)
        weighed = f"sum(q.{mean} * q.{weight}) / nullif(sum(q.{weight}), 0)"
        yield Column(mean, "double precision", weighed)
        yield Column(low, "double precision", f"min(q.{low})")
        yield Column(high, "double precision", f"max(q.{high})")
        yield Column(weight, "double precision", f"sum(q.{weight})")


STATE_PARTS = ("mean", "min", "max", "seconds")


def key_names(shape: RollupShape) -> list[str]:
    """Bucket, owner and further keys, quoted."""
    return ["bucket", shape.owner, *map(quote, shape.keys)]


def all_names(shape: RollupShape) -> list[str]:
    """The stored columns in order."""
    return [*key_names(shape), *(c.name for c in columns(shape)), "expected_count"]


def quarters(shape: RollupShape, where: str, bucket: str = "enms.quarter_of(time)") -> str:
    """Plain aggregates of the readings by quarter hour, without the meters.

    A reading of nobody, which a table of others may hold, is in no bucket.
    """
    return f"""
    SELECT {bucket} AS bucket, {_list([shape.owner, *map(quote, shape.keys)])},
           count(*) AS reading_count, min(time) AS first_time, max(time) AS last_time,
           {_count_where("is_estimated", shape.has_estimates)} AS estimated_count,
           {_count_where("data_source = 'backfill'", shape.has_origin)} AS backfill_count,
           {_list(_aggregates(shape))}
    FROM {quote(shape.readings_table)}
    WHERE {where} AND {shape.owner} IS NOT NULL
    GROUP BY {_list(str(1 + n) for n in range(2 + len(shape.keys)))}"""


def _count_where(condition: str, is_known: bool) -> str:
    return f"count(*) FILTER (WHERE {condition if is_known else 'false'})"


def _aggregates(shape: RollupShape) -> Iterator[str]:
    for name in shape.summed:
        value = _value(name)
        yield f"sum({value}) AS {quote(f'{name}_sum')}"
        yield f"count({value}) AS {quote(f'{name}_count')}"
    if shape.content is not None and shape.measure is not None:
        quantity, content = finite(quote(shape.measure)), finite(quote(shape.content))
        product = f"({quantity}) * ({content})"
        known = f"FILTER (WHERE ({content}) IS NOT NULL)"
        yield f"sum({product}) AS content_sum"
        yield f"sum({quantity}) {known} AS content_quantity"
        yield f"count({product}) AS content_count"
    for name in shape.averaged:
        value = _value(name)
        yield f"avg({value}) AS {quote(f'{name}_mean')}"
        yield f"min({value}) AS {quote(f'{name}_min')}"
        yield f"max({value}) AS {quote(f'{name}_max')}"
        yield f"count({value}) AS {quote(f'{name}_count')}"


def _value(name: str) -> str:
    """What a row tells under the name of a column, or of a path into one."""
    if not is_path(name):
        return finite(quote(name))
    column, path = split_path(name)
    return number_at(quote(column), f"ARRAY[{_list(map(literal, path))}]::text[]")


def quarter_rows(shape: RollupShape, where: str) -> str:
    """Rows of the 15-minute relation for the readings that fulfil a condition."""
    return weighed(shape, f"({quarters(shape, where)})", QUARTER)


def weighed(shape: RollupShape, plain: str, bucket: Bucket) -> str:
    """Rows of a relation from plain aggregates of its buckets: the meters' intervals are added."""
    taken = [*key_names(shape), *(column.name for column in summed_columns(shape))]
    weighed_columns = [f"{_covered(shape)} AS covered_seconds", *_weighed_columns(shape, bucket)]
    return f"""
    SELECT {_list(f"p.{name}" for name in taken)},
           {_list(weighed_columns)},
           {expected_count(shape, "p", bucket)} AS expected_count
    FROM {plain} AS p {_meter_join(shape, "p")}"""


def _covered(shape: RollupShape) -> str:
    if shape.measure is None:
        return "NULL::double precision"
    return f"(p.{quote(f'{shape.measure}_count')} * i.seconds)::double precision"


def _weighed_columns(shape: RollupShape, bucket: Bucket) -> Iterator[str]:
    even = f"{bucket.seconds}.0 / p.reading_count"
    seconds = even if shape.measure is None else f"coalesce(i.seconds, {even})"
    for name in shape.averaged:
        mean, low, high, weight = (quote(f"{name}_{part}") for part in STATE_PARTS)
        yield f"p.{mean}"
        yield f"p.{low}"
        yield f"p.{high}"
        yield f"(p.{quote(f'{name}_count')} * {seconds})::double precision AS {weight}"


def _meter_join(shape: RollupShape, row: str) -> str:
    """The meter in service at a bucket's first reading, with its nominal interval [s]."""
    if shape.measure is None:
        return ""
    return f"""
    LEFT JOIN LATERAL (
        SELECT m.nominal_interval_seconds AS seconds, m.valid_from,
               coalesce(m.valid_to, 'infinity') AS valid_to
        FROM {_meters(shape, row)}
          AND m.valid_from <= {row}.first_time
          AND (m.valid_to IS NULL OR {row}.first_time < m.valid_to)
        ORDER BY m.valid_from DESC LIMIT 1
    ) AS i ON true"""


def _meters(shape: RollupShape, row: str) -> str:
    carrier = ""
    if shape.carrier_column is not None:
        carrier = f" AND s.carrier_value = {row}.{quote(shape.carrier_column)}::text"
    table, column = literal(shape.readings_table), literal(shape.measure or "")
    return f"""meters AS m JOIN energy_sources AS s ON s.id = m.energy_source_id
        WHERE s.readings_table = {table} AND s.consumption_column = {column}{carrier}
          AND m.machine_id = {row}.{shape.owner}"""


def expected_count(shape: RollupShape, row: str, bucket: Bucket) -> str:
    """How many intervals of the meters begin in a bucket; NULL where no meter is in service.

    Intervals begin at multiples of their length from the bucket's first reading. As a rule one
    meter serves all of a bucket, and its interval divides it.
    """
    if shape.measure is None:
        return "NULL::bigint"
    length = "m.nominal_interval_seconds"
    phase = f"mod(extract(epoch FROM {row}.first_time), {length})"
    end = f"{row}.bucket + interval '{bucket.width}'"
    since = f"extract(epoch FROM greatest(m.valid_from, {row}.bucket))"
    until = f"extract(epoch FROM least(coalesce(m.valid_to, 'infinity'), {end}))"
    return f"""CASE
        WHEN i.valid_from <= {row}.bucket AND i.valid_to >= {end}
             AND {bucket.seconds} % i.seconds = 0 THEN {bucket.seconds} / i.seconds
        ELSE (
        SELECT sum(ceil(({until} - {phase}) / {length}) - ceil(({since} - {phase}) / {length}))
        FROM {_meters(shape, row)}
          AND m.valid_from < {end} AND (m.valid_to IS NULL OR m.valid_to > {row}.bucket)
        )
    END::bigint"""


def hour_rows(shape: RollupShape, from_quarters: str) -> str:
    """Rows of the hourly relation from rows of the 15-minute relation."""
    keys = [f"q.{quote(key)}" for key in shape.keys]
    aggregates = [f"{column.of_quarters} AS {column.name}" for column in columns(shape)]
    return f"""
    SELECT h.*, {expected_count(shape, "h", HOUR)} AS expected_count
    FROM (
        SELECT enms.hour_of(q.bucket) AS bucket, {_list([f"q.{shape.owner}", *keys])},
               {_list(aggregates)}
        FROM {from_quarters} AS q
        GROUP BY {_list(str(1 + n) for n in range(2 + len(keys)))}
    ) AS h {_meter_join(shape, "h")}"""


def create_statements(shape: RollupShape, key_types: Iterable[str]) -> Iterator[str]:
    """The tables, views and triggers of one rollup on a plain server."""
    typed = zip(map(quote, shape.keys), key_types, strict=True)
    more = "".join(f"{name} {kind}, " for name, kind in typed)
    data = ", ".join(f"{c.name} {c.type}" for c in columns(shape))
    for bucket in (QUARTER, HOUR):
        relation = bucket.data(shape.readings_table)
        yield (
            f"CREATE TABLE {relation} (bucket timestamptz NOT NULL, {shape.owner} uuid NOT NULL, "
            f"{more}{data}, expected_count bigint)"
        )
        unique = _list([shape.owner, "bucket", *map(quote, shape.keys)])
        yield f"CREATE UNIQUE INDEX ON {relation} ({unique}) NULLS NOT DISTINCT"
    yield _view(shape, QUARTER)
    yield _view(shape, HOUR)
    yield from _triggers(shape)


# Share of the readings that are not measured but estimated.
ESTIMATED_SHARE = "estimated_count::double precision / reading_count AS estimated_share"


def _view(shape: RollupShape, bucket: Bucket) -> str:
    fresh = f"enms.fresh_until({literal(shape.readings_table)})"
    in_calendar = "time >= {first} AND time < {last}".format(**CALENDAR)
    rows = quarter_rows(shape, f"time >= {fresh} AND {in_calendar}")
    if bucket is HOUR:
        rows = hour_rows(shape, f"({rows})")
    names = _list(all_names(shape))
    return f"""
    CREATE VIEW {bucket.view(shape.readings_table)} AS
    SELECT {names}, {ESTIMATED_SHARE}
    FROM {bucket.data(shape.readings_table)} WHERE bucket < {fresh}
    UNION ALL
    SELECT {names}, {ESTIMATED_SHARE} FROM ({rows}) AS unrefreshed"""


def _triggers(shape: RollupShape) -> Iterator[str]:
    function = f"enms.note_{shape.owner}_change({literal(shape.readings_table)})"
    for event, tables in TRANSITIONS.items():
        name = f"enms_note_{event.lower()}"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} "
            f"ON {quote(shape.readings_table)} {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}"
        )
        # Also for sessions that do without triggers, such as one that loads a dump.
        yield f"ALTER TABLE {quote(shape.readings_table)} ENABLE ALWAYS TRIGGER {name}"


TRANSITIONS = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "UPDATE": "REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
    "TRUNCATE": "",
}


def drop_statements(shape: RollupShape) -> Iterator[str]:
    """Undo create_statements; what others built on the views is in the way and stays."""
    for event in TRANSITIONS:
        name = f"enms_note_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name} ON {quote(shape.readings_table)}"
    for bucket in (HOUR, QUARTER):
        yield f"DROP VIEW IF EXISTS {bucket.view(shape.readings_table)}"
        yield f"DROP TABLE {bucket.data(shape.readings_table)}"


def refresh_statements(shape: RollupShape, of_owners: bool) -> Iterator[str]:
    """Replace the whole hours of $1 to $2, of the owners $3 where only some are meant."""
    some = f" AND {shape.owner} = ANY($3::uuid[])" if of_owners else ""
    inside = f"bucket >= $1 AND bucket < $2{some}"
    quarter_data = QUARTER.data(shape.readings_table)
    rows = {
        QUARTER: quarter_rows(shape, f"time >= $1 AND time < $2{some}"),
        HOUR: hour_rows(shape, f"(SELECT * FROM {quarter_data} WHERE {inside})"),
    }
    names = _list(all_names(shape))
    for bucket, statement in rows.items():
        relation = bucket.data(shape.readings_table)
        yield f"DELETE FROM {relation} WHERE {inside}"
        # In the order in which they are read: an owner's buckets lie beside each other.
        order = f"ORDER BY {shape.owner}, bucket"
        yield f"INSERT INTO {relation} ({names}) SELECT {names} FROM ({statement}) AS fresh {order}"


def _list(items: Iterable[str]) -> str:
    return ", ".join(items)
