"""`enms baseline compare`: two versions side by side."""

from __future__ import annotations

import argparse

from enms_cli.baseline_choice import Works, version_of
from enms_cli.baseline_output import print_json, print_line
from enms_cli.baseline_sheet import statistic_names, statistic_values
from enms_cli.baseline_words import heading
from enms_cli.faults import CommandFailed
from enms_cli.tables import table
from enms_core.analysis.better_model import better_of
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import BaselinesOfSeu
from enms_core.domain.baseline_comparison import BaselineComparison, Candidate
from enms_core.domain.seu import SeuOfSource
from enms_core.services.training import question_of

DECIDED = {
    "out_of_time": "it predicted better what it had not seen",
    "adjusted_r2": "it explains more for its size",
    "validity": "only one of them is valid",
    "unknown": "statistics are unknown",
}


async def compare(options: argparse.Namespace, at: Works) -> None:
    """Print which of two versions is better, and all figures of both."""
    known = await at.versions(at.seu(options))
    chosen = _compared(known, options.versions)
    better, by = better_of(chosen[0].model, chosen[1].model)
    candidates = tuple(
        Candidate(each.model, each.version, each.is_active, each.period) for each in chosen
    )
    answer = BaselineComparison(
        question=question_of(known.of), of=known.of, candidates=candidates, better=better, by=by
    )
    if options.json:
        print_json(answer)
        return
    print_line("\n".join([*_side_by_side(known.of, chosen), "", _better(answer, chosen)]))


def _compared(known: BaselinesOfSeu, numbers: list[int]) -> tuple[Baseline, Baseline]:
    """The versions that are named; else the active one and the newest of the others."""
    if numbers:
        return version_of(known, numbers[0]), version_of(known, numbers[1])
    first = version_of(known, None)
    others = [each for each in known.versions if each.version != first.version]
    if not others:
        raise CommandFailed(f"{known.of.seu.name} has one version only: {first.version}")
    return first, others[0]


def _side_by_side(of: SeuOfSource, chosen: tuple[Baseline, Baseline]) -> list[str]:
    names = statistic_names(of.source.unit, "sample")
    values = [statistic_values(each.model.statistics) for each in chosen]
    versions = [f"version {each.version}" for each in chosen]
    rows = [["", *versions], *map(list, zip(names, *values, strict=True))]
    drivers = [f"  {each.version}: {', '.join(each.model.equation.drivers)}" for each in chosen]
    return [*(heading(of, each) for each in chosen), "drivers", *drivers, "", *table(rows)]


def _better(answer: BaselineComparison, chosen: tuple[Baseline, Baseline]) -> str:
    if answer.by == "unknown":
        return f"they cannot be compared: {DECIDED['unknown']}"
    if answer.better is None:
        return "neither is better"
    return f"version {chosen[answer.better].version} is better: {DECIDED[answer.by]}"
