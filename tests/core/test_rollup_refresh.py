"""Whatever happens to readings and registers, the rollups are what the rows say: at once in their
views, and in what is stored after the next refresh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.storage import rollups
from enms_core.storage.rollups import RollupState
from tests.conftest import own_database
from tests.core.refresh_start import READINGS, begin
from tests.core.rollup_bench import M1, POWER, UTILITY, Bench, Chance, bench_on, on_one_bench
from tests.core.rollup_changes import CHANGES, INSERT


@pytest.fixture(scope="module")
def made(server_url: str, empty_template: str) -> Iterator[Bench]:
    with own_database(server_url, empty_template) as url, bench_on(url) as bench:
        yield bench


@pytest.fixture
def bench(made: Bench) -> Bench:
    begin(made)
    return made


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_after_a_change_the_rollups_are_what_the_rows_say(bench: Bench, change: str) -> None:
    bench.assert_refreshed(UTILITY)
    bench.execute(change)
    assert bench.notes(UTILITY) > 0
    bench.assert_exact(UTILITY)
    bench.refresh()
    bench.assert_refreshed(UTILITY)


@on_one_bench(20)
@given(
    changes=st.lists(st.sampled_from(sorted(CHANGES)), min_size=2, max_size=6, unique=True),
    refreshes=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_after_any_changes_and_refreshes_the_rollups_are_what_the_rows_say(
    made: Bench, changes: list[str], refreshes: list[bool]
) -> None:
    begin(made)
    for change, is_refreshed in zip(changes, refreshes, strict=False):
        made.execute(CHANGES[change])
        if is_refreshed:
            made.refresh()
        made.assert_exact(UTILITY)
    made.refresh()
    made.assert_refreshed(UTILITY)


def test_rows_that_were_copied_are_noted(bench: Bench) -> None:
    later = replace(READINGS, seed=12, start=READINGS.start.replace(microsecond=55))
    bench.fill(UTILITY, later)
    bench.assert_exact(UTILITY)
    bench.refresh()
    bench.assert_refreshed(UTILITY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE utility_readings SET amount = 1 WHERE time < '1999-01-01Z'",
        "DELETE FROM utility_readings WHERE amount < 0",
        f"{INSERT} SELECT time, machine_id, carrier, 1, 2, 3 FROM utility_readings"
        " ON CONFLICT DO NOTHING",
    ],
)
def test_a_statement_that_touches_no_row_is_not_noted(bench: Bench, statement: str) -> None:
    bench.execute(statement)
    bench.assert_refreshed(UTILITY)


def test_a_transaction_that_was_rolled_back_leaves_no_note(bench: Bench) -> None:
    with bench.connection.transaction(force_rollback=True):
        bench.execute(CHANGES["changed values"])
        assert bench.notes(UTILITY) > 0
    bench.assert_refreshed(UTILITY)


def test_a_refresh_tells_what_it_did(bench: Bench) -> None:
    for moment in ("2026-04-02T10:05Z", "2026-04-02T11:50Z", "2026-04-03T10:00Z"):
        bench.execute(f"{INSERT} VALUES ('{moment}', '{M1}', 'a', 1, 1, 1)")
    state = RollupState("utility_readings", READINGS.start.replace(month=4, day=2, hour=10), 3)
    assert state in bench.loop.run(rollups.rollup_states(bench.store), 10)
    report = bench.refresh()
    assert (report.ranges, report.hours, report.buckets) == (2, 3.0, 6)
    states = bench.loop.run(rollups.rollup_states(bench.store), 10)
    assert {(state.fresh_until, state.pending) for state in states} == {(None, 0)}


@pytest.fixture
def poor(bench: Bench) -> Iterator[psycopg.Connection]:
    """A connection of somebody who may write readings and nothing else."""
    bench.execute(
        """
        CREATE ROLE enms_test_writer;
        GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON utility_readings TO enms_test_writer
        """
    )
    with psycopg.connect(bench.url, autocommit=True) as connection:
        connection.execute(b"SET ROLE enms_test_writer")
        yield connection
    bench.execute("DROP OWNED BY enms_test_writer; DROP ROLE enms_test_writer")


@pytest.mark.parametrize("change", ["a late row", "rows moved across hours", "an emptied table"])
def test_who_may_write_readings_needs_no_rights_on_ours(
    bench: Bench, poor: psycopg.Connection, change: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        poor.execute(b"SELECT count(*) FROM enms.dirty_ranges")
    poor.execute(CHANGES[change].encode())
    assert bench.notes(UTILITY) > 0
    bench.assert_exact(UTILITY)


def test_only_the_tables_that_were_written_are_refreshed(bench: Bench) -> None:
    bench.fill(POWER, Chance(count=5, gaps=0.0))
    assert (bench.notes(POWER), bench.notes(UTILITY)) == (1, 0)
    assert bench.refresh().hours == 2
    bench.assert_refreshed(POWER)
