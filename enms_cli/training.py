"""`enms train`: the baseline of one SEU, or of all of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime

from enms_cli.baseline_choice import Span, Works, bounds, span_of, works
from enms_cli.baseline_output import complain, print_json, print_line, refusal
from enms_cli.baseline_words import doubts, equation_line, heading, period_line, samples_line
from enms_cli.tables import number
from enms_cli.training_all import train_all
from enms_core.domain.baseline_answers import Trained
from enms_core.domain.period import Period, utc
from enms_core.domain.seu import SeuOfSource
from enms_core.services.seus import all_seus
from enms_core.services.training import Refusal, TrainingOrder, train
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.settings import Settings
from enms_core.storage.audit import person

AUTO = "auto"


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Train and tell what came out; 1 where one of the SEUs has no new version."""
    _check(options)
    span = span_of(options)
    async with works(options, settings) as at:
        if not options.all:
            answer = await _trained(at, at.seu(options), span, options)
            return 0 if _told(answer, options.json) else 1
        seus = all_seus(at.catalogue)
        return await train_all(
            seus, lambda of: _trained(at, of, span, options), _told, options.json
        )


def _check(options: argparse.Namespace) -> None:
    if options.all == (options.seu is not None):
        raise ValueError("name one SEU, or --all")
    if options.all and options.source is not None:
        raise ValueError("--source goes with one SEU; --all trains every one")


async def _trained(
    at: Works, of: SeuOfSource, span: Span, options: argparse.Namespace
) -> Trained | Refusal:
    order = TrainingOrder(
        of=of,
        drivers=_drivers(options.drivers),
        period=await _period(at, of, span),
        who=person(),
        grain=options.grain,
        include_backfill=options.include_backfill,
        activate=options.activate,
    )
    return await train(order, at.store, at.catalogue, at.store.settings)


def _drivers(said: str) -> tuple[str, ...] | None:
    """The drivers that are named; None where they are to be chosen."""
    if said.strip() == AUTO:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in said.split(",") if name.strip()))
    if not names:
        raise ValueError("--drivers names no driver; write it like a,b or auto")
    return names


async def _period(at: Works, of: SeuOfSource, span: Span) -> Period:
    """What is given; the last twelve months before the end, or before the last reading."""
    begin, end = bounds(span, of, at.catalogue)
    if begin is not None and end is not None:
        return Period(begin, end)
    known = await known_span(of, at.store, at.catalogue, at.now)
    if known is None:
        raise ValueError(f"{of.seu.name} has no readings")
    usual = last_twelve_months(_earlier(end, known.end), known) or known
    start, stop = begin or usual.start, end or usual.end
    if utc(stop) <= utc(start):
        raise ValueError(f"{of.seu.name} has readings from {period_line(known)} only")
    return Period(start, stop)


def _earlier(end: datetime | None, last: datetime) -> datetime:
    return last if end is None else min(end, last)


def _told(answer: Trained | Refusal, as_json: bool) -> bool:
    """Print what came out; False where nothing was trained."""
    if as_json:
        print_json(answer)
    if not isinstance(answer, Trained):
        complain(refusal(answer))
        return False
    if not as_json:
        print_line("\n".join(_lines(answer)))
    return True


def _lines(answer: Trained) -> Sequence[str]:
    model = answer.baseline.model
    lines = [
        heading(answer.of, answer.baseline),
        f"  {equation_line(model.equation, answer.of)}",
        f"  period: {period_line(answer.baseline.period)}",
        f"  samples: {samples_line(model.sampling, model.equation.grain)}",
    ]
    statistics = model.statistics
    if statistics is not None:
        lines.append(
            f"  R² {number(statistics.r2)}, CV(RMSE) {number(statistics.cvrmse_percent)} %,"
            f" out of time {number(statistics.out_of_time_cvrmse_percent)} %"
        )
    lines += [f"  {doubt}" for doubt in doubts(model)]
    if answer.is_unchanged:
        lines.append(f"  nothing changed: version {answer.baseline.version} had learned the same")
    if answer.is_worse:
        lines.append(f"  it fits worse than version {answer.replaced} did")
    if not answer.baseline.is_active and answer.active_version is not None:
        lines.append(f"  version {answer.active_version} stays active")
    return lines
