"""`enms kpi`: key performance indicators of machines over a period."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from enms_cli.asked_question import answer_data, answered, no_answer
from enms_cli.baseline_choice import works
from enms_cli.baseline_output import complain, print_data, print_line
from enms_cli.baseline_words import period_line
from enms_cli.tables import number, table
from enms_core.domain.answer import Answer
from enms_core.domain.kpi import Kpi, KpiAnswer, NoKpi
from enms_core.services.kpi import answer_kpi
from enms_core.settings import Settings

REASONS: dict[NoKpi, str] = {
    "no_output": "nothing was made",
    "no_production": "no production is on record",
    "no_common_hours": "no hour has both complete readings and production",
    "no_block": "no complete step of the meters lies in the period",
    "no_status": "there is no status history",
    "no_modes": "the status history does not tell idle, broken and off apart",
    "switched_off": "switched off all the time",
    "no_price": "there is no price",
    "no_factor": "there is no carbon factor",
    "unit": "some energy cannot be converted to kWh",
    "no_use": "nothing was used",
    "no_readings": "there are no readings",
    "not_metered": "there is no meter",
}
UNKNOWN = "-"


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Compute and print; 1 where there is no figure."""
    async with works(options, settings) as at:
        answer = await answered(answer_kpi, "kpi", options, at, settings, options.metric)
    if options.json:
        print_data(answer_data(answer))
    elif isinstance(answer, KpiAnswer):
        print_line("\n".join(_lines(answer)))
    if answer.outcome == "answered":
        return 0
    complain(_refusal(answer))
    return 1


def _refusal(answer: Answer) -> str:
    if isinstance(answer, KpiAnswer):
        return "none of it can be told"
    return no_answer(answer)


def _lines(answer: KpiAnswer) -> Iterator[str]:
    if answer.period is not None:
        yield period_line(answer.period)
    yield from table([_row(each) for each in answer.figures], left=1)
    machines = [each for each in answer.by_machine if each.name == answer.question.metric]
    if machines:
        yield ""
        yield from table([_row(each) for each in machines], left=1)
    yield from _doubts(answer)


def _row(kpi: Kpi) -> Sequence[str]:
    of = " ".join(each for each in (kpi.machine, kpi.name, _source(kpi)) if each)
    unit = UNKNOWN if kpi.unit is None else kpi.unit
    return of, number(kpi.value), unit


def _source(kpi: Kpi) -> str | None:
    return None if kpi.energy_source is None else f"({kpi.energy_source})"


def _doubts(answer: KpiAnswer) -> Iterator[str]:
    for each in answer.unknown:
        if each.reason is not None:
            yield f"{each.name}: {REASONS[each.reason]}"
    for each in answer.known:
        if each.is_partial:
            yield f"{each.name}: hours are missing, or a part has no price or factor"
    for issue in answer.issues:
        facts = ", ".join(f"{key} {value}" for key, value in issue.data().items() if key != "code")
        yield f"{issue.code}: {facts}"
