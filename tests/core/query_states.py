"""What the property tests of queries share: days, and readings that the rollups know more or less
of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import strategies as st

from enms_core.domain.period import Period
from enms_core.storage.rollup_making import remove
from tests.conftest import own_database
from tests.core.naive import Layout, load
from tests.core.rollup_bench import Bench, bench_on

# Zones whole, half and three quarter hours from UTC, on days around a change of the clocks.
DAYS = (
    ("Europe/Berlin", date(2026, 3, 28)),
    ("Europe/Berlin", date(2026, 10, 24)),
    ("America/Chicago", date(2026, 3, 7)),
    ("America/Chicago", date(2026, 10, 31)),
    ("Australia/Lord_Howe", date(2026, 4, 4)),
    ("Australia/Lord_Howe", date(2026, 10, 3)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Asia/Kolkata", date(2026, 6, 1)),
)
STATES = ("refreshed", "half refreshed", "not refreshed", "no rollup")
Table = tuple[Sequence[str], Sequence[tuple[object, ...]]]


@contextmanager
def benches(server_url: str, template: str) -> Iterator[Mapping[str, Bench]]:
    """A bench for each state: one with rollups, and one of the same registers without."""
    with (
        own_database(server_url, template) as url,
        own_database(server_url, template) as other_url,
        bench_on(url) as rolled_up,
        bench_on(other_url) as bare,
    ):
        assert bare.loop.run(remove(bare.store), 10) == ()
        yield {state: bare if state == "no rollup" else rolled_up for state in STATES}


def filled(bench: Bench, layout: Layout, table: Table, state: str) -> pd.DataFrame:
    """Write the readings, and refresh as far as the state says."""
    bench.execute(f"TRUNCATE {layout.table}")
    columns, rows = table
    middle = len(rows) // 2 if state == "half refreshed" else len(rows)
    bench.copy(layout.table, columns, rows[:middle])
    if state in ("refreshed", "half refreshed"):
        bench.refresh()
    bench.copy(layout.table, columns, rows[middle:])
    return load(bench.connection, layout)


def near(value: float) -> Any:
    """Equal but for rounding, to 1e-9 of its size; nothing is near zero."""
    return pytest.approx(value, rel=1e-9, abs=0.0)


def first_reading(day: date) -> datetime:
    """From when on readings lie around a day."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(days=1)


@st.composite
def periods(draw: st.DrawFn, zone: ZoneInfo, day: date) -> Period:
    """Local days, hours, quarter hours, or between odd seconds."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    start += timedelta(days=draw(st.integers(-1, 2)))
    kind = draw(st.sampled_from(("days", "hours", "quarters", "odd")))
    if kind == "days":
        return Period(start, start + timedelta(days=draw(st.integers(1, 5))))
    unit_s = {"hours": 3600, "quarters": 900, "odd": 1}[kind]
    first, length = draw(st.integers(0, 86_400)), draw(st.integers(1, 400_000))
    begun = start.astimezone(timezone.utc) + timedelta(seconds=first // unit_s * unit_s)
    ended = begun + timedelta(seconds=-(-length // unit_s) * unit_s)
    return Period(begun.astimezone(zone), ended.astimezone(zone))
