"""Re-seeded demo plants with baselines, and what is planted in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.demo.plant import Plant
from enms_core.demo.truths import PlantedTruth, TruthKind, planted_truths
from enms_core.domain.baseline import Model
from enms_core.domain.causes import Suspicion
from tests.unit.baselines.demo_tables import ANCHOR, demo_seus
from tests.unit.baselines.made_tables import part

IS_LONG = os.environ.get("ENMS_TEST_LONG") == "1"
SEEDS = range(1, 51 if IS_LONG else 5)
YEAR, DAYS, HISTORY = 365, 760, 364
RECENT_DAYS = 28
# On the year before all changes, or on the last one with the changes inside.
Training = Literal["before", "inside"]
SUSPECTED: dict[TruthKind, Suspicion] = {
    TruthKind.LEAK: "leak",
    TruthKind.NIGHT_RUNNING: "schedule",
    TruthKind.FOULING: "wear",
    TruthKind.RETROFIT: "gain",
}


@dataclass(frozen=True)
class Case:
    """An SEU's last 52 weeks, and its baseline as it would be trained unasked."""

    seed: int
    machine: str
    source: str
    history: HourlyTable
    model: Model

    @property
    def last_hour(self) -> int:
        return int(self.history.hours[-1]) + 1


def truths() -> tuple[PlantedTruth, ...]:
    """Those of which something must be found; the same in every plant."""
    return tuple(each for each in planted_truths(Plant(ANCHOR)) if each.kind in SUSPECTED)


def cases(
    seed: int,
    training: Training = "before",
    *,
    plain: bool = False,
    wanted: Callable[[str, str], bool] = lambda machine, source: True,
) -> Iterator[Case]:
    """The SEUs of a plant. wanted: of machine and source."""
    for seu in demo_seus(seed, plain=plain, days=DAYS):
        if not wanted(seu.machine, seu.source):
            continue
        end = len(seu.table)
        first = 0 if training == "before" else end - 24 * YEAR
        year = part(seu.table, first, first + 24 * YEAR)
        model = train_model(year, choose_drivers(year, tuple(year.drivers)))
        history = part(seu.table, end - 24 * HISTORY, end)
        yield Case(seed, seu.machine, seu.source, history, model)


def is_planted(machine: str, source: str) -> bool:
    """Whether a change of the machine's use of a source is planted; of the machine as a whole, it
    is that of its electricity."""
    return any(
        each.machine == machine and (each.energy_source or "electricity") == source
        for each in truths()
    )


def true_per_week(truth: PlantedTruth, case: Case) -> float:
    """Extra use in a week of the last four: of a share in the hours that are compared, of running
    at night against the plain plant."""
    table = case.history
    recent = table.hours >= case.last_hour - 24 * RECENT_DAYS
    weeks = RECENT_DAYS / 7.0
    if truth.kind is TruthKind.NIGHT_RUNNING:
        more = table.quantity - _plain(case).quantity
        return float(np.nansum(more[recent])) / weeks
    compared = compared_hours(case.model, table, recent)
    progress = truth.progress(4 * table.hours[compared.rows] + 2)
    healthy = compared.actual / (1.0 + truth.size * progress)
    known = float((recent & table.is_complete).sum()) / (24.0 * RECENT_DAYS)
    return truth.size * float(healthy.sum()) / weeks / known


def _plain(case: Case) -> HourlyTable:
    seus = demo_seus(case.seed, plain=True, days=HISTORY)
    return next(s.table for s in seus if (s.machine, s.source) == (case.machine, case.source))


def begin_hour(truth: PlantedTruth) -> int:
    return truth.quarters[0] // 4


def middle_hour(truth: PlantedTruth) -> int:
    """Half way of a drift; of a step its begin."""
    first, last = truth.quarters
    return int((first + last) / 8.0) if truth.kind is TruthKind.FOULING else first // 4


def noise(seed: int, count: int, rho: float = 0.0) -> NDArray[np.float64]:
    """Standard normal errors, each following the one before it."""
    chance = np.random.default_rng(seed).normal(0.0, 1.0, count)
    errors = np.empty(count)
    errors[0] = chance[0]
    for place in range(1, count):
        errors[place] = rho * errors[place - 1] + np.sqrt(1.0 - rho**2) * chance[place]
    return errors
