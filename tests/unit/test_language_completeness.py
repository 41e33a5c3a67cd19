"""What one language has, every language has: files, keys and slots."""

from __future__ import annotations

import re
import unicodedata

import pytest

from enms_core.language.files import languages, load_language
from enms_core.language.tokens import tokenize
from tests.unit.language_paths import paths_of

LANGS = languages()

# How letters sound and are misheard, and words of machines' names that are said otherwise: of these
# each language has its own.
OF_ITS_OWN = ("sound_", "heard_", "name_")
# Word lists that a language has no words for, and why.
LACKING = {
    "en-us": {
        "clock_first_quarter_to": "nobody counts the quarters towards the next hour",
        "clock_half_to": "half three is half past three",
        "clock_one": "one o'clock sounds like one",
        "compound_first": "the parts of such nouns are written apart",
        "compound_head": "the parts of such nouns are written apart",
        "compound_link": "the parts of such nouns are written apart",
        "compound_whole": "the parts of such nouns are written apart",
        "number_decimal_sign": "the point, which is taken for granted",
        "number_half_ending": "two and a half is no one word",
        "number_ordinal_ending": "ordinals are not inflected",
        "period_onto": "what a day is moved to has no preposition of its own",
        "period_now_or_unit": "no word for the present is a unit",
        "period_month_of": "names of months are not inflected",
        "period_previous_day": "the day before is two words",
        "period_previous_month": "the month before is two words",
        "period_previous_quarter": "the quarter before is two words",
        "period_previous_week": "the week before is two words",
        "period_previous_year": "the year before is two words",
        "plan_noun_ending": "the parts of such nouns are written apart",
        "threshold_above_after": "such words stand before the amount",
        "threshold_below_after": "such words stand before the amount",
        "unit_half": "half a year is two words",
        "case_suffix": "nouns have no cases",
        "choice_before": "no preposition has an article in it",
        "reference_that": "no article stands for a machine",
        "machine_plural": "plurals are made by endings",
    },
    "de-de": {
        "before_verb": "no verb sounds like a kind of machine",
        "kind_stand_in": "the adjective stands alone",
        "machine_unnamed_not": "no such words have a machine's in them",
        "noun_opening": "no article is a letter",
        "clock_am": "hours are counted to twenty four",
        "clock_half_past": "half an hour is counted towards the next hour",
        "clock_pm": "hours are counted to twenty four",
        "period_after_next": "one word, said before the unit",
        "period_before_last": "one word, said before the unit",
        "period_couple": "the same word as for a few",
        "period_fortnight": "said as fourteen days",
        "period_past": "the same words as for the last",
        "period_this_quarter": "no word of its own",
        "period_to_date": "said as so far",
        "period_tonight": "said as this evening",
    },
}


def _names(of: str) -> dict[str, set[str]]:
    """The bare names of one kind of files in each language."""
    return {lang: set(getattr(load_language(lang), of)) for lang in LANGS}


@pytest.mark.parametrize("of", ["intents", "dialogs", "entities", "values"])
def test_all_languages_have_the_same_files(of: str) -> None:
    names = _names(of)
    everything = set().union(*names.values())

    assert {lang: sorted(everything - found) for lang, found in names.items()} == {
        lang: [] for lang in LANGS
    }


def test_all_languages_have_the_same_word_lists_but_for_words_that_one_has_not() -> None:
    names = _names("vocabulary")
    everything = set().union(*names.values())

    missing = {
        lang: sorted(name for name in everything - found if not name.startswith(OF_ITS_OWN))
        for lang, found in names.items()
    }
    assert missing == {lang: sorted(LACKING.get(lang, {})) for lang in LANGS}


def test_a_list_of_values_has_the_same_keys_in_all_languages() -> None:
    keys = {
        lang: {name: set(words) for name, words in load_language(lang).values.items()}
        for lang in LANGS
    }

    assert all(each == keys[LANGS[0]] for each in keys.values())


def test_a_dialog_has_the_same_slots_in_all_languages() -> None:
    first = load_language(LANGS[0])
    for lang in LANGS[1:]:
        other = load_language(lang)
        for name, lines in first.dialogs.items():
            assert _slots(other.dialogs[name][0]) == _slots(lines[0]), f"{lang}: {name}"


def _slots(line: str) -> set[str]:
    """The slots, a word that agrees with one ("{scope:has|have}") counted as the slot."""
    return {inside.partition(":")[0].strip() for inside in re.findall(r"\{([^}]*)\}", line)}


@pytest.mark.parametrize("lang", LANGS)
def test_files_are_clean_text(lang: str) -> None:
    for path in paths_of(lang):
        text = path.read_bytes().decode("utf-8")
        where = path.name
        assert text == unicodedata.normalize("NFC", text), where
        assert not re.search("\t|\r|\ufeff|[ ]$|\u00a0", text, re.MULTILINE), where
        assert text.endswith("\n"), where


# --- nothing in another language ----------------------------------------------------------------

# Words of English sentences that are German words as well.
SHARED = frozenset(
    {"in", "an", "was", "so", "am", "all", "also", "most", "hat", "die", "war", "name"}
)


def test_german_dialogs_have_no_english_words() -> None:
    english, german = load_language("en-us"), load_language("de-de")
    small = {
        word
        for name in (
            "article",
            "before_machine",
            "follow_up_words",
            "follow_up_small",
            "question_word",
        )
        for entry in english.vocabulary[name]
        for word in entry.split()
    }
    for name, lines in german.dialogs.items():
        said = {token.text for line in lines for token in tokenize(_without_slots(line))}
        assert said & (small - SHARED) == set(), name


def _without_slots(line: str) -> str:
    return re.sub(r"\{[^}]*\}", " ", line)
