"""Models that other programs have left in an existing database, used without training anew."""

from __future__ import annotations

from datetime import datetime, timezone
from uuid import UUID

import pytest

from enms_core.domain.baseline import Equation, Term
from enms_core.storage.adoption import findings
from enms_core.storage.audit import latest
from tests.conftest import run_on
from tests.core.adopted.databases import FOLDER, ONE_TABLE, upgrade
from tests.core.baseline_cases import activated, active, model, stored, versions
from tests.core.conftest import execute, rows

POWER = UUID("00000000-0000-0000-0000-0000000000d1")
GAS = UUID("00000000-0000-0000-0000-0000000000d2")


@pytest.fixture
def mill_url(bare_url: str) -> str:
    """The paper mill's database, adopted."""
    execute(bare_url, (FOLDER / f"{ONE_TABLE}.sql").read_text())
    upgrade(bare_url)
    return bare_url


def test_a_version_of_theirs_is_usable_and_its_statistics_are_unknown(mill_url: str) -> None:
    """The intercept stands in no column of theirs. 365 samples of a year are days."""
    found, _ = versions(mill_url, POWER)

    assert (found.version, found.is_active, found.trained_by) == (1, True, None)
    assert found.model.equation == Equation("day", 0.0, (Term("production_count", 0.4),))
    assert found.model.statistics is None and found.model.verdict is None
    assert found.period is not None
    assert found.period.start == datetime(2025, 1, 1, tzinfo=timezone.utc)


def test_the_columns_of_seus_are_version_0(mill_url: str) -> None:
    execute(
        mill_url,
        f"UPDATE seus SET baseline_start_date = '2025-01-01', "
        f"baseline_end_date = '2025-12-31', trained_by = 'Eva' WHERE id = '{GAS}'",
    )

    [found] = versions(mill_url, GAS)

    assert (found.version, found.is_active, found.trained_by) == (0, True, "Eva")
    assert found.model.equation == Equation("day", 80.0, (Term("outdoor", -3.5),))
    assert found.period is not None
    assert found.period.end == datetime(2025, 12, 31, 23, tzinfo=timezone.utc)


def test_version_0_is_left_out_where_it_repeats_another_one(mill_url: str) -> None:
    execute(mill_url, f"UPDATE energy_baselines SET intercept = 12.5 WHERE seu_id = '{POWER}'")

    assert [each.version for each in versions(mill_url, POWER)] == [1]


@pytest.mark.parametrize("told", ["NULL", "12.4"])
def test_version_0_with_another_intercept_is_another_model(mill_url: str, told: str) -> None:
    execute(mill_url, f"UPDATE energy_baselines SET intercept = {told} WHERE seu_id = '{POWER}'")

    found = versions(mill_url, POWER)

    assert [(each.version, each.is_active) for each in found] == [(1, True), (0, False)]
    assert found[1].model.equation.intercept == 12.5


def test_version_0_with_other_coefficients_is_another_model(mill_url: str) -> None:
    execute(
        mill_url,
        f"UPDATE seus SET regression_coefficients = '{{\"production_count\": 0.5}}' "
        f"WHERE id = '{POWER}'",
    )

    found = versions(mill_url, POWER)

    assert [(each.version, each.is_active) for each in found] == [(1, True), (0, False)]


def test_version_0_is_replaced_by_a_valid_model_and_can_be_activated_again(mill_url: str) -> None:
    assert stored(mill_url, model(), seu="Boiler gas").version == 1
    assert active(mill_url, GAS) == 1

    chosen, before = activated(mill_url, 0, seu="Boiler gas")

    assert (chosen.version, chosen.is_active, before) == (0, True, 1)
    assert active(mill_url, GAS) == 0
    assert activated(mill_url, 1, seu="Boiler gas")[1] == 0
    assert active(mill_url, GAS) == 1


@pytest.mark.parametrize(
    "damage",
    [
        "intercept = 'NaN'",
        "coefficients = '{\"production_count\": null}'",
        "feature_names = '{production_count,gone}'",
    ],
)
def test_version_0_is_not_active_in_place_of_a_version_that_cannot_be_read(
    mill_url: str, damage: str
) -> None:
    execute(mill_url, f"UPDATE energy_baselines SET {damage} WHERE seu_id = '{POWER}'")

    assert [(each.version, each.is_active) for each in versions(mill_url, POWER)] == [(0, False)]
    assert active(mill_url, POWER) is None

    chosen, before = activated(mill_url, 0, seu="Boiler electricity")

    assert (chosen.version, chosen.is_active, before) == (0, True, None)
    assert active(mill_url, POWER) == 0


def test_version_0_is_active_where_the_version_that_cannot_be_read_is_not(mill_url: str) -> None:
    execute(mill_url, "UPDATE energy_baselines SET intercept = 'NaN', is_active = false")

    assert active(mill_url, POWER) == 0


def test_a_new_version_stands_beside_theirs_in_their_table(mill_url: str) -> None:
    """Its keys count in integers, its R² has four digits, machine and samples must be told."""
    kept = stored(mill_url, model(), seu="Boiler electricity")

    found = versions(mill_url, POWER)[:2]

    assert [(each.version, each.is_active) for each in found] == [(2, True), (1, False)]
    assert repr(found[0].model) == repr(kept.model)
    assert rows(mill_url, "SELECT id, r_squared::text FROM energy_baselines ORDER BY id") == [
        (1, "0.8123"),
        (2, "0.3000"),
    ]


def test_the_audit_log_tells_which_of_theirs_was_active(mill_url: str) -> None:
    """The boiler's version 1, and the gas model that stands in the columns of `seus`."""
    execute(mill_url, "DROP INDEX IF EXISTS energy_baselines_one_active")
    execute(mill_url, "ALTER TABLE energy_baselines ALTER COLUMN is_active TYPE text")
    for name in ("Boiler electricity", "Boiler gas"):
        stored(mill_url, model(), activate=False, seu=name)

    logged = run_on(mill_url, lambda store: latest(store.registers, 2))

    assert [row.after for row in logged] == [  # type: ignore[attr-defined]
        {"seu": "Boiler gas", "active": 0, "version": 1},
        {"seu": "Boiler electricity", "active": 1, "version": 2},
    ]


@pytest.mark.parametrize(
    ("coefficients", "names"),
    [
        ("[0.4]", "{}"),
        ('{"a": "NaN"}', "{a}"),
        ('{"a": 1}', "{a,b}"),
        ("null", "{a}"),
        ("{}", "{}"),
    ],
)
def test_a_broken_model_of_theirs_is_left_out_and_told(
    mill_url: str, coefficients: str, names: str
) -> None:
    execute(
        mill_url,
        "UPDATE energy_baselines SET coefficients = %s::jsonb, feature_names = %s",
        coefficients,
        names,
    )
    execute(mill_url, "UPDATE seus SET regression_coefficients = NULL")

    told = run_on(mill_url, findings)

    assert versions(mill_url, POWER) == ()
    assert ("models_unreadable", "Boiler electricity version 1") in [
        (each.code, each.facts.get("models"))
        for each in told  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(
    "change",
    [
        "ALTER COLUMN coefficients TYPE text",
        "ALTER COLUMN coefficients TYPE json USING coefficients::json",
        "ALTER COLUMN feature_names TYPE jsonb USING to_jsonb(feature_names)",
        "ALTER COLUMN model_version TYPE numeric",
        "ALTER COLUMN training_start_date TYPE date",
        "ALTER COLUMN training_end_date TYPE timestamp",
        "ALTER COLUMN is_active TYPE text",
        "ALTER COLUMN metadata TYPE text",
        "DROP CONSTRAINT energy_baselines_pkey",
    ],
)
def test_columns_of_other_types_are_read_all_the_same(mill_url: str, change: str) -> None:
    execute(mill_url, "DROP INDEX IF EXISTS energy_baselines_one_active")
    execute(mill_url, f"ALTER TABLE energy_baselines {change}")

    found, _ = versions(mill_url, POWER)

    assert found.model.equation.terms == (Term("production_count", 0.4),)


@pytest.fixture
def twice_active_url(mill_url: str) -> str:
    """Version 2 is active beside version 1; the columns of `seus` repeat version 1."""
    execute(mill_url, "DROP INDEX IF EXISTS energy_baselines_one_active")
    execute(mill_url, "UPDATE energy_baselines SET intercept = 12.5")
    execute(
        mill_url,
        """
        INSERT INTO energy_baselines (machine_id, seu_id, model_version, training_start_date,
                                      training_end_date, training_samples, coefficients,
                                      feature_names, is_active)
        SELECT machine_id, seu_id, 2, training_start_date, training_end_date, 8000, '[0.7]',
               feature_names, true FROM energy_baselines
        """,
    )
    return mill_url


def test_of_several_active_versions_the_newest_is(twice_active_url: str) -> None:
    found = versions(twice_active_url, POWER)

    assert [(each.version, each.is_active) for each in found] == [(2, True), (1, False)]
    assert [each.model.equation.grain for each in found] == ["hour", "day"]


@pytest.mark.parametrize(("damaged", "left"), [(2, [(1, False)]), (1, [(2, True), (0, False)])])
def test_of_several_active_versions_none_is_where_the_newest_cannot_be_read(
    twice_active_url: str, damaged: int, left: list[tuple[int, bool]]
) -> None:
    damage = f"UPDATE energy_baselines SET intercept = 'NaN' WHERE model_version = {damaged}"
    execute(twice_active_url, damage)

    found = versions(twice_active_url, POWER)

    assert [(each.version, each.is_active) for each in found] == left
