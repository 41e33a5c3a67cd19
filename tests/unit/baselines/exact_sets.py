"""Sets that are hard on arithmetic: drivers, use, and whether the fit has an intercept."""

from __future__ import annotations

import numpy as np

from tests.unit.baselines.exact_fit import Floats
from tests.unit.baselines.nist_sets import filip, powers


def hilbert() -> tuple[Floats, Floats, bool]:
    design = np.array([[1 / (row + column + 1) for column in range(6)] for row in range(20)])
    return design, np.sin(np.arange(20.0)), False


def hilbert_with_intercept() -> tuple[Floats, Floats, bool]:
    design, target, _ = hilbert()
    return design[:, :5], 1e6 + target, True


def polynomial() -> tuple[Floats, Floats, bool]:
    design = powers(np.arange(31.0), 7)
    return design, design.sum(axis=1) + 1e9 * np.cos(np.arange(31.0) ** 2), True


def nearly_collinear() -> tuple[Floats, Floats, bool]:
    chance = np.random.default_rng(3)
    first, second = chance.normal(20, 5, (2, 30))
    design = np.column_stack([first, second, first - second + 1e-7 * chance.normal(size=30)])
    return design, design @ [2.0, -1.0, 1.0] + chance.normal(size=30), True


def different_scales() -> tuple[Floats, Floats, bool]:
    chance = np.random.default_rng(4)
    scales = 10.0 ** np.array([-12, -6, 0, 6, 12])
    design = chance.normal(3, 1, (40, 5)) * scales
    return design, (design / scales).sum(axis=1) + chance.normal(size=40), True


def different_scales_through_the_origin() -> tuple[Floats, Floats, bool]:
    design, target, _ = different_scales()
    return design, target, False


def far_from_zero() -> tuple[Floats, Floats, bool]:
    chance = np.random.default_rng(5)
    design = 1e9 + chance.integers(0, 50, (30, 3)).astype(float)
    return design, 1e12 + design @ [1.0, 2.0, 3.0] + chance.normal(size=30), True


def one_driver_hardly_counts() -> tuple[Floats, Floats, bool]:
    chance = np.random.default_rng(6)
    design = chance.normal(0, 1, (30, 2))
    return design, design @ [1e6, 1e-3] + np.round(chance.normal(size=30), 3), True


def filip_in_doubles() -> tuple[Floats, Floats, bool]:
    """As NIST's, its powers rounded to doubles."""
    reference = filip()
    return reference.design, reference.target, True


EXACT = [
    hilbert,
    hilbert_with_intercept,
    polynomial,
    nearly_collinear,
    different_scales,
    different_scales_through_the_origin,
    far_from_zero,
    one_driver_hardly_counts,
    filip_in_doubles,
]
