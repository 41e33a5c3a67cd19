"""Existing EnMS databases: taken as they are, and given back unchanged."""

from __future__ import annotations

from datetime import datetime, timezone
from uuid import UUID

import pytest
from sqlmodel import select

from enms_core.domain.errors import QueryFailed
from enms_core.storage.management import EnergyBaselineRow
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.adopted.databases import (
    BOILER,
    BOTH,
    ONE_TABLE,
    TABLE_PER_CARRIER,
    downgrade,
    meters,
    upgrade,
)
from tests.core.adopted.snapshot import Snapshot, snapshot
from tests.core.conftest import execute, rows

# The one constraint that is replaced, and the index that it is made of.
REPLACED = {
    ONE_TABLE: {
        ("relation", "public", "uq_machine_model_version", "i", None),
        (
            "constraint",
            "energy_baselines",
            "uq_machine_model_version",
            "UNIQUE (machine_id, model_version)",
        ),
        (
            "index",
            "CREATE UNIQUE INDEX uq_machine_model_version ON public.energy_baselines "
            "USING btree (machine_id, model_version)",
        ),
    },
    TABLE_PER_CARRIER: {
        ("relation", "public", "baselines_by_machine", "i", None),
        (
            "index",
            "CREATE UNIQUE INDEX baselines_by_machine ON public.energy_baselines "
            "USING btree (model_version, machine_id)",
        ),
    },
}


@BOTH
def test_everything_of_theirs_is_kept_but_the_one_constraint(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, before = existing
    upgrade(url)
    after = snapshot(url, like=before)
    assert before.objects - after.objects - sequences(before) == REPLACED[database]
    if database == ONE_TABLE:
        assert after.rows == before.rows
    else:  # one usual source was added to theirs: its readings were there
        added = ("public", "energy_sources")
        assert {k for k in before.rows if before.rows[k] != after.rows[k]} == {added}
        execute(url, "DELETE FROM energy_sources WHERE name = 'compressed_air'")
        assert snapshot(url, like=before).rows == before.rows


def sequences(taken: Snapshot) -> set[tuple[object, ...]]:
    return {item for item in taken.objects if item[0] == "sequence"}


@BOTH
def test_downgrade_gives_the_original_back(existing: tuple[str, Snapshot], database: str) -> None:
    url, before = existing
    upgrade(url)
    downgrade(url)
    after = snapshot(url)
    assert after.objects == before.objects
    assert after.rows == before.rows


@pytest.mark.parametrize("database", [TABLE_PER_CARRIER])
def test_a_source_that_we_added_goes_even_where_it_was_used_since(
    existing: tuple[str, Snapshot],
) -> None:
    url, before = existing
    upgrade(url)
    execute(
        url,
        """
        INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp,
                            unit, valid_from)
        SELECT '00000000-0000-0000-0000-0000000000c2', id, 60, 'interval', 'start', unit, now()
        FROM energy_sources WHERE name = 'compressed_air'
        """,
    )
    downgrade(url)
    assert snapshot(url) == before


@BOTH
def test_rollups_of_an_adopted_database_go_with_the_rest(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, before = existing
    run_on(url, lambda store: store.upgrade())
    downgrade(url)
    assert snapshot(url) == before


@BOTH
def test_a_second_upgrade_changes_nothing_and_one_after_a_downgrade_makes_the_same(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, _ = existing
    upgrade(url)
    once = snapshot(url)
    upgrade(url)
    assert snapshot(url) == once
    known = meters(url)
    downgrade(url)
    upgrade(url)
    assert snapshot(url).objects - sequences(once) == once.objects - sequences(once)
    assert meters(url) == known


@pytest.mark.parametrize("database", [ONE_TABLE])
def test_three_seus_of_one_boiler_have_a_first_version_each(
    existing: tuple[str, Snapshot],
) -> None:
    url, _ = existing
    upgrade(url)

    async def train(store: Store) -> list[tuple[str, int]]:
        async with store.registers.session() as session:
            for name, seu in (("gas", 0xD2), ("steam", 0xD3)):
                session.add(baseline(name, UUID(int=seu)))
            await session.commit()
            stored = await session.exec(select(EnergyBaselineRow))
            return sorted((str(row.model_name), row.model_version) for row in stored)

    assert run_on(url, train) == [("boiler", 1), ("gas", 1), ("steam", 1)]
    with pytest.raises(QueryFailed, match="energy_baselines_seu_id_model_version_key"):
        run_on(url, train)
    downgrade(url)
    collided = "SELECT count(*), count(DISTINCT machine_id) FROM energy_baselines"
    assert rows(url, collided) == [(3, 1)]
    constraints = "SELECT conname FROM pg_constraint WHERE conrelid = 'energy_baselines'::regclass"
    assert ("uq_machine_model_version",) not in rows(url, constraints)


def baseline(name: str, seu_id: UUID) -> EnergyBaselineRow:
    return EnergyBaselineRow(
        machine_id=BOILER,
        seu_id=seu_id,
        energy_source_id=UUID(int=0xE2),
        model_name=name,
        model_type="ols",
        model_version=1,
        training_start_date=datetime(2025, 1, 1, tzinfo=timezone.utc),
        training_end_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        training_samples=365,
        coefficients={"outdoor": -3.5},
        feature_names=["outdoor"],
        is_active=True,
    )


@BOTH
def test_an_upgrade_that_fails_half_way_leaves_nothing(
    existing: tuple[str, Snapshot], database: str
) -> None:
    url, _ = existing
    # Revision 0002 makes an index of this name, after all of revision 0001 and its own tables.
    execute(url, "CREATE TABLE energy_baselines_one_active (x integer)")
    before = snapshot(url)
    with pytest.raises(QueryFailed, match="energy_baselines_one_active"):
        upgrade(url)
    assert snapshot(url) == before
