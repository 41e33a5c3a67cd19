"""What continuous aggregates select, run on a plain server: the rollups are the same.

No server of the tests has that edition. Its only function in what is selected is replaced by ours,
and an aggregate that is always computed stands for one in real-time mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from enms_core.storage.rollup_making import remove
from enms_core.storage.rollup_shape import RollupShape, wanted_shapes
from enms_core.storage.timescale import continuous_statements, drop_continuous_statements
from tests.conftest import own_database
from tests.core.naive import HOUR, QUARTER, Layout, assert_same, load, rollup, services, stored
from tests.core.rollup_bench import GAS, POWER, PRODUCTION, Bench, Chance, bench_on

TIME_BUCKET = """
CREATE FUNCTION time_bucket(width interval, moment timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE RETURN date_bin(width, moment, timestamptz '1970-01-01Z')
"""
# One meter of each machine: hours with two are weighed in another way on that edition.
METERS = """
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT m.id, s.id, 300, 'interval', 'start', s.unit, '2026-03-01Z'
FROM machines AS m, energy_sources AS s WHERE s.name IN ('electricity', 'natural_gas')
"""
OPTIONS = re.compile(r" WITH \(timescaledb[^)]*\)| WITH NO DATA")


@pytest.fixture(scope="module")
def bench(server_url: str, empty_template: str) -> Iterator[Bench]:
    with own_database(server_url, empty_template) as url, bench_on(url) as bench:
        assert bench.loop.run(remove(bench.store), 10) == ()
        bench.execute(TIME_BUCKET)
        bench.execute("DELETE FROM meters")
        bench.execute(METERS)
        yield bench


def shape_of(bench: Bench, layout: Layout) -> RollupShape:
    async def wanted() -> RollupShape:
        async with bench.store.readings.connection() as connection:
            return (await wanted_shapes(connection))[layout.table]

    return bench.loop.run(wanted(), 10)


@pytest.mark.parametrize("layout", [POWER, GAS, PRODUCTION], ids=lambda layout: layout.table)
def test_they_are_what_the_rows_say(bench: Bench, layout: Layout) -> None:
    bench.fill(layout, Chance(count=500, step_seconds=240))
    shape = shape_of(bench, layout)
    for statement in continuous_statements(shape, None):
        if "policy" not in statement:
            bench.execute(OPTIONS.sub("", statement))

    rows, meters = load(bench.connection, layout), services(bench.connection, layout)
    for suffix, width in (("15min", QUARTER), ("1hour", HOUR)):
        found = stored(bench.connection, ("enms", f"{layout.table}_{suffix}"), layout)
        assert_same(found, rollup(rows, meters, layout, width))
        assert len(found) > 50

    for statement in drop_continuous_statements(shape):
        bench.execute(statement)
    assert bench.value(LEFT, f"{layout.table}_1%") == 0


LEFT = "SELECT count(*) FROM pg_class WHERE relnamespace = 'enms'::regnamespace AND relname LIKE %s"
