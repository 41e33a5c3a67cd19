"""How answers about baselines leave the commands: as JSON, or as a line that says why there is
none."""

from __future__ import annotations

import json
import sys
from functools import singledispatch
from typing import assert_never

from enms_cli.baseline_words import SAMPLES, samples_line
from enms_cli.tables import number
from enms_core.domain.answer import Answer
from enms_core.domain.baseline_answers import TooFewSamples, TrainingRefused, VersionUnknown
from enms_core.domain.baseline_asking import DriversRefused
from enms_core.domain.baseline_prediction import CannotPredict
from enms_core.domain.imports import writable
from enms_core.domain.json_values import plain

Refused = TooFewSamples | TrainingRefused | DriversRefused | CannotPredict | VersionUnknown

FAULTS = {
    "unknown": "is no driver of this energy source",
    "consequence": "follows from the use itself, so it can explain nothing",
    "missing": "is registered, but the database has no such column",
    "no_data": "has no values in the period",
    "constant": "is the same all the time",
}


def print_json(answer: Answer) -> None:
    """The answer's data, with its outcome, on one line."""
    print_data({"outcome": answer.outcome, **answer.data()})


def print_data(data: object) -> None:
    """A line of JSON."""
    print(writable(json.dumps(plain(data), ensure_ascii=False, allow_nan=False)), flush=True)


def print_line(text: str) -> None:
    print(writable(text))


def complain(reason: str) -> None:
    """A line on stderr."""
    print(writable(f"enms: {reason}"), file=sys.stderr)


def refusal(answer: Refused) -> str:
    """Why nothing was trained, or cannot be predicted."""
    return f"{answer.of.seu.name}: {_reason(answer)}"


@singledispatch
def _reason(answer: object) -> str:
    raise TypeError(f"no words for {type(answer).__name__}")


@_reason.register
def _too_few(answer: TooFewSamples) -> str:
    counted = samples_line(answer.sampling, answer.grain)
    told = f"{answer.needed} {SAMPLES[answer.grain]} are needed, there are {counted}"
    if answer.days_more is None:
        return told
    return f"{told}; {number(answer.days_more)} more days of running would do"


@_reason.register
def _not_trained(answer: TrainingRefused) -> str:
    names = ", ".join(answer.drivers)
    reason = answer.reason
    if reason == "busy":
        return "it is being trained by somebody else at this moment"
    if reason == "no_spread":
        if not names:
            return "nothing to explain: its use is the same all the time"
        return f"nothing to learn from: the same all the time: {names}"
    if reason == "dependent":
        return f"the other drivers already say all of this, leave it out: {names}"
    if reason == "no_driver":
        return "no driver that is known explains its use"
    assert_never(reason)


@_reason.register
def _no_drivers(answer: DriversRefused) -> str:
    refused = "; ".join(f"{name} {FAULTS[fault]}" for name, fault in answer.refused.items())
    return f"{refused}. There are: {', '.join(answer.available) or 'none'}"


@_reason.register
def _no_prediction(answer: CannotPredict) -> str:
    if not answer.drivers:
        planned = "is planned to run" if answer.is_ahead else "ran"
        return f"nothing {planned} in this period"
    kind = "no forecast or plan tells" if answer.is_ahead else "nothing tells"
    return f"{kind} {', '.join(answer.drivers)} for this"


@_reason.register
def _no_version(answer: VersionUnknown) -> str:
    there = ", ".join(map(str, answer.versions)) or "none"
    return f"there is no version {answer.asked}; there are: {there}"
