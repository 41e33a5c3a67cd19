"""What the cases of all answers are made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from enms_core.domain.answer import Answer, DataIssue, NoReadings, SourceNotUsed
from enms_core.domain.catalogue import Catalogue, EnergySource
from enms_core.domain.energy import EnergyAnswer
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Scope
from enms_core.domain.use import MachineUse, SourceUse
from tests.unit.catalogues import demo_catalogue, ids_of

CATALOGUE = demo_catalogue(second_country=True)
BERLIN = ZoneInfo("Europe/Berlin")
PERIOD = Period(datetime(2026, 11, 17, tzinfo=BERLIN), datetime(2026, 11, 18, tzinfo=BERLIN))
DAY_S = 86_400.0


def question(*names: str, kind: str = "machines", intent: str = "energy") -> Question:
    scopes = {
        "machines": Scope("machines", ids_of(CATALOGUE, *names)),
        "all": Scope("all", tuple(m.id for m in CATALOGUE.machines)),
        "site": Scope("site", ids_of(CATALOGUE, *names), "European Production Facility"),
    }
    return Question(intent, scopes[kind], YESTERDAY, period_said=True)


def use(
    source: str,
    quantity: float,
    missing_s: float = 0.0,
    expected_s: float | None = DAY_S,
    readings: int = 96,
) -> SourceUse:
    carrier = CATALOGUE.source(source)
    energy = None if carrier.kwh_per_unit is None else quantity * carrier.kwh_per_unit
    covered = (expected_s or 0.0) - missing_s
    return SourceUse(
        source=carrier,
        quantity=quantity,
        energy_kwh=energy,
        readings=readings,
        covered_seconds=covered,
        expected_seconds=expected_s,
        first=None,
        last=None,
        read_seconds=None if expected_s is None else covered,
    )


def energy(
    *uses: SourceUse,
    asked: Question | None = None,
    purchased_kwh: float | None = None,
    issues: tuple[DataIssue, ...] = (),
    silent: tuple[str, ...] = (),
) -> EnergyAnswer:
    asked = asked or question("Boiler-1")
    machines = tuple(
        MachineUse(
            CATALOGUE.machine(machine_id),
            (PERIOD,),
            tuple(
                replace(each, readings=0) if CATALOGUE.machine(machine_id).name in silent else each
                for each in uses
            ),
        )
        for machine_id in asked.scope.machine_ids
    )
    return EnergyAnswer(
        question=asked,
        period=PERIOD,
        uses=uses,
        machines=machines,
        purchased_energy_kwh=purchased_kwh,
        issues=issues,
    )


def no_readings(
    asked: Question,
    sources: tuple[EnergySource, ...] = (),
    first: datetime | None = None,
    last: datetime | None = None,
) -> NoReadings:
    return NoReadings(question=asked, period=PERIOD, sources=sources, first=first, last=last)


def not_used(
    asked: tuple[EnergySource, ...],
    available: tuple[EnergySource, ...] = (),
    issues: tuple[DataIssue, ...] = (),
) -> SourceNotUsed:
    return SourceNotUsed(
        question=question("Compressor-1"), asked=asked, available=available, issues=issues
    )


def coarse(covered_s: float, asked_s: float, source: str = "electricity") -> DataIssue:
    return DataIssue(
        "readings.window",
        {"energy_source": source, "covered_seconds": covered_s, "asked_seconds": asked_s},
    )


def gap(source: str, coverage_percent: float, missing_s: float = 7_200.0) -> DataIssue:
    facts: dict[str, float | int | str | None] = {
        "energy_source": source,
        "coverage_percent": coverage_percent,
        "missing_seconds": missing_s,
    }
    return DataIssue("readings.gap", facts)


def estimated(source: str, seconds: float | None = 7_200.0) -> DataIssue:
    facts: dict[str, float | int | str | None] = {
        "energy_source": source,
        "readings": 8,
        "estimated_seconds": seconds,
    }
    return DataIssue("readings.estimated", facts)


def of_source(code: str, source: str) -> DataIssue:
    return DataIssue(code, {"energy_source": source})


def of_machines(code: str, *names: str) -> DataIssue:
    return DataIssue(code, machines=tuple(map(CATALOGUE.machine, ids_of(CATALOGUE, *names))))


TWO = question("Boiler-1", "Compressor-1")


@dataclass(frozen=True)
class Case:
    """An answer and its first phrasing."""

    answer: Answer
    speech: str
    catalogue: Catalogue = field(default=CATALOGUE)
