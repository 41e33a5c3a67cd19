"""A language is files: one that nobody speaks, with number words of its own, is understood and
answered without a line of code for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from enms_core.domain.answer import Answer
from enms_core.domain.errors import LanguageIncomplete
from enms_core.domain.help import HelpAnswer
from enms_core.domain.question import OpenQuestion, Question
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.required_lists import REQUIRED
from enms_core.language.speech.speaker import Speaker
from enms_core.language.understand import Interpreter
from tests.unit.answers.common import CATALOGUE, energy, use
from tests.unit.answers.machine_list import listed
from tests.unit.answers.ranking import KWH, of, ranking
from tests.unit.catalogues import ids_of
from tests.unit.made_up_language import LANG, VOCABULARY, write_language


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    root = write_language(tmp_path_factory.mktemp("language"))
    return LanguageModel(load_language(LANG, root))


@pytest.fixture(scope="module")
def interpreter(model: LanguageModel) -> Interpreter:
    return Interpreter(model, CATALOGUE)


@pytest.fixture(scope="module")
def speaker(model: LanguageModel) -> Speaker:
    return Speaker(model, CATALOGUE)


def _asked(interpreter: Interpreter, text: str) -> Question:
    understood = interpreter.understand(text)
    assert understood.outcome == "answered", understood
    assert understood.question is not None
    return understood.question


@pytest.mark.parametrize(
    ("text", "intent", "machines", "sources"),
    [
        ("kelom enu uzal boiler un prevu", "energy", ("Boiler-1",), ()),
        ("kelom gazu uzal boiler un tum pasu septu", "energy", ("Boiler-1",), ("natural_gas",)),
        ("kelom elektu nunu", "energy", (), ("electricity",)),
        ("enu de conveyor a kaj boiler un", "energy", ("Conveyor-A", "Boiler-1"), ()),
        ("prezu de hvac main tum pasu septu", "cost", ("HVAC-Main",), ()),
        ("kelom fortu tiras conveyor a jen", "power", ("Conveyor-A",), ()),
        ("kiu aparu uzal pleju enu prevu", "ranking", (), ()),
        ("listu de aparui", "machine_list", (), ()),
        ("asistu min", "help", (), ()),
    ],
)
def test_questions_are_understood(
    interpreter: Interpreter,
    text: str,
    intent: str,
    machines: tuple[str, ...],
    sources: tuple[str, ...],
) -> None:
    asked = _asked(interpreter, text)

    assert (asked.intent, asked.sources) == (intent, sources)
    assert asked.scope.is_said is bool(machines)
    if machines:
        assert set(asked.scope.machine_ids) == set(ids_of(CATALOGUE, *machines))


@pytest.mark.parametrize(
    ("text", "unit", "offset"),
    [
        ("kelom enu uzal boiler un prevu", "day", -1),
        ("kelom enu uzal boiler un nunu", "day", 0),
        ("kelom enu uzal boiler un tum pasu septu", "week", -1),
        ("kelom enu uzal boiler un tiu septu", "week", 0),
    ],
)
def test_times_are_understood(interpreter: Interpreter, text: str, unit: str, offset: int) -> None:
    period = _asked(interpreter, text).period

    assert (period.kind, period.unit, period.offset) == ("unit", unit, offset)


def test_numbers_are_read_by_the_list_of_the_language(interpreter: Interpreter) -> None:
    assert _asked(interpreter, "tri aparui kum pleju enu").count == 3
    assert _asked(interpreter, "bidek un aparui kum pleju enu").count == 21


def test_a_machine_is_left_out(interpreter: Interpreter) -> None:
    asked = _asked(interpreter, "kelom enu uzal tutu sen boiler un")

    assert len(asked.scope.machine_ids) == len(CATALOGUE.machines) - 1
    assert ids_of(CATALOGUE, "Boiler-1")[0] not in asked.scope.machine_ids


@pytest.mark.parametrize(
    "text", ["haltu boiler un", "ludu muziku", "kio estas vetero", "kelom kostal panu"]
)
def test_what_is_not_ours_is_left_to_others(interpreter: Interpreter, text: str) -> None:
    assert interpreter.understand(text).outcome == "not_understood"


def test_a_question_back_is_answered_by_an_ordinal(interpreter: Interpreter) -> None:
    asked = interpreter.understand("kelom enu uzal compressor prevu")
    assert asked.question is not None
    reply = interpreter.understand("bima", OpenQuestion(asked.question, asked.choices))

    assert asked.outcome == "clarify"
    assert reply.question is not None
    assert reply.question.scope.machine_ids == (asked.choices[1],)


def _energy(asked: Question) -> Answer:
    return energy(use(asked.sources[0] if asked.sources else "electricity", 1_240.0), asked=asked)


def _first(asked: Question) -> Answer:
    return ranking(of(KWH, 95.0), asked=asked, count=1)


def _list(asked: Question) -> Answer:
    two = ids_of(CATALOGUE, "Boiler-1", "Conveyor-A")
    return listed(replace(asked, scope=replace(asked.scope, machine_ids=two)))


def _help(asked: Question) -> Answer:
    return HelpAnswer(question=asked, topic=None, machine="Boiler-1")


ANSWERS = {"energy": _energy, "ranking": _first, "machine_list": _list, "help": _help}


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        (
            "kelom enu uzal boiler un prevu",
            "Boiler un uzal mil bi cent kardek kilovatui de elektu prevu.",
        ),
        (
            "kelom gazu uzal boiler un tum pasu septu",
            "Boiler un uzal mil bi cent kardek kubui de gazu pasu septu.",
        ),
        ("kelom elektu nunu", "Tutu uzal mil bi cent kardek kilovatui de elektu nunu."),
        (
            "kelom enu uzal conveyor a kaj boiler un prevu",
            "Conveyor A kaj boiler un uzal mil bi cent kardek kilovatui de elektu prevu.",
        ),
        (
            "kiu aparu uzal pleju enu prevu",
            "Compressor un uzal pleju enu prevu: nondek pen kilovatui.",
        ),
        ("listu de aparui", "Mi konas bi aparui: boiler un kaj conveyor A."),
        ("asistu", "Diru: kelom enu uzal boiler un prevu?"),
    ],
)
def test_answers_are_spoken(
    interpreter: Interpreter, speaker: Speaker, text: str, speech: str
) -> None:
    asked = _asked(interpreter, text)

    assert speaker.text(speaker.say(ANSWERS[asked.intent](asked))) == speech


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        (
            "kelom enu uzal boiler bi",
            "Mi ne konas boiler bi. Mi konas compressor un, HVAC main, conveyor A kaj okt pleju.",
        ),
        (
            "kelom enu uzal turbinu",
            "Mi ne konas turbinu. Mi konas compressor un, HVAC main, conveyor A kaj okt pleju.",
        ),
        (
            "kelom oleu uzal boiler un",
            "Mi ne konas oleu. Mi konas elektu, gazu, steam kaj un pleju.",
        ),
        ("kelom enu uzal conveyor", "Kiu: conveyor A au conveyor U S un?"),
        ("kio estas vetero", "Mi ne komprenas."),
    ],
)
def test_what_is_not_answered_is_spoken_too(
    interpreter: Interpreter, speaker: Speaker, text: str, speech: str
) -> None:
    assert speaker.text(speaker.say_not_answered(interpreter.understand(text))) == speech


# --- incomplete languages -----------------------------------------------------------------------


def test_the_language_has_the_required_lists_and_few_more() -> None:
    assert set(VOCABULARY) >= REQUIRED
    assert len(set(VOCABULARY) - REQUIRED) < 25


@pytest.mark.parametrize("name", ["energy_word", "except", "month_may", "number_word"])
def test_a_list_that_cannot_be_missing_is_named(tmp_path: Path, name: str) -> None:
    folder = write_language(tmp_path) / "locale" / LANG
    (folder / f"{name}.voc").unlink()

    with pytest.raises(LanguageIncomplete, match=rf"tx-xx.*{name}\.voc"):
        LanguageModel(load_language(LANG, tmp_path))


def test_a_dialog_that_is_missing_is_named_when_it_is_needed(speaker: Speaker) -> None:
    with pytest.raises(LanguageIncomplete, match=r"tx-xx.*failed_inside\.dialog"):
        speaker.text([("failed_inside", {})])


def test_a_word_of_a_list_of_values_is_named_too(model: LanguageModel) -> None:
    with pytest.raises(LanguageIncomplete, match=r"standby in modes\.value"):
        model.files.values["modes"]["standby"]


@pytest.mark.parametrize("lang", ["de-de", "en-us"])
def test_a_language_in_use_has_all_that_is_required(lang: str) -> None:
    assert set(load_language(lang).vocabulary) >= REQUIRED
