"""From answers to speech: every kind of answer, every outcome that is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS, YESTERDAY
from enms_core.domain.question import NOT_UNDERSTOOD, Question, Scope, Understanding
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.render import Dialog
from enms_core.language.speech.speaker import SAYINGS, Speaker
from tests.unit.answers import CASES
from tests.unit.answers.common import CATALOGUE, TWO, question
from tests.unit.catalogues import demo_catalogue, ids_of

FILES = load_language("en-us")
# Said by the engine, not in answer to a question about energy.
OF_THE_ENGINE = {
    "database_unreachable",
    "database_failed",
    "failed_inside",
    "nothing_to_repeat",
    "period_impossible",
    "still_training",
}


# Said of a time, of a term and of what can be asked: each has tests of its own.
OF_OTHER_TESTS = ("period_", "duration_", "term_", "help_", "request_", "action_plan_title")


class Noted(Mapping[str, tuple[str, ...]]):
    """Dialogs that note which of them were read."""

    def __init__(self, dialogs: Mapping[str, tuple[str, ...]]) -> None:
        self._dialogs = dialogs
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> tuple[str, ...]:
        self.read.add(name)
        return self._dialogs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._dialogs)

    def __len__(self) -> int:
        return len(self._dialogs)


def speaker(catalogue: Catalogue = CATALOGUE) -> Speaker:
    return Speaker(LanguageModel(FILES), catalogue)


ONE_SITE = demo_catalogue(site="European Production Facility")
ALL_OF_ONE_SITE = Question(
    "energy", Scope("all", tuple(machine.id for machine in ONE_SITE.home_machines)), YESTERDAY
)
NOT_ANSWERED = {
    "clarify": Understanding(
        "clarify",
        0.9,
        question(),
        choices=ids_of(CATALOGUE, "Compressor-1", "Compressor-EU-1"),
    ),
    "which_source": Understanding(
        "clarify",
        0.9,
        question(intent="driver_list"),
        source_choices=("electricity", "natural_gas", "steam", "compressed_air"),
        need="energy_source",
    ),
    "compare": Understanding("clarify", 0.9, question(intent="comparison"), need="comparison"),
    "target": Understanding("clarify", 0.9, question(intent="target_set"), need="threshold"),
    "plan": Understanding("clarify", 0.9, question(intent="action_plan_update"), need="plan"),
    "term": Understanding(
        "clarify", 0.9, question(intent="explain_term"), need="term", unknown="fairness quotient"
    ),
    "help_topic": Understanding(
        "clarify", 0.9, question(intent="help"), need="help_topic", unknown="the coffee machine"
    ),
    "part": Understanding("clarify", 0.9, question(), unknown="last three mondays"),
    "unknown_machine": Understanding("unknown_machine", 0.9, question(), unknown="turbine 2"),
    "unknown_source": Understanding("unknown_source", 0.9, question(), unknown="hydrogen"),
    "not_yet": Understanding("not_yet", 0.9, question(intent="forecast")),
    "cancelled": Understanding("cancelled", 1.0),
    "not_understood": NOT_UNDERSTOOD,
}


def check_speakable(speech: str) -> None:
    assert not any(character.isdigit() for character in speech), speech
    assert not set("{}_") & set(speech), speech
    assert "  " not in speech
    assert speech[0].isupper()
    assert speech[-1] in ".?"


@pytest.mark.parametrize("name", CASES)
def test_an_answer_is_said_in_these_words(name: str) -> None:
    case = CASES[name]
    said = speaker(case.catalogue)

    assert said.text(said.say(case.answer)) == case.speech


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("variant", range(3))
def test_every_phrasing_of_an_answer_can_be_spoken(name: str, variant: int) -> None:
    said = speaker(CASES[name].catalogue)

    check_speakable(said.text(said.say(CASES[name].answer), variant))


def test_every_kind_of_answer_is_tested() -> None:
    assert {type(case.answer) for case in CASES.values()} == set(SAYINGS)


@pytest.mark.parametrize("outcome", NOT_ANSWERED)
@pytest.mark.parametrize("variant", range(3))
def test_every_outcome_without_an_answer_has_its_sentence(outcome: str, variant: int) -> None:
    said = speaker()

    check_speakable(said.text(said.say_not_answered(NOT_ANSWERED[outcome]), variant))


@pytest.mark.parametrize(
    ("outcome", "dialogs"),
    [
        ("clarify", [("which_machine", {"choices": "compressor one or compressor E U one"})]),
        (
            "unknown_machine",
            [
                (
                    "unknown_machine",
                    {
                        "unknown": "turbine two",
                        "machines": "compressor one, HVAC main, conveyor A and eight more",
                    },
                )
            ],
        ),
        (
            "unknown_source",
            [
                (
                    "unknown_source",
                    {
                        "unknown": "hydrogen",
                        "sources": "electricity, natural gas, steam and one more",
                    },
                )
            ],
        ),
        (
            "which_source",
            [("which_source", {"choices": "electricity, natural gas, steam or compressed air"})],
        ),
        ("compare", [("compare_with_what", {})]),
        ("target", [("which_target", {})]),
        ("plan", [("which_plan", {})]),
        (
            "term",
            [
                (
                    "term_unknown",
                    {
                        "topic": "fairness quotient",
                        "terms": "load factor, energy performance indicator and demand charge",
                    },
                )
            ],
        ),
        ("help_topic", [("help_unknown_topic", {"topic": "the coffee machine"})]),
        ("not_yet", [("not_yet", {"topic": "a forecast"})]),
        ("cancelled", [("cancelled", {})]),
        ("not_understood", [("not_understood", {})]),
    ],
)
def test_what_stands_between_us_and_an_answer_is_named(outcome: str, dialogs: list[Dialog]) -> None:
    assert speaker().say_not_answered(NOT_ANSWERED[outcome]) == dialogs


def test_an_unknown_machine_of_an_empty_database_is_said_without_a_list() -> None:
    said = speaker(Catalogue()).say_not_answered(NOT_ANSWERED["unknown_machine"])

    assert said == [("unknown_machine_none", {"unknown": "turbine two"})]


def test_a_source_is_unknown_to_an_empty_database_too() -> None:
    """A list of no sources was once an error in the middle of the answer."""
    understanding = Understanding("unknown_source", 0.9, question(), unknown="natural_gas")

    said = speaker(Catalogue()).say_not_answered(understanding)

    assert said == [("unknown_source_none", {"unknown": "natural gas"})]


@pytest.mark.parametrize("intent", sorted(set(INTENTS) - {"repeat"}))
def test_every_question_that_has_no_service_yet_can_be_named(intent: str) -> None:
    understanding = Understanding("not_yet", 0.9, question(intent=intent))

    check_speakable(speaker().text(speaker().say_not_answered(understanding)))


def test_a_card_is_titled_by_what_was_asked_about() -> None:
    assert speaker().title(TWO) == "boiler one and compressor one"
    assert speaker().title(question(kind="all")) == "all sites together"
    assert speaker().title(question(kind="site")) == "european production facility"


def test_all_machines_of_one_site_are_the_whole_factory() -> None:
    assert speaker(ONE_SITE).title(ALL_OF_ONE_SITE) == "the whole factory"


def test_the_same_answer_is_said_in_turns() -> None:
    said = speaker()
    dialogs = said.say(CASES["energy: one source"].answer)

    assert len({said.text(dialogs, variant) for variant in range(3)}) == 3


def test_every_dialog_is_said_by_some_answer() -> None:
    """And what answers say exists: a missing dialog would have failed above."""
    noted = Noted(FILES.dialogs)
    model = LanguageModel(replace(FILES, dialogs=noted))
    for case in CASES.values():
        said = Speaker(model, case.catalogue)
        said.text(said.say(case.answer))
    twins = demo_catalogue()
    same_name = tuple(replace(machine, name="Press-1") for machine in twins.machines)
    for catalogue in (CATALOGUE, replace(twins, machines=same_name), Catalogue()):
        for understanding in NOT_ANSWERED.values():
            if catalogue.machines or not understanding.choices:
                said = Speaker(model, catalogue)
                said.text(said.say_not_answered(understanding))
    Speaker(model, ONE_SITE).title(ALL_OF_ONE_SITE)

    of_periods = {name for name in FILES.dialogs if name.startswith(OF_OTHER_TESTS)}
    assert set(FILES.dialogs) - noted.read <= of_periods | OF_THE_ENGINE
    assert not noted.read & (OF_THE_ENGINE - of_periods)
