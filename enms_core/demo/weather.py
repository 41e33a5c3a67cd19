"""The weather of a site: season, time of day and passing fronts, autocorrelated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.demo.chance import Floats, Ints, Scales, stream, wander
from enms_core.demo.working_time import QUARTERS_PER_DAY

QUARTERS_PER_YEAR = 365.2425 * QUARTERS_PER_DAY
WARMEST_SHARE_OF_YEAR = 0.55  # about the 20th of July
WARMEST_SOLAR_HOUR = 15.0

# (quarter hours, weight): fronts last days, gusts and clouds hours.
FRONTS: Scales = ((960, 0.6), (384, 0.6), (144, 0.45), (24, 0.15))
CLOUDS: Scales = ((192, 0.8), (32, 0.6))
GUSTS: Scales = ((384, 0.5), (96, 0.7), (12, 0.5), (1, 0.2))
PRESSURE: Scales = ((960, 0.7), (288, 0.7))


@dataclass(frozen=True)
class Climate:
    """Temperatures of a region: yearly mean, and amplitudes of season, day and fronts [K]."""

    mean_degc: float
    season_k: float
    day_k: float
    fronts_k: float
    solar_offset_h: float


@dataclass(frozen=True)
class Weather:
    """Weather per quarter hour."""

    outdoor_temp_c: Floats
    outdoor_humidity_percent: Floats
    wind_speed_m_s: Floats
    air_pressure_bar: Floats


def weather(climate: Climate, seed: int, site: str, index: Ints) -> Weather:
    """The weather at a site; the same for the same seed, site and time."""
    season = _cycle(index, QUARTERS_PER_YEAR, WARMEST_SHARE_OF_YEAR)
    warmest = (WARMEST_SOLAR_HOUR - climate.solar_offset_h) / 24.0
    clouds = wander(stream(seed, site, "clouds"), index, CLOUDS)
    # Days swing more in summer and under a clear sky.
    swing = (1.0 + 0.4 * season) * np.clip(1.0 - 0.35 * clouds, 0.2, 1.8)
    day_part = climate.day_k * swing * _cycle(index, QUARTERS_PER_DAY, warmest)
    fronts = climate.fronts_k * wander(stream(seed, site, "fronts"), index, FRONTS)
    gusts = wander(stream(seed, site, "gusts"), index, GUSTS)
    pressure = wander(stream(seed, site, "air pressure"), index, PRESSURE)
    return Weather(
        outdoor_temp_c=climate.mean_degc + climate.season_k * season + day_part + fronts,
        outdoor_humidity_percent=np.clip(72.0 - 3.0 * day_part + 9.0 * clouds, 15.0, 100.0),
        wind_speed_m_s=np.clip(3.4 * np.exp(0.45 * gusts), 0.0, 30.0),
        air_pressure_bar=1.013 + 0.009 * pressure,
    )


def _cycle(index: Ints, length: float, peak: float) -> Floats:
    return np.asarray(np.cos(2.0 * np.pi * (index / length - peak)))
