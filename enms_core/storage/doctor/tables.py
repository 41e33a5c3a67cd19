"""Checks of whole tables, whatever energy source their rows belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from enms_core.domain.finding import Finding
from enms_core.storage.database import Database
from enms_core.storage.doctor.columns import FLOATS, NUMBERS, Column, Columns, missing
from enms_core.storage.doctor.statement import IN_SCOPE, Scope, any_of, ask

# What a row is worth nothing without.
REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "production_data": ("time", "machine_id", "production_count"),
        "machine_status_history": ("time", "machine_id", "is_running", "mode"),
    }
)
# Tables beside the readings that tell the past: nothing in them can be later than now.
PAST = (*REQUIRED, "environmental_data")
# This one holds forecasts too, which are later than now.
WEATHER = "site_weather"

PERCENT = (0.0, 100.0)
POWER_FACTOR = (-1.0, 1.0)

# Columns that hold what their name does not allow. A row that is sound is left behind first.
VALUES = """
SELECT v.code, {factory}::uuid, {machine}::uuid, r.time, NULL::timestamptz, v.facts
FROM {table} AS r
CROSS JOIN LATERAL (VALUES {rules}) AS v (code, is_wrong, facts)
WHERE {in_scope} AND {any_wrong} AND v.is_wrong
"""
# Empty values where one is needed; asked only of columns in which the database allows them.
MISSING = """
SELECT 'missing_value', NULL::uuid, {machine}::uuid, r.time, NULL::timestamptz, v.facts
FROM {table} AS r
CROSS JOIN LATERAL (VALUES {rules}) AS v (code, is_wrong, facts)
WHERE ({in_scope} OR r.time IS NULL) AND {any_wrong} AND v.is_wrong
"""
# Good and rejected parts together are the parts counted; one in a million is rounding.
PRODUCTION = f"""
SELECT v.code, NULL::uuid, r.machine_id, r.time, NULL::timestamptz, v.facts
FROM production_data AS r
CROSS JOIN LATERAL (VALUES
    ('negative_count', least(production_count, good_count, reject_count) < 0,
     jsonb_build_object('value', least(production_count, good_count, reject_count))),
    ('parts_exceed_count', good_count + reject_count > production_count * 1.000001,
     jsonb_build_object('good', good_count, 'rejected', reject_count,
                        'counted', production_count))
) AS v (code, is_wrong, facts)
WHERE {IN_SCOPE} AND v.is_wrong
"""
# The state of a machine is told twice, and the two must agree; idling counts as either.
STATUS = f"""
SELECT 'status_contradiction', NULL::uuid, machine_id, time, NULL::timestamptz,
       jsonb_build_object('mode', mode, 'is_running', is_running)
FROM machine_status_history AS r
WHERE {IN_SCOPE}
  AND (is_running AND mode IN ('off', 'maintenance', 'fault')
       OR NOT is_running AND mode = 'running')
"""
# What the columns of a table mean together, with the columns that it takes.
MEANINGS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "production_data": (PRODUCTION, ("production_count", "good_count", "reject_count")),
        "machine_status_history": (STATUS, ("is_running", "mode")),
    }
)
# Two rows of one machine and instant, in a table that a user made without our key.
DUPLICATES = """
SELECT 'duplicate', NULL::uuid, machine_id, time, NULL::timestamptz,
       jsonb_build_object('readings', count(*))
FROM {table} AS r
WHERE {in_scope}
GROUP BY machine_id, time
HAVING count(*) > 1
"""
# Whether the database itself refuses two rows of one machine and instant.
HAS_KEY = """
SELECT EXISTS (
    SELECT FROM pg_index AS i
    WHERE i.indrelid = $1::regclass AND i.indisunique AND i.indpred IS NULL
      AND (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute AS a
           WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey))
          = ARRAY['machine_id', 'time']
)
"""


@dataclass(frozen=True)
class _Rule:
    code: str
    is_wrong: str
    facts: str


async def check_values(
    database: Database, scope: Scope, columns: Columns, table: str, is_past: bool
) -> Sequence[Finding]:
    """Values that are no number or outside of what their column's name allows.

    is_past: whether a row later than now is wrong too.
    """
    there = columns[table]
    rules = list(_value_rules(there.values()))
    if is_past:
        rules.append(_Rule("in_future", "r.time > $3", ""))
    if not rules:
        return ()
    return await ask(database, scope, table, _filled(VALUES, there, rules))


async def check_required(
    database: Database, scope: Scope, columns: Columns, table: str, names: Iterable[str]
) -> Sequence[Finding]:
    """Empty values in columns that a row is worth nothing without."""
    there = columns[table]
    rules = [
        _Rule("missing_value", f"r.{there[name].quoted} IS NULL", _named(there[name]))
        for name in sorted(names)
        if there[name].is_nullable
    ]
    return await ask(database, scope, table, _filled(MISSING, there, rules)) if rules else ()


async def check_duplicates(
    database: Database, scope: Scope, columns: Columns, table: str
) -> Sequence[Finding]:
    """Rows of one machine and instant, where the table has no key against them."""
    quoted = next(iter(columns[table].values())).quoted_table
    if await database.fetch_value(HAS_KEY, quoted):
        return ()
    return await ask(database, scope, table, DUPLICATES.format(table=quoted, in_scope=IN_SCOPE))


async def check_meaning(
    database: Database, scope: Scope, columns: Columns, table: str
) -> Sequence[Finding]:
    """Columns that contradict each other."""
    if table not in MEANINGS:
        return ()
    statement, names = MEANINGS[table]
    absent = missing(columns, table, names)
    if absent is not None:
        return (Finding("not_examined", table, facts={"missing": absent}),)
    return await ask(database, scope, table, statement)


def _value_rules(columns: Iterable[Column]) -> Iterable[_Rule]:
    for column in columns:
        value = f"r.{column.quoted}"
        if column.type in FLOATS:
            # NaN is above infinity in PostgreSQL, so one comparison finds both.
            not_finite = f"NOT ({value} > '-Infinity' AND {value} < 'Infinity')"
            yield _Rule("not_finite", not_finite, f"{_named(column)}, 'value', {value}")
        limits = _limits(column.name)
        if limits is not None and column.type in NUMBERS:
            low, high = limits
            outside = f"({value} < {low} OR {value} > {high}) AND {value} < 'Infinity'"
            facts = f"{_named(column)}, 'value', {value}, 'low', {low}, 'high', {high}"
            yield _Rule("out_of_range", outside, facts)


def _limits(name: str) -> tuple[float, float] | None:
    if name.endswith("_percent"):
        return PERCENT
    return POWER_FACTOR if name == "power_factor" else None


def _named(column: Column) -> str:
    return f"'column', {column.literal}"


def _filled(statement: str, columns: Mapping[str, Column], rules: Sequence[_Rule]) -> str:
    values = ", ".join(
        f"('{rule.code}', {rule.is_wrong}, jsonb_build_object({rule.facts}))" for rule in rules
    )
    return statement.format(
        table=columns["time"].quoted_table,
        machine="r.machine_id" if "machine_id" in columns else "NULL",
        factory="r.factory_id" if "factory_id" in columns else "NULL",
        rules=values,
        any_wrong=any_of(rule.is_wrong for rule in rules),
        in_scope=IN_SCOPE,
    )
