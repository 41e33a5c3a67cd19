"""Whole names in a sentence, in the order in which they are written or in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.language.names import NameLexicon, is_word, joined, name_tokens
from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import tokenize

Key = tuple[str, ...]
Named = tuple[tuple[UUID, ...], str | None, str | None]


class WholeNames:
    """What each name of one catalogue means: machines, an SEU's energy source, a site's name."""

    def __init__(self, catalogue: Catalogue, lexicon: NameLexicon, numbers: NumberReader) -> None:
        self._joined = _joined_names(catalogue, numbers)
        self._by_words: dict[Key, tuple[UUID, ...]] = {}
        for machine in catalogue.machines:
            for name in dict.fromkeys((machine.name, *machine.aliases)):
                elements = lexicon.elements(name)
                if any(map(is_word, elements)):
                    key = _key(elements)
                    ids = self._by_words.get(key, ())
                    self._by_words[key] = tuple(dict.fromkeys((*ids, machine.id)))

    def of_text(self, tokens: Sequence[str]) -> Named | None:
        """By the letters, wherever the words begin and end."""
        return self._joined.get(joined(tokens))

    def of_elements(self, elements: Sequence[str]) -> tuple[UUID, ...]:
        """By what the words stand for, in any order."""
        return self._by_words.get(_key(elements), ())


def _key(elements: Sequence[str]) -> Key:
    """The same for every order; where there are several identifiers, each stays behind its word."""
    groups: list[str] = []
    keeps = sum(not is_word(element) for element in elements) > 1
    for element in elements:
        if groups and keeps and not is_word(element):
            groups[-1] += f" {element}"
        else:
            groups.append(element)
    return tuple(sorted(groups))


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
    yield joined(token.text for token in tokens)
