"""Training by voice through OVOS: in one sentence, step by step, and what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import psycopg
import pytest

from tests.skill.conftest import OTHER_LANGS, Croft, Heard

GERMAN = OTHER_LANGS[0]
STORED = """
SELECT b.model_version, b.is_active, b.feature_names, b.r_squared, b.training_samples,
       b.training_start_date, b.training_end_date
FROM energy_baselines AS b JOIN seus AS s ON s.id = b.seu_id
WHERE s.name = %s ORDER BY b.model_version
"""


@pytest.fixture
def hall(croft: Croft, trainable_url: str) -> Iterator[Croft]:
    yield croft


def talk(hall: Croft, said: Sequence[str], session: str, lang: str = "en-US") -> list[Heard]:
    return [hall.hear(text, session=session, lang=lang) for text in said]


def stored(url: str, seu: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(STORED.encode(), (seu,)).fetchall()


@pytest.mark.parametrize(
    ("lang", "said", "yes", "told"),
    [
        (
            "en-US",
            "train a baseline for electricity on compressor one using production count"
            " and outdoor temperature for last year",
            "yes",
            "percent of the variation",
        ),
        (
            GERMAN,
            "trainiere ein Strommodell für Kompressor eins mit Stückzahl und Außentemperatur"
            " für letztes Jahr",
            "ja",
            "Prozent der Schwankungen",
        ),
    ],
)
def test_one_sentence_and_a_yes_train_a_baseline(
    hall: Croft, trainable_url: str, lang: str, said: str, yes: str, told: str
) -> None:
    session = f"one-sentence-{lang}"
    asked, done = talk(hall, (said, yes), session, lang)

    assert len(asked.speech) == len(done.speech) == 1
    assert asked.speech[0].endswith("?")
    [(version, is_active, drivers, *_)] = stored(trainable_url, "Compressor-1 electricity")
    assert (version, is_active) == (1, True)
    assert drivers == ["production_count", "outdoor_temp_c"]
    assert told in done.speech[0]


def test_nothing_is_trained_without_a_yes(hall: Croft, trainable_url: str) -> None:
    said = ("train electricity of conveyor A using production count for last year", "no")
    asked, refused = talk(hall, said, "no")

    assert asked.speech and refused.speech
    assert stored(trainable_url, "Conveyor-A electricity") == []


def test_step_by_step_asks_for_one_thing_at_a_time(hall: Croft, trainable_url: str) -> None:
    said = ("train the boiler", "natural gas", "use those", "last year", "yes")
    turns = talk(hall, said, "steps")

    assert [len(turn.speech) for turn in turns] == [1] * len(said)
    source, drivers, period, confirmation, done = (turn.speech[0] for turn in turns)
    assert "natural gas" in source and "steam" in source
    assert all("?" in text for text in (source, drivers, period, confirmation))
    [(version, _, names, *_)] = stored(trainable_url, "Boiler-1 natural gas")
    assert version == 1
    assert names
    assert "percent of the variation" in done


def test_a_bad_model_is_told_as_what_it_is_and_the_better_one_stays(
    hall: Croft, trainable_url: str
) -> None:
    good = "train electricity of conveyor A using production count for last year"
    bad = "train electricity of conveyor A using outdoor humidity for last year"
    talk(hall, (good, "yes"), "good")
    _, told = talk(hall, (bad, "yes"), "bad")

    first, second = stored(trainable_url, "Conveyor-A electricity")
    assert (first[1], second[1]) == (True, False)
    assert "version one" in told.speech[0]
    assert "humidity" in told.speech[0]


def test_an_unknown_driver_is_said_with_those_there_are(hall: Croft, trainable_url: str) -> None:
    said = "train a baseline for natural gas on boiler one using wind speed for last year"
    [heard] = talk(hall, (said,), "unknown driver")

    assert "wind speed" in heard.speech[0]
    assert "heating degree days" in heard.speech[0]
    assert stored(trainable_url, "Boiler-1 natural gas") == []


def test_what_if_is_answered_from_the_stored_model(hall: Croft, trainable_url: str) -> None:
    train = (
        "train a baseline for electricity on compressor one using production count"
        " and outdoor temperature for last year"
    )
    ask = "how much would compressor one use at five hundred units and twenty five degrees"
    *_, heard = talk(hall, (train, "yes", ask), "what if")

    with psycopg.connect(trainable_url) as connection:
        row = connection.execute("SELECT intercept, coefficients FROM energy_baselines").fetchone()
    assert row is not None
    intercept, coefficients = row[0], row[1] if isinstance(row[1], dict) else json.loads(row[1])
    expected = (
        intercept
        + 500 * float(coefficients["production_count"])
        + 25 * float(coefficients["outdoor_temp_c"])
    )
    data = hall.skill.ask(ask, "en-us", "what if")["data"]
    assert data["expected"] == pytest.approx(expected, rel=1e-9)
    assert "kilowatt hours" in heard.speech[0]


def test_a_session_does_not_confirm_the_training_of_another(
    hall: Croft, trainable_url: str
) -> None:
    said = "train electricity of conveyor A using production count for last year"
    talk(hall, (said,), "mine")
    talk(hall, ("yes",), "yours")

    assert stored(trainable_url, "Conveyor-A electricity") == []
