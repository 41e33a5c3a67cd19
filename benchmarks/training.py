"""Training baselines and answering about them: database, fit and storing together.

On the demo plant: one SEU on a year of hours, the whole factory by the command, answers through the
engine. On a plant of its own: a year of readings by the minute beside the same year by 15 minutes.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from benchmarks.demo_plant import seeded
from benchmarks.measuring import p95, quantiles, samples_ms
from benchmarks.plant import END, Plant, days_back, fill, opened
from enms_core.domain.baseline_answers import Trained
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.services.engine import Engine
from enms_core.services.request import Request
from enms_core.services.seus import all_seus
from enms_core.services.training import TrainingOrder, train
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.settings import Settings
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.store import Store

REPEATS = 20
COMMAND_RUNS = 3
MOST_TRAINING_MS, MOST_COMMAND_S, MOST_ANSWER_MS = 300, 4, 60
# Answered from what is stored of models; then from readings too.
QUESTIONS = (
    "which baselines are there",
    "explain the baseline of compressor one",
    "how much energy should the conveyor use at 500 units",
)
QUESTIONS_OF_READINGS = (
    "how much energy should compressor one use today",
    "how much energy should hvac main have used last week",
)
DIALOGUE = (
    "train a baseline for electricity on compressor one using production count and outdoor"
    " temperature for the last {days} days",
    "yes",
)
COMMAND = "import sys; from enms_cli.main import main; sys.exit(main())"
# An SEU of one machine, with the weather of its site as driver.
SEU = """
INSERT INTO energy_source_features (energy_source_id, feature_name, data_type, source_table,
                                    source_column, aggregation_function, is_regression_feature)
SELECT id, 'outdoor_temp_c', 'numeric', 'site_weather', 'outdoor_temp_c', 'AVG', true
FROM energy_sources WHERE name = 'electricity' ON CONFLICT DO NOTHING;
INSERT INTO seus (name, energy_source_id, machine_ids)
SELECT 'Machine-1 electricity', s.id, ARRAY[m.id]
FROM machines AS m, energy_sources AS s WHERE m.name = 'Machine-1' AND s.name = 'electricity';
INSERT INTO machine_status_history (machine_id, time, mode, is_running)
SELECT id, '2020-01-01Z', 'running', true FROM machines
"""
WEATHER = """
INSERT INTO site_weather (factory_id, time, outdoor_temp_c, is_forecast)
SELECT f.id, t, 10 + 10 * sin(extract(epoch FROM t) / 86400), false
FROM factories AS f, generate_series($1::timestamptz, $2::timestamptz - interval '1 hour',
                                     interval '1 hour') AS t
"""
MINUTE, QUARTER = Plant("by the minute", 365, 60), Plant("by 15 minutes", 365, 900)


def measure(folder: Path) -> None:
    """Print what each takes, beside its bar."""
    demo = folder / "demo"
    os.environ["ENMS_DATA_DIR"] = str(demo)
    asyncio.run(_on_the_demo_plant(Settings(data_dir=demo)))
    _measure_command()
    asyncio.run(_measure_intervals(folder))


async def _on_the_demo_plant(settings: Settings) -> None:
    now = datetime.now(timezone.utc)
    store = await seeded(settings, now)
    catalogue = await load_catalogue(store.registers)
    await _measure_seus(store, catalogue, now)
    await _measure_answers(settings)
    await store.close()


async def _measure_seus(store: Store, catalogue: Catalogue, now: datetime) -> None:
    """Each SEU with the drivers that were chosen for it, and choosing them too."""
    print(f"{'training on a year of hours':34} {'loading':>12} {'named':>12} {'chosen':>12}  ms")
    named_ms: list[float] = []
    for of in all_seus(catalogue):
        order = await _order(of, store, catalogue, now)
        chosen = await train(order, store, catalogue, store.settings)
        if not isinstance(chosen, Trained):
            print(f"{of.seu.name:34} {chosen.outcome}")
            continue
        drivers = chosen.baseline.model.equation.drivers
        named, later = replace(order, drivers=drivers), count(1)
        loading = await samples_ms(_loading(store, catalogue, named), REPEATS)
        with_names = await samples_ms(_training(store, catalogue, named, later), REPEATS)
        choosing = await samples_ms(_training(store, catalogue, order, later), REPEATS // 4)
        named_ms += with_names
        cells = (quantiles(each) for each in (loading, with_names, choosing))
        print(f"{of.seu.name:34} " + " ".join(f"{cell:>12}" for cell in cells))
    print(f"named, all: median {statistics.median(named_ms):.0f} ms, 95th percentile")
    print(f"  {p95(named_ms):.0f} ms (at most {MOST_TRAINING_MS})")


async def _order(
    of: SeuOfSource, store: Store, catalogue: Catalogue, now: datetime
) -> TrainingOrder:
    """The last twelve months, with drivers to be chosen."""
    span = await known_span(of, store, catalogue, now)
    assert span is not None
    period = last_twelve_months(now, span)
    assert period is not None
    return TrainingOrder(of, None, period, "benchmark")


def _training(
    store: Store, catalogue: Catalogue, order: TrainingOrder, later: Iterator[int]
) -> Callable[[], Awaitable[object]]:
    """Each time from so many hours later on: what is the same as before is not stored again."""

    async def once() -> None:
        start = order.period.start + timedelta(hours=next(later))
        period = Period(start, order.period.end)
        answer = await train(replace(order, period=period), store, catalogue, store.settings)
        assert isinstance(answer, Trained) and not answer.is_unchanged, answer

    return once


def _loading(
    store: Store, catalogue: Catalogue, order: TrainingOrder
) -> Callable[[], Awaitable[object]]:
    return lambda: load_hours(store.readings, catalogue, order.of, order.drivers, order.period)


async def _measure_answers(settings: Settings) -> None:
    """Answers about baselines, and a training with its confirmation."""
    engine = Engine(settings, Store(settings))
    print(f"\n{'answers through the engine':58} median/95th ms")
    for question in (*QUESTIONS, *QUESTIONS_OF_READINGS):
        found = await samples_ms(_asking(engine, question), REPEATS)
        reply = await engine.ask(Request(question, "en-us"))
        bar = f" (at most {MOST_ANSWER_MS})" if question in QUESTIONS else ""
        print(f"{question:58} {quantiles(found):>12}  {reply.outcome}{bar}")
    found = await samples_ms(_talking(engine), REPEATS // 2)
    print(f"{'trained in one sentence, and a yes':58} {quantiles(found):>12}")
    await engine.close()


def _asking(engine: Engine, question: str) -> Callable[[], Awaitable[object]]:
    return lambda: engine.ask(Request(question, "en-us"))


def _talking(engine: Engine) -> Callable[[], Awaitable[object]]:
    days = count(364, -1)

    async def talk() -> None:
        number = next(days)
        for text in DIALOGUE:
            reply = await engine.ask(Request(text.format(days=number), "en-us", "benchmark"))
        assert reply.intent == "baseline_train" and reply.outcome == "answered", reply.speech

    return talk


def _measure_command() -> None:
    """The process, from its start to its end."""
    print("\nenms train --all, the whole process")
    for run in range(1, COMMAND_RUNS + 1):
        # Another day each time: what is the same as before is not stored again.
        begin = datetime.now(timezone.utc).date() - timedelta(days=364 - run)
        command = [sys.executable, "-c", COMMAND, "train", "--all", "--from", str(begin)]
        started = time.perf_counter()
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        last = ended.stdout.splitlines()[-1:] or ended.stderr.splitlines()[-1:]
        seconds = time.perf_counter() - started
        print(f"  run {run}: {seconds:.1f} s (at most {MOST_COMMAND_S}), {last[0]}")


async def _measure_intervals(folder: Path) -> None:
    """The same year of one machine, by the minute and by 15 minutes."""
    print(f"\n{'a year of readings':34} {'rows':>9} {'loading':>12} {'training':>12}  ms")
    medians = {plant: await _measure_interval(folder, plant) for plant in (QUARTER, MINUTE)}
    print(f"ratio of training: {medians[MINUTE] / medians[QUARTER]:.2f}")


async def _measure_interval(folder: Path, plant: Plant) -> float:
    """The median of training [ms]."""
    at = await opened(folder / f"every-{plant.interval_s}", plant.interval_s)
    store = at.store
    async with store.readings.connection() as connection:
        await connection.execute(SEU)
        await connection.execute(WEATHER, *days_back(plant.days))
        await fill(connection, plant, at.machines[:1], range(plant.days), statuses=False)
    await store.refresh_rollups()
    catalogue = await load_catalogue(store.registers)
    (of,) = all_seus(catalogue)
    period = Period(END - timedelta(days=plant.days), END)
    order = TrainingOrder(of, ("outdoor_temp_c",), period, "benchmark")
    answer = await train(order, store, catalogue, store.settings)
    assert isinstance(answer, Trained), answer
    loading = await samples_ms(_loading(store, catalogue, order), REPEATS)
    training = await samples_ms(_training(store, catalogue, order, count(1)), REPEATS)
    await store.close()
    rows = plant.days * 86_400 // plant.interval_s
    print(f"{plant.name:34} {rows:9,} {quantiles(loading):>12} {quantiles(training):>12}")
    return statistics.median(training)
