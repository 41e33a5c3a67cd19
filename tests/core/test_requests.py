"""Requests of other programs as the core serves them, whichever front hands them over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from enms_core.services.request_fields import NAMES
from enms_core.services.request_schemas import FOLDER, ResponseShape, schemas, text_of
from tests.conftest import Asker
from tests.core.conftest import execute
from tests.core.performance_works import NOW, flat_model, with_baseline
from tests.core.request_desk import sent, sent_raw

NOW_SAID = NOW.isoformat()
# A second lathe of the same alias, and one of the same name at another site.
MORE_LATHES = """
UPDATE machines SET aliases = '{the big one}';
INSERT INTO machines (id, factory_id, name, type, aliases)
VALUES ('00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-00000000000f',
        'Lathe-8', 'lathe', '{the big one}');
INSERT INTO factories (id, name, timezone)
VALUES ('00000000-0000-0000-0000-00000000000e', 'Annex', 'America/Chicago');
INSERT INTO machines (id, factory_id, name, type)
VALUES ('00000000-0000-0000-0000-0000000000c2', '00000000-0000-0000-0000-00000000000e',
        'Lathe-7', 'lathe');
"""


@pytest.fixture
def asker(workshop_url: str) -> Iterator[Asker]:
    """The workshop, whose lathe used 60 kWh where its baseline tells 48."""
    with_baseline(workshop_url)
    asker = Asker(workshop_url)
    yield asker
    asker.close()


def test_an_analysis_by_fields_has_the_figures(asker: Asker) -> None:
    # 24 hours of 2.5 kWh, by the baseline 2 kWh each: 12 kWh too much, a quarter.
    fields = {"machines": "lathe-7", "period": "yesterday", "now": NOW_SAID}

    response = sent(asker, "enms.analyze", **fields)

    (part,) = response["data"]["parts"]
    assert (part["actual"], part["expected"]) == (60.0, 48.0)
    assert (part["deviation"], part["deviation_percent"]) == (12.0, 25.0)
    assert response["period"] == {
        "start": "2026-11-17T00:00:00+01:00",
        "end": "2026-11-18T00:00:00+01:00",
    }


@pytest.mark.parametrize(
    "period",
    [
        {"start": "2026-11-17", "end": "2026-11-17"},
        {"start": "2026-11-17T00:00", "end": "2026-11-18T00:00"},
        {"start": "2026-11-16T23:00Z", "end": "2026-11-18T00:00+01:00"},
    ],
)
def test_days_and_times_mean_the_same_as_words(asker: Asker, period: dict[str, str]) -> None:
    by_words = sent(asker, "enms.analyze", machines="Lathe-7", period="yesterday", now=NOW_SAID)

    by_times = sent(asker, "enms.analyze", machines="Lathe-7", period=period, now=NOW_SAID)

    assert by_times["data"] == by_words["data"]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"machines": "Press-1"}, "unknown_machine", "machines"),
        ({"site": "Moon"}, "unknown_site", "site"),
        ({"energy_source": "plutonium"}, "unknown_source", "energy_source"),
        ({"seu": "Milling"}, "unknown_seu", "seu"),
        ({"seu": "Turning", "machines": "Lathe-7"}, "fields_conflict", "machines"),
        ({"period": "soonish"}, "field_value", "period"),
        ({"period": {"start": "soon"}}, "field_value", "period.start"),
        ({"period": {"end": "2026-11-01"}}, "field_required", "period.start"),
        ({"period": {"start": "2026-11-17T08:00:30"}}, "field_value", "period.start"),
        ({"period": {"start": "2026-11-17", "end": "2026-11-01"}}, "period_impossible", "period"),
        # The clocks of Berlin showed 02:30 a second time.
        ({"period": {"start": "2026-10-25T02:30+01:00"}}, "field_value", "period.start"),
        ({"machines": ["Lathe-7", 5]}, "field_type", "machines.1"),
        ({"machines": []}, "field_value", "machines"),
        ({"version": 2}, "field_value", "version"),
        ({"version": True}, "field_type", "version"),
        ({"lang": "tlh"}, "field_value", "lang"),
        ({"now": "soon"}, "field_value", "now"),
        ({"why": "yes"}, "field_type", "why"),
        ({"why": float("nan")}, "field_type", "why"),
        ({"machines": float("inf")}, "field_type", "machines"),
        ({"version": float("nan")}, "field_type", "version"),
        ({"whys": True}, "field_unknown", "whys"),
    ],
)
def test_an_error_names_its_code_and_field(
    asker: Asker, fields: dict[str, object], code: str, field: str
) -> None:
    error = sent(asker, "enms.analyze", **{"now": NOW_SAID, **fields})["error"]

    assert (error["code"], error["field"]) == (code, field)


def test_an_unknown_name_comes_with_those_that_there_are(asker: Asker) -> None:
    response = sent(asker, "enms.analyze", machines="Press-1", now=NOW_SAID)

    assert response["error"]["valid_options"] == ["Lathe-7"]
    assert "press" in response["voice_summary"].casefold()


def test_machines_of_one_alias_are_told_apart_by_name_those_of_one_name_by_site(
    workshop_url: str, asker: Asker
) -> None:
    execute(workshop_url, MORE_LATHES)

    by_alias = sent(asker, "enms.machines", machines="the big one", now=NOW_SAID)["error"]
    by_name = sent(asker, "enms.machines", machines="Lathe-7", now=NOW_SAID)["error"]
    there = sent(asker, "enms.machines", machines="Lathe-7", site="Annex", now=NOW_SAID)

    assert (by_alias["code"], by_alias["field"]) == ("ambiguous", "machines")
    assert by_alias["valid_options"] == ["Lathe-7", "Lathe-8"]
    assert (by_name["code"], by_name["field"]) == ("ambiguous", "site")
    assert by_name["valid_options"] == ["Workshop", "Annex"]
    assert there["data"]["machines"][0]["timezone"] == "America/Chicago"


def test_a_period_that_has_not_begun_says_when_it_will(asker: Asker) -> None:
    # 10:07:30 in Berlin: tomorrow begins in 13 hours, 52 minutes and 30 seconds.
    error = sent(asker, "enms.kpi", period="tomorrow", now=NOW_SAID)["error"]

    assert (error["code"], error["retry_after_seconds"]) == ("period_not_begun", 49_950)


def test_a_condition_that_the_baseline_does_not_know_is_no_figure(asker: Asker) -> None:
    response = sent(
        asker, "enms.baseline.predict", seu="Turning", conditions={"moon": 1.0}, now=NOW_SAID
    )

    assert response["error"]["field"] == "conditions.moon"
    assert response["data"] == {}


def test_a_plan_of_nothing_in_particular_needs_a_title(
    workshop_url: str, engine_on: Callable[[str], Asker]
) -> None:
    with_baseline(workshop_url, flat_model(2.5))  # as much as it used
    asker, fields = engine_on(workshop_url), {"seu": "Turning", "now": NOW_SAID}

    without = sent(asker, "enms.plan.create", **fields, period="yesterday")
    titled = sent(asker, "enms.plan.create", **fields, title="New bearings")

    assert (without["error"]["code"], without["error"]["field"]) == ("field_required", "title")
    assert titled["error"]["code"] == "confirmation_required"
    assert "bearings" in titled["voice_summary"]


def test_a_cost_tells_when_a_plan_pays_off(asker: Asker) -> None:
    fields = {"seu": "Turning", "period": "yesterday", "now": NOW_SAID}

    said = sent(asker, "enms.plan.create", **fields, cost={"amount": 500, "currency": "eur"})
    other = sent(asker, "enms.plan.create", **fields, cost={"amount": 500, "currency": "USD"})

    payback = said["data"]["plan"]["content"]["payback"]
    saved = said["data"]["plan"]["content"]["target_savings_per_week"]
    assert (payback["cost"], payback["currency"]) == (500.0, "EUR")
    # Twelve hours of each day at 0.20 a kWh, twelve at 0.10.
    assert payback["weeks"] == pytest.approx(500.0 / (0.15 * saved), rel=1e-6)
    assert "five hundred euros" in said["voice_summary"]
    assert other["data"]["plan"]["content"]["payback"]["reason"] == "currency"


@pytest.mark.parametrize(
    ("cost", "code", "field"),
    [
        (500, "field_type", "cost"),
        ({"amount": -1}, "field_value", "cost.amount"),
        ({"amount": 1e300}, "field_value", "cost.amount"),
        ({"amount": "500"}, "field_type", "cost.amount"),
        ({"currency": "EUR"}, "field_required", "cost.amount"),
        ({"amount": 5, "currency": "euros"}, "field_value", "cost.currency"),
        ({"amount": 5, "per": "week"}, "field_unknown", "cost.per"),
    ],
)
def test_a_cost_that_is_none_is_refused(asker: Asker, cost: object, code: str, field: str) -> None:
    error = sent(asker, "enms.plan.create", seu="Turning", now=NOW_SAID, cost=cost)["error"]

    assert (error["code"], error["field"]) == (code, field)


@pytest.mark.parametrize("given", [None, [], "machines", 5, [["machines", "Lathe-7"]]])
def test_data_that_is_no_object_is_refused(asker: Asker, given: object) -> None:
    assert sent_raw(asker, "enms.kpi", given)["error"]["code"] == "field_type"


def test_a_database_that_is_away_says_when_to_ask_again() -> None:
    asker = Asker("postgresql://nobody@127.0.0.1:9/none")
    try:
        response = sent(asker, "enms.machines", now=NOW_SAID)
    finally:
        asker.close()

    assert response["error"]["code"] in ("database_unreachable", "database_timeout")
    assert response["error"]["retry_after_seconds"] > 0
    assert "database" in response["voice_summary"]


def test_every_response_fits_its_schema(asker: Asker) -> None:
    for name in NAMES[1:]:
        ResponseShape.model_validate(sent(asker, name, now=NOW_SAID))


# --- the files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schemas_in_the_package_are_those_that_are_checked_by(name: str) -> None:
    told = FOLDER.joinpath(name).read_text(encoding="utf-8")

    assert told == text_of(schemas()[name]), "python -m enms_core.services.request_schemas"


def test_the_docs_tell_of_every_request_and_field() -> None:
    told = Path(__file__).parents[2].joinpath("docs/bus-api.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"`{name}`" in told
        for field in json.loads(FOLDER.joinpath(f"{name}.json").read_text())["properties"]:
            assert f"`{field}`" in told, (name, field)


def test_the_docs_tell_of_every_code() -> None:
    told = Path(__file__).parents[2].joinpath("docs/bus-api.md").read_text(encoding="utf-8")
    codes = schemas()["response.json"]["$defs"]["ErrorShape"]["properties"]["code"]["enum"]

    assert {code for code in codes if f"`{code}`" not in told} == set()
