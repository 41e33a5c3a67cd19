"""Versions of baselines: stored once, never overwritten, one of an SEU's active at most.

A version is given its number, becomes the active one and is noted in the audit log in one
transaction, in which nobody else stores or activates one of the same SEU.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from enms_core.domain.baseline import Baseline, Model
from enms_core.domain.errors import UnknownVersion
from enms_core.domain.period import Period
from enms_core.domain.seu import SeuOfSource
from enms_core.storage.audit import record
from enms_core.storage.database import Database
from enms_core.storage.management import EnergyBaselineRow
from enms_core.storage.model_json import model_json
from enms_core.storage.sessions import RegisterStore
from enms_core.storage.stored_models import (
    IS_ACTIVE,
    LEGACY_VERSION,
    read_models,
    stored_models,
)

BASELINES: Table = EnergyBaselineRow.__table__  # type: ignore[attr-defined]
MODEL_TYPE = "linear_regression"
# One number a purpose, so that SEUs do not wait for anybody else's locks.
VERSIONS_LOCK = 7_305_007
# Storing takes milliseconds: who waits longer waits for something that hangs.
WAIT_BRIEFLY = "SET LOCAL lock_timeout = '5s'"
ACTIVE = f"""
SELECT max(b.model_version) FROM energy_baselines AS b WHERE b.seu_id = :seu_id AND {IS_ACTIVE}
"""
LOCK = f"SELECT pg_advisory_xact_lock({VERSIONS_LOCK}, hashtext(:seu_id))"


async def baselines_of(
    readings: Database, seu_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[Baseline, ...]]:
    """The versions by SEU, the newest first; SEUs without any are left out.

    Version 0 is the model that another program kept in the columns of `seus`. Models that cannot
    be read are left out too; `enms db status` tells of them.
    """
    return (await stored_models(readings, seu_ids)).versions


async def shown_baselines_of(
    readings: Database, seu_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[Baseline, ...]]:
    """The same without the versions that a list of many SEUs does not show: at least the active one
    of each and the newest."""
    shown = (await stored_models(readings, seu_ids, is_whole=False)).versions
    # Of these there is none, or those to be shown cannot be read.
    others = [seu_id for seu_id in seu_ids if seu_id not in shown]
    return {**shown, **(await baselines_of(readings, others) if others else {})}


async def store_baseline(
    registers: RegisterStore,
    of: SeuOfSource,
    model: Model,
    period: Period,
    who: str,
    activate: bool | None = None,
) -> Baseline:
    """Store a model as the next version. activate None: it becomes active if it is valid."""
    is_active = activate
    if is_active is None:
        is_active = model.verdict is not None and model.verdict.is_valid
    async with registers.session() as session:
        connection = await _locked(session, of)
        before = await _active_version(connection, of)
        version = await _next_version(connection, of)
        if is_active:
            await _deactivate(connection, of)
        values = _columns(of, model, period, who) | {
            "model_version": version,
            "is_active": is_active,
        }
        written = BASELINES.insert().values(values).returning(BASELINES.c.created_at)
        created_at = (await connection.execute(written)).scalar_one()
        after = _facts(of, version if is_active else before) | {"version": version}
        await record(session, who, "baseline.train", _facts(of, before), after)
    return Baseline(
        seu_id=of.seu.id,
        energy_source_id=of.source.id,
        version=version,
        model=model,
        is_active=is_active,
        period=period,
        created_at=created_at,
        trained_by=who,
    )


async def activate_baseline(
    registers: RegisterStore, of: SeuOfSource, version: int, who: str
) -> tuple[Baseline, int | None]:
    """Make a version the active one; with the number of the one that was.

    Raises UnknownVersion.
    """
    async with registers.session() as session:
        connection = await _locked(session, of)
        known = await _versions(connection, of)
        chosen = next((each for each in known if each.version == version), None)
        if chosen is None:
            raise UnknownVersion(of.seu.name, version)
        before = _active_of(known)
        if before != version:
            await _deactivate(connection, of)
            # The model in the columns of `seus` is active where no version is.
            await connection.execute(
                BASELINES.update()
                .where(BASELINES.c.seu_id == of.seu.id, BASELINES.c.model_version == version)
                .values(is_active=True)
            )
            facts = _facts(of, before), _facts(of, version)
            await record(session, who, "baseline.activate", *facts)
    return replace(chosen, is_active=True), before


async def _locked(session: AsyncSession, of: SeuOfSource) -> AsyncConnection:
    """The session's connection, when nobody else writes versions of the SEU."""
    connection = await session.connection()
    await connection.execute(text(WAIT_BRIEFLY))
    await connection.execute(text(LOCK), {"seu_id": str(of.seu.id)})
    return connection


async def _versions(connection: AsyncConnection, of: SeuOfSource) -> tuple[Baseline, ...]:
    return (await connection.run_sync(read_models, [of.seu.id])).versions.get(of.seu.id, ())


def _active_of(versions: Sequence[Baseline]) -> int | None:
    return next((each.version for each in versions if each.is_active), None)


async def _active_version(connection: AsyncConnection, of: SeuOfSource) -> int | None:
    """The number of the one that is marked; only where none is, the models tell whether that in the
    columns of `seus` is active."""
    number = (await connection.execute(text(ACTIVE), {"seu_id": of.seu.id})).scalar_one()
    return _active_of(await _versions(connection, of)) if number is None else int(number)


async def _next_version(connection: AsyncConnection, of: SeuOfSource) -> int:
    """One more than the greatest there is, readable or not."""
    newest = select(func.max(BASELINES.c.model_version)).where(BASELINES.c.seu_id == of.seu.id)
    return ((await connection.execute(newest)).scalar_one() or LEGACY_VERSION) + 1


async def _deactivate(connection: AsyncConnection, of: SeuOfSource) -> None:
    """No version is active; it is the same transaction that makes another one active."""
    await connection.execute(
        BASELINES.update()
        .where(BASELINES.c.seu_id == of.seu.id, BASELINES.c.is_active)
        .values(is_active=False)
    )


def _facts(of: SeuOfSource, active: int | None) -> dict[str, str | int | float | None]:
    return {"seu": of.seu.name, "active": active}


def _columns(of: SeuOfSource, model: Model, period: Period, who: str) -> dict[str, Any]:
    """What programs that know only the columns read; all of the model stands in `metadata`."""
    equation, statistics, sampling = model.equation, model.statistics, model.sampling
    return {
        "machine_id": of.machines[0].id if of.machines else None,
        "seu_id": of.seu.id,
        "energy_source_id": of.source.id,
        "model_name": of.seu.name,
        "model_type": MODEL_TYPE,
        "training_start_date": period.start,
        "training_end_date": period.end,
        "training_samples": sampling.samples if sampling is not None else None,
        "coefficients": {term.driver: float(term.coefficient) for term in equation.terms},
        "intercept": float(equation.intercept),
        "feature_names": list(equation.drivers),
        "r_squared": statistics.r2 if statistics is not None else None,
        "rmse": statistics.rmse if statistics is not None else None,
        "mae": statistics.mae if statistics is not None else None,
        "trained_by": who,
        "metadata": model_json(model),
    }
