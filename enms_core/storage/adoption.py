"""What of an adopted database cannot be used, or is left alone, and why.

Findings are looked up whenever they are asked for and are not stored: what was mended is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, text

from enms_core.storage import schema
from enms_core.storage.adoption_columns import TIMED_TABLES, column_findings, key_findings
from enms_core.storage.adoption_finding import Finding
from enms_core.storage.audit import IS_APART
from enms_core.storage.catalogue import is_time_zone
from enms_core.storage.drivers import Drivers, tables_of
from enms_core.storage.features import read_features, read_view_columns
from enms_core.storage.registers import REGISTERS
from enms_core.storage.rollup_shape import ALWAYS_SUMMED
from enms_core.storage.source_tables import Relation, fault_of, read_relations, read_sources
from enms_core.storage.store import Store
from enms_core.storage.stored_models import read_models

# Coefficients that somebody trained, without the measure of how good they are.
UNKNOWN_STATISTICS = """
SELECT 'seus' AS relation, name AS model FROM seus
WHERE regression_coefficients IS NOT NULL AND r_squared IS NULL
UNION ALL
SELECT 'energy_baselines', concat_ws(' version ', model_name, model_version::text)
FROM energy_baselines WHERE coefficients IS NOT NULL AND r_squared IS NULL
ORDER BY 1, 2
"""
UNKNOWN_MACHINES = """
SELECT s.name AS seu, string_agg(n.id::text, ', ' ORDER BY n.id) AS machines
FROM seus AS s CROSS JOIN unnest(s.machine_ids) AS n (id)
WHERE NOT EXISTS (SELECT FROM machines AS m WHERE m.id = n.id)
GROUP BY s.id, s.name ORDER BY s.name
"""
FACTORIES = "SELECT name, timezone FROM factories ORDER BY name"
HOMELESS_MACHINES = """
SELECT string_agg(m.name, ', ' ORDER BY m.name) FROM machines AS m
WHERE m.is_active IS NOT FALSE
  AND NOT EXISTS (SELECT FROM factories AS f WHERE f.id = m.factory_id)
"""
BASELINES_WITHOUT_SEU = "SELECT count(*) FROM energy_baselines WHERE seu_id IS NULL"
FUNCTIONS_OF_THEIRS = r"""
SELECT format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE p.proname LIKE 'calculate\_%' AND n.nspname NOT IN ('enms', 'pg_catalog')
ORDER BY 1
"""
# Relations with a rollup's name; ours read from schema enms.
RELATIONS_OF_THEIRS = """
SELECT c.relname
FROM unnest(CAST(:tables AS text[])) AS t (name)
CROSS JOIN unnest(ARRAY['_1min', '_15min', '_1hour', '_1day']) AS suffix
JOIN pg_class AS c ON c.oid = to_regclass(quote_ident(t.name || suffix))
WHERE NOT EXISTS (
    SELECT FROM pg_rewrite AS r
    JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    JOIN pg_class AS o ON d.refclassid = 'pg_class'::regclass AND o.oid = d.refobjid
    WHERE r.ev_class = c.oid AND o.relnamespace = to_regnamespace('enms')
)
ORDER BY c.relname
"""

# Tables of readings that rollups are made of, were they not in partitions.
PARTITIONED = """
SELECT t.name FROM unnest(CAST(:tables AS text[])) AS t (name)
JOIN pg_class AS c ON c.oid = to_regclass(quote_ident(t.name)) AND c.relkind = 'p'
ORDER BY t.name
"""


async def findings(store: Store) -> tuple[Finding, ...]:
    """All findings of a database at this version's schema; none where it is at another."""
    if await schema.current(store.registers) != schema.head():
        return ()
    async with store.registers.connection() as connection:
        return await connection.run_sync(_findings)


def _findings(connection: Connection) -> tuple[Finding, ...]:
    sources = read_sources(connection)
    features = read_features(connection)
    readings = {source.readings_table for source in sources if source.readings_table}
    readings |= TIMED_TABLES.keys()
    registers = {str(register.__tablename__) for register in REGISTERS}
    is_log_apart: bool = connection.execute(text(IS_APART)).scalar_one()
    if is_log_apart:
        registers.remove("audit_log")
    named = tables_of(features)
    rolled_up = {source.readings_table for source in sources} | named | ALWAYS_SUMMED.keys()
    relations = read_relations(connection, readings | registers | named)
    views = read_view_columns(connection, features)
    drivers = Drivers(features, relations, sources, views)
    found = [
        *column_findings(connection, relations),
        *key_findings(relations, sources),
        *filter(None, (fault_of(source, relations) for source in sources)),
        *(fault for feature in features for fault in drivers.faults(feature)),
        *_of_places(connection),
        *_of_models(connection, relations),
        *_of_names(connection, readings),
        *_of_partitions(connection, rolled_up),
        *([Finding("audit_log", "log_kept")] if is_log_apart else ()),
    ]
    # Two sources in one table find the same of it.
    by_sentence = {str(finding): finding for finding in found}
    return tuple(by_sentence[sentence] for sentence in sorted(by_sentence))


def _of_places(connection: Connection) -> Iterator[Finding]:
    """Factories whose days nobody can cut, and machines of no factory."""
    for row in connection.execute(text(FACTORIES)).mappings():
        if not is_time_zone(row["timezone"]):
            facts = {"factory": row["name"], "timezone": row["timezone"] or "not told"}
            yield Finding("factories", "time_zone_unknown", facts)
    machines = connection.execute(text(HOMELESS_MACHINES)).scalar()
    if machines is not None:
        yield Finding("machines", "machines_without_factory", {"machines": machines})


def _of_models(connection: Connection, relations: Mapping[str, Relation]) -> Iterator[Finding]:
    models: dict[str, list[str]] = {}
    for row in connection.execute(text(UNKNOWN_STATISTICS)).mappings():
        models.setdefault(row["relation"], []).append(row["model"])
    for table, names in models.items():
        facts = {"count": len(names), "models": ", ".join(names)}
        yield Finding(table, "statistics_unknown", facts)
    if relations["seus"].types.get("machine_ids") == "uuid[]":
        for row in connection.execute(text(UNKNOWN_MACHINES)).mappings():
            yield Finding("seus", "unknown_machines", dict(row))
        stored = read_models(connection, None)
        for code, unread in (
            ("models_unreadable", stored.unreadable),
            ("models_damaged", stored.damaged),
        ):
            if unread:
                facts = {"count": len(unread), "models": ", ".join(unread)}
                yield Finding("energy_baselines", code, facts)
    count = connection.execute(text(BASELINES_WITHOUT_SEU)).scalar_one()
    if count:
        yield Finding("energy_baselines", "baselines_without_seu", {"count": count})
    if not relations["energy_baselines"].is_unique_by({"seu_id", "model_version"}):
        yield Finding("energy_baselines", "unique_key_missing")


def _of_names(connection: Connection, readings: Iterable[str]) -> Iterator[Finding]:
    """Functions and relations of theirs whose names are like ours."""
    for name in connection.execute(text(FUNCTIONS_OF_THEIRS)).scalars():
        yield Finding(name, "function_kept")
    known = {"tables": sorted(readings)}
    for name in connection.execute(text(RELATIONS_OF_THEIRS), known).scalars():
        yield Finding(name, "relation_kept")


def _of_partitions(connection: Connection, tables: Iterable[str | None]) -> Iterator[Finding]:
    """Tables that answers take longer of, since there is no rollup of them."""
    known = {"tables": sorted(filter(None, tables))}
    for name in connection.execute(text(PARTITIONED), known).scalars():
        yield Finding(name, "not_rolled_up")
