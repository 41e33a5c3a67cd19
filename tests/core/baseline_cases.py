"""Baselines for the tests that store them: models of every kind, and an energy use to store for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from uuid import UUID

from enms_core.domain.baseline import (
    Baseline,
    DriverStatistics,
    Equation,
    Model,
    ModelStatistics,
    ModelWarning,
    RuleBroken,
    Sampling,
    Term,
    Verdict,
)
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.baselines import (
    activate_baseline,
    baselines_of,
    shown_baselines_of,
    store_baseline,
)
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import run_on

SEU = UUID("00000000-0000-0000-0000-0000000000d1")
WITH_SEU = f"""
INSERT INTO seus (id, name, energy_source_id, machine_ids)
SELECT '{SEU}', 'Turning', id, ARRAY['00000000-0000-0000-0000-0000000000a1']::uuid[]
FROM energy_sources WHERE name = 'electricity'
"""
YEAR = Period(
    datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=1))),
    datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
)
VALID, INVALID = Verdict(), Verdict((RuleBroken("r2", 0.31, 0.5),))


def model(slope: float = 0.1, verdict: Verdict | None = VALID) -> Model:
    """A model with everything that there is to be told, in numbers that no decimal ends."""
    return Model(
        Equation(
            "hour",
            1 / 3,
            (
                Term("production_count", slope),
                Term("heating_degree_days", -2 / 7, "heating", 15.5),
            ),
        ),
        ModelStatistics(
            samples=5123,
            parameters=4,
            r2=0.1 + 0.2,
            adjusted_r2=2 / 3,
            rmse=1e300 / 3,
            mae=5e-324,
            cvrmse_percent=1e308,
            f_value=float("nan"),
            f_p_value=0.0,
            durbin_watson=1.9,
            rho=-0.25,
            effective_samples=321.1,
            condition_number=float("inf"),
            bic=-1e-17,
            residual_quantiles=((0.05, -1.5), (0.95, float("-inf"))),
        ),
        (
            DriverStatistics(
                "production_count", *(n / 7 for n in range(5)), None, 1.0, 2.0, 3.0, 4.0
            ),
            DriverStatistics(
                "heating_degree_days", *(n / 9 for n in range(5)), 1.5, 1.0, 2.0, 3.0, 4.0
            ),
        ),
        ((1 / 3, 2.0, -1.5), (2.0, 1e-300, 0.1), (-1.5, 0.1, 7.0)),
        None
        if verdict is None
        else Verdict(verdict.broken, (ModelWarning("negative_coefficient", "heating", -2 / 7),)),
        Sampling(8760, 5123, {"backfill": 637, "not_running": 3000}),
    )


def stored(url: str, kept: Model, activate: bool | None = None, seu: str = "Turning") -> Baseline:
    """Store a model for an energy use."""

    async def work(store: Store) -> Baseline:
        of = await of_seu(store, seu)
        return await store_baseline(store.registers, of, kept, YEAR, "Ada", activate)

    result = run_on(url, work)
    assert isinstance(result, Baseline)
    return result


def activated(url: str, version: int, seu: str = "Turning") -> tuple[Baseline, int | None]:
    async def work(store: Store) -> object:
        return await activate_baseline(store.registers, await of_seu(store, seu), version, "Bob")

    result = run_on(url, work)
    assert isinstance(result, tuple)
    return result


def versions(url: str, seu_id: UUID = SEU) -> Sequence[Baseline]:
    """What is stored of an energy use, the newest first. Whatever that is, a list of many shows the
    same version of it."""
    found = run_on(url, lambda store: baselines_of(store.readings, [seu_id]))
    listed = run_on(url, lambda store: shown_baselines_of(store.readings, [seu_id]))
    assert isinstance(found, dict) and isinstance(listed, dict)
    known = tuple(found.get(seu_id, ()))
    assert repr(_shown(listed.get(seu_id, ()))) == repr(_shown(known))
    return known


def _shown(known: Sequence[Baseline]) -> Baseline | None:
    """The active one, else the newest. Some numbers of a model are none, and equal to nothing."""
    return next((each for each in known if each.is_active), next(iter(known), None))


def active(url: str, seu_id: UUID = SEU) -> int | None:
    return next((each.version for each in versions(url, seu_id) if each.is_active), None)


async def of_seu(store: Store, name: str = "Turning") -> SeuOfSource:
    known = await load_catalogue(store.registers)
    seu = next(each for each in known.seus if each.name == name)
    source = next(each for each in known.sources if each.id == seu.energy_source_id)
    return SeuOfSource(seu, source, tuple(map(known.machine, seu.machine_ids)))
