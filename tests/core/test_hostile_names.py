"""Names of tables and columns are data: the strangest work, and those that cannot do no harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from psycopg import sql

from enms_core.domain.catalogue import Carrier, EnergyContent, EnergySource
from enms_core.domain.errors import QueryFailed
from enms_core.storage.consumption import Segment, consumption, readings_range
from enms_core.storage.segments import sums
from enms_core.storage.series import consumption_between
from tests.core.naive import Layout, load, within
from tests.core.rollup_bench import M1, START, UTILITY, Bench, Chance, bench_on

INJECTION = "x\"'); DROP TABLE machines; --"
LONG_TABLE, LONG_COLUMN = "t" * 52, "c" * 55


@dataclass(frozen=True)
class Names:
    """What a customer may call a readings table and its columns."""

    table: str
    quantity: str
    rate: str
    content: str
    carrier: str
    value: str


USABLE = {
    "keywords": Names('Order "x"; DROP', "select", "from", "user", "group", "all"),
    "quotes": Names("it's", "'; --", '"";', "\\'", '"', "' OR true --"),
    "braces": Names("a{table}b", "{values}", "{0}", "{", "}{", "{carrier}"),
    "percent": Names("100%s", "%(x)s", "%", "%%", "$1", "$2"),
    "spaces": Names(" Energy Readings ", "\t", "\n", "a b", "C D", " "),
    "unicode": Names("Zähler Größe", "電力量", "ürün", "é", "Œuvre", "зона"),
    "long": Names(LONG_TABLE, LONG_COLUMN, "d" * 55, "e" * 63, "f" * 63, "v" * 200),
    "injections": Names(INJECTION, INJECTION, INJECTION + "2", INJECTION + "3", "$$", INJECTION),
}
FIRST_HOUR = Segment(UUID(M1), START, START + timedelta(hours=1))
# A column for each name that a rollup gives itself.
OURS = ("content", "covered", "reading", "estimated", "backfill", "expected", "bucket", "first")


@pytest.fixture
def bench(empty_url: str) -> Iterator[Bench]:
    with bench_on(empty_url) as made:
        yield made


def create(bench: Bench, names: Names, name: str = "strange") -> EnergySource:
    """A readings table of these names, and its source's row."""
    quantity, rate, content, carrier = map(
        sql.Identifier, (names.quantity, names.rate, names.content, names.carrier)
    )
    bench.connection.execute(
        sql.SQL(
            "CREATE TABLE {} (time timestamptz, machine_id uuid, {} text, {} real, {} real, "
            "{} real, PRIMARY KEY (machine_id, time, {}))"
        ).format(sql.Identifier(names.table), carrier, quantity, rate, content, carrier)
    )
    register(bench, names, name)
    return EnergySource(
        UUID(int=1),
        name,
        "kg",
        True,
        names.table,
        names.quantity,
        content=EnergyContent(names.content, "MJ", 0.0),
        carrier=Carrier(names.carrier, names.value),
    )


def register(bench: Bench, names: Names, name: str) -> None:
    bench.execute(
        """
        INSERT INTO energy_sources (name, unit, readings_table, consumption_column, rate_column,
            energy_content_column, energy_content_unit, carrier_column, carrier_value)
        VALUES (%s, 'kg', %s, %s, %s, %s, 'MJ', %s, %s)
        """,
        *(name, names.table, names.quantity, names.rate, names.content),
        *(names.carrier, names.value),
    )


def write(bench: Bench, names: Names) -> None:
    """An hour's readings of 1, 2 and 4 kg of the source, and one that is another carrier's."""
    for minutes, value, carrier in ((0, 1, None), (20, 2, None), (59, 4, None), (30, 8, "other")):
        moment = START + timedelta(minutes=minutes)
        row = map(sql.Literal, (moment, M1, carrier or names.value, value))
        bench.connection.execute(
            sql.SQL("INSERT INTO {} VALUES ({}, 10, 36)").format(
                sql.Identifier(names.table), sql.SQL(", ").join(row)
            )
        )


def layout_of(names: Names) -> Layout:
    return Layout(
        names.table,
        keys=(names.carrier,),
        carrier=names.carrier,
        measure=names.quantity,
        content=names.content,
        summed=(names.quantity,),
        averaged=(names.rate,),
    )


@pytest.mark.parametrize("names", USABLE.values(), ids=USABLE.keys())
def test_a_table_of_strange_names_is_answered_before_and_after_a_refresh(
    bench: Bench, names: Names
) -> None:
    source = create(bench, names)
    bench.ensure()
    write(bench, names)
    bench.assert_exact(layout_of(names))
    assert_answered(bench, names, source)
    bench.refresh()
    bench.assert_refreshed(layout_of(names))
    assert_answered(bench, names, source)
    assert bench.value("SELECT count(*) FROM machines") == 3


def assert_answered(bench: Bench, names: Names, source: EnergySource) -> None:
    """Each way to ask has the hour's readings of the source."""
    assert_used(bench, source)
    database, end = bench.store.readings, START + timedelta(hours=1)
    edges = [START, START + timedelta(minutes=15), end]
    between = bench.loop.run(consumption_between(database, source, [UUID(M1)], edges), 10)
    assert [each.quantity for each in between[UUID(M1)]] == [1.0, 6.0]
    found = bench.loop.run(readings_range(database, source, [UUID(M1)], end), 10)
    assert found == (START, START + timedelta(minutes=59))
    columns = [names.quantity, names.content]
    (added,) = bench.loop.run(sums(database, names.table, columns, [FIRST_HOUR]), 10)
    assert added.values == (15.0, 4.0, 144.0, 4.0)


def assert_used(bench: Bench, source: EnergySource) -> None:
    (use,) = bench.loop.run(consumption(bench.store.readings, source, [FIRST_HOUR]), 10)
    assert (use.quantity, use.energy_kwh, use.readings) == (7.0, 70.0, 3)


UNUSABLE = {
    "no such table": "SELECT",
    "a view": "CREATE VIEW {table} AS SELECT now() AS time, id AS machine_id, 1 AS q FROM machines",
    "no owner": "CREATE TABLE {table} (time timestamptz, q real)",
    "an owner that is a number": "CREATE TABLE {table} (time timestamptz, machine_id int, q real)",
    "no time": "CREATE TABLE {table} (machine_id uuid, q real)",
    "a time without a zone": "CREATE TABLE {table} (time timestamp, machine_id uuid, q real)",
    "no such column": "CREATE TABLE {table} (time timestamptz, machine_id uuid, p real)",
    "no number": "CREATE TABLE {table} (time timestamptz, machine_id uuid, q text)",
}


def test_what_cannot_have_a_rollup_is_left_out_alone(bench: Bench) -> None:
    known = bench.value("SELECT count(*) FROM enms.rollups")
    for number, (name, statement) in enumerate(UNUSABLE.items()):
        table = INJECTION + str(number)
        bench.connection.execute(sql.SQL(statement).format(table=sql.Identifier(table)))
        register(bench, Names(table, "q", "r", "s", "t", "u"), name)
    bench.ensure()
    assert bench.value("SELECT count(*) FROM enms.rollups") == known
    bench.fill(UTILITY, Chance(count=20))
    bench.refresh()
    bench.assert_refreshed(UTILITY)


@pytest.mark.parametrize(
    ("table", "column"),
    [("t" * 53, "q"), ("ü" * 27, "q"), ("x" * 63, "q"), ("theirs", "c" * 63), ("theirs", "ü" * 30)],
)
def test_a_name_that_leaves_no_room_for_ours_is_read_without_a_rollup(
    bench: Bench, table: str, column: str
) -> None:
    names = Names(table, column, "r", "s", "t", "u")
    source = create(bench, names)
    bench.ensure()
    write(bench, names)
    bench.refresh()
    assert_used(bench, source)


def test_a_carrier_column_named_like_one_of_ours_is_read_without_a_rollup(bench: Bench) -> None:
    for number, column in enumerate(("bucket", "reading_count", "q_sum", "r_seconds")):
        names = Names(f"theirs_{number}", "q", "r", "s", column, "u")
        source = create(bench, names, f"strange {number}")
        bench.ensure()
        write(bench, names)
        assert_used(bench, source)


@pytest.mark.parametrize("called", ["SUM", "AVG"])
def test_a_column_named_like_one_of_ours_is_in_nobodys_way(bench: Bench, called: str) -> None:
    for column in OURS:
        add_feature(bench, "utility_readings", column, called)
        bench.execute(f"ALTER TABLE utility_readings ADD {column} real DEFAULT 1.5")
    bench.ensure()
    bench.fill(UTILITY, Chance(count=40))
    bench.refresh()
    bench.assert_refreshed(UTILITY)
    segment = Segment(UUID(M1), START, START + timedelta(hours=9))
    (found,) = bench.loop.run(
        sums(bench.store.readings, "utility_readings", ["amount", *OURS], [segment]), 10
    )
    rows = load(bench.connection, UTILITY)
    mine = within(rows[rows["owner"] == M1], segment.start, segment.end)
    expected = [mine["amount"].sum(), mine["amount"].count()]
    expected += [1.5 * len(mine), len(mine)] * len(OURS)
    assert found.values == pytest.approx(expected)


def add_feature(bench: Bench, table: str, column: str, called: str) -> None:
    bench.execute(
        """
        INSERT INTO energy_source_features (energy_source_id, feature_name, data_type,
                                            source_table, source_column, aggregation_function)
        SELECT id, %s, 'numeric', %s, %s, %s FROM energy_sources WHERE name = 'alpha'
        """,
        *(column, table, column, called),
    )


def test_a_feature_of_a_column_or_table_that_is_not_there_is_left_out(bench: Bench) -> None:
    for name in (INJECTION, "no such", "ctid", "", "☃"):
        add_feature(bench, "utility_readings", name, "AVG")
        add_feature(bench, name, f"amount {name}", "SUM")
    bench.ensure()
    bench.fill(UTILITY, Chance(count=20))
    bench.refresh()
    bench.assert_refreshed(UTILITY)


def test_a_question_about_a_name_that_is_not_there_is_refused(bench: Bench) -> None:
    for name in (INJECTION, "no such", "machines; DROP TABLE machines"):
        for table, column in ((name, "energy_kwh"), ("energy_readings", name)):
            asked = EnergySource(UUID(int=1), "strange", "kg", True, table, column)
            with pytest.raises(QueryFailed):
                bench.loop.run(consumption(bench.store.readings, asked, [FIRST_HOUR]), 10)
    assert bench.value("SELECT count(*) FROM machines") == 3


def test_an_owner_that_is_not_known_holds_nothing_up(bench: Bench) -> None:
    bench.execute(
        """
        CREATE TABLE loose_readings (time timestamptz, machine_id uuid, q real);
        INSERT INTO energy_sources (name, unit, readings_table, consumption_column)
        VALUES ('loose', 'kg', 'loose_readings', 'q')
        """
    )
    bench.ensure()
    bench.copy(
        "loose_readings",
        ("time", "machine_id", "q"),
        [(START, M1, 1), (START, M1, 2), (START, None, 4), (None, M1, 8), (START, M1, None)],
    )
    layout = Layout("loose_readings", measure="q", summed=("q",))
    hours = "SELECT machine_id::text, reading_count, q_sum FROM enms.loose_readings_1hour"
    assert bench.execute(hours).fetchall() == [(M1, 3, 3.0)]
    bench.refresh()
    assert bench.notes(layout) == 0
    assert bench.execute(hours).fetchall() == [(M1, 3, 3.0)]
