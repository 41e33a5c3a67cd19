"""Answers about energy sources, their significant uses and their drivers."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import Catalogue, Driver, RefusedDriver
from enms_core.domain.listing import (
    DriverList,
    SeuList,
    SourceDrivers,
    SourceList,
    SourceUsers,
)
from enms_core.domain.question import Question
from enms_core.services.seus import all_seus
from tests.unit.answers.common import CATALOGUE, Case, question

GAS, STEAM = CATALOGUE.source("natural_gas"), CATALOGUE.source("steam")
POWER = CATALOGUE.source("electricity")
NAMELESS = replace(POWER, name="heat", unit="")
UNREADABLE = (DataIssue("sources.unreadable", names={"sources": ("heat",)}),)


def of(source: str, in_full: bool = False) -> Question:
    return replace(question(kind="all"), sources=(source,), in_full=in_full)


def users(asked: Question, *names: str, issues: tuple[DataIssue, ...] = ()) -> SourceList:
    machines = tuple(map(CATALOGUE.machine, asked.scope.machine_ids))
    sources = [replace(NAMELESS) if name == "heat" else CATALOGUE.source(name) for name in names]
    return SourceList(
        question=asked,
        sources=tuple(SourceUsers(source, machines) for source in sources),
        issues=issues,
    )


def seus(asked: Question, count: int) -> SeuList:
    entries = all_seus(CATALOGUE)
    named = tuple(source for source in CATALOGUE.sources if source.name in asked.sources)
    return SeuList(question=asked, seus=entries[:count], sources=named)


def drivers(asked: Question, *names: str, refused: tuple[RefusedDriver, ...] = ()) -> DriverList:
    found = tuple(Driver(GAS.id, name, "AVG") for name in names)
    return DriverList(question=asked, sources=(SourceDrivers(GAS, found, refused),))


REFUSED = (
    RefusedDriver(GAS.id, "avg_flow_rate_m3h", "consequence"),
    RefusedDriver(GAS.id, "wind_2", "missing"),
)

CASES = {
    "of a machine": Case(
        users(question("Boiler-1"), "electricity", "natural_gas", "steam"),
        "For boiler one I know electricity in kilowatt hours, natural gas in cubic meters and steam"
        " in kilograms. Bought from outside: electricity and natural gas. Produced here: steam.",
    ),
    "without a unit, and one unreadable": Case(
        users(question("Boiler-1"), "heat", issues=UNREADABLE),
        "For boiler one I know heat. Bought from outside: heat. I can't use the readings of heat:"
        " the database does not hold them as its registers say.",
    ),
    "machines of a source": Case(
        users(replace(question("Boiler-1", "Conveyor-A"), sources=("steam",)), "steam"),
        "Steam is measured at boiler one and conveyor A.",
    ),
    "seus": Case(
        seus(question(kind="all"), 11),
        "I know eleven significant energy uses: compressor one electricity, compressor one"
        " compressed air, HVAC main electricity and eight more.",
    ),
    "one seu of a source": Case(
        seus(of("electricity"), 1),
        "For electricity, I know one significant energy use: compressor one electricity.",
    ),
    "no seus": Case(
        seus(question(kind="all"), 0), "There are no significant energy uses in my list yet."
    ),
    "no seus of a source": Case(
        seus(of("steam"), 0), "There is no significant energy use of steam in my list."
    ),
    "drivers": Case(
        drivers(of("natural_gas"), "outdoor_temp_c", "heating_degree_days", "a_b", "c", "d"),
        "For natural gas I know five drivers: outdoor temperature, heating degree days, a b and two"
        " more.",
    ),
    "all drivers": Case(
        drivers(of("natural_gas", in_full=True), "throughput", "a", "b", "c", "d"),
        "For natural gas I know five drivers: throughput, a, b, c and d.",
    ),
    "refused drivers": Case(
        drivers(of("natural_gas"), "steam_kg", refused=REFUSED),
        "For natural gas I know one driver: steam output."
        " I leave out average flow, because that follows from the energy use itself."
        " I leave out wind two, because the database does not hold the values.",
    ),
    "no drivers": Case(
        drivers(of("natural_gas")), "There are no drivers for natural gas in my list."
    ),
    "no sources": Case(
        DriverList(question=question(), sources=()),
        "There is no energy source in the database yet.",
        Catalogue(),
    ),
}
