"""Baselines by conversation, over the demo plant: what is said is what is stored and computed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from enms_core.services import engine as engines
from enms_core.services.reply import Reply
from enms_core.services.request import Progress, Request
from enms_core.services.waiting import told_of
from tests.conftest import PLANT_NOW, Asker
from tests.core.conftest import execute, rows

BERLIN = ZoneInfo("Europe/Berlin")
ELECTRICITY = "train a baseline for electricity on compressor one using production count"
TWO_DRIVERS = f"{ELECTRICITY} and outdoor temperature for last year"
ONE_DRIVER = f"{ELECTRICITY} for last year"
USELESS = "train electricity of compressor one using outdoor humidity for last year"
STORED = """
SELECT b.model_version, b.is_active, b.feature_names, b.intercept, b.coefficients
FROM energy_baselines AS b JOIN seus AS s ON s.id = b.seu_id
WHERE s.name = '{}' ORDER BY b.model_version
"""
COMPRESSOR = STORED.format("Compressor-1 electricity")
CONVEYOR = STORED.format("Conveyor-A electricity")
GAS = STORED.format("Boiler-1 natural gas")
LOGGED = "SELECT count(*) FROM audit_log WHERE what LIKE 'baseline.%'"

Talk = Callable[..., list[Reply]]


@pytest.fixture(scope="module")
def asker(plant_url: str) -> Iterator[Asker]:
    asker = Asker(plant_url)
    yield asker
    asker.close()


@pytest.fixture
def talk(trainable_url: str, asker: Asker, request: pytest.FixtureRequest) -> Talk:
    """Says sentences one after the other in a session of the test's own."""

    def said(*texts: str, lang: str = "en-us", now: datetime = PLANT_NOW) -> list[Reply]:
        session = f"{request.node.name} {lang}"
        return [asker.ask(text, now, session, lang) for text in texts]

    return said


@pytest.fixture
def changed(trainable_url: str, engine_on: Callable[..., Asker]) -> Iterator[Callable[..., Asker]]:
    """Changes registers, and is an engine that knows them so; they are changed back at the end."""
    back: list[str] = []

    def change(done: str, undone: str) -> Asker:
        execute(trainable_url, done)
        back.append(undone)
        return engine_on(trainable_url)

    yield change
    for undone in back:
        execute(trainable_url, undone)


def coefficients(row: tuple[Any, ...]) -> dict[str, float]:
    return {name: float(value) for name, value in row[4].items()}


# --- training -----------------------------------------------------------------------------------


def test_a_sentence_with_everything_goes_straight_to_the_confirmation(
    talk: Talk, trainable_url: str
) -> None:
    [asked] = talk(TWO_DRIVERS)

    assert asked.outcome == "clarify"
    assert asked.data["drivers"] == ["production_count", "outdoor_temp_c"]
    assert asked.data["period"] == {
        "start": "2025-01-01T00:00:00+01:00",
        "end": "2026-01-01T00:00:00+01:00",
    }
    assert rows(trainable_url, COMPRESSOR) == []


def test_a_yes_trains_stores_and_activates(talk: Talk, trainable_url: str) -> None:
    *_, done = talk(TWO_DRIVERS, "yes")

    assert done.outcome == "answered"
    [stored] = rows(trainable_url, COMPRESSOR)
    assert stored[:3] == (1, True, ["production_count", "outdoor_temp_c"])
    told = done.data["baseline"]
    assert isinstance(told, dict)
    assert (told["version"], told["intercept"]) == (1, stored[3])
    assert {each["driver"]: each["coefficient"] for each in told["drivers"]} == coefficients(stored)
    assert rows(trainable_url, LOGGED) == [(1,)]


def test_step_by_step_asks_for_source_drivers_period_and_a_yes(
    talk: Talk, trainable_url: str
) -> None:
    source, drivers, period, confirmation, done = talk(
        "train the boiler", "natural gas", "use those", "last year", "yes"
    )

    assert source.choices == ("electricity", "natural_gas", "steam")
    assert list(drivers.choices) == drivers.data["suggested"] != []
    assert period.data["first_reading"] == "2024-10-01T00:00:00+02:00"
    assert confirmation.data["drivers"] == drivers.data["suggested"]
    [stored] = rows(trainable_url, GAS)
    assert stored[2] == drivers.data["suggested"]
    assert done.data["active_version"] == 1


def test_step_by_step_works_in_german(talk: Talk, trainable_url: str) -> None:
    *_, done = talk(
        "trainiere den Kessel", "Erdgas", "nimm die", "letztes Jahr", "ja", lang="de-de"
    )

    assert done.outcome == "answered", done.speech
    assert [row[:2] for row in rows(trainable_url, GAS)] == [(1, True)]


@pytest.mark.parametrize("reply", ["no", "never mind", "what is compressor one drawing"])
def test_without_a_yes_nothing_is_stored(talk: Talk, trainable_url: str, reply: str) -> None:
    _, other, late = talk(ONE_DRIVER, reply, "yes")

    assert other.outcome in ("cancelled", "answered")
    assert late.outcome == "not_understood"
    assert rows(trainable_url, COMPRESSOR) == []


def test_a_yes_of_a_conversation_without_memory_trains_nothing(
    asker: Asker, trainable_url: str
) -> None:
    asker.ask(ONE_DRIVER)

    assert asker.ask("yes").outcome == "not_understood"
    assert rows(trainable_url, COMPRESSOR) == []


def test_what_is_corrected_is_told_anew_and_trained_so(talk: Talk, trainable_url: str) -> None:
    _, without, with_humidity, _ = talk(
        TWO_DRIVERS, "yes but without temperature", "no, with humidity too", "yes"
    )

    assert without.data["drivers"] == ["production_count"]
    assert with_humidity.data["drivers"] == ["production_count", "outdoor_humidity_percent"]
    [stored] = rows(trainable_url, COMPRESSOR)
    assert stored[2] == ["production_count", "outdoor_humidity_percent"]


def test_what_builds_on_a_training_is_confirmed_for_itself(talk: Talk, trainable_url: str) -> None:
    """The yes to one machine would else have trained the next one unasked."""
    *_, other = talk(ONE_DRIVER, "yes", "and for conveyor A")

    assert other.outcome == "clarify"
    assert rows(trainable_url, CONVEYOR) == []


def test_everything_reaches_from_the_first_reading_to_the_last(
    talk: Talk, trainable_url: str
) -> None:
    talk("train electricity of conveyor A using production count")
    asked, _ = talk("use everything", "yes")

    assert asked.data["period"] == {
        "start": "2024-10-01T00:00:00+02:00",
        "end": "2026-11-18T10:07:30+01:00",
    }
    assert [row[:2] for row in rows(trainable_url, CONVEYOR)] == [(1, True)]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("train natural gas of boiler one using wind speed for last year", "wind_speed_m_s"),
        ("train natural gas of boiler one using the moon phase for last year", "moon phase"),
    ],
)
def test_a_driver_that_is_none_is_told_with_those_there_are(
    talk: Talk, trainable_url: str, text: str, refused: str
) -> None:
    told, confirmation = talk(text, "only outdoor temperature")

    assert told.outcome == "clarify"
    assert told.data["refused"] == {refused: "unknown"}
    known = (
        "SELECT feature_name FROM energy_source_features AS f JOIN energy_sources AS s"
        " ON s.id = f.energy_source_id WHERE s.name = 'natural_gas' AND is_regression_feature"
    )
    assert {(name,) for name in told.data["available"]} == set(rows(trainable_url, known))
    assert confirmation.data["drivers"] == ["outdoor_temp_c"]


def test_a_consequence_of_the_use_is_refused_whatever_its_flag(
    changed: Callable[..., Asker],
) -> None:
    flag = (
        "UPDATE energy_source_features SET is_regression_feature = {}"
        " WHERE feature_name = 'machine_temp_c'"
    )
    asker = changed(flag.format("true"), flag.format("false"))

    told = asker.ask("train electricity of conveyor A using machine temperature for last year")

    assert told.data["refused"] == {"machine_temp_c": "consequence"}
    assert "machine_temp_c" not in told.data["available"]


def test_too_short_a_period_tells_how_many_days_are_lacking(talk: Talk, trainable_url: str) -> None:
    *_, told = talk("train electricity of HVAC main using outdoor temperature for last week", "yes")

    assert told.outcome == "no_data"
    sampling, needed = told.data["sampling"], told.data["needed"]
    assert needed == 500
    per_day = sampling["samples"] / 7
    assert told.data["days_more"] == -(-(500 - sampling["samples"]) // per_day)
    assert rows(trainable_url, STORED.format("HVAC-Main electricity")) == []


def test_a_bad_model_is_stored_and_the_good_one_stays_active(
    talk: Talk, trainable_url: str
) -> None:
    *_, told = talk(ONE_DRIVER, "yes", USELESS, "yes")

    assert [row[:2] for row in rows(trainable_url, COMPRESSOR)] == [(1, True), (2, False)]
    assert told.data["active_version"] == 1
    assert told.data["baseline"]["is_valid"] is False


def test_a_future_period_has_nothing_to_learn_from(talk: Talk) -> None:
    *_, told = talk("train electricity of conveyor A using production count", "next week")

    assert told.outcome == "no_data"


MACHINES = """
UPDATE seus SET machine_ids = ARRAY(SELECT id FROM machines WHERE name = ANY ('{}') ORDER BY name)
WHERE name = 'Conveyor-A electricity'
"""
OWN = MACHINES.format("{Conveyor-A}")


def test_an_seu_that_spans_more_machines_is_trained_as_a_whole(
    changed: Callable[..., Asker],
) -> None:
    asker = changed(MACHINES.format("{Conveyor-A,HVAC-Main}"), OWN)

    asked = asker.ask("train electricity of conveyor A using production count for last year")

    assert asked.data["seu"] == "Conveyor-A electricity"
    assert asked.data["machines"] == ["Conveyor-A", "HVAC-Main"]


def test_a_machine_without_an_seu_is_told_so(changed: Callable[..., Asker]) -> None:
    asker = changed(MACHINES.format("{HVAC-Main}"), OWN)

    told = asker.ask("train electricity of conveyor A using production count for last year")

    assert told.outcome == "no_data"
    assert told.data == {"energy_source": "electricity", "machines": ["Conveyor-A"]}


# --- while it takes long ------------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """A training that goes on until it is let go."""
    let_go = asyncio.Event()
    real = engines.SERVICES["baseline_train"]

    async def trained(question: Any, context: Any) -> Any:
        if question.confirmed:
            await let_go.wait()
        return await real(question, context)

    monkeypatch.setattr(engines, "SERVICES", {**engines.SERVICES, "baseline_train": trained})
    often = partial(told_of, first_seconds=0.01, next_seconds=0.01)
    monkeypatch.setattr(engines, "told_of", often)
    return let_go


def test_who_waits_is_told_that_it_still_goes_on(
    asker: Asker, trainable_url: str, slow: asyncio.Event
) -> None:
    told: list[Progress] = []

    def hear(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 2:
            slow.set()

    async def trained() -> Reply:
        await asker.engine.ask(Request(ONE_DRIVER, "en-us", "slow", PLANT_NOW))
        return await asker.engine.ask(Request("yes", "en-us", "slow", PLANT_NOW, hear))

    reply = asker.loop.run(trained(), 30)

    assert reply.outcome == "answered"
    assert len(told) >= 2
    assert {each.dialogs[0][0] for each in told} == {"still_training"}
    assert all(each.speech for each in told)


def test_what_is_stopped_stores_nothing(
    asker: Asker, trainable_url: str, slow: asyncio.Event
) -> None:
    async def stopped() -> None:
        begun = asyncio.Event()
        await asker.engine.ask(Request(ONE_DRIVER, "en-us", "stop", PLANT_NOW))
        request = Request("yes", "en-us", "stop", PLANT_NOW, lambda progress: begun.set())
        answer = asyncio.ensure_future(asker.engine.ask(request))
        await begun.wait()
        answer.cancel()
        await asyncio.wait({answer})

    asker.loop.run(stopped(), 30)

    assert rows(trainable_url, COMPRESSOR) == []


# --- what is known of them ----------------------------------------------------------------------


def test_the_active_version_is_explained_with_its_strongest_driver_first(talk: Talk) -> None:
    *_, told = talk(TWO_DRIVERS, "yes", "explain the electricity model of compressor one")

    influences = told.data["influences"]
    assert [each["driver"] for each in influences] == ["production_count", "outdoor_temp_c"]
    assert sum(each["share"] for each in influences) == pytest.approx(1.0)
    known = {each["driver"]: each for each in told.data["baseline"]["drivers"]}
    moved = {
        name: (each["coefficient"] * each["statistics"]["standard_deviation"]) ** 2
        for name, each in known.items()
    }
    first = moved["production_count"] / sum(moved.values())
    assert influences[0]["share"] == pytest.approx(first)


def test_a_version_that_there_is_not_is_told_with_those_there_are(talk: Talk) -> None:
    *_, told = talk(ONE_DRIVER, "yes", "explain version nine of the compressor one model")

    assert told.outcome == "no_data"
    assert (told.data["asked"], told.data["versions"]) == (9, [1])


def test_a_list_has_what_is_trained_and_what_is_not(talk: Talk) -> None:
    *_, told = talk(ONE_DRIVER, "yes", "list the baselines of compressor one")

    [trained] = told.data["trained"]
    assert (trained["seu"], len(trained["versions"])) == ("Compressor-1 electricity", 1)
    assert [each["seu"] for each in told.data["without"]] == ["Compressor-1 compressed air"]
    assert trained["versions"][0]["period"]["start"] == "2025-01-01T00:00:00+01:00"


def test_without_a_baseline_one_is_offered_and_a_yes_leads_to_the_confirmation(
    talk: Talk, trainable_url: str
) -> None:
    offer, asked, done = talk("explain the model of conveyor A", "yes", "yes")

    assert (offer.outcome, asked.outcome) == ("clarify", "clarify")
    assert asked.data["period"] == {  # whole days of the last twelve months
        "start": "2025-11-18T00:00:00+01:00",
        "end": "2026-11-18T00:00:00+01:00",
    }
    [stored] = rows(trainable_url, CONVEYOR)
    assert stored[2] == asked.data["drivers"]
    assert done.data["active_version"] == 1


def test_another_version_becomes_active_after_a_yes(talk: Talk, trainable_url: str) -> None:
    talk(ONE_DRIVER, "yes", TWO_DRIVERS, "yes")
    asked, activated, again = talk(
        "use version one for the electricity baseline of compressor one",
        "yes",
        "use version one for the electricity baseline of compressor one",
    )

    assert (asked.outcome, asked.data["active_version"]) == ("clarify", 2)
    assert (activated.data["before"], activated.data["baseline"]["version"]) == (2, 1)
    assert [row[:2] for row in rows(trainable_url, COMPRESSOR)] == [(1, True), (2, False)]
    assert again.data["before"] == 1  # it was active already


def test_a_version_is_not_activated_without_a_yes(talk: Talk, trainable_url: str) -> None:
    talk(ONE_DRIVER, "yes", TWO_DRIVERS, "yes")
    talk("use version one for the electricity baseline of compressor one", "no")

    assert [row[:2] for row in rows(trainable_url, COMPRESSOR)] == [(1, False), (2, True)]


def test_a_model_with_the_temperature_is_better_than_without(
    talk: Talk, trainable_url: str
) -> None:
    *_, told = talk(
        ONE_DRIVER, "yes", "is the compressor one model better with or without temperature"
    )

    candidates = told.data["candidates"]
    drivers = [[each["driver"] for each in one["drivers"]] for one in candidates]
    assert drivers == [["production_count", "outdoor_temp_c"], ["production_count"]]
    errors = [one["statistics"]["out_of_time_cvrmse_percent"] for one in candidates]
    assert errors[0] < errors[1]
    assert (told.data["better"], told.data["by"]) == (0, "out_of_time")
    same = {one["statistics"]["samples"] for one in candidates}
    assert len(same) == 1
    assert len(rows(trainable_url, COMPRESSOR)) == 1  # nothing was stored


def test_models_fitted_to_be_compared_need_as_many_hours_as_the_settings_say(
    talk: Talk, trainable_url: str, engine_on: Callable[..., Asker]
) -> None:
    talk(ONE_DRIVER, "yes")
    strict = engine_on(trainable_url, training_hours=20_000)

    told = strict.ask("is the compressor one model better with or without temperature")

    # A year has fewer hours than the half of these.
    assert (told.outcome, told.data["needed"]) == ("no_data", 10_000)
    assert told.data["sampling"]["samples"] < 8_784


def test_two_stored_versions_are_compared(talk: Talk) -> None:
    *_, told = talk(
        ONE_DRIVER, "yes", USELESS, "yes", "which baseline of compressor one is the better one"
    )

    assert [one["version"] for one in told.data["candidates"]] == [1, 2]
    assert (told.data["better"], told.data["by"]) == (0, "validity")


# --- prediction ---------------------------------------------------------------------------------


def test_what_if_is_the_stored_equation(talk: Talk, trainable_url: str) -> None:
    ask = "how much would compressor one use at five hundred units and twenty five degrees"
    *_, told = talk(TWO_DRIVERS, "yes", ask)

    [row] = rows(trainable_url, COMPRESSOR)
    by = coefficients(row)
    expected = row[3] + 500 * by["production_count"] + 25 * by["outdoor_temp_c"]
    assert told.data["expected"] == pytest.approx(expected, rel=1e-9)
    assert told.data["lower"] < expected < told.data["upper"]
    assert told.data["assumed"] == []


def test_a_driver_that_is_not_said_stands_at_its_mean(talk: Talk) -> None:
    *_, told = talk(TWO_DRIVERS, "yes", "how much would compressor one use at 500 units")
    [explained] = talk("explain the electricity model of compressor one")

    known = {each["driver"]: each for each in explained.data["baseline"]["drivers"]}
    mean = known["outdoor_temp_c"]["statistics"]["mean"]
    assert told.data["assumed"] == ["outdoor_temp_c"]
    assert told.data["conditions"] == {"production_count": 500.0, "outdoor_temp_c": mean}


def test_a_condition_that_the_model_has_not_is_told(talk: Talk) -> None:
    ask = "how much would compressor one use at 500 units and 25 degrees"
    *_, told = talk(ONE_DRIVER, "yes", ask)

    assert told.data["unused"] == ["outdoor_temp_c"]


def test_a_temperature_tells_the_degree_days_that_are_made_of_it(talk: Talk) -> None:
    train = "train electricity of HVAC main using cooling degree days and heating degree days"
    *_, told = talk(f"{train} for last year", "yes", "how much would HVAC main use at 30 degrees")
    [explained] = talk("explain the electricity model of HVAC main")

    baseline = explained.data["baseline"]
    known = {each["driver"]: each for each in baseline["drivers"]}
    cooling = known["cooling_degree_days"]
    degree_days = (30 - cooling["base_temperature_degc"]) / 24  # of one hour
    assert told.data["conditions"] == {
        "cooling_degree_days": pytest.approx(degree_days),
        "heating_degree_days": 0.0,
    }
    expected = baseline["intercept"] + cooling["coefficient"] * degree_days
    assert told.data["expected"] == pytest.approx(expected, rel=1e-9)
    assert (told.data["assumed"], told.data["unused"]) == ([], [])


def test_a_driver_without_values_is_refused_with_those_that_have_some(talk: Talk) -> None:
    told, again = talk(
        "train electricity of HVAC main using production count for last year", "all of them"
    )

    assert told.data["refused"] == {"production_count": "no_data"}
    available = set(told.data["available"])
    # Operating hours vary where hours of running in part count, as they do with them.
    assert available >= {"outdoor_temp_c", "cooling_degree_days", "operating_hours"}
    assert available.isdisjoint({"production_count", "throughput"})
    assert again.data["suggested"]  # nothing was offered: it is asked with what is suggested


RUNNING_HOURS = """
WITH use AS (
    SELECT date_trunc('hour', r.time) AS hour, sum(r.energy_kwh) AS kwh, count(*) AS n
    FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id
    WHERE m.name = 'Compressor-1' AND r.time >= %(start)s AND r.time < %(end)s GROUP BY 1
), made AS (
    SELECT date_trunc('hour', p.time) AS hour, sum(p.production_count) AS pieces
    FROM production_data AS p JOIN machines AS m ON m.id = p.machine_id
    WHERE m.name = 'Compressor-1' AND p.time >= %(start)s AND p.time < %(end)s GROUP BY 1
)
SELECT use.hour, use.kwh, made.pieces FROM use JOIN made USING (hour) ORDER BY 1
"""


def test_a_past_day_is_the_sum_over_its_running_hours_with_what_was_used(
    talk: Talk, trainable_url: str
) -> None:
    *_, told = talk(ONE_DRIVER, "yes", "how much should compressor one have used yesterday")

    day = datetime(2026, 11, 17, tzinfo=BERLIN)
    bound = {"start": day, "end": day + timedelta(days=1)}
    with psycopg.connect(trainable_url) as connection:
        hours = connection.execute(RUNNING_HOURS.encode(), bound).fetchall()
    [row] = rows(trainable_url, COMPRESSOR)
    slope, count = coefficients(row)["production_count"], int(told.data["hours"])
    # The machine ran in the hours of greatest use; the others stood still for a part at least.
    ran = sorted(hours, key=lambda each: -each[1])[:count]
    expected = count * row[3] + slope * sum(each[2] for each in ran)
    assert told.data["expected"] == pytest.approx(expected, rel=1e-6)
    assert told.data["actual"] == pytest.approx(sum(each[1] for each in ran), rel=1e-6)


def test_today_is_told_as_far_as_it_is_over(talk: Talk) -> None:
    *_, told = talk(ONE_DRIVER, "yes", "expected electricity of compressor one today")

    assert told.data["period"]["end"] == "2026-11-18T10:07:30+01:00"
    assert 0 < told.data["hours"] <= 10


def test_hours_that_do_not_count_are_told_with_what_was_used_in_them(talk: Talk) -> None:
    *_, told = talk(ONE_DRIVER, "yes", "how much should compressor one have used yesterday")

    names = [name for name, _ in told.dialogs]
    much = told.data["actual_elsewhere"] > 0.05 * told.data["actual"]
    assert told.data["hours_partial"] >= 0
    assert told.data["actual_elsewhere"] > 0
    assert any(name.startswith("baseline_elsewhere") for name in names) == much


def test_just_after_midnight_there_is_no_whole_hour(talk: Talk) -> None:
    midnight = datetime(2026, 11, 18, 0, 20, tzinfo=BERLIN)
    ask = "expected electricity of compressor one today"
    talk(ONE_DRIVER, "yes")
    [told] = talk(ask, now=midnight)

    assert (told.outcome, told.data["drivers"], told.data["reason"]) == ("no_data", [], "too_short")


def test_a_period_that_begins_before_all_readings_is_told_from_the_first_on(talk: Talk) -> None:
    *_, told = talk(ONE_DRIVER, "yes", "how much should compressor one have used in 2024")

    assert told.data["period"] == {
        "start": "2024-10-01T00:00:00+02:00",
        "end": "2025-01-01T00:00:00+01:00",
    }
    assert "October" in told.speech


def test_tomorrow_without_a_forecast_says_which_drivers_are_lacking(talk: Talk) -> None:
    *_, told = talk(
        TWO_DRIVERS, "yes", "what does the baseline predict for compressor one tomorrow"
    )

    assert (told.outcome, told.intent) == ("no_data", "baseline_predict")
    assert told.data["is_ahead"] is True
    assert "outdoor_temp_c" in told.data["drivers"]


def test_an_answer_by_a_model_rests_on_its_version(talk: Talk) -> None:
    *_, proof = talk(
        ONE_DRIVER, "yes", "how much should compressor one have used yesterday", "how do you know"
    )

    assert proof.data["model_version"] == 1
