"""Terms of energy management and subjects of help that a sentence names."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.intents import EXPLAINING
from enms_core.language.files import LanguageFiles
from enms_core.language.model import template_words
from enms_core.language.numbers import NumberReader
from enms_core.language.phrases import PhraseMatch, PhraseTable
from enms_core.language.sentence import Sentence
from enms_core.language.tokens import tokenize

TERM = "term_"
HELP = "help_topic_"
DELETING = "baselines_deleting"


class TopicReader:
    """Finds the keys of terms and of subjects of help, in one language."""

    def __init__(self, files: LanguageFiles, numbers: NumberReader) -> None:
        self._numbers = numbers
        self._terms = _table(files, TERM, numbers)
        self._subjects = _table(files, HELP, numbers)
        self._about = PhraseTable({"about": files.vocabulary["help_about"]}, numbers)
        self._before_term = PhraseTable({"about": files.vocabulary["explain_about"]}, numbers)
        self._articles = frozenset((article,) for article in files.vocabulary["article"])
        asking = template_words(files.intents[EXPLAINING])
        self._asking = asking - frozenset(files.vocabulary["energy_word"])

    def term(self, text: str) -> str | None:
        """The key of the longest term named. In the words as said, as of a subject: names of
        carriers and units are parts of terms too."""
        return _longest(self._terms.find(self._numbers.canonical(tokenize(text))))

    def subject(self, text: str) -> str | None:
        """The key of the subject that help is wanted about."""
        found = self._subjects.find(self._numbers.canonical(tokenize(text)))
        if any(match.concept == DELETING for match in found):  # whatever is named beside it
            return DELETING
        return _longest(found)

    def asks_for_help(self, sentence: Sentence) -> bool:
        """Whether it is said that help is wanted about something, and not about a figure."""
        is_plain = not sentence.machines and not sentence.periods
        return is_plain and bool(self._about.find(sentence.texts))

    def asks_for_term(self, text: str, or_value: bool = False) -> bool:
        """Whether nothing is asked but what a term of the glossary means. or_value: with an article
        before it, as its value is asked for ("what is the load factor"), too."""
        words = self._numbers.canonical(tokenize(text))
        for lead in self._before_term.find(words):
            has_article = or_value and words[lead.last : lead.last + 1] in self._articles
            term = self._terms.at(words, lead.last + has_article)
            if term is not None:
                return self._asking.issuperset((*words[: lead.first], *words[term.last :]))
        return False

    def unknown_term(self, sentence: Sentence, text: str) -> str:
        """What is to be explained, as it was said: from the first to the last word that does not
        belong to the asking."""
        said = [word for word in sentence.words if word.text not in self._asking]
        return text[said[0].start : said[-1].end] if said else text

    def unknown_subject(self, sentence: Sentence, text: str) -> str | None:
        """What stands behind "help with ..."."""
        about = self._about.find(sentence.texts)
        if not about or about[-1].last >= len(sentence.words):
            return None
        return text[sentence.words[about[-1].last].start : sentence.words[-1].end]


def _longest(found: Sequence[PhraseMatch]) -> str | None:
    return max(found, key=lambda match: match.last - match.first).concept if found else None


def _table(files: LanguageFiles, prefix: str, numbers: NumberReader) -> PhraseTable:
    named = {
        name.removeprefix(prefix): phrases
        for name, phrases in sorted(files.vocabulary.items())
        if name.startswith(prefix)
    }
    return PhraseTable(named, numbers)
