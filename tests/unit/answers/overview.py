"""A factory at a glance."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from enms_core.domain.answer import DataIssue
from enms_core.domain.carbon import CarbonFactor, Emissions, FactorEmissions
from enms_core.domain.machine_status import MachineState
from enms_core.domain.overview import MachineEnergy, OverviewAnswer
from enms_core.domain.question import Question
from enms_core.domain.status import StatusNow
from enms_core.domain.tariff import Cost, Tariff, TariffCost
from tests.unit.answers.common import (
    CATALOGUE,
    PERIOD,
    TWO,
    Case,
    energy,
    gap,
    of_machines,
    question,
    use,
)

NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
ALL = question(kind="all", intent="factory_overview")
POWER = use("electricity", 9_000.0)


def cost(**amounts: str) -> Cost:
    return Cost(
        tuple(
            TariffCost(Tariff("day", Decimal("0.2"), currency), Decimal(1), Decimal(amount))
            for currency, amount in amounts.items()
        )
    )


def emissions(kg: float) -> Emissions:
    return Emissions((FactorEmissions(CarbonFactor(0.45), 1.0, kg),))


def states(asked: Question, *modes: str) -> tuple[MachineState, ...]:
    """The states of as many machines; "?" is none in the history."""
    return tuple(
        MachineState(
            CATALOGUE.machine(machine_id),
            None if mode == "?" else StatusNow(mode, mode == "running", NOW - timedelta(hours=1)),
            NOW,
        )
        for machine_id, mode in zip(asked.scope.machine_ids, modes, strict=True)
    )


def top(*names: str) -> tuple[MachineEnergy, ...]:
    machines = {machine.name: machine for machine in CATALOGUE.machines}
    return tuple(MachineEnergy(machines[name], 100.0) for name in names)


def overview(asked: Question = ALL, **figures: object) -> OverviewAnswer:
    """The electricity of a question's machines and nothing else, but for the figures given."""
    answer = OverviewAnswer(
        question=asked,
        period=PERIOD,
        energy=energy(POWER, asked=asked),
        cost=Cost(),
        emissions=Emissions(),
        top=(),
        states=None,
    )
    return replace(answer, **figures)  # type: ignore[arg-type]


USED = "All sites together used nine thousand kilowatt hours of electricity yesterday."
OF_TWO = "Boiler one and compressor one used nine thousand kilowatt hours of electricity yesterday."

CASES = {
    "all": Case(
        overview(
            cost=cost(EUR="1420", USD="310"),
            emissions=emissions(4_050.0),
            top=top("HVAC-Main", "Compressor-1", "Boiler-1"),
            states=states(ALL, *["running"] * 4, *["off"] * 7),
        ),
        USED + " That cost one thousand four hundred and twenty euros and three hundred and ten"
        " dollars, and caused four thousand and fifty kilograms of carbon dioxide."
        " The biggest users were HVAC main, compressor one and boiler one."
        " Machines running now: four of eleven.",
    ),
    "of a time that is over": Case(
        overview(cost=cost(EUR="12"), top=top("HVAC-Main")),
        USED + " That cost twelve euros. The biggest user was HVAC main.",
    ),
    "no price at all, some status, gaps": Case(
        overview(
            TWO,
            emissions=emissions(20.0),
            states=states(TWO, "idle", "?"),
            issues=(
                gap("electricity", 95.0),
                DataIssue("prices.missing"),
                DataIssue("factors.missing"),
                of_machines("status.none", "Compressor-1"),
            ),
        ),
        OF_TWO + " That caused twenty kilograms of carbon dioxide."
        " Machines running now: zero of one."
        " Five percent of the readings are missing, so the true figure may be higher."
        " There is no price for that energy."
        " For part of the energy there is no carbon factor, so the true emissions are not known."
        " I have no status of compressor one.",
    ),
    "one machine runs": Case(
        overview(TWO, states=states(TWO, "running", "off")),
        OF_TWO + " Machines running now: one of two.",
    ),
    "part of the price, no factor": Case(
        overview(
            cost=cost(EUR="12"),
            issues=(DataIssue("prices.missing"), DataIssue("factors.missing")),
        ),
        USED + " That cost twelve euros."
        " For part of the energy there is no price, so the true cost is not known."
        " There is no carbon factor for that energy.",
    ),
}
