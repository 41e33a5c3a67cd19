"""Degree days from hours, and the balance points that explain a use best.

A balance point is the outdoor temperature from which on a building is heated or cooled. It is
looked for on a grid: first coarse, all pairs of heating and cooling at once from one matrix of
scalar products, then fine around the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from enms_core.analysis.hourly_table import Floats, Ints
from enms_core.domain.baseline import DriverKind

HOURS_PER_DAY = 24.0
COARSE_K = 1.0
FINE_K = 0.1
# Of the temperatures, a share on either side that a balance point needs to be seen from.
EDGE_SHARE = 0.05
# Below this share of its own length, what is left of a column beside the others says nothing.
NOTHING_LEFT = 1e-9


def degree_days(temperature_degc: Floats, base_degc: float, kind: DriverKind) -> Floats:
    """Degree days of hours [K day]: kelvins below (heating) or above (cooling) the base.

    >>> degree_days(np.array([4.0, 16.0, 30.0]), 16.0, "heating").tolist()
    [0.5, 0.0, 0.0]
    """
    sign = 1.0 if kind == "heating" else -1.0
    days: Floats = np.maximum(sign * (base_degc - temperature_degc), 0.0) / HOURS_PER_DAY
    return days


@dataclass(frozen=True)
class Weathered:
    """A driver that is counted in degree days. column: its values per sample at a base [°C]."""

    driver: str
    kind: DriverKind
    column: Callable[[float], Floats]


def fit_bases(
    weathered: Sequence[Weathered],
    others: Floats,
    target: Floats,
    temperature_degc: Floats,
) -> dict[str, float]:
    """The base temperatures of drivers with which a fit on them and `others` leaves least.

    others: samples x drivers. temperature_degc: of the hours, known ones only. All candidates have
    as many parameters, so the least squares are the least BIC. A cooling base is never below the
    heating base of the same fit.
    """
    if not weathered:
        return {}
    coarse = coarse_bases(temperature_degc)
    best = _best(weathered, others, target, [coarse] * len(weathered))
    around = np.arange(-COARSE_K + FINE_K, COARSE_K - FINE_K / 2, FINE_K)
    fine = [np.round(base + around, 1) for base in best]
    found = _best(weathered, others, target, fine)
    return {each.driver: base for each, base in zip(weathered, found, strict=True)}


def coarse_bases(temperature_degc: Floats) -> Floats:
    """The bases that are tried first: between those temperatures that only few hours are beyond."""
    low, high = np.quantile(temperature_degc, (EDGE_SHARE, 1.0 - EDGE_SHARE))
    return np.arange(np.floor(low), np.ceil(high) + COARSE_K / 2, COARSE_K)


def is_at_edge(base_degc: float, temperature_degc: Floats) -> bool:
    """Whether a fitted base is the first or last that was tried: the true one may lie beyond it.

    >>> [is_at_edge(base, np.arange(0.0, 101.0)) for base in (4.1, 5.0, 50.0, 95.9)]
    [True, True, False, True]
    """
    tried = coarse_bases(temperature_degc)
    return not tried[0] < base_degc < tried[-1]


def _best(
    weathered: Sequence[Weathered],
    others: Floats,
    target: Floats,
    grids: Sequence[Floats],
) -> tuple[float, ...]:
    """The combination of bases, one of each grid, whose fit leaves least."""
    pairs = zip(weathered, grids, strict=True)
    columns = [each.column(base) for each, grid in pairs for base in grid]
    stacked = np.column_stack([*columns, target])
    left = _beside(others, stacked)
    scalar = left.T @ left
    lengths = np.square(stacked - stacked.mean(axis=0)).sum(axis=0)
    usable = np.diagonal(scalar) > NOTHING_LEFT * lengths
    offsets = np.cumsum([0, *(len(grid) for grid in grids)])
    choices = [
        tuple(offset + place for offset, place in zip(offsets[:-1], places, strict=True))
        for places in product(*(range(len(grid)) for grid in grids))
        if _in_order(weathered, [grid[place] for grid, place in zip(grids, places, strict=True)])
    ]
    picked = np.array([choice for choice in choices if usable[list(choice)].all()], dtype=np.int64)
    if not len(picked):
        picked = np.array(choices[:1], dtype=np.int64)
    gains = explained(scalar, picked)
    chosen = picked[int(np.argmax(gains))]
    return tuple(
        float(grid[place - offset])
        for grid, place, offset in zip(grids, chosen, offsets[:-1], strict=True)
    )


def explained(scalar: Floats, picked: Ints) -> Floats:
    """Sums of squares of the last column that each set of columns explains.

    scalar: products of the columns with each other, the target last. picked: sets x columns.
    """
    inner = scalar[picked[:, :, None], picked[:, None, :]]
    scale = np.sqrt(np.einsum("sii->si", inner))
    scale[scale == 0.0] = 1.0
    inner = inner / (scale[:, :, None] * scale[:, None, :])
    inner += NOTHING_LEFT * np.eye(inner.shape[1])
    with_target = scalar[picked, -1] / scale
    solved = np.linalg.solve(inner, with_target[:, :, None])[:, :, 0]
    gains: Floats = (solved * with_target).sum(axis=1)
    return gains


def _beside(others: Floats, columns: Floats) -> Floats:
    """What is left of columns that is not explained by an intercept and the others."""
    centred = columns - columns.mean(axis=0)
    if not others.shape[1]:
        return np.asarray(centred)
    basis, _ = np.linalg.qr(others - others.mean(axis=0))
    left: Floats = centred - basis @ (basis.T @ centred)
    return left


def _in_order(weathered: Sequence[Weathered], bases: Sequence[float]) -> bool:
    of: Mapping[DriverKind, float] = {
        each.kind: base for each, base in zip(weathered, bases, strict=True)
    }
    return of.get("heating", -np.inf) <= of.get("cooling", np.inf)
