"""What rows of production tell, by numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from enms_core.domain.production import PRODUCTION_METRICS, NoProduction, ProductionAnswer
from enms_core.storage.rollups import ensure, refresh
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.conftest import execute
from tests.core.service_desk import MakeDesk, opened_desks
from tests.core.works import MACHINES, A, B, at

ROW = """
INSERT INTO production_data (machine_id, time, production_count, good_count, reject_count,
                             downtime_seconds)
VALUES (%s, %s, %s, %s, %s, %s)
"""
Row = tuple[float | None, ...]


def make(url: str, machine: object, *made: Row, first: float = 0, step: float = 15) -> None:
    """Rows of units, good and rejected ones, and seconds of downtime, from midnight on."""
    for number, row in enumerate(made):
        execute(url, ROW, machine, at(first + number * step), *row)


@pytest.fixture
def works_url(empty_url: str) -> str:
    execute(empty_url, MACHINES)
    return empty_url


@pytest.fixture
def works(works_url: str) -> Iterator[MakeDesk]:
    """Opens a desk once the database is as the test wants it."""
    with opened_desks(works_url) as make:
        yield make


def told(answer: object) -> ProductionAnswer:
    assert isinstance(answer, ProductionAnswer)
    return answer


@pytest.mark.parametrize("refreshed", [False, True])
def test_quality_is_of_the_rows_that_tell_good_and_rejected_units(
    works_url: str, works: MakeDesk, refreshed: bool
) -> None:
    """8 of 10 and 9 of 10 were good; of the other two rows either is unknown."""
    make(works_url, A, (10, 8, 2, 0), (10, 9, 1, 0), (10, 10, None, 0), (10, None, 4, 0))
    if refreshed:
        run_on(works_url, _refreshed)

    answer = told(works().ask("production", "Lathe-1", metric="quality", now=at(60)))

    assert answer.data()["quality_percent"] == pytest.approx(85.0)
    assert (answer.data()["good_units"], answer.data()["reject_units"]) == (27.0, 7.0)
    assert {"code": "production.partial", "machines": "Lathe-1"} in [
        i.data() for i in answer.issues
    ]


async def _refreshed(store: Store) -> None:
    await ensure(store)
    await refresh(store)


def test_quality_of_two_machines_is_no_mean_of_percentages(works_url: str, works: MakeDesk) -> None:
    """90 of 100 and 1 of 2: 91 of 102, and not 70 percent."""
    make(works_url, A, (100, 90, 10, 0))
    make(works_url, B, (2, 1, 1, 0))

    answer = works().ask("production", "Lathe-1", "Lathe-2", metric="quality", now=at(15))

    assert answer.data()["quality_percent"] == pytest.approx(100 * 91 / 102)


def test_counts_that_no_row_tells_are_unknown_and_not_zero(works_url: str, works: MakeDesk) -> None:
    make(works_url, A, (10, None, None, None))
    asked = works()

    answers = {
        m: told(asked.ask("production", "Lathe-1", metric=m, now=at(15)))
        for m in PRODUCTION_METRICS
    }

    data = answers["units"].data()
    assert (data["units"], data["good_units"], data["downtime_seconds"]) == (10.0, None, None)
    assert {metric: answer.outcome for metric, answer in answers.items()} == {
        "units": "answered",
        "good": "no_data",
        "rejects": "no_data",
        "quality": "no_data",
        "downtime": "no_data",
    }
    assert "do not tell the downtime" in asked.said(answers["downtime"])


def test_nothing_made_has_no_quality(works_url: str, works: MakeDesk) -> None:
    make(works_url, A, (0, 0, 0, 900))
    asked = works()

    answer = told(asked.ask("production", "Lathe-1", metric="quality", now=at(15)))

    assert (answer.outcome, answer.data()["quality_percent"]) == ("no_data", None)
    assert asked.ask("production", "Lathe-1", now=at(15)).data()["units"] == 0.0
    assert "there is no quality to tell" in asked.said(answer)


def test_rows_that_end_early_are_told_with_the_time(works_url: str, works: MakeDesk) -> None:
    make(works_url, A, *[(1, 1, 0, 0)] * 24, first=-60)
    asked = works()

    answer = told(asked.ask("production", "Lathe-1", period="today", now=at(720)))

    assert [issue.data() for issue in answer.issues] == [
        {"code": "production.ended", "machines": "Lathe-1", "time": "2026-11-17T04:45:00+00:00"}
    ]
    assert asked.said(answer).endswith("The records of lathe one end at five forty-five a m.")


def test_a_machine_that_paused_is_named_among_others(works_url: str, works: MakeDesk) -> None:
    make(works_url, A, *[(1, 1, 0, 0)] * 8, first=-60)
    make(works_url, B, (1, 1, 0, 0), first=-3000)

    answer = told(works().ask("production", period="today", now=at(60)))

    assert answer.data()["units"] == 8.0
    assert [issue.data() for issue in answer.issues] == [
        {"code": "production.machine_missing", "machines": "Lathe-2"}
    ]


def test_rows_from_now_on_do_not_exist(works_url: str, works: MakeDesk) -> None:
    make(works_url, A, *[(1, 1, 0, 0)] * 8, first=-60)
    asked = works()

    assert asked.ask("production", "Lathe-1", now=at(30)).data()["units"] == 6.0
    before = asked.ask("production", "Lathe-1", period="yesterday", now=at(-60))
    assert before.data() == {"first_reading": None, "last_reading": None}


@pytest.mark.parametrize("refreshed", [False, True])
def test_a_database_without_some_columns_tells_the_others(
    works_url: str, works: MakeDesk, refreshed: bool
) -> None:
    make(works_url, A, (10, 8, 2, 0), (10, 9, 1, 0))
    execute(works_url, WITHOUT_COLUMNS)
    if refreshed:
        run_on(works_url, _refreshed)
    asked = works()

    units = asked.ask("production", "Lathe-1", now=at(30))
    quality = asked.ask("production", "Lathe-1", metric="quality", now=at(30))

    assert (units.data()["units"], units.data()["good_units"]) == (20.0, 17.0)
    assert (units.data()["reject_units"], units.data()["downtime_seconds"]) == (None, None)
    assert quality.outcome == "no_data"
    assert "how many rejected" in asked.said(quality)


WITHOUT_COLUMNS = """
ALTER TABLE production_data DROP reject_count CASCADE, DROP downtime_seconds CASCADE
"""


def test_a_database_without_the_table_counts_nothing(works_url: str, works: MakeDesk) -> None:
    execute(works_url, "DROP TABLE production_data CASCADE")
    asked = works()

    answer = asked.ask("production", "Lathe-1", now=at(30))

    assert isinstance(answer, NoProduction)
    assert asked.said(answer) == "No units are counted at lathe one."
