"""Expansion of OVOS templates."""

from __future__ import annotations

import pytest

from enms_core.language.templates import TemplateSyntax, expand


@pytest.mark.parametrize(
    ("template", "sentences"),
    [
        ("how much", ["how much"]),
        ("(a|b) c", ["a c", "b c"]),
        ("[the] boiler", ["the boiler", "boiler"]),
        (
            "(use|[was] used) by {machine}",
            ["use by {machine}", "was used by {machine}", "used by {machine}"],
        ),
        ("[(last|past)] week", ["last week", "past week", "week"]),
        ("(a|a)", ["a"]),
        ("[a]", ["a"]),
    ],
)
def test_alternatives_and_optional_words_are_written_out(
    template: str, sentences: list[str]
) -> None:
    assert expand(template) == sentences


@pytest.mark.parametrize("template", ["(a", "a)", "[a", "(a]", "[a|b)"])
def test_brackets_that_do_not_match_are_refused(template: str) -> None:
    with pytest.raises(TemplateSyntax):
        expand(template)
