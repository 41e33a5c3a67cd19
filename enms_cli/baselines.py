"""`enms baseline`: the versions of trained baselines, as they are, beside each other, in files."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from enms_cli.baseline_choice import Works, version_of, works
from enms_cli.baseline_comparing import compare
from enms_cli.baseline_export import as_csv, as_json
from enms_cli.baseline_output import print_json, print_line
from enms_cli.baseline_sheet import sheet
from enms_cli.baseline_words import heading, verdict
from enms_cli.faults import CommandFailed
from enms_cli.tables import number, table
from enms_cli.whole_file import write_whole
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import (
    Activated,
    BaselineExplanation,
    BaselineList,
    BaselinesOfSeu,
)
from enms_core.domain.period import TODAY
from enms_core.domain.question import Question, Scope
from enms_core.domain.seu import SeuOfSource
from enms_core.pictures.canvas import format_of
from enms_core.services.baseline_explain import influences
from enms_core.services.baseline_rows import picture_of
from enms_core.services.seus import all_seus
from enms_core.services.training import question_of
from enms_core.settings import Settings
from enms_core.storage.audit import person
from enms_core.storage.baselines import activate_baseline

Action = Callable[[argparse.Namespace, Works], Awaitable[None]]
LIST_COLUMNS = (
    "SEU", "energy source", "version", "active", "verdict", "R²", "CV(RMSE) [%]", "trained",
    "drivers",
)  # fmt: skip


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """One action on the versions of baselines."""
    _check(options)
    async with works(options, settings) as at:
        await ACTIONS[options.action](options, at)
    return 0


def _check(options: argparse.Namespace) -> None:
    """What can be seen to be wrong before the database is asked."""
    if options.action == "show" and options.plot is not None:
        format_of(options.plot)
    if options.action == "compare" and len(options.versions) not in (0, 2):
        raise ValueError(
            "two versions are compared: name both, or none for the active and the next"
        )


async def _list(options: argparse.Namespace, at: Works) -> None:
    seus = all_seus(at.catalogue) if options.seu is None else (at.seu(options),)
    known = await at.versions_of_all(seus)
    if options.json:
        print_json(
            BaselineList(
                question=Question("baseline_list", Scope("all", ()), TODAY),
                trained=tuple(each for each in known if each.versions),
                without=tuple(each.of for each in known if not each.versions),
            )
        )
        return
    rows = [row for each in known for row in _list_rows(each, at)]
    print_line("\n".join(table([LIST_COLUMNS, *rows], left=len(LIST_COLUMNS))))


def _list_rows(known: BaselinesOfSeu, at: Works) -> list[tuple[str, ...]]:
    names = (known.of.seu.name, known.of.source.name)
    blank = ("",) * (len(LIST_COLUMNS) - 4)
    if not known.versions:
        return [(*names, "-", "no baseline", *blank)]
    zone = at.catalogue.zone_of(known.of.seu.machine_ids)
    return [(*names, *_version_cells(each, zone)) for each in known.versions]


def _version_cells(baseline: Baseline, zone: ZoneInfo) -> tuple[str, ...]:
    model, statistics = baseline.model, baseline.model.statistics
    return (
        str(baseline.version),
        "active" if baseline.is_active else "",
        verdict(model),
        number(statistics.r2 if statistics else None),
        number(statistics.cvrmse_percent if statistics else None),
        f"{baseline.created_at.astimezone(zone):%Y-%m-%d}" if baseline.created_at else "-",
        ", ".join(model.equation.drivers),
    )


async def _show(options: argparse.Namespace, at: Works) -> None:
    known = await at.versions(at.seu(options))
    baseline = version_of(known, options.version)
    if options.plot is not None:
        await _plot(known.of, baseline, options, at)
    if not options.json:
        zone = at.catalogue.zone_of(known.of.seu.machine_ids)
        print_line("\n".join(sheet(known.of, baseline, zone)))
        return
    print_json(
        BaselineExplanation(
            question=question_of(known.of),
            period=baseline.period,
            of=known.of,
            baseline=baseline,
            influences=influences(baseline.model),
        )
    )


async def _plot(
    of: SeuOfSource, baseline: Baseline, options: argparse.Namespace, at: Works
) -> None:
    lang = at.store.settings.lang
    format = format_of(options.plot)
    picture = await picture_of(of, baseline, at.store, at.catalogue, at.now, lang, format)
    if picture is None:
        raise CommandFailed(f"{of.seu.name}: the baseline period has no readings to draw")
    write_whole(options.plot, picture)


async def _activate(options: argparse.Namespace, at: Works) -> None:
    known = await at.versions(at.seu(options))
    version_of(known, options.version)
    baseline, before = await activate_baseline(
        at.store.registers, known.of, options.version, person()
    )
    if options.json:
        print_json(
            Activated(question=question_of(known.of), of=known.of, baseline=baseline, before=before)
        )
        return
    print_line(heading(known.of, baseline))


async def _export(options: argparse.Namespace, at: Works) -> None:
    known = await at.versions(at.seu(options))
    text = as_json(known) if options.format == "json" else as_csv(known)
    if options.path is None:
        print(text, end="")
    else:
        write_whole(options.path, text.encode("utf-8", "backslashreplace"))


ACTIONS: dict[str, Action] = {
    "list": _list,
    "show": _show,
    "compare": compare,
    "activate": _activate,
    "export": _export,
}
