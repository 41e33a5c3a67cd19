"""Years of an SEU with a driver that has nothing to do with its use, however alike they move."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]
DAYS = 365
HOURS = 24 * DAYS


class Year(NamedTuple):
    """Use that follows the first driver only; the second is useless."""

    design: Floats
    target: Floats
    position: NDArray[np.int64]

    @property
    def day(self) -> NDArray[np.int64]:
        """Days of hourly samples."""
        return self.position // 24


def autoregressive(chance: np.random.Generator, samples: int, rho: float) -> Floats:
    """A stationary series of variance 1 whose values have the lag-1 correlation rho."""
    steps = chance.normal(size=samples) * np.sqrt(1 - rho**2)
    steps[0] /= np.sqrt(1 - rho**2)
    series: Floats = lfilter([1.0], [1.0, -rho], steps)
    return series


def four_drivers(samples: int = 730) -> tuple[Floats, Floats]:
    """Four drivers, two of them much alike, and a use whose residuals follow one another."""
    chance = np.random.default_rng(21)
    design = chance.normal(size=(samples, 4)) * [30, 5, 1, 0.1] + [100, 12, 0, 1]
    design[:, 2] += 0.1 * design[:, 1]
    target = 500 + design @ [2.0, -1.5, 4.0, 30.0] + 12 * autoregressive(chance, samples, 0.5)
    return design, target


def days(chance: np.random.Generator, rho: float) -> Year:
    """Days without a gap."""
    made, useless, noise = chance.normal(size=DAYS), *(_pair(chance, DAYS, rho))
    return Year(np.column_stack([made, useless]), 40 + 2 * made + noise, np.arange(DAYS))


def days_with_gaps(chance: np.random.Generator, rho: float) -> Year:
    """Days of which weekends, and stops of some days, are missing."""
    runs = np.arange(DAYS) % 7 < 5
    for start in chance.integers(0, DAYS, 12):
        runs[start : start + chance.integers(1, 8)] = False
    return _cut(days(chance, rho), runs)


def hours(chance: np.random.Generator, rho: float) -> Year:
    """Hours: use and the useless driver have a daily cycle with a mean of its own, whose height
    and time wander from day to day, beside what follows from hour to hour."""
    made = np.repeat(chance.integers(0, 2, DAYS), 24) + 0.3 * chance.normal(size=HOURS)
    useless, noise = _pair(chance, HOURS, rho)
    useless += _wandering_cycle(chance)
    noise += _wandering_cycle(chance)
    return Year(np.column_stack([made, useless]), 40 + 2 * made + noise, np.arange(HOURS))


def hours_with_gaps(chance: np.random.Generator, rho: float) -> Year:
    """Hours of which short faults and longer stops are missing, at any time of the day."""
    runs = np.ones(HOURS, bool)
    for count, shortest, longest in ((80, 1, 9), (30, 8, 80)):
        for start in chance.integers(0, HOURS, count):
            runs[start : start + chance.integers(shortest, longest)] = False
    return _cut(hours(chance, rho), runs)


def shifts_with_gaps(chance: np.random.Generator, rho: float) -> Year:
    """The same where nights and weekends are missing as well."""
    year = hours_with_gaps(chance, rho)
    hour, weekday = year.position % 24, year.position // 24 % 7
    return _cut(year, (hour >= 6) & (hour < 22) & (weekday < 5))


def _pair(chance: np.random.Generator, samples: int, rho: float) -> tuple[Floats, Floats]:
    return autoregressive(chance, samples, rho), autoregressive(chance, samples, rho)


def _wandering_cycle(chance: np.random.Generator) -> Floats:
    """A cycle about 1.5 high, with sine and cosine that wander by 1 with a lag-1 of 0.8."""
    sine, cosine = (np.repeat(autoregressive(chance, DAYS, 0.8), 24) for _ in range(2))
    angle = 2 * np.pi * np.arange(HOURS) / 24
    cycle: Floats = (1.5 + sine) * np.sin(angle) + cosine * np.cos(angle)
    return cycle


def _cut(year: Year, runs: NDArray[np.bool_]) -> Year:
    return Year(year.design[runs], year.target[runs], year.position[runs])
