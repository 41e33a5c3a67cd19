"""Real meters by the day with the temperature of each hour, as tables; from where they lie."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from enms_core.analysis.hourly_table import HourlyTable
from tests.unit.baselines.made_tables import COOLING, HEATING, made

METERS = Path(__file__).resolve().parents[4] / "shared" / "data" / "eemeter"
LAST_DAY, DAYS = date(2016, 12, 26), 365
WEATHER = ("heating", "cooling")


def year_of(name: str) -> HourlyTable:
    """The last year of a meter; what was used on a day is spread over its hours."""
    first = LAST_DAY - timedelta(days=DAYS)
    use = {day: value for day, value in _rows(name) if first <= day < LAST_DAY}
    hours = [(day, value) for day, value in _rows("il-tempF") if first <= day < LAST_DAY]
    day = np.array([(day - first).days for day, _ in hours])
    degc = (np.array([value for _, value in hours]) - 32.0) / 1.8
    per_hour = np.array([use[day] for day, _ in hours]) / np.bincount(day)[day]
    table = made(per_hour, dict.fromkeys(WEATHER, degc), (HEATING, COOLING))
    return replace(table, local_day=day)


def _rows(name: str) -> list[tuple[date, float]]:
    with gzip.open(METERS / f"{name}.csv.gz", "rt") as file:
        read = list(csv.reader(file))[1:]
    return [(datetime.fromisoformat(stamp).date(), float(value)) for stamp, value in read]
