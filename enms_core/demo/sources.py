"""The energy sources of the demo plant: where their readings go and what a unit is worth."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from enms_core.demo.boiler import CALORIFIC_VALUE_MJ_M3, FEED_WATER_KJ_KG
from enms_core.demo.plant import COMPRESSED_AIR, ELECTRICITY, NATURAL_GAS, STEAM, identity


@dataclass(frozen=True)
class SourceSpec:
    """An energy source; its energy content, where a row of readings tells it, with its unit."""

    name: str
    unit: str
    cost_per_unit: float
    carbon_intensity: float
    kwh_per_unit: float | None
    is_purchased: bool
    readings_table: str
    consumption_column: str
    rate_column: str
    energy_content_column: str | None = None
    energy_content_unit: str | None = None
    reference_content: float = 0.0

    @property
    def id(self) -> UUID:
        return identity("energy source", self.name)


SOURCES = {
    source.name: source
    for source in (
        SourceSpec(
            ELECTRICITY,
            unit="kWh",
            cost_per_unit=0.15,
            carbon_intensity=0.45,
            kwh_per_unit=1.0,
            is_purchased=True,
            readings_table="energy_readings",
            consumption_column="energy_kwh",
            rate_column="power_kw",
        ),
        SourceSpec(
            NATURAL_GAS,
            unit="m³",
            cost_per_unit=0.50,
            carbon_intensity=2.03,
            kwh_per_unit=CALORIFIC_VALUE_MJ_M3 / 3.6,
            is_purchased=True,
            readings_table="natural_gas_readings",
            consumption_column="consumption_m3",
            rate_column="flow_rate_m3h",
            energy_content_column="calorific_value_mj_m3",
            energy_content_unit="MJ",
        ),
        SourceSpec(
            STEAM,
            unit="kg",
            cost_per_unit=0.08,
            carbon_intensity=0.35,
            kwh_per_unit=0.67,
            is_purchased=False,
            readings_table="steam_readings",
            consumption_column="consumption_kg",
            rate_column="flow_rate_kg_h",
            energy_content_column="enthalpy_kj_kg",
            energy_content_unit="kJ",
            reference_content=FEED_WATER_KJ_KG,
        ),
        SourceSpec(
            COMPRESSED_AIR,
            unit="Nm³",
            cost_per_unit=0.03,
            carbon_intensity=0.12,
            kwh_per_unit=None,
            is_purchased=False,
            readings_table="compressed_air_end_use_readings",
            consumption_column="consumption_m3",
            rate_column="flow_rate_m3h",
        ),
    )
}
