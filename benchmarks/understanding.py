"""Understanding alone, without a database and without OVOS: how long a sentence takes, how long
the start, and how much memory it needs.

The sentences are those of `tests/sentences/<lang>/<intent>.yaml`. A start is a process of its own,
timed from where numpy and scikit-learn are imported to the first sentence understood.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid5

import yaml

from benchmarks.measuring import p95, quantiles
from enms_core.demo.plant import NAMESPACE
from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.domain.intents import INTENTS
from enms_core.language.files import languages
from enms_core.language.model import language_model
from enms_core.language.understand import Interpreter
from tests.unit.catalogues import demo_catalogue

SENTENCES = Path(__file__).parents[1] / "tests" / "sentences"
STARTS = 3
MANY_MACHINES = 200
# Kinds of the machines that the large plant has besides those of the demo plant.
KINDS = ("Boiler", "Chiller", "Compressor", "Fan", "Lathe", "Press", "Pump", "Robot")


def measure(folder: Path) -> None:
    """Print speed, start and memory of each language."""
    starts = {lang: _starts(lang, folder / f"cache-{lang}") for lang in languages()}
    _print_starts(starts)
    _print_sentences()


def _starts(lang: str, cache: Path) -> dict[str, list[dict[str, float]]]:
    """Starts of processes that have to fit the model, and of some that find it."""
    caches = [cache / str(turn) for turn in range(STARTS)]
    return {kind: [_start(lang, each) for each in caches] for kind in ("cold", "warm")}


def _start(lang: str, cache: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.first_sentence", lang, next(own_sentences(lang))],
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _print_starts(starts: dict[str, dict[str, list[dict[str, float]]]]) -> None:
    """Medians, a line a language and kind of start."""
    print(f"{'start of a process':24} {'seconds':>8} {'memory over numpy and scikit-learn':>36}")
    for lang, kinds in starts.items():
        for kind, measured in kinds.items():
            seconds = statistics.median(each["seconds"] for each in measured)
            memory = statistics.median(each["memory_mb"] for each in measured)
            print(f"{f'{lang} {kind}':24} {seconds:8.2f} {memory:33.0f} MB")


def _print_sentences() -> None:
    """Times of the sentences of each language, and those of one beside those of another."""
    print(f"\n{'understanding':32} {'sentences':>9} {'median/95th ms':>15}")
    few, many = demo_catalogue(), large_catalogue()
    medians = {}
    for lang in languages():
        sentences = list(own_sentences(lang))
        times = _times(lang, few, sentences)
        _print_line(f"{lang}, {len(few.machines)} machines", times)
        with_many = _times(lang, many, sentences)
        _print_line(f"{lang}, {len(many.machines)} machines", with_many)
        short, long = _by_length(sentences, times)
        _print_line(f"{lang}, shorter half", short)
        _print_line(f"{lang}, longer half", long)
        medians[lang] = statistics.median(times)
        _print_ratio(f"{len(many.machines)} to {len(few.machines)} machines", with_many, times)
        _print_ratio("longer to shorter half", long, short)
    first, *others = medians
    for lang in others:
        print(f"{f'{lang} to {first}':32} {'':9} {medians[lang] / medians[first]:15.2f}")


def _print_line(what: str, times: Sequence[float]) -> None:
    print(f"{what:32} {len(times):9} {quantiles(times):>15}")


def _print_ratio(what: str, times: Sequence[float], others: Sequence[float]) -> None:
    ratio = statistics.median(times) / statistics.median(others)
    print(f"{f'  {what}':32} {'':9} {ratio:15.2f}   (95th: {p95(times) / p95(others):.2f})")


def own_sentences(lang: str) -> Iterator[str]:
    """The sentences of a language that the tests know, of all intents."""
    for path in sorted((SENTENCES / lang).glob("*.yaml")):
        if path.stem in INTENTS:
            cases = yaml.safe_load(path.read_text(encoding="utf-8"))
            yield from (case["say"] for case in cases)


def large_catalogue() -> Catalogue:
    """The demo plant with so many more machines that they are MANY_MACHINES."""
    demo = demo_catalogue()
    factory = demo.factories[0].id
    numbered = (f"{kind}-{number}" for number in range(2, MANY_MACHINES) for kind in KINDS)
    taken = {machine.name for machine in demo.machines}
    names = [name for name in numbered if name not in taken]
    more = (
        Machine(uuid5(NAMESPACE, name), factory, name, name.split("-")[0].lower())
        for name in names[: MANY_MACHINES - len(demo.machines)]
    )
    return replace(demo, machines=(*demo.machines, *more))


def _times(lang: str, catalogue: Catalogue, sentences: Iterable[str]) -> list[float]:
    """Milliseconds of each sentence, after a first pass."""
    understand = Interpreter(language_model(lang), catalogue).understand
    sentences = list(sentences)
    for sentence in sentences[:50]:
        understand(sentence)
    return [_ms(understand, sentence) for sentence in sentences]


def _ms(understand: Callable[[str], object], sentence: str) -> float:
    started = time.perf_counter()
    understand(sentence)
    return 1000 * (time.perf_counter() - started)


def _by_length(sentences: Sequence[str], times: Sequence[float]) -> tuple[list[float], list[float]]:
    """Times of the shorter and of the longer half of the sentences, by words."""
    order = sorted(range(len(sentences)), key=lambda place: len(sentences[place].split()))
    half = len(order) // 2
    return [times[place] for place in order[:half]], [times[place] for place in order[half:]]
