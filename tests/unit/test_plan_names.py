"""What plans are called: in every language, for all that a plan may be about."""

from __future__ import annotations

from typing import get_args

import pytest

from enms_core.domain.causes import Suspicion
from enms_core.domain.opportunity import OpportunityKind
from enms_core.language.files import languages, load_language
from enms_core.language.words import Words

PROBLEMS = sorted({*get_args(Suspicion), *get_args(OpportunityKind)})


@pytest.mark.parametrize("lang", languages())
def test_a_plan_without_a_problem_is_called_by_its_machines(lang: str) -> None:
    assert "Press-1" in Words(load_language(lang)).phrase("action_plan_title", {"scope": "Press-1"})


@pytest.mark.parametrize("lang", languages())
def test_every_problem_has_a_title_that_names_the_machines(lang: str) -> None:
    words = Words(load_language(lang))

    titles = {
        problem: words.phrase(f"action_plan_title_{problem}", {"scope": "Press-1"})
        for problem in PROBLEMS
    }

    assert all("Press-1" in title for title in titles.values())
    assert len(set(titles.values())) >= len(PROBLEMS) - 1  # idling has two names
