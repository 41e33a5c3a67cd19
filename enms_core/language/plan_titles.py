"""Which stored plan some words mean: by its title, its machines, or its place in the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from enms_core.domain.action_plan import ActionPlan
from enms_core.language.files import LanguageFiles
from enms_core.language.numbers import NumberReader
from enms_core.language.tokens import tokenize, words_in, words_of
from enms_core.language.words import Words

# Word lists of what is no part of a title.
BESIDE = ("plan_noun", "plan_stop", "plan_frame", "plan_pointing", "article")
# Words that begin alike mean the same from so many letters on: "leak", "leakage".
ALIKE_LETTERS = 4
# Share of the words said that a plan must have.
ENOUGH = 0.5


class PlanFinder:
    """Finds plans by words of one language."""

    def __init__(self, files: LanguageFiles) -> None:
        vocabulary = files.vocabulary
        self._words = Words(files)
        self._vocabulary = vocabulary
        self._numbers = NumberReader(files.lang, vocabulary["number_ordinal_ending"])
        self._beside = frozenset(words_in(each for name in BESIDE for each in vocabulary[name]))
        self._latest = frozenset(words_in(vocabulary["plan_latest"]))
        self._endings = tuple(sorted(vocabulary["plan_noun_ending"], key=len, reverse=True))

    def find(self, said: str, plans: Sequence[ActionPlan]) -> tuple[ActionPlan, ...]:
        """The plans that fit best; by their place in the list, as "the first one", where the words
        name none; the open ones where they name nothing at all."""
        exact = [each for each in plans if _folded(each.title) == _folded(said)]
        if exact:
            return tuple(exact)
        names = [word for word in self._names(said) if word not in self._latest]
        fits = [(self._fit(names, plan), plan) for plan in plans] if names else []
        best = max((fit for fit, _ in fits), default=0.0)
        if best >= ENOUGH:
            return tuple(plan for fit, plan in fits if fit == best)
        placed = self._placed(said, plans)
        if placed is not None or names:
            return (placed,) if placed is not None else ()
        return tuple(plan for plan in plans if plan.is_open)

    def _names(self, said: str) -> Iterator[str]:
        """The words that may be of a title, without those for a plan."""
        for word in words_of(said):
            bare = next((word[: -len(e)] for e in self._endings if word.endswith(e)), word)
            if bare and word not in self._beside and bare not in self._beside:
                yield bare

    def _fit(self, names: Sequence[str], plan: ActionPlan) -> float:
        words = self._words_of(plan)
        found = sum(any(_are_alike(name, word) for word in words) for name in names)
        return found / len(names)

    def _words_of(self, plan: ActionPlan) -> frozenset[str]:
        texts = [plan.title, self._words.name(plan.title), plan.responsible_person or ""]
        if plan.of is not None:
            for machine in plan.of.machines:
                own = (machine.name, machine.type, *machine.aliases)
                texts += [*own, *map(self._words.name, own)]
            texts += self._vocabulary[f"source_{plan.of.source.name}"]
        return frozenset(word for text in texts for word in words_of(text))

    def _placed(self, said: str, plans: Sequence[ActionPlan]) -> ActionPlan | None:
        """The one of a number, "the second", "plan two", or the one made last."""
        tokens = tokenize(said)
        for index, token in enumerate(tokens):
            if token.text in self._latest:
                made = [each for each in plans if each.created_at is not None]
                return max(made, key=lambda each: str(each.created_at), default=None)
            found = self._numbers.read(tokens, index)
            if found is not None and 1 <= found[0].value <= len(plans):
                return plans[int(found[0].value) - 1]
        return None


def _folded(title: str) -> str:
    return " ".join(words_of(title))


def _are_alike(one: str, other: str) -> bool:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    shared = len(tuple(pairs))
    return one == other or (shared >= ALIKE_LETTERS and shared >= min(len(one), len(other)) - 1)
