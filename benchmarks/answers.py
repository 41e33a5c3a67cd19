"""Utterance to `speak` for questions of all intents, split into OVOS, ours and the database."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from benchmarks.hearing import FLOOR, Hearing
from benchmarks.measuring import p95, quantiles
from benchmarks.probe import Probe

REPEATS = 30
FLOOR_REPEATS = 100
LIMIT_MS = 60.0  # of the 95th percentile

# One of each intent and aspect; the last ones speak of the answer before them.
QUESTIONS = (
    "how much energy did compressor one use yesterday",
    "how much natural gas did boiler one use last week",
    "how much energy did the factory use last month",
    "how much electricity did we use this year",
    "how much energy does the hydraulic pump use on average per day",
    "energy of the injection molding machine by day last month",
    "show me the consumption of conveyor A hour by hour yesterday",
    "what is the trend of the hvac main electricity over the last three months",
    "how much did the boiler use last week by source",
    "what is hvac main drawing right now",
    "what was the average power of compressor one last month",
    "what was the peak power of the injection molding machine last month",
    "what did compressor one cost us last month",
    "what were our energy costs this year",
    "how much carbon did boiler one emit last month",
    "how many units did injection molding one make last month",
    "which three machines used the most energy last month",
    "which two machines cost us the most last month",
    "compare compressor one and hvac main last month",
    "give me an overview of the factory",
    "which machines do you know",
    "what are our significant energy uses",
    "which energy sources do we have",
    "which drivers can I use for electricity",
    "is the boiler running",
    "how long did conveyor A run last month",
    "is the energy system working",
    "what is a load factor",
    "what can you do",
    "how do you know that",
    "say that again",
)


@dataclass(frozen=True)
class Measured:
    """Of one question, each time it was asked [ms]: all, ours without the database, database."""

    question: str
    total: list[float]
    ours: list[float]
    database: list[float]

    @property
    def ovos_ms(self) -> float:
        return statistics.median(
            total - ours - database
            for total, ours, database in zip(self.total, self.ours, self.database, strict=True)
        )


def measure_answers(hearing: Hearing) -> None:
    """Print what OVOS takes without us, and a line a question."""
    probe = Probe(hearing.engine)
    hearing.speech_ms("warm up", FLOOR)
    floor = [hearing.speech_ms("anything", FLOOR) for _ in range(FLOOR_REPEATS)]
    print(f"\nOVOS with a skill that only speaks: {quantiles(floor)} ms")
    print(f"{'question':76} {'total p50/p95':>15} {'OVOS':>7} {'ours':>7} {'database':>9}  ms")
    measured = [_measured(hearing, probe, question) for question in QUESTIONS]
    everything = [total for each in measured for total in each.total]
    print(f"{'all of them':76} {quantiles(everything):>15}")
    over = sum(p95(each.total) > LIMIT_MS for each in measured)
    print(f"questions whose 95th percentile is over {LIMIT_MS:g} ms: {over} of {len(measured)}")


def _measured(hearing: Hearing, probe: Probe, question: str) -> Measured:
    hearing.speech_ms(question)
    probe.take()
    measured = Measured(question, [], [], [])
    for _ in range(REPEATS):
        measured.total.append(hearing.speech_ms(question))
        ours, database = probe.take()
        measured.ours.append(ours)
        measured.database.append(database)
    print(
        f"{question:76} {quantiles(measured.total):>15} {measured.ovos_ms:7.1f} "
        f"{statistics.median(measured.ours):7.1f} {statistics.median(measured.database):9.1f}"
    )
    return measured
