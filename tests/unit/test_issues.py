"""What is doubtful about some machines and sources, told by their own names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.production import MachineProduction
from enms_core.domain.question import Scope
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.production import say_production
from enms_core.language.speech.speaker import Speaker
from enms_core.language.speech.voice import Voice
from tests.unit.answers.common import CATALOGUE, PERIOD
from tests.unit.answers.production import FEW, MADE, one
from tests.unit.catalogues import machine, small_catalogue

FILES = load_language("en-us")
PRESS, SAW = machine("Press, left"), machine("Saw", factory="Yard")
TWIN = machine("Press, left", factory="Yard")
CODES = ["machines.not_metered", "readings.machine_missing"]


def said(catalogue: Catalogue, issue: DataIssue) -> str:
    return text(say_issues([issue], Voice(FILES, catalogue), machines=2, sources=1), catalogue)


def text(dialogs: Sequence[Dialog], catalogue: Catalogue) -> str:
    return Speaker(LanguageModel(FILES), catalogue).text(dialogs)


@pytest.mark.parametrize("code", CODES)
def test_a_comma_in_a_name_makes_no_machine_more(code: str) -> None:
    """ "Press, left" once was told as a press and a left, which do not exist."""
    catalogue = small_catalogue(PRESS, SAW, factories=("Works", "Yard"))
    issue = DataIssue(code, machines=(PRESS, SAW))

    assert "press left and saw" in said(catalogue, issue)
    assert issue.data() == {"code": code, "machines": "Press, left, Saw"}


def test_a_comma_in_a_name_makes_no_source_more() -> None:
    issue = DataIssue("sources.unreadable", names={"sources": ("steam, wet", "oil")})

    assert "steam wet and oil" in said(CATALOGUE, issue)
    assert issue.data() == {"code": "sources.unreadable", "sources": "steam, wet, oil"}


@pytest.mark.parametrize("code", CODES)
def test_a_machine_with_a_twin_at_another_site_is_told_with_its_site(code: str) -> None:
    """Also where only one of the two is doubtful: the listener asked about both."""
    catalogue = small_catalogue(PRESS, TWIN, SAW, factories=("Works", "Yard"))

    assert "press left at yard" in said(catalogue, DataIssue(code, machines=(TWIN,)))
    assert " saw" in said(catalogue, DataIssue(code, machines=(SAW,)))
    assert "at yard" not in said(catalogue, DataIssue(code, machines=(SAW,)))


def test_what_twins_made_is_told_by_their_sites() -> None:
    catalogue = small_catalogue(PRESS, TWIN, factories=("Works", "Yard"))
    made = replace(
        one("units"),
        question=replace(one("units").question, scope=Scope("machines", (PRESS.id, TWIN.id))),
        machines=tuple(
            MachineProduction(press, (PERIOD,), units)
            for press, units in ((PRESS, MADE), (TWIN, FEW))
        ),
    )

    speech = text(say_production(made, Voice(FILES, catalogue)), catalogue)

    assert "one thousand units at press left at works and one unit at press left at yard" in speech


def test_uses_that_are_in_no_sum_are_named() -> None:
    issue = DataIssue("seus.shared", names={"uses": ("Press line", "Saw")})

    assert "not in the sums: press line and saw" in said(CATALOGUE, issue).casefold()
    german = Voice(load_language("de-de"), CATALOGUE)
    [(dialog, slots)] = say_issues([issue], german, machines=2, sources=1)
    assert (dialog, "und" in str(slots["uses"])) == ("seus_shared", True)
