"""The hours of an energy use by pandas, from the rows alone, sharing nothing with the product.

Instants are whole seconds since 1970. Days, intervals and statuses are gone through minute by
minute: slow, and easy to see through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import psycopg
from psycopg import sql

MINUTE, QUARTER, HOUR = 60, 900, 3600
ROWS = "SELECT extract(epoch FROM time)::float8, {}::float8 FROM {} WHERE {} = {} {} ORDER BY time"
METERS = """
SELECT nominal_interval_seconds, extract(epoch FROM valid_from)::float8,
       extract(epoch FROM coalesce(valid_to, '2100-01-01Z'))::float8
FROM meters JOIN energy_sources AS s ON s.id = energy_source_id
WHERE machine_id = %s AND s.name = %s
"""
STATUS = """
SELECT extract(epoch FROM time)::float8, is_running, mode FROM machine_status_history
WHERE machine_id = %s ORDER BY time
"""
OFFLINE = ("maintenance", "fault", "off")


@dataclass(frozen=True)
class Column:
    """Where a person finds a value. source: whose readings the table holds. only: a condition."""

    table: str
    name: str
    source: str | None = None
    owner: str = "machine_id"
    only: str = ""


@dataclass(frozen=True)
class Plain:
    """The hours [start, end) of some machines."""

    connection: psycopg.Connection
    machines: tuple[str, ...]
    start: datetime
    end: datetime

    @property
    def index(self) -> pd.Index:
        return pd.RangeIndex(int(self.start.timestamp()), int(self.end.timestamp()), HOUR)

    def summed(self, column: Column) -> pd.Series:
        """Sums over machines; unknown where one that has rows otherwise has none."""
        found = [self.rows(column, machine) for machine in self.machines]
        told = [rows for rows in found if len(rows)]
        if not told:
            return pd.Series(np.nan, self.index)
        return sum(self._by_hour(rows).sum(min_count=1).reindex(self.index) for rows in told)

    def averaged(self, column: Column) -> pd.Series:
        """Means of quarter hours, weighed by how long the values in them stand for."""
        area = weight = pd.Series(0.0, self.index)
        for machine in self.machines:
            rows = self.rows(column, machine)
            quarters = rows.groupby(rows.index // QUARTER * QUARTER)
            seconds = quarters.count() * self._interval(column, machine, quarters)
            by_hour = seconds.index // HOUR * HOUR
            areas = (quarters.mean() * seconds).groupby(by_hour).sum().reindex(self.index)
            area = area + areas.fillna(0.0)
            weight = weight + seconds.groupby(by_hour).sum().reindex(self.index).fillna(0.0)
        return area / weight.where(weight > 0)

    def extreme(self, column: Column, kind: str) -> pd.Series:
        found = [self._by_hour(self.rows(column, m)).agg(kind) for m in self.machines]
        return pd.concat(found, axis=1).agg(kind, axis=1).reindex(self.index)

    def complete(self, column: Column) -> pd.Series:
        """Hours all of which a meter served, with every reading there, of every machine."""
        whole = pd.Series(True, self.index)
        for machine in self.machines:
            intervals = self.minutes_of_service(machine, column.source or "")
            expected = (MINUTE / intervals).groupby(intervals.index // HOUR * HOUR)
            counts = self._by_hour(self.rows(column, machine)).count().reindex(self.index)
            is_served = expected.count() == 60
            whole &= is_served & (counts.fillna(0) >= np.floor(expected.sum() + 1e-6))
        return whole

    def minutes_of_service(self, machine: str, source: str) -> pd.Series:
        """The interval of the meter in service, minute by minute."""
        minutes = pd.RangeIndex(self.index[0], self.index[-1] + HOUR, MINUTE)
        intervals = pd.Series(np.nan, minutes)
        found = self.connection.execute(METERS.encode(), (machine, source)).fetchall()
        for seconds, since, until in sorted(found, key=lambda row: row[1]):
            intervals[(minutes >= since) & (minutes < until)] = seconds
        return intervals

    def running(self, kind: str) -> pd.Series:
        """By minutes: of one machine at least ("any"), or how many machines ran ("sum")."""
        states = pd.concat([self._states(machine)[0] for machine in self.machines], axis=1)
        minutes = states.max(axis=1) if kind == "any" else states.sum(axis=1, min_count=1)
        return self._hours(minutes)

    def stopped(self) -> pd.Series:
        offline = pd.concat([self._states(machine)[1] for machine in self.machines], axis=1)
        return self._hours(offline.max(axis=1)) > 0

    def days(self, zone: str) -> list[int]:
        moments = pd.to_datetime(self.index, unit="s", utc=True).tz_convert(zone)
        return [day.toordinal() for day in moments.date]

    def rows(self, column: Column, machine: str) -> pd.Series:
        """All values of a machine (or of its site), by time."""
        owner = machine if column.owner == "machine_id" else self._site(machine)
        query = sql.SQL(ROWS).format(
            sql.SQL(column.name),
            sql.Identifier(column.table),
            sql.Identifier(column.owner),
            sql.Literal(owner),
            sql.SQL(column.only),
        )
        found = self.connection.execute(query).fetchall()
        times, values = zip(*found, strict=True) if found else ((), ())
        return pd.Series(values, pd.Index(times, dtype="float64"), dtype="float64")

    def _by_hour(self, rows: pd.Series) -> object:
        return rows.groupby((rows.index // HOUR * HOUR).astype("int64"))

    def _interval(self, column: Column, machine: str, quarters: object) -> pd.Series:
        """What a reading of each quarter hour stands for [s]."""
        even = QUARTER / quarters.size()
        if column.source is None:
            return even
        served = self.minutes_of_service(machine, column.source)
        return served.reindex(even.index).fillna(even)

    def _states(self, machine: str) -> tuple[pd.Series, pd.Series]:
        """Whether it ran, and whether it was not to be had, minute by minute."""
        minutes = pd.RangeIndex(self.index[0], self.index[-1] + HOUR, MINUTE)
        found = self.connection.execute(STATUS.encode(), (machine,)).fetchall()
        times = pd.Index([row[0] for row in found])
        ran = pd.Series([float(row[1]) for row in found], times)
        offline = pd.Series([float(row[2] in OFFLINE) for row in found], times)
        return ran.reindex(minutes, method="ffill"), offline.reindex(minutes, method="ffill")

    def _hours(self, minutes: pd.Series) -> pd.Series:
        return minutes.groupby(minutes.index // HOUR * HOUR).mean()

    def _site(self, machine: str) -> str:
        query = "SELECT factory_id::text FROM machines WHERE id = %s"
        row = self.connection.execute(query.encode(), (machine,)).fetchone()
        assert row is not None
        return str(row[0])


def machine_ids(connection: psycopg.Connection, names: Sequence[str]) -> tuple[str, ...]:
    found = [
        connection.execute(b"SELECT id::text FROM machines WHERE name = %s", (name,)).fetchone()
        for name in names
    ]
    return tuple(row[0] for row in found if row is not None)
