"""Talk about baselines goes on: after an answer, after an offer, and where many are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.conftest import execute, rows

ENGLISH, GERMAN = "en-us", "de-de"
TRAIN = "train electricity of conveyor A using production count for last year"
USELESS = "train electricity of conveyor A using outdoor humidity for last year"
PUMP = "train electricity of hydraulic pump one using production count for last year"
USELESS_GERMAN = "trainiere den Strom vom Förderband A mit Luftfeuchtigkeit für letztes Jahr"
TRAIN_GERMAN = "trainiere den Strom vom Förderband A mit Stückzahl für letztes Jahr"
PREDICT = "how much should conveyor A have used yesterday"
PREDICT_GERMAN = "wie viel sollte Förderband A gestern verbrauchen"
VERSIONS = """
SELECT b.model_version, b.is_active, b.r_squared
FROM energy_baselines AS b JOIN seus AS s ON s.id = b.seu_id
WHERE s.name = '{}' ORDER BY b.model_version
"""
CONVEYOR = VERSIONS.format("Conveyor-A electricity")

Talk = Callable[..., list[Reply]]


@pytest.fixture(scope="module")
def asker(plant_url: str) -> Iterator[Asker]:
    asker = Asker(plant_url)
    yield asker
    asker.close()


@pytest.fixture
def talk(trainable_url: str, asker: Asker, request: pytest.FixtureRequest) -> Talk:
    """Says sentences one after the other in a session of the test's own."""

    def said(*texts: str, lang: str = ENGLISH) -> list[Reply]:
        session = f"{request.node.name} {lang}"
        return [asker.ask(text, session=session, lang=lang) for text in texts]

    return said


def dialogs_of(reply: Reply) -> list[str]:
    return [name for name, _ in reply.dialogs]


# --- how do you know that -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "first", "text", "version", "share"),
    [
        (ENGLISH, PREDICT, "how do you know that", "version one", "percent of the variation"),
        (GERMAN, PREDICT_GERMAN, "woher weißt du das", "Version eins", "Prozent der Schwankungen"),
    ],
)
def test_a_prediction_is_proved_by_version_period_and_share(
    talk: Talk, trainable_url: str, lang: str, first: str, text: str, version: str, share: str
) -> None:
    talk(TRAIN, "yes")

    _, proof = talk(first, text, lang=lang)

    [(_, _, r2)] = rows(trainable_url, CONVEYOR)
    year = {"start": "2025-01-01T00:00:00+01:00", "end": "2026-01-01T00:00:00+01:00"}
    assert proof.data["models"] == [{"version": 1, "period": year, "r2": r2}]
    assert version in proof.speech and share in proof.speech
    assert dialogs_of(proof) == ["evidence_model", "evidence_model_trained"]


def test_a_model_without_statistics_is_proved_as_such(talk: Talk, trainable_url: str) -> None:
    columns = (
        "UPDATE seus SET regression_coefficients = {}, intercept = {}, feature_columns = {}"
        " WHERE name = 'Conveyor-A electricity'"
    )
    known = columns.format("'{\"production_count\": 0.0125}'", "2.5", "ARRAY['production_count']")
    execute(trainable_url, known)
    try:
        _, proof = talk(PREDICT, "how do you know that")
    finally:
        execute(trainable_url, columns.format("NULL", "NULL", "NULL"))

    assert proof.data["models"] == [{"version": 0, "period": None, "r2": None}]
    assert dialogs_of(proof) == ["evidence_model_adopted", "evidence_model_unknown"]


def test_a_comparison_is_proved_by_both_versions(talk: Talk) -> None:
    talk(TRAIN, "yes", USELESS, "yes")

    *_, proof = talk("which baseline of conveyor A is better", "how do you know that")

    models = proof.data["models"]
    assert isinstance(models, list)
    assert [each["version"] for each in models] == [1, 2]
    assert None not in [each["r2"] for each in models]


def test_models_that_were_fitted_to_compare_are_told_with_their_readings(talk: Talk) -> None:
    talk(TRAIN, "yes")

    *_, proof = talk(
        "is the model of conveyor A better with or without outdoor temperature",
        "how do you know that",
    )

    [one, other] = proof.data["models"]  # type: ignore[misc]
    assert (one["version"], other["version"]) == (None, None)
    assert one["period"] == other["period"] is not None
    assert dialogs_of(proof) == ["evidence_models_fitted"]


# --- is it any good -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "first", "text"),
    [
        *(
            (ENGLISH, PREDICT, text)
            for text in (
                "can I trust it?",
                "is it any good?",
                "how good is it?",
                "since when?",
                "when was it trained?",
                "why?",
                "why so much?",
            )
        ),
        *(
            (GERMAN, PREDICT_GERMAN, text)
            for text in (
                "kann ich dem trauen?",
                "taugt das was?",
                "wie gut ist es?",
                "seit wann?",
                "wann wurde es trainiert?",
                "warum?",
                "kann ich mich darauf verlassen?",
            )
        ),
    ],
)
def test_what_is_asked_about_an_answer_of_a_model_is_asked_of_its_version(
    talk: Talk, lang: str, first: str, text: str
) -> None:
    talk(TRAIN, "yes")

    _, told = talk(first, text, lang=lang)

    assert (told.intent, told.outcome) == ("baseline_explain", "answered"), told.speech
    assert told.data["seu"] == "Conveyor-A electricity"
    assert told.data["baseline"]["version"] == 1  # type: ignore[index]


@pytest.mark.parametrize(
    ("lang", "useless", "yes", "text"),
    [
        (ENGLISH, USELESS, "yes", "is it any good"),
        (GERMAN, USELESS_GERMAN, "ja", "taugt das was"),
    ],
)
def test_a_version_that_was_trained_is_meant_though_another_is_active(
    talk: Talk, lang: str, useless: str, yes: str, text: str
) -> None:
    talk(TRAIN, "yes")

    *_, told = talk(useless, yes, text, lang=lang)

    baseline = told.data["baseline"]
    assert (baseline["version"], baseline["is_active"]) == (2, False)  # type: ignore[index]


@pytest.mark.parametrize(("lang", "text"), [(ENGLISH, "since when"), (GERMAN, "seit wann")])
def test_since_when_is_told_with_the_day_and_nothing_else(talk: Talk, lang: str, text: str) -> None:
    talk(TRAIN, "yes")
    first = PREDICT if lang == ENGLISH else PREDICT_GERMAN

    _, told = talk(first, text, lang=lang)

    assert dialogs_of(told) == ["baseline_explained_active", "baseline_trained_since"]


@pytest.mark.parametrize(
    ("lang", "first", "humidity", "boiler"),
    [
        (ENGLISH, PREDICT, "and with humidity?", "and the boiler?"),
        (GERMAN, PREDICT_GERMAN, "und mit Luftfeuchtigkeit?", "und der Kessel?"),
    ],
)
def test_other_questions_after_a_model_stay_what_they_were(
    talk: Talk, lang: str, first: str, humidity: str, boiler: str
) -> None:
    """A day that was predicted was once taken for the time to learn from."""
    talk(TRAIN, "yes")

    _, with_humidity = talk(first, humidity, lang=lang)
    _, of_boiler = talk(first, boiler, lang=lang)

    assert with_humidity.intent == "baseline_train"
    assert dialogs_of(with_humidity) == ["baseline_which_period"]
    assert (of_boiler.intent, of_boiler.slots["machines"]) == ("baseline_predict", ["Boiler-1"])


def test_the_version_of_one_machine_is_not_asked_of_the_next(talk: Talk) -> None:
    talk(PUMP, "yes", TRAIN, "yes", "how good is it")

    [other] = talk("and hydraulic pump one")

    assert other.slots["count"] is None
    assert other.data["seu"] == "Hydraulic-Pump-1 electricity"


# --- trained again ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "yes"), [(ENGLISH, TRAIN, "yes"), (GERMAN, TRAIN_GERMAN, "ja")]
)
def test_what_was_learned_before_is_stored_no_second_time(
    talk: Talk, trainable_url: str, lang: str, text: str, yes: str
) -> None:
    talk(TRAIN, "yes")

    _, told = talk(text, yes, lang=lang)

    assert told.data["is_unchanged"] is True
    assert [row[:2] for row in rows(trainable_url, CONVEYOR)] == [(1, True)]
    assert dialogs_of(told) == ["baseline_unchanged_active", "baseline_version_item"]


def test_what_another_version_has_learned_is_told_with_the_way_to_use_it(
    talk: Talk, trainable_url: str
) -> None:
    talk(TRAIN, "yes", TRAIN.replace("last year", "january 2026"), "yes")

    _, told, asked = talk(TRAIN, "yes", "activate version one")

    assert [row[:2] for row in rows(trainable_url, CONVEYOR)] == [(1, False), (2, True)]
    assert dialogs_of(told)[0] == "baseline_unchanged_beside"
    assert (asked.outcome, asked.data["version"]) == ("clarify", 1)


@pytest.mark.parametrize(
    ("lang", "may", "july", "yes", "back"),
    [
        (
            ENGLISH,
            TRAIN.replace("last year", "march 2025"),
            TRAIN.replace("last year", "july 2025"),
            "yes",
            "activate version one",
        ),
        (
            GERMAN,
            TRAIN_GERMAN.replace("letztes Jahr", "März 2025"),
            TRAIN_GERMAN.replace("letztes Jahr", "Juli 2025"),
            "ja",
            "aktiviere Version eins",
        ),
    ],
)
def test_a_valid_version_that_fits_worse_says_so_and_how_to_go_back(
    talk: Talk, trainable_url: str, lang: str, may: str, july: str, yes: str, back: str
) -> None:
    _, first, _, second, asked, activated = talk(may, yes, july, yes, back, yes, lang=lang)

    errors = [
        told.data["baseline"]["statistics"]["out_of_time_cvrmse_percent"]  # type: ignore[index]
        for told in (first, second)
    ]
    assert errors[1] > 1.06 * errors[0]
    assert (first.data["replaced"], first.data["is_worse"]) == (None, False)
    assert (second.data["replaced"], second.data["is_worse"]) == (1, True)
    assert dialogs_of(second)[-1] == "baseline_fits_worse"
    assert (asked.outcome, activated.data["before"]) == ("clarify", 2)
    assert [row[:2] for row in rows(trainable_url, CONVEYOR)] == [(1, True), (2, False)]


# --- what was asked first -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "first", "yes"), [(ENGLISH, PREDICT, "yes"), (GERMAN, PREDICT_GERMAN, "ja")]
)
def test_what_led_to_the_training_is_answered_after_it(
    talk: Talk, lang: str, first: str, yes: str
) -> None:
    offer, _, done = talk(first, yes, yes, lang=lang)
    [plain] = talk(first, lang=lang)

    assert offer.outcome == "clarify"
    assert (done.intent, done.data["active_version"]) == ("baseline_train", 1)
    [predicted] = done.also
    assert (predicted.intent, predicted.outcome) == ("baseline_predict", "answered")
    assert predicted.data == plain.data
    assert done.speech.endswith(predicted.speech)


def test_it_waits_while_the_time_is_changed_and_a_term_is_asked(talk: Talk) -> None:
    *_, done = talk(PREDICT, "yes", "what is a baseline", "no, for last year", "yes")

    period = done.data["baseline"]["period"]  # type: ignore[index]
    assert period["start"] == "2025-01-01T00:00:00+01:00"
    assert [each.intent for each in done.also] == ["baseline_predict"]


def test_what_follows_builds_on_what_was_answered_last(talk: Talk) -> None:
    *_, proof, before = talk(PREDICT, "yes", "yes", "how do you know that", "and the day before")

    assert proof.data["model_version"] == 1
    assert before.intent == "baseline_predict"
    assert before.slots["period"]["start"] == "2026-11-16T00:00:00+01:00"  # type: ignore[index]


def test_a_model_that_is_not_active_answers_nothing(talk: Talk) -> None:
    *_, done = talk(PREDICT, "only outdoor humidity", "yes", "last year", "yes")

    assert done.data["active_version"] is None, done.speech
    assert done.also == ()


def test_the_training_of_another_machine_is_no_answer_to_it(talk: Talk) -> None:
    *_, done = talk(PREDICT, PUMP, "yes")

    assert done.data["active_version"] == 1
    assert done.also == ()


# --- many at once -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "yes"),
    [
        (ENGLISH, "train the whole factory", "yes"),
        (ENGLISH, "train baselines for all machines", "yes"),
        (ENGLISH, "train all", "yes"),
        (GERMAN, "trainiere alle", "ja"),
        (GERMAN, "trainiere alle Baselines", "ja"),
        (GERMAN, "trainiere die ganze Fabrik", "ja"),
    ],
)
def test_of_many_the_first_is_offered_and_trained_after_a_yes(
    talk: Talk, trainable_url: str, lang: str, text: str, yes: str
) -> None:
    [(count,)] = rows(trainable_url, "SELECT count(*) FROM seus")

    offer, asked, done = talk(text, yes, yes, lang=lang)

    assert dialogs_of(offer) == ["baseline_one_by_one", "baselines_without", "baseline_offer_first"]
    without = [each["seu"] for each in offer.data["without"]]  # type: ignore[union-attr]
    assert (without[0], len(without)) == (offer.data["seu"], count)
    assert (asked.outcome, asked.data["seu"]) == ("clarify", offer.data["seu"])
    assert (done.data["seu"], done.also) == (offer.data["seu"], ())


def test_those_that_have_a_baseline_are_not_offered(talk: Talk) -> None:
    talk("train electricity of compressor one using production count for last year", "yes")

    [offer] = talk("train all compressors")

    names = [each["seu"] for each in offer.data["without"]]  # type: ignore[union-attr]
    assert names and "Compressor-1 electricity" not in names


def test_where_all_have_one_a_name_is_asked_for(talk: Talk) -> None:
    talk(TRAIN, "yes", PUMP, "yes")

    [told] = talk("train conveyor A and hydraulic pump one")

    assert dialogs_of(told) == ["baseline_one_by_one", "baseline_every_one_trained"]


def test_one_source_of_all_machines_may_leave_no_choice(talk: Talk) -> None:
    [asked] = talk("train natural gas for all machines using production count for last year")

    assert asked.data["seu"] == "Boiler-1 natural gas"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (ENGLISH, "delete all baselines"),
        (ENGLISH, "delete the baseline of conveyor A"),
        (ENGLISH, "remove version one of the conveyor A model"),
        (GERMAN, "lösche alle Baselines"),
        (GERMAN, "lösch das Modell von Förderband A"),
    ],
)
def test_no_baseline_is_deleted_by_voice(
    talk: Talk, trainable_url: str, lang: str, text: str
) -> None:
    talk(TRAIN, "yes")

    [told] = talk(text, lang=lang)

    assert dialogs_of(told) == ["help_baselines_deleting"], told.speech
    assert [row[:2] for row in rows(trainable_url, CONVEYOR)] == [(1, True)]


# --- what is meant ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (ENGLISH, "predict conveyor A for yesterday"),
        (ENGLISH, "forecast conveyor A for yesterday"),
        (GERMAN, "sage den Verbrauch von Förderband A für gestern vorher"),
        (GERMAN, "Prognose Förderband A gestern"),
    ],
)
def test_a_prediction_of_a_past_day_is_the_models(talk: Talk, lang: str, text: str) -> None:
    talk(TRAIN, "yes")

    [told] = talk(text, lang=lang)
    [plain] = talk(PREDICT)

    assert (told.intent, told.data) == ("baseline_predict", plain.data)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (ENGLISH, "train natural gas of boiler one with the steam output for last year"),
        (ENGLISH, "train natural gas of boiler one with steam for last year"),
        (ENGLISH, "train boiler one with the steam output for last year"),
        (GERMAN, "trainiere das Erdgas vom Kessel mit der Dampfmenge für letztes Jahr"),
        (GERMAN, "trainiere den Kessel mit der Dampfmenge für letztes Jahr"),
    ],
)
def test_a_carrier_behind_with_is_a_driver(talk: Talk, lang: str, text: str) -> None:
    """Steam was once taken for a second energy source to train."""
    [asked] = talk(text, lang=lang)

    assert asked.data["seu"] == "Boiler-1 natural gas", asked.speech
    assert asked.data["drivers"] == ["steam_kg"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (ENGLISH, "what if steam is 2 tons"),
        (GERMAN, "was wenn der Dampf 2 Tonnen ist"),
        (GERMAN, "was wäre wenn die Dampfmenge 2 Tonnen ist"),
    ],
)
def test_tons_of_steam_are_a_condition_and_no_carbon(talk: Talk, lang: str, text: str) -> None:
    talk("train natural gas of boiler one using steam output for last year", "yes")

    first = (
        "explain the boiler gas model" if lang == ENGLISH else "erkläre das Gasmodell vom Kessel"
    )
    _, told = talk(first, text, lang=lang)

    assert (told.intent, told.outcome) == ("baseline_predict", "answered"), told.speech
    assert told.data["conditions"] == {"steam_kg": 2000.0}
