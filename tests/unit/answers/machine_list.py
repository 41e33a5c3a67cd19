"""Answers about which machines there are."""

from __future__ import annotations

from dataclasses import replace

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.listing import MachineList
from enms_core.domain.question import Question, Scope
from tests.unit.answers.common import CATALOGUE, Case, question
from tests.unit.catalogues import demo_catalogue

HOME = demo_catalogue(site="Demo Manufacturing Plant")


def listed(asked: Question, catalogue: Catalogue = CATALOGUE) -> MachineList:
    machines = [catalogue.machine(machine_id) for machine_id in asked.scope.machine_ids]
    return MachineList(
        question=asked,
        machines=tuple((each, catalogue.factory(each.factory_id)) for each in machines),
    )


def of_home(in_full: bool = False) -> Question:
    scope = Scope("all", tuple(machine.id for machine in HOME.home_machines))
    return replace(question(intent="machine_list"), scope=scope, in_full=in_full)


EU = question("Compressor-EU-1", "HVAC-EU-North", kind="site", intent="machine_list")

CASES = {
    "one": Case(
        listed(question("Compressor-1", intent="machine_list")),
        "I know one machine: compressor one.",
    ),
    "four are named": Case(
        listed(question("Boiler-1", "Compressor-1", "Conveyor-A", "HVAC-Main")),
        "I know four machines: boiler one, compressor one, conveyor A and HVAC main.",
    ),
    "more are counted": Case(
        listed(of_home(), HOME),
        "I know six machines: compressor one, HVAC main, conveyor A and three more.",
        HOME,
    ),
    "all of them where that was asked": Case(
        listed(of_home(in_full=True), HOME),
        "I know six machines: compressor one, HVAC main, conveyor A, hydraulic pump one, injection"
        " molding one and boiler one.",
        HOME,
    ),
    "of a site": Case(
        listed(EU),
        "European production facility has two machines: compressor E U one and HVAC E U north.",
    ),
    "of several sites": Case(
        listed(question(kind="all", intent="machine_list")),
        "I know eleven machines: six at demo manufacturing plant, two at european production"
        " facility and three at american assembly plant."
        " They are compressor one, HVAC main, conveyor A and eight more.",
    ),
    "of several sites, one of them with one machine": Case(
        listed(question("Boiler-1", "Conveyor-A", "Compressor-EU-1", intent="machine_list")),
        "I know three machines: two at demo manufacturing plant and one at european production"
        " facility. They are boiler one, conveyor A and compressor E U one.",
    ),
    "of a source": Case(
        replace(
            listed(question("Boiler-1", "Compressor-1")), sources=(CATALOGUE.source("natural_gas"),)
        ),
        "With natural gas, I know two machines: boiler one and compressor one.",
    ),
    "of an empty database": Case(
        listed(question(intent="machine_list")),
        "There are no machines in the energy database yet. Import some readings first.",
        Catalogue(),
    ),
}
