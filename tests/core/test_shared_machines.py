"""SEUs that share machines: each is told by itself, and no machine counts twice in a sum."""

from __future__ import annotations

import pytest

from enms_core.domain.answer import Answer
from enms_core.domain.opportunity import OpportunityList
from enms_core.domain.performance import PerformanceAnalysis
from enms_core.domain.question import Question, Scope
from enms_core.domain.seu import SeuOfSource, apart
from enms_core.services.context import Context
from enms_core.services.opportunities import answer_opportunities
from enms_core.services.performance import answer_performance
from enms_core.services.seus import all_seus
from enms_core.storage.baselines import store_baseline
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.store import Store
from tests.conftest import Asker, run_on
from tests.core.baseline_cases import YEAR, of_seu
from tests.core.conftest import execute
from tests.core.performance_works import NOW, YESTERDAY, answered, flat_model, with_baseline
from tests.core.request_desk import sent

LINE = "Both lathes"
# A second lathe that is read as the first one is, and an SEU of both.
SECOND = """
INSERT INTO machines (id, factory_id, name, type)
SELECT '00000000-0000-0000-0000-0000000000a2', factory_id, 'Lathe-8', type FROM machines;
INSERT INTO meters (machine_id, energy_source_id, nominal_interval_seconds, kind, stamp, unit,
                    valid_from)
SELECT '00000000-0000-0000-0000-0000000000a2', energy_source_id, nominal_interval_seconds, kind,
       stamp, unit, valid_from FROM meters;
INSERT INTO energy_readings (machine_id, time, energy_kwh, power_kw)
SELECT '00000000-0000-0000-0000-0000000000a2', time, energy_kwh, power_kw FROM energy_readings;
INSERT INTO seus (id, name, energy_source_id, machine_ids)
SELECT '00000000-0000-0000-0000-0000000000e9', 'Both lathes', energy_source_id,
       ARRAY['00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000a2']::uuid[]
FROM seus
"""


@pytest.fixture
def line_url(workshop_url: str) -> str:
    """A lathe with 2.5 kWh an hour where 2.0 are expected; two of them, where 4.0 are."""
    with_baseline(workshop_url)
    execute(workshop_url, SECOND)

    async def stored(store: Store) -> object:
        of, model = await of_seu(store, LINE), flat_model(4.0)
        return await store_baseline(store.registers, of, model, YEAR, "Ada", activate=True)

    run_on(workshop_url, stored)
    return workshop_url


def analysis(url: str, *machines: str) -> PerformanceAnalysis:
    answer = answered(url, answer_performance, "performance", machines=machines)
    assert isinstance(answer, PerformanceAnalysis)
    return answer


def named(answer: PerformanceAnalysis) -> set[str]:
    return {part.of.seu.name for part in answer.parts}


def test_a_sum_counts_each_machine_once(line_url: str) -> None:
    """Two lathes used 24 h x 5 kWh, where 24 h x 4 kWh were expected; not half as much again."""
    answer = analysis(line_url)

    assert named(answer) == {"Turning", LINE}
    (total,) = answer.sources
    assert (total.deviation.actual, total.deviation.expected) == (120.0, 96.0)
    assert [issue.data() for issue in answer.issues] == [{"code": "seus.shared", "uses": "Turning"}]


def test_a_machine_is_told_by_its_own_seu_where_it_has_one(line_url: str) -> None:
    assert named(analysis(line_url, "Lathe-7")) == {"Turning"}
    assert named(analysis(line_url, "Lathe-8")) == {LINE}
    assert analysis(line_url, "Lathe-7").issues == ()


def test_an_seu_that_is_named_is_the_only_one(line_url: str) -> None:
    asker = Asker(line_url)
    try:
        response = sent(asker, "enms.analyze", seu=LINE, period="yesterday", now=NOW.isoformat())
        other = sent(asker, "enms.analyze", seu="Turning", period="yesterday", now=NOW.isoformat())
    finally:
        asker.close()

    assert [part["seu"] for part in response["data"]["parts"]] == [LINE]
    assert response["data"]["parts"][0]["actual"] == 120.0
    assert [part["seu"] for part in other["data"]["parts"]] == ["Turning"]


def test_what_can_be_saved_of_a_machine_is_in_the_total_once(line_url: str) -> None:
    """Half a kilowatt hour of each hour and lathe is more than expected: of both together 1."""
    answer = answered(line_url, answer_opportunities, "opportunities", YESTERDAY)

    assert isinstance(answer, OpportunityList)
    assert {each.of.seu.name for each in answer.opportunities} == {"Turning", LINE}
    (total,) = answer.sources
    line = next(each for each in answer.opportunities if each.of.seu.name == LINE)
    assert total.savings.quantity == line.savings.quantity == pytest.approx(168.0)
    assert [issue.code for issue in answer.issues] == ["seus.shared"]


def test_a_question_about_an_seu_knows_no_other(line_url: str) -> None:
    async def work(store: Store) -> Answer:
        catalogue = await load_catalogue(store.registers)
        line = next(of for of in all_seus(catalogue) if of.seu.name == LINE)
        scope = Scope("machines", line.seu.machine_ids, seu_id=line.seu.id)
        question = Question("performance", scope, YESTERDAY)
        return await answer_performance(question, Context(store, catalogue, NOW))

    answer = run_on(line_url, work)

    assert isinstance(answer, PerformanceAnalysis)
    assert named(answer) == {LINE}


def test_uses_of_other_sources_are_apart(line_url: str) -> None:
    async def uses(store: Store) -> tuple[SeuOfSource, ...]:
        return all_seus(await load_catalogue(store.registers))

    turning, line = sorted(run_on(line_url, uses), key=lambda of: len(of.machines))

    assert apart([turning, line]) == (turning,)
    assert apart([line, turning]) == (line,)
    assert apart([]) == ()
