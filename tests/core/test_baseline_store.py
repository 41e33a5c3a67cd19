"""Versions of baselines: what is stored, read back, activated, and by whom."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from enms_core.domain.baseline import Model
from enms_core.domain.errors import TrainingBusy, UnknownVersion, ValueRefused
from enms_core.storage.adoption import findings
from enms_core.storage.audit import latest
from enms_core.storage.baselines import baselines_of, shown_baselines_of, store_baseline
from enms_core.storage.store import Store
from enms_core.storage.training_lock import training_lock
from tests.conftest import run_on
from tests.core.baseline_cases import (
    INVALID,
    SEU,
    VALID,
    WITH_SEU,
    YEAR,
    activated,
    active,
    model,
    of_seu,
    stored,
    versions,
)
from tests.core.conftest import execute, rows

OTHER_SEU = UUID("00000000-0000-0000-0000-0000000000d2")


@pytest.fixture
def works_url(workshop_url: str) -> str:
    """The workshop with an energy use."""
    execute(workshop_url, WITH_SEU)
    return workshop_url


class TestStoring:
    def test_what_is_read_back_equals_what_was_stored(self, works_url: str) -> None:
        kept = stored(works_url, model())

        [found] = versions(works_url)

        # As text, since no number that is none equals itself.
        assert repr(found.model) == repr(model()) == repr(kept.model)
        assert replace(found, model=kept.model) == kept
        assert (found.period, found.trained_by, found.version) == (YEAR, "Ada", 1)

    def test_programs_that_know_the_columns_only_find_the_model_there(self, works_url: str) -> None:
        stored(works_url, model())

        columns = """
        SELECT s.name, m.name, model_name, model_type, model_version, training_samples,
               coefficients->>'production_count', coefficients->>'heating_degree_days', intercept,
               feature_names, r_squared, rmse, mae, b.is_active, b.trained_by,
               training_start_date, training_end_date
        FROM energy_baselines AS b JOIN energy_sources AS s ON s.id = b.energy_source_id
        JOIN machines AS m ON m.id = b.machine_id
        """
        assert rows(works_url, columns) == [
            (
                *("electricity", "Lathe-7", "Turning", "linear_regression", 1, 5123),
                *("0.1", repr(-2 / 7), 1 / 3, ["production_count", "heating_degree_days"]),
                *(0.1 + 0.2, 1e300 / 3, 5e-324, True, "Ada", YEAR.start, YEAR.end),
            )
        ]

    def test_versions_count_up_and_are_listed_newest_first(self, works_url: str) -> None:
        for slope in (0.1, 0.2, 0.3):
            stored(works_url, model(slope))

        found = versions(works_url)

        assert [each.version for each in found] == [3, 2, 1]
        slopes = [each.model.equation.terms[0].coefficient for each in found]
        assert slopes == [0.3, 0.2, 0.1]

    @pytest.mark.parametrize(
        ("kept", "activate", "is_active"),
        [
            (model(), None, True),
            (model(verdict=INVALID), None, False),
            (model(verdict=None), None, False),
            (model(verdict=INVALID), True, True),
            (model(), False, False),
        ],
    )
    def test_a_version_becomes_active_if_it_is_valid_or_the_person_says_so(
        self, works_url: str, kept: Model, activate: bool | None, is_active: bool
    ) -> None:
        stored(works_url, model())

        told = stored(works_url, kept, activate)

        assert told.is_active == is_active
        assert active(works_url) == (2 if is_active else 1)

    def test_a_model_that_cannot_be_stored_leaves_everything_as_it_was(
        self, works_url: str
    ) -> None:
        stored(works_url, model())

        with pytest.raises(ValueRefused):
            stored(works_url, model(float("nan")), activate=True)

        assert [(each.version, each.is_active) for each in versions(works_url)] == [(1, True)]
        assert rows(works_url, "SELECT count(*) FROM audit_log") == [(1,)]

    def test_energy_uses_count_their_own_versions(self, works_url: str) -> None:
        other = WITH_SEU.replace("d1", "d2").replace("Turning", "Milling")
        execute(works_url, other)
        stored(works_url, model())
        stored(works_url, model(), seu="Milling")

        assert rows(works_url, "SELECT model_version, is_active FROM energy_baselines") == [
            (1, True),
            (1, True),
        ]

    def test_who_trained_what_is_in_the_audit_log(self, works_url: str) -> None:
        stored(works_url, model())
        stored(works_url, model(verdict=INVALID))

        log = run_on(works_url, lambda store: latest(store.registers, 2))

        assert [(row.who, row.what, row.before, row.after) for row in log] == [  # type: ignore[attr-defined]
            (
                "Ada",
                "baseline.train",
                {"seu": "Turning", "active": 1},
                {"seu": "Turning", "active": 1, "version": 2},
            ),
            (
                "Ada",
                "baseline.train",
                {"seu": "Turning", "active": None},
                {"seu": "Turning", "active": 1, "version": 1},
            ),
        ]


class TestActivating:
    @pytest.fixture
    def three_url(self, works_url: str) -> str:
        for slope in (0.1, 0.2, 0.3):
            stored(works_url, model(slope))
        return works_url

    def test_an_older_version_becomes_the_active_one(self, three_url: str) -> None:
        chosen, before = activated(three_url, 1)

        assert (chosen.version, chosen.is_active, before) == (1, True, 3)
        assert active(three_url) == 1
        assert [each.is_active for each in versions(three_url)] == [False, False, True]

    def test_the_active_one_stays_so_and_nothing_is_written(self, three_url: str) -> None:
        chosen, before = activated(three_url, 3)

        assert (chosen.version, before) == (3, 3)
        assert rows(three_url, "SELECT count(*) FROM audit_log") == [(3,)]

    def test_a_version_that_is_not_there_is_said(self, three_url: str) -> None:
        with pytest.raises(UnknownVersion, match="'Turning' has no baseline version 7"):
            activated(three_url, 7)
        assert active(three_url) == 3

    def test_is_in_the_audit_log(self, three_url: str) -> None:
        activated(three_url, 2)

        [row] = run_on(three_url, lambda store: latest(store.registers, 1))  # type: ignore[misc]

        assert (row.who, row.what) == ("Bob", "baseline.activate")
        assert (row.before, row.after) == (
            {"seu": "Turning", "active": 3},
            {"seu": "Turning", "active": 2},
        )


class TestDamage:
    @pytest.mark.parametrize(
        "change",
        [
            "metadata = NULL",
            "metadata = '17'",
            "metadata = '{}'",
            "metadata = '[1, 2]'",
            "metadata = metadata - 'model'",
            "metadata = jsonb_set(metadata, '{model}', '\"gone\"')",
            "metadata = jsonb_set(metadata, '{model,equation}', '7')",
        ],
    )
    def test_a_model_whose_metadata_are_gone_is_that_of_its_columns(
        self, works_url: str, change: str
    ) -> None:
        stored(works_url, model())
        execute(works_url, f"UPDATE energy_baselines SET {change}")

        [found] = versions(works_url)

        assert found.model.statistics is None and found.model.verdict is None
        assert found.is_active
        equation = found.model.equation
        assert equation.intercept == 1 / 3
        assert [(t.driver, t.coefficient) for t in equation.terms] == [
            ("production_count", 0.1),
            ("heating_degree_days", -2 / 7),
        ]

    @pytest.mark.parametrize(
        "change",
        [
            "metadata = jsonb_set(metadata, '{format}', '99')",
            "metadata = metadata #- '{model,statistics,r2}'",
            "metadata = jsonb_set(metadata, '{model,statistics,r2}', '\"good\"')",
            "metadata = jsonb_set(metadata, '{model,verdict,broken}', '[{\"rule\": \"new\"}]')",
            "metadata = jsonb_set(metadata, '{model,parameter_covariance}', '[[1.0]]')",
        ],
    )
    def test_a_model_that_is_damaged_keeps_its_equation(self, works_url: str, change: str) -> None:
        stored(works_url, model())
        execute(works_url, f"UPDATE energy_baselines SET {change}")

        [found] = versions(works_url)
        told = run_on(works_url, findings)

        assert found.model == Model(model().equation)
        assert [(each.code, each.facts["models"]) for each in told] == [  # type: ignore[attr-defined]
            ("models_damaged", "Turning version 1")
        ]

    def test_a_model_without_any_equation_is_left_out_and_told(self, works_url: str) -> None:
        stored(works_url, model())
        stored(works_url, model())
        execute(
            works_url,
            "UPDATE energy_baselines SET metadata = NULL, coefficients = '{\"a\": null}' "
            "WHERE model_version = 2",
        )

        told = run_on(works_url, findings)

        assert [each.version for each in versions(works_url)] == [1]
        assert "1 models are left out, no equation can be read: Turning version 2" in " ".join(
            map(str, told)  # type: ignore[arg-type]
        )
        assert stored(works_url, model()).version == 3


class TestTogether:
    def test_five_trainings_at_once_are_five_versions(self, works_url: str) -> None:
        async def all_at_once(store: Store) -> list[int]:
            of = await of_seu(store)
            one = (
                store_baseline(store.registers, of, model(n / 10), YEAR, f"person {n}")
                for n in range(5)
            )
            return sorted(each.version for each in await asyncio.gather(*one))

        assert run_on(works_url, all_at_once) == [1, 2, 3, 4, 5]
        found = versions(works_url)
        assert [each.version for each in found] == [5, 4, 3, 2, 1]
        assert [each.is_active for each in found] == [True, False, False, False, False]
        assert len({each.trained_by for each in found}) == 5

    def test_a_reader_never_sees_a_moment_without_an_active_version(self, works_url: str) -> None:
        stored(works_url, model())

        async def written_and_read(store: Store) -> set[int]:
            of = await of_seu(store)
            seen = set()

            async def read() -> None:
                for _ in range(30):
                    found = (await baselines_of(store.readings, [SEU]))[SEU]
                    seen.add(sum(each.is_active for each in found))

            async def write() -> None:
                for n in range(10):
                    await store_baseline(store.registers, of, model(n / 10), YEAR, "Ada")

            await asyncio.gather(read(), write())
            return seen

        assert run_on(works_url, written_and_read) == {1}

    def test_a_second_training_of_the_same_use_is_told_to_wait(self, works_url: str) -> None:
        async def two(store: Store) -> str:
            async with training_lock(store, SEU):
                try:
                    async with training_lock(store, SEU, wait_seconds=0.2):
                        return "both"
                except TrainingBusy as error:
                    return str(error.seu_id)

        assert run_on(works_url, two) == str(SEU)

    def test_trainings_of_one_use_queue_and_of_two_do_not(self, works_url: str) -> None:
        order: list[str] = []

        async def train(store: Store, name: str, seu_id: object) -> None:
            async with training_lock(store, seu_id):  # type: ignore[arg-type]
                order.append(f"{name} begins")
                await store_baseline(store.registers, await of_seu(store), model(), YEAR, name)
                order.append(f"{name} ends")

        async def all_at_once(store: Store) -> None:
            async with training_lock(store, OTHER_SEU):
                await asyncio.gather(*(train(store, name, SEU) for name in "ABC"))

        run_on(works_url, all_at_once)

        assert [order[n].split()[0] for n in (0, 2, 4)] == [order[n].split()[0] for n in (1, 3, 5)]
        assert [each.version for each in versions(works_url)] == [3, 2, 1]


def test_a_list_of_many_reads_the_active_version_and_the_newest(works_url: str) -> None:
    for verdict in (VALID, VALID, INVALID, INVALID):
        stored(works_url, model(verdict=verdict))

    found = run_on(works_url, lambda store: shown_baselines_of(store.readings, [SEU, OTHER_SEU]))

    assert isinstance(found, dict)
    assert {seu: [each.version for each in known] for seu, known in found.items()} == {SEU: [4, 2]}


def test_baselines_of_nothing_are_none(works_url: str) -> None:
    assert run_on(works_url, lambda store: baselines_of(store.readings, [])) == {}
    assert versions(works_url) == ()
