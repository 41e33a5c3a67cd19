"""Whole names in a sentence, in the order in which they are written or in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.language.name_words import is_word
from enms_core.language.names import NameLexicon, joined, name_tokens
from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import tokenize, words_of

Key = tuple[str, ...]
SEVERAL = 2

Named = tuple[tuple[UUID, ...], str | None, str | None]


class WholeNames:
    """What each name of one catalogue means: machines, an SEU's energy source, a site's name."""

    def __init__(self, catalogue: Catalogue, lexicon: NameLexicon, numbers: NumberReader) -> None:
        self._joined = _joined_names(catalogue, numbers)
        self._beginnings = {
            name[:length] for name in self._joined for length in range(1, len(name) + 1)
        }
        self._by_words: dict[Key, tuple[UUID, ...]] = {}
        for machine in catalogue.machines:
            for name in (machine.name, *machine.aliases):
                for elements in (lexicon.elements(name), lexicon.forms.elements(_digits(name))):
                    if any(map(is_word, elements)):
                        ids = (*self._by_words.get(_key(elements), ()), machine.id)
                        self._by_words[_key(elements)] = tuple(dict.fromkeys(ids))

    def as_written(
        self, tokens: Sequence[str], first: int, fillers: frozenset[str]
    ) -> tuple[Named, int] | None:
        """The longest name by its letters, wherever words begin and end, and where it ends."""
        found: tuple[Named, int] | None = None
        text = ""
        for position in range(first, len(tokens)):
            if tokens[position] not in fillers:
                text += tokens[position]
            if text not in self._beginnings:
                break
            if text in self._joined:
                found = (self._joined[text], position + 1)
        return found

    def of_elements(self, elements: Sequence[str]) -> tuple[UUID, ...]:
        """By what the words stand for, in any order."""
        return self._by_words.get(_key(elements), ())


def _key(elements: Sequence[str]) -> Key:
    """The same for every order; where there are several identifiers, each stays behind its word.
    Digits that follow each other are one number."""
    runs: list[str] = []
    for element in elements:
        if runs and element.isdigit() and runs[-1].isdigit():
            runs[-1] += element
        else:
            runs.append(element)
    if sum(not is_word(run) for run in runs) < SEVERAL:
        return tuple(sorted(runs))
    groups: list[str] = []
    for run in runs:
        if groups and not is_word(run):
            groups[-1] += f" {run}"
        else:
            groups.append(run)
    return tuple(sorted(groups))


def _digits(name: str) -> list[str]:
    """A name as comparable words with its numbers as they are said digit by digit: "00417"."""
    return [
        "".join(filter(str.isdigit, text)) if text[:1].isdigit() else text
        for text in words_of(name)
    ]


def _joined_names(catalogue: Catalogue, numbers: NumberReader) -> dict[str, Named]:
    """A machine's name beats an SEU's."""
    names: dict[str, Named] = {}
    for factory in catalogue.factories:
        ids = tuple(machine.id for machine in catalogue.machines_of((factory.id,)))
        names[joined(name_tokens(factory.name, numbers))] = (ids, None, factory.name)
    source_names = {source.id: source.name for source in catalogue.sources}
    for seu in catalogue.seus:
        name = joined(name_tokens(seu.name, numbers))
        names[name] = (seu.machine_ids, source_names.get(seu.energy_source_id), None)
    for name, machine_ids in _machines_by_name(catalogue, numbers).items():
        names[name] = (machine_ids, None, None)
    names.pop("", None)  # an empty alias, or a name of nothing but symbols
    return names


def _machines_by_name(catalogue: Catalogue, numbers: NumberReader) -> dict[str, tuple[UUID, ...]]:
    """Two factories may have machines of one name: then the name is a choice."""
    found: dict[str, tuple[UUID, ...]] = {}
    for machine in catalogue.machines:
        for name in dict.fromkeys((machine.name, *machine.aliases)):
            for key in _joined_forms(name, numbers):
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), machine.id)))
    return found


def _joined_forms(name: str, numbers: NumberReader) -> Iterator[str]:
    """A name run together; a number with zeros before it also digit by digit, as it is said."""
    tokens = tokenize(name)
    yield joined(numbers.canonical(tokens))
    yield joined(_digits(name))
