"""What was guessed about a file, as a person at the terminal sees and answers it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from enms_cli.guesses import LISTED_OPTIONS, Person, table
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, ReadingsTarget, Site, TableFormat
from enms_core.files.guessing import Choice, Found, Guessed

PATH = Path("press.csv")
PLAN = FilePlan(
    path=PATH,
    site=Site(),
    format=TableFormat(),
    targets=[ReadingsTarget(machine="Press-3", source="electricity")],
)
FOUND = (
    Found("decimal sign", ",", "the numbers read only so"),
    Found("kind", "counter", "it rises 200 times and falls never", "Stand kWh"),
)
GUESSED = Guessed(PLAN, FOUND, ())
ASKED = Person(is_terminal=True, takes_all=False)
NOBODY = Person(is_terminal=False, takes_all=False)


def choice(count: int = 2) -> Choice:
    options = {f"meter=M{number}": PLAN for number in range(1, count + 1)}
    return Choice("meter's rows", "--rows", options, "several rows have the same time", "kWh")


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


class TestChoosing:
    def test_a_number_picks_an_option(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, "2\n")
        assert ASKED.choose(PATH, choice()) == "meter=M2"
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.splitlines() == [
            "press.csv: meter's rows of 'kWh'? several rows have the same time.",
            "  1  meter=M1",
            "  2  meter=M2",
            "Which number? (or start again with --rows) ",
        ]

    def test_it_is_asked_again_until_an_option_is_picked(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        type_in(monkeypatch, "\n0\n3\nM1\n 1 \n")
        assert ASKED.choose(PATH, choice()) == "meter=M1"
        assert capsys.readouterr().err.count("Which number?") == 5

    def test_of_many_options_the_first_are_listed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        type_in(monkeypatch, f"{LISTED_OPTIONS + 1}\n{LISTED_OPTIONS}\n")
        assert ASKED.choose(PATH, choice(60)) == f"meter=M{LISTED_OPTIONS}"

    def test_the_end_of_the_input_is_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        type_in(monkeypatch, "")
        with pytest.raises(ImportFailed, match="say --rows"):
            ASKED.choose(PATH, choice())

    @pytest.mark.parametrize("takes_all", [True, False])
    def test_without_a_terminal_the_flag_is_told(self, takes_all: bool) -> None:
        with pytest.raises(ImportFailed) as caught:
            Person(is_terminal=False, takes_all=takes_all).choose(PATH, choice())
        assert caught.value.reason == (
            "press.csv: the meter's rows of 'kWh' may be meter=M1 or meter=M2 "
            "(several rows have the same time); say --rows"
        )


class TestAccepting:
    @pytest.mark.parametrize("answer", ["\n", "y\n", "Yes\n"])
    def test_enter_says_that_it_is_right(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        answer: str,
    ) -> None:
        type_in(monkeypatch, answer)
        ASKED.accept(GUESSED)
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.splitlines() == [
            "press.csv: found in the file",
            "  decimal sign         ,        the numbers read only so",
            "  kind of 'Stand kWh'  counter  it rises 200 times and falls never",
            "Is this right? [Y/n] ",
        ]

    @pytest.mark.parametrize("answer", ["n\n", "what?\n", ""])
    def test_any_other_word_stores_nothing(
        self, monkeypatch: pytest.MonkeyPatch, answer: str
    ) -> None:
        type_in(monkeypatch, answer)
        with pytest.raises(ImportFailed, match="say with flags"):
            ASKED.accept(GUESSED)

    @pytest.mark.parametrize("person", [NOBODY, Person(is_terminal=True, takes_all=True)])
    def test_it_is_shown_where_nobody_is_asked(
        self, capsys: pytest.CaptureFixture[str], person: Person
    ) -> None:
        person.accept(GUESSED)
        assert "counter" in capsys.readouterr().err

    def test_nothing_is_shown_where_everything_was_said(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ASKED.accept(Guessed(PLAN, (), ()))
        assert capsys.readouterr().err == ""


def test_columns_of_the_table_are_as_wide_as_what_is_in_them() -> None:
    lines = list(table([*FOUND, Found("unit", "kWh", "the column's name has it", "Stand kWh")]))
    assert len({line.index(each.why) for line, each in zip(lines, FOUND, strict=False)}) == 1
