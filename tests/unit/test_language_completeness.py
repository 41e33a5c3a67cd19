"""What one language has, every language has: files, keys and slots; and nothing in them is idle."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from enms_core.language.compounds import compound_splitter, single_words
from enms_core.language.files import LanguageFiles, languages, load_language, resources_root
from enms_core.language.masked_lists import AS_SAID
from enms_core.language.model import SLOT, LanguageModel
from enms_core.language.templates import expand
from enms_core.language.tokens import tokenize

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("enms_core/language", "enms_core/services", "skill_enms")
LANGS = languages()

# Word lists that a language has no words for, and why.
LACKING = {
    "en-us": {
        "clock_first_quarter_to": "nobody counts the quarters towards the next hour",
        "clock_half_to": "half three is half past three",
        "clock_one": "one o'clock sounds like one",
        "compound_first": "the parts of such nouns are written apart",
        "compound_head": "the parts of such nouns are written apart",
        "compound_link": "the parts of such nouns are written apart",
        "number_decimal_sign": "the point, which is taken for granted",
        "number_half_ending": "two and a half is no one word",
        "number_ordinal_ending": "ordinals are not inflected",
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
    },
    "de-de": {
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


def _files() -> Iterator[tuple[str, Path]]:
    for lang in LANGS:
        for path in sorted((resources_root() / "locale" / lang).rglob("*.*")):
            if path.is_file():
                yield lang, path


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

    missing = {lang: sorted(everything - found) for lang, found in names.items()}
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


def test_files_are_clean_text() -> None:
    for lang, path in _files():
        text = path.read_bytes().decode("utf-8")
        where = f"{lang}/{path.name}"
        assert text == unicodedata.normalize("NFC", text), where
        assert not re.search("\t|\r|\ufeff|[ ]$|\u00a0", text, re.MULTILINE), where
        assert text.endswith("\n"), where


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_of_a_file_is_there_twice(lang: str) -> None:
    lines = {path.name: _lines(path) for path in _paths(lang, "voc", "entity", "intent", "dialog")}

    assert _repeated(lines) == {}


@pytest.mark.parametrize("lang", LANGS)
def test_no_entry_of_a_list_is_written_out_by_two_lines(lang: str) -> None:
    written = {
        path.name: [entry for line in _lines(path) for entry in expand(line)]
        for path in _paths(lang, "voc")
    }

    assert _repeated(written) == {}


def _repeated(lists: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is there more than once in each list that has such entries."""
    counts = {name: Counter(entries) for name, entries in lists.items()}
    found = {n: sorted(e for e, times in each.items() if times > 1) for n, each in counts.items()}
    return {name: entries for name, entries in found.items() if entries}


def _paths(lang: str, *suffixes: str) -> list[Path]:
    return [
        path
        for its_lang, path in _files()
        if its_lang == lang and path.suffix.removeprefix(".") in suffixes
    ]


def _lines(path: Path) -> list[str]:
    lines = map(str.strip, path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


# --- nothing idle -------------------------------------------------------------------------------


@lru_cache
def _read_by_code() -> re.Pattern[str]:
    """What the code can look up: its texts, and texts made of others, as one pattern."""
    patterns = set[str]()
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                patterns |= set(_patterns(node))
    return re.compile("|".join(sorted(patterns)))


def _patterns(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        name = node.value
        if re.fullmatch("[a-z][a-z0-9_]*", name):
            yield f"{name}.+" if name.endswith("_") else name
        elif re.fullmatch("_[a-z_]+", name):
            yield f".+{name}"
        elif re.fullmatch("[a-z][a-z_]*{}[a-z_]*", name):
            yield name.replace("{}", ".+")
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        fixed = "".join(str(part) for part in parts if part is not None)
        if re.fullmatch("[a-z_]*[a-z]{3}[a-z_]*", fixed):
            yield "".join(".+" if part is None else str(part) for part in parts)


@pytest.mark.parametrize("lang", LANGS)
def test_every_list_is_looked_up_by_the_code(lang: str) -> None:
    read = _read_by_code()
    slots = {slot for lines in load_language(lang).intents.values() for slot in _all_slots(lines)}
    idle = [
        path.name
        for path in _paths(lang, "voc", "value", "entity")
        if not read.fullmatch(path.stem) and path.stem not in slots
    ]

    assert idle == []


def _all_slots(lines: tuple[str, ...]) -> Iterator[str]:
    return (slot for line in lines for slot in SLOT.findall(line))


def test_a_list_that_nothing_reads_is_found() -> None:
    read = _read_by_code()

    assert read.fullmatch("energy_word")
    assert read.fullmatch("term_load_factor")
    assert not read.fullmatch("vegetable_word")


@pytest.mark.parametrize("lang", LANGS)
def test_families_of_lists_are_of_what_there_is(lang: str) -> None:
    """A list whose key is misspelt would never be looked up."""
    files = load_language(lang)

    assert {
        name for name in _family(files, "term_") if f"term_{name}" not in files.dialogs
    } == set()
    assert {n for n in _family(files, "help_topic_") if f"help_{n}" not in files.dialogs} == set()


def _family(files: LanguageFiles, prefix: str) -> set[str]:
    return {n.removeprefix(prefix) for n in files.vocabulary if n.startswith(prefix)}


# --- nothing out of reach -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_no_entry_is_a_compound_that_sentences_have_in_parts(lang: str) -> None:
    """Carriers in entries are masked when the lists are loaded; machines and days are not."""
    words = LanguageModel(load_language(lang)).files.vocabulary
    splitter = compound_splitter(words, single_words({"": words["machine_noun"]}))
    unmet = [
        f"{name}: {entry}"
        for name, entries in words.items()
        if not name.startswith(AS_SAID)
        for entry in entries
        if len(splitter.split(tokenize(entry))) != len(tokenize(entry))
    ]

    assert unmet == []


# Lists of single words: each is compared with one word of a sentence.
OF_SINGLE_WORDS = (
    "after_article",
    "article",
    "before_machine",
    "choice_last",
    "command_ours",
    "compound_first",
    "compound_head",
    "compound_link",
    "conditions_link",
    "correction_but",
    "correction_not",
    "drivers_small",
    "energy_word",
    "follow_up_small",
    "identifier_word",
    "machine_generic",
    "machine_noun",
    "not_ours_small",
    "number_about",
    "past_tense",
    "person_stop",
    "plan_pointing",
    "plan_stop",
    "quantifier_all",
    "question_word",
    "reference_after",
    "reference_noun",
    "reference_verb",
    "site_noun",
    "which",
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", OF_SINGLE_WORDS)
def test_entries_of_a_list_of_single_words_are_single_words(lang: str, name: str) -> None:
    for entry in load_language(lang).vocabulary[name]:
        assert [token.text for token in tokenize(entry)] == [entry]


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
