"""A second computation of what a plan saved by a baseline: SQL over the rows, and arithmetic on
their hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import fsum, log, sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from scipy.special import stdtrit

from enms_core.domain.baseline import Model, ModelStatistics
from enms_core.domain.baseline_answers import Trained
from enms_core.services.seus import all_seus
from enms_core.services.training import TrainingOrder, train
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.storage.baselines import baselines_of
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import PLANT_TEMPLATE, own_database, run_on
from tests.core.conftest import execute
from tests.core.test_baseline_cli import Ran, enms

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@dataclass(frozen=True)
class Case:
    """A plan of a machine, and when it was trained for, made and completed."""

    machine: str
    drivers: tuple[str, ...]
    trained: datetime
    made: datetime
    completed: datetime
    title: str | None = None

    @property
    def seu(self) -> str:
        return f"{self.machine} electricity"


@contextmanager
def plant_copied(server_url: str, folder: Path, cases: Sequence[Case]) -> Iterator[str]:
    """A plant of a file's own, with the baselines of some cases; the commands work on it."""
    with (
        own_database(server_url, PLANT_TEMPLATE) as url,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("ENMS_DATABASE_URL", url)
        patch.setenv("ENMS_DATA_DIR", str(folder / "data"))
        for case in cases:
            trained(url, case)
        yield url


def trained(url: str, case: Case) -> None:
    async def work(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        of = next(each for each in all_seus(catalogue) if each.seu.name == case.seu)
        span = await known_span(of, store, catalogue, case.trained)
        period = last_twelve_months(case.trained, span) if span is not None else None
        assert period is not None
        order = TrainingOrder(of, case.drivers, period, "Ada", activate=True)
        return await train(order, store, catalogue, store.settings)

    assert isinstance(run_on(url, work), Trained)


def plan(*arguments: str, at: datetime) -> dict:
    """Run a command at an instant; what it prints."""
    ran: Ran = enms("plan", *arguments, "--json", "--now", at.isoformat())
    assert (ran.code, ran.err) == (0, "")
    [told] = ran.objects
    return told


def made(url: str, case: Case) -> dict:
    """The plan, made at its time also by the clock of the database."""
    title = ("--title", case.title) if case.title else ()
    told = plan("create", case.machine, *title, at=case.made)
    execute(url, "UPDATE action_plans SET created_at = %s", case.made)
    return told


USED = """
SELECT date_trunc('hour', r.time, 'UTC'), sum(r.energy_kwh), count(*)
FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id
WHERE m.name = %(machine)s AND r.time >= %(start)s AND r.time < %(end)s GROUP BY 1
"""
METERS = """
SELECT k.valid_from, k.valid_to, k.nominal_interval_seconds FROM meters AS k
JOIN machines AS m ON m.id = k.machine_id JOIN energy_sources AS s ON s.id = k.energy_source_id
WHERE m.name = %(machine)s AND s.name = 'electricity'
"""
STATUS = """
SELECT h.time, lead(h.time) OVER (ORDER BY h.time), h.is_running
FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
WHERE m.name = %(machine)s
"""
DRIVERS = {
    "production_count": """
        SELECT date_trunc('hour', p.time, 'UTC'), sum(p.production_count)
        FROM production_data AS p JOIN machines AS m ON m.id = p.machine_id
        WHERE m.name = %(machine)s AND p.time >= %(start)s AND p.time < %(end)s GROUP BY 1""",
    "outdoor_temp_c": """
        SELECT date_trunc('hour', quarter, 'UTC'), avg(celsius) FROM (
            SELECT date_bin('15 minutes', w.time, '2020-01-01Z') AS quarter,
                   avg(w.outdoor_temp_c) AS celsius
            FROM site_weather AS w JOIN machines AS m ON m.factory_id = w.factory_id
            WHERE m.name = %(machine)s AND NOT w.is_forecast
              AND w.time >= %(start)s AND w.time < %(end)s GROUP BY 1) AS q
        GROUP BY 1""",
}


@dataclass(frozen=True)
class Stretch:
    """Sums over the hours of a stretch of time that can be compared, n of them."""

    actual: float
    expected: float
    hours: int

    @property
    def excess(self) -> float:
        return (self.actual - self.expected) / self.hours


def stretch(url: str, case: Case, model: Model, start: datetime, end: datetime) -> Stretch:
    """Hours of running all through, with all their readings and drivers, held against the
    equation."""
    asked = {"machine": case.machine, "start": start, "end": end}
    with psycopg.connect(url) as connection:
        used = {hour: (float(kwh), n) for hour, kwh, n in connection.execute(USED, asked)}
        meters = list(connection.execute(METERS, asked))
        stood = [(a, b) for a, b, ran in connection.execute(STATUS, asked) if not ran]
        columns = {
            name: {hour: float(value) for hour, value in connection.execute(DRIVERS[name], asked)}
            for name in case.drivers
        }

    def is_whole(hour: datetime, count: int) -> bool:
        """Its meter's readings, all of them, by a meter in service all through."""
        return any(
            begun <= hour and (ended is None or hour + HOUR <= ended) and count * seconds >= 3600
            for begun, ended, seconds in meters
        )

    terms = {term.driver: term.coefficient for term in model.equation.terms}
    assert set(terms) == set(case.drivers)
    actual, expected = [], []
    for hour, (kwh, count) in used.items():
        is_running = not any(
            began < hour + HOUR and (ended is None or hour < ended) for began, ended in stood
        )
        known = all(hour in columns[name] for name in terms)
        if is_running and known and is_whole(hour, count):
            drivers = fsum(terms[name] * columns[name][hour] for name in terms)
            actual.append(kwh)
            expected.append(model.equation.intercept + drivers)
    return Stretch(fsum(actual), fsum(expected), len(actual))


def half(statistics: ModelStatistics, found: Stretch) -> float:
    """1.26 t CV sqrt(n / n' (1 + 2 / n') / m) of the expected use, with 90 %."""
    n, m = float(statistics.samples), float(found.hours)
    effective = effective_samples(statistics)
    t = float(stdtrit(max(effective - statistics.parameters, 1.0), 0.95))
    scatter = sqrt(n / effective * (1.0 + 2.0 / effective) / m)
    return 1.26 * t * statistics.cvrmse_percent / 100.0 * scatter * abs(found.expected)


def effective_samples(statistics: ModelStatistics) -> float:
    """n': n (1 - rho) / (1 + rho), or n / (1 + 2 Σ r) with the correlations that no chance makes,
    between the lags that are known along the logarithm, where that is less."""
    n = float(statistics.samples)
    chance = 2.0 / sqrt(n)
    known = [(lag, r if abs(r) > chance else 0.0) for lag, r in statistics.autocorrelation]
    total = known[0][1]
    for (near, r_near), (far, r_far) in pairwise(known):
        for lag in range(near + 1, far + 1):
            way = (log(lag) - log(near)) / (log(far) - log(near))
            total += r_near + way * (r_far - r_near)
    assert known[0][0] == 1
    of_rho = n * (1.0 - statistics.rho) / (1.0 + statistics.rho)
    return min(of_rho, n / max(1.0 + 2.0 * total, 1.0), n)


def version(url: str, case: Case, number: int) -> Model:
    async def work(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        [seu] = [each for each in catalogue.seus if each.name == case.seu]
        return (await baselines_of(store.readings, [seu.id]))[seu.id]

    known = run_on(url, work)
    return next(each.model for each in known if each.version == number)  # type: ignore[attr-defined]
