"""What the drivers add to a use, against the means of the training period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.analysis.hourly_table import Bools, HourlyTable
from enms_core.analysis.prediction import predictable
from enms_core.analysis.training_hours import ran
from enms_core.domain.baseline import Model
from enms_core.domain.causes import Contribution


@dataclass(frozen=True)
class Explained:
    """actual = usual + Σ contributions + rest, over the hours compared."""

    usual: float
    contributions: tuple[Contribution, ...]
    rest: float


def contributions_of(model: Model, table: HourlyTable, mask: Bools) -> Explained:
    """Coefficient times the difference of each driver from its mean of the training samples, summed
    over the samples of the hours in mask, the largest first.

    Where means are unknown (models of other programs), nothing is told apart: usual is what is
    expected.
    """
    wanted = mask & ran(table, model.equation.drivers) & table.is_complete
    samples = predictable(model.equation, table, wanted & np.isfinite(table.quantity))
    design, terms = samples.design(model.equation), model.equation.terms
    known = [model.of(term.driver) for term in terms]
    coefficients = np.array([term.coefficient for term in terms])
    expected = len(samples) * model.equation.intercept + float(design.sum(axis=0) @ coefficients)
    rest = float(samples.use.sum()) - expected
    if not len(samples) or any(each is None for each in known):
        return Explained(expected, (), rest)
    usual = np.array([each.mean for each in known if each is not None])
    means = design.mean(axis=0)
    added = len(samples) * coefficients * (means - usual)
    told = [
        Contribution(term.driver, float(quantity), float(mean), float(before))
        for term, quantity, mean, before in zip(terms, added, means, usual, strict=True)
    ]
    ranked = tuple(sorted(told, key=lambda each: -abs(each.quantity)))
    return Explained(expected - float(added.sum()), ranked, rest)
