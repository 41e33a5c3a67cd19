"""What is asked back about baselines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from enms_core.domain.asking import AsksWhich
from enms_core.domain.baseline_asking import (
    AsksForDrivers,
    AsksForPeriod,
    AsksToActivate,
    AsksToTrain,
    DriverFault,
    DriversRefused,
    OffersTraining,
)
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from tests.unit.answers.baseline_train import ASKED, GAS, WEAK
from tests.unit.answers.common import BERLIN, CATALOGUE, Case
from tests.unit.catalogues import ids_of
from tests.unit.trained_models import (
    BOILER,
    COMPRESSOR,
    PRODUCTION,
    TEMPERATURE,
    YEAR_2024,
    baseline,
    inactive,
    of_another_program,
)

NOTHING_DRIVES = replace(CATALOGUE, drivers=())
MONTHS = Period(datetime(2025, 11, 1, tzinfo=BERLIN), datetime(2026, 3, 1, tzinfo=BERLIN))
DAYS = Period(
    datetime(2025, 11, 18, tzinfo=timezone.utc), datetime(2026, 11, 18, 9, 7, tzinfo=BERLIN)
)


def which_drivers(*offered: str, of: SeuOfSource = BOILER) -> AsksForDrivers:
    return AsksForDrivers(question=GAS, need="drivers", of=of, offered=offered)


def shall_train(period: Period, *drivers: str) -> AsksToTrain:
    return AsksToTrain(
        question=ASKED, need="confirmation", of=COMPRESSOR, period=period, drivers=drivers
    )


def refused(faults: dict[str, DriverFault], *available: str) -> DriversRefused:
    return DriversRefused(
        question=GAS,
        need="drivers",
        of=BOILER,
        refused=faults,
        available=available,
        offered=available,
    )


CASES = {
    "which machine": Case(
        AsksWhich(
            question=ASKED,
            need="machine",
            choices=ids_of(CATALOGUE, "Compressor-1", "Compressor-EU-1"),
        ),
        "Which one do you mean: compressor one or compressor E U one?",
    ),
    "which source": Case(
        AsksWhich(
            question=GAS,
            need="energy_source",
            source_choices=("electricity", "natural_gas", "steam"),
        ),
        "Which energy source: electricity, natural gas or steam?",
    ),
    "which drivers": Case(
        which_drivers(TEMPERATURE, "heating_degree_days"),
        "Which drivers? I suggest outdoor temperature and heating degree days.",
    ),
    "which drivers, too many suggested": Case(
        which_drivers("a", "b", "c", "d", "e"), "Which drivers? I suggest a, b, c and d."
    ),
    "which drivers, none suggested": Case(
        which_drivers(),
        "Which drivers? For natural gas you can use gas pressure, calorific value, outdoor "
        "temperature and four more.",
    ),
    "which drivers, none known": Case(
        which_drivers(), "There are no drivers for natural gas in my list.", NOTHING_DRIVES
    ),
    "which period": Case(
        AsksForPeriod(
            question=GAS,
            need="period",
            of=BOILER,
            first=datetime(2024, 9, 30, 22, tzinfo=timezone.utc),
            last=datetime(2026, 11, 18, tzinfo=BERLIN),
        ),
        "Over which period? I have readings from the first of October twenty twenty four to the "
        "seventeenth of November twenty twenty six.",
    ),
    "shall I, a year": Case(
        shall_train(YEAR_2024, PRODUCTION, TEMPERATURE),
        "I'll train the electricity baseline of compressor one on production count and outdoor "
        "temperature, in twenty twenty-four. Shall I?",
    ),
    "shall I, some months": Case(
        shall_train(MONTHS, PRODUCTION),
        "I'll train the electricity baseline of compressor one on production count, from "
        "November twenty twenty-five to February twenty twenty-six. Shall I?",
    ),
    "shall I, some days": Case(
        shall_train(DAYS, PRODUCTION),
        "I'll train the electricity baseline of compressor one on production count, from the "
        "eighteenth of November twenty twenty-five to the eighteenth of November twenty "
        "twenty-six. Shall I?",
    ),
    "shall I, one month": Case(
        shall_train(replace(MONTHS, end=datetime(2025, 12, 1, tzinfo=BERLIN)), PRODUCTION),
        "I'll train the electricity baseline of compressor one on production count, in November "
        "twenty twenty-five. Shall I?",
    ),
    "shall I, two years": Case(
        shall_train(replace(YEAR_2024, end=datetime(2026, 1, 1, tzinfo=BERLIN)), PRODUCTION),
        "I'll train the electricity baseline of compressor one on production count, from twenty "
        "twenty-four to twenty twenty-five. Shall I?",
    ),
    "shall I, with drivers that fit": Case(
        shall_train(YEAR_2024),
        "I'll train the electricity baseline of compressor one on the drivers that fit best, in "
        "twenty twenty-four. Shall I?",
    ),
    "an offer": Case(
        OffersTraining(question=ASKED, need="offer", of=COMPRESSOR),
        "There is no electricity baseline of compressor one yet. I can train one now. Shall I?",
    ),
    "an offer where none is active": Case(
        OffersTraining(question=ASKED, need="offer", of=COMPRESSOR, has_inactive=True),
        "No version of the electricity baseline of compressor one is active. I can train a new "
        "one now. Shall I?",
    ),
    "shall I activate": Case(
        AsksToActivate(
            question=ASKED,
            need="confirmation",
            of=COMPRESSOR,
            chosen=inactive(baseline(3, WEAK)),
            active=baseline(),
        ),
        "Version three explains six percent of the variation and does not meet the validity "
        "rules. Version five explains eighty seven percent of the variation. Shall I make "
        "version three the active electricity baseline of compressor one instead of version "
        "five?",
    ),
    "shall I activate the only one": Case(
        AsksToActivate(
            question=ASKED,
            need="confirmation",
            of=COMPRESSOR,
            chosen=inactive(baseline(0, of_another_program())),
            active=None,
        ),
        "The version of another program has no statistics, so nobody knows how good it is. "
        "Shall I make the version of another program the active electricity baseline of "
        "compressor one?",
    ),
    "an unknown driver": Case(
        refused(
            {"wind speed": "unknown"},
            TEMPERATURE,
            "heating_degree_days",
            PRODUCTION,
            "operating_hours",
            "gas_pressure_bar",
        ),
        "I can't use wind speed for natural gas. You can use outdoor temperature, heating "
        "degree days, production count and two more. Which ones?",
    ),
    "drivers of every fault": Case(
        refused(
            {
                "avg_flow_rate_m3h": "consequence",
                "wind_2": "missing",
                "gas_pressure_bar": "no_data",
                "calorific_value": "constant",
            },
            TEMPERATURE,
        ),
        "I can't use average flow, because that follows from the energy use itself. I can't use "
        "wind two, because the database has no such column. There are no values of gas pressure "
        "in that time. In that time, calorific value always had the same value, so that "
        "explains nothing. You can use outdoor temperature. Which ones?",
    ),
    "no driver that could be used": Case(
        refused({"gas_pressure_bar": "no_data"}),
        "There are no values of gas pressure in that time.",
    ),
    "no driver at all": Case(
        refused({"wind speed": "unknown"}),
        "I can't use wind speed for natural gas. There are no drivers for natural gas in my list.",
        NOTHING_DRIVES,
    ),
}
