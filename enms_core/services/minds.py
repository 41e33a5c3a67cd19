"""Understanding and speech for one catalogue, per language, kept until the catalogue changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.errors import LanguageMissing
from enms_core.language.files import languages
from enms_core.language.model import language_model
from enms_core.language.speech.speaker import Speaker
from enms_core.language.understand import Interpreter


@dataclass(frozen=True)
class Mind:
    """One language over one catalogue."""

    catalogue: Catalogue
    interpreter: Interpreter
    speaker: Speaker


class Minds:
    """Minds by language. currency_words: a person's own words, by code of ISO 4217."""

    def __init__(self, currency_words: Mapping[str, str] | None = None) -> None:
        self._minds: dict[str, Mind] = {}
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
            model = language_model(lang)
            speaker = Speaker(model, catalogue, self._currency_words)
            mind = Mind(catalogue, Interpreter(model, catalogue), speaker)
            self._minds[lang] = mind
        return mind


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
