"""`enms opportunities`: where energy could be saved, the most worth first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from enms_cli.asked_question import answer_data, answered, no_answer
from enms_cli.baseline_choice import works
from enms_cli.baseline_output import complain, print_data, print_line
from enms_cli.baseline_words import period_line
from enms_cli.tables import number, table
from enms_core.domain.opportunity import Opportunity, OpportunityList
from enms_core.domain.tariff import Money
from enms_core.services.opportunities import find_opportunities
from enms_core.settings import Settings

HEAD = ("SEU", "opportunity", "since", "% of its use", "a week", "", "cost a week")


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Look and print; 1 where nothing could be looked at."""
    async with works(options, settings) as at:
        answer = await answered(find_opportunities, "opportunities", options, at, settings)
    if options.json:
        print_data(answer_data(answer))
    elif isinstance(answer, OpportunityList):
        print_line("\n".join(_lines(answer)))
    if isinstance(answer, OpportunityList):
        return 0
    complain(no_answer(answer))
    return 1


def _lines(answer: OpportunityList) -> Iterator[str]:
    if answer.period is not None:
        yield period_line(answer.period)
    if answer.opportunities:
        yield from table([HEAD, *map(_row, answer.opportunities)], left=3)
    else:
        yield "none found"
    for each in answer.sources:
        costs = money_text(each.savings.costs)
        total = f"{number(each.savings.quantity)} {each.unit} a week"
        yield f"all of {each.energy_source}, no hour twice: {total}, {costs}"
    if answer.without:
        names = ", ".join(of.seu.name for of in answer.without)
        yield f"without an active baseline, so only rules of hours: {names}"


def _row(each: Opportunity) -> Sequence[str]:
    name = each.kind if each.suspicion is None else f"{each.kind} ({each.suspicion})"
    shaved = each.peak_kw is not None
    return (
        each.of.seu.name,
        name,
        each.since.date().isoformat() if each.since else "",
        number(each.percent, 3),
        number(each.peak_kw if shaved else each.savings.quantity),
        "kW" if shaved else each.of.source.unit,
        money_text(each.savings.costs),
    )


def money_text(amounts: Sequence[Money]) -> str:
    """Amounts side by side, one per currency."""
    return (
        ", ".join(f"{number(float(each.amount))} {each.currency or ''}".strip() for each in amounts)
        or "no price"
    )
