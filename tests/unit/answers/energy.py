"""Answers about energy, and that there is nothing to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from enms_core.domain.answer import DataIssue, NotBegun
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.energy import EnergyAnswer, Spent
from enms_core.domain.tariff import Money
from tests.unit.answers.common import (
    CATALOGUE,
    DAY_S,
    TWO,
    Case,
    coarse,
    energy,
    estimated,
    gap,
    no_readings,
    not_used,
    of_machines,
    of_source,
    question,
    use,
)

BOTH = (use("electricity", 310.2), use("natural_gas", 9_412.0))
FIRST = datetime(2024, 10, 1, tzinfo=timezone.utc)
LAST = datetime(2026, 11, 16, tzinfo=timezone.utc)
GAS, STEAM = CATALOGUE.source("natural_gas"), CATALOGUE.source("steam")
UNREADABLE = DataIssue("sources.unreadable", names={"sources": ("electricity", "natural_gas")})

POWER = energy(use("electricity", 950.4), asked=question("Compressor-1"))
EUROS, DOLLARS = Money(Decimal("142.3"), "EUR"), Money(Decimal("12.5"), "USD")


def in_unit(answer: EnergyAnswer, unit: str) -> EnergyAnswer:
    return replace(answer, question=replace(answer.question, unit=unit))


CASES = {
    "gas in kilowatt hours": Case(
        in_unit(energy(replace(use("natural_gas", 40.0), energy_kwh=420.0)), "kWh"),
        "Boiler one used four hundred and twenty kilowatt hours of natural gas yesterday.",
    ),
    "gas in a unit that is not of energy": Case(
        in_unit(energy(replace(use("natural_gas", 40.0), energy_kwh=420.0)), "m³"),
        "Boiler one used forty cubic meters of natural gas yesterday.",
    ),
    "two sources in megawatt hours": Case(
        in_unit(
            energy(use("electricity", 310.0), replace(use("natural_gas", 40.0), energy_kwh=420.0)),
            "MWh",
        ),
        "Boiler one used zero point three one megawatt hours of electricity and zero point four two"
        " megawatt hours of natural gas yesterday. Their energy can't be added up, because one of"
        " them has no known energy content.",
    ),
    "a source without a known energy content in kilowatt hours": Case(
        in_unit(energy(replace(use("natural_gas", 40.0), energy_kwh=None)), "kWh"),
        "Boiler one used forty cubic meters of natural gas yesterday. The energy content of natural"
        " gas is not known, so that is in its own unit.",
    ),
    "just begun": Case(
        NotBegun(question=TWO, is_just_begun=True),
        "That time has only just begun, so there is nothing to tell of it yet.",
    ),
    "readings of a longer time than was asked about": Case(
        replace(
            no_readings(TWO, (GAS,)),
            issues=(of_source("readings.longer_than_period", "natural_gas"),),
        ),
        "The readings of natural gas are too far apart for so short a time.",
    ),
    "not begun at one of the sites": Case(
        energy(
            use("electricity", 950.4),
            asked=TWO,
            issues=(DataIssue("period.not_begun", names={"sites": ("Lake Works",)}),),
        ),
        "Boiler one and compressor one used nine hundred and fifty kilowatt hours of electricity"
        " yesterday. That time has not begun yet at lake works.",
    ),
    "with its cost": Case(
        replace(POWER, spent=Spent((EUROS,), ())),
        "Compressor one used nine hundred and fifty kilowatt hours of electricity yesterday."
        " That cost one hundred and forty two euros.",
    ),
    "with its cost in two currencies": Case(
        replace(POWER, spent=Spent((EUROS, DOLLARS), ())),
        "Compressor one used nine hundred and fifty kilowatt hours of electricity yesterday."
        " That cost one hundred and forty two euros and twelve dollars fifty.",
    ),
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
    "hours estimated": Case(
        energy(use("electricity", 112.0), issues=(estimated("electricity"),)),
        "Boiler one used one hundred and twelve kilowatt hours of electricity yesterday."
        " Estimates stand in for two hours of the electricity readings.",
    ),
    "some of several machines estimated": Case(
        energy(use("electricity", 5.0), asked=TWO, issues=(estimated("electricity"),)),
        "Boiler one and compressor one used five kilowatt hours of electricity yesterday."
        " Some of the electricity readings are estimated.",
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
    "meters of two sources too coarse for the period": Case(
        energy(
            use("electricity", 5.0),
            use("steam", 1.0),
            asked=TWO,
            issues=(coarse(7_200.0, 14_400.0), coarse(7_200.0, 14_400.0, "steam")),
        ),
        "Boiler one and compressor one, yesterday: five kilowatt hours of electricity and one"
        " kilogram of steam."
        " For electricity, the complete readings of the meters cover only fifty percent of that"
        " time. For steam, the complete readings of the meters cover only fifty percent of that"
        " time.",
    ),
    "one of two meters too coarse for the period": Case(
        energy(
            use("electricity", 5.0), use("steam", 1.0), issues=(coarse(3_600.0, 7_200.0, "steam"),)
        ),
        "Boiler one, yesterday: five kilowatt hours of electricity and one kilogram of steam."
        " For steam, the complete readings of the meter cover only one hour of that time.",
    ),
    "a machine without a meter": Case(
        energy(
            use("electricity", 5.0),
            issues=(of_machines("machines.not_metered", "Conveyor-A"),),
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
            issues=(of_machines("readings.machine_missing", "Compressor-1"),),
        ),
        "Boiler one and compressor one used five kilowatt hours of electricity yesterday."
        " There are no readings of compressor one in that time, so they are not in it.",
    ),
    "no readings, but others": Case(
        no_readings(question("Boiler-1"), (GAS,), FIRST, LAST),
        "There are no readings of boiler one yesterday. The ones I have run from the first of"
        " October twenty twenty four to the sixteenth of November twenty twenty six.",
    ),
    "no readings at all": Case(
        no_readings(question(kind="all")),
        "There are no readings of all sites together yesterday.",
    ),
    "no machine left": Case(
        no_readings(question()),
        "That leaves no machine that I could tell you about.",
    ),
    "no machine registered": Case(
        no_readings(question()),
        "There are no machines in the energy database yet. Import some readings first.",
        Catalogue(),
    ),
    "not begun": Case(
        NotBegun(question=question("Boiler-1")),
        "That time has not come yet, so nothing has been used in it.",
    ),
    "a source not used": Case(
        not_used((GAS, STEAM), (CATALOGUE.source("electricity"),)),
        "There is no natural gas or steam meter at compressor one. I can tell you about"
        " electricity.",
    ),
    "no source used": Case(
        not_used((GAS,)),
        "There is no natural gas meter at compressor one.",
    ),
    "no meter at all": Case(
        not_used(()),
        "There is no meter registered for compressor one.",
    ),
    "a source whose readings cannot be used": Case(
        not_used((), issues=(UNREADABLE,)),
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
