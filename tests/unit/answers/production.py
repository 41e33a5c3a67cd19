"""Answers about what machines made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from enms_core.analysis.production import together
from enms_core.domain.answer import DataIssue, FactValue
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.production import (
    MachineProduction,
    NoProduction,
    Production,
    ProductionAnswer,
    ProductionMetric,
)
from tests.unit.answers.common import BERLIN, CATALOGUE, PERIOD, Case, of_machines, question
from tests.unit.catalogues import ids_of

LAST = PERIOD.end - timedelta(minutes=15)
MADE = Production(1_000.0, 970.0, 30.0, 5_400.0, 970.0, 1_000.0, 96, PERIOD.start, LAST)
IDLE = replace(MADE, downtime_seconds=0.0)
FEW = replace(
    MADE,
    units=1.0,
    good_units=1.0,
    reject_units=0.0,
    downtime_seconds=0.0,
    judged_good=1.0,
    judged_units=1.0,
)
UNTOLD = Production(readings=96, first=PERIOD.start, last=LAST)
FOUR = ("Compressor-1", "Conveyor-A", "Hydraulic-Pump-1", "Injection-Molding-1")


def production(
    metric: ProductionMetric,
    made: Mapping[str, Production],
    issues: tuple[DataIssue, ...] = (),
    in_full: bool = False,
) -> ProductionAnswer:
    whole = together(made.values())
    return ProductionAnswer(
        question=replace(question(*made, intent="production"), in_full=in_full),
        period=PERIOD,
        issues=issues,
        outcome="answered" if whole.value(metric) is not None else "no_data",
        metric=metric,
        together=whole,
        machines=tuple(
            MachineProduction(CATALOGUE.machine(ids_of(CATALOGUE, name)[0]), (PERIOD,), each)
            for name, each in made.items()
        ),
        now=datetime(2026, 11, 18, 10, 7, 30, tzinfo=BERLIN),
    )


def one(metric: ProductionMetric, made: Production = MADE, *issues: DataIssue) -> ProductionAnswer:
    return production(metric, {"Injection-Molding-1": made}, issues)


def none(*names: str, first: datetime | None = None, last: datetime | None = None) -> NoProduction:
    return NoProduction(
        question=question(*names, intent="production"), period=PERIOD, first=first, last=last
    )


def told(code: str, **facts: FactValue) -> DataIssue:
    return replace(of_machines(code, "Injection-Molding-1"), facts=facts)


TWO = {"Compressor-1": FEW, "Injection-Molding-1": MADE}
MOMENT = datetime(2026, 11, 17, 13, 15, tzinfo=timezone.utc).isoformat()
FIRST_DAY = datetime(2024, 10, 1, tzinfo=BERLIN)

CASES = {
    "units": Case(one("units"), "Injection molding one made one thousand units yesterday."),
    "one unit": Case(one("units", FEW), "Injection molding one made one unit yesterday."),
    "good units": Case(
        one("good"), "Injection molding one made nine hundred and seventy good units yesterday."
    ),
    "rejects": Case(one("rejects"), "Injection molding one made thirty rejected units yesterday."),
    "quality": Case(
        one("quality"),
        "Ninety seven percent of what injection molding one made yesterday was good.",
    ),
    "downtime": Case(
        one("downtime"), "Injection molding one stood still for one point five hours yesterday."
    ),
    "no downtime": Case(one("downtime", IDLE), "Injection molding one had no downtime yesterday."),
    "units of two": Case(
        production("units", TWO),
        "Compressor one and injection molding one made one thousand units yesterday."
        " That is one thousand units at injection molding one and one unit at compressor one.",
    ),
    "quality of two": Case(
        production("quality", TWO),
        "Ninety seven percent of what compressor one and injection molding one made yesterday was"
        " good. That is one hundred percent at compressor one and ninety seven percent at injection"
        " molding one.",
    ),
    "downtime of two": Case(
        production("downtime", TWO),
        "Compressor one and injection molding one stood still for one point five hours yesterday,"
        " all of them added up. That is one point five hours at injection molding one.",
    ),
    "units of four": Case(
        production("units", dict.fromkeys(FOUR, FEW)),
        "Compressor one, conveyor A, hydraulic pump one and one more made four units yesterday.",
    ),
    "units of four in full": Case(
        production("units", dict.fromkeys(FOUR, FEW), in_full=True),
        "Compressor one, conveyor A, hydraulic pump one and one more made four units yesterday."
        " That is one unit at compressor one, one unit at conveyor A, one unit at hydraulic pump"
        " one and one unit at injection molding one.",
    ),
    "rows that begin late": Case(
        one("units", MADE, told("production.begun_late", time=MOMENT)),
        "Injection molding one made one thousand units yesterday. The records of injection molding"
        " one begin only yesterday at two fifteen p m.",
    ),
    "rows that end early": Case(
        one("units", MADE, told("production.ended", time=MOMENT)),
        "Injection molding one made one thousand units yesterday. The records of injection molding"
        " one end yesterday at two fifteen p m.",
    ),
    "a machine without rows in that time": Case(
        one("units", MADE, of_machines("production.machine_missing", "Conveyor-A")),
        "Injection molding one made one thousand units yesterday."
        " Nothing is recorded of conveyor A in that time, so that part is missing.",
    ),
    "a machine that counts nothing": Case(
        one("units", MADE, of_machines("production.not_counted", "HVAC-Main")),
        "Injection molding one made one thousand units yesterday."
        " No units are counted at HVAC main.",
    ),
    "rows that do not tell all": Case(
        one("good", MADE, told("production.partial")),
        "Injection molding one made nine hundred and seventy good units yesterday. The records of"
        " injection molding one do not tell it all the time, so the true figure may differ.",
    ),
    "nothing judged": Case(
        one("quality", replace(MADE, judged_good=0.0, judged_units=0.0)),
        "Nothing that injection molding one made yesterday was judged, so there is no quality to"
        " tell.",
    ),
    "units untold": Case(
        one("units", UNTOLD),
        "The production records of injection molding one do not tell how many units were made"
        " yesterday.",
    ),
    "good units untold": Case(
        one("good", UNTOLD),
        "The production records of injection molding one do not tell how many units were good"
        " yesterday.",
    ),
    "rejects untold": Case(
        one("rejects", UNTOLD),
        "The production records of injection molding one do not tell how many units were rejected"
        " yesterday.",
    ),
    "quality untold": Case(
        one("quality", UNTOLD),
        "The production records of injection molding one do not tell how many units were good and"
        " how many rejected yesterday.",
    ),
    "downtime untold": Case(
        one("downtime", UNTOLD),
        "The production records of injection molding one do not tell the downtime yesterday.",
    ),
    "no rows in that time": Case(
        none("Conveyor-A", first=FIRST_DAY, last=LAST),
        "Nothing is recorded of what conveyor A made yesterday. What is recorded runs from the"
        " first of October twenty twenty four to the seventeenth of November twenty twenty six.",
    ),
    "no rows at all": Case(none("HVAC-Main"), "No units are counted at HVAC main."),
    "no machine left": Case(none(), "That leaves no machine that I could tell you about."),
    "no machine registered": Case(
        none(),
        "There are no machines in the energy database yet. Import some readings first.",
        Catalogue(),
    ),
}
