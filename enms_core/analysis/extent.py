"""Whether a prediction stays within what a model was trained on."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.hourly_table import Bools, Floats
from enms_core.domain.baseline import Extent, Model

# Beyond the range by up to this share of it is near.
NEAR_SHARE = 0.10
# Of many samples, this share may lie elsewhere before the sum does.
FEW_SHARE = 0.05
# Times the mean leverage p / n: from there on a combination of drivers is unusual.
UNUSUAL = 3.0


def extent_of(model: Model, design: Floats) -> tuple[Extent, tuple[str, ...]]:
    """Where samples lie, and the drivers that lie there: none where it is their combination.

    inside: of the ranges of all drivers; near: up to a tenth of a range beyond it, or together
    unusual (leverage above 3 p / n); outside: further. Of several samples up to one in twenty may
    lie further out. A model of which the ranges are unknown says inside.
    """
    if not len(design) or not model.drivers:
        return "inside", ()
    beyond = _beyond(model, design)
    for extent, share in (("outside", NEAR_SHARE), ("near", 0.0)):
        drivers = _where(model, _is_further(beyond, share))
        if drivers:
            return extent, drivers  # type: ignore[return-value]
    is_unusual = leverage(model, design.mean(axis=0)) > unusual_leverage(model)
    return ("near" if is_unusual else "inside"), ()


def leverage(model: Model, drivers: Floats) -> float:
    """h = x'(X'X)⁻¹x of values of the drivers; 0 where it is unknown.

    Its mean over the training samples is p / n.
    """
    statistics = model.statistics
    if statistics is None or not model.parameter_covariance or not statistics.rmse > 0.0:
        return 0.0
    point = np.concatenate([[1.0], drivers])
    variance = point @ np.array(model.parameter_covariance) @ point
    return float(variance / statistics.rmse**2)


def unusual_leverage(model: Model) -> float:
    """3 p / n, with p as many as there are coefficients."""
    samples = model.statistics.samples if model.statistics else 1
    return UNUSUAL * (1 + len(model.equation.terms)) / samples


def _beyond(model: Model, design: Floats) -> Floats:
    """How far each value lies beyond the range of its driver, as a share of the range."""
    known = [model.of(name) for name in model.equation.drivers]
    low = np.array([-np.inf if each is None else each.minimum for each in known])
    high = np.array([np.inf if each is None else each.maximum for each in known])
    width = np.where(np.isfinite(high - low) & (high > low), high - low, 1.0)
    distance: Floats = np.maximum(np.maximum(low - design, design - high), 0.0)
    return distance / width


def _is_further(beyond: Floats, share: float) -> Bools:
    further: Bools = (beyond > share).mean(axis=0) > FEW_SHARE
    return further


def _where(model: Model, chosen: Bools) -> tuple[str, ...]:
    return tuple(name for name, is_it in zip(model.equation.drivers, chosen, strict=True) if is_it)
