"""Answers about key performance indicators."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from enms_core.domain.answer import Answer, DataIssue
from enms_core.domain.carbon import CarbonFactor, Emissions, FactorEmissions
from enms_core.domain.cost import CostAnswer, SourceCost
from enms_core.domain.emissions import EmissionsAnswer, SourceEmissions
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.kpi import Kpi, KpiAnswer, KpiName, NoKpi
from enms_core.domain.question import Question
from enms_core.domain.tariff import Cost, Tariff, TariffCost
from tests.unit.answers.common import (
    BERLIN,
    CATALOGUE,
    PERIOD,
    TWO,
    Case,
    gap,
    of_machines,
    question,
)
from tests.unit.answers.power import block, power

ONE = question("Compressor-1", intent="kpi")
EVERYTHING = question(intent="kpi", kind="all")
PEAKED = datetime(2026, 11, 17, 14, 15, tzinfo=BERLIN)
ELECTRICITY = CATALOGUE.source("electricity")


def kpi(name: KpiName, value: float, unit: str, source: str | None = "electricity") -> Kpi:
    return Kpi(name, value, unit, source)


def unknown(name: KpiName, reason: NoKpi) -> Kpi:
    return Kpi(name, None, None, reason=reason)


def of(machine: str, figure: Kpi) -> Kpi:
    return replace(figure, machine=machine)


def kpis(
    metric: str,
    *figures: Kpi,
    asked: Question = ONE,
    by_machine: tuple[Kpi, ...] = (),
    issues: tuple[DataIssue, ...] = (),
    told_by: Answer | None = None,
) -> KpiAnswer:
    return KpiAnswer(
        question=replace(asked, intent="kpi", metric=metric),
        period=PERIOD,
        issues=issues,
        figures=figures,
        by_machine=by_machine,
        told_by=told_by,
    )


def cost(amount: str) -> CostAnswer:
    tariff = Tariff("day", Decimal("0.15"), "EUR")
    priced = Cost((TariffCost(tariff, Decimal(100), Decimal(amount)),))
    return CostAnswer(
        question=ONE,
        period=PERIOD,
        sources=(SourceCost(ELECTRICITY, 100.0, priced),),
        machines=(),
        readings=NO_EVIDENCE,
    )


def carbon(emitted_kg: float) -> EmissionsAnswer:
    factor = CarbonFactor(0.45, "DE")
    emitted = Emissions((FactorEmissions(factor, 100.0, emitted_kg),))
    return EmissionsAnswer(
        question=ONE,
        period=PERIOD,
        sources=(SourceEmissions(ELECTRICITY, 100.0, emitted),),
        machines=(),
        readings=NO_EVIDENCE,
    )


SEC = kpi("sec", 0.0895, "kWh/unit")
PEAK = Kpi("peak_demand", 62.0, "kW", "electricity", at=PEAKED)
LOAD = kpi("load_factor", 61.27, "%")
BASE = kpi("base_load", 12.4, "kW")
RAN = kpi("operating_hours", 593.75, "h", None)
IDLE = kpi("idle_share", 4.2, "%")
IDLED = kpi("idle_hours", 3.5, "h", None)
READY = kpi("availability", 98.4, "%", None)
COST = kpi("cost", 3021.45, "EUR")
CARBON = kpi("carbon", 8807.0, "kg CO2e")
ALL = (SEC, PEAK, LOAD, BASE, COST, CARBON, RAN, IDLE, READY)
NEEDED = (
    "Compressor one needed zero point zero eight nine five kilowatt hours of electricity for each"
    " unit made yesterday."
)

CASES = {
    "energy per unit": Case(kpis("sec", SEC), NEEDED),
    "energy per unit of several": Case(
        kpis(
            "sec",
            replace(SEC, energy_source=None, is_partial=True),
            asked=TWO,
            by_machine=(of("Boiler-1", unknown("sec", "no_production")), of("Compressor-1", SEC)),
        ),
        "Boiler one and compressor one needed zero point zero eight nine five kilowatt hours of"
        " energy for each unit made yesterday. The energy per unit counts only compressor one,"
        " which made something in that time. Hours without complete readings or production are"
        " left out.",
    ),
    "energy per unit, one by one": Case(
        kpis(
            "sec",
            SEC,
            asked=TWO,
            by_machine=(of("Boiler-1", replace(SEC, value=1.5)), of("Compressor-1", SEC)),
        ),
        "Boiler one and compressor one needed zero point zero eight nine five kilowatt hours of"
        " electricity for each unit made yesterday. One by one: boiler one with one point five"
        " kilowatt hours and compressor one with zero point zero eight nine five kilowatt hours.",
    ),
    "the peak": Case(
        kpis("peak_demand", PEAK, told_by=power("peak", block(62.0))),
        "Compressor one peaked at sixty two kilowatts of electricity yesterday, at two fifteen p"
        " m.",
    ),
    "the load factor": Case(
        kpis("load_factor", LOAD, PEAK, issues=(gap("electricity", 91.7),)),
        "Compressor one had a load factor of sixty one point three percent for electricity"
        " yesterday, with a peak of sixty two kilowatts. For electricity, readings for two hours"
        " are missing, so the true figure may differ.",
    ),
    "the base load": Case(
        kpis("base_load", BASE),
        "The base load of compressor one yesterday was twelve point four kilowatts of electricity.",
    ),
    "the base load of several, with gaps": Case(
        kpis(
            "base_load",
            BASE,
            kpi("base_load", 2.0, "m³/h", "natural_gas"),
            asked=TWO,
            issues=(gap("electricity", 80.0), gap("natural_gas", 99.8)),
        ),
        "The base load of boiler one and compressor one yesterday was twelve point four kilowatts"
        " of electricity. The base load of boiler one and compressor one yesterday was two cubic"
        " meters an hour of natural gas. For electricity, twenty percent of the readings are"
        " missing, so the true figure may differ. For natural gas, a few readings are missing,"
        " less than one percent.",
    ),
    "cost of a unit": Case(
        kpis("cost", COST, kpi("cost_per_unit", 1.25, "EUR/unit"), told_by=cost("3021.45")),
        "Compressor one spent one euro twenty five on electricity for each unit made yesterday."
        " In all, that was three thousand and twenty euros.",
    ),
    "cost of a cheap unit": Case(
        kpis("cost", COST, kpi("cost_per_unit", 0.0139, "EUR/unit"), told_by=cost("3021.45")),
        "Compressor one spent thirteen euros ninety on electricity for a thousand units made"
        " yesterday. In all, that was three thousand and twenty euros.",
    ),
    "cost without output": Case(
        kpis("cost", COST, unknown("cost_per_unit", "no_output"), told_by=cost("3021.45")),
        "Electricity for compressor one cost three thousand and twenty euros yesterday."
        " Compressor one made nothing yesterday, so I can't tell the energy cost per unit made.",
    ),
    "emissions of a unit": Case(
        kpis(
            "carbon",
            CARBON,
            kpi("carbon_per_unit", 0.0405, "kg CO2e/unit"),
            told_by=carbon(8807.0),
        ),
        "Compressor one emitted zero point zero four zero five kilograms of carbon dioxide from"
        " electricity for each unit made yesterday. In all, that was eight thousand eight hundred"
        " and ten kilograms of carbon dioxide.",
    ),
    "emissions without production": Case(
        kpis(
            "carbon",
            CARBON,
            unknown("carbon_per_unit", "no_production"),
            told_by=carbon(8807.0),
        ),
        "Electricity for compressor one emitted eight thousand eight hundred and ten kilograms of"
        " carbon dioxide yesterday. No production of compressor one is on record yesterday, so I"
        " can't tell the carbon emissions per unit made.",
    ),
    "operating hours": Case(
        kpis("operating_hours", RAN),
        "Compressor one ran for five hundred and ninety four hours yesterday.",
    ),
    "operating hours of several": Case(
        kpis(
            "operating_hours",
            RAN,
            asked=TWO,
            by_machine=(
                of("Boiler-1", replace(RAN, value=593.0)),
                of("Compressor-1", replace(RAN, value=timedelta(minutes=45) / timedelta(hours=1))),
            ),
            issues=(of_machines("status.partial", "Boiler-1"),),
        ),
        "Added up, boiler one and compressor one ran for five hundred and ninety four hours"
        " yesterday. One by one: boiler one with five hundred and ninety three hours and"
        " compressor one with forty five minutes. Part of that time is not known for boiler one,"
        " so it is not counted.",
    ),
    "operating hours, one machine without a status": Case(
        kpis(
            "operating_hours",
            RAN,
            asked=TWO,
            issues=(of_machines("status.none", "Boiler-1"),),
        ),
        "Added up, boiler one and compressor one ran for five hundred and ninety four hours"
        " yesterday. I have no status of boiler one.",
    ),
    "the idle share": Case(
        kpis("idle_share", IDLE, IDLED),
        "Four point two percent of the electricity for compressor one yesterday went into idling,"
        " which took three point five hours.",
    ),
    "no idling": Case(
        kpis("idle_share", replace(IDLE, value=0.0), replace(IDLED, value=0.0)),
        "Compressor one used no electricity while idling yesterday.",
    ),
    "availability": Case(
        kpis("availability", READY, asked=TWO),
        "Boiler one and compressor one were available for ninety eight point four percent of the"
        " time yesterday, leaving out when switched off.",
    ),
    "all": Case(
        kpis("all", *ALL),
        "Compressor one, yesterday: zero point zero eight nine five kilowatt hours of electricity"
        " per unit, a peak of sixty two kilowatts of electricity, a load factor of sixty one point"
        " three percent, a base load of twelve point four kilowatts, energy costs of three"
        " thousand and twenty euros, eight thousand eight hundred and ten kilograms of carbon"
        " dioxide, five hundred and ninety four hours of running, four point two percent of the"
        " energy for idling and an availability of ninety eight point four percent.",
    ),
    "all of several": Case(
        kpis(
            "all",
            unknown("sec", "no_common_hours"),
            *(each for each in ALL if each.name in ("load_factor", "operating_hours")),
            replace(IDLE, value=0.0),
            asked=EVERYTHING,
        ),
        "All sites together, yesterday: a load factor of sixty one point three percent. For all"
        " sites together, no hour yesterday has both complete readings and production, so I can't"
        " tell the energy per unit made.",
    ),
    "all, without prices and factors": Case(
        kpis("all", LOAD, unknown("cost", "no_price"), unknown("carbon", "no_factor")),
        "Compressor one, yesterday: a load factor of sixty one point three percent. There is no"
        " price for the energy of compressor one yesterday, so I can't tell the energy cost. There"
        " is no carbon factor for the energy of compressor one yesterday, so I can't tell the"
        " carbon emissions.",
    ),
    "all, without a meter": Case(
        kpis(
            "all",
            *(unknown(each.name, "not_metered") for each in (SEC, PEAK, LOAD, BASE)),
            RAN,
        ),
        "Compressor one, yesterday: five hundred and ninety four hours of running. There is no"
        " meter for the energy of compressor one yesterday, so I can't tell the energy per unit"
        " made, the peak demand, the load factor and the base load.",
    ),
    "no readings": Case(
        kpis("all", unknown("sec", "no_readings"), RAN),
        "Compressor one, yesterday: five hundred and ninety four hours of running. There are no"
        " readings of compressor one yesterday, so I can't tell the energy per unit made.",
    ),
    "nothing made": Case(
        kpis("sec", unknown("sec", "no_output")),
        "Compressor one made nothing yesterday, so I can't tell the energy per unit made.",
    ),
    "an energy content that is not known": Case(
        kpis("sec", unknown("sec", "unit")),
        "Not all energy of compressor one yesterday can be told in kilowatt hours, so I can't tell"
        " the energy per unit made.",
    ),
    "no whole block": Case(
        kpis("load_factor", unknown("load_factor", "no_block"), PEAK),
        "The meters of compressor one tell no complete step of time yesterday, so I can't tell the"
        " load factor.",
    ),
    "nothing used": Case(
        kpis("load_factor", unknown("load_factor", "no_use"), PEAK),
        "Compressor one used nothing yesterday, so I can't tell the load factor.",
    ),
    "no status": Case(
        kpis(
            "availability",
            unknown("availability", "no_status"),
            issues=(of_machines("status.none", "Compressor-1"),),
        ),
        "There is no status of compressor one yesterday, so I can't tell the availability.",
    ),
    "no modes": Case(
        kpis("idle_share", unknown("idle_share", "no_modes"), unknown("idle_hours", "no_modes")),
        "The status history of compressor one yesterday does not say whether it was idle, broken"
        " or off, so I can't tell the idle share.",
    ),
    "switched off": Case(
        kpis("availability", unknown("availability", "switched_off")),
        "Compressor one was switched off all the time yesterday, so I can't tell the availability.",
    ),
}
