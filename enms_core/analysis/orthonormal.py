"""Orthonormal columns that span the same as others; those that depend on others drop out."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.hourly_table import Floats

# Squares of what is left of a column of length one beside the others, to count as one of its own.
LEFT = 1e-10


def orthonormal(columns: Floats) -> Floats:
    """As many columns as are independent, from the eigenvectors of their scalar products.

    >>> orthonormal(np.array([[1.0, 2.0], [1.0, 2.0]])).shape
    (2, 1)
    """
    lengths = np.sqrt(np.einsum("ij,ij->j", columns, columns))
    even = columns[:, lengths > 0.0] / lengths[lengths > 0.0]
    values, vectors = np.linalg.eigh(even.T @ even)
    kept = values > LEFT
    basis: Floats = even @ (vectors[:, kept] / np.sqrt(values[kept]))
    return basis


def beside(columns: Floats, basis: Floats) -> Floats:
    """What is left of columns (or one) beside an orthonormal basis."""
    left: Floats = columns - basis @ (basis.T @ columns)
    return left
