"""Answers of every kind, and how each is said in its first phrasing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from enms_core.domain.answer import (
    Answer,
    DataIssue,
    EnergyAnswer,
    MachineUse,
    NoReadings,
    NotBegun,
    SourceNotUsed,
    SourceUse,
)
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Scope
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
    return SourceUse(carrier, quantity, energy, readings, covered, expected_s, None, None)


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
            PERIOD,
            tuple(
                replace(each, readings=0) if CATALOGUE.machine(machine_id).name in silent else each
                for each in uses
            ),
        )
        for machine_id in asked.scope.machine_ids
    )
    return EnergyAnswer(asked, PERIOD, uses, machines, purchased_kwh, issues)


def coarse(covered_s: float, asked_s: float) -> DataIssue:
    return DataIssue(
        "readings.window",
        {"energy_source": "electricity", "covered_seconds": covered_s, "asked_seconds": asked_s},
    )


def gap(source: str, coverage_percent: float, missing_s: float = 7_200.0) -> DataIssue:
    facts: dict[str, float | int | str | None] = {
        "energy_source": source,
        "coverage_percent": coverage_percent,
        "missing_seconds": missing_s,
    }
    return DataIssue("readings.gap", facts)


def of_source(code: str, source: str) -> DataIssue:
    return DataIssue(code, {"energy_source": source})


BOTH = (use("electricity", 310.2), use("natural_gas", 9_412.0))
TWO = question("Boiler-1", "Compressor-1")
FIRST = datetime(2024, 10, 1, tzinfo=timezone.utc)
LAST = datetime(2026, 11, 16, tzinfo=timezone.utc)
GAS, STEAM = CATALOGUE.source("natural_gas"), CATALOGUE.source("steam")


@dataclass(frozen=True)
class Case:
    """An answer and its first phrasing."""

    answer: Answer
    speech: str
    catalogue: Catalogue = field(default=CATALOGUE)


UNREADABLE = DataIssue("sources.unreadable", {"sources": "electricity, natural_gas"})

CASES = {
    "one source": Case(
        energy(use("electricity", 950.4), asked=question("Compressor-1")),
        "Compressor one used nine hundred and fifty kilowatt hours of electricity yesterday.",
    ),
    "large": Case(
        energy(use("electricity", 12_400.0), asked=question(kind="all")),
        "All sites together used twelve point four megawatt hours of electricity yesterday.",
    ),
    "a site": Case(
        energy(use("electricity", 1.0), asked=question("Compressor-EU-1", kind="site")),
        "European production facility used one kilowatt hour of electricity yesterday.",
    ),
    "several sources": Case(
        energy(*BOTH, purchased_kwh=100_967.0),
        "Boiler one used three hundred and ten kilowatt hours of electricity and nine thousand"
        " four hundred and ten cubic meters of natural gas yesterday."
        " Together, that is one hundred and one megawatt hours of purchased energy.",
    ),
    "sources that cannot be added": Case(
        energy(*BOTH),
        "Boiler one used three hundred and ten kilowatt hours of electricity and nine thousand"
        " four hundred and ten cubic meters of natural gas yesterday."
        " Their energy can't be added up, because one of them has no known energy content.",
    ),
    "a produced source": Case(
        energy(use("steam", 512.0)),
        "Boiler one, yesterday: five hundred and twelve kilograms of steam.",
    ),
    "a produced and a purchased source": Case(
        energy(use("electricity", 2.5), use("steam", 512.0)),
        "Boiler one, yesterday: two point five kilowatt hours of electricity and five hundred and"
        " twelve kilograms of steam.",
    ),
    "hours missing": Case(
        energy(use("electricity", 112.0, 7_200.0), issues=(gap("electricity", 91.7),)),
        "Boiler one used one hundred and twelve kilowatt hours of electricity yesterday."
        " Readings for two hours are missing, so the true figure may be higher.",
    ),
    "hours of one source missing": Case(
        energy(*BOTH, purchased_kwh=5.0, issues=(gap("natural_gas", 91.7, 1_800.0),)),
        "Boiler one used three hundred and ten kilowatt hours of electricity and nine thousand"
        " four hundred and ten cubic meters of natural gas yesterday."
        " Together, that is five kilowatt hours of purchased energy."
        " For natural gas, readings for thirty minutes are missing, so the true figure may be"
        " higher.",
    ),
    "a share missing": Case(
        energy(use("electricity", 5.0), asked=TWO, issues=(gap("electricity", 80.0),)),
        "Boiler one and compressor one used five kilowatt hours of electricity yesterday."
        " Twenty percent of the readings are missing, so the true figure may be higher.",
    ),
    "a share of one source missing": Case(
        energy(use("electricity", 5.0), use("steam", 5.0), asked=TWO, issues=(gap("steam", 80.0),)),
        "Boiler one and compressor one, yesterday: five kilowatt hours of electricity and five"
        " kilograms of steam."
        " For steam, twenty percent of the readings are missing, so the true figure may be"
        " higher.",
    ),
    "a few readings missing": Case(
        energy(use("electricity", 5.0), asked=TWO, issues=(gap("electricity", 99.5),)),
        "Boiler one and compressor one used five kilowatt hours of electricity yesterday."
        " A few readings are missing, less than one percent.",
    ),
    "a few readings of one source missing": Case(
        energy(use("electricity", 5.0), use("steam", 5.0), asked=TWO, issues=(gap("steam", 99.5),)),
        "Boiler one and compressor one, yesterday: five kilowatt hours of electricity and five"
        " kilograms of steam. For steam, a few readings are missing, less than one percent.",
    ),
    "a source without readings": Case(
        energy(
            use("electricity", 5.0),
            use("natural_gas", 0.0, DAY_S, readings=0),
            issues=(of_source("readings.none", "natural_gas"),),
            purchased_kwh=None,
        ),
        "Boiler one used five kilowatt hours of electricity yesterday."
        " For natural gas there are no readings in that time.",
    ),
    "a meter too coarse for the period": Case(
        energy(use("electricity", 5.0), issues=(coarse(3_600.0, 7_200.0),)),
        "Boiler one used five kilowatt hours of electricity yesterday."
        " The complete readings of the meter cover only one hour of that time.",
    ),
    "meters too coarse for the period": Case(
        energy(use("electricity", 5.0), asked=TWO, issues=(coarse(7_200.0, 14_400.0),)),
        "Boiler one and compressor one used five kilowatt hours of electricity yesterday."
        " The complete readings of the meters cover only fifty percent of that time.",
    ),
    "a machine without a meter": Case(
        energy(
            use("electricity", 5.0),
            issues=(DataIssue("machines.not_metered", {"machines": "Conveyor-A"}),),
            purchased_kwh=5.0,
        ),
        "Boiler one used five kilowatt hours of electricity yesterday."
        " There is no meter registered for conveyor A, so that part is missing.",
    ),
    "coverage unknown": Case(
        energy(
            use("electricity", 5.0, expected_s=None),
            issues=(of_source("readings.coverage_unknown", "electricity"),),
        ),
        "Boiler one used five kilowatt hours of electricity yesterday. I can't tell whether all"
        " readings are there, because no meter interval is registered.",
    ),
    "a silent machine": Case(
        energy(
            use("electricity", 5.0),
            asked=TWO,
            silent=("Compressor-1",),
            issues=(DataIssue("readings.machine_missing", {"machines": "Compressor-1"}),),
        ),
        "Boiler one and compressor one used five kilowatt hours of electricity yesterday."
        " There are no readings of compressor one in that time, so they are not in it.",
    ),
    "no readings, but others": Case(
        NoReadings(question("Boiler-1"), PERIOD, (GAS,), FIRST, LAST),
        "There are no readings of boiler one yesterday. The ones I have run from the first of"
        " October twenty twenty four to the sixteenth of November twenty twenty six.",
    ),
    "no readings at all": Case(
        NoReadings(question(kind="all"), PERIOD, (), None, None),
        "There are no readings of all sites together yesterday.",
    ),
    "no machine left": Case(
        NoReadings(question(), PERIOD, (), None, None),
        "That leaves no machine that I could tell you about.",
    ),
    "no machine registered": Case(
        NoReadings(question(), PERIOD, (), None, None),
        "There are no machines in the energy database yet. Import some readings first.",
        Catalogue(),
    ),
    "not begun": Case(
        NotBegun(question("Boiler-1"), None),
        "That time has not come yet, so nothing has been used in it.",
    ),
    "a source not used": Case(
        SourceNotUsed(question("Compressor-1"), (GAS, STEAM), (CATALOGUE.source("electricity"),)),
        "There is no natural gas or steam meter at compressor one. I can tell you about"
        " electricity.",
    ),
    "no source used": Case(
        SourceNotUsed(question("Compressor-1"), (GAS,), ()),
        "There is no natural gas meter at compressor one.",
    ),
    "no meter at all": Case(
        SourceNotUsed(question("Compressor-1"), (), ()),
        "There is no meter registered for compressor one.",
    ),
    "a source whose readings cannot be used": Case(
        SourceNotUsed(question("Compressor-1"), (), (), issues=(UNREADABLE,)),
        "I can't use the readings of electricity and natural gas: the database does not hold them"
        " as its registers say.",
    ),
    "a total without a source that cannot be used": Case(
        energy(use("natural_gas", 5.0), issues=(UNREADABLE,)),
        "Boiler one used five cubic meters of natural gas yesterday."
        " I can't use the readings of electricity and natural gas: the database does not hold"
        " them as its registers say.",
    ),
}
