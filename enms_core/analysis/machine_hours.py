"""Columns of several machines (one row a machine, one column an hour) as one column of all."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.hourly_table import Bools, Floats


def summed(values: Floats, is_there: Bools) -> Floats:
    """Sums over machines. is_there: machines that ever told a value; the others add nothing.

    Where one of those told nothing, the sum is unknown.

    >>> summed(np.array([[1.0, 2.0], [4.0, np.nan], [np.nan, np.nan]]), np.array([1, 1, 0]) > 0)
    array([ 5., nan])
    """
    told = values[is_there]
    total: Floats = told.sum(axis=0) if len(told) else np.full(values.shape[1], np.nan)
    return total


def averaged(values: Floats, weights: Floats) -> Floats:
    """Means over the machines that told a value, by how long their values stand for.

    >>> averaged(np.array([[1.0, 5.0], [4.0, np.nan]]), np.array([[3600.0, 900.0], [1800.0, 0.0]]))
    array([2., 5.])
    """
    is_told = np.isfinite(values) & (weights > 0)
    total = np.where(is_told, weights, 0.0).sum(axis=0)
    area = np.where(is_told, values * weights, 0.0).sum(axis=0)
    mean: Floats = np.divide(area, total, out=np.full(len(total), np.nan), where=total > 0)
    return mean


def lowest(values: Floats) -> Floats:
    """The least value told by a machine."""
    least: Floats = np.fmin.reduce(values, axis=0, initial=np.nan)
    return least


def highest(values: Floats) -> Floats:
    """The greatest value told by a machine."""
    greatest: Floats = np.fmax.reduce(values, axis=0, initial=np.nan)
    return greatest
