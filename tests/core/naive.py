"""Rollups and sums computed by pandas from the rows alone, sharing nothing with the product.

Instants are whole microseconds since 1970 in UTC: exact, and without a calendar's limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd
import psycopg
from psycopg import sql

SECOND = 1_000_000
QUARTER, HOUR = 900 * SECOND, 3600 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
TIMES = ("bucket", "first_time", "last_time")
NO_CARRIER = "(none)"

# Instants as text: seconds with six decimals.
MICROS = "(extract(epoch FROM {time}) * 1000000)::bigint"
# Beyond these years a reading is in no bucket; Python knows none of them either.
IN_CALENDAR = "time >= '0002-01-01T00:00Z' AND time < '9999-01-01T00:00Z'"
METERS = f"""
SELECT m.machine_id::text, s.carrier_value, m.nominal_interval_seconds,
       {MICROS.format(time="m.valid_from")}, {MICROS.format(time="m.valid_to")}
FROM meters AS m JOIN energy_sources AS s ON s.id = m.energy_source_id
WHERE s.readings_table = %s
"""


@dataclass(frozen=True)
class Layout:
    """A readings table and what its rollup keeps, as a person reads it off the registers.

    keys: columns beside owner and time that tell rows apart; carrier is one of them. is_marked:
    rows tell whether they are estimated and where they are from.
    """

    table: str
    owner: str = "machine_id"
    keys: tuple[str, ...] = ()
    carrier: str | None = None
    measure: str | None = None
    content: str | None = None
    summed: tuple[str, ...] = ()
    averaged: tuple[str, ...] = ()
    is_marked: bool = False

    def names(self) -> list[str]:
        """The columns of the rollup beside its keys."""
        parts = ("mean", "min", "max", "seconds")
        return [
            *("reading_count", "first_time", "last_time", "estimated_count", "backfill_count"),
            *("expected_count", "covered_seconds"),
            *(f"{name}_{part}" for name in self.summed for part in ("sum", "count")),
            *(("content_sum", "content_quantity", "content_count") if self.content else ()),
            *(f"{name}_{part}" for name in self.averaged for part in parts),
        ]


@dataclass(frozen=True)
class Service:
    """A meter in service from `since` until `until` [µs]."""

    machine: str
    carrier: str | None
    interval: int
    since: int
    until: float


@dataclass(frozen=True)
class Use:
    """What a stretch of time sums up to; energy_kwh is None where a row's energy is unknown."""

    quantity: float
    energy_kwh: float | None
    readings: int
    first: int | None
    last: int | None


def micros(moment: datetime) -> int:
    """An instant [µs]."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def load(connection: psycopg.Connection, layout: Layout) -> pd.DataFrame:
    """The rows of a readings table."""
    marks = "is_estimated, data_source = 'backfill'" if layout.is_marked else "false, false"
    values = [name for name in (*layout.summed, *layout.averaged, layout.content) if name]
    query = sql.SQL("SELECT {}, {}::text, {}, {} FROM {} WHERE {}").format(
        sql.SQL(MICROS.format(time="time")),
        sql.Identifier(layout.owner),
        sql.SQL(marks),
        sql.SQL(", ").join(
            [
                *(_text(key) for key in layout.keys),
                *(sql.SQL("{}::float8").format(sql.Identifier(name)) for name in values),
            ]
        ),
        sql.Identifier(layout.table),
        sql.SQL(IN_CALENDAR),
    )
    columns = ["micros", "owner", "is_estimated", "is_backfill", *layout.keys, *values]
    rows = pd.DataFrame(connection.execute(query).fetchall(), columns=columns)
    return rows.astype({name: "float64" for name in values} | {"micros": "int64"})


def _text(key: str) -> sql.Composed:
    return sql.SQL("coalesce({}::text, {})").format(sql.Identifier(key), sql.Literal(NO_CARRIER))


def services(connection: psycopg.Connection, layout: Layout) -> list[Service]:
    """The meters of a readings table."""
    found = connection.execute(METERS.encode(), (layout.table,)).fetchall()
    return [
        Service(machine, carrier, seconds * SECOND, since, float("inf") if until is None else until)
        for machine, carrier, seconds, since, until in found
    ]


def rollup(
    rows: pd.DataFrame, meters: Sequence[Service], layout: Layout, width: int
) -> pd.DataFrame:
    """The rollup of all rows in buckets of a width [µs]: QUARTER or HOUR."""
    quarters = _plain(rows, layout, QUARTER)
    _weigh(quarters, meters, layout)
    result = quarters if width == QUARTER else _hours(rows, quarters, layout)
    keys = result.index.names
    result = result.reset_index()
    result["expected_count"] = [
        _expected(_of(meters, layout, row), row["bucket"], width, row["first_time"])
        for row in result.to_dict("records")
    ]
    return _tidy(result, keys, layout)


def _plain(rows: pd.DataFrame, layout: Layout, width: int) -> pd.DataFrame:
    """Aggregates that need no meter."""
    rows = rows.assign(bucket=rows["micros"] // width * width)
    if layout.content is not None:
        rows["product"] = rows[layout.measure] * rows[layout.content]
        rows["known"] = rows[layout.measure].where(rows[layout.content].notna())
    groups = rows.groupby(["bucket", "owner", *layout.keys])
    counted = {
        "reading_count": groups.size(),
        "first_time": groups["micros"].min(),
        "last_time": groups["micros"].max(),
        "estimated_count": groups["is_estimated"].sum(),
        "backfill_count": groups["is_backfill"].sum(),
    }
    return pd.DataFrame(counted | _sums(groups, layout) | _means(groups, layout))


def _sums(groups: Any, layout: Layout) -> dict[str, pd.Series]:
    table = {}
    for name in layout.summed:
        table[f"{name}_sum"] = groups[name].sum(min_count=1)
        table[f"{name}_count"] = groups[name].count()
    if layout.content is not None:
        table["content_sum"] = groups["product"].sum(min_count=1)
        table["content_quantity"] = groups["known"].sum(min_count=1)
        table["content_count"] = groups["product"].count()
    return table


def _means(groups: Any, layout: Layout) -> dict[str, pd.Series]:
    table = {}
    for name in layout.averaged:
        table[f"{name}_mean"] = groups[name].mean()
        table[f"{name}_min"] = groups[name].min()
        table[f"{name}_max"] = groups[name].max()
        table[f"{name}_known"] = groups[name].count()
    return table


def _weigh(quarters: pd.DataFrame, meters: Sequence[Service], layout: Layout) -> None:
    """Add how long [s] the readings of each quarter hour stand for."""
    intervals = []
    for row in quarters.reset_index().to_dict("records"):
        first = row["first_time"]
        serving = (m.interval for m in _of(meters, layout, row) if m.since <= first < m.until)
        intervals.append(next(serving, float("nan")) / SECOND)
    interval = pd.Series(intervals, index=quarters.index, dtype="float64")
    measured = quarters[f"{layout.measure}_count"] if layout.measure else float("nan")
    quarters["covered_seconds"] = measured * interval
    each = interval.fillna(900.0 / quarters["reading_count"])
    for name in layout.averaged:
        quarters[f"{name}_seconds"] = quarters[f"{name}_known"] * each


def _hours(rows: pd.DataFrame, quarters: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Hours: sums from the rows, means from the quarter hours by how long they stand for."""
    hours = _plain(rows, layout, HOUR)
    weighed = quarters.reset_index()
    weighed["bucket"] = weighed["bucket"] // HOUR * HOUR
    for name in layout.averaged:
        weighed[f"{name}_area"] = weighed[f"{name}_mean"] * weighed[f"{name}_seconds"]
    groups = weighed.groupby(["bucket", "owner", *layout.keys])
    is_covered = groups["covered_seconds"].count() == groups.size()
    hours["covered_seconds"] = groups["covered_seconds"].sum().where(is_covered)
    for name in layout.averaged:
        hours[f"{name}_seconds"] = groups[f"{name}_seconds"].sum()
        area, seconds = groups[f"{name}_area"].sum(), hours[f"{name}_seconds"]
        hours[f"{name}_mean"] = (area / seconds).where(seconds > 0)
    return hours


def _of(meters: Iterable[Service], layout: Layout, row: dict[str, Any]) -> list[Service]:
    """The meters that a bucket's readings are from."""
    if layout.measure is None:
        return []
    carrier = row[layout.carrier] if layout.carrier else None
    return [
        meter
        for meter in meters
        if meter.machine == row["owner"] and (carrier is None or meter.carrier == carrier)
    ]


def _expected(meters: Iterable[Service], bucket: int, width: int, first: int) -> float:
    """How many intervals begin in a bucket while their meter serves, in step with a reading."""
    counts = []
    for meter in meters:
        since, until = max(meter.since, bucket), min(meter.until, bucket + width)
        if since < until:
            earliest = since + (first - since) % meter.interval
            counts.append(len(range(earliest, int(until), meter.interval)))
    return float(sum(counts)) if counts else float("nan")


def stored(
    connection: psycopg.Connection, relation: tuple[str, str], layout: Layout
) -> pd.DataFrame:
    """The same table as `rollup` makes, read from a relation (schema, name)."""
    names = layout.names()
    query = sql.SQL("SELECT {}, {}::text, {} FROM {}").format(
        sql.SQL(MICROS.format(time="bucket")),
        sql.Identifier(layout.owner),
        sql.SQL(", ").join([*map(_text, layout.keys), *map(_number, names)]),
        sql.Identifier(*relation),
    )
    keys = ["bucket", "owner", *layout.keys]
    found = pd.DataFrame(connection.execute(query).fetchall(), columns=[*keys, *names])
    return _tidy(found, keys, layout)


def _number(name: str) -> sql.Composable:
    if name in TIMES:
        return sql.SQL(MICROS.format(time=name))
    return sql.SQL("{}::float8").format(sql.Identifier(name))


def _tidy(table: pd.DataFrame, keys: Sequence[str], layout: Layout) -> pd.DataFrame:
    """Columns, types and order by which two tables are compared."""
    kinds = {name: "int64" if name in TIMES else "float64" for name in ("bucket", *layout.names())}
    tidy = table[[*keys, *layout.names()]].astype(kinds)
    return tidy.sort_values(list(keys), ignore_index=True)


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Equal row by row and column by column, numbers to 1e-9 of their size."""
    pd.testing.assert_frame_equal(
        found, expected, check_dtype=False, check_column_type=False, rtol=1e-9, atol=1e-9
    )


def use(
    rows: pd.DataFrame,
    quantity: str,
    kwh_of_row: Callable[[dict[str, Any]], float | None],
) -> Use:
    """What some rows sum up to."""
    known = rows[rows[quantity].notna()]
    energies = [kwh_of_row(row) for row in known.to_dict("records")]
    is_known = bool(energies) and None not in energies
    return Use(
        quantity=float(known[quantity].sum()),
        energy_kwh=sum(filter(None, energies)) if is_known else None,
        readings=len(known),
        first=None if rows.empty else int(rows["micros"].min()),
        last=None if rows.empty else int(rows["micros"].max()),
    )


def within(rows: pd.DataFrame, start: datetime, end: datetime) -> pd.DataFrame:
    """The rows of a half-open stretch of time."""
    return rows[(rows["micros"] >= micros(start)) & (rows["micros"] < micros(end))]
