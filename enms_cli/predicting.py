"""`enms predict`: what an SEU should use, by its baseline."""

from __future__ import annotations

import argparse
from math import isfinite

from enms_cli.baseline_choice import Span, Works, bounds, span_of, version_of, works
from enms_cli.baseline_output import complain, print_json, print_line, refusal
from enms_cli.baseline_words import period_line
from enms_cli.faults import CommandFailed
from enms_cli.tables import number, table
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.domain.period import TODAY, Period, resolve, utc
from enms_core.domain.seu import SeuOfSource
from enms_core.services.baseline_predict import predict_period, predict_said
from enms_core.settings import Settings

EXTENTS = {
    "inside": "inside what the baseline was trained on",
    "near": "at the edge of what the baseline was trained on: {outside}",
    "outside": "outside what the baseline was trained on: {outside}",
}
REASONS = {
    "stood_lately": "nobody has planned when it runs, and in the last weeks it did not",
    "readings": "there are no readings of its use in this period",
    "too_short": "no whole {grain} of running is in this period",
    "beyond": "outside what the baseline can tell: the value of {drivers} is more than a million"
    " times what it was trained on",
}


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Predict and print; 1 where it cannot be predicted."""
    span, conditions = span_of(options), _conditions(options.at)
    if conditions and span.is_given:
        raise ValueError("--at is the use of one hour (day), --from and --to of a period: not both")
    async with works(options, settings) as at:
        of = at.seu(options)
        baseline = await _in_use(at, of, options.version)
        answer = await _predicted(at, of, baseline, span, conditions)
    if options.json:
        print_json(answer)
    if isinstance(answer, CannotPredict):
        complain(_refusal(answer))
        return 1
    if not options.json:
        print_line("\n".join(_lines(answer)))
    return 0


def _conditions(given: list[str]) -> dict[str, float]:
    """DRIVER=VALUE as a mapping; ValueError for anything else."""
    found = {}
    for each in given:
        name, sign, value = each.partition("=")
        try:
            number_given = float(value)
        except ValueError:
            sign = ""
        if not sign or not name.strip() or not isfinite(number_given):
            raise ValueError(f"{each!r} is no driver with a value; write it like outdoor_temp_c=25")
        found[name.strip()] = number_given
    return found


async def _in_use(at: Works, of: SeuOfSource, number_asked: int | None) -> Baseline:
    """The version that is named, else the active one."""
    known = await at.versions(of)
    chosen = version_of(known, number_asked)
    if number_asked is None and not chosen.is_active:
        versions = ", ".join(str(each.version) for each in known.versions)
        raise CommandFailed(
            f"{of.seu.name} has no active baseline; choose one with --version: {versions}"
        )
    return chosen


async def _predicted(
    at: Works, of: SeuOfSource, baseline: Baseline, span: Span, conditions: dict[str, float]
) -> Prediction | CannotPredict:
    if not conditions:
        period = _period(at, of, span)
        return await predict_period(of, baseline, period, at.store, at.catalogue, at.now)
    answer = await predict_said(of, baseline, conditions, at.store, at.catalogue)
    if isinstance(answer, Prediction) and answer.unused:
        drivers = ", ".join(baseline.model.equation.drivers)
        unused = ", ".join(answer.unused)
        raise ValueError(
            f"version {baseline.version} does not depend on {unused}, but on {drivers}"
        )
    return answer


def _period(at: Works, of: SeuOfSource, span: Span) -> Period:
    """What is given; today where nothing is."""
    begin, end = bounds(span, of, at.catalogue)
    if begin is None and end is not None:
        raise ValueError("--to needs --from")
    if begin is None:
        return resolve(TODAY, at.now, at.catalogue.zone_of(of.seu.machine_ids))
    if end is None and utc(begin) >= utc(at.now):
        raise ValueError("--from lies ahead; --to tells until when")
    return Period(begin, at.now.astimezone(begin.tzinfo) if end is None else end)


def _refusal(answer: CannotPredict) -> str:
    if answer.reason is None:
        return refusal(answer)
    reason = REASONS[answer.reason].format(
        drivers=", ".join(answer.drivers), grain=answer.baseline.model.equation.grain
    )
    return f"{answer.of.seu.name}: {reason}"


def _lines(answer: Prediction) -> list[str]:
    unit, grain = answer.of.source.unit, answer.baseline.model.equation.grain
    what = f"of one {grain}" if answer.period is None else period_line(answer.period)
    lines = [
        f"{answer.of.seu.name}, version {answer.baseline.version}, {what}",
        *table(_rows(answer, unit, grain), left=1),
        EXTENTS[answer.extent].format(outside=", ".join(answer.outside)),
    ]
    if answer.assumed:
        lines.append(f"at their mean: {', '.join(answer.assumed)}")
    if answer.running_assumed:
        lines.append("if it runs as in the last weeks: nobody has planned when it does")
    if answer.hours_a_day is not None:
        lines.append(f"degree days count for {number(answer.hours_a_day)} hours of running a day")
    if answer.is_negative:
        lines.append("below zero: such conditions are beyond what the baseline can tell")
    return lines


def _rows(answer: Prediction, unit: str, grain: str) -> list[tuple[str, str]]:
    rows = [(f"expected [{unit}]", number(answer.expected))]
    if answer.lower is not None and answer.upper is not None:
        within = f"{number(answer.lower)} to {number(answer.upper)}"
        rows.append((f"in {number(answer.confidence_percent)} % of the cases [{unit}]", within))
    if answer.actual is not None:
        rows.append((f"actual in these hours [{unit}]", number(answer.actual)))
    if answer.actual_elsewhere is not None:
        rows.append((f"actual in the rest of the time [{unit}]", number(answer.actual_elsewhere)))
    if answer.hours is not None:
        rows.append(("hours of running", number(answer.hours)))
        rows.append(("hours that cannot be told", number(answer.hours_missing)))
        rows.append(("hours of running in part", number(answer.hours_partial)))
    rows += [(name, number(value)) for name, value in (answer.conditions or {}).items()]
    return rows
