"""`enms analyze`: actual against expected use by the active baselines, and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from math import floor
from pathlib import Path

from enms_cli.asked_question import answer_data, answered, no_answer
from enms_cli.baseline_choice import Works, works
from enms_cli.baseline_output import complain, print_data, print_line, refusal
from enms_cli.baseline_words import period_line
from enms_cli.faults import CommandFailed
from enms_cli.opportunities import money_text
from enms_cli.tables import number, table
from enms_cli.whole_file import write_whole
from enms_core.domain.answer import Answer
from enms_core.domain.baseline_asking import OffersTraining
from enms_core.domain.causes import Finding, Recommendation
from enms_core.domain.performance import Deviation, PerformanceAnalysis, SeuPerformance
from enms_core.pictures.canvas import Format, format_of
from enms_core.services.performance import answer_performance, answer_root_cause
from enms_core.services.performance_rows import performance_picture_of
from enms_core.settings import Settings

# Nothing that is concluded from samples is beyond doubt.
MOST_SURE = 99
HEAD = ("SEU", "status", "actual", "expected", "", "deviation", "%", "normal scatter", "of which")


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Analyse and print; 1 where nothing can be held against anything."""
    format = None if options.plot is None else format_of(options.plot)
    service = answer_root_cause if options.why or format else answer_performance
    async with works(options, settings) as at:
        answer = await answered(service, "performance", options, at, settings)
        if format is not None and isinstance(answer, PerformanceAnalysis):
            await _draw(answer, at, settings, options.plot, format)
    if options.json:
        print_data(answer_data(answer))
    elif isinstance(answer, PerformanceAnalysis):
        print_line("\n".join(_lines(answer)))
    if answer.outcome == "answered":
        return 0
    complain(_refusal(answer))
    return 1


async def _draw(
    answer: PerformanceAnalysis, at: Works, settings: Settings, path: Path, format: Format
) -> None:
    if answer.only is None:
        raise CommandFailed("--plot draws one SEU: name a machine and a source that have one")
    picture = await performance_picture_of(
        answer.only, at.store, at.catalogue, settings.lang, format
    )
    write_whole(path, picture)


def _refusal(answer: Answer) -> str:
    if isinstance(answer, OffersTraining):
        name = answer.of.seu.name
        return f"{name} has no active baseline; train one: enms train {name!r}"
    if isinstance(answer, PerformanceAnalysis):
        untold = [*answer.without, *(each.of for each in answer.cannot)]
        names = ", ".join(of.seu.name for of in untold)
        return f"nothing can be compared: no active baseline or no whole hour: {names or 'none'}"
    return no_answer(answer)


def _lines(answer: PerformanceAnalysis) -> Iterator[str]:
    if answer.period is not None:
        yield period_line(answer.period)
    yield from table([HEAD, *map(_row, answer.parts)], left=2)
    for each in answer.sources:
        yield f"all of {each.energy_source}: {_held(each.deviation, each.unit)}"
    for part in answer.parts:
        yield from _why(part)
    for cannot in answer.cannot:
        yield refusal(cannot)
    if answer.without:
        names = ", ".join(of.seu.name for of in answer.without)
        yield f"without an active baseline: {names}"


def _row(part: SeuPerformance) -> Sequence[str]:
    held = part.deviation
    return (
        part.of.seu.name,
        part.iso_status or "statistics unknown",
        number(held.actual),
        number(held.expected),
        part.of.source.unit,
        number(held.quantity),
        number(held.percent, 3),
        f"{number(held.lower)} to {number(held.upper)}",
        f"{number(part.hours)} h",
    )


def _held(held: Deviation, unit: str) -> str:
    share = f"{number(held.percent, 3)} %"
    return f"{number(held.actual)} of {number(held.expected)} {unit} expected, {share}"


def _why(part: SeuPerformance) -> Iterator[str]:
    if part.projection is not None:
        yield f"{part.of.seu.name}: {number(part.projection.quantity)} by the end of the day"
    if part.cause is None:
        return
    unit = part.of.source.unit
    yield f"{part.of.seu.name}, why:"
    rows = [("  as usual", number(part.cause.usual), unit, "")]
    rows += [
        (
            f"  {each.driver}",
            number(each.quantity),
            unit,
            f"{number(each.mean)} instead of {number(each.usual)}",
        )
        for each in part.cause.contributions
    ]
    rows.append(("  not explained", number(part.cause.rest), unit, ""))
    yield from table(rows, left=1)
    yield from (f"  {_found(each, unit)}" for each in part.cause.findings)
    yield from (f"  {_advised(each, unit)}" for each in part.recommendations)


def _found(each: Finding, unit: str) -> str:
    since = "" if each.since is None else f" since {each.since:%Y-%m-%d}"
    span = f"{number(each.lower)} to {number(each.upper)}"
    sure = number(min(floor(100.0 * each.confidence), MOST_SURE))
    return f"{each.suspicion}{since}: {number(each.per_week)} {unit} a week ({span}), {sure} % sure"


def _advised(each: Recommendation, unit: str) -> str:
    saved = f"{number(each.savings.quantity)} {unit}, {money_text(each.savings.costs)} a week"
    return f"to save: {saved}; effort {each.effort}, priority {each.priority}"
