"""Chance as a pure function of a key and a place in time, so that a top-up equals a new seeding.

Counter-based: the n-th value needs no value before it. Mixing function: splitmix64 (Steele, Lea,
Flood 2014, "Fast splittable pseudorandom number generators").
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Scales: TypeAlias = tuple[tuple[int, float], ...]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)


@lru_cache(maxsize=4096)
def stream(seed: int, *names: str | int) -> int:
    """Key of an independent stream of chance."""
    text = "\x1f".join(map(str, (seed, *names)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def uniform(key: int, index: Ints) -> Floats:
    """Uniform values in the open interval (0, 1), one per index."""
    z = np.uint64(key) + index.astype(np.uint64) * GOLDEN
    z = (z ^ (z >> np.uint64(30))) * MIX_1
    z = (z ^ (z >> np.uint64(27))) * MIX_2
    z = z ^ (z >> np.uint64(31))
    # 52 bits and a half: never exactly 0 or 1, where the normal quantile is infinite.
    return np.asarray(((z >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52)


def normal(key: int, index: Ints) -> Floats:
    """Standard normal values, one per index."""
    return np.asarray(ndtri(uniform(key, index)), dtype=np.float64)


def wander(key: int, index: Ints, scales: Scales) -> Floats:
    """Autocorrelated noise of mean 0 and variance 1.

    `scales` are pairs of correlation time (in steps of the index) and weight; `index` ascends.
    """
    total = np.zeros(len(index))
    for scale, weight in scales:
        total += weight * _smooth(stream(key, scale), index, scale)
    return total / float(np.sqrt(sum(weight**2 for _, weight in scales)))


def _smooth(key: int, index: Ints, scale: int) -> Floats:
    """Normal values at every `scale` steps, blended in between so that the variance stays 1."""
    knot = index // scale
    values = normal(key, np.arange(knot[0], knot[-1] + 2))
    left = knot - knot[0]
    phase = (index - knot * scale) / scale
    blend = phase * phase * (3.0 - 2.0 * phase)
    mixed = (1.0 - blend) * values[left] + blend * values[left + 1]
    return np.asarray(mixed / np.sqrt((1.0 - blend) ** 2 + blend**2))
