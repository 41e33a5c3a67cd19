"""A lathe with a baseline made by hand, for tests that compute its analysis by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from enms_core.domain.answer import Answer
from enms_core.domain.baseline import Equation, Model, ModelStatistics, Sampling, Verdict
from enms_core.domain.baseline_answers import Trained
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Scope
from enms_core.services.context import Context
from enms_core.services.seus import all_seus
from enms_core.services.training import TrainingOrder, train
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.settings import Settings
from enms_core.storage.baselines import store_baseline
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.baseline_cases import WITH_SEU, YEAR, of_seu
from tests.core.conftest import execute

Service = Callable[[Question, Context], object]

# Wednesday, after the lathe's only day of readings.
NOW = datetime(2026, 11, 18, 9, 7, 30, tzinfo=timezone.utc)
YESTERDAY = PeriodPhrase("unit", unit="day", offset=-1)

# Two hours in each of the day's hours, 1000 of them with a scatter of 0.1: s²/n of the intercept.
SCATTER, SAMPLES = 0.1, 1000
TARIFFS = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from)
SELECT f.id, s.id, t.name, t.rate, 'EUR', '{0,1,2,3,4,5,6}', t.begun, t.ended, '2020-01-01Z'
FROM factories AS f, energy_sources AS s,
     (VALUES ('day', 0.2, time '08:00', time '20:00'), ('night', 0.1, '20:00', '08:00'))
     AS t (name, rate, begun, ended)
WHERE s.name = 'electricity';
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, valid_to)
SELECT s.id, NULL, c.kg, c.begun, c.ended FROM energy_sources AS s,
     (VALUES (0.4, timestamptz '2020-01-01Z', timestamptz '2026-11-17T12:00+01:00'),
             (0.5, '2026-11-17T12:00+01:00', NULL)) AS c (kg, begun, ended)
WHERE s.name = 'electricity'
"""


def flat_model(expected: float = 2.0) -> Model:
    """So many kilowatt hours in every hour of running."""
    statistics = ModelStatistics(
        samples=SAMPLES,
        parameters=1,
        r2=0.0,
        adjusted_r2=0.0,
        rmse=SCATTER,
        mae=SCATTER,
        cvrmse_percent=100.0 * SCATTER / expected,
        f_value=0.0,
        f_p_value=1.0,
        durbin_watson=2.0,
        rho=0.0,
        effective_samples=float(SAMPLES),
        condition_number=1.0,
        bic=0.0,
    )
    covariance = ((SCATTER**2 / SAMPLES,),)
    return Model(
        Equation("hour", expected, ()),
        statistics,
        (),
        covariance,
        Verdict(),
        Sampling(SAMPLES, SAMPLES, {}),
    )


def with_baseline(url: str, model: Model | None = None, seu: str = "Turning") -> None:
    """Prices, factors, the SEU and its active baseline."""
    execute(url, TARIFFS)
    execute(url, WITH_SEU)

    async def stored(store: Store) -> object:
        of = await of_seu(store, seu)
        return await store_baseline(
            store.registers, of, model or flat_model(), YEAR, "Ada", activate=True
        )

    run_on(url, stored)


def answered(
    url: str,
    service: Service,
    intent: str,
    period: PeriodPhrase = YESTERDAY,
    now: datetime = NOW,
    machines: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
    is_follow_up: bool = False,
    **settings: object,
) -> Answer:
    """The answer of a service about some machines, about all where none are named."""

    async def work(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        named = [each for each in catalogue.machines if not machines or each.name in machines]
        scope = Scope("machines" if machines else "all", tuple(each.id for each in named))
        store.settings = Settings(**{**store.settings.model_dump(), **settings})
        context = Context(store, catalogue, now, is_follow_up=is_follow_up)
        return await service(Question(intent, scope, period, sources), context)  # type: ignore[misc]

    answer = run_on(url, work)
    assert isinstance(answer, Answer)
    return answer


def train_all(url: str, now: datetime, only: tuple[str, ...] = ()) -> None:
    """Baselines of all SEUs (or of those with these names) on the twelve months before now, with
    the drivers that are suggested; each active."""

    async def work(store: Store) -> object:
        catalogue = await load_catalogue(store.registers)
        for of in all_seus(catalogue):
            if only and of.seu.name not in only:
                continue
            span = await known_span(of, store, catalogue, now)
            period = last_twelve_months(now, span) if span is not None else None
            assert period is not None
            order = TrainingOrder(of, None, period, "Ada", activate=True)
            trained = await train(order, store, catalogue, store.settings)
            assert isinstance(trained, Trained), trained
        return None

    run_on(url, work)
