"""Choosing drivers and training: how long they take, without a database.

python -m benchmarks.baselines_real
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.measuring import median_ms
from enms_core.analysis.baseline_model import train_model
from enms_core.analysis.driver_choice import choose_drivers
from tests.unit.baselines.demo_tables import demo_seus
from tests.unit.baselines.real_meters import METERS, WEATHER, year_of

NAMES = ("il-electricity-cdd-hdd-daily", "il-electricity-cdd-only-daily", "il-gas-hdd-only-daily")


def print_demo() -> None:
    """A year of hours of each SEU of the demo plant."""
    choosing, training = [], []
    for seu in demo_seus(1):
        candidates = tuple(seu.table.drivers)
        chosen = choose_drivers(seu.table, candidates)
        choosing.append(median_ms(lambda t=seu.table, c=candidates: choose_drivers(t, c), 5))
        training.append(median_ms(lambda t=seu.table, c=chosen: train_model(t, c), 5))
    for what, took_ms in (("choose drivers", choosing), ("train", training)):
        print(f"{what:15s} median {np.median(took_ms):6.1f} ms, slowest {max(took_ms):6.1f} ms")


def print_meters() -> None:
    """Days of real meters: which degree days, at which balance points."""
    if not METERS.exists():
        print("no real meters at hand")
        return
    for name in NAMES:
        year = year_of(name)
        chosen = choose_drivers(year, WEATHER, "day")
        statistics = train_model(year, chosen, "day").statistics
        assert statistics is not None
        choosing_ms = median_ms(lambda y=year: choose_drivers(y, WEATHER, "day"), 10)
        fit_ms = median_ms(lambda y=year, c=chosen: train_model(y, c, "day"), 10)
        told = f"CV(RMSE) {statistics.cvrmse_percent:5.2f} %"
        print(f"{name:30s} {told}, fit {fit_ms:5.1f} ms, choice {choosing_ms:5.1f} ms")


def measure(folder: Path) -> None:
    """Print medians [ms], and how well real meters are explained."""
    print_demo()
    print_meters()
