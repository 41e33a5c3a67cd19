"""How a boiler turns natural gas into steam.

Saturated steam at 10 bar: enthalpy 2777.1 kJ/kg, of which 2014.6 kJ/kg evaporation, at 179.9 °C
(IAPWS-IF97). Wet steam holds x·hg + (1 - x)·hf.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from enms_core.demo.chance import Floats

STEAM_PRESSURE_BAR = 10.0
STEAM_TEMPERATURE_C = 179.9
STEAM_DEGC_PER_BAR = 4.4
STEAM_QUALITY = 0.985
SATURATED_KJ_KG = 2777.1
EVAPORATION_KJ_KG = 2014.6
FEED_WATER_KJ_KG = 4.1868 * 90.0

CALORIFIC_VALUE_MJ_M3 = 38.5
STEAM_CAPACITY_KG_H = 650.0
EFFICIENCY = 0.86
PART_LOAD_LOSS = 0.04

Number = TypeVar("Number", float, Floats)


def steam_enthalpy_kj_kg(quality: Number) -> Number:
    """Enthalpy of wet steam; `quality` is the dry share."""
    return SATURATED_KJ_KG - EVAPORATION_KJ_KG * (1.0 - quality)


def gas_m3(
    steam_kg: Floats, enthalpy_kj_kg: Floats, calorific_value_mj_m3: Floats, load: Floats
) -> Floats:
    """Gas burnt for steam; `load` is the share of the boiler's capacity."""
    efficiency = EFFICIENCY * (1.0 - PART_LOAD_LOSS * (1.0 - np.clip(load, 0.0, 1.0)) ** 2)
    heat_mj = steam_kg * (enthalpy_kj_kg - FEED_WATER_KJ_KG) / 1000.0
    return np.asarray(heat_mj / efficiency / calorific_value_mj_m3)


def gas_m3_per_kg_steam() -> float:
    """Gas per kg of steam at nominal conditions and full load."""
    heat_kj = steam_enthalpy_kj_kg(STEAM_QUALITY) - FEED_WATER_KJ_KG
    return heat_kj / 1000.0 / EFFICIENCY / CALORIFIC_VALUE_MJ_M3
