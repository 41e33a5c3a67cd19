"""What every rollup shares: the notes of changed rows, and how far a rollup is exact.

The rollups themselves follow the registers (storage/rollups.py), so no migration makes them.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    # Stretches of whole hours in which rows were written since the last refresh; owner NULL means
    # every machine or site.
    """
    CREATE TABLE enms.dirty_ranges (
        readings_table  text NOT NULL,
        owner           uuid,
        start_time      timestamptz NOT NULL,
        end_time        timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ON enms.dirty_ranges (readings_table, start_time)",
    # The rollups that were made, with the columns that they were made for, and the views of the
    # same name beside the readings.
    """
    CREATE TABLE enms.rollups (
        readings_table  text PRIMARY KEY,
        shape           jsonb NOT NULL,
        is_continuous   boolean NOT NULL,
        aliases         text[] NOT NULL
    )
    """,
)

# Start of the whole hour of UTC that an instant lies in.
HOUR_OF = """
CREATE FUNCTION enms.hour_of(moment timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_bin('1 hour', moment, timestamptz '1970-01-01 00:00:00+00')
"""

# Start of the whole quarter hour of UTC that an instant lies in.
QUARTER_OF = """
CREATE FUNCTION enms.quarter_of(moment timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_bin('15 minutes', moment, timestamptz '1970-01-01 00:00:00+00')
"""

# Up to here a rollup is exact; what comes after has to be computed from the readings. STABLE, so
# that the planner estimates with the value; as a sub-select it guesses. With its owner's rights:
# who may read a rollup needs none on the notes.
FRESH_UNTIL = """
CREATE FUNCTION enms.fresh_until(readings_table text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
RETURN (
    SELECT coalesce(min(d.start_time), 'infinity')
    FROM enms.dirty_ranges AS d WHERE d.readings_table = fresh_until.readings_table
)
"""

# The same for one machine or site.
OWNER_FRESH_UNTIL = """
CREATE FUNCTION enms.fresh_until(readings_table text, owner uuid) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
RETURN (
    SELECT coalesce(min(d.start_time), 'infinity')
    FROM enms.dirty_ranges AS d
    WHERE d.readings_table = fresh_until.readings_table
      AND (d.owner IS NULL OR d.owner = fresh_until.owner)
)
"""

# One note; nothing where no row was touched. Beyond the years that Python knows all is one: a clock
# that is wrong must not make the statement that tells of it fail.
NOTE = """
CREATE FUNCTION enms.note(readings_table text, owner uuid, low timestamptz, high timestamptz)
RETURNS void LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO enms.dirty_ranges (readings_table, owner, start_time, end_time)
    SELECT note.readings_table, note.owner, enms.hour_of(least(greatest(low, {first}), {last})),
           enms.hour_of(least(greatest(high, {first}), {last})) + interval '1 h'
    WHERE low IS NOT NULL;
END
""".format(first="timestamptz '0001-01-01 00:00+00'", last="timestamptz '9999-12-31 00:00+00'")

# Notes which hours a statement touched, always: a note that is left out where nothing seems to be
# stored yet would lose the rows of a transaction that is open across a refresh. With the rights of
# its owner, because those who write readings need no rights on our schema.
NOTE_CHANGE = """
CREATE FUNCTION enms.note_{owner}_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
DECLARE
    one uuid;
    low timestamptz;
    high timestamptz;
    is_one boolean;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM enms.note(TG_ARGV[0], NULL, '-infinity', 'infinity');
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        SELECT {owner} INTO one FROM new_rows LIMIT 1;
        SELECT min(time), max(time), bool_and({owner} = one) INTO low, high, is_one FROM new_rows;
        PERFORM enms.note(TG_ARGV[0], CASE WHEN is_one THEN one END, low, high);
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        SELECT {owner} INTO one FROM old_rows LIMIT 1;
        SELECT min(time), max(time), bool_and({owner} = one) INTO low, high, is_one FROM old_rows;
        PERFORM enms.note(TG_ARGV[0], CASE WHEN is_one THEN one END, low, high);
    END IF;
    RETURN NULL;
END
$$
"""

# A meter's interval weighs its readings and says how many are expected.
NOTE_METER = """
CREATE FUNCTION enms.note_meter_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM enms.note(r.readings_table, NULL, '-infinity', 'infinity')
        FROM enms.rollups AS r WHERE NOT r.is_continuous;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM enms.note(s.readings_table, OLD.machine_id, OLD.valid_from,
                          coalesce(OLD.valid_to, 'infinity'))
        FROM {schema}.energy_sources AS s JOIN enms.rollups AS r USING (readings_table)
        WHERE s.id = OLD.energy_source_id AND NOT r.is_continuous;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM enms.note(s.readings_table, NEW.machine_id, NEW.valid_from,
                          coalesce(NEW.valid_to, 'infinity'))
        FROM {schema}.energy_sources AS s JOIN enms.rollups AS r USING (readings_table)
        WHERE s.id = NEW.energy_source_id AND NOT r.is_continuous;
    END IF;
    RETURN NULL;
END
$$
"""
NOTE_METERS = """
CREATE TRIGGER enms_note_change AFTER INSERT OR UPDATE OR DELETE ON meters
FOR EACH ROW EXECUTE FUNCTION enms.note_meter_change()
"""
NOTE_NO_METERS = """
CREATE TRIGGER enms_note_truncate AFTER TRUNCATE ON meters
FOR EACH STATEMENT EXECUTE FUNCTION enms.note_meter_change()
"""

# Another carrier value gives the rows of a shared table to other meters.
NOTE_SOURCE = """
CREATE FUNCTION enms.note_source_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog
AS $$
BEGIN
    PERFORM enms.note(t, NULL, '-infinity', 'infinity')
    FROM unnest(ARRAY[OLD.readings_table, NEW.readings_table]) AS t
    JOIN enms.rollups AS r ON r.readings_table = t AND NOT r.is_continuous;
    RETURN NULL;
END
$$
"""
NOTE_SOURCES = """
CREATE TRIGGER enms_note_change AFTER UPDATE OF readings_table, carrier_column, carrier_value
ON energy_sources FOR EACH ROW EXECUTE FUNCTION enms.note_source_change()
"""

REGISTERS_SCHEMA = """
SELECT quote_ident(n.nspname)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.oid = 'energy_sources'::regclass
"""

# Foreign keys of readings tables of ours are checked row by row: they make loading three times as
# slow. `enms doctor --data` finds readings of machines that are not registered.
FREE_READINGS = """
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT c.conname, c.conrelid::regclass AS relation
                FROM pg_constraint AS c
                JOIN enms.made_objects AS o ON o.kind = 'table'
                                           AND to_regclass(o.relation) = c.conrelid
                JOIN pg_index AS i ON i.indrelid = c.conrelid AND i.indisprimary
                JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attname = 'time'
                                      AND a.attnum = ANY (i.indkey)
                WHERE c.contype = 'f' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', item.relation, item.conname);
    END LOOP;
END
$$
"""

# Takes every rollup away, and the triggers that feed it. What others built on them is in the way,
# and the server says so.
DROP_ROLLUPS = """
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT t.tgname, t.tgrelid::regclass AS relation
                FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
                JOIN pg_namespace AS n ON n.oid = p.pronamespace
                WHERE n.nspname = 'enms' AND NOT t.tgisinternal AND t.tgparentid = 0 LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', item.tgname, item.relation);
    END LOOP;
    FOR item IN SELECT alias FROM enms.rollups, unnest(aliases) AS alias LOOP
        EXECUTE 'DROP VIEW IF EXISTS ' || item.alias;
    END LOOP;
    FOR item IN SELECT readings_table || bucket AS name,
                       CASE WHEN is_continuous THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind
                FROM enms.rollups, unnest(ARRAY['_1hour', '_15min']) AS bucket LOOP
        EXECUTE format('DROP VIEW IF EXISTS enms.%I', item.name);
        EXECUTE format('DROP %s enms.%I', item.kind, item.name || '_data');
    END LOOP;
END
$$
"""

OWNERS = ("machine_id", "factory_id")
# Functions that run with their owner's rights. As PUBLIC may not execute them, nobody else can make
# a trigger of them on a table of his own; triggers that exist go on for every writer.
PRIVILEGED = ("note_meter_change", "note_source_change", *(f"note_{o}_change" for o in OWNERS))


def upgrade() -> None:
    op.execute(FREE_READINGS)
    for table in TABLES:
        op.execute(table)
    for function in (HOUR_OF, QUARTER_OF, FRESH_UNTIL, OWNER_FRESH_UNTIL, NOTE):
        op.execute(function)
    for owner in OWNERS:
        op.execute(NOTE_CHANGE.format(owner=owner))
    schema = op.get_bind().exec_driver_sql(REGISTERS_SCHEMA).scalar_one()
    op.execute(NOTE_METER.format(schema=schema))
    op.execute(NOTE_METERS)
    op.execute(NOTE_NO_METERS)
    op.execute(NOTE_SOURCE)
    op.execute(NOTE_SOURCES)
    for name in (*PRIVILEGED, "note"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION enms.{name} FROM PUBLIC")


def downgrade() -> None:
    op.execute(DROP_ROLLUPS)
    for name in PRIVILEGED:
        op.execute(f"DROP FUNCTION enms.{name}")
    op.execute("DROP FUNCTION enms.note, enms.quarter_of, enms.hour_of")
    op.execute("DROP FUNCTION enms.fresh_until(text), enms.fresh_until(text, uuid)")
    op.execute("DROP TABLE enms.dirty_ranges, enms.rollups")
