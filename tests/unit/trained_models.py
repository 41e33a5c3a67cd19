"""Models and stored baselines made by hand, for what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from enms_core.domain.baseline import (
    Baseline,
    DriverStatistics,
    Equation,
    Grain,
    Model,
    ModelStatistics,
    Reason,
    Sampling,
    Term,
    Verdict,
)
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from tests.unit.answers.common import BERLIN, CATALOGUE

YEAR_2024 = Period(datetime(2024, 1, 1, tzinfo=BERLIN), datetime(2025, 1, 1, tzinfo=BERLIN))
CREATED = datetime(2026, 11, 3, 9, 30, tzinfo=timezone.utc)
PRODUCTION, TEMPERATURE = "production_count", "outdoor_temp_c"
TERMS = (Term(PRODUCTION, 0.0071), Term(TEMPERATURE, 0.07))


def seu_of(machine: str, source: str, catalogue: Catalogue = CATALOGUE) -> SeuOfSource:
    """The SEU of a machine of the demo plant and an energy source."""
    seu = next(each for each in catalogue.seus if each.name == f"{machine} {source}")
    carrier = next(each for each in catalogue.sources if each.id == seu.energy_source_id)
    return SeuOfSource(seu, carrier, tuple(map(catalogue.machine, seu.machine_ids)))


COMPRESSOR = seu_of("Compressor-1", "electricity")
BOILER = seu_of("Boiler-1", "natural gas")


def statistics(r2: float = 0.87, samples: int = 8_612) -> ModelStatistics:
    return ModelStatistics(
        samples=samples,
        parameters=3,
        r2=r2,
        adjusted_r2=r2,
        rmse=2.6,
        mae=2.0,
        cvrmse_percent=6.2,
        f_value=900.0,
        f_p_value=0.0,
        durbin_watson=1.4,
        rho=0.3,
        effective_samples=4_600.0,
        condition_number=3.0,
        bic=1_000.0,
        out_of_time_r2=r2,
        out_of_time_cvrmse_percent=7.1,
    )


def driver_statistics(driver: str, minimum: float, maximum: float) -> DriverStatistics:
    mean = (minimum + maximum) / 2
    return DriverStatistics(
        driver=driver,
        standard_error=0.001,
        t_value=30.0,
        p_value=0.0,
        t_value_ols=40.0,
        p_value_ols=0.0,
        vif=1.1,
        mean=mean,
        standard_deviation=(maximum - minimum) / 4,
        minimum=minimum,
        maximum=maximum,
    )


RANGES = {PRODUCTION: (0.0, 420.0), TEMPERATURE: (-9.5, 33.0)}


def model(
    *terms: Term,
    intercept: float = 21.0,
    grain: Grain = "hour",
    figures: ModelStatistics | None = None,
    verdict: Verdict | None = None,
    left_out: dict[Reason, int] | None = None,
) -> Model:
    """A valid model of a year of hours, where nothing else is told."""
    figures = figures or statistics()
    terms = terms or TERMS
    return Model(
        Equation(grain, intercept, terms),
        figures,
        tuple(driver_statistics(t.driver, *RANGES.get(t.driver, (0.0, 1.0))) for t in terms),
        verdict=verdict or Verdict(),
        sampling=Sampling(8_784, figures.samples, left_out or {}),
    )


def of_another_program(*terms: Term) -> Model:
    """Coefficients, and nothing that would tell how good they are."""
    return Model(Equation("hour", 21.0, terms or TERMS))


def baseline(
    version: int = 5,
    made: Model | None = None,
    is_active: bool = True,
    of: SeuOfSource = COMPRESSOR,
    period: Period | None = YEAR_2024,
) -> Baseline:
    return Baseline(
        of.seu.id,
        of.source.id,
        version,
        made or model(),
        is_active,
        period,
        CREATED,
        "someone",
    )


def inactive(each: Baseline) -> Baseline:
    return replace(each, is_active=False)
