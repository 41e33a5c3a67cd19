"""Nothing in the language files is idle, or out of reach of what people say."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from enms_core.language.compounds import compound_splitter, single_words
from enms_core.language.files import LanguageFiles, languages, load_language
from enms_core.language.masked_lists import AS_SAID
from enms_core.language.model import SLOT, LanguageModel
from enms_core.language.templates import expand
from enms_core.language.tokens import tokenize
from tests.unit.language_paths import lines_of, paths_of

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("enms_core/language", "enms_core/services", "skill_enms")
# How the code calls a language's word lists.
VOCABULARY = ("words", "vocabulary", "self._words", "self.words", "files.vocabulary")
LANGS = languages()


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_of_a_file_is_there_twice(lang: str) -> None:
    lines = {
        path.name: lines_of(path) for path in paths_of(lang, "voc", "entity", "intent", "dialog")
    }
    twice = {
        name: [each for each, n in Counter(own).items() if n > 1] for name, own in lines.items()
    }

    assert {name: own for name, own in twice.items() if own} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_of_a_list_adds_something(lang: str) -> None:
    """But for the first, which is there to be spoken."""
    idle = {path.name: _idle_lines(lines_of(path)[1:]) for path in paths_of(lang, "voc")}

    assert {name: lines for name, lines in idle.items() if lines} == {}


def _idle_lines(lines: list[str]) -> list[str]:
    """Lines of which every entry is written out by another one."""
    counts = Counter(entry for line in lines for entry in set(expand(line)))
    return [line for line in lines if all(counts[entry] > 1 for entry in expand(line))]


# --- nothing idle -------------------------------------------------------------------------------


@lru_cache
def _read_by_code() -> re.Pattern[str]:
    """What the code can look up: its texts, and texts made of others, as one pattern."""
    patterns = {
        each for package in PACKAGES for node in _nodes(package) for each in _patterns(node)
    }
    return re.compile("|".join(sorted(patterns)))


@lru_cache
def _nodes(package: str) -> tuple[ast.AST, ...]:
    """All of the code of a package, taken apart."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((PROJECT / package).rglob("*.py")))
    return tuple(node for text in texts for node in ast.walk(ast.parse(text)))


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
        for path in paths_of(lang, "voc", "value", "entity")
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


@lru_cache
def _of_single_words() -> frozenset[str]:
    """Lists whose entries are compared with one word of a sentence: the code makes sets of them."""
    sets, tables = set[str](), set[str]()
    for node in _nodes("enms_core/language"):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            if node.func.id == "frozenset":
                sets |= set(_lists_in(node.args[0]))
            elif node.func.id == "PhraseTable":
                tables |= {name for each in ast.walk(node.args[0]) for name in _lists_in(each)}
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
            sets |= set(_lists_in(node.comparators[0]))
    of_periods = {name for name in sets if name.startswith("period_")}  # phrases of their grammar
    return frozenset(sets - tables - of_periods)


def _lists_in(node: ast.AST) -> Iterator[str]:
    """The list that an expression looks up, or those that it joins."""
    if isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from _lists_in(each.value if isinstance(each, ast.Starred) else each)
    elif isinstance(node, ast.Subscript) and ast.unparse(node.value) in VOCABULARY:
        name = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if isinstance(name, str):
            yield name


@pytest.mark.parametrize("lang", LANGS)
def test_entries_of_a_list_of_single_words_are_single_words(lang: str) -> None:
    words = load_language(lang).vocabulary
    unmet = {
        name: [entry for entry in words[name] if [t.text for t in tokenize(entry)] != [entry]]
        for name in _of_single_words()
    }

    assert {name: entries for name, entries in unmet.items() if entries} == {}


def test_lists_of_single_words_are_found() -> None:
    assert {"before_machine", "article", "which"} <= _of_single_words()


def test_every_list_that_the_code_names_is_there_in_some_language() -> None:
    there = set().union(*(load_language(lang).vocabulary for lang in LANGS))
    named = {
        name
        for node in _nodes("enms_core/language")
        if isinstance(node, ast.Subscript)
        for name in _lists_in(node)
    }

    assert len(named) > 50
    assert named - there == set()
