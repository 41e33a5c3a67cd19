"""Understanding and speech for one catalogue, per language, kept until the catalogue changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import LanguageMissing
from enms_core.language.files import languages
from enms_core.language.model import LanguageModel, language_model
from enms_core.language.speech.speaker import Speaker
from enms_core.language.understand import Interpreter


@dataclass(frozen=True)
class Mind:
    """One language over one catalogue."""

    model: LanguageModel
    catalogue: Catalogue
    speaker: Speaker

    @cached_property
    def interpreter(self) -> Interpreter:
        """What understands; the first one of a language takes seconds to learn it."""
        return Interpreter(self.model, self.catalogue)


class Minds:
    """Minds by language. currency_words: a person's own words, by code of ISO 4217."""

    def __init__(self, currency_words: Mapping[str, str] | None = None) -> None:
        self._minds: dict[str, Mind] = {}
        self._speaking: dict[str, Mind] = {}
        self._currency_words = {
            code.upper(): words for code, words in (currency_words or {}).items()
        }

    def knows(self, lang: str) -> bool:
        """Whether the model of a language is there already."""
        return known_language(lang) in self._minds

    def get(self, lang: str, catalogue: Catalogue) -> Mind:
        """The mind of a language; a new one where the catalogue is another than before."""
        lang = known_language(lang)
        mind = self._minds.get(lang)
        if mind is None or mind.catalogue is not catalogue:
            mind = self._new(lang, catalogue)
            _ = mind.interpreter
            self._minds[lang] = mind
        return mind

    def speaking(self, lang: str, catalogue: Catalogue) -> Mind:
        """A mind that need not understand, and learns to only when it is asked."""
        lang = known_language(lang)
        mind = self._speaking.get(lang)
        if mind is None or mind.catalogue is not catalogue:
            mind = self._speaking[lang] = self._new(lang, catalogue)
        return mind

    def _new(self, lang: str, catalogue: Catalogue) -> Mind:
        model = language_model(lang)
        return Mind(model, catalogue, Speaker(model, catalogue, self._currency_words))


def is_known_language(lang: str) -> bool:
    """Whether there are files for a language."""
    return bool(_regions(lang))


def known_language(lang: str) -> str:
    """The language there are files for: the same, or another region's of the same language."""
    regions = _regions(lang)
    if not regions:
        raise LanguageMissing(lang)
    wanted = _tag(lang)
    return wanted if wanted in regions else regions[0]


def _regions(lang: str) -> list[str]:
    """The languages there are files for that are this one, in whichever region."""
    spoken = _tag(lang).split("-")[0]
    return [each for each in languages() if each.split("-")[0] == spoken]


def _tag(lang: str) -> str:
    return lang.lower().replace("_", "-")
