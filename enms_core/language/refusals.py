"""Sentences of other skills, and commands that we do not carry out: refused by their words.

In the word lists "..." stands for any words between ("mach ... aus", "turn ... off"), and a slot
in braces for what was spotted there. Behind the last word of an entry nothing but small words
may follow, unless the entry ends in "...".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from enms_core.language.model import MASK_OF_SLOT, SLOT
from enms_core.language.sentence import HORIZON, NUMBER, PERIOD, Sentence
from enms_core.language.tokens import entry_words, words_of

GAP = "..."


@dataclass(frozen=True)
class _Entry:
    """Phrases in their order; is_open: whether any words may follow the last one."""

    phrases: tuple[tuple[str, ...], ...]
    is_open: bool


class RefusalReader:
    """Finds what is not ours in one language."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._never = _by_first_word(words["not_ours"])
        self._forbidding = _by_first_word(words["not_ours_forbidding"])
        self._instead = frozenset(words["not_ours_instead"])
        self._commands = _by_first_word(words["not_ours_command"])
        self._asking = frozenset(words["question_word"])
        self._ours = frozenset(words["command_ours"])
        self._small = frozenset(words["not_ours_small"]) | {PERIOD, HORIZON, NUMBER}

    def refuses(self, sentence: Sentence, text: str) -> bool:
        """Whether a sentence is not ours. A command is ours where it is about alerts, models and
        the like, and none where it is asked about: "what do we save if we turn off the boiler"."""
        masked = [word.text for word in sentence.masked]
        return self._refuses(masked) or self._refuses(_strangers_said(sentence, text))

    def _refuses(self, words: Sequence[str]) -> bool:
        if any(True for _ in self._ends(self._never, words)) or self._forbids(words):
            return True
        if self._ours.intersection(words):
            return False
        first_asking = next((i for i, word in enumerate(words) if word in self._asking), len(words))
        return any(end <= first_asking for end in self._ends(self._commands, words))

    def _forbids(self, words: Sequence[str]) -> bool:
        """Whether something shall not be done, and nothing instead: "don't train the boiler"."""
        is_said = any(True for _ in self._ends(self._forbidding, words))
        return is_said and self._instead.isdisjoint(words)

    def _ends(self, entries: Mapping[str, Sequence[_Entry]], words: Sequence[str]) -> Iterable[int]:
        """Where the matches of some entries end."""
        for start, word in enumerate(words):
            for entry in entries.get(word, ()):
                end = self._end(entry, words, start)
                if end is not None:
                    yield end

    def _end(self, entry: _Entry, words: Sequence[str], start: int) -> int | None:
        """Where a match that begins at `start` ends; None where there is none."""
        position = start
        for number, phrase in enumerate(entry.phrases):
            is_last = number + 1 == len(entry.phrases)
            starts = range(position, len(words) - len(phrase) + 1) if number else (start,)
            ends = [at + len(phrase) for at in starts if _is_at(phrase, words, at)]
            if is_last and not entry.is_open:
                ends = [end for end in ends if self._is_done(words[end:])]
            if not ends:
                return None
            position = ends[0]
        return position

    def _is_done(self, rest: Sequence[str]) -> bool:
        """Whether nothing follows but small words, or a clause of its own ("... when ...")."""
        beside = takewhile(lambda word: word not in self._asking, rest)
        return self._small.issuperset(beside)


def _strangers_said(sentence: Sentence, text: str) -> list[str]:
    """The words with names of machines that are not here as they were said: "a toaster"."""
    strangers = {each.start for each in sentence.machines if each.mention.kind == "unknown"}
    return [
        part
        for word in sentence.masked
        for part in (
            words_of(text[word.start : word.end]) if word.start in strangers else (word.text,)
        )
    ]


def _is_at(phrase: tuple[str, ...], words: Sequence[str], start: int) -> bool:
    return tuple(words[start : start + len(phrase)]) == phrase


def _by_first_word(lines: Iterable[str]) -> dict[str, list[_Entry]]:
    entries: dict[str, list[_Entry]] = {}
    for line in lines:
        entry = _entry(line)
        entries.setdefault(entry.phrases[0][0], []).append(entry)
    return entries


def _entry(line: str) -> _Entry:
    masked = SLOT.sub(lambda match: MASK_OF_SLOT[match[1]], line)
    phrases = map(entry_words, masked.split(GAP))
    return _Entry(tuple(filter(None, phrases)), is_open=masked.endswith(GAP))
