"""Rollups are what the rows say: by pandas, column by column, before a refresh and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.storage import schema
from tests.conftest import own_database, run_on
from tests.core.naive import Layout
from tests.core.rollup_bench import (
    GAS,
    M1,
    M2,
    POWER,
    PRODUCTION,
    UTILITY,
    WEATHER,
    Bench,
    Chance,
    bench_on,
    on_one_bench,
)

# Half a year by the hour, so that a refresh takes more than one step.
LONG = Chance(seed=3, count=4_600, step_seconds=3600, gaps=0.9)

chances = st.builds(
    Chance,
    seed=st.integers(0, 10_000),
    count=st.integers(0, 120),
    step_seconds=st.sampled_from((1, 60, 97, 300, 900, 1800, 3600, 7200)),
    gaps=st.sampled_from((0.0, 0.3, 0.9)),
    nulls=st.sampled_from((0.0, 0.3, 1.0)),
)


@pytest.fixture(scope="module")
def shared(server_url: str, empty_template: str) -> Iterator[Bench]:
    """A bench whose registers no test changes."""
    with own_database(server_url, empty_template) as url, bench_on(url) as made:
        yield made


@pytest.fixture
def bench(empty_url: str) -> Iterator[Bench]:
    with bench_on(empty_url) as made:
        yield made


def rollup_relations(bench: Bench) -> list[object]:
    found = bench.execute(
        """
        SELECT n.nspname || '.' || c.relname FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v', 'm') AND c.relname ~ '_(15min|1hour)(_data)?$' ORDER BY 1
        """
    )
    return [name for (name,) in found]


def of_table(bench: Bench, table: str) -> list[object]:
    return [name for name in rollup_relations(bench) if f".{table}_" in str(name)]


def check_before_and_after_refresh(bench: Bench, layout: Layout) -> None:
    bench.assert_exact(layout)
    bench.refresh()
    bench.assert_refreshed(layout)


@on_one_bench(25)
@given(early=chances, late=chances)
def test_a_table_of_several_carriers_is_summed_exactly(
    shared: Bench, early: Chance, late: Chance
) -> None:
    shared.execute("TRUNCATE utility_readings")
    shared.fill(UTILITY, early)
    check_before_and_after_refresh(shared, UTILITY)
    shared.fill(UTILITY, replace(late, start=late.start + timedelta(hours=5, microseconds=33)))
    check_before_and_after_refresh(shared, UTILITY)


@pytest.mark.parametrize("layout", [GAS, POWER, PRODUCTION, WEATHER], ids=lambda each: each.table)
@on_one_bench(8)
@given(chance=chances)
def test_a_table_of_ours_is_summed_exactly(shared: Bench, layout: Layout, chance: Chance) -> None:
    shared.execute(f"TRUNCATE {layout.table}")
    shared.fill(layout, chance)
    check_before_and_after_refresh(shared, layout)


def test_an_hour_whose_meter_changes_is_what_was_reckoned_by_hand(bench: Bench) -> None:
    # Until 17:20 a reading stands for 15 minutes, from then on for one; 17:15 is weighed as 900 s
    # and each of 17:30 and 17:31 as 60 s: (10 * 900 + (40 + 70) * 60) / 1020.
    bench.execute(
        f"""
        INSERT INTO utility_readings (time, machine_id, carrier, amount, heat, rate, is_estimated)
        VALUES ('2026-03-28T17:15Z', '{M1}', 'a', 2.5, 40, 10, false),
               ('2026-03-28T17:30Z', '{M1}', 'a', 0.5, NULL, 40, true),
               ('2026-03-28T17:31Z', '{M1}', 'a', 0.25, 36, 70, false)
        """
    )
    bench.refresh()
    (row,) = bench.execute(
        """
        SELECT reading_count, amount_sum, content_sum, content_quantity, content_count,
               rate_mean, rate_min, rate_max, rate_seconds, covered_seconds, expected_count,
               estimated_share
        FROM enms.utility_readings_1hour
        """
    ).fetchall()
    assert row[:5] == (3, 3.25, 2.5 * 40 + 0.25 * 36, 2.75, 2)
    assert row[5:10] == (pytest.approx((9000 + 6600) / 1020), 10, 70, 1020, 1020)
    assert row[10] == 2 + 40  # 17:00 and 17:15; each minute from 17:20
    assert row[11] == pytest.approx(1 / 3)


def test_an_hour_whose_meter_ends_is_what_was_reckoned_by_hand(bench: Bench) -> None:
    # Until 14:25 a reading stands for half an hour; what 14:40 stands for is not known, so it is
    # weighed as its quarter hour, and how much of the hour is covered is not known either.
    bench.execute(
        f"""
        INSERT INTO utility_readings (time, machine_id, carrier, amount, rate) VALUES
        ('2026-03-29T14:05Z', '{M2}', 'a', 1, 10), ('2026-03-29T14:40Z', '{M2}', 'a', 1, 40)
        """
    )
    bench.refresh()
    (row,) = bench.execute(
        """
        SELECT rate_mean, rate_seconds, covered_seconds, expected_count, estimated_share
        FROM enms.utility_readings_1hour
        """
    ).fetchall()
    assert row == ((10 * 1800 + 40 * 900) / 2700, 2700, None, 1, 0)


def test_the_relation_beside_the_readings_reads_the_same(bench: Bench) -> None:
    bench.fill(UTILITY, Chance())
    for name in ("utility_readings_15min", "utility_readings_1hour"):
        count = bench.value(f"SELECT count(*) FROM enms.{name}")
        assert count == bench.value(
            f"SELECT count(*) FROM (TABLE enms.{name} INTERSECT TABLE public.{name}) AS b"
        )
        assert isinstance(count, int) and count > 30


def test_a_relation_of_theirs_by_the_name_is_left_alone(bare_url: str) -> None:
    bench = Bench(bare_url)
    bench.execute("CREATE TABLE energy_readings_1hour AS SELECT 42 AS theirs")
    run_on(bare_url, lambda store: store.upgrade())
    assert of_table(bench, "energy_readings") == [
        "enms.energy_readings_15min",
        "enms.energy_readings_15min_data",
        "enms.energy_readings_1hour",
        "enms.energy_readings_1hour_data",
        "public.energy_readings_15min",
        "public.energy_readings_1hour",
    ]
    run_on(bare_url, lambda store: schema.downgrade(store.registers, "0002"))
    assert bench.value("SELECT theirs FROM energy_readings_1hour") == 42
    bench.close()


def test_a_new_feature_brings_its_column_for_all_of_the_history(bench: Bench) -> None:
    bench.fill(POWER, Chance())
    bench.execute("UPDATE energy_readings SET voltage_v = 400 - energy_kwh / 10")
    bench.refresh()
    bench.execute(
        """
        INSERT INTO energy_source_features (energy_source_id, feature_name, data_type,
                                            source_table, source_column, aggregation_function)
        SELECT id, 'voltage', 'numeric', 'energy_readings', 'voltage_v', 'MIN'
        FROM energy_sources WHERE name = 'electricity'
        """
    )
    bench.ensure()
    check_before_and_after_refresh(bench, replace(POWER, averaged=("power_kw", "voltage_v")))


def test_a_new_source_gets_its_rollup_and_loses_it_with_its_row(bench: Bench) -> None:
    before = rollup_relations(bench)
    bench.execute(
        """
        CREATE TABLE water_readings (time timestamptz, machine_id uuid, litres real,
                                     PRIMARY KEY (machine_id, time));
        INSERT INTO energy_sources (name, unit, readings_table, consumption_column)
        VALUES ('water', 'l', 'water_readings', 'litres')
        """
    )
    bench.ensure()
    water = Layout("water_readings", measure="litres", summed=("litres",))
    bench.fill(water, Chance(count=60))
    check_before_and_after_refresh(bench, water)
    bench.execute("DELETE FROM energy_sources WHERE name = 'water'")
    bench.ensure()
    assert rollup_relations(bench) == before
    bench.execute("INSERT INTO water_readings VALUES (now(), gen_random_uuid(), 1)")
    assert bench.notes(water) == 0


def test_making_what_is_there_changes_nothing(bench: Bench) -> None:
    bench.fill(UTILITY, Chance())
    bench.refresh()
    bench.ensure()
    bench.assert_refreshed(UTILITY)


def test_a_readings_table_that_was_dropped_takes_its_rollup_along(bench: Bench) -> None:
    bench.execute("DROP TABLE utility_readings CASCADE")
    bench.ensure()
    assert of_table(bench, "utility_readings") == []
    bench.refresh()


def test_a_history_of_more_than_one_step_is_refreshed_whole(bench: Bench) -> None:
    bench.fill(UTILITY, LONG)
    report = bench.refresh()
    assert report.ranges == 3  # 191 days in steps of 92
    bench.assert_refreshed(UTILITY)


def test_notes_of_some_machines_are_cut_at_a_step_as_well(bench: Bench) -> None:
    bench.fill(UTILITY, LONG)
    bench.refresh()
    bench.execute(f"UPDATE utility_readings SET amount = amount + 1 WHERE machine_id = '{M1}'")
    bench.execute(f"DELETE FROM utility_readings WHERE machine_id <> '{M1}' AND heat > 60")
    check_before_and_after_refresh(bench, UTILITY)


# The last are beyond what Python can name; they are in no bucket, and in nobody's way.
STRAYS = [
    ("1871-01-18 12:59:59Z", "2026-03-30Z"),
    ("2026-03-01Z", "2387-06-01 01:00Z"),
    ("0002-01-01Z", "9998-12-31 23:59:59.999999Z"),
    ("0001-12-31 23:59:59Z", "9999-01-01Z"),
    ("4713-01-01 BC", "294276-12-31Z"),
    ("-infinity", "infinity"),
]


@pytest.mark.parametrize("stray", STRAYS, ids=str)
def test_readings_of_a_broken_clock_do_not_hold_a_refresh_up(
    bench: Bench, stray: tuple[str, str]
) -> None:
    bench.fill(UTILITY, Chance(count=20))
    bench.refresh()
    for moment in stray:
        late = [(moment, M1, "a", 1.5)]
        bench.copy("utility_readings", ("time", "machine_id", "carrier", "amount"), late)
    check_before_and_after_refresh(bench, UTILITY)
    bench.execute("UPDATE utility_readings SET amount = amount * 2")
    assert bench.refresh().ranges < 12  # not the thousands of steps between
    bench.assert_refreshed(UTILITY)
    bench.execute("DELETE FROM utility_readings WHERE amount = 3")
    check_before_and_after_refresh(bench, UTILITY)


def test_going_back_takes_all_of_it_away_and_coming_again_brings_it_back(bench: Bench) -> None:
    bench.fill(UTILITY, Chance())
    bench.refresh()
    run_on(bench.url, lambda store: schema.downgrade(store.registers, "0002"))
    assert rollup_relations(bench) == []
    assert bench.value("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'enms_note%'") == 0
    bench.execute("UPDATE utility_readings SET amount = amount + 1")
    run_on(bench.url, lambda store: store.upgrade())
    check_before_and_after_refresh(bench, UTILITY)
