"""Checks of the registers: prices, factors, meters, energy uses, models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enms_core.domain.finding import Finding
from enms_core.storage.database import Database
from enms_core.storage.doctor.columns import Columns, missing
from enms_core.storage.doctor.statement import Scope, ask


@dataclass(frozen=True)
class Check:
    """One statement on a register, and the columns that it cannot do without."""

    table: str
    columns: tuple[str, ...]
    sql: str


# The end of a validity: open where none is told, nothing where it lies before the start.
END = (
    "nullif(greatest(coalesce({row}.valid_to, 'infinity'), {row}.valid_from), 'infinity')"
    "::timestamptz"
)
# Days and tariffs are cut in the factory's zone.
UNKNOWN_ZONE = """
SELECT 'unknown_zone', id, NULL::uuid, NULL::timestamptz, NULL::timestamptz,
       jsonb_build_object('zone', timezone)
FROM factories
WHERE timezone IS NULL OR timezone NOT IN (SELECT name FROM pg_timezone_names)
"""
# A feed-in is another energy source; a negative price of use is a slip.
NEGATIVE_TARIFF = """
SELECT 'negative_tariff', t.factory_id, NULL::uuid, t.valid_from, t.valid_to,
       jsonb_build_object('tariff', t.name, 'source', s.name,
                          'value', least(t.rate_per_unit, t.demand_charge_per_kw))
FROM energy_tariffs AS t
LEFT JOIN energy_sources AS s ON s.id = t.energy_source_id
WHERE least(t.rate_per_unit, t.demand_charge_per_kw) < 0
"""
# A sum of two currencies is no amount of money.
WRONG_CURRENCY = """
SELECT 'wrong_currency', t.factory_id, NULL::uuid, t.valid_from, t.valid_to,
       jsonb_build_object('tariff', t.name, 'source', s.name, 'currency', t.currency,
                          'factory_currency', f.currency)
FROM energy_tariffs AS t
JOIN factories AS f ON f.id = t.factory_id
LEFT JOIN energy_sources AS s ON s.id = t.energy_source_id
WHERE upper(t.currency) <> upper(f.currency)
"""
# The windows of each tariff on the local days around an instant of interest, as stretches of time.
# A window belongs to the weekday on which it begins; one that ends at or before its start lies over
# midnight. What is not told holds always: no weekdays are all of them, no time is midnight. A row
# without a rate covers nothing. Factories whose zone is not known are another check.
WINDOWS = f"""
tariffs AS (
    SELECT t.id, t.name, t.factory_id, t.energy_source_id, t.weekdays,
           coalesce(nullif(t.start_time, '24:00'), '00:00') AS start_time,
           coalesce(nullif(t.end_time, '24:00'), '00:00') AS end_time,
           s.name AS source, z.name AS timezone,
           tstzrange(t.valid_from, {END.format(row="t")}) AS validity
    FROM energy_tariffs AS t
    JOIN factories AS f ON f.id = t.factory_id
    JOIN pg_timezone_names AS z ON z.name = f.timezone
    LEFT JOIN energy_sources AS s ON s.id = t.energy_source_id
    WHERE t.rate_per_unit IS NOT NULL
), windows AS (
    SELECT m.factory_id, m.energy_source_id, m.around, t.id, t.name, t.source,
           tstzrange(d.start_time, greatest(d.start_time, d.end_time)) * t.validity AS stretch
    FROM moments AS m
    JOIN tariffs AS t ON t.factory_id = m.factory_id AND t.energy_source_id = m.energy_source_id
    CROSS JOIN LATERAL (
        SELECT (day + t.start_time) AT TIME ZONE t.timezone AS start_time,
               (day + CASE WHEN t.end_time > t.start_time THEN 0 ELSE 1 END + t.end_time)
                   AT TIME ZONE t.timezone AS end_time
        FROM (SELECT (m.around AT TIME ZONE t.timezone)::date + n AS day
              FROM generate_series(-1, 7) AS n) AS days
        WHERE t.weekdays IS NULL OR extract(isodow FROM day) - 1 = ANY (t.weekdays)
    ) AS d
)"""
# Two rates at one time. Two tariffs that meet do so within a week of the first instant at which
# both are valid, so that week is looked at for each pair.
TARIFFS_OVERLAP = f"""
WITH moments AS (
    SELECT DISTINCT factory_id, energy_source_id, coalesce(valid_from, now) AS around
    FROM energy_tariffs, asked
), {WINDOWS}
SELECT 'tariffs_overlap', a.factory_id, NULL::uuid, min(lower(a.stretch * b.stretch)),
       min(upper(a.stretch * b.stretch)),
       jsonb_build_object('tariff', a.name, 'other', b.name, 'source', a.source)
FROM windows AS a
JOIN windows AS b
    ON b.factory_id = a.factory_id AND b.energy_source_id = a.energy_source_id
       AND b.around = a.around AND b.id > a.id AND b.stretch && a.stretch
GROUP BY a.factory_id, a.energy_source_id, a.id, b.id, a.name, b.name, a.source
"""
# Times without a rate, in the week from now on and in the week after each end of a tariff: what is
# used then has no cost. A source without any tariff in a factory has a flat price.
TARIFF_MISSING = f"""
WITH moments AS (
    SELECT DISTINCT factory_id, energy_source_id, now AS around FROM energy_tariffs, asked
    UNION
    SELECT factory_id, energy_source_id, valid_to
    FROM energy_tariffs, asked WHERE valid_to <= now
), {WINDOWS}, uncovered AS (
    SELECT factory_id, energy_source_id, around,
           unnest(tstzmultirange(tstzrange(around, around + interval '7 days'))
                  - coalesce(range_agg(stretch), '{{}}')) AS stretch
    FROM moments
    JOIN factories AS f ON f.id = factory_id
    JOIN pg_timezone_names AS z ON z.name = f.timezone
    LEFT JOIN windows USING (factory_id, energy_source_id, around)
    GROUP BY factory_id, energy_source_id, around
)
SELECT 'tariff_missing', c.factory_id, NULL::uuid, min(lower(stretch)), max(upper(stretch)),
       jsonb_build_object('source', s.name,
           'hours', round(sum(extract(epoch FROM upper(stretch) - lower(stretch))) / 3600, 2))
FROM uncovered AS c
LEFT JOIN energy_sources AS s ON s.id = c.energy_source_id
GROUP BY c.factory_id, c.energy_source_id, s.name, c.around
"""
NEGATIVE_CARBON_FACTOR = """
SELECT 'negative_carbon_factor', NULL::uuid, NULL::uuid, c.valid_from::timestamptz,
       c.valid_to::timestamptz,
       jsonb_build_object('source', s.name, 'region', c.region, 'value', c.factor_kg_per_unit)
FROM carbon_factors AS c
LEFT JOIN energy_sources AS s ON s.id = c.energy_source_id
WHERE c.factor_kg_per_unit < 0
"""
# Two factors of one source and region at one time.
CARBON_FACTORS_OVERLAP = f"""
WITH factors AS (
    SELECT c.*, row_number() OVER (ORDER BY valid_from, valid_to) AS position,
           tstzrange(valid_from::timestamptz, {END.format(row="c")}) AS validity
    FROM carbon_factors AS c
)
SELECT 'carbon_factors_overlap', NULL::uuid, NULL::uuid, lower(a.validity * b.validity),
       upper(a.validity * b.validity),
       jsonb_build_object('source', s.name, 'region', a.region, 'value', a.factor_kg_per_unit,
                          'other', b.factor_kg_per_unit)
FROM factors AS a
JOIN factors AS b
    ON b.energy_source_id = a.energy_source_id AND b.region IS NOT DISTINCT FROM a.region
       AND b.position > a.position AND b.validity && a.validity
LEFT JOIN energy_sources AS s ON s.id = a.energy_source_id
"""
# A meter without a positive interval, or one that ends before it begins, makes nothing complete.
METER_INTERVAL = """
SELECT 'meter_interval', NULL::uuid, m.machine_id, m.valid_from, m.valid_to,
       jsonb_build_object('source', s.name, 'interval_seconds', m.nominal_interval_seconds)
FROM meters AS m
LEFT JOIN energy_sources AS s ON s.id = m.energy_source_id
WHERE m.nominal_interval_seconds <= 0 OR m.valid_to <= m.valid_from
"""
# Two meters of one machine and source at one time: twice as much is expected as there is.
METERS_OVERLAP = f"""
WITH served AS (
    SELECT m.*, tstzrange(valid_from, {END.format(row="m")}) AS service FROM meters AS m
)
SELECT 'meters_overlap', NULL::uuid, a.machine_id, lower(a.service * b.service),
       upper(a.service * b.service), jsonb_build_object('source', s.name)
FROM served AS a
JOIN served AS b
    ON b.machine_id = a.machine_id AND b.energy_source_id = a.energy_source_id AND b.id > a.id
       AND b.service && a.service
LEFT JOIN energy_sources AS s ON s.id = a.energy_source_id
"""
# Time between two meters, as when one was replaced: what was used then is in no reading.
NO_METER_IN_SERVICE = f"""
SELECT 'no_meter_in_service', NULL::uuid, machine_id, lower(stretch), upper(stretch),
       jsonb_build_object('source', source)
FROM (
    SELECT m.machine_id, s.name AS source,
           unnest(tstzmultirange(range_merge(range_agg(service))) - range_agg(service)) AS stretch
    FROM (SELECT *, tstzrange(valid_from, {END.format(row="e")}) AS service
          FROM meters AS e) AS m
    LEFT JOIN energy_sources AS s ON s.id = m.energy_source_id
    GROUP BY m.machine_id, m.energy_source_id, s.name
) AS pauses
"""
SEU_MACHINE_UNKNOWN = """
SELECT 'seu_machine_unknown', NULL::uuid, u.machine_id, NULL::timestamptz, NULL::timestamptz,
       jsonb_build_object('seu', seus.name)
FROM seus
CROSS JOIN LATERAL unnest(machine_ids) AS u (machine_id)
WHERE u.machine_id NOT IN (SELECT id FROM machines)
"""
# R² is a share, errors are sizes. An empty value is a statistic that is not known: no finding.
STATISTICS = """
SELECT 'statistics_impossible', NULL::uuid, {machine}, {made}, {made},
       jsonb_build_object('model', {name}, 'column', v.name, 'value', v.value)
FROM {table} AS b
CROSS JOIN LATERAL (VALUES ('r_squared', b.r_squared::double precision,
                            b.r_squared::double precision BETWEEN 0 AND 1),
                           ('rmse', b.rmse, b.rmse >= 0 AND b.rmse < 'Infinity'),
                           ('mae', b.mae, b.mae >= 0 AND b.mae < 'Infinity')
                   ) AS v (name, value, is_possible)
WHERE NOT v.is_possible
"""
BASELINE_STATISTICS = STATISTICS.format(
    table="energy_baselines",
    machine="b.machine_id",
    made="b.created_at",
    name="(SELECT name FROM seus WHERE seus.id = b.seu_id)",
)
SEU_STATISTICS = STATISTICS.format(
    table="seus", machine="b.machine_ids[1]", made="b.trained_at", name="b.name"
)

TARIFF_COLUMNS = (
    *("factory_id", "energy_source_id", "rate_per_unit"),
    *("weekdays", "start_time", "end_time", "valid_from", "valid_to"),
)
STATISTIC_COLUMNS = ("r_squared", "rmse", "mae")
CHECKS = (
    Check("factories", ("timezone",), UNKNOWN_ZONE),
    Check("energy_tariffs", TARIFF_COLUMNS, NEGATIVE_TARIFF),
    Check("energy_tariffs", TARIFF_COLUMNS, WRONG_CURRENCY),
    Check("energy_tariffs", TARIFF_COLUMNS, TARIFFS_OVERLAP),
    Check("energy_tariffs", TARIFF_COLUMNS, TARIFF_MISSING),
    Check("carbon_factors", ("factor_kg_per_unit",), NEGATIVE_CARBON_FACTOR),
    Check("carbon_factors", ("region", "valid_from", "valid_to"), CARBON_FACTORS_OVERLAP),
    Check("meters", ("nominal_interval_seconds",), METER_INTERVAL),
    Check("meters", ("valid_from", "valid_to"), METERS_OVERLAP),
    Check("meters", ("valid_from", "valid_to"), NO_METER_IN_SERVICE),
    Check("seus", ("machine_ids",), SEU_MACHINE_UNKNOWN),
    Check("seus", (*STATISTIC_COLUMNS, "trained_at"), SEU_STATISTICS),
    Check("energy_baselines", (*STATISTIC_COLUMNS, "seu_id", "created_at"), BASELINE_STATISTICS),
)


async def check_registers(database: Database, scope: Scope, columns: Columns) -> Sequence[Finding]:
    """Findings about the registers; a register that is not there is told, not skipped."""
    found: list[Finding] = []
    for check in CHECKS:
        absent = missing(columns, check.table, check.columns)
        if absent is None:
            found += await ask(database, scope, check.table, check.sql)
        else:
            found.append(Finding("not_examined", check.table, facts={"missing": absent}))
    return found
