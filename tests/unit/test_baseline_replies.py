"""Replies to what is asked back before a baseline is trained or activated."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from enms_core.domain.intents import LAST_12_MONTHS
from enms_core.domain.period import TODAY, PeriodPhrase
from enms_core.domain.question import (
    Need,
    OpenQuestion,
    Question,
    Recalled,
    Scope,
    Understanding,
)
from enms_core.services.conversation import remembered
from enms_core.services.memory import FileMemory, SessionMemory
from tests.unit.catalogues import ids_of
from tests.unit.dialogues import CATALOGUE, Talk, interpreter_of

BOILER = Scope("machines", ids_of(CATALOGUE, "Boiler-1"))
TEMPERATURE, DEGREE_DAYS, PIECES = "outdoor_temp_c", "heating_degree_days", "production_count"
HOURS = "operating_hours"
SUGGESTED = (TEMPERATURE, DEGREE_DAYS)
LAST_YEAR = PeriodPhrase("unit", unit="year", offset=-1)
LATER = datetime(2026, 12, 1, tzinfo=timezone.utc)
TRAINING = Question("baseline_train", BOILER, TODAY, ("natural_gas",))
WHOLE = replace(TRAINING, drivers=(PIECES, TEMPERATURE), period=LAST_YEAR, period_said=True)
OPEN: dict[Need, OpenQuestion] = {
    "drivers": OpenQuestion(TRAINING, need="drivers", offered=SUGGESTED),
    "period": OpenQuestion(replace(TRAINING, drivers=SUGGESTED), need="period"),
    "confirmation": OpenQuestion(WHOLE, need="confirmation"),
    "offer": OpenQuestion(TRAINING, need="offer", offered=SUGGESTED),
}


def reply(need: Need, text: str, lang: str = "en-us") -> Understanding:
    return interpreter_of(lang).understand(text, OPEN[need])


def question(need: Need, text: str, lang: str = "en-us") -> Question:
    """The question that a reply leads to, which a service is to look at again."""
    heard = reply(need, text, lang)
    assert heard.outcome == "answered", heard
    assert heard.question is not None and heard.question.intent == "baseline_train", heard
    return heard.question


@pytest.mark.parametrize(
    ("lang", "text", "drivers"),
    [
        ("en-us", "use those", SUGGESTED),
        ("en-us", "yes", SUGGESTED),
        ("en-us", "all of them", SUGGESTED),
        ("en-us", "the suggested ones please", SUGGESTED),
        ("en-us", "only temperature", (TEMPERATURE,)),
        ("en-us", "production and temperature", (PIECES, TEMPERATURE)),
        ("en-us", "I want production count and operating hours", (PIECES, HOURS)),
        ("en-us", "without degree days", (TEMPERATURE,)),
        ("en-us", "those and production", (*SUGGESTED, PIECES)),
        ("en-us", "production too", (*SUGGESTED, PIECES)),
        ("en-us", "the first one", (TEMPERATURE,)),
        ("en-us", "gas pressure, steam and calorific value", None),
        ("de-de", "nimm die", SUGGESTED),
        ("de-de", "ja", SUGGESTED),
        ("de-de", "alle", SUGGESTED),
        ("de-de", "nur die Temperatur", (TEMPERATURE,)),
        ("de-de", "Stückzahl und Außentemperatur bitte", (PIECES, TEMPERATURE)),
        ("de-de", "ohne Heizgradtage", (TEMPERATURE,)),
        ("de-de", "die und die Produktion", (*SUGGESTED, PIECES)),
    ],
)
def test_drivers_are_taken_as_they_are_said(
    lang: str, text: str, drivers: tuple[str, ...] | None
) -> None:
    drivers = drivers or ("gas_pressure_bar", "steam_kg", "calorific_value")

    assert question("drivers", text, lang).drivers == drivers


@pytest.mark.parametrize(("lang", "text"), [("en-us", "all drivers"), ("de-de", "alle Treiber")])
def test_all_drivers_are_more_than_those_suggested(lang: str, text: str) -> None:
    gas = CATALOGUE.source("natural_gas").id
    everything = {each.name for each in CATALOGUE.drivers if each.energy_source_id == gas}

    assert set(question("drivers", text, lang).drivers) == everything > set(SUGGESTED)


@pytest.mark.parametrize(
    ("lang", "text"), [("en-us", "wind speed"), ("de-de", "Windgeschwindigkeit")]
)
def test_a_driver_that_the_source_has_not_is_left_to_the_service(lang: str, text: str) -> None:
    assert question("drivers", text, lang).drivers == ("wind_speed_m_s",)


@pytest.mark.parametrize(
    ("lang", "text", "unknown"),
    [("en-us", "the moon phase", "moon phase"), ("de-de", "die Mondphase", "Mondphase")],
)
def test_words_that_name_no_driver_are_said_back(lang: str, text: str, unknown: str) -> None:
    heard = reply("drivers", text, lang)

    assert (heard.outcome, heard.need, heard.unknown) == ("clarify", "drivers", unknown)
    assert heard.offered == SUGGESTED


@pytest.mark.parametrize(
    ("lang", "text", "period"),
    [
        ("en-us", "last year", LAST_YEAR),
        ("en-us", "you choose", LAST_12_MONTHS),
        ("de-de", "letztes Jahr", LAST_YEAR),
        ("de-de", "du entscheidest", LAST_12_MONTHS),
    ],
)
def test_a_period_is_taken_as_it_is_said(lang: str, text: str, period: PeriodPhrase) -> None:
    asked = question("period", text, lang)

    assert (asked.period, asked.period_said, asked.drivers) == (period, True, SUGGESTED)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-us", "use everything"),
        ("en-us", "all the data you have"),
        ("en-us", "as far back as possible"),
        ("de-de", "nimm alles"),
        ("de-de", "den ganzen Zeitraum"),
    ],
)
def test_everything_is_since_before_there_was_any_reading(lang: str, text: str) -> None:
    asked = question("period", text, lang)

    assert asked.period.kind == "since"
    assert asked.period.of is not None and asked.period.of.year == 1970
    assert asked.drivers == SUGGESTED  # no drivers were meant


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *(("en-us", text) for text in ("yes", "yes please", "go ahead", "ok do it", "sure")),
        *(("en-us", text) for text in ("actually yes", "that's right", "please do", "train it")),
        *(("de-de", text) for text in ("ja", "ja bitte", "mach das", "genau", "einverstanden")),
        *(("de-de", text) for text in ("in Ordnung", "leg los", "gerne", "ja klar")),
    ],
)
def test_a_yes_confirms_what_was_told(lang: str, text: str) -> None:
    assert question("confirmation", text, lang) == replace(WHOLE, confirmed=True)


@pytest.mark.parametrize("need", ["confirmation", "offer"])
@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *(("en-us", text) for text in ("no", "nope", "no thanks", "don't", "rather not")),
        *(("en-us", text) for text in ("never mind", "not now", "I don't want that", "no, wait")),
        *(("de-de", text) for text in ("nein", "nee", "lieber nicht", "doch nicht", "nein danke")),
        *(("de-de", text) for text in ("vergiss es", "jetzt nicht", "mach das nicht")),
    ],
)
def test_a_no_gives_it_up(need: Need, lang: str, text: str) -> None:
    assert reply(need, text, lang).outcome == "cancelled"


@pytest.mark.parametrize(
    ("lang", "text", "drivers"),
    [
        ("en-us", "yes but without temperature", (PIECES,)),
        ("en-us", "no, with operating hours too", (PIECES, TEMPERATURE, HOURS)),
        ("en-us", "only production", (PIECES,)),
        ("en-us", "not temperature", (PIECES,)),
        ("en-us", "leave the temperature out", (PIECES,)),
        ("en-us", "operating hours instead of temperature", (PIECES, HOURS)),
        ("en-us", "and operating hours", (PIECES, TEMPERATURE, HOURS)),
        ("de-de", "ja, aber ohne Temperatur", (PIECES,)),
        ("de-de", "nein, auch mit Betriebsstunden", (PIECES, TEMPERATURE, HOURS)),
        ("de-de", "nur Produktion", (PIECES,)),
        ("de-de", "lass die Temperatur weg", (PIECES,)),
        ("de-de", "Betriebsstunden statt Temperatur", (PIECES, HOURS)),
    ],
)
def test_a_yes_or_no_with_other_drivers_is_asked_about_anew(
    lang: str, text: str, drivers: tuple[str, ...]
) -> None:
    assert question("confirmation", text, lang) == replace(WHOLE, drivers=drivers)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-us", "yes but since March"),
        ("en-us", "no, since March"),
        ("de-de", "ja, aber seit März"),
        ("de-de", "nein, seit März"),
    ],
)
def test_a_yes_with_another_time_is_asked_about_anew(lang: str, text: str) -> None:
    asked = question("confirmation", text, lang)

    assert (asked.period.kind, asked.confirmed) == ("since", False)
    assert asked.drivers == WHOLE.drivers


@pytest.mark.parametrize(("lang", "text"), [("en-us", "no, electricity"), ("de-de", "nein, Strom")])
def test_another_energy_source_is_asked_about_anew(lang: str, text: str) -> None:
    asked = question("confirmation", text, lang)

    assert (asked.sources, asked.confirmed) == (("electricity",), False)


def test_machines_that_cannot_be_told_apart_are_asked_for() -> None:
    heard = reply("confirmation", "no, the compressor")

    assert (heard.outcome, heard.need) == ("clarify", "machine")
    assert heard.choices == ids_of(CATALOGUE, "Compressor-1", "Compressor-EU-1")


@pytest.mark.parametrize(("lang", "text"), [("en-us", "yes please"), ("de-de", "ja gerne")])
def test_an_offer_is_taken_with_what_is_suggested_and_asked_to_be_confirmed(
    lang: str, text: str
) -> None:
    taken = replace(TRAINING, drivers=SUGGESTED, period=LAST_12_MONTHS, period_said=True)

    assert question("offer", text, lang) == taken


@pytest.mark.parametrize("need", ["drivers", "period", "confirmation", "offer"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what is compressor one drawing", "power"),
        ("how much gas did the boiler use yesterday", "energy"),
        ("what drives natural gas", "driver_list"),
        ("which machines are running", "machine_status"),
    ],
)
def test_a_question_of_its_own_is_no_reply(need: Need, text: str, intent: str) -> None:
    heard = reply(need, text)

    assert heard.question is not None and heard.question.intent == intent
    assert not heard.question.confirmed


@pytest.mark.parametrize("need", ["drivers", "period", "confirmation", "offer"])
@pytest.mark.parametrize("text", ["what is the weather", "play some music", "set a timer"])
def test_what_is_for_other_skills_is_no_reply(need: Need, text: str) -> None:
    assert reply(need, text).outcome == "not_understood"


@pytest.mark.parametrize("text", ["yes", "ja", "go ahead", "use those", "no"])
def test_nothing_is_confirmed_where_nothing_was_asked(text: str) -> None:
    for lang in ("en-us", "de-de"):
        heard = interpreter_of(lang).understand(text, None, Recalled(WHOLE, BOILER.machine_ids))

        assert heard.question is None or not heard.question.confirmed


def test_a_yes_is_not_remembered_for_what_builds_on_the_answer() -> None:
    """ "And for the boiler's electricity" after a training would have been trained unasked."""
    confirmed = Understanding("answered", 1.0, replace(WHOLE, confirmed=True))
    memory = remembered(SessionMemory(LATER), confirmed, "answered", ())

    assert memory.recalled is not None
    heard = interpreter_of("en-us").understand("and for electricity", None, memory.recalled)
    assert heard.question is not None and not heard.question.confirmed


@pytest.mark.parametrize("need", ["drivers", "period", "confirmation", "offer"])
def test_what_waits_is_the_same_when_it_is_read_from_a_file(need: Need, tmp_path: Path) -> None:
    memory = replace(SessionMemory(LATER), open_question=OPEN[need], turns=1)
    FileMemory(tmp_path).keep("session", memory)

    kept = FileMemory(tmp_path).recall("session", datetime(2026, 11, 18, tzinfo=timezone.utc))

    assert kept == memory


def after(need: Need, *texts: str, lang: str = "en-us") -> list[Understanding]:
    """What is understood of some turns, one after the other, while a service waits."""
    talk = Talk(interpreter_of(lang), replace(SessionMemory(LATER), open_question=OPEN[need]))
    return [heard for text in texts for heard in talk.hear(text)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *(("en-us", text) for text in ("make it 2024 and 2025", "hold on a second", "maybe")),
        *(("en-us", text) for text in ("why", "not ok", "i am not sure", "wrong, go ahead")),
        *(("en-us", text) for text in ("for the boiler instead", "repeat that", "yes, maybe")),
        *(("de-de", text) for text in ("und ohne Wochenenden", "Moment", "vielleicht", "warum")),
        *(("de-de", text) for text in ("nicht gut", "ich bin nicht sicher", "ja nicht die Pumpe")),
    ],
)
def test_what_is_neither_yes_nor_no_has_the_proposal_told_again(lang: str, text: str) -> None:
    assert question("confirmation", text, lang) == WHOLE


@pytest.mark.parametrize(
    ("lang", "text", "yes"),
    [
        ("en-us", "play some music", "go for it"),
        ("en-us", "lights off", "yes"),
        ("de-de", "mach das Licht aus", "ja"),
        ("de-de", "was ist die Außentemperatur", "ja mach mal"),
    ],
)
def test_a_yes_after_words_that_were_not_understood_confirms_nothing(
    lang: str, text: str, yes: str
) -> None:
    strange, answer = after("confirmation", text, yes, lang=lang)

    assert strange.outcome == "not_understood"
    assert answer.question is None or not answer.question.confirmed


def test_a_yes_is_asked_for_anew_where_a_change_of_it_failed() -> None:
    memory = replace(SessionMemory(LATER), open_question=OPEN["confirmation"], turns=1)
    changed = reply("confirmation", "no, with operating hours too")
    said_yes = reply("confirmation", "yes")

    assert remembered(memory, changed, "error", ()).open_question is None
    assert remembered(memory, said_yes, "error", ()) == memory


def test_a_machine_is_taken_instead_after_a_hesitation() -> None:
    asked = question("confirmation", "hmm wait, hvac main instead")

    assert asked.scope.machine_ids == ids_of(CATALOGUE, "HVAC-Main")
    assert not asked.confirmed


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *(("en-us", text) for text in ("hmm no", "uh no", "no wait")),
        *(("de-de", text) for text in ("ähm nein", "nee lass mal")),
    ],
)
def test_fillers_before_a_no_are_passed_over(lang: str, text: str) -> None:
    assert reply("confirmation", text, lang).outcome == "cancelled"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *(("en-us", text) for text in ("go for it", "sounds good", "sure thing", "yeah do that")),
        *(("en-us", text) for text in ("hmm yes", "oh yes", "why not")),
        *(("de-de", text) for text in ("ja mach mal", "ja mach", "von mir aus", "logo")),
        *(("de-de", text) for text in ("passt scho", "äh ja", "warum nicht")),
    ],
)
def test_a_yes_as_it_is_said_every_day_confirms(lang: str, text: str) -> None:
    assert question("confirmation", text, lang).confirmed


@pytest.mark.parametrize("text", ["hang on what's outdoor humidity", "what is outdoor humidity"])
def test_a_question_about_a_driver_does_not_replace_the_drivers(text: str) -> None:
    asked = reply("confirmation", text).question

    assert asked is None or asked.intent != "baseline_train"


@pytest.mark.parametrize(
    ("lang", "text", "intent"),
    [
        ("en-us", "what can i use", "driver_list"),
        ("en-us", "which drivers are there", "driver_list"),
        ("en-us", "what is a cooling degree day", "explain_term"),
        ("en-us", "help", "help"),
        ("de-de", "Welche kann ich nehmen?", "driver_list"),
        ("de-de", "Was ist ein Kühlgradtag?", "explain_term"),
    ],
)
def test_a_question_in_between_leaves_the_drivers_asked_for(
    lang: str, text: str, intent: str
) -> None:
    between, answer = after("drivers", text, "ja" if lang == "de-de" else "yes", lang=lang)

    assert between.outcome == "answered"
    assert between.question is not None and between.question.intent == intent
    assert intent != "driver_list" or between.question.sources == TRAINING.sources
    assert answer.question is not None and answer.question.drivers == SUGGESTED


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        *(("en-us", text) for text in ("whatever you think is best", "whatever you suggest")),
        *(("de-de", text) for text in ("such du aus", "was du meinst")),
    ],
)
def test_whatever_we_think_best_are_the_drivers_offered(lang: str, text: str) -> None:
    assert question("drivers", text, lang).drivers == SUGGESTED


@pytest.mark.parametrize(
    ("lang", "text"), [("en-us", "all of it"), ("en-us", "everything there is"), ("de-de", "alles")]
)
def test_all_of_it_as_a_period_keeps_the_machine(lang: str, text: str) -> None:
    asked = question("period", text, lang)

    assert (asked.scope, asked.period.kind) == (BOILER, "since")


@pytest.mark.parametrize(
    ("lang", "text"), [("en-us", "no, version one"), ("de-de", "nein, Version eins")]
)
def test_another_version_is_asked_about_anew(lang: str, text: str) -> None:
    second = Question("baseline_activate", BOILER, TODAY, ("natural_gas",), count=2)
    waiting = OpenQuestion(second, need="confirmation")

    assert interpreter_of(lang).understand(text, waiting).question == replace(second, count=1)
