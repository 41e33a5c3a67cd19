"""Rows of the register that name what they must not: none is read, none is run as SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
import psycopg
import pytest
from psycopg import sql

from enms_core.domain.catalogue import Catalogue
from enms_core.storage.adoption import findings
from enms_core.storage.catalogue import load_catalogue
from tests.conftest import run_on
from tests.core.conftest import execute, rows
from tests.core.matrix_works import LATHE, equal, feature, five_hours, value

SPOILED = "'; DROP TABLE machines; --"
TABLES = [
    "production_data; DROP TABLE machines",
    'production_data"; DROP TABLE machines; --',
    "production_data' OR true",
    "production_data WHERE false UNION SELECT now(), 1 --",
    "(SELECT 1)",
    "enms.rollups",
    "public.production_data",
    "pg_class",
    "pg_stat_activity",
    "information_schema.tables",
    "machines",
    "energy_readings_1hour",
    "",
    " ",
    "\u202eproduction_data",
]
COLUMNS = [
    "production_count; DROP TABLE machines",
    'production_count" FROM production_data; DROP TABLE machines; --',
    "production_count) FROM production_data; DROP TABLE machines --",
    "count(*)",
    "production_count, energy_kwh",
    "time",
    "machine_id",
    "operating_mode",
    "xmin",
    "ctid",
    "tableoid",
    "metadata",
    "",
]
PATHS = [
    "metadata->" + SPOILED,
    "metadata->'); DROP TABLE machines; --",
    'metadata->"; DROP TABLE machines; --',
    "metadata->}{,\\",
    "metadata->$1",
    "metadata->%s",
    "metadata->{0}",
    "metadata->",
    "production_count->x",
    "no_such_column->x",
]


def drivers(url: str) -> Catalogue:
    known = run_on(url, lambda store: load_catalogue(store.registers))
    assert isinstance(known, Catalogue)
    return known


def is_whole(url: str) -> bool:
    """Whether everything is still there, and the findings can be told."""
    told = run_on(url, findings)
    return rows(url, "SELECT count(*) FROM machines") == [(1,)] and all(map(str, told))


def hostile(url: str, places: Iterable[tuple[str, str]], *aggregations: str) -> list[str]:
    """Register drivers of these tables and columns; their names."""
    named = [
        (f"{number} {aggregation}", place, aggregation)
        for number, place in enumerate(places)
        for aggregation in aggregations
    ]
    for name, place, aggregation in named:
        feature(url, name, *place, aggregation)
    return sorted(name for name, _, _ in named)


def test_a_table_that_is_none_of_values_in_time_is_refused(workshop_url: str) -> None:
    places = [(table, "production_count") for table in TABLES]
    names = hostile(workshop_url, places, "SUM", "AVG", "COUNT", "CUSTOM")

    known = drivers(workshop_url)
    run_on(workshop_url, lambda store: store.refresh_rollups())
    table = five_hours(workshop_url, drivers=names)

    assert sorted(each.name for each in known.refused_drivers) == names
    assert known.drivers == ()
    assert all(np.isnan(table.drivers[name]).all() for name in names)
    assert is_whole(workshop_url)


def test_a_column_that_holds_no_number_is_refused(workshop_url: str) -> None:
    places = [("production_data", column) for column in COLUMNS]
    names = hostile(workshop_url, places, "SUM", "AVG", "MAX")

    run_on(workshop_url, lambda store: store.refresh_rollups())

    assert sorted(each.name for each in drivers(workshop_url).refused_drivers) == names
    assert is_whole(workshop_url)


def test_a_path_is_a_value_and_never_sql(workshop_url: str) -> None:
    places = [("production_data", path) for path in PATHS]
    names = hostile(workshop_url, places, "AVG", "SUM", "COUNT")
    value(workshop_url, "production_data", "production_count", LATHE, "01:00", 1)
    execute(workshop_url, "UPDATE production_data SET metadata = '{\"a\": 1}'")

    before = five_hours(workshop_url, drivers=names).drivers
    run_on(workshop_url, lambda store: store.refresh_rollups())
    after = five_hours(workshop_url, drivers=names).drivers

    for found in (before, after):
        assert all(np.nansum(found[name]) == 0 for name in names)
    assert is_whole(workshop_url)


@pytest.mark.parametrize("aggregation", ["MEDIAN", "sum(energy_kwh)", SPOILED, "CUSTOM"])
def test_an_aggregate_that_nobody_knows_is_refused(workshop_url: str, aggregation: str) -> None:
    execute(
        workshop_url,
        "ALTER TABLE energy_source_features "
        "DROP CONSTRAINT energy_source_features_aggregation_function_check",
    )
    feature(workshop_url, "hostile", "production_data", "production_count", aggregation)

    known = drivers(workshop_url)

    assert [(each.name, each.reason) for each in known.refused_drivers] == [("hostile", "missing")]
    assert is_whole(workshop_url)


def test_names_that_need_quotes_are_read_all_the_same(workshop_url: str) -> None:
    """A table and columns named as badly as the server allows."""
    table, column, key = 'the "odd" {0} table; --', 'kg $1 %s {x} "y"', "it's; a {0} 'key'"
    create = sql.SQL("CREATE TABLE {} (time timestamptz, machine_id uuid, {} float8, facts json)")
    fill = sql.SQL("INSERT INTO {} VALUES ('2026-11-17T01:00+01:00', {}, 7, {})")
    with psycopg.connect(workshop_url) as connection:
        connection.execute(create.format(sql.Identifier(table), sql.Identifier(column)))
        facts = sql.Literal(json.dumps({key: 8}))
        connection.execute(fill.format(sql.Identifier(table), sql.Literal(LATHE), facts))
    feature(workshop_url, "kilos", table, column, "SUM")
    feature(workshop_url, "fact", table, f"facts->{key}", "MAX")

    from_rows = five_hours(workshop_url).drivers
    run_on(workshop_url, lambda store: store.refresh_rollups())
    from_rollup = five_hours(workshop_url).drivers

    for found in (from_rows, from_rollup):
        assert equal(found["kilos"], None, 7, None, None, None)
        assert equal(found["fact"], None, 8, None, None, None)


def test_a_view_is_read_where_it_is_not_made_of_the_use(workshop_url: str) -> None:
    execute(
        workshop_url,
        """
        CREATE VIEW made AS SELECT time, machine_id, 2 * production_count AS twice
        FROM production_data
        """,
    )
    value(workshop_url, "production_data", "production_count", LATHE, "01:00", 4)
    feature(workshop_url, "twice", "made", "twice", "SUM")

    assert equal(five_hours(workshop_url).drivers["twice"], None, 8, None, None, None)


OWN_USE = """
CREATE VIEW hidden AS SELECT time, machine_id, energy_kwh * 0.999 AS heat FROM energy_readings;
CREATE VIEW deeper AS SELECT time, machine_id, heat + 1 AS warmth FROM hidden;
CREATE MATERIALIZED VIEW kept AS SELECT * FROM deeper;
ALTER TABLE energy_readings ADD facts jsonb;
"""


@pytest.mark.parametrize(
    ("table", "column", "aggregation"),
    [
        ("energy_readings", "energy_kwh", "SUM"),
        ("energy_readings", "energy_kwh", "COUNT"),
        ("energy_readings", "power_kw", "AVG"),
        ("energy_readings", "facts->energy_kwh", "AVG"),
        ("energy_readings", "facts->meter->>'power_kw'", "MAX"),
        ("production_data", "metadata->energy_kwh", "SUM"),
        ("environmental_data", "machine_temp_c", "AVG"),
        ("hidden", "heat", "SUM"),
        ("deeper", "warmth", "AVG"),
        ("kept", "warmth", "AVG"),
    ],
)
def test_the_use_itself_is_no_driver_under_any_name(
    workshop_url: str, table: str, column: str, aggregation: str
) -> None:
    execute(workshop_url, OWN_USE)
    feature(workshop_url, "innocent", table, column, aggregation)
    feature(workshop_url, "heating_degree_days", table, column, "CUSTOM")

    known = drivers(workshop_url)

    assert {(each.name, each.reason) for each in known.refused_drivers} == {
        ("innocent", "consequence"),
        ("heating_degree_days", "consequence"),
    }


def test_the_use_of_a_view_of_readings_is_no_driver_of_that_source_only(workshop_url: str) -> None:
    execute(workshop_url, OWN_USE)
    feature(workshop_url, "electric_heat", "hidden", "heat", "SUM", "compressed_air")

    known = drivers(workshop_url)

    assert [each.name for each in known.drivers] == ["electric_heat"]
