"""Names of machines as words: how they are compared, and which words of them people use alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from enms_core.domain.catalogue import Catalogue, Machine
from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import tokenize


def name_tokens(name: str, numbers: NumberReader) -> tuple[str, ...]:
    """A name as comparable words: "Compressor-EU-1" → compressor, eu, 1."""
    return numbers.canonical(tokenize(name))


def joined(tokens: Iterable[str]) -> str:
    """Words run together, so that "h vac main" and "HVAC-Main" are the same."""
    return "".join(tokens)


def is_word(token: str) -> bool:
    """Whether a part of a name is a word rather than an identifier (a number or one letter)."""
    return len(token) > 1 and not token.isdigit()


@dataclass(frozen=True)
class NamedMachine:
    """A machine and every word that may point at it.

    heads: words that name it alone ("boiler"); words: heads and the words that narrow them ("main",
    "european"); identifiers: its numbers and letters.
    """

    id: UUID
    heads: frozenset[str]
    words: frozenset[str]
    identifiers: frozenset[str]


def named_machines(
    catalogue: Catalogue,
    numbers: NumberReader,
    common_words: frozenset[str],
    topic_words: frozenset[str],
) -> tuple[NamedMachine, ...]:
    """All machines with their words.

    common_words mean something else and never name a machine. topic_words say what is asked about
    it ("gas", "power"): they narrow its name, but do not name it alone.
    """
    site_words = distinct_site_words(catalogue, numbers, common_words | topic_words)
    return tuple(
        _named(machine, site_words[machine.factory_id], numbers, common_words, topic_words)
        for machine in catalogue.machines
    )


def distinct_site_words(
    catalogue: Catalogue, numbers: NumberReader, common_words: frozenset[str]
) -> Mapping[UUID, frozenset[str]]:
    """Words that stand in the name of one factory only: "european" of European Production.

    common_words mean something else where they stand in a sentence.
    """
    words = {
        factory.id: frozenset(filter(is_word, name_tokens(factory.name, numbers))) - common_words
        for factory in catalogue.factories
    }
    return {
        mine: words[mine] - frozenset().union(*(words[other] for other in words if other != mine))
        for mine in words
    }


def _named(
    machine: Machine,
    site_words: frozenset[str],
    numbers: NumberReader,
    common_words: frozenset[str],
    topic_words: frozenset[str],
) -> NamedMachine:
    tokens = [
        token for name in (machine.name, *machine.aliases) for token in name_tokens(name, numbers)
    ]
    of_type = [token for token in name_tokens(machine.type, numbers) if is_word(token)]
    first = [token for token in name_tokens(machine.name, numbers)[:1] if is_word(token)]
    heads = frozenset([*of_type, *first]) - common_words
    words = frozenset(filter(is_word, tokens)) - common_words
    identifiers = frozenset(token for token in tokens if not is_word(token))
    return NamedMachine(machine.id, heads - topic_words, heads | words | site_words, identifiers)
