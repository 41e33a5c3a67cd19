"""What services decide about baselines, without a database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis.better_model import better_of
from enms_core.domain.asking import AsksWhich
from enms_core.domain.baseline import (
    Baseline,
    DriverStatistics,
    Equation,
    Model,
    ModelStatistics,
    RuleBroken,
    Term,
    Verdict,
)
from enms_core.domain.baseline_answers import NoSeu
from enms_core.domain.baseline_prediction import CannotPredict
from enms_core.domain.catalogue import Catalogue, Seu
from enms_core.domain.intents import LAST_12_MONTHS
from enms_core.domain.period import Period
from enms_core.domain.question import Question, Scope
from enms_core.domain.seu import SeuOfSource
from enms_core.services.baseline_conditions import predict_conditions
from enms_core.services.baseline_explain import influences
from enms_core.services.context import Context
from enms_core.services.driver_faults import name_faults
from enms_core.services.seus import one_seu, seu_of_source
from enms_core.services.training_period import last_twelve_months
from enms_core.services.waiting import told_of
from tests.unit.catalogues import demo_catalogue, ids_of

CATALOGUE = demo_catalogue()
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 9, 7, tzinfo=timezone.utc)
STATISTICS = ModelStatistics(
    samples=1000,
    parameters=3,
    r2=0.9,
    adjusted_r2=0.9,
    rmse=1.0,
    mae=0.8,
    cvrmse_percent=5.0,
    f_value=100.0,
    f_p_value=0.0,
    durbin_watson=2.0,
    rho=0.0,
    effective_samples=1000.0,
    condition_number=1.0,
    bic=0.0,
)


def asked(*machines: str, sources: tuple[str, ...] = ()) -> Question:
    scope = Scope("machines", ids_of(CATALOGUE, *machines))
    return Question("baseline_explain", scope, LAST_12_MONTHS, sources)


def meant(question: Question, catalogue: Catalogue = CATALOGUE, *preferred: str) -> object:
    context = Context(cast(Any, None), catalogue, NOW)
    ids = [seu.id for seu in catalogue.seus if seu.name in preferred]
    found = one_seu(question, context, ids)
    return found.seu.name if isinstance(found, SeuOfSource) else found


def gas() -> SeuOfSource:
    [seu] = (seu for seu in CATALOGUE.seus if seu.name == "Boiler-1 natural gas")
    return seu_of_source(seu, CATALOGUE)


def driver(name: str, mean: float, deviation: float) -> DriverStatistics:
    return DriverStatistics(name, 0.1, 10.0, 0.0, 10.0, 0.0, 1.0, mean, deviation, 0.0, 1000.0)


def model(*terms: Term, **known: Any) -> Model:
    return replace(Model(Equation("hour", 10.0, terms)), **known)


# --- which SEU ----------------------------------------------------------------------------------


def test_the_source_named_chooses_the_seu() -> None:
    assert meant(asked("Boiler-1", sources=("steam",))) == "Boiler-1 steam"


def test_several_sources_of_a_machine_are_asked_back() -> None:
    found = meant(asked("Boiler-1"))

    assert isinstance(found, AsksWhich)
    assert (found.need, found.source_choices) == (
        "energy_source",
        ("electricity", "natural_gas", "steam"),
    )


def test_several_machines_are_asked_back_first() -> None:
    found = meant(asked("Boiler-1", "Compressor-1"))

    assert isinstance(found, AsksWhich)
    assert set(found.choices) == set(ids_of(CATALOGUE, "Boiler-1", "Compressor-1"))
    assert found.question.scope.machine_ids == ()  # a choice is put in, not left out


def test_what_has_a_baseline_is_meant_rather() -> None:
    assert meant(asked("Boiler-1"), CATALOGUE, "Boiler-1 steam") == "Boiler-1 steam"


def test_of_those_with_a_baseline_the_purchased_one_is_meant() -> None:
    trained = ("Compressor-1 electricity", "Compressor-1 compressed air")

    assert meant(asked("Compressor-1"), CATALOGUE, *trained) == "Compressor-1 electricity"


def test_an_seu_of_just_the_machine_goes_before_one_that_spans_more() -> None:
    both = ids_of(CATALOGUE, "Conveyor-A", "HVAC-Main")
    line = Seu(uuid4(), "Line", CATALOGUE.source("electricity").id, both)
    catalogue = replace(CATALOGUE, seus=(line, *CATALOGUE.seus))
    alone = replace(CATALOGUE, seus=(line,))

    assert meant(asked("Conveyor-A"), catalogue) == "Conveyor-A electricity"
    assert meant(asked("Conveyor-A"), alone) == "Line"
    assert meant(asked("Conveyor-A", "HVAC-Main"), catalogue) == "Line"


def test_without_an_seu_that_is_told() -> None:
    found = meant(asked("Conveyor-A", sources=("steam",)))

    assert isinstance(found, NoSeu)
    assert found.data() == {"energy_source": "steam", "machines": ["Conveyor-A"]}


# --- training -----------------------------------------------------------------------------------


def test_the_last_twelve_months_are_whole_days_of_the_factory() -> None:
    span = Period(datetime(2024, 1, 1, tzinfo=BERLIN), NOW.astimezone(BERLIN))

    found = last_twelve_months(NOW, span)

    start, end = datetime(2025, 11, 18, tzinfo=BERLIN), datetime(2026, 11, 18, tzinfo=BERLIN)
    assert found == Period(start, end)


def test_where_there_is_less_history_it_is_what_there_is() -> None:
    span = Period(datetime(2026, 10, 3, 5, tzinfo=BERLIN), NOW.astimezone(BERLIN))

    found = last_twelve_months(NOW, span)

    assert found is not None and found.start == span.start


def test_the_day_that_other_years_have_not_is_the_day_before() -> None:
    now = datetime(2028, 2, 29, 12, tzinfo=BERLIN)
    span = Period(datetime(2024, 1, 1, tzinfo=BERLIN), now)

    found = last_twelve_months(now, span)

    assert found is not None and found.start == datetime(2027, 2, 28, tzinfo=BERLIN)


def test_drivers_of_another_source_are_unknown() -> None:
    names = ("outdoor_temp_c", "material_moisture_percent", "moon")

    assert name_faults(gas(), names, CATALOGUE) == {
        "material_moisture_percent": "unknown",
        "moon": "unknown",
    }


# --- comparing and explaining -------------------------------------------------------------------

VALID, INVALID = Verdict(), Verdict((RuleBroken("r2", 0.1, 0.5),))


def judged(verdict: Verdict = VALID, **figures: Any) -> Model:
    return model(verdict=verdict, statistics=replace(STATISTICS, **figures))


@pytest.mark.parametrize(
    ("first", "second", "better"),
    [
        (judged(), judged(INVALID, out_of_time_cvrmse_percent=1.0), (0, "validity")),
        (
            judged(out_of_time_cvrmse_percent=6.0, adjusted_r2=0.99),
            judged(out_of_time_cvrmse_percent=5.0, adjusted_r2=0.90),
            (1, "out_of_time"),
        ),
        (
            judged(out_of_time_cvrmse_percent=5.00),
            judged(out_of_time_cvrmse_percent=5.04),
            (None, "out_of_time"),
        ),
        (judged(adjusted_r2=0.95), judged(adjusted_r2=0.90), (0, "adjusted_r2")),
        (judged(), model(), (None, "unknown")),
    ],
)
def test_which_model_is_better_and_what_decides(
    first: Model, second: Model, better: tuple[int | None, str]
) -> None:
    assert better_of(first, second) == better


def test_influences_are_shares_of_the_variance_that_drivers_bring_in() -> None:
    """2 per unit with deviation 3 against -4 per unit with deviation 2: 36 to 64."""
    moved = (driver("weak", 0, 3), driver("strong", 0, 2))
    known = model(Term("weak", 2.0), Term("strong", -4.0), drivers=moved)

    assert [(i.driver, i.share, i.coefficient) for i in influences(known)] == [
        ("strong", pytest.approx(0.64), -4.0),
        ("weak", pytest.approx(0.36), 2.0),
    ]


def test_influences_of_a_model_without_statistics_have_no_share() -> None:
    assert [each.share for each in influences(model(Term("steam_kg", 0.1)))] == [None]


# --- conditions ---------------------------------------------------------------------------------


def stored(known: Model) -> Baseline:
    of = gas()
    return Baseline(of.seu.id, of.source.id, 1, known, True, None, None)


def test_conditions_are_put_into_the_equation() -> None:
    baseline = stored(model(Term("steam_kg", 0.5), Term("outdoor_temp_c", -0.25)))

    told = predict_conditions(gas(), baseline, {"steam_kg": 100.0, "outdoor_temp_c": 20.0})

    assert not isinstance(told, CannotPredict)
    assert told.expected == pytest.approx(10 + 50 - 5)
    assert (told.lower, told.assumed, told.unused) == (None, (), ())


def test_what_is_not_said_and_has_no_mean_cannot_be_assumed() -> None:
    baseline = stored(model(Term("steam_kg", 0.5), Term("outdoor_temp_c", -0.25)))

    told = predict_conditions(gas(), baseline, {"steam_kg": 100.0})

    assert isinstance(told, CannotPredict)
    assert told.drivers == ("outdoor_temp_c",)


# --- waiting ------------------------------------------------------------------------------------


def test_quick_work_is_not_told_of() -> None:
    told: list[None] = []

    async def quick() -> int:
        return 7

    assert asyncio.run(told_of(quick(), lambda: told.append(None), 5.0)) == 7
    assert told == []


def test_who_stops_waiting_stops_the_work() -> None:
    seen = SimpleNamespace(cancelled=False)

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.cancelled = True
            raise

    async def stopped() -> None:
        begun = asyncio.Event()
        waiting = asyncio.ensure_future(told_of(work(), begun.set, 0.001))
        await begun.wait()
        waiting.cancel()
        await asyncio.wait({waiting})

    asyncio.run(stopped())
    assert seen.cancelled
