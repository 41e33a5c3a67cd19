"""The language files: where they are, and what is in them.

The project keeps them in three top-level folders (locale/, dialog/, vocab/); OVOS reads one tree
per language. So a wheel carries them merged as package data, and a checkout links them into a
build folder that looks the same: `<root>/locale/<lang>/...`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from enms_core.domain.errors import LanguageIncomplete, LanguageMissing
from enms_core.language.checkout import link_checkout
from enms_core.language.templates import expand

PACKAGE_ROOT = Path(__file__).resolve().parent.parent / "resources"
CHECKOUT = Path(__file__).resolve().parent.parent.parent


LISTS, DIALOGS, VALUES = ".voc", ".dialog", ".value"

Words = TypeVar("Words")
Lines = tuple[str, ...]


class _Files(dict[str, Words]):
    """Files of one kind, by bare name, or the words of one; what is looked up and missing is told.

    ending: what follows the name where it is told (".dialog").
    """

    def __init__(self, lang: str, ending: str, found: Mapping[str, Words]) -> None:
        super().__init__(found)
        self._lang = lang
        self._ending = ending

    def __missing__(self, name: str) -> Words:
        raise LanguageIncomplete(self._lang, f"{name}{self._ending}")


class _Lists(dict[str, Lines]):
    """Lists of words or sentences. One that is missing is empty: the language has none."""

    def __missing__(self, name: str) -> Lines:
        return ()


@dataclass(frozen=True)
class LanguageFiles:
    """One language's words, by bare file name; alternatives in vocabulary are written out.

    intents: sentences per intent, with slots in braces. vocabulary: synonyms per concept, the
    spoken form first. entities: lists of examples. dialogs: phrasings per dialog. values: word per
    key, per list.
    """

    lang: str
    intents: Mapping[str, tuple[str, ...]] = field(repr=False)
    vocabulary: Mapping[str, tuple[str, ...]] = field(repr=False)
    entities: Mapping[str, tuple[str, ...]] = field(repr=False)
    dialogs: Mapping[str, tuple[str, ...]] = field(repr=False)
    values: Mapping[str, Mapping[str, str]] = field(repr=False)

    def with_lists(self, lists: Mapping[str, Lines]) -> LanguageFiles:
        """The same files, with other entries in some word lists."""
        changed = _Lists({**self.vocabulary, **lists})
        return replace(self, vocabulary=MappingProxyType(changed))

    def demand(self, lists: AbstractSet[str]) -> None:
        """Raise LanguageIncomplete where one of some word lists is missing."""
        missing = [f"{name}{LISTS}" for name in sorted(lists - self.vocabulary.keys())]
        if missing:
            raise LanguageIncomplete(self.lang, ", ".join(missing))

    def with_values(self, name: str, words: Mapping[str, str]) -> LanguageFiles:
        """The same files, with some words of a list of values in place of their own."""
        if not words:
            return self
        changed = MappingProxyType(
            _Files(self.lang, f" in {name}{VALUES}", {**self.values[name], **words})
        )
        values = _Files(self.lang, VALUES, {**self.values, name: changed})
        return replace(self, values=MappingProxyType(values))


@lru_cache(maxsize=8)
def languages(root: Path | None = None) -> tuple[str, ...]:
    """Languages that there are files for."""
    return tuple(sorted(folder.name for folder in (root or resources_root()).glob("locale/*")))


@lru_cache(maxsize=8)
def load_language(lang: str, root: Path | None = None) -> LanguageFiles:
    """Read all files of one language."""
    lang = lang.lower()
    folder = (root or resources_root()) / "locale" / lang
    if not folder.is_dir():
        raise LanguageMissing(lang)
    values = _Files(lang, VALUES, dict(_read_values(folder, lang)))
    return LanguageFiles(
        lang=lang,
        intents=MappingProxyType(_Lists(_read(folder, ".intent", expanded=True))),
        vocabulary=MappingProxyType(_Lists(_read(folder, LISTS, expanded=True))),
        entities=MappingProxyType(_read(folder, ".entity", expanded=True)),
        dialogs=MappingProxyType(_Files(lang, DIALOGS, _read(folder, DIALOGS, expanded=False))),
        values=MappingProxyType(values),
    )


def _read(folder: Path, suffix: str, expanded: bool) -> dict[str, Lines]:
    found: dict[str, Lines] = {}
    for path in sorted(folder.rglob(f"*{suffix}")):
        lines = tuple(_lines(path))
        if expanded:
            lines = tuple(dict.fromkeys(text for line in lines for text in expand(line)))
        found[path.stem] = lines
    return found


def _read_values(folder: Path, lang: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for path in sorted(folder.rglob(f"*{VALUES}")):
        pairs = (line.split(",", 1) for line in _lines(path))
        words = {key.strip(): value.strip() for key, value in pairs}
        yield path.stem, MappingProxyType(_Files(lang, f" in {path.name}", words))


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@lru_cache(maxsize=1)
def resources_root() -> Path:
    """Folder that holds `locale/<lang>/`: the package's own in a wheel, links in a checkout."""
    if (PACKAGE_ROOT / "locale").is_dir():
        return PACKAGE_ROOT
    return link_checkout(CHECKOUT)
