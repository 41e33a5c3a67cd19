"""A factory at a glance."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from enms_core.analysis.overview import biggest_users
from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.carbon import Emissions
from enms_core.domain.cost import price_evidence
from enms_core.domain.emissions import factor_evidence
from enms_core.domain.machine_status import MachineState
from enms_core.domain.overview import OverviewAnswer
from enms_core.domain.period import utc
from enms_core.domain.question import Question
from enms_core.domain.tariff import Cost
from enms_core.services.carbon import emissions_of
from enms_core.services.context import Context
from enms_core.services.cost import costs_of
from enms_core.services.energy import total_of
from enms_core.services.machine_status import states_of, status_issues
from enms_core.services.usage import Usage, usage_of


async def answer_factory_overview(question: Question, context: Context) -> Answer:
    """Energy, its cost and emissions, the biggest users, and how many machines run now.

    Whether they run is told only where the period reaches to now.
    """
    usage = await usage_of(question, context)
    if not isinstance(usage, Usage):
        return usage
    costs, emissions, states = await asyncio.gather(
        costs_of(usage, context), emissions_of(usage, context), _states(usage, context)
    )
    return OverviewAnswer(
        question=question,
        period=usage.period,
        energy=total_of(usage),
        cost=sum(costs.values(), Cost()),
        emissions=sum(emissions.values(), Emissions()),
        top=biggest_users(usage.machines),
        states=states,
        prices=price_evidence((source, each) for (_, source), each in costs.items()),
        factors=factor_evidence((source, each) for (_, source), each in emissions.items()),
        issues=(
            *usage.issues,
            *_unrated("prices.missing", costs),
            *_unrated("factors.missing", emissions),
            *_without_status(states),
        ),
    )


async def _states(usage: Usage, context: Context) -> tuple[MachineState, ...] | None:
    """The states now; none of a machine that has not been heard of for too long."""
    reaches_now = utc(usage.period.end) == utc(context.now)
    if not reaches_now:
        return None
    states = await states_of(usage.question, context)
    return tuple(replace(each, status=None) if each.last_sign else each for each in states)


def _without_status(states: tuple[MachineState, ...] | None) -> tuple[DataIssue, ...]:
    """The machines that the count of those running leaves out; nothing where there is no count."""
    if not any(state.status for state in states or ()):
        return ()
    return status_issues([each.machine for each in states or () if each.status is None])


def _unrated(
    code: str, sums: Mapping[tuple[UUID, str], Cost] | Mapping[tuple[UUID, str], Emissions]
) -> Iterator[DataIssue]:
    """That prices or carbon factors do not cover all of the use of some sources."""
    names = dict.fromkeys(source for (_, source), each in sums.items() if each.missing)
    if names:
        yield DataIssue(code, names={"energy_sources": tuple(names)})
