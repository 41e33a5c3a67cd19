"""The relevant variables of each energy source of the demo plant.

A consequence of energy use (power, current, power factor, flow, machine temperature) may be asked
for and is never a driver.
"""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.demo.plant import COMPRESSED_AIR, ELECTRICITY, NATURAL_GAS, STEAM


@dataclass(frozen=True)
class FeatureSpec:
    """A variable: `column` is table.column, with a JSON path after `->`."""

    name: str
    column: str
    aggregation: str
    is_driver: bool


def _driver(name: str, column: str, aggregation: str = "AVG") -> FeatureSpec:
    return FeatureSpec(name, column, aggregation, is_driver=True)


def _consequence(name: str, column: str, aggregation: str = "AVG") -> FeatureSpec:
    return FeatureSpec(name, column, aggregation, is_driver=False)


PRODUCTION = _driver("production_count", "production_data.production_count", "SUM")
OPERATING_HOURS = _driver("operating_hours", "machine_status_history.is_running", "CUSTOM")
OUTDOOR_TEMPERATURE = _driver("outdoor_temp_c", "site_weather.outdoor_temp_c")
HEATING_DEGREE_DAYS = _driver("heating_degree_days", "site_weather.outdoor_temp_c", "CUSTOM")
COOLING_DEGREE_DAYS = _driver("cooling_degree_days", "site_weather.outdoor_temp_c", "CUSTOM")

FEATURES: dict[str, tuple[FeatureSpec, ...]] = {
    ELECTRICITY: (
        _consequence("consumption_kwh", "energy_readings.energy_kwh", "SUM"),
        _consequence("avg_power_kw", "energy_readings.power_kw"),
        _consequence("max_power_kw", "energy_readings.power_kw", "MAX"),
        _consequence("avg_power_factor", "energy_readings.power_factor"),
        _consequence("avg_current_a", "energy_readings.current_a"),
        PRODUCTION,
        _driver("throughput", "production_data.throughput"),
        OPERATING_HOURS,
        OUTDOOR_TEMPERATURE,
        _driver("outdoor_humidity_percent", "site_weather.outdoor_humidity_percent"),
        _driver("indoor_temp_c", "environmental_data.indoor_temp_c"),
        _driver("pressure_bar", "environmental_data.pressure_bar"),
        _consequence("machine_temp_c", "environmental_data.machine_temp_c"),
        HEATING_DEGREE_DAYS,
        COOLING_DEGREE_DAYS,
        _driver("material_moisture_percent", "production_data.metadata->moisture"),
    ),
    NATURAL_GAS: (
        _consequence("consumption_m3", "natural_gas_readings.consumption_m3", "SUM"),
        _consequence("avg_flow_rate_m3h", "natural_gas_readings.flow_rate_m3h"),
        _driver("gas_pressure_bar", "natural_gas_readings.pressure_bar"),
        _driver("calorific_value", "natural_gas_readings.calorific_value_mj_m3"),
        OUTDOOR_TEMPERATURE,
        HEATING_DEGREE_DAYS,
        PRODUCTION,
        OPERATING_HOURS,
        _driver("steam_kg", "steam_readings.consumption_kg", "SUM"),
    ),
    STEAM: (
        _consequence("consumption_kg", "steam_readings.consumption_kg", "SUM"),
        _consequence("avg_flow_rate_kg_h", "steam_readings.flow_rate_kg_h"),
        OUTDOOR_TEMPERATURE,
        HEATING_DEGREE_DAYS,
        PRODUCTION,
        OPERATING_HOURS,
    ),
    COMPRESSED_AIR: (
        _consequence("consumption_m3", "compressed_air_end_use_readings.consumption_m3", "SUM"),
        _consequence("avg_flow_rate_m3h", "compressed_air_end_use_readings.flow_rate_m3h"),
        _driver("electricity_kwh", "energy_readings.energy_kwh", "SUM"),
        _driver("pressure_bar", "compressed_air_end_use_readings.pressure_bar"),
        OUTDOOR_TEMPERATURE,
        PRODUCTION,
    ),
}
