"""Words in the place of a machine that name none of ours."""

from __future__ import annotations

from enms_core.domain.intents import INTENTS
from enms_core.language.model import LanguageModel
from enms_core.language.name_words import is_word
from enms_core.language.sentence import HORIZON, MACHINE, PERIOD, SLOTS, SOURCE, UNIT, Sentence
from enms_core.language.tokens import entry_words, words_in

# "dishwasher energy yesterday": only in so short a sentence is an unknown first word a machine.
LONGEST_NOUN_PHRASE = 5
SHORTEST_NAME = 3  # letters
UNKNOWN = "unknown"
FIGURES = frozenset({SOURCE, UNIT})
NAMED = ("machine", "group", "choice")
EVERYTHING = "everything"
TIMES = (PERIOD, HORIZON)


class UnknownMachineReader:
    """Finds them: an unknown machine is never silently the whole factory."""

    def __init__(self, model: LanguageModel) -> None:
        words = model.files.vocabulary
        asked_back = (lists for name, lists in words.items() if name.startswith("unhandled"))
        self._known_words = model.words_of_ours.union(*map(words_in, asked_back))
        self._before_machine = frozenset(words["before_machine"])
        self._need_verb = frozenset(words["before_machine_verb"])
        self._verbs = frozenset((*words["machine_verb"], *words["machine_state"]))
        self._generic = frozenset(words["machine_generic"])
        self._articles = frozenset(words["article"])
        self._within = frozenset(words["place_preposition"])
        self._joining = frozenset(words["place_joining"])
        self._nicknames = frozenset(words.get("machine_nickname", ()))
        self._unnamed = frozenset(map(entry_words, words["machine_unnamed"]))
        figures = (*words["metric_energy"], *words["metric_power"])
        self._figures = frozenset(word for word in figures if len(word) > 1)
        self._no_name_endings = tuple(words["not_a_name_suffix"])

    def find(self, text: str, sentence: Sentence, intent: str, taken: frozenset[int]) -> str | None:
        """The words, as they were said. taken: positions of words that are understood."""
        named = unknown_name(text, sentence)
        return named if named is not None else self._in_place(text, sentence, intent, taken)

    def masked(self, sentence: Sentence) -> list[str]:
        """The masked words with the machine's slot for a strange name, where a figure of ours is
        asked for: "the flurb's power"; as they are where there is none."""
        masked = [word.text for word in sentence.masked]
        place = self._site(sentence, frozenset())
        if place is None and not sentence.machines:
            place = self._place(sentence, frozenset())
        if place is None or self._figures.union(FIGURES).isdisjoint(masked):
            return masked
        return [*masked[: place[0]], MACHINE, *masked[place[1] :]]

    def _in_place(
        self, text: str, sentence: Sentence, intent: str, taken: frozenset[int]
    ) -> str | None:
        """Words that no sentence has, where a machine's name stands: in a sentence that names a
        machine only beside it ("the boiler and the flurbinator")."""
        place = self._site(sentence, taken)
        if place is None and INTENTS[intent].takes("machine"):
            place = self._place(sentence, taken)
        if place is None:
            return None
        return text[sentence.words[place[0]].start : sentence.words[place[1] - 1].end]

    def _place(self, sentence: Sentence, taken: frozenset[int]) -> tuple[int, int] | None:
        """Where such words begin and end."""
        is_named = any(spotted.mention.kind in NAMED for spotted in sentence.machines)
        words = sentence.texts
        for first in range(len(words)):
            last = self._end(words, first, taken)
            if last == first:
                continue
            is_place = (self._joins if is_named else self._is_place)(words, first, last)
            if is_place:
                is_behind_kind = first > 0 and words[first - 1] in self._generic
                return first - is_behind_kind, last
        return None

    def _site(self, sentence: Sentence, taken: frozenset[int]) -> tuple[int, int] | None:
        """Where a word for the whole site has a name that is none of ours: "the Chicago plant",
        "Werk Hamburg", "plant three"."""
        words = sentence.texts
        whole = {each.start for each in sentence.machines if each.mention.kind == EVERYTHING}
        for place in (i for i, word in enumerate(sentence.words) if word.start in whole):
            if place and place - 1 not in taken and self._is_strange(words[place - 1]):
                return place - 1, place + 1
            name = place + 1
            name += not self._within.isdisjoint(words[name : name + 1])
            if name < len(words) and name not in taken and self._is_site_name(words, name):
                return place, name + 1
        return None

    def _is_site_name(self, words: tuple[str, ...], position: int) -> bool:
        """A number is one only where nothing is counted with it; behind "in" a name may end in any
        way: "the plant in Leipzig"."""
        word = words[position]
        if word.isdigit():
            return position == len(words) - 1 or words[position + 1] in TIMES
        is_behind_in = words[position - 1] in self._within
        return self._is_strange(word) or (is_behind_in and self._is_new_word(word))

    def _end(self, words: tuple[str, ...], first: int, taken: frozenset[int]) -> int:
        """Where a strange name ends that begins at a word; there where none does."""
        last = first
        while last < len(words) and last not in taken and self._is_name(words, last):
            last += 1
        if last == first:
            return first
        if last < len(words) and words[last] in self._generic:
            last += 1
        if last < len(words) and last not in taken and self._is_identifier(words, last):
            last += 1
        return last

    def _is_place(self, words: tuple[str, ...], first: int, last: int) -> bool:
        """Whether a machine's name stands there: behind a small word, with an identifier of its
        own, or alone at the beginning."""
        if not is_word(words[last - 1]):
            return True
        if first == 0:
            return len(words) <= LONGEST_NOUN_PHRASE
        before = words[first - 1]
        behind = words[last] if last < len(words) else ""
        if before in self._generic or behind in self._figures:
            return True
        if before in self._need_verb:
            return not self._verbs.isdisjoint(words[last:])
        return before in self._before_machine

    def _joins(self, words: tuple[str, ...], first: int, last: int) -> bool:
        """Whether it is joined to the name of a machine: "the boiler and the flurbinator"."""
        if last < len(words) and words[last] in self._joining:
            behind = last + 1
            behind += not self._articles.isdisjoint(words[behind : behind + 1])
            if words[behind : behind + 1] == (MACHINE,):
                return True
        joiner = first - 1
        if joiner > 0 and words[joiner] in self._articles:
            joiner -= 1
        is_small = words[joiner] in self._before_machine and words[joiner] not in self._need_verb
        return joiner > 0 and is_small and words[joiner - 1] == MACHINE

    def _is_identifier(self, words: tuple[str, ...], position: int) -> bool:
        word = words[position]
        return word.isdigit() or (word.isalpha() and len(word) == 1 and self._is_new(word))

    def _is_name(self, words: tuple[str, ...], position: int) -> bool:
        """Whether a strange word stands there; it may end in any way where nothing but a name
        stands: "old faithful", "the folding machine"."""
        word, before, behind = words[position], words[max(position - 1, 0)], words[position + 1 :]
        is_name = before in self._nicknames or (before, *behind[:1]) in self._unnamed
        return self._is_strange(word) or (is_name and self._is_new_word(word))

    def _is_strange(self, word: str) -> bool:
        """Whether no sentence has a word, and it may be a name: "expected" is none."""
        return self._is_new_word(word) and not word.endswith(self._no_name_endings)

    def _is_new_word(self, word: str) -> bool:
        return self._is_new(word) and len(word) >= SHORTEST_NAME and word.isalpha()

    def _is_new(self, word: str) -> bool:
        return word not in self._known_words and word not in SLOTS


def unknown_name(text: str, sentence: Sentence) -> str | None:
    """What was said of a kind of machines, or of an identifier, that is not here: "boiler two"."""
    return next(
        (text[each.start : each.end] for each in sentence.machines if each.mention.kind == UNKNOWN),
        None,
    )
