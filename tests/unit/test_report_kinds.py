"""Which report is asked for, by the same name in every language."""

from __future__ import annotations

import pytest

from enms_core.language.model import language_model
from enms_core.language.report_kinds import ReportKind, ReportKindReader


def kind_in(text: str, lang: str = "en-us") -> ReportKind | None:
    model = language_model(lang)
    return ReportKindReader(model.files.vocabulary, model.numbers).read(text)


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en-us", "print the monthly energy report", "monthly"),
        ("en-us", "an end of quarter summary on paper", "quarterly summary"),
        ("en-us", "the yearly management review", "annual management review"),
        ("en-us", "something for iso fifty thousand and one", "iso 50001"),
        ("de-de", "Schreib den Monatsbericht", "monthly"),
        ("de-de", "die jährliche Managementbewertung", "annual management review"),
        ("de-de", "einen internen Auditbericht", "audit"),
    ],
)
def test_kinds_have_one_name_in_all_languages(lang: str, text: str, name: str) -> None:
    found = kind_in(text, lang)

    assert found is not None
    assert found.name == name


def test_words_between_two_kinds_leave_the_second_out() -> None:
    found = kind_in("the weekly report, not the audit")

    assert found is not None
    assert (found.name, found.span) == ("weekly", (4, 10))


def test_no_kind_is_made_up() -> None:
    assert kind_in("print a report") is None
