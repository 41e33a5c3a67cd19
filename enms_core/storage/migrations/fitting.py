"""Whether tables of theirs can be worked with: asked before anything of them is changed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

from enms_core.domain.errors import AdoptionRefused
from enms_core.storage.source_tables import NUMBERS, WITH_ZONE

TEXTS = ("text", "character varying", "character", "citext")
ONE_UUID = ("uuid",)
NUMBER = ("double precision", *sorted(NUMBERS - {"double precision"}))
WHOLE = ("integer", "smallint", "bigint")
FLAG = ("boolean",)
INSTANT = (WITH_ZONE,)
CLOCK = ("time without time zone",)

# The registers that triggers, KPI functions and questions read, and the types of the columns that
# they compare and compute with; the first is ours. Of other columns the findings tell.
NEEDED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "factories": dict.fromkeys(("name", "timezone", "currency", "country"), TEXTS),
    "machines": {
        "factory_id": ONE_UUID,
        **dict.fromkeys(("name", "type"), TEXTS),
        "is_active": FLAG,
    },
    "energy_sources": {
        **dict.fromkeys(("name", "unit", "readings_table", "consumption_column"), TEXTS),
        **dict.fromkeys(("rate_column", "energy_content_column", "energy_content_unit"), TEXTS),
        **dict.fromkeys(("carrier_column", "carrier_value"), TEXTS),
        **dict.fromkeys(("cost_per_unit", "carbon_intensity"), NUMBER),
        **dict.fromkeys(("kwh_per_unit", "reference_content"), NUMBER),
        "is_purchased": FLAG,
    },
    "meters": {
        **dict.fromkeys(("machine_id", "energy_source_id"), ONE_UUID),
        "nominal_interval_seconds": WHOLE,
        **dict.fromkeys(("valid_from", "valid_to"), INSTANT),
    },
    "energy_source_features": {
        "energy_source_id": ONE_UUID,
        **dict.fromkeys(("feature_name", "source_table", "source_column"), TEXTS),
        "aggregation_function": TEXTS,
        "is_regression_feature": FLAG,
    },
    "seus": {
        "name": TEXTS,
        "energy_source_id": ONE_UUID,
        "machine_ids": ("uuid[]",),
    },
    "energy_tariffs": {
        **dict.fromkeys(("factory_id", "energy_source_id"), ONE_UUID),
        **dict.fromkeys(("name", "currency"), TEXTS),
        **dict.fromkeys(("rate_per_unit", "demand_charge_per_kw"), NUMBER),
        "weekdays": tuple(f"{name}[]" for name in WHOLE),
        **dict.fromkeys(("start_time", "end_time"), CLOCK),
        **dict.fromkeys(("valid_from", "valid_to"), INSTANT),
    },
    "carbon_factors": {
        "energy_source_id": ONE_UUID,
        **dict.fromkeys(("region", "source"), TEXTS),
        "factor_kg_per_unit": NUMBER,
        **dict.fromkeys(("valid_from", "valid_to"), INSTANT),
    },
    "energy_baselines": {"seu_id": ONE_UUID, "is_active": FLAG},
}

# Tables that ours refer to and whose `id` no foreign key of type uuid can point at.
UNFIT_KEYS = """
SELECT t.name,
       (SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a
        WHERE a.attrelid = to_regclass(t.name) AND a.attname = 'id' AND NOT a.attisdropped) AS found
FROM unnest(ARRAY['factories', 'machines', 'energy_sources', 'seus'])
     WITH ORDINALITY AS t (name, position)
WHERE to_regclass(t.name) IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM pg_index AS i
      JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = to_regclass(t.name) AND i.indisunique AND i.indimmediate
        AND i.indpred IS NULL AND i.indnkeyatts = 1
        AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype
  )
ORDER BY t.position
"""
# What stands under the names of registers and is no table: no column can be added to it.
NO_TABLES = """
SELECT t.name, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                              WHEN 'f' THEN 'foreign table' ELSE 'relation' END AS found
FROM unnest(CAST(:tables AS text[])) AS t (name)
JOIN pg_class AS c ON c.oid = to_regclass(t.name) AND c.relkind NOT IN ('r', 'p')
ORDER BY t.name
"""
# Types of columns by table; of a domain the type that it is made of.
TYPES = """
SELECT n.name AS relation, a.attname AS name,
       format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL) AS type
FROM unnest(CAST(:tables AS text[])) AS n (name)
JOIN pg_attribute AS a ON a.attrelid = to_regclass(n.name) AND a.attnum > 0
                      AND NOT a.attisdropped
JOIN pg_type AS t ON t.oid = a.atttypid
ORDER BY n.name, a.attnum
"""


def refuse_unfit(connection: Connection) -> None:
    """Raise AdoptionRefused where a register of theirs is one that nothing could be read from."""
    key = connection.execute(text(UNFIT_KEYS)).first()
    if key is not None:
        raise AdoptionRefused(f"{key.name}.id", "a unique column of type uuid", key.found)
    known = {"tables": list(NEEDED)}
    other = connection.execute(text(NO_TABLES), known).first()
    if other is not None:
        raise AdoptionRefused(other.name, "a table", f"a {other.found}")
    for column in connection.execute(text(TYPES), known):
        needed = NEEDED[column.relation].get(column.name)
        if needed is not None and column.type not in needed:
            place = f"{column.relation}.{column.name}"
            raise AdoptionRefused(place, f"of type {needed[0]}", column.type)
