"""What names of machines are made of, in the words of one language.

`name_<word>.voc` lists how people say a common word of names: `name_boiler` has "Kessel". A word
that these files share is called as the file here. A machine is found by the words of its name in
the database and by these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from enms_core.language.tokens import entry_words

PREFIX = "name_"
JOINED = "-"

Phrase = tuple[str, ...]


class NameWords:
    """The common words of names in one language.

    phrases: word or words → common word, in lower case. kinds: common words that are a kind of
    machine by themselves; the others narrow one ("main", "north").
    """

    def __init__(self, vocabulary: Mapping[str, tuple[str, ...]]) -> None:
        self.phrases = _phrases(vocabulary)
        nouns = {entry_words(noun) for noun in vocabulary["machine_noun"]}
        self.kinds = frozenset(self.phrases[noun] for noun in nouns if noun in self.phrases)
        self._longest = max(map(len, self.phrases), default=0)

    def found(self, tokens: Sequence[str]) -> Iterator[tuple[Phrase, str]]:
        """Phrases in a name and what they stand for, from left to right."""
        first = 0
        while first < len(tokens):
            ends = range(min(len(tokens), first + self._longest), first, -1)
            phrases = (tuple(tokens[first:last]) for last in ends)
            phrase = next((each for each in phrases if each in self.phrases), None)
            if phrase is not None:
                yield phrase, self.phrases[phrase]
            first += len(phrase or (tokens[first],))


def is_word(token: str) -> bool:
    """Whether a part of a name is a word rather than an identifier (a number or one letter)."""
    return len(token) > 1 and not token.isdigit()


def entries_of(vocabulary: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Entries by common word, as they are written."""
    return {
        name.removeprefix(PREFIX): entries
        for name, entries in vocabulary.items()
        if name.startswith(PREFIX)
    }


def _phrases(vocabulary: Mapping[str, tuple[str, ...]]) -> dict[Phrase, str]:
    """Every word stands for itself: what names its file is found in databases of any language."""
    entries = entries_of(vocabulary)
    phrases = {tuple(word.split("_")): word for word in entries}
    for word, synonyms in entries.items():
        for entry in synonyms:
            phrases.setdefault(entry_words(entry), word)
    return phrases
