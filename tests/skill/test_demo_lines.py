"""What the demo asks: its script, then the lines that a person pipes in."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from enms_cli.demo import utterances
from enms_core.language.files import resources_root


def script() -> list[str]:
    skill = json.loads((resources_root() / "locale/en-us/skill.json").read_text(encoding="utf-8"))
    return [*skill["examples"], *skill["conversation"]]


def test_the_lines_of_a_file_are_asked_after_the_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lines").write_text("is boiler one running\n\n  and the conveyor \nquit\nnever\n")

    with (tmp_path / "lines").open() as lines:
        monkeypatch.setattr(sys, "stdin", lines)
        asked = list(utterances())

    assert asked == [*script(), "is boiler one running", "and the conveyor"]


def test_a_pipe_in_which_nothing_stands_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as silent, os.fdopen(writing, "w"):
        monkeypatch.setattr(sys, "stdin", silent)
        asked = list(utterances())

    assert asked == script()


def test_what_was_written_to_a_pipe_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        pipe.write("how much steam today\n")
    with os.fdopen(reading) as lines:
        monkeypatch.setattr(sys, "stdin", lines)
        asked = list(utterances())

    assert asked[len(script()) :] == ["how much steam today"]


def test_one_question_is_all_that_is_asked() -> None:
    assert list(utterances("how much steam today")) == ["how much steam today"]
