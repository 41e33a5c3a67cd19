"""KPIs as SQL functions, for psql, Grafana and everybody else who reads the database.

calculate_* are for use; what stands behind them (migrations/kpis_0004) is named kpi_*. They take
carriers, tables and columns from energy_sources, and energy from the rollups: whole hours where
nothing cuts them, else quarter hours, else readings.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

from alembic import op

from enms_core.storage.migrations.kpis_0004 import demand, pricing, reading

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# Every function takes these. They see the tables that the migration saw, whatever the caller's
# search path; compiling them would cost more than they do.
CREATE = """
CREATE FUNCTION enms.{name}(
    machine_id uuid, period_start timestamptz, period_end timestamptz, source text DEFAULT NULL,
    {result}
)
LANGUAGE sql STABLE
SET search_path FROM CURRENT
SET jit = off
AS $$ {body} $$
"""
ARGUMENTS = "uuid, timestamptz, timestamptz, text"
SCOPE = (
    "Period half-open: readings at time t with period_start <= t < period_end. source: the name of "
    "an energy source; NULL: the purchased ones that the machine has a meter or an SEU for{more}. "
    "Where one of these cannot be used, nothing is known of them together."
)

# name: what it returns, how, which sources together, and what it means.
FUNCTIONS = {
    "calculate_sec": (
        "OUT sec_kwh_per_unit double precision",
        "SELECT enms.kpi_sec($1, $2, $3, $4)",
        ", together",
        "Specific energy consumption [kWh per unit]: sum of energy over sum of production_count, "
        "over the same hours: those with all readings that the meters should have told, and with "
        "production. NULL at zero output, and where energy cannot be converted to kWh.",
    ),
    "calculate_peak_demand": (
        "OUT peak_demand_kw double precision",
        "SELECT peak_demand_kw FROM enms.kpi_demand($1, $2, $3, $4)",
        " and that are metered in kWh, coincident",
        "Highest demand [kW]: energy of a fixed block of 15 minutes, or of the longest meter "
        "interval, over its length. Blocks that the period cuts are left out unless none is whole. "
        "NULL without a meter in service and for a source that is not metered in kWh.",
    ),
    "calculate_load_factor": (
        "OUT load_factor double precision",
        "SELECT load_factor FROM enms.kpi_demand($1, $2, $3, $4)",
        " and that are metered in kWh, coincident",
        "Load factor [0..1]: E / (Pmax * T), with the peak demand and its blocks; E and T are "
        "those of the blocks with all their readings, so gaps do not lower it.",
    ),
    "calculate_energy_cost": (
        "OUT energy_cost numeric",
        "SELECT energy_cost FROM enms.kpi_cost($1, $2, $3, $4)",
        ", together",
        "Energy cost without demand charge [currency of the factory]: what was used times the rate "
        "that was valid then, in local time. A source without a tariff row at the factory is taken "
        "at its cost_per_unit. NULL where something used has no rate.",
    ),
    "calculate_demand_charge": (
        "OUT demand_charge numeric",
        "SELECT enms.kpi_demand_charge($1, $2, $3, $4)",
        " and that are metered in kWh, each by itself",
        "Demand charge [currency of the factory]: each local month's peak demand of this machine "
        "times demand_charge_per_kw of the tariff valid at that peak, added. NULL where a peak has "
        "no tariff or no tariff charges demand. What a site is billed follows the site's own peak.",
    ),
    "calculate_carbon_intensity": (
        "OUT carbon_intensity_kg_per_kwh double precision",
        "SELECT emissions_kg_co2e / nullif(energy_kwh, 0) FROM enms.kpi_emissions($1, $2, $3, $4)",
        ", together",
        "Emissions per energy [kg CO2e per kWh]: what was used times the carbon factor that was "
        "valid then in the factory's country, over its energy. A source without a factor that "
        "holds there is taken at its carbon_intensity. NULL where something used has no factor, "
        "and where energy is zero or cannot be converted to kWh.",
    ),
    "calculate_all_kpis": (
        """OUT energy_kwh double precision, OUT production_count double precision,
    OUT sec_kwh_per_unit double precision, OUT peak_demand_kw double precision,
    OUT peak_time timestamptz, OUT demand_interval_seconds integer,
    OUT load_factor double precision, OUT energy_cost numeric, OUT currency text,
    OUT emissions_kg_co2e double precision, OUT carbon_intensity_kg_per_kwh double precision,
    OUT coverage_percent double precision, OUT readings bigint, OUT cost_basis text,
    OUT carbon_basis text""",
        """
    SELECT e.energy_kwh, made.quantity, enms.kpi_sec($1, $2, $3, $4),
           d.peak_demand_kw, d.peak_time, d.demand_interval_seconds, d.load_factor,
           c.energy_cost, c.currency,
           em.emissions_kg_co2e, em.emissions_kg_co2e / nullif(em.energy_kwh, 0),
           e.coverage_percent, e.readings, c.cost_basis, em.carbon_basis
    FROM enms.kpi_energy($1, $2, $3, $4) AS e
    CROSS JOIN enms.kpi_cost($1, $2, $3, $4) AS c
    CROSS JOIN enms.kpi_emissions($1, $2, $3, $4) AS em
    LEFT JOIN enms.kpi_demand($1, $2, $3, $4) AS d ON true
    LEFT JOIN LATERAL (
        SELECT u.quantity FROM enms.kpi_production() AS p
        CROSS JOIN LATERAL enms.kpi_use($1, p, ARRAY[$2, $3]) AS u
    ) AS made ON true
""",
        ", together",
        "All KPIs in one row, by the definitions of calculate_sec and so on. coverage_percent: "
        "time that readings cover, of what the meters should have told; NULL without a meter. "
        "readings: how many there are, but those that are no number. peak_time: start of the "
        "block. cost_basis: tariff, flat (something is taken at cost_per_unit) or missing; "
        "carbon_basis: factor, flat (at carbon_intensity) or missing. NULL is not known, never zero.",
    ),
}


def upgrade() -> None:
    op.execute(demand.WINDOW)
    for statement in (*reading.FUNCTIONS, *pricing.FUNCTIONS, *demand.FUNCTIONS):
        op.execute(statement)
    for name, (result, body, more, meaning) in FUNCTIONS.items():
        op.execute(CREATE.format(name=name, result=result, body=body))
        comment = f"{meaning} {SCOPE.format(more=more)}".replace("'", "''")
        op.execute(f"COMMENT ON FUNCTION enms.{name}({ARGUMENTS}) IS '{comment}'")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION enms.{name}({ARGUMENTS})")
    for statement in reversed((*reading.FUNCTIONS, *pricing.FUNCTIONS, *demand.FUNCTIONS)):
        name = statement.split("CREATE FUNCTION ", 1)[1].split("(", 1)[0]
        op.execute(f"DROP FUNCTION {name}")
    op.execute("DROP TYPE enms.kpi_window")
