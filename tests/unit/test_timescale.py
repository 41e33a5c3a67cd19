"""What is done on which edition of TimescaleDB: the statements, without a server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from enms_core.settings import Settings
from enms_core.storage.rollup_shape import RollupShape
from enms_core.storage.rollup_sql import HOUR, QUARTER, all_names, create_statements
from enms_core.storage.timescale import (
    HYPERTABLES,
    OUR_TABLES,
    SERVER,
    Server,
    continuous_statements,
    drop_continuous_statements,
    prepared_hypertables,
    refresh_continuous_statements,
    server_of,
)

PLAIN = Server("plain")
OLD_APACHE, APACHE = Server("apache", (2, 17)), Server("apache", (2, 19))
COMMUNITY = Server("community", (2, 19))
OURS, THEIRS = "energy_readings", "utility_readings"


@dataclass
class FakeConnection:
    """Answers what it is asked of the catalogue, and keeps what it is told to do."""

    extension: Mapping[str, str | None] | None = None
    hypertables: Sequence[str] = ()
    ours: Sequence[str] = ()
    done: list[tuple[object, ...]] = field(default_factory=list)

    async def fetchrow(self, sql: str) -> Mapping[str, str | None] | None:
        assert sql == SERVER
        return self.extension

    async def fetch(self, sql: str, *values: Sequence[str]) -> list[tuple[str]]:
        if sql == HYPERTABLES:
            return [(name,) for name in self.hypertables]
        assert sql == OUR_TABLES
        return [(name,) for name in values[0] if name in self.ours]

    async def execute(self, sql: str, *values: object) -> None:
        self.done.append((" ".join(sql.split()), *values))


@pytest.mark.parametrize(
    ("extension", "expected", "notes"),
    [
        (None, PLAIN, False),
        ({"extversion": "2.17.2", "license": "apache"}, OLD_APACHE, False),
        ({"extversion": "2.18.0", "license": "apache"}, Server("apache", (2, 18)), True),
        ({"extversion": "2.19.3-dev", "license": "apache"}, APACHE, True),
        ({"extversion": "2.19.3", "license": None}, APACHE, True),
        ({"extversion": "2.19.0", "license": "timescale"}, COMMUNITY, True),
        ({"extversion": "2.9.1", "license": "apache"}, Server("apache", (2, 9)), False),
    ],
)
def test_an_edition_is_told_by_version_and_license(
    extension: Mapping[str, str | None] | None, expected: Server, notes: bool
) -> None:
    server = asyncio.run(server_of(FakeConnection(extension)))

    assert server == expected
    assert server.notes_hypertables is notes


def prepared(
    server: Server, hypertables: Sequence[str] = (), **settings: int
) -> tuple[set[str], list[tuple[object, ...]]]:
    """Which tables are hypertables then, and what was done."""
    connection = FakeConnection(hypertables=hypertables, ours=[OURS])
    chosen = Settings(**settings)
    found = asyncio.run(prepared_hypertables(connection, server, [THEIRS, OURS], chosen))
    return found, connection.done


MADE = (
    "SELECT create_hypertable(to_regclass(quote_ident('energy_readings')), "
    "by_range('time', interval '30 days'), create_default_indexes => false, migrate_data => true)"
)


def test_a_plain_server_has_no_hypertables() -> None:
    assert prepared(PLAIN, compress_after_days=7, retention_days=90) == (set(), [])


def test_an_edition_whose_triggers_fail_keeps_our_tables_plain() -> None:
    assert prepared(OLD_APACHE) == (set(), [])
    assert prepared(OLD_APACHE, [THEIRS]) == ({THEIRS}, [])


@pytest.mark.parametrize("server", [APACHE, COMMUNITY])
def test_our_tables_become_hypertables_and_theirs_stay(server: Server) -> None:
    assert prepared(server) == ({OURS}, [(MADE,)])
    assert prepared(server, [THEIRS]) == ({THEIRS, OURS}, [(MADE,)])


@pytest.mark.parametrize("server", [APACHE, COMMUNITY])
def test_what_is_a_hypertable_is_not_made_one_again(server: Server) -> None:
    assert prepared(server, [OURS, THEIRS]) == ({OURS, THEIRS}, [])


def test_the_apache_edition_neither_compresses_nor_drops() -> None:
    assert prepared(APACHE, [OURS], compress_after_days=7, retention_days=90)[1] == []


def test_compression_is_what_the_settings_ask_of_each_hypertable() -> None:
    _, done = prepared(COMMUNITY, [OURS, THEIRS, "others"], compress_after_days=7)

    assert done == [
        step
        for table in (OURS, THEIRS)
        for step in (
            (
                f'ALTER TABLE "{table}" SET (timescaledb.compress, '
                "timescaledb.compress_segmentby = 'machine_id', "
                "timescaledb.compress_orderby = 'time')",
            ),
            (
                "SELECT add_compression_policy(to_regclass(quote_ident($1)), "
                "make_interval(days => $2), if_not_exists => true)",
                table,
                7,
            ),
        )
    ]


def test_retention_is_what_the_settings_ask() -> None:
    _, done = prepared(COMMUNITY, [OURS], retention_days=90)

    policy = (
        "SELECT add_retention_policy(to_regclass(quote_ident($1)), make_interval(days => $2), "
        "if_not_exists => true)"
    )
    assert done == [(policy, OURS, 90)]


SHAPES = {
    "power": RollupShape(
        OURS,
        "machine_id",
        measure="energy_kwh",
        summed=("energy_kwh",),
        averaged=("power_kw",),
        has_estimates=True,
        has_origin=True,
    ),
    "shared": RollupShape(
        "Zähler's {readings}",
        "machine_id",
        keys=("carrier",),
        measure="amount",
        content="heat",
        carrier_column="carrier",
        summed=("amount", "items"),
        averaged=('rate "raw"', "temperature"),
    ),
    "production": RollupShape("production_data", "machine_id", summed=("good_count",)),
    "weather": RollupShape(
        "site_weather", "factory_id", keys=("is_forecast",), averaged=("outdoor_temp_c",)
    ),
}
shapes = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
NAME = r'(?:"(?:[^"]|"")+"|\w+)'


@shapes
def test_aggregates_come_before_what_reads_them(shape: RollupShape) -> None:
    table = shape.readings_table
    relations_made = relations(statements(shape), "CREATE")

    assert relations_made == [b.data(table) for b in (QUARTER, HOUR)] + [
        b.view(table) for b in (QUARTER, HOUR)
    ]
    for statement in statements(shape)[:2]:
        assert "timescaledb.materialized_only = false" in statement
        assert statement.endswith("WITH NO DATA")


@shapes
def test_every_statement_is_balanced(shape: RollupShape) -> None:
    for statement in (
        *statements(shape),
        *drop_continuous_statements(shape),
        *refresh_continuous_statements(shape),
    ):
        bare = re.sub(r"""'(?:[^']|'')*'|"(?:[^"]|"")*\"""", "", statement)
        assert "'" not in bare and '"' not in bare
        assert "{" not in bare and "}" not in bare
        depths = [bare[:end].count("(") - bare[:end].count(")") for end in range(len(bare) + 1)]
        assert min(depths) == depths[-1] == 0


@shapes
def test_the_views_have_the_columns_of_a_plain_servers_views(shape: RollupShape) -> None:
    plain = [s for s in create_statements(shape, ["text"] * len(shape.keys)) if "CREATE VIEW" in s]
    ours = [s for s in statements(shape) if "CREATE VIEW" in s]

    assert len(ours) == len(plain) == 2
    for one, other in zip(ours, plain, strict=True):
        assert selected(one) == selected(other) == [*all_names(shape), "estimated_share"]


def selected(view: str) -> list[str]:
    """The names of a view's columns."""
    names = view.split("SELECT", 1)[1].split("FROM", 1)[0]
    return re.findall(rf"(?:AS )?({NAME})(?:, | *$)", " ".join(names.split()))


@shapes
def test_what_is_read_of_an_aggregate_is_made_in_it(shape: RollupShape) -> None:
    quarter, hour, *_ = statements(shape)
    of_quarters, of_hours = (s for s in statements(shape) if "CREATE VIEW" in s)

    for made, row, reader in ((quarter, "q", hour), (quarter, "p", of_quarters)):
        assert used(row, reader) <= outputs(made, shape)
    assert used("p", of_hours) <= outputs(hour, shape)


def used(row: str, statement: str) -> set[str]:
    return unquoted(re.findall(rf"\b{row}\.({NAME})", statement))


def outputs(aggregate: str, shape: RollupShape) -> set[str]:
    named = unquoted(re.findall(rf" AS ({NAME})", aggregate))
    return named | {shape.owner, *shape.keys}


def unquoted(names: Iterable[str]) -> set[str]:
    return {name.strip('"') for name in names}


def statements(shape: RollupShape, retention_days: int | None = None) -> list[str]:
    return list(continuous_statements(shape, retention_days))


@pytest.mark.parametrize(("days", "written"), [(None, "NULL"), (90, "90")])
def test_a_refresh_reaches_back_as_far_as_there_are_readings(
    days: int | None, written: str
) -> None:
    policies = [s for s in statements(SHAPES["power"], days) if "policy" in s]

    assert [" ".join(policy.split()) for policy in policies] == [
        f"SELECT add_continuous_aggregate_policy('enms.\"energy_readings_{suffix}_data\"', "
        f"start_offset => make_interval(days => {written}), end_offset => interval '{width}', "
        "schedule_interval => interval '1 minute')"
        for suffix, width in (("15min", "15 minutes"), ("1hour", "1 hour"))
    ]


@shapes
def test_dropping_undoes_all_that_was_made_readers_first(shape: RollupShape) -> None:
    made = relations(statements(shape), "CREATE")
    dropped = relations(drop_continuous_statements(shape), "DROP")

    assert sorted(dropped) == sorted(made)
    assert dropped.index(HOUR.data(shape.readings_table)) < dropped.index(
        QUARTER.data(shape.readings_table)
    )


def relations(done: Iterable[str], verb: str) -> list[str]:
    pattern = rf'{verb} (?:MATERIALIZED )?VIEW (?:IF EXISTS )?(enms\."(?:[^"]|"")+")'
    return [found for statement in done for found in re.findall(pattern, statement)]


def test_a_refresh_brings_quarter_hours_up_to_date_before_the_hours_made_of_them() -> None:
    assert list(refresh_continuous_statements(SHAPES["power"])) == [
        "CALL refresh_continuous_aggregate('enms.\"energy_readings_15min_data\"', NULL, NULL)",
        "CALL refresh_continuous_aggregate('enms.\"energy_readings_1hour_data\"', NULL, NULL)",
    ]
