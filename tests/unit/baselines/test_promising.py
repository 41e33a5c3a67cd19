"""Which of many candidates for drivers are compared, and what that costs."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.degree_days import degree_days
from enms_core.analysis.driver_choice import choose_drivers
from enms_core.analysis.promising import MANY, promising
from enms_core.analysis.subset_search import Columns, columns_of
from tests.unit.baselines.made_tables import COOLING, HEATING, made

Floats = NDArray[np.float64]
HOURS = 24 * 365
SIXTY = 58  # and two kinds of degree days


def outdoor() -> Floats:
    hour = np.arange(HOURS)
    seasons = -9.0 * np.cos(2.0 * np.pi * hour / HOURS)
    days = -4.0 * np.cos(2.0 * np.pi * hour / 24.0)
    fronts = np.repeat(np.random.default_rng(2).normal(0.0, 4.0, HOURS // 48 + 1), 48)[:HOURS]
    return np.asarray(11.0 + seasons + days + fronts)


def features(amount: int) -> dict[str, Floats]:
    chance = np.random.default_rng(3)
    return {f"d{n}": chance.normal(0.0, 1.0, HOURS) for n in range(amount)}


def test_the_drivers_are_found_among_sixty_candidates_in_little_time_and_memory() -> None:
    temperature, columns = outdoor(), features(SIXTY)
    use = 50.0 + 3.0 * np.maximum(14.0 - temperature, 0.0) + np.maximum(temperature - 18.0, 0.0) * 4
    use += 2.0 * columns["d7"] + 3.0 * columns["d56"]
    use += np.random.default_rng(4).normal(0.0, 2.0, HOURS)
    drivers = {**columns, "heating": temperature, "cooling": temperature}
    table = made(use, drivers, (HEATING, COOLING))

    started = time.process_time()
    chosen = choose_drivers(table, tuple(drivers))
    took_s = time.process_time() - started
    tracemalloc.start()
    again = choose_drivers(table, tuple(drivers))
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert chosen == again == ("d7", "d56", "heating", "cooling")
    assert took_s < 3.0  # 28 s where all compete with all
    assert most_bytes < 200e6


def columns(use: Floats, *candidates: list[Floats]) -> Columns:
    return columns_of(candidates, use)


def test_twelve_candidates_all_compete_and_of_more_the_twelve_that_tell_most() -> None:
    plain = [[each] for each in features(MANY + 8).values()]
    use = np.sum([(n + 1) * each[0] for n, each in enumerate(plain)], axis=0)

    few = columns(use, *plain[:MANY])
    many = promising(columns(use, *plain), 4)

    assert promising(few, 4).of == few.of
    assert many.of == tuple(range(8, MANY + 8))
    np.testing.assert_array_equal(many.values[:, 1:-1], columns(use, *plain).values[:, 9:-1])


def test_what_tells_nothing_alone_but_much_beside_the_best_competes() -> None:
    *others, _, hidden = features(30).values()
    line = hidden - hidden.mean()
    use = others[0] - line * float(others[0] @ line) / float(line @ line)
    rivals = [[each + 0.05 * use] for each in others[1:]]

    kept = promising(columns(use, *rivals, [use + 0.8 * hidden], [hidden]), 4)

    assert abs(np.corrcoef(use, hidden)[0, 1]) < 1e-12
    assert {27, 28} <= set(kept.of)


def test_heating_and_cooling_compete_where_each_needs_the_other() -> None:
    temperature = outdoor()
    use = 3.0 * np.abs(temperature - 11.0)
    bases = np.arange(0.0, 25.0)
    heating = [degree_days(temperature, base, "heating") for base in bases]
    cooling = [degree_days(temperature, base, "cooling") for base in bases]
    rivals = [[each + 0.5 * use] for each in features(30).values()]

    kept = promising(columns(use, *rivals, heating, cooling), 4)

    assert {30, 31} <= set(kept.of)


def test_of_many_degree_days_no_more_compete_than_can_be_compared() -> None:
    temperature = outdoor()
    chance = np.random.default_rng(8)
    meters = [temperature + chance.normal(0.0, 3.0, HOURS) for _ in range(6)]
    bases = np.arange(-5.0, 30.0)
    of_meters = [[degree_days(each, base, "heating") for base in bases] for each in meters]
    use = degree_days(meters[4], 14.0, "heating")

    kept = promising(columns(use, *of_meters), 4)

    assert 4 in kept.of
    assert len(set(kept.of)) == 3
