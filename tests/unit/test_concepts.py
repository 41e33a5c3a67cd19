"""Concepts of the thesaurus."""

from __future__ import annotations

from enms_core.language.concepts import Thesaurus

THESAURUS = Thesaurus(
    {
        "word_money": ("bill", "cost", "what it cost us"),
        "word_report": ("bill of", "report*"),
        "word_waste": ("going to wast*",),
        "source_steam": ("steam",),
    }
)


def test_a_word_may_have_several_concepts_and_a_phrase_its_own() -> None:
    assert THESAURUS.find(("the", "bill", "of", "it")) == [(), ("money", "report"), (), ()]


def test_an_entry_with_a_star_matches_what_begins_so() -> None:
    assert THESAURUS.find(("reporting", "waste")) == [("report",), ()]
    assert THESAURUS.find(("going", "to", "waste")) == [("waste",), (), ()]


def test_other_lists_are_no_concepts() -> None:
    assert THESAURUS.find(("steam",)) == [()]


def test_a_language_without_thesaurus_has_no_concepts() -> None:
    assert Thesaurus({}).find(("bill",)) == [()]
