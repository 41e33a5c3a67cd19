"""The glossary and the help of every language: complete, unambiguous, fit to be spoken."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from enms_core.language.files import LanguageFiles, languages, load_language
from enms_core.language.model import language_model
from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import tokenize
from enms_core.language.topics import TopicReader
from enms_core.language.understand import Interpreter
from enms_core.language.words import Words
from tests.unit.catalogues import demo_catalogue

TERM, TOPIC, HELP = "term_", "help_topic_", "help_"
SLOTS = {
    "term_unknown": {"topic", "terms"},
    "help_overview": {"machine"},
    "help_unknown_topic": {"topic"},
}
SLOT = re.compile(r"\{(\w+)\}")
SENTENCE_END = (".", "?", "!")
MOST_SENTENCES = 3
PUNCTUATION = frozenset(".,:;?!'’ ")
ABBREVIATION = re.compile(r"[^\W\d_]*[A-Z]{2}")  # letters to be spelled stand apart: "I S O"
# An example in a help text stands between a colon and the end of its sentence.
EXAMPLE = re.compile(r": ([^.?!:]+)[.?!]")
INTENTS_OF_TOPIC = {
    "overview": {"energy", "machine_status", "cost"},
    "energy": {"energy"},
    "power": {"power"},
    "cost": {"cost"},
    "carbon": {"carbon"},
    "production": {"production"},
    "ranking": {"ranking"},
    "comparison": {"comparison"},
    "machines": {"machine_list", "machine_status", "factory_overview"},
    "status": {"machine_status", "status_history"},
    "baselines": {
        "baseline_train",
        "baseline_predict",
        "baseline_explain",
        "baseline_list",
        "baseline_compare",
    },
    "baselines_deleting": {"baseline_activate"},
    "sources": {"energy_source_list", "seu_list", "driver_list"},
    "health": {"system_health"},
    "evidence": {"evidence"},
    "terms": {"explain_term"},
    "periods": {"energy"},
    "follow_ups": {"energy"},
}

each_language = pytest.mark.parametrize("lang", languages())


def keys(names: Iterable[str], prefix: str) -> set[str]:
    """What follows the prefix in the names that have it."""
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def phrases(files: LanguageFiles) -> Iterator[tuple[str, str]]:
    """Vocabulary and phrase, of terms and of topics of help."""
    for name, lines in files.vocabulary.items():
        if name.startswith((TERM, TOPIC)):
            yield from ((name, line) for line in lines)


def spoken(files: LanguageFiles) -> Iterator[tuple[str, str]]:
    """Dialog and line, without slots, of explanations and of help."""
    for name, lines in files.dialogs.items():
        if name.startswith((TERM, HELP)):
            yield from ((name, SLOT.sub("", line)) for line in lines)


@each_language
def test_every_term_has_names_and_an_explanation(lang: str) -> None:
    files = load_language(lang)
    explained = keys(files.dialogs, TERM) - {"unknown"}

    assert keys(files.vocabulary, TERM) == explained
    assert len(explained) >= 40


@each_language
def test_every_topic_of_help_has_names_and_a_text(lang: str) -> None:
    files = load_language(lang)
    topics = keys(files.vocabulary, TOPIC)

    assert keys(files.dialogs, HELP) == topics | {"overview", "unknown_topic"}
    assert topics == set(INTENTS_OF_TOPIC) - {"overview"}


@each_language
@pytest.mark.parametrize("prefix", [TERM, TOPIC])
def test_no_name_belongs_to_two(lang: str, prefix: str) -> None:
    numbers = NumberReader(lang)
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, phrase in phrases(load_language(lang)):
        if name.startswith(prefix):
            owners[numbers.canonical(tokenize(phrase))].add(name)

    assert {phrase: names for phrase, names in owners.items() if len(names) > 1} == {}


@each_language
def test_names_are_written_as_the_tokens_of_an_utterance(lang: str) -> None:
    for name, phrase in phrases(load_language(lang)):
        assert phrase.lower() == " ".join(token.text for token in tokenize(phrase)), name


@each_language
def test_names_with_number_words_are_there_with_digits_too(lang: str) -> None:
    """Utterances are matched in both forms: "scope one" and "scope 1"."""
    numbers = NumberReader(lang)
    written = {(name, phrase.lower()) for name, phrase in phrases(load_language(lang))}
    in_digits = {(name, " ".join(numbers.canonical(tokenize(phrase)))) for name, phrase in written}

    assert in_digits - written == set()


@each_language
def test_every_term_is_explained_by_each_of_its_names(lang: str) -> None:
    """Whatever the sentences are that the classifier has learned."""
    files = load_language(lang)
    reader = TopicReader(files, NumberReader(lang))
    about = files.vocabulary["explain_about"][0]
    for name, phrase in phrases(files):
        if name.startswith(TERM):
            text = f"{about} {phrase}"
            assert reader.asks_for_term(text), text
            assert reader.term(text) == name.removeprefix(TERM), text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-us", "what is the load factor"),
        ("en-us", "what is load factor of the boiler"),
        ("en-us", "what is electricity"),
        ("de-de", "was ist der lastfaktor"),
        ("de-de", "was ist lastfaktor gestern"),
        ("de-de", "was ist strom"),
    ],
)
def test_the_value_of_a_term_is_no_explanation(lang: str, text: str) -> None:
    reader = TopicReader(load_language(lang), NumberReader(lang))

    assert not reader.asks_for_term(text)


@each_language
def test_explanations_and_help_hold_only_words_that_can_be_spoken(lang: str) -> None:
    files = load_language(lang)
    for name, line in spoken(files):
        signs = {c for c in line if unicodedata.category(c)[0] not in "LM"} - PUNCTUATION
        words = {word.strip("".join(PUNCTUATION)) for word in line.split()}

        assert signs == set(), f"{name}: {line}"
        assert words & _symbols(files) == set(), f"{name}: {line}"
        assert not ABBREVIATION.search(line), f"{name}: {line}"


@each_language
def test_explanations_and_help_are_whole_sentences(lang: str) -> None:
    for name, line in spoken(load_language(lang)):
        assert line.endswith(SENTENCE_END), f"{name}: {line}"
        assert line[0].isupper(), f"{name}: {line}"


@each_language
def test_a_term_is_explained_in_two_ways_of_at_most_three_sentences(lang: str) -> None:
    files = load_language(lang)
    for key in keys(files.vocabulary, TERM):
        lines = files.dialogs[TERM + key]

        assert len(set(lines)) >= 2, key
        assert all(sum(map(line.count, SENTENCE_END)) <= MOST_SENTENCES for line in lines), key


@each_language
def test_the_slots_are_those_that_are_filled(lang: str) -> None:
    """Explanations have none; help may name a machine of the factory at hand."""
    for name, lines in load_language(lang).dialogs.items():
        slots = {slot for line in lines for slot in SLOT.findall(line)}
        if name in SLOTS:
            assert slots == SLOTS[name], name
        elif name.startswith(TERM):
            assert slots == set(), name
        elif name.startswith(HELP):
            assert slots <= {"machine"}, name


@each_language
@pytest.mark.parametrize("topic", INTENTS_OF_TOPIC)
def test_what_help_tells_to_ask_is_understood(lang: str, topic: str) -> None:
    files = load_language(lang)
    catalogue = demo_catalogue()
    machine = Words(files).name(catalogue.machines[0].name)
    interpreter = Interpreter(language_model(lang), catalogue)
    texts = [line.replace("{machine}", machine) for line in files.dialogs[HELP + topic]]

    for example in [example for text in texts for example in EXAMPLE.findall(text)]:
        understood = interpreter.understand(example)
        assert understood.outcome == "answered", example
        assert understood.question is not None, example
        assert understood.question.intent in INTENTS_OF_TOPIC[topic], example
    assert all(EXAMPLE.search(text) for text in texts)


def _symbols(files: LanguageFiles) -> set[str]:
    """Units as they are written; one that is a word is spoken as it is."""
    return {unit for unit, spoken in files.values["units"].items() if unit not in spoken.split()}
